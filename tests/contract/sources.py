"""Which operations a client's source can send: read from its calls, so that none is forgotten."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ("sent_by",)

#: The clients' own helpers: the verb that each sends, or None where it is handed on as the first argument.
_SENDERS = {
    "request_json": None,
    "request_json_or_none": None,
    "send": None,
    "locate": None,
    "get_or_none": "GET",
    "delete": "DELETE",
    "_ask": None,
    "_call": None,
    "_send": None,
    "_get": "GET",
    "_find": "GET",
    "_rows": "GET",
    "_pages": "GET",
    "_delete": "DELETE",
    "_discard": "DELETE",
}
_BASE = re.compile(r"^(/api/server/v1|/scim2)(?=/)")


def sent_by(source: Path) -> set[str]:
    """Operations such as `GET /applications/{}/keys`; `{}` stands for whatever is put in."""
    return _Module(ast.parse(source.read_text(encoding="utf-8"))).operations()


class _Module:
    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        self._constants = {name: value for node in tree.body for name, value in _assigned(node)}

    def operations(self) -> set[str]:
        found = self._listed()
        for function in self._functions.values():
            if function.name.startswith("_") and self._is_sender(function.name):
                continue
            names = {name: value for node in ast.walk(function) for name, value in _assigned(node)}
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                if isinstance(call.func, ast.Attribute) and self._is_sender(call.func.attr):
                    found |= self._sent(call, call.func.attr, names)
        return found

    def _is_sender(self, name: str) -> bool:
        """Whether it is given the path to send to; a module's own helper of that name may as well know it."""
        here = self._functions.get(name) if name.startswith("_") else None
        return name in _SENDERS and (here is None or any(one.arg == "path" for one in here.args.args))

    def _listed(self) -> set[str]:
        """What classes that only name the list that their parent reads send."""
        bodies = (statement for node in self._tree.body if isinstance(node, ast.ClassDef) for statement in node.body)
        values = (value for statement in bodies for name, value in _assigned(statement) if name == "_path")
        return {f"GET {_BASE.sub('', path)}" for value in values for path in self._paths(value, {})}

    def _sent(self, call: ast.Call, sender: str, names: dict[str, ast.expr]) -> set[str]:
        verb, arguments = _SENDERS[sender], list(call.args)
        if verb is None:
            verb = ast.literal_eval(arguments.pop(0))
        paths = (path.partition("?")[0] for path in self._paths(arguments[0], names))
        return {f"{verb} {_BASE.sub('', path)}" for path in paths}

    def _paths(self, node: ast.expr, names: dict[str, ast.expr]) -> set[str]:
        match node:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.Constant(value=None):
                return set()
            case ast.IfExp(body=one, orelse=other):
                return self._paths(one, names) | self._paths(other, names)
            case ast.Name(id=name) if name in names or name in self._constants:
                return self._paths(names.get(name) or self._constants[name], names)
            case ast.FormattedValue(value=value):
                return self._paths(value, names)
            case ast.JoinedStr(values=parts):
                return self._joined("", parts, names)
            case ast.Call(func=ast.Name(id="_path"), args=parts) if "_BASE" in self._constants:
                return self._joined("/", [ast.Name(id="_BASE"), *parts], names)
            case ast.Call(func=ast.Name(id=function)) if function in self._functions:
                return self._returned(function)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=method)):
                return self._returned(method)
        return {"{}"}

    def _returned(self, function: str) -> set[str]:
        returns = (one.value for one in ast.walk(self._functions[function]) if isinstance(one, ast.Return))
        return {path for value in returns if value for path in self._paths(value, {})}

    def _joined(self, separator: str, parts: list[ast.expr], names: dict[str, ast.expr]) -> set[str]:
        found = {""}
        for part in parts:
            found = {f"{path}{separator if path else ''}{end}" for path in found for end in self._paths(part, names)}
        return found


def _assigned(node: ast.AST) -> list[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return [(name, value)]
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            return [(one.id, value) for one, value in zip(names, values, strict=True) if isinstance(one, ast.Name)]
    return []
