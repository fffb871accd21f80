"""What APIs are published with: metadata as JSON in a field or as YAML in a file, a definition, and both in odd forms.

A body is the tree `{"metadata": …, "definition": …}`, so that what is spoiled may be anything in either.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

from .exchange import BOUNDARY, multipart

if TYPE_CHECKING:
    from .operations import Encoded, World

__all__ = ("QUERIES", "api", "api_document", "form_of_document", "form_of_json", "mcp_server")

_DEFINITION = "openapi: 3.0.1\ninfo: {title: A, version: v1}\npaths: {}\n"
_NAMES = ("Weather", "Weather  API", "Wetter Übersicht", 'The "best" \\ one', "time_100%")
_VERSIONS = ("v1", "v1", "v2", "1.0")
_TYPES = ("REST", "REST", "REST", "RestApi", "rest", "SOAP", "GRAPHQL", "Web Sub", "WS", "MCP", "Mcp", "other")
_TAGS: tuple[list[str], ...] = ([], ["a"], ["a", "b c", "a"], [" padded ", ""])
#: Values of the queries of the list.
QUERIES = {
    "name": ("Weather", "weather", "Wetter%20%C3%9Cbersicht", "Weather%20%20API"),
    "version": ("v1", "v2", "1.0"),
    "query": ("weather", "API", "%25", "_", "%22best%22", "%C3%BC", "%C3%9C", "choreo", "VISIBLE", "handle", "a"),
    "tags": ("a", "b%20c", "%2C", "a%2Cx", "padded"),
    "view": ("default", "one", "two"),
}


def api(world: World) -> Any:
    """A right one as JSON has it."""
    choice = world.random.choice
    return {
        "metadata": world.some(
            name=choice(_NAMES),
            version=choice(_VERSIONS),
            type=choice(_TYPES),
            status=choice(("PUBLISHED", "PUBLISHED", "DEPRECATED", "")),
            endPoints=_places(world, "productionURL", "sandboxURL"),
            id_=choice(("weather", "time", "Übersicht 1", "")),
            description_=world.text(),
            agentVisibility_=choice(("VISIBLE", "hidden", "")),
            referenceId_=choice(("r1", "r2", "r3")),
            tags_=choice(_TAGS),
            labels_=_labels(world),
            owners_=_owners(world),
            subscriptionPlans_=[{"id": one} for one in _plans(world)],
        ),
        "definition": _definition(world),
    }


def mcp_server(world: World) -> Any:
    """A right one of the type that has paths of its own."""
    tree = api(world)
    if world.random.random() < 0.9:
        tree["metadata"]["type"] = world.random.choice(("MCP", "Mcp", "m cp"))
    return tree


def api_document(world: World) -> Any:
    """A right one as YAML has it."""
    choice = world.random.choice
    spec = world.some(
        displayName=choice(_NAMES),
        version=choice(_VERSIONS),
        type_=choice(_TYPES),
        status_=choice(("PUBLISHED", "DEPRECATED", "")),
        endpoints=_places(world, "productionUrl", "sandboxUrl"),
        description_=world.text(),
        agentVisibility_=choice(("VISIBLE", "hidden")),
        referenceId_=choice(("r1", "r2")),
        tags_=choice(_TAGS),
        labels_=_labels(world),
        businessInformation_=_owners(world),
        subscriptionPlans_=_plans(world),
    )
    document = {"kind": "RestApi", "metadata": world.some(name_=choice(("weather", "time"))), "spec": spec}
    return {"metadata": document, "definition": _definition(world)}


def form_of_json(tree: Any) -> Encoded:
    """The metadata in a field."""
    return _form(tree, lambda metadata: json.dumps(metadata))


def form_of_document(tree: Any) -> Encoded:
    """The metadata in a file."""

    def file(metadata: Any) -> dict[str, str]:
        text = yaml.safe_dump(metadata, allow_unicode=True)
        return {"filename": "metadata.yaml", "type": "application/yaml", "content": text}

    return _form(tree, file)


def _form(tree: Any, shown: Any) -> Encoded:
    parts = dict(tree) if isinstance(tree, dict) else {"metadata": tree}
    form = {name: shown(one) if name == "metadata" else _part(one) for name, one in parts.items()}
    return BOUNDARY, multipart(form)


def _part(one: Any) -> Any:
    is_file = isinstance(one, dict) and isinstance(one.get("filename"), str) and isinstance(one.get("content"), str)
    if is_file and re.fullmatch(r"([\w./][\w. /]*)?", one["filename"]):
        return {"type": "application/octet-stream", **one}
    return json.dumps(one)


def _definition(world: World) -> Any:
    names = ("definition.yaml", "d.yaml", "a.YML", "a.json", "a.wsdl", "a.graphql", ".json", "x")
    texts = (_DEFINITION, _DEFINITION, "{}", '{"a": 1.0}', "", " ", "a: {", "null", "<x/>")
    if world.random.random() < 0.7:
        return {"filename": "definition.yaml", "content": _DEFINITION}
    return {"filename": world.random.choice(names), "content": world.random.choice(texts)}


def _places(world: World, production: str, sandbox: str) -> Any:
    address = world.random.choice(("https://api.example.com", "http://x.choreoapis.dev/choreoapis", "ws://x", ""))
    return world.some(**{f"{production}_": address, f"{sandbox}_": world.random.choice(("wss://y", "https://s"))})


def _owners(world: World) -> Any:
    return world.some(businessOwner_="B", businessOwnerEmail_="b@x", technicalOwner_="T", technicalOwnerEmail_="t@x")


def _labels(world: World) -> list[str]:
    return world.random.choice(([], ["default"], ["default"], ["default", "default"], world.ids("label")[:2]))


def _plans(world: World) -> list[str]:
    return world.ids("plan")[: world.random.choice((0, 1, 2, 9))]
