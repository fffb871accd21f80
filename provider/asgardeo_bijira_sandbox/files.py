"""Reads files of YAML, of which anything may be in them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ("NotYaml", "read_yaml")

#: What a document may hold once its aliases are written out.
_MOST = 100_000


class _Loader(yaml.SafeLoader):
    """Refuses a duplicate key, as the Pulumi CLI does; the parser would keep the last one."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode) and key.value != "<<"]
        duplicate = next((key for key in keys if keys.count(key) > 1), None)
        if duplicate is not None:
            raise NotYaml(f"duplicate key {duplicate}")
        return super().construct_mapping(node, deep)


class NotYaml(ValueError):
    """A file that is not valid YAML, or one that nobody could use; the message says why, in one line."""


def read_yaml(path: Path) -> Any:
    """What a file holds; raises `NotYaml`, and `OSError` where it cannot be read.

    The parser has no exception of its own for a tag that does not fit its value: it falls over it.
    """
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506  # a safe one
        _size(found, {})
    except RecursionError:
        raise NotYaml("it is nested too deeply") from None
    except (yaml.YAMLError, ValueError, ArithmeticError, LookupError, AttributeError, TypeError) as problem:
        raise NotYaml(" ".join(str(problem).split())) from None
    return found


def _size(value: Any, sizes: dict[int, float]) -> float:
    """How many values a value is, each seen once; what could not be written down again is refused."""
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
            raise NotYaml("it has a character that no text has")
        return 1
    if not isinstance(value, dict | list | set):
        return 1
    if id(value) not in sizes:
        sizes[id(value)] = math.inf  # for as long as it is within itself
        if isinstance(value, dict) and not all(isinstance(key, str | int | float | None) for key in value):
            raise NotYaml("it has a key that is no text")
        parts = [*value, *value.values()] if isinstance(value, dict) else value
        sizes[id(value)] = 1 + sum(_size(part, sizes) for part in parts)
    if sizes[id(value)] > _MOST:
        raise NotYaml("its aliases make it endless, or nearly so")
    return sizes[id(value)]
