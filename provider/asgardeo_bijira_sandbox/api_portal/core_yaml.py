"""YAML 1.2 with its core schema, as the server reads it.

Dates and `yes` are texts, octal numbers begin with `0o`, a key is a text and stands once, there is one document, and no
tag but those of the schema.
"""

from __future__ import annotations

import math
import re
from typing import Any, ClassVar

import yaml

from ..web.bodies import of_characters
from .values import number, text_of

__all__ = ("BadYaml", "load_yaml")

_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_TAG = "tag:yaml.org,2002:"


class BadYaml(ValueError):
    """A text that is not YAML; the message says why, in the words of our own parser."""


def load_yaml(text: str) -> Any:
    """The one document of a text; None of one that is empty."""
    if "\0" in text:
        raise BadYaml("null byte is not allowed in input")
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None and text.strip():
            raise BadYaml("expected a document, but the input is empty")
        return None if node is None else of_characters(loader.construct_document(node))
    except yaml.YAMLError as problem:
        raise BadYaml(getattr(problem, "problem", None) or "cannot be read") from None
    except RecursionError:
        raise BadYaml("nesting exceeded") from None


class _Loader(yaml.SafeLoader):
    """Nothing of YAML 1.1 to begin with."""

    yaml_implicit_resolvers: dict[Any, Any] = {}
    yaml_constructors: ClassVar[dict[Any, Any]] = {}


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(problem="object-based map does not support complex keys")
        key = text_of(loader.construct_object(key_node, deep=True))
        if key in found:
            raise yaml.constructor.ConstructorError(problem="duplicated mapping key")
        found[key] = loader.construct_object(value_node, deep=True)
    return found


def _integer(loader: _Loader, node: yaml.ScalarNode) -> int | float:
    text = str(loader.construct_scalar(node))
    base = {"0x": 16, "0o": 8}.get(text[:2])
    return int(text[2:], base) if base else number(text)


def _float(loader: _Loader, node: yaml.ScalarNode) -> int | float | str | None:
    """A number; one that JSON cannot hold is written as null there, and is so from the start."""
    text = str(loader.construct_scalar(node))
    if text.lower().lstrip("+-.") in ("inf", "nan"):
        return None
    return number(text) if math.isfinite(float(text)) else text


def _unknown(loader: _Loader, node: yaml.Node) -> Any:
    raise yaml.constructor.ConstructorError(problem=f"unknown tag !<{node.tag}>")


_KINDS: dict[str, tuple[re.Pattern[str] | None, Any]] = {
    "null": (re.compile(r"~|null|Null|NULL|"), lambda loader, node: None),
    "bool": (
        re.compile(r"true|True|TRUE|false|False|FALSE"),
        lambda loader, node: str(loader.construct_scalar(node)).lower() == "true",
    ),
    "int": (_INTEGER, _integer),
    "float": (_FLOAT, _float),
    "str": (None, lambda loader, node: str(loader.construct_scalar(node))),
    "seq": (None, lambda loader, node: loader.construct_sequence(node, deep=True)),
    "map": (None, _mapping),
}
for _name, (_pattern, _construct) in _KINDS.items():
    if _pattern is not None:
        _Loader.add_implicit_resolver(_TAG + _name, re.compile(f"(?:{_pattern.pattern})\\Z"), None)
    _Loader.add_constructor(_TAG + _name, _construct)
_Loader.add_constructor(None, _unknown)
