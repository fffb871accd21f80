"""Writes an example in Go, where every value names its type and every error is looked at, laid out as gofmt does."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

from .example import Configured, Exported, Found, Made, Reference, Settings, statements, used
from .model import capital
from .texts import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .example import Statement
    from .model import Package, Property, Type

__all__ = ("go",)

_SDK = "github.com/pulumi/pulumi/sdk/v3/go/pulumi"
_SCALARS = {"string": "String", "integer": "Int", "boolean": "Bool"}


def go(program: str, package: Package, path: str) -> str:
    """The program, given what its SDK is imported as."""
    return _Writer(package, list(statements(program))).written(path)


class _Writer:
    def __init__(self, package: Package, program: list[Statement]) -> None:
        self._program = program
        self._inputs = {one.declaration.class_name: one.inputs for one in (*package.resources, *package.components)}
        self._arguments = {one.declaration.function: one.arguments for one in package.functions}
        self._objects = package.objects
        self._used = set(used(program))
        #: The variables that hold what a look-up has found, which are plain values.
        self._found = {one.variable for one in program if isinstance(one, Found)}

    def written(self, path: str) -> str:
        imports = [f"wso2 {json.dumps(path)}", json.dumps(_SDK)]
        if any(isinstance(one, Settings) for one in self._program):
            imports.append(json.dumps(f"{_SDK}/config"))
        body = "\n".join([*(self._statement(one) for one in self._program), "return nil"])
        lines = "\n".join(imports)
        run = f"pulumi.Run(func(ctx *pulumi.Context) error {{\n{_indented(body)}\n}})"
        return f"package main\n\nimport (\n{_indented(lines)}\n)\n\nfunc main() {{\n{_indented(run)}\n}}"

    def _statement(self, one: Statement) -> str:
        match one:
            case Settings(variable):
                return f'{variable} := config.New(ctx, "")'
            case Made(variable, class_name, name, inputs):
                given = f"&wso2.{class_name}Args{{{self._members(self._inputs[class_name], inputs)}}}"
                call = f"wso2.New{class_name}(ctx, {json.dumps(name)}, {given if inputs else 'nil'})"
            case Found(variable, function, arguments):
                name = capital(function)
                plain = self._members(self._arguments[function], arguments, plain=True)
                call = f"wso2.{name}(ctx, &wso2.{name}Args{{{plain}}}, nil)"
            case Exported(name, value):
                return f"ctx.Export({json.dumps(name)}, {self._scalar('String', value)})"
        target = f"{variable}, err :=" if variable in self._used else "_, err ="
        return f"{target} {call}\nif err != nil {{\n\treturn err\n}}"

    def _members(self, properties: Iterable[Property], values: dict[str, Any], *, plain: bool = False) -> str:
        of = {one.name: one for one in properties}
        write = self._argument if plain else lambda one, value: self._input(one.type, value)
        members = [(capital(name), write(of[name], value)) for name, value in values.items()]
        if len(members) == 1 and "\n" not in members[0][1]:
            return f"{members[0][0]}: {members[0][1]}"
        return _aligned(members)

    def _argument(self, one: Property, value: Any) -> str:
        written = f"{value.variable}.{capital(value.name)}" if isinstance(value, Reference) else json.dumps(value)
        return written if one.required else f"pulumi.StringRef({written})"

    def _input(self, type_: Type, value: Any) -> str:
        if type_.kind == "array":
            assert type_.item
            item = type_.item
            module = "pulumi." + _SCALARS[item.kind] if item.kind in _SCALARS else "wso2." + item.name
            items = "".join(f"{self._input(item, one)},\n" for one in value)
            return f"{module}Array{{\n{_indented(items)}}}"
        if type_.kind == "object":
            return f"&wso2.{type_.name}Args{{{self._members(self._objects[type_.name].properties, value)}}}"
        if type_.kind == "enumeration":
            return f"wso2.{type_.name}{word(value)}"
        return self._scalar(_SCALARS[type_.kind], value)

    def _scalar(self, scalar: str, value: Any) -> str:
        match value:
            case Reference(variable, name):
                written = f"{variable}.{capital(name)}"
                if variable in self._found:
                    return f"pulumi.{scalar}({written})"
                return f"{variable}.ID()" if name == "id" else written
            case Configured(key, secret):
                key = json.dumps(key)
                return f"settings.RequireSecret({key})" if secret else f"pulumi.String(settings.Require({key}))"
        return f"pulumi.{scalar}({json.dumps(value)})"


def _aligned(members: list[tuple[str, str]]) -> str:
    """A line for each, the values of neighbours that have one line beneath each other."""
    lines: list[str] = []
    run: list[tuple[str, str]] = []
    for name, value in [*members, ("", "\n")]:
        if "\n" not in value:
            run.append((name, value))
            continue
        width = max((len(one) for one, _ in run), default=0) + 1
        lines += [f"{f'{one}:':{width}} {short}" for one, short in run]
        lines += [f"{name}: {value}"] if name else []
        run = []
    return "\n" + _indented("".join(f"{line},\n" for line in lines))


def _indented(text: str) -> str:
    return textwrap.indent(text, "\t")
