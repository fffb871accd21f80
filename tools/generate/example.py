"""A declaration's example, which is a program in Python, as statements that a program in any language can be made of.

An example is plain: it makes resources, looks things up, takes settings from the stack's configuration and exports
outputs. What is more than that is refused, so that no language goes without.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ("Configured", "Exported", "Found", "Made", "Reference", "Settings", "Statement", "statements", "used")

_SECRET = {"require": False, "require_secret": True}


@dataclass(frozen=True)
class Reference:
    """A property of what a variable holds."""

    variable: str
    name: str


@dataclass(frozen=True)
class Configured:
    """A setting of the program's own."""

    key: str
    secret: bool


@dataclass(frozen=True)
class Settings:
    """The program's configuration as a variable."""

    variable: str


@dataclass(frozen=True)
class Made:
    """A resource; its inputs are constants, the above, lists and dicts of such."""

    variable: str
    class_name: str
    name: str
    inputs: dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What a look-up finds."""

    variable: str
    function: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Exported:
    """An output of the stack."""

    name: str
    value: Any


Statement = Settings | Made | Found | Exported


def statements(program: str) -> Iterator[Statement]:
    """Those of the program, in its order."""
    for one in ast.parse(program).body:
        match one:
            case ast.Import():
                continue
            case ast.Assign(targets=[ast.Name(id=variable)], value=ast.Call(func=ast.Attribute(attr="Config"))):
                yield Settings(variable)
            case ast.Assign(
                targets=[ast.Name(id=variable)],
                value=ast.Call(func=ast.Attribute(value=ast.Name(id="wso2"), attr=name), args=positional) as call,
            ):
                given = {str(key.arg): _value(key.value) for key in call.keywords}
                yield Made(variable, name, _value(positional[0]), given) if positional else Found(variable, name, given)
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="export"), args=[name, value])):
                yield Exported(_value(name), _value(value))
            case _:
                raise _unknown(one)


def used(program: Iterable[Statement]) -> Iterator[str]:
    """The variables that it refers to."""
    for one in program:
        match one:
            case Made(inputs=value) | Found(arguments=value) | Exported(value=value):
                yield from _variables(value)


def _variables(value: Any) -> Iterator[str]:
    if isinstance(value, Reference):
        yield value.variable
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _variables(one)


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.List(elts=items):
            return [_value(one) for one in items]
        case ast.Dict(keys=keys, values=values):
            return {_value(key): _value(one) for key, one in zip(keys, values, strict=True) if key}
        case ast.Attribute(value=ast.Name(id=variable), attr=name):
            return Reference(variable, name)
        case ast.Call(func=ast.Attribute(attr=getter), args=[key]) if getter in _SECRET:
            return Configured(_value(key), _SECRET[getter])
    raise _unknown(node)


def _unknown(node: ast.AST) -> TypeError:
    return TypeError(f"an example may not have {ast.unparse(node)!r}: no other language is written for it")
