"""Writes the classes of resources and components, and the functions of look-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.naming import camel
from pulumi_asgardeo_bijira.resources.declaration import Component, Declaration

from .python import doc, enum_import, exported, header, input_import, input_type, optional, output_type
from .texts import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .model import Function, Package, Property, Resource

__all__ = ("class_files",)


def class_files(package: Package) -> Iterator[tuple[str, str]]:
    """Each file by its path below the SDK."""
    for resource in package.resources:
        yield f"{resource.folder}.py", _resource(resource)
    for component in package.components:
        yield f"{component.folder}.py", _component(component)
    yield "lookups.py", _look_ups(package)


def _look_ups(package: Package) -> str:
    results = ", ".join(sorted(one.result.name for one in package.functions))
    body = [
        header(
            "Look-ups of what exists: plain functions whose results are known in a preview too.",
            "from .invoke import look_up",
            "from .provider import Provider",
            f"from .results import {results}",
        ),
        exported(one.declaration.function for one in package.functions),
    ]
    body += [_look_up(one) for one in package.functions]
    return "\n\n".join(body)


def _look_up(function: Function) -> str:
    name, fields = function.declaration.function, function.arguments
    signature = "".join(_parameter(one, "    ") for one in fields)
    told = [*((one.name, one.description) for one in fields), ("provider", "Whose settings it goes by.")]
    params = "\n".join(paragraph(f":param {one}: {text}", "    ", "    ") for one, text in told)
    passed = "".join(f", {one.name}={one.name}" for one in fields)
    return (
        f"def {name}(\n    *,\n{signature}    provider: Provider | None = None,\n"
        f") -> pulumi.Output[{function.result.name}]:\n"
        f'    """{function.declaration.summary}\n\n{params}\n    """\n'
        f'    return look_up("{camel(name)}", {function.result.name}, provider{passed})'
    )


def _resource(resource: Resource) -> str:
    declaration = resource.declaration
    assert isinstance(declaration, Declaration)
    fields = (*resource.inputs, *resource.outputs)
    platform, _, name = declaration.type_name.partition(":")
    maps = [one.name for one in resource.inputs if one.type.kind == "map"]
    lines = [
        header(
            declaration.summary,
            "from . import outputs",
            "from .base import Resource",
            input_import(resource.inputs),
            enum_import(one.type for one in fields),
        ),
        exported([declaration.class_name]),
        f'class {declaration.class_name}(Resource, module="{platform}", name="{name}"):\n' + _class_doc(declaration),
        f'    _kind = "{declaration.name}"\n'
        f"    _inputs = {_tuple(one.name for one in resource.inputs if one.part_of_id is None)}\n"
        f"    _outputs = {_tuple(one.name for one in resource.outputs)}\n"
        + (f"    _maps = {_tuple(maps)}\n" if maps else "")
        + f"    _secret_inputs = {_tuple(one.name for one in resource.inputs if one.secret)}\n"
        f"    _secret_outputs = {_tuple(one.name for one in resource.outputs if one.secret)}",
    ]
    for one in fields:
        if one.part_of_id is None:
            type_ = optional(output_type(one.type, "outputs."), one.present)
            lines.append(
                f'    {one.name}: pulumi.Output[{type_}] = pulumi.property("{camel(one.name)}")\n'
                + doc(one.description, "    ")
            )
    lines += [_constructor(resource.inputs, _register(resource.inputs)), _get(declaration)]
    for one in resource.inputs:
        if one.part_of_id:
            lines.append(
                f"    @property\n    def {one.name}(self) -> pulumi.Output[str]:\n"
                + doc(one.part_of_id.text, "        ")
                + f"\n        return self._part_of_id({one.part_of_id.index})"
            )
    return "\n\n".join(lines)


def _component(component: Resource) -> str:
    declaration = component.declaration
    assert isinstance(declaration, Component)
    kinds, roles = declaration.kinds, declaration.several["roles"]
    parts = [f"from .{part.inputs.__module__.split('.')[-2]} import {part.class_name}" for part in kinds.values()]
    lines = [
        header(
            declaration.summary,
            *parts,
            "from ..wiring import SecuredApiWiring",
            input_import(component.inputs),
            enum_import(one.type for one in component.inputs),
        ),
        exported([declaration.class_name]),
        f"class {declaration.class_name}({declaration.class_name}Wiring):\n" + _class_doc(declaration),
        "    _makers = {" + ", ".join(f'"{name}": {part.class_name}' for name, part in kinds.items()) + "}\n"
        f"    _role_fields = {_tuple(roles.fields)}\n"
        f"    _role_classes = ({roles.class_name}Args,)",
    ]
    for name, (part, text) in declaration.parts.items():
        lines.append(f"    {name}: {part.class_name}\n" + doc(text, "    "))
    for name, several in declaration.several.items():
        lines.append(f"    {name}: Mapping[str, {several.part.class_name}]\n" + doc(several.parts_text, "    "))
    for one in component.outputs:
        lines.append(
            f"    {one.name}: pulumi.Output[{optional(output_type(one.type), one.present)}]\n" + doc(one.text, "    ")
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


def _parameter(field: Property, indent: str) -> str:
    default = "" if field.required else " = None"
    return f"{indent}{field.name}: {optional(input_type(field.type, plain=field.plain), field.required)}{default},\n"


def _constructor(inputs: Iterable[Property], body: str) -> str:
    fields = sorted(inputs, key=lambda field: not field.required)
    signature = "".join(_parameter(field, "        ") for field in fields)
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
