"""What all generated Python has in common: the head of a file, documentation, types of properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .texts import GENERATED, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import Object, Property, Type

__all__ = (
    "doc",
    "enum_import",
    "enums_of",
    "exported",
    "header",
    "input_import",
    "input_type",
    "optional",
    "output_type",
)

_IMPORTS = """\
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NotRequired, Self, TypedDict

import pulumi
"""


def header(title: str, *imports: str) -> str:
    return "\n".join((f'# {GENERATED}\n"""{title}"""\n', _IMPORTS, *imports, ""))


def exported(names: Iterable[str]) -> str:
    return f"__all__ = ({', '.join(repr(name) for name in names)},)"


def doc(text: str, indent: str, width: int = 120) -> str:
    return paragraph(f'"""{text}"""', indent, width=width)


def enums_of(objects: Iterable[Object]) -> str:
    return enum_import(field.type for one in objects for field in one.properties)


def enum_import(types: Iterable[Type]) -> str:
    names = {one.innermost.name for one in types if one.innermost.kind == "enumeration"}
    return f"from .enums import {', '.join(sorted(names))}" if names else ""


def input_import(inputs: Iterable[Property]) -> str:
    objects = {one.type.innermost.name for one in inputs if one.type.innermost.kind == "object"}
    names = sorted(f"{name}{suffix}" for name in objects for suffix in ("Args", "ArgsDict"))
    return f"from .inputs import {', '.join(names)}" if names else ""


def optional(type_: str, given: bool) -> str:
    return type_ if given else f"{type_} | None"


def input_type(type_: Type, *, plain: bool = False) -> str:
    if type_.kind == "array":
        assert type_.item
        given = f"Sequence[{input_type(type_.item, plain=plain)}]"
    elif type_.kind == "map":
        assert type_.item
        given = f"Mapping[str, {input_type(type_.item, plain=plain)}]"
    else:
        given = _scalar(type_, f"{type_.name}Args | {type_.name}ArgsDict")
    return given if plain else f"pulumi.Input[{given}]"


def output_type(type_: Type, module: str = "") -> str:
    if type_.item:
        held = output_type(type_.item, module)
        return f"Sequence[{held}]" if type_.kind == "array" else f"Mapping[str, {held}]"
    return _scalar(type_, f"{module}{type_.name}")


def _scalar(type_: Type, object_: str) -> str:
    if type_.kind == "object":
        return object_
    return (
        type_.name
        if type_.kind == "enumeration"
        else {"string": "str", "integer": "int", "boolean": "bool"}[type_.kind]
    )
