"""Writes the classes that a Python program sees, in the form of Pulumi's own generated SDKs."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.naming import camel
from pulumi_asgardeo_bijira.resources.schema import Component, Declaration

from .texts import GENERATED, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .model import Function, Object, Package, Property, Resource, Type

__all__ = ("python_files",)

_IMPORTS = """\
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NotRequired, Self, TypedDict

import pulumi
"""


def python_files(package: Package) -> Iterator[tuple[str, str]]:
    """Each file of the SDK by its path below it."""
    yield "enums.py", _enumerations(package)
    yield (
        "inputs.py",
        _objects_made("Objects that a program makes, each as a class and as a plain dict.", package.objects),
    )
    yield "results.py", _results(package)
    yield "lookups.py", _look_ups(package)
    yield "settings.py", _settings(package)
    yield "outputs.py", _outputs(package)
    for resource in package.resources:
        yield f"{resource.folder}.py", _resource(resource)
    for component in package.components:
        yield f"{component.folder}.py", _component(component)


def _header(title: str, *imports: str) -> str:
    return "\n".join((f'# {GENERATED}\n"""{title}"""\n', _IMPORTS, *imports, ""))


def _all(names: Iterable[str]) -> str:
    return f"__all__ = ({', '.join(repr(name) for name in names)},)"


def _doc(text: str, indent: str, width: int = 120) -> str:
    return paragraph(f'"""{text}"""', indent, width=width)


def _enumerations(package: Package) -> str:
    body = [_header("Closed sets of texts."), _all(package.enumerations)]
    for one in package.enumerations.values():
        body.append(f"{one.name} = Literal[{', '.join(repr(value) for value in one.values)}]")
    return "\n\n".join(body)


def _settings(package: Package) -> str:
    secret = sorted({one.name for group in package.settings.values() for one in group.properties if one.secret})
    return _objects_made(
        "Settings of an explicit provider.",
        package.settings,
        "#: The settings that are sealed in the state.\n"
        f"SECRET_SETTINGS = frozenset({{{', '.join(map(repr, secret))}}})",
        ["SECRET_SETTINGS"],
    )


def _objects_made(title: str, objects: Mapping[str, Object], constant: str = "", exported: Iterable[str] = ()) -> str:
    names = [f"{name}{suffix}" for name in objects for suffix in ("Args", "ArgsDict")]
    body = [
        _header(title, _enums_of(objects.values()), "from .objects import Arguments, arguments"),
        _all([*names, *exported]),
        constant,
    ]
    for one in objects.values():
        fields = sorted(one.properties, key=lambda field: not field.required)
        body.append(f"@arguments\nclass {one.name}Args(Arguments):\n" + _doc(one.text, "    "))
        for field in fields:
            default = "" if field.required else ", default=None"
            body.append(
                f"    {field.name}: {_optional(_input(field.type), field.required)} = "
                f'pulumi.property("{camel(field.name)}"{default})\n' + _doc(field.description, "    ")
            )
    body.append("if TYPE_CHECKING:")
    body += [textwrap.indent(_typed_dict(one), "    ") for one in objects.values()]
    # Called, each makes a plain dict, as dict does; and by dict Pulumi knows the second form of an object.
    body.append("else:\n    " + "\n    ".join(f"{one.name}ArgsDict = dict" for one in objects.values()))
    return "\n\n".join(body)


def _typed_dict(one: Object) -> str:
    body = [f"class {one.name}ArgsDict(TypedDict):\n" + _doc(one.text, "    ", 116)]
    for field in sorted(one.properties, key=lambda field: not field.required):
        type_ = _optional(_input(field.type), field.required)
        body.append(
            f"    {field.name}: {type_ if field.required else f'NotRequired[{type_}]'}\n"
            + _doc(field.description, "    ", 116)
        )
    return "\n\n".join(body)


def _outputs(package: Package) -> str:
    body = [
        _header(
            "Objects that a program reads: by attribute, or by key as in a plain dict.",
            _enums_of(package.objects.values()),
            "from .objects import Found, found",
        ),
        _all(package.objects),
    ]
    for one in package.objects.values():
        body.append(f"@found\nclass {one.name}(Found):\n" + _doc(one.text, "    "))
        for field in one.properties:
            body.append(
                f"    {field.name}: {_optional(_output(field.type), field.present)} = "
                f'pulumi.property("{camel(field.name)}")\n' + _doc(field.text, "    ")
            )
    return "\n\n".join(body)


def _results(package: Package) -> str:
    objects = [*package.results.values(), *(one.result for one in package.functions)]
    body = [
        _header("What look-ups find.", "from dataclasses import dataclass"),
        _all(one.name for one in objects),
    ]
    for one in objects:
        body.append(f"@dataclass(frozen=True)\nclass {one.name}:\n" + _doc(one.text, "    "))
        body += [f"    {field.name}: {_output(field.type)}\n" + _doc(field.text, "    ") for field in one.properties]
    return "\n\n".join(body)


def _look_ups(package: Package) -> str:
    results = ", ".join(sorted(one.result.name for one in package.functions))
    body = [
        _header(
            "Look-ups of what exists: plain functions whose results are known in a preview too.",
            "from .invoke import look_up",
            "from .provider import Provider",
            f"from .results import {results}",
        ),
        _all(one.declaration.function for one in package.functions),
    ]
    body += [_look_up(one) for one in package.functions]
    return "\n\n".join(body)


def _look_up(function: Function) -> str:
    name, fields = function.declaration.function, function.arguments
    signature = "".join(
        f"    {one.name}: {_optional(_input(one.type), one.required)}{'' if one.required else ' = None'},\n"
        for one in fields
    )
    told = [*((one.name, one.description) for one in fields), ("provider", "Whose settings it goes by.")]
    params = "\n".join(paragraph(f":param {one}: {text}", "    ", "    ") for one, text in told)
    passed = "".join(f", {one.name}={one.name}" for one in fields)
    return (
        f"def {name}(\n    *,\n{signature}    provider: Provider | None = None,\n"
        f") -> pulumi.Output[{function.result.name}]:\n"
        f'    """{function.declaration.summary}\n\n{params}\n    """\n'
        f'    return look_up("{camel(name)}", {function.result.name}, provider{passed})'
    )


def _enums_of(objects: Iterable[Object]) -> str:
    return _enum_import(field.type for one in objects for field in one.properties)


def _enum_import(types: Iterable[Type]) -> str:
    names = {one.innermost.name for one in types if one.innermost.kind == "enumeration"}
    return f"from .enums import {', '.join(sorted(names))}" if names else ""


def _resource(resource: Resource) -> str:
    declaration = resource.declaration
    assert isinstance(declaration, Declaration)
    fields = (*resource.inputs, *resource.outputs)
    platform, _, name = declaration.type_name.partition(":")
    lines = [
        _header(
            declaration.summary,
            "from . import outputs",
            "from .base import Resource",
            _input_import(resource.inputs),
            _enum_import(one.type for one in fields),
        ),
        _all([declaration.class_name]),
        f'class {declaration.class_name}(Resource, module="{platform}", name="{name}"):\n' + _class_doc(declaration),
        f'    _kind = "{declaration.name}"\n'
        f"    _inputs = {_tuple(one.name for one in resource.inputs if one.part_of_id is None)}\n"
        f"    _outputs = {_tuple(one.name for one in resource.outputs)}\n"
        f"    _secret_inputs = {_tuple(one.name for one in resource.inputs if one.secret)}\n"
        f"    _secret_outputs = {_tuple(one.name for one in resource.outputs if one.secret)}",
    ]
    for one in fields:
        if one.part_of_id is None:
            type_ = _optional(_output(one.type, "outputs."), one.present)
            lines.append(
                f'    {one.name}: pulumi.Output[{type_}] = pulumi.property("{camel(one.name)}")\n'
                + _doc(one.description, "    ")
            )
    lines += [_constructor(resource.inputs, _register(resource.inputs)), _get(declaration)]
    for one in resource.inputs:
        if one.part_of_id:
            lines.append(
                f"    @property\n    def {one.name}(self) -> pulumi.Output[str]:\n"
                + _doc(one.part_of_id.text, "        ")
                + f"\n        return self._part_of_id({one.part_of_id.index})"
            )
    return "\n\n".join(lines)


def _input_import(inputs: Iterable[Property]) -> str:
    objects = {one.type.innermost.name for one in inputs if one.type.innermost.kind == "object"}
    names = sorted(f"{name}{suffix}" for name in objects for suffix in ("Args", "ArgsDict"))
    return f"from .inputs import {', '.join(names)}" if names else ""


def _component(component: Resource) -> str:
    declaration = component.declaration
    assert isinstance(declaration, Component)
    parts = [
        f"from .{part.inputs.__module__.split('.')[-2]} import {part.class_name}"
        for part, _ in declaration.parts.values()
    ]
    lines = [
        _header(
            declaration.summary,
            *parts,
            "from .wiring import SecuredApiWiring",
            _input_import(component.inputs),
            _enum_import(one.type for one in component.inputs),
        ),
        _all([declaration.class_name]),
        f"class {declaration.class_name}({declaration.class_name}Wiring):\n" + _class_doc(declaration),
    ]
    for name, (part, text) in declaration.parts.items():
        lines.append(f"    {name}: {part.class_name}\n" + _doc(text, "    "))
    for one in component.outputs:
        lines.append(
            f"    {one.name}: pulumi.Output[{_optional(_output(one.type), one.present)}]\n" + _doc(one.text, "    ")
        )
    passed = "".join(f"            {one.name}={one.name},\n" for one in component.inputs)
    body = (
        f'        super().__init__("{declaration.token}", resource_name, None, opts)\n'
        f"        self._wire(\n            resource_name,\n{passed}        )"
    )
    return "\n\n".join((*lines, _constructor(component.inputs, body)))


def _tuple(names: Iterable[str]) -> str:
    found = [repr(name) for name in names]
    return f"({', '.join(found)},)" if found else "()"


def _class_doc(declaration: Declaration | Component) -> str:
    errors = declaration.errors if isinstance(declaration, Declaration) else ()
    parts = [declaration.summary, *(declaration.details.split("\n\n") if declaration.details else [])]
    text = "\n\n".join(paragraph(part.replace("\n", " "), "    ") for part in parts).strip()
    example = "\n".join(f"    {line}".rstrip() for line in declaration.example.rstrip().split("\n"))
    return "\n\n".join(
        (
            f'    """{text}',
            f"    ## Example Usage\n\n    ```python\n{example}\n    ```",
            *([paragraph(f"Errors: {'; '.join(errors)}.", "    ")] if errors else []),
            f'    {declaration.page}\n    """',
        )
    )


def _constructor(inputs: Iterable[Property], body: str) -> str:
    fields = sorted(inputs, key=lambda field: not field.required)
    signature = "".join(
        f"        {field.name}: {_optional(_input(field.type), field.required)}{'' if field.required else ' = None'},\n"
        for field in fields
    )
    documented = "\n".join(
        paragraph(f":param {name}: {text}", "        ", "    ")
        for name, text in (
            ("resource_name", "Name of the resource within the program."),
            ("opts", "Options that every resource has."),
            *((field.name, field.description) for field in fields),
        )
    )
    return (
        "    def __init__(\n        self,\n        resource_name: str,\n"
        "        opts: pulumi.ResourceOptions | None = None,\n        *,\n"
        f'{signature}    ) -> None:\n        """Declare it.\n\n{documented}\n        """\n{body}'
    )


def _register(inputs: Iterable[Property]) -> str:
    lines = []
    for field in inputs:
        value = field.name
        if field.named_unless is not None:
            others = "".join(f" and {other} is None" for other in [field.named_unless] if other)
            value = f"resource_name if {field.name} is None{others} else {field.name}"
        # Under its name in the state no attribute is made of it.
        key = field.name if field.part_of_id is None else camel(field.name)
        lines.append(f'            "{key}": {value},\n')
    return (
        f"        inputs: dict[str, Any] = {{\n{''.join(lines)}        }}\n"
        "        self._register(resource_name, inputs, opts)"
    )


def _get(declaration: Declaration) -> str:
    return (
        "    @classmethod\n"
        "    def get(\n"
        "        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None\n"
        "    ) -> Self:\n"
        '        """Read one that exists, without managing it.\n\n'
        "        :param resource_name: Name of the resource within the program.\n"
        f"        :param id: {declaration.id_text}\n"
        "        :param opts: Options that every resource has.\n"
        '        """\n'
        "        return cls._get(resource_name, id, opts)"
    )


def _optional(type_: str, given: bool) -> str:
    return type_ if given else f"{type_} | None"


def _input(type_: Type) -> str:
    if type_.kind == "array":
        assert type_.item
        return f"pulumi.Input[Sequence[{_input(type_.item)}]]"
    return f"pulumi.Input[{_scalar(type_, f'{type_.name}Args | {type_.name}ArgsDict')}]"


def _output(type_: Type, module: str = "") -> str:
    if type_.item:
        held = _output(type_.item, module)
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
