"""Writes an example in every language that the schema shows it in."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

import yaml
from pulumi_asgardeo_bijira.naming import camel

from .example import Configured, Exported, Found, Made, Reference, Settings, statements
from .go_example import go

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Package

__all__ = ("examples",)


def examples(program: str, package: Package, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The example by what a code block of a language is called, given what the package is called in each."""
    yield "typescript", _typescript(program, names["typescript"])
    yield "python", program.replace("pulumi_asgardeo_bijira as", f"{names['python']} as").rstrip()
    yield "go", go(program, package, names["go"])
    yield "yaml", _yaml(program, names["yaml"])


def _typescript(program: str, package: str) -> str:
    lines = ['import * as pulumi from "@pulumi/pulumi";', f'import * as wso2 from "{package}";', ""]
    for one in statements(program):
        match one:
            case Settings(variable):
                lines.append(f"const {variable} = new pulumi.Config();")
            case Made(variable, class_name, name, inputs):
                given = f", {_literal(inputs)}" if inputs else ""
                lines.append(f"const {variable} = new wso2.{class_name}({json.dumps(name)}{given});")
            case Found(variable, function, arguments):
                lines.append(f"const {variable} = wso2.{camel(function)}Output({_literal(arguments)});")
            case Exported(name, value):
                lines.append(f"export const {name} = {_literal(value)};")
    return "\n".join(lines)


def _literal(value: Any) -> str:
    match value:
        case Reference(variable, name):
            return f"{variable}.{camel(name)}"
        case Configured(key, secret):
            return f"settings.require{'Secret' if secret else ''}({json.dumps(key)})"
        case dict():
            return _enclosed("{ ", [f"{camel(name)}: {_literal(one)}" for name, one in value.items()], " }")
        case list():
            return _enclosed("[", [_literal(one) for one in value], "]")
    return json.dumps(value)


def _enclosed(left: str, members: list[str], right: str) -> str:
    """On one line where it fits there, else with a line for each member."""
    line = f"{left}{', '.join(members)}{right}"
    if len(line) <= 70 and "\n" not in line:
        return line
    lines = textwrap.indent(",\n".join(members), "    ")
    return f"{left.strip()}\n{lines},\n{right.strip()}"


def _yaml(program: str, package: str) -> str:
    parts: dict[str, dict[str, Any]] = {"config": {}, "variables": {}, "resources": {}, "outputs": {}}
    for one in statements(program):
        match one:
            case Made(variable, class_name, name, inputs):
                made = {"type": f"{package}:{class_name}"} | ({"name": name} if name != variable else {})
                properties = {"properties": _plain(inputs, parts["config"])} if inputs else {}
                parts["resources"][variable] = made | properties
            case Found(variable, function, arguments):
                given = _plain(arguments, parts["config"])
                call = {"function": f"{package}:{camel(function)}", "arguments": given}
                parts["variables"][variable] = {"fn::invoke": call}
            case Exported(name, value):
                parts["outputs"][name] = _plain(value, parts["config"])
    there = {name: part for name, part in parts.items() if part}
    return str(yaml.safe_dump(there, sort_keys=False, width=120)).rstrip()


def _plain(value: Any, config: dict[str, Any]) -> Any:
    """A value as YAML has it; the settings that it names are added to the configuration."""
    match value:
        case Reference(variable, name):
            return f"${{{variable}.{camel(name)}}}"
        case Configured(key, secret):
            config[key] = {"type": "string"} | ({"secret": True} if secret else {})
            return f"${{{key}}}"
        case dict():
            return {camel(name): _plain(one, config) for name, one in value.items()}
        case list():
            return [_plain(one, config) for one in value]
    return value
