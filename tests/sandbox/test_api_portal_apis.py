"""How APIs are published, changed, listed and found at the API Portal, as a real server answered."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.portal_lives import Step, lived

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

DEFINITION = ("definition.yaml", "openapi: 3.0.1\n")
WEATHER: dict[str, Any] = {
    "name": "Weather API",
    "version": "v1",
    "type": "REST",
    "status": "PUBLISHED",
    "endPoints": {"productionURL": "https://p.example.com"},
}
SPEC: dict[str, Any] = {"displayName": "Weather API", "version": 1.0, "endpoints": {"sandboxUrl": "https://s"}}
INCOMPLETE, TAKEN = "Missing or Invalid fields in the request payload", "A record with these values already exists."
MISNAMED = (
    "Invalid metadata file name. Expected 'metadata.yaml', 'metadata.yml', 'metadata.json', 'api.yaml' or 'mcp.yaml'"
)
FAILED = "Internal Server Error"


def form(metadata: Any = None, definition: Any = DEFINITION, /, **changed: Any) -> dict[str, Any]:
    """A form of right metadata, but for these members; None leaves one out."""
    if metadata is None:
        metadata = json.dumps({name: one for name, one in (WEATHER | changed).items() if one is not ...})
    return {"form": {"metadata": metadata, **({"definition": definition} if definition else {})}}


def document(spec: dict[str, Any] = SPEC, name: str = "api.yaml", **more: Any) -> dict[str, Any]:
    """A form with the metadata as a document."""
    return form((name, json.dumps({"spec": spec, **more})))


def archive(entries: dict[str, Any]) -> dict[str, Any]:
    """A form with an archive of these documents."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, spec in entries.items():
            file.writestr(name, json.dumps({"spec": spec}))
    return {"form": {"artifact": ("api.zip", content.getvalue())}}


def refusals(operation: str, *cases: tuple[dict[str, Any], int, str]) -> list[Step]:
    """Bodies that are refused alike on each occasion."""
    return [(operation, *case) for case in cases]


NOT_TAKEN: tuple[tuple[dict[str, Any], int, str], ...] = (
    (form("null"), 500, FAILED),
    (form("{"), 500, FAILED),
    (form("[]"), 400, "Missing required field 'type'"),
    (form(""), 400, "Missing or invalid fields in the request payload"),
    (form(type=...), 400, "Missing required field 'type'"),
    (form(type="REST API"), 400, "Invalid api type. Supported values: REST, WS, GRAPHQL, SOAP, WEBSUB, MCP"),
    (form(type="m cp"), 400, "MCP servers must be created via /api/v0.9/mcp-servers"),
    (form(name=""), 400, INCOMPLETE),
    (form(endPoints=...), 400, INCOMPLETE),
    (form(status="CREATED"), 400, "Invalid status 'CREATED'. Must be one of: PUBLISHED, DEPRECATED."),
    (form(status=None), 500, FAILED),
    (form(version=...), 500, FAILED),
    (form(agentVisibility="x"), 400, "Invalid agentVisibility 'x'. Must be one of: VISIBLE, HIDDEN."),
    (form(agentVisibility=5), 500, FAILED),
    (form(endPoints={"productionURL": 5}), 500, FAILED),
    (form(subscriptionPlans="Gold"), 400, INCOMPLETE),
    (form(subscriptionPlans=[{"id": "Platinum"}]), 404, "Resource Not Found"),
    (form(subscriptionPlans=["Gold"]), 404, "Resource Not Found"),
    (form(subscriptionPlans=[None]), 500, FAILED),
    (form(subscriptionPlans=[{"id": "Gold"}, {"id": "Gold"}]), 409, TAKEN),
    (form(labels=["none"]), 404, "Label not found"),
    (
        form(None, ("a.txt", "x")),
        400,
        "Invalid API definition file type. Expected '.json', '.yaml', '.yml', '.xml', or '.wsdl'",
    ),
    (form(None, ("a.yml", " ")), 400, "Invalid API definition YAML file: empty content"),
    (form(None, ("a.wsdl", "")), 400, "Invalid API definition XML file: empty content"),
    (
        document(name="other.yaml"),
        400,
        MISNAMED,
    ),
    (form(("api.yaml", "text")), 400, "Invalid API YAML content"),
    (
        document({**SPEC, "status": "CREATED"}),
        400,
        "Invalid API status 'CREATED'. Must be one of: PUBLISHED, DEPRECATED.",
    ),
    (document({**SPEC, "agentVisibility": 5}), 500, FAILED),
)
ONE = "PUT /apis/weatherapi-vv1"

LIVES: dict[str, list[Step]] = {
    "what is not published": [
        *refusals("POST /apis", *NOT_TAKEN),
        ("POST /apis", form(None, None), 400, INCOMPLETE),
        ("POST /apis", form(None, "a text"), 400, INCOMPLETE),
        ("POST /apis", form(labels="default"), 400, INCOMPLETE),
        ("POST /apis", form(tags="x"), 400, INCOMPLETE),
        ("POST /apis", form(name=5), 500, FAILED),
        ("GET /apis?tags=%2C", None, 200, []),
    ],
    "what is not changed": [
        ("POST /apis", form(subscriptionPlans=[{"id": "Gold"}], referenceId="r1"), 201, {"id": "weatherapi-vv1"}),
        ("POST /apis", form(name="Other", referenceId="r2"), 201, {"id": "other-vv1"}),
        *refusals(ONE, *NOT_TAKEN),
        (ONE, form(type="SOAP"), 409, "API type cannot be changed after creation (existing type is 'RestApi')"),
        (ONE, form(name="Other"), 409, TAKEN),
        (ONE, form(referenceId="r2"), 409, TAKEN),
        (ONE, form(tags=5), 500, FAILED),
        ("PUT /apis/none", form(), 404, "API not found"),
        ("GET /apis/weatherapi-vv1", None, 200, {"name": "Weather API", "refId": "r1", "labels": ["default"]}),
        ("POST /subscriptions", {"artifactId": "weatherapi-vv1", "subscriptionPlanId": "Gold"}, 201, None),
        (ONE, form(status=...), 409, "API has subscriptions."),
        ("DELETE /apis/weatherapi-vv1", None, 409, "API has subscriptions."),
    ],
    "ids": [
        ("POST /apis", form(), 201, {"id": "weatherapi-vv1"}),
        ("POST /apis", form(), 409, TAKEN),
        ("POST /apis", form(version="v2", id="weatherapi-vv1"), 409, TAKEN),
        ("POST /apis", form(version="v2", id="a b/ü"), 201, {"id": "a b/ü"}),
        ("POST /apis", form(version="v2.1", id="a\nb"), 201, {"id": "a\nb"}),
        ("DELETE /apis/a%0Ab", None, 200, "Resouce Deleted Successfully"),
        ("POST /apis", form(version="v3", id="", handle="h"), 201, {"id": "h"}),
        ("POST /apis", form(version="v4", id=5), 201, {"id": 5}),
        ("GET /apis/5.0", None, 200, {"id": "5.0", "version": "v4"}),
        ("POST /apis", form(name="Wetter  Übersicht!", version=1.0), 201, {"id": "wetterübersicht!-v1", "version": 1}),
        ("GET /apis/wetterübersicht!-v1", None, 200, {"version": "1.0"}),
        (ONE, form(id="renamed"), 200, {"id": "weatherapi-vv1"}),
        ("POST /apis", form(name="n", referenceId="r"), 201, {"referenceId": "r"}),
        ("POST /apis", form(name="o", referenceId="r"), 409, TAKEN),
        ("GET /apis?limit=100", None, 200, ["weatherapi-vv1", "a b/ü", "h", "5.0", "wetterübersicht!-v1", "n-vv1"]),
    ],
    "what is shown": [
        (
            "POST /apis",
            form(type="web sub", agentVisibility="hidden", tags=["a", " b ", "a", 5], owners={"businessOwner": "B"}),
            201,
            {"type": "WebSubApi", "agentVisibility": "HIDDEN", "tags": ["a", " b ", "a", 5]},
        ),
        (
            "GET /apis/weatherapi-vv1",
            None,
            200,
            {
                "type": "WebSubApi",
                "agentVisibility": "HIDDEN",
                "tags": ["a", "b", "5"],
                "owners": {"technicalOwner": None, "businessOwner": "B"},
                "endPoints": {"sandboxURL": None, "productionURL": "https://p.example.com"},
                "subscriptionPlans": [],
            },
        ),
        (
            "PUT /apis/weatherapi-vv1",
            form(type="WebSubApi", labels=[]),
            200,
            {
                "removedLabels": ["default"],
                "addedLabels": "(missing)",
                "tags": "(missing)",
                "subscriptionPlans": "(missing)",
            },
        ),
        ("GET /apis/weatherapi-vv1", None, 200, {"labels": [], "tags": [], "owners": "(missing)"}),
        ("GET /apis", None, 200, []),
        ("GET /apis?query=weather", None, 200, ["weatherapi-vv1"]),
        (
            "POST /apis",
            form(name="g", type="GRAPHQL", endPoints={"productionURL": "wss://x"}),
            201,
            {"endPoints": {"productionURL": "https://x"}},
        ),
        ("POST /apis", form(None, ("schema.graphql", "type Q"), name="h", type="GRAPHQL"), 201, {"id": "h-vv1"}),
        (
            "POST /apis",
            form(name="c", endPoints={"sandboxURL": "https://x.choreoapis.dev"}),
            201,
            {"endPoints": {"sandboxURL": "https://x.bijiraapis.dev"}},
        ),
    ],
    "documents": [
        (
            "POST /apis",
            document(metadata={"name": "w"}),
            201,
            {
                "id": "w",
                "version": 1,
                "type": "RestApi",
                "status": "PUBLISHED",
                "labels": "(missing)",
                "endPoints": {"sandboxURL": "https://s"},
            },
        ),
        ("GET /apis/w", None, 200, {"version": "1.0", "labels": ["default"]}),
        (
            "POST /apis",
            document({**SPEC, "displayName": "n", "labels": None}, metadata=5),
            201,
            {"id": "n-v1", "labels": []},
        ),
        (
            "PUT /apis/w",
            document(
                {**SPEC, "businessInformation": {"technicalOwner": "T"}, "subscriptionPlans": ["Gold", " ", None]}
            ),
            200,
            {"owners": {"technicalOwner": "T", "businessOwner": None}},
        ),
        ("POST /apis", document({**SPEC, "displayName": None}), 400, INCOMPLETE),
        ("POST /apis", document({**SPEC, "displayName": "p", "type": 5}), 201, {"type": "RestApi"}),
    ],
    "MCP servers": [
        ("POST /mcp-servers", form(type="m cp", id="s"), 201, {"id": "s", "type": "Mcp"}),
        (
            "POST /mcp-servers",
            form(name="x"),
            400,
            "Only type 'Mcp' is allowed via this endpoint — use /api/v0.9/apis for other API types",
        ),
        ("POST /mcp-servers", form(None, None, type="MCP", name="x"), 400, INCOMPLETE),
        (
            "POST /mcp-servers",
            form(None, ("a.yml", ""), type="MCP", name="x"),
            400,
            "Invalid schema definition file type. Expected '.json' or '.yaml'",
        ),
        (
            "POST /mcp-servers",
            form(None, ("a.yaml", " "), type="MCP", name="x"),
            400,
            "Invalid schema definition YAML file: empty content",
        ),
        ("POST /apis", form(id="a", name="An API"), 201, None),
        ("GET /mcp-servers", None, 200, ["s"]),
        ("GET /apis", None, 200, ["a"]),
        ("GET /apis/s", None, 404, "API not found"),
        ("GET /mcp-servers/a", None, 404, "API not found"),
        ("PUT /mcp-servers/s", form(None, None, type="MCP", labels=["none"]), 404, "Label not found"),
        ("PUT /mcp-servers/s", form(None, None, type="MCP", description="d"), 200, {"description": "d"}),
        ("POST /mcp-servers/a/api-keys/generate", {}, 404, "API not found"),
        ("POST /mcp-servers/s/api-keys/generate", {"id": "key"}, 201, {"id": "key"}),
        ("GET /mcp-servers/s/api-keys", None, 200, ["key"]),
        ("DELETE /mcp-servers/s", None, 409, "API has active keys."),
    ],
    "archives": [
        ("POST /apis", archive({"a/api.yaml": SPEC, "b/c/definition.json": {}}), 201, {"id": "weatherapi-v1"}),
        ("GET /apis/weatherapi-v1", None, 200, {"version": "1.0", "labels": ["default"]}),
        (
            "POST /apis",
            archive({"api.yaml": SPEC}),
            400,
            "Invalid full API zip: missing definition file (definition.yaml/yml/json)",
        ),
        (
            "POST /apis",
            archive({"definition.yaml": {}}),
            400,
            "Invalid full API zip: missing metadata.yaml, metadata.yml, api.yaml or mcp.yaml",
        ),
        (
            "POST /apis",
            archive({"mcp.yaml": {**SPEC, "type": "MCP"}}),
            400,
            "Invalid MCP server zip: missing definition file (definition.yaml/yml/json)",
        ),
        ("POST /apis", {"form": {"artifact": ("a.tar", b"x")}}, 400, "Invalid artifact file. Expected a .zip file"),
        ("POST /apis", {"form": {"artifact": ("a.zip", b"x")}}, 400, None),
        (
            "PUT /apis/weatherapi-v1",
            archive({"api.yaml": {**SPEC, "description": "d"}, "definition.yml": {}}),
            200,
            {"description": "d"},
        ),
        (
            "POST /mcp-servers",
            archive({"mcp.yaml": {**SPEC, "displayName": "S", "type": "MCP"}, "definition.yaml": {}}),
            201,
            {"id": "s-v1"},
        ),
    ],
    "lists": [
        ("POST /labels", {"id": "eu", "displayName": "EU"}, 201, None),
        ("POST /views", {"id": "one", "labels": ["eu"]}, 201, None),
        ("POST /apis", form(id="a", name='The "best" one', labels=["eu"], tags=["x"], description="Ünder"), 201, None),
        ("POST /apis", form(id="b", name="time_100%", referenceId="r", custom={"deep": ["found"]}), 201, None),
        ("POST /apis", form(id="c", name="gone", status="", tags=["x", "y z"]), 201, None),
        ("GET /apis", None, 200, ["a", "b"]),
        ("GET /apis?name=gone", None, 200, ["c"]),
        ("GET /apis?name=GONE", None, 200, []),
        ("GET /apis?version=v1", None, 200, ["a", "c", "b"]),
        ("GET /apis?tags=q%2C%20x", None, 200, ["a", "c"]),
        ("GET /apis?tags=y%20z&name=gone&query=nothing&view=none", None, 200, ["c"]),
        ("GET /apis?view=one", None, 200, ["a"]),
        ("GET /apis?view=default", None, 200, ["b"]),
        ("GET /apis?view=none", None, 404, "View not found"),
        ("GET /apis?query=found", None, 200, ["b"]),
        ("GET /apis?query=found&view=one", None, 200, []),
        ("GET /apis?query=%22best%22", None, 200, []),
        ("GET /apis?query=PRODUCTIONurl", None, 200, ["a", "b"]),
        ("GET /apis?query=%C3%BCnder", None, 200, []),
        ("GET /apis?query=%C3%9CNDER", None, 200, ["a"]),
        ("GET /apis?query=t_me%25%7D", None, 200, ["b"]),
        ("POST /subscriptions", {"artifactId": "c", "subscriptionPlanId": "Gold"}, 404, "API not found"),
        ("DELETE /apis/c", None, 200, "Resouce Deleted Successfully"),
        ("DELETE /apis/c", None, 404, "API not found"),
    ],
}


@pytest.mark.parametrize("life", LIVES)
def test_the_portal_answers_as_the_real_one_did(sandbox: Sandbox, life: str) -> None:
    """Each step after the other."""
    assert lived(sandbox, LIVES[life]) == []
