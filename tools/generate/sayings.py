"""Reads out of the source what a text will say: its fixed words, and … for what only a run knows."""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ("Module", "Scope", "texts")

UNKNOWN = "…"
#: More forms of one text than this are shown as one with a gap.
_MOST = 6
_DEEPEST = 4

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A module of the package, by its path."""

    path: str
    tree: ast.Module

    @cached_property
    def constants(self) -> dict[str, list[ast.expr]]:
        """What its names stand for."""
        return _assigned(self.tree.body)

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """All of them, at any depth."""
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, Function))


@dataclass(frozen=True)
class Scope:
    """What is known of a function's names: those of the module, its own, and what a caller gives."""

    module: Module
    function: Function | None = None
    given: Mapping[str, tuple[ast.expr, Scope]] = field(default_factory=dict)
    depth: int = 0

    @property
    def parameters(self) -> list[str]:
        """The names that a caller gives, itself left out."""
        if self.function is None:
            return []
        arguments = self.function.args
        names = [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        return [name for name in names if name not in ("self", "cls")]

    def called(self, call: ast.Call, caller: Scope) -> Scope:
        """The same with what a call gives."""
        given = dict(zip(self.parameters, ((one, caller) for one in call.args), strict=False))
        given |= {one.arg: (one.value, caller) for one in call.keywords if one.arg}
        return replace(self, given=given, depth=caller.depth + 1)

    def deeper(self) -> Scope:
        """One step further from where the text stands."""
        return replace(self, depth=self.depth + 1)


def texts(node: ast.expr | None, scope: Scope) -> list[str]:
    """The forms that it can take."""
    found = list(dict.fromkeys(_texts(node, scope))) if node is not None and scope.depth <= _DEEPEST else [UNKNOWN]
    return found if len(found) <= _MOST else [UNKNOWN]


def _texts(node: ast.expr, scope: Scope) -> Iterable[str]:
    match node:
        case ast.Constant(value=str() as value):
            return [value]
        case ast.JoinedStr(values=parts):
            return _product([texts(part, scope) for part in parts])
        case ast.FormattedValue(value=value):
            return texts(value, scope)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _product([texts(left, scope), texts(right, scope)])
        case ast.IfExp(body=body, orelse=orelse):
            return [*texts(body, scope), *texts(orelse, scope)]
        case ast.BoolOp(op=ast.Or(), values=values):
            return [text for value in values for text in texts(value, scope) if text]
        case ast.Name(id=name):
            return _named(name, scope)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(value=ast.Name(id="self"), attr=name)):
            return _returned(node, name, scope)
    return [UNKNOWN]


def _product(parts: list[list[str]]) -> list[str]:
    count = 1
    for part in parts:
        count *= len(part)
    if count > _MOST:
        parts = [part if len(part) == 1 else [UNKNOWN] for part in parts]
    return ["".join(one) for one in itertools.product(*parts)]


def _named(name: str, scope: Scope) -> Iterable[str]:
    if name in scope.given:
        node, caller = scope.given[name]
        return texts(node, caller.deeper())
    if name in scope.parameters:
        return [UNKNOWN]
    within = _assigned(ast.walk(scope.function)) if scope.function else {}
    if name in within:
        return [text for node in within[name] for text in texts(node, scope.deeper())]
    return [text for node in scope.module.constants.get(name, []) for text in texts(node, Scope(scope.module))] or [
        UNKNOWN
    ]


def _returned(call: ast.expr, name: str, scope: Scope) -> Iterable[str]:
    """What a function of the same module gives back."""
    for function in scope.module.functions:
        if function.name == name and isinstance(call, ast.Call):
            inside = Scope(scope.module, function).called(call, scope)
            results = [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value]
            return [text for result in results for text in texts(result, inside)] or [UNKNOWN]
    return [UNKNOWN]


def _assigned(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found.setdefault(name, []).append(value)
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                for target, value in zip(names, values, strict=False):
                    if isinstance(target, ast.Name):
                        found.setdefault(target.id, []).append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found.setdefault(name, []).append(value)
    return found
