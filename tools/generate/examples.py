"""Writes a declaration's example, which is in Python, in the other languages that the schema shows it in.

An example is plain: it declares resources, looks things up, takes settings from the program's configuration and exports
outputs. What is more than that is refused.
"""

from __future__ import annotations

import ast
import json
import textwrap
from typing import TYPE_CHECKING, Any

import yaml
from pulumi_asgardeo_bijira.naming import camel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ("examples",)

_MODULES = ("pulumi", "wso2")
_GETTERS = {"require": False, "require_secret": True}


class _Plain(str):
    """A reference, which stands in the program without quotes."""

    __slots__ = ()


def examples(program: str, package: str, python: str, node: str) -> Iterator[tuple[str, str]]:
    """The example in each language by what a code block of it is called; given what the SDKs are called."""
    statements = [one for one in ast.parse(program).body if not isinstance(one, ast.Import)]
    yield "typescript", _typescript(statements, node)
    yield "python", program.replace("pulumi_asgardeo_bijira as", f"{python} as").rstrip()
    yield "yaml", _yaml(statements, package)


def _typescript(statements: list[ast.stmt], package: str) -> str:
    lines = ['import * as pulumi from "@pulumi/pulumi";', f'import * as wso2 from "{package}";', ""]
    for statement in statements:
        variable, call = _call(statement)
        module, function = _callee(call)
        given = _inputs(call, lambda node: _Plain(_dotted(node)))
        match module, function:
            case "pulumi", "Config":
                lines.append(f"const {variable} = new pulumi.Config();")
            case "pulumi", "export":
                lines.append(f"export const {_text(call.args[0])} = {_dotted(call.args[1])};")
            case "wso2", _ if call.args:
                arguments = f", {_literal(given)}" if given else ""
                lines.append(f'const {variable} = new wso2.{function}("{_text(call.args[0])}"{arguments});')
            case _:
                lines.append(f"const {variable} = wso2.{camel(function)}Output({_literal(given)});")
    return "\n".join(lines)


def _yaml(statements: list[ast.stmt], package: str) -> str:
    program: dict[str, dict[str, Any]] = {"config": {}, "variables": {}, "resources": {}, "outputs": {}}
    for statement in statements:
        variable, call = _call(statement)
        module, function = _callee(call)

        def reference(node: ast.expr) -> str:
            if isinstance(node, ast.Call):
                key = _text(node.args[0])
                program["config"][key] = {"type": "string", **({"secret": True} if _is_secret(node) else {})}
                return f"${{{key}}}"
            return f"${{{_dotted(node)}}}"

        given = _inputs(call, reference)
        if module == "wso2" and call.args:
            name = _text(call.args[0])
            named = {"name": name} if name != variable else {}
            properties = {"properties": given} if given else {}
            program["resources"][variable] = {"type": f"{package}:{function}", **named, **properties}
        elif module == "wso2":
            found = {"function": f"{package}:{camel(function)}", "arguments": given}
            program["variables"][variable] = {"fn::invoke": found}
        elif function == "export":
            program["outputs"][_text(call.args[0])] = reference(call.args[1])
    parts = {name: part for name, part in program.items() if part}
    return str(yaml.safe_dump(parts, sort_keys=False, width=120)).rstrip()


def _call(statement: ast.stmt) -> tuple[str, ast.Call]:
    match statement:
        case ast.Assign(targets=[ast.Name(id=variable)], value=ast.Call() as call):
            return variable, call
        case ast.Expr(value=ast.Call() as call):
            return "", call
    raise _unknown(statement)


def _callee(call: ast.Call) -> tuple[str, str]:
    match call.func:
        case ast.Attribute(value=ast.Name(id=module), attr=function) if module in _MODULES:
            return module, function
    raise _unknown(call)


def _inputs(call: ast.Call, reference: Callable[[ast.expr], str]) -> dict[str, Any]:
    return {camel(one.arg or ""): _value(one.value, reference) for one in call.keywords}


def _value(node: ast.expr, reference: Callable[[ast.expr], str]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.List(elts=items):
            return [_value(one, reference) for one in items]
        case ast.Dict(keys=keys, values=values):
            return {camel(_text(key)): _value(one, reference) for key, one in zip(keys, values, strict=True) if key}
    return reference(node)


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Attribute(value=ast.Name(id=variable), attr=name):
            return f"{variable}.{camel(name)}"
        case ast.Call(func=ast.Attribute(value=ast.Name(id=variable), attr=name), args=[key]) if name in _GETTERS:
            return f'{variable}.{camel(name)}("{_text(key)}")'
    raise _unknown(node)


def _is_secret(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and _GETTERS[node.func.attr]


def _text(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
    raise _unknown(node)


def _literal(value: Any) -> str:
    """A value of TypeScript; an object of several members or of longer ones has a line for each."""
    if isinstance(value, _Plain):
        return value
    if isinstance(value, dict):
        members = [f"{name}: {_literal(one)}" for name, one in value.items()]
        return _enclosed("{", members, "}")
    if isinstance(value, list):
        return _enclosed("[", [_literal(one) for one in value], "]")
    return json.dumps(value)


def _enclosed(left: str, members: list[str], right: str) -> str:
    space = " " if left == "{" else ""
    line = f"{left}{space}{', '.join(members)}{space}{right}"
    if len(line) <= 70 and "\n" not in line:
        return line
    lines = textwrap.indent(",\n".join(members), "    ")
    return f"{left}\n{lines},\n{right}"


def _unknown(node: ast.AST) -> TypeError:
    return TypeError(f"an example may not have {ast.unparse(node)!r}: no other language is written for it")
