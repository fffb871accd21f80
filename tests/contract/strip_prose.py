"""Reduces an OpenAPI document to its structure: what can be checked stays, what is written for readers goes.

    python -m tests.contract.strip_prose devportal-api.yaml > tests/data/openapi/apim-devportal-v3-subset.yaml

Also without the marks that only warn (`deprecated`), without servers, for where an API is served is known to its tests,
and without the empty lists of media types that some authors mean no body by.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

__all__ = ("bare",)

_PROSE = frozenset(
    {
        "contact",
        "deprecated",
        "description",
        "example",
        "examples",
        "externalDocs",
        "license",
        "servers",
        "summary",
        "tags",
        "termsOfService",
        "title",
    }
)
#: Under these keys the next ones are names that somebody chose, and may be any word.
_NAMED = frozenset(
    {
        "callbacks",
        "content",
        "encoding",
        "headers",
        "links",
        "mapping",
        "parameters",
        "paths",
        "properties",
        "requestBodies",
        "responses",
        "schemas",
        "scopes",
        "securitySchemes",
    }
)


def bare(document: dict[str, Any]) -> dict[str, Any]:
    """The same document without prose; where the format asks for a text it is empty."""
    found: dict[str, Any] = _bare(document)
    found["info"] = {"title": "", "version": str(document["info"]["version"])}
    return found


def _bare(node: Any, key: str = "", names: bool = False) -> Any:
    if isinstance(node, list):
        return [_bare(item) for item in node]
    if not isinstance(node, dict):
        return "" if key == "scopes" else node
    if names:
        return {str(name): _bare(value, key if key == "scopes" else "") for name, value in node.items()}
    kept = {
        name: value if name == "default" else _bare(value, name, isinstance(value, dict) and name in _NAMED)
        for name, value in node.items()
        if name not in _PROSE and not str(name).startswith("x-") and (name, value) != ("content", {})
    }
    for response in (kept.get("responses") or {}).values():
        if "$ref" not in response:
            response["description"] = ""
    return kept


if __name__ == "__main__":
    source: dict[str, Any] = yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))
    yaml.safe_dump(bare(source), sys.stdout, sort_keys=False, default_flow_style=None, width=120)
