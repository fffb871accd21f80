"""Writes a reference page for each resource, component and look-up, in the form of Pulumi's registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.naming import SCHEMA, camel
from pulumi_asgardeo_bijira.resources.declaration import Declaration
from pulumi_asgardeo_bijira.settings import SETTING_GROUPS

from .messages import MESSAGES_INTRODUCTION, messages_page
from .sandbox import INTRODUCTION, TITLE, sandbox_page
from .scenario import SCENARIO_INTRODUCTION, scenario_page
from .texts import GENERATED, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .model import Function, Object, Package, Property, Resource, Type

__all__ = ("reference_pages",)

_SCALARS = {"string": "str", "integer": "int", "boolean": "bool"}


def reference_pages(package: Package) -> Iterator[tuple[str, str]]:
    """Each page by its file's name."""
    pages = {one.declaration.class_name: _resource(package, one) for one in (*package.resources, *package.components)}
    pages |= {one.declaration.function: _function(package, one) for one in package.functions}
    pages["settings"] = _settings(package)
    pages["sandbox"] = _page(TITLE, paragraph(INTRODUCTION), *sandbox_page())
    pages["scenarios"] = _page("Scenarios", paragraph(SCENARIO_INTRODUCTION), *scenario_page())
    pages["messages"] = _page("Messages", paragraph(MESSAGES_INTRODUCTION), *messages_page())
    for name, page in pages.items():
        yield f"{name}.md", page
    index = [f"- [`{name}`]({name}.md)" for name in pages]
    yield "README.md", _page("Reference", "One page for everything that a program can use.", "\n".join(index))


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((f"<!-- {GENERATED} -->", f"# {title}", *(part for part in parts if part))) + "\n"


def _resource(package: Package, resource: Resource) -> str:
    declaration = resource.declaration
    is_resource = isinstance(declaration, Declaration)
    return _page(
        declaration.class_name,
        *_prose(declaration.summary, declaration.details),
        _example(declaration.example),
        f"## Inputs\n\n{_table(package, resource.inputs, required=True)}",
        f"## Outputs\n\n{_outputs_intro(resource)}{_table(package, resource.outputs)}",
        _supporting(package, (*resource.inputs, *resource.outputs)),
        _errors(declaration.errors) if isinstance(declaration, Declaration) else "",
        _adopting(declaration) if isinstance(declaration, Declaration) else "",
        f"See also {declaration.page}" if is_resource else f"The platform's own guide: {declaration.page}",
    )


def _function(package: Package, function: Function) -> str:
    declaration = function.declaration
    return _page(
        declaration.function,
        *_prose(declaration.summary, "The look-up runs whenever the program does, in a preview too."),
        _example(declaration.example),
        f"## Inputs\n\n{_table(package, function.arguments, required=True)}\n\n"
        + paragraph("`provider` takes a `Provider`, whose settings it then uses."),
        f"## Outputs\n\n{function.result.text} `{function.result.name}`:\n\n"
        + _table(package, function.result.properties),
        _supporting(package, function.result.properties),
        _errors(declaration.errors),
    )


def _settings(package: Package) -> str:
    """Each setting by its names: of the stack's config, also for the plugin, of the environment, of a provider."""
    parts = []
    groups = {group.__name__: group for group in SETTING_GROUPS}
    for name, group in package.settings.items():
        platform = name.removesuffix("Settings").lower()
        rows = ["| command | with the plugin | environment | `Provider` | description |", "|---|---|---|---|---|"]
        for one in sorted(group.properties, key=lambda one: one.name):
            key = f"{platform}:{camel(one.name)}"
            command = f"pulumi config set {groups[name].option(one.name)}"
            names = (f"{command}{key}", f"{command}{SCHEMA(f'`{key}`')}", groups[name].variable(one.name), one.name)
            rows.append(
                f"| {' | '.join(f'`{text}`' for text in names)} | {'Secret. ' if one.secret else ''}{one.description} |"
            )
        parts.append(f"## {name.removesuffix('Settings')}\n\n{group.text}\n\n" + "\n".join(rows))
    order = (
        "An argument of an explicit `Provider` takes precedence over the environment, "
        "and that over the stack's configuration. An explicit provider of the plugin has the names of the second "
        "column without their namespace, and is given nothing of the stack's configuration."
    )
    value = (
        "Each command is followed by the value: `pulumi config set asgardeo:organization acme`. One with `--secret` "
        "asks for it where none follows, so that it stands in no shell's history. Pulumi's command line takes an "
        "address or a path for a secret where the setting's name sounds like one, and refuses it: hence `--plaintext`."
    )
    return _page("Settings", paragraph(order), paragraph(value), *parts)


def _prose(summary: str, details: str) -> Iterator[str]:
    yield paragraph(summary)
    for part in details.split("\n\n"):
        if part:
            yield paragraph(" ".join(part.split()))


def _example(program: str) -> str:
    return f"## Example Usage\n\n```python\n{program}```"


def _outputs_intro(resource: Resource) -> str:
    if not isinstance(resource.declaration, Declaration):
        parts = "\n".join(
            f"- `{name}` ([{part.class_name}]({part.class_name}.md)): {text}"
            for name, (part, text) in resource.declaration.parts.items()
        )
        for name, one in resource.declaration.several.items():
            class_name = one.part.class_name
            parts += f"\n- `{name}` ([{class_name}]({class_name}.md) by name): {one.parts_text}"
        return f"{parts}\n\n"
    return f"`id`: {resource.declaration.id_text} All inputs are outputs as well. Besides:\n\n"


def _table(package: Package, properties: Iterable[Property], *, required: bool = False) -> str:
    rows = ["| name | type | description |", "|---|---|---|"]
    for one in sorted(properties, key=lambda one: required and not one.required):
        name = f"`{one.name}`{' (required)' if required and one.required else ''}"
        secret = "Secret. " if one.secret else ""
        rows.append(f"| {name} | {_type(package, one.type)} | {secret}{one.description} |".replace("\n", " "))
    return "\n".join(rows)


def _type(package: Package, type_: Type) -> str:
    if type_.item:
        held = _type(package, type_.item)
        return f"list of {held}" if type_.kind == "array" else f"{held} by name"
    if type_.kind == "object":
        return f"[{type_.name}](#{type_.name.lower()})"
    if type_.kind == "enumeration":
        return ", ".join(f"`{value}`" for value in package.enumerations[type_.name].values)
    return f"`{_SCALARS[type_.kind]}`"


def _supporting(package: Package, properties: Iterable[Property]) -> str:
    """Each object within, and those within that."""
    found: dict[str, Object] = {}
    waiting = [one.type.innermost for one in properties]
    while waiting:
        type_ = waiting.pop(0)
        if type_.kind == "object" and type_.name not in found:
            found[type_.name] = package.object(type_.name)
            waiting += [one.type.innermost for one in found[type_.name].properties]
    if not found:
        return ""
    parts = [
        f"### {name}\n\n{one.text}\n\n{_table(package, one.properties, required=name in package.objects)}"
        for name, one in found.items()
    ]
    return "\n\n".join(("## Supporting types", *parts))


def _errors(errors: Iterable[str]) -> str:
    return "## Errors\n\nWhat fails:\n\n" + "\n".join(f"- {one}" for one in errors)


def _adopting(declaration: Declaration) -> str:
    get = f'`{declaration.class_name}.get("name", id)` reads one without managing it.'
    return "\n\n".join(
        (
            "## Import",
            paragraph(declaration.adopting),
            paragraph(
                "`asgardeo-bijira import` writes a file for `pulumi import --file` of what a program declares. "
                f"With the plugin, `pulumi import {declaration.token} <name> <id>` does it."
            ),
            paragraph(get),
        )
    )
