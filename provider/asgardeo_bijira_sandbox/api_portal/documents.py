"""What files of forms hold: YAML documents, of whose shape nobody can be sure."""

from __future__ import annotations

from typing import Any

from .core_yaml import BadYaml, load_yaml
from .exceptions import objection
from .values import text_of

__all__ = ("document_of", "kind_of")


def document_of(text: str, of: str, empty: str) -> dict[str, Any] | list[Any]:
    """The document of a file, which must hold something; `of` says what it should be of, `empty` that it is not."""
    try:
        found = load_yaml(text)
    except BadYaml as problem:
        raise objection(f"Invalid {of}: {problem}") from None
    if not isinstance(found, (dict, list)):
        raise objection(empty)
    return found


def kind_of(document: dict[str, Any] | list[Any]) -> str:
    """What a document says that it is, as a refusal names it."""
    return text_of(document["kind"]) if isinstance(document, dict) and "kind" in document else "undefined"
