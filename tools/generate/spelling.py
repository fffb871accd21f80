"""How names within descriptions of the schema are spelt: as every language but Python has them, in camelCase.

The declarations spell them as Python does. What stands in backticks and is no name of this package is a value of the
platform's (`client_credentials`) and stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pulumi_asgardeo_bijira.naming import camel, flat

if TYPE_CHECKING:
    from .model import Package

__all__ = ("respelt",)

#: Options that every resource has.
_OPTIONS = frozenset({"depends_on"})


def respelt(document: dict[str, Any], package: Package) -> dict[str, Any]:
    """The schema with its descriptions in the schema's own spelling."""
    names = _OPTIONS | _names(package) - {value for one in package.enumerations.values() for value in one.values}
    respelling: dict[str, Any] = _respelt(document, names)
    return respelling


def _names(package: Package) -> frozenset[str]:
    """Those of properties and functions, as Python has them."""
    objects = [*package.objects.values(), *package.results.values()]
    bodies = [one.properties for one in objects]
    for resource in (*package.resources, *package.components):
        bodies += [resource.inputs, resource.outputs]
    for function in package.functions:
        bodies += [function.arguments, function.result.properties]
    functions = (one.declaration.function for one in package.functions)
    return frozenset((*functions, *(one.name for body in bodies for one in body)))


def _respelt(node: Any, names: frozenset[str]) -> Any:
    if isinstance(node, list):
        return [_respelt(one, names) for one in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _told(value, names) if key == "description" and isinstance(value, str) else _respelt(value, names)
        for key, value in node.items()
    }


def _told(text: str, names: frozenset[str]) -> str:
    return re.sub(r"`([^`\n]+)`", lambda found: f"`{_name(found[1], names)}`", text)


def _name(written: str, names: frozenset[str]) -> str:
    if re.fullmatch(r"(asgardeo|bijira):[a-z]\w*", written):
        return flat(written)
    parts = written.split(".")
    return ".".join(map(camel, parts)) if names.issuperset(parts) else written
