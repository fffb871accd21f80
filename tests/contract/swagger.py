"""Turns a part of a Swagger 2.0 document into an OpenAPI one, with the structure alone.

    python -m tests.contract.swagger scim2.yaml /v2/Roles /v3/Roles /Users /Groups /Me /Bulk /Schemas \\
        /ResourceTypes /ServiceProviderConfig > tests/data/openapi/scim2-subset.yaml

The part is what lies at and below these paths, and what it refers to. It handles what such documents use, no more.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.contract.strip_prose import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ("converted",)

_VERBS = ("get", "put", "post", "patch", "delete")
_REFERENCE = "#/definitions/"
_JSON = "application/json"


def converted(document: dict[str, Any], *paths: str) -> dict[str, Any]:
    """The part of the document at and below these paths."""
    chosen = {
        path: _item(document, item)
        for path, item in document["paths"].items()
        if any(path == one or path.startswith(f"{one}/") for one in paths)
    }
    return bare(
        {
            "openapi": "3.0.0",
            "info": document["info"],
            "security": [{"OAuth2": []}],
            "paths": chosen,
            "components": {
                "schemas": _referred(document["definitions"], chosen),
                "securitySchemes": {"OAuth2": {"type": "http", "scheme": "bearer"}},
            },
        }
    )


def _item(document: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    return {name: _operation(document, value) for name, value in item.items() if name in _VERBS}


def _operation(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    takes, gives = (operation.get(key) or document.get(key) or [_JSON] for key in ("consumes", "produces"))
    parameters = [_resolved(document, one) for one in operation.get("parameters", [])]
    responses = {str(status): _resolved(document, one) for status, one in operation["responses"].items()}
    found: dict[str, Any] = {
        "parameters": [_parameter(one) for one in parameters if one["in"] not in ("body", "formData")],
        "responses": {status: _response(one, gives) for status, one in responses.items()},
    }
    fields = {one["name"]: {"type": "string"} for one in parameters if one["in"] == "formData"}
    bodies = [one["schema"] for one in parameters if one["in"] == "body"]
    for schema in (*bodies, *([{"type": "object", "properties": fields}] if fields else [])):
        found["requestBody"] = {"content": _content(schema, takes)}
    return found


def _resolved(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """A parameter or response, or the one that all operations share."""
    if "$ref" not in node:
        return node
    _, group, name = node["$ref"].split("/")
    found: dict[str, Any] = document[group][name]
    return found


def _parameter(sent: dict[str, Any]) -> dict[str, Any]:
    schema = {key: sent[key] for key in ("type", "format", "enum", "items", "default") if key in sent}
    return {"name": sent["name"], "in": sent["in"], "required": sent.get("required", False), "schema": schema}


def _response(sent: dict[str, Any], types: list[str]) -> dict[str, Any]:
    content = {"content": _content(sent["schema"], types)} if "schema" in sent else {}
    return {"description": "", **content}


def _content(schema: dict[str, Any], types: list[str]) -> dict[str, Any]:
    return {type_: {"schema": _moved(schema)} for type_ in types}


def _moved(node: Any) -> Any:
    if isinstance(node, list):
        return [_moved(item) for item in node]
    if not isinstance(node, dict):
        return node.replace(_REFERENCE, "#/components/schemas/") if isinstance(node, str) else node
    return {key: _moved(value) for key, value in node.items()}


def _referred(definitions: dict[str, Any], node: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    waiting = list(_references(node))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _moved(definitions[name])
            waiting += _references(found[name])
    return {name: found[name] for name in definitions if name in found}


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rpartition("/")[2]
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from _references(item)


if __name__ == "__main__":
    source: dict[str, Any] = yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))
    yaml.safe_dump(converted(source, *sys.argv[2:]), sys.stdout, sort_keys=False, default_flow_style=None, width=120)
