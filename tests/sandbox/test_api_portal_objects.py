"""Applications, key managers, mappings, plans and subscriptions of the API Portal, as a real server answered."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.portal_lives import Step, lived

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

TAKEN, FAILED = "A record with these values already exists.", "Internal Server Error"
BAD_ID = "Invalid 'id'. Must contain only letters, numbers, underscores, and hyphens."
NO_SUCH_KIND = "Unknown subscription plan YAML kind '{}'. Expected 'SubscriptionPlan' or 'SubscriptionPlanList'"
GET, ONE, MANAGER, PLANS = "GET /applications", "PUT /applications/one", "PUT /key-managers/one", "/subscription-plans"
APPLICATION = {"id": "one", "displayName": "One", "description": ""}
KEY_MANAGER = {"id": "one", "displayName": "One", "tokenEndpoint": "http://127.0.0.1:1/token"}
PLAN = {"id": "own", "displayName": "Own", "refId": "r", "description": "d", "limits": [{"limitCount": 5}]}
LIMIT = {"limitType": "REQUEST_COUNT", "timeUnit": None, "timeAmount": 1, "limitCount": 5}
API = {
    "id": "weather",
    "name": "Weather",
    "version": "v1",
    "type": "REST",
    "status": "PUBLISHED",
    "agentVisibility": "VISIBLE",
    "labels": ["default"],
    "endPoints": {"productionURL": "https://a.example", "sandboxURL": "https://b.example"},
    "subscriptionPlans": [{"id": "own"}],
}
DEFINITION = ("definition.yaml", "openapi: 3.0.1\ninfo: {title: A, version: v1}\npaths: {}\n")


def file(field: str, document: Any) -> Any:
    """A form with one file, of YAML; JSON is YAML too."""
    return {"form": {field: (f"{field}.yaml", document if isinstance(document, str) else json.dumps(document))}}


def sent(content: bytes, kind: str, **headers: str) -> Any:
    """A body as it is sent, with headers."""
    return {"content": content, "headers": {"Content-Type": kind, **headers}}


def damaged(text: str, boundary: str = "b", kind: str = "multipart/form-data") -> Any:
    """A form that may not be right."""
    return sent(text.encode(), f"{kind}; boundary={boundary}")


def organization_of_file(spec: dict[str, Any], status: int, wanted: Any) -> Step:
    """A change of the organisation by a file."""
    spec = {"displayName": "Default", "idpRefId": "default", **spec}
    document = {"kind": "Organization", "metadata": {"name": "default"}, "spec": spec}
    return ("PUT /organizations/default", file("organization", document), status, wanted)


def named(name: str, handle: str) -> Step:
    """An application without an id, and the handle that is made of its name."""
    return ("POST /applications", {"displayName": name, "description": ""}, 201, {"id": handle, "displayName": name})


def of_file(spec: Any, metadata: Any, status: int, wanted: Any) -> Step:
    """An application of a file."""
    return ("POST /applications", file("application", {"metadata": metadata, "spec": spec}), status, wanted)


def manager(status: int, wanted: Any, **members: Any) -> Step:
    """A new key manager, of JSON."""
    return ("POST /key-managers", {"displayName": "One", **members}, status, wanted)


def manager_of_file(spec: Any, metadata: Any, status: int, wanted: Any) -> Step:
    """A new key manager, of a file."""
    document = {"kind": "KeyManager", "metadata": metadata, "spec": spec}
    return ("POST /key-managers", file("keymanager", document), status, wanted)


def plan_of_file(document: Any, status: int, wanted: Any) -> Step:
    """A new plan, of a file."""
    return (f"POST {PLANS}", file("subscriptionPlan", document), status, wanted)


def limits(status: int, wanted: Any, *given: Any) -> Step:
    """A plan with these limits."""
    return (f"PUT {PLANS}", {"id": "own", "displayName": "Own", "limits": list(given)}, status, wanted)


UNEXPECTED, NO_NAME = "An unexpected error occurred.", "Field name missing"
NO_ORGANIZATION = "Invalid organization YAML"
NO_SUCH_ORGANIZATION = "Unknown organization YAML kind '5'. Expected 'Organization'"
FIELD = '--b\r\nContent-Disposition: form-data; name="displayName"\r\n'
NEEDED = "must have required property 'displayName'"
MISSING = "Missing required application field: displayName"
NO_URL, NOT_MADE = "tokenEndpoint must be a valid URL", "Error while creating key manager"
WRONG_COUNT = "limitCount must be -1 (unlimited) or a positive number for each limit"

LIVES: dict[str, list[Step]] = {
    "handles of names": [
        named("A/B  c", "a-b-c"),
        named('it\'s "quoted" \\ <b>', "it-s-quoted-b"),
        named("Wetter Übersicht", "wetter-bersicht"),
        ("POST /applications", {"displayName": "a.b_c", "description": ""}, 409, TAKEN),
        named("--x--", "x"),
    ],
    "applications of files": [
        of_file({"displayName": 5, "description": {"a": [1]}}, {"name": 7.5}, 201, {"id": "7.5", "displayName": 5}),
        ("GET /applications/7.5", None, 200, {"displayName": "5.0", "description": '{"a":[1]}'}),
        of_file({"displayName": True}, "a text", 201, {"id": "true", "displayName": True, "description": "(missing)"}),
        ("GET /applications/true", None, 200, {"displayName": "1.0", "description": None}),
        of_file({"displayName": "x"}, {"name": ["a", None]}, 201, {"id": "a,"}),
        of_file({"displayName": "x"}, {"name": {}}, 201, {"id": "[object Object]"}),
        of_file({"displayName": "x"}, [], 201, {"id": "x"}),
        of_file({"displayName": "y", "id": "z"}, None, 201, {"id": "y"}),
        of_file({"displayName": 0}, {}, 400, MISSING),
        of_file("a text", {}, 400, MISSING),
        of_file([], {}, 400, MISSING),
        ("POST /applications", file("application", "5"), 400, "Invalid application YAML: expected an object"),
        ("POST /applications", file("application", ""), 400, "Invalid application YAML: expected an object"),
        ("POST /applications", file("application", []), 400, MISSING),
        ("POST /applications", file("application", "displayName: yes"), 400, MISSING),
        ("POST /applications", APPLICATION, 201, {"id": "one"}),
        (ONE, file("application", {"spec": {"displayName": 1e20}}), 200, {"displayName": "1.0e+20"}),
        (ONE, file("application", {"spec": {"displayName": ["x"]}}), 200, {"displayName": '["x"]'}),
    ],
    "numbers in a query": [
        ("POST /applications", APPLICATION, 201, {"id": "one"}),
        *((f"{GET}?limit={one}", None, 200, ["one"]) for one in ("1e1", "%201", "0x10", "01", "1.0", "%2B1", "1e400")),
        *((f"{GET}?offset={one}", None, 200, ["one"]) for one in ("0.0", "%20", "1e400", "0e5")),
        (f"{GET}?offset=1e30", None, 200, []),
        (f"{GET}?limit=1.5", None, 400, "must be integer"),
        (f"{GET}?limit=1&limit=2", None, 400, "must be integer"),
        (f"{GET}?limit=1e3", None, 400, "must be <= 100"),
        (f"{GET}?limit%5B%5D=1", None, 400, "must be integer"),
        (f"GET {PLANS}?limit%5B%5D=1", None, 400, "Unknown query parameter 'limit'"),
        (f"{GET}?limit=1&&", None, 200, ["one"]),
        ("POST /applications?x=1", {}, 400, "Unknown query parameter 'x'"),
    ],
    "bodies and their types": [
        (f"POST {PLANS}", [], 400, "must be object"),
        (
            "POST /applications/none/generate-keys",
            {"keyManager": "x"},
            400,
            "must have required property 'consumerKey'",
        ),
    ],
    "key managers": [
        manager(400, NO_URL, tokenEndpoint="https://"),
        manager(400, NO_URL, tokenEndpoint="http://a:99999/"),
        manager(201, {"tokenEndpoint": "urn:x"}, tokenEndpoint="urn:x"),
        manager(400, NO_URL, tokenEndpoint="https://a<b"),
        manager(201, {"tokenEndpoint": "https://a/<b"}, tokenEndpoint="https://a/<b"),
        manager(400, BAD_ID, tokenEndpoint="urn:x", id="a b"),
        manager(400, "Missing required fields: displayName", tokenEndpoint="urn:x", displayName=""),
        ("POST /key-managers", KEY_MANAGER, 201, {"id": "one", "enabled": True}),
        ("POST /key-managers", KEY_MANAGER, 409, "A key manager with that id already exists in this organization."),
        (MANAGER, {"enabled": False}, 200, {"enabled": False}),
        (MANAGER, {"displayName": "Two"}, 200, {"enabled": True, "displayName": "Two"}),
        (MANAGER, {"form": {"enabled": "false"}}, 200, {"enabled": True}),
        (MANAGER, {"form": {"enabled": ""}}, 200, {"enabled": False}),
        (MANAGER, {"form": {"displayName": "Three"}}, 200, {"enabled": False, "displayName": "Three"}),
        (MANAGER, file("keymanager", {"kind": "KeyManager"}), 200, {"enabled": True, "displayName": "Three"}),
        (MANAGER, file("keymanager", {"kind": "KeyManager", "spec": {"displayName": 5}}), 200, {"displayName": "5.0"}),
        (MANAGER, file("keymanager", {"kind": "KeyManager", "metadata": {"name": "a b"}}), 200, {"id": "a b"}),
    ],
    "key managers of files": [
        manager_of_file({"displayName": True, "tokenEndpoint": "urn:x", "enabled": []}, {}, 201, {"displayName": True}),
        manager_of_file({"name": "n", "tokenEndpoint": "urn:x"}, {}, 201, {"id": "n", "displayName": "n"}),
        manager_of_file({"displayName": "x", "tokenEndpoint": 5}, {}, 500, NOT_MADE),
        manager_of_file({"displayName": "x", "tokenEndpoint": " "}, {}, 400, "tokenEndpoint must not be blank"),
        manager_of_file({"displayName": "x", "tokenEndpoint": "urn:x"}, {"name": 5}, 400, BAD_ID),
        manager_of_file("a text", {}, 400, "Missing required fields: displayName, tokenEndpoint"),
        ("POST /key-managers", file("keymanager", "5"), 400, "Invalid payload format or validation failed."),
    ],
    "mappings": [
        ("POST /applications", APPLICATION, 201, {"id": "one"}),
        (
            "POST /applications/one/generate-keys",
            {"keyManager": "none", "consumerKey": ""},
            400,
            "consumerKey is required.",
        ),
        (
            "POST /applications/one/generate-keys",
            {"keyManager": "none", "consumerKey": "c"},
            404,
            "Resource Not Found",
        ),
        (
            "POST /applications/one/oauth-keys/none/generate-token",
            {},
            400,
            "must have required property 'consumerSecret'",
        ),
    ],
    "plans": [
        (f"POST {PLANS}", PLAN, 201, {"id": "own", "limits": [LIMIT]}),
        (f"POST {PLANS}", PLAN, 409, TAKEN),
        (
            f"PUT {PLANS}",
            {"id": "own", "displayName": "Two"},
            200,
            {"refId": "r", "description": None, "limits": [LIMIT]},
        ),
        (f"PUT {PLANS}", {"id": "own", "displayName": "Two", "limits": []}, 200, {"refId": "r", "limits": []}),
        (f"GET {PLANS}?name=own", None, 200, ["own"]),
        (f"GET {PLANS}?name=Two", None, 200, []),
        (f"PUT {PLANS}", [], 400, "must be object"),
        (
            f"PUT {PLANS}",
            [PLAN],
            200,
            {
                "message": "Bulk updating of subscription plans is not allowed because "
                "'organization.autoCreateSubscriptionPlans' is enabled in the API Portal."
            },
        ),
        limits(400, WRONG_COUNT, {"limitCount": 0}),
        limits(400, "timeAmount must be a positive number when provided", {"limitCount": 1, "timeAmount": 0}),
        limits(
            400,
            "must be equal to one of the allowed values: MINUTE, HOUR, DAY, MONTH, ",
            {"limitCount": 1, "timeUnit": "x"},
        ),
        limits(400, "must be string", {"limitCount": 1, "limitType": 5}),
        limits(409, TAKEN, {"limitCount": 1}, {"limitCount": 2}),
        limits(200, {"limits": [{**LIMIT, "limitCount": "100000000000000000000"}]}, {"limitCount": 10**20}),
        (f"GET {PLANS}/own", None, 200, {"displayName": "Own"}),
        (
            f"POST {PLANS}",
            {"form": {"displayName": "Form", "id": "form", "limits": "[]"}},
            201,
            {"id": "form", "limits": []},
        ),
        (f"POST {PLANS}", {"form": {"id": "form"}}, 500, FAILED),
    ],
    "plans of files": [
        plan_of_file(
            {
                "kind": "SubscriptionPlan",
                "spec": {"displayName": "x", "limits": [{"limitCount": 5, "timeUnit": "day"}]},
            },
            201,
            {"limits": [{**LIMIT, "timeUnit": "DAY"}]},
        ),
        plan_of_file(
            {"kind": "SubscriptionPlan", "spec": {"displayName": "x", "type": "RequestCount", "requestCount": 5}},
            201,
            {"limits": [LIMIT]},
        ),
        plan_of_file({"kind": "SubscriptionPlan", "spec": {"displayName": "x", "limits": [None]}}, 500, FAILED),
        plan_of_file(
            {"kind": "SubscriptionPlan", "spec": {"displayName": "x", "limits": [{"limitCount": "5"}]}},
            400,
            WRONG_COUNT,
        ),
        plan_of_file({"kind": "SubscriptionPlan"}, 500, FAILED),
        plan_of_file({"kind": "SubscriptionPlan", "metadata": None, "spec": {"displayName": "x"}}, 500, FAILED),
        plan_of_file({"kind": "SubscriptionPlanList", "items": [None, None]}, 500, FAILED),
        plan_of_file(
            {"kind": "SubscriptionPlanList", "items": []},
            400,
            "SubscriptionPlanList must have a non-empty 'items' array",
        ),
        plan_of_file({"kind": 5}, 400, NO_SUCH_KIND.format(5)),
        plan_of_file([], 400, NO_SUCH_KIND.format("undefined")),
        plan_of_file("5", 400, "Subscription plan YAML file is empty or invalid"),
    ],
    "subscriptions": [
        (f"POST {PLANS}", {**PLAN, "displayName": "Shown"}, 201, {"id": "own"}),
        ("POST /apis", {"form": {"metadata": json.dumps(API), "definition": DEFINITION}}, 201, {"id": "weather"}),
        ("POST /subscriptions", {"artifactId": " ", "subscriptionPlanId": "own"}, 400, "artifactId is required"),
        (
            "POST /subscriptions",
            {"artifactId": "weather", "subscriptionPlanId": "own"},
            201,
            {"subscriptionPlanName": "Shown"},
        ),
    ],
    "forms": [
        ("POST /applications", damaged(""), 500, UNEXPECTED),
        ("POST /applications", damaged(f"{FIELD}\r\nx\r\n--b"), 500, UNEXPECTED),
        ("POST /applications", damaged("--b\r\nContent: x\n\r\n\r\nx\r\n--b--"), 500, UNEXPECTED),
        ("POST /applications", damaged("--b--"), 500, FAILED),
        ("POST /applications", damaged(f"{FIELD}\r\nx\r\n--b--\r\nwhat follows"), 201, {"id": "x"}),
        ("POST /applications", damaged(f"before\r\n--bx\r\n{FIELD}\r\ny\r\n--b--"), 201, {"id": "y"}),
        ("POST /applications", damaged("--b\r\nContent-Type: x\r\n\r\nx\r\n--b--"), 500, FAILED),
        ("POST /applications", damaged(f"{FIELD}\r\nx\r\n{FIELD}\r\ny\r\n--b--"), 400, "must be string"),
        (
            "POST /applications",
            damaged('--b\r\nContent-Disposition: form-data; name=""\r\n\r\nx\r\n--b--'),
            400,
            NO_NAME,
        ),
        ("POST /applications", damaged(f"{FIELD}\r\nx\r\n--b--", boundary="x"), 500, UNEXPECTED),
        ("POST /applications", damaged(f"{FIELD}\r\nx\r\n--b--", boundary=""), 500, FAILED),
        ("POST /applications", damaged(f"{FIELD}\r\nx\r\n--b--", kind="MULTIPART/Form-Data"), 500, FAILED),
        ("POST /key-managers", damaged("--b--"), 400, "Missing required fields: displayName, tokenEndpoint"),
        ("PUT /organizations/default", damaged("--b--"), 400, "must have required property 'organization'"),
    ],
    "the organisation of a file": [
        organization_of_file({"businessOwner": "B", "configuration": {"a": 1}}, 200, {"businessOwner": "B"}),
        ("GET /organizations/default", None, 200, {"configuration": {"a": 1}}),
        organization_of_file({}, 500, FAILED),
        organization_of_file({"idpRefId": ""}, 400, f"{NO_ORGANIZATION}: missing required field(s): idpRefId"),
        ("PUT /organizations/default", file("organization", {"kind": 5}), 400, NO_SUCH_ORGANIZATION),
        ("PUT /organizations/default", file("organization", "5"), 400, "Organization YAML file is empty or invalid"),
    ],
    "headers": [
        ("POST /applications", sent(b"", "application/json; charset=latin1"), 415, None),
        ("POST /applications", sent(b"{}", "application/json; charset=utf8"), 415, None),
        (
            "POST /applications",
            sent(b"{}", "application/json; charset="),
            400,
            "must have required property 'displayName'",
        ),
        ("POST /applications", {"form": {"description": "x" * 2**20}}, 400, "Field value too long"),
        ("POST /applications", sent(b"{}", "application/json", **{"Content-Encoding": "x"}), 415, None),
        (
            "POST /applications",
            sent(gzip.compress(b"{}"), "application/json", **{"Content-Encoding": "GZip"}),
            400,
            NEEDED,
        ),
        *(
            ("POST /applications", sent(body, "application/json", **{"Content-Encoding": encoding}), status, wanted)
            for encoding, body, status, wanted in (
                ("gzip", gzip.compress(b"{") + gzip.compress(b"}") + b"\0", 400, NEEDED),
                ("gzip", gzip.compress(b"{}") + b"x", 400, None),
                ("gzip", zlib.compress(b"{}"), 400, None),
                ("deflate", zlib.compress(b"{}") + b"x", 400, NEEDED),
                ("deflate", zlib.compress(b"{}")[:-1], 400, None),
                ("gzip", gzip.compress(b" " * (10 * 2**20 + 1)), 413, None),
                ("gzip", b"", 400, None),
            )
        ),
        ("POST /applications", sent(b"", "application/json"), 400, NEEDED),
        ("POST /applications", sent(b"{}", "text/plain; B=2; a=1"), 415, "unsupported media type text/plain; a=1; b=2"),
        ("GET /views", sent(b"", "text/plain", Expect="x"), 417, None),
        ("GET /views", sent(b"", "text/plain", **{"If-None-Match": "*"}), 304, None),
        ("GET /views", sent(b"", "text/plain", **{"If-None-Match": '"x", W/"y"'}), 200, None),
    ],
    "paths": [
        ("GET /ORGANIZATIONS/DEFAULT", None, 200, {"id": "default"}),
        ("GET /applications/%zz", None, 400, "malformed uri'"),
    ],
}


@pytest.mark.parametrize("life", LIVES)
def test_a_life_goes_as_with_the_real_server(sandbox: Sandbox, life: str) -> None:
    """Step by step."""
    assert lived(sandbox, LIVES[life]) == []
