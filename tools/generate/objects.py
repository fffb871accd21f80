"""Writes the objects of the SDK: enumerations, arguments in both forms, outputs, settings, results of look-ups."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.naming import camel

from .python import doc, enums_of, exported, header, input_type, optional, output_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .model import Object, Package

__all__ = ("object_files",)


def object_files(package: Package) -> Iterator[tuple[str, str]]:
    """Each file by its path below the SDK."""
    made = "Objects that a program makes, each as a class and as a plain dict."
    yield "enums.py", _enumerations(package)
    yield "inputs.py", _objects_made(made, package.objects)
    yield "outputs.py", _outputs(package)
    yield "results.py", _results(package)
    yield "settings.py", _settings(package)


def _enumerations(package: Package) -> str:
    body = [header("Closed sets of texts."), exported(package.enumerations)]
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


def _objects_made(title: str, objects: Mapping[str, Object], constant: str = "", besides: Iterable[str] = ()) -> str:
    names = [f"{name}{suffix}" for name in objects for suffix in ("Args", "ArgsDict")]
    body = [
        header(title, enums_of(objects.values()), "from .objects import InputObject, input_type"),
        exported([*names, *besides]),
        constant,
    ]
    for one in objects.values():
        fields = sorted(one.properties, key=lambda field: not field.required)
        body.append(f"@input_type\nclass {one.name}Args(InputObject):\n" + doc(one.text, "    "))
        for field in fields:
            default = "" if field.required else ", default=None"
            body.append(
                f"    {field.name}: {optional(input_type(field.type, plain=field.plain), field.required)} = "
                f'pulumi.property("{camel(field.name)}"{default})\n' + doc(field.description, "    ")
            )
    body.append("if TYPE_CHECKING:")
    body += [textwrap.indent(_typed_dict(one), "    ") for one in objects.values()]
    # Called, each makes a plain dict, as dict does; and by dict Pulumi knows the second form of an object.
    body.append("else:\n    " + "\n    ".join(f"{one.name}ArgsDict = dict" for one in objects.values()))
    return "\n\n".join(body)


def _typed_dict(one: Object) -> str:
    body = [f"class {one.name}ArgsDict(TypedDict):\n" + doc(one.text, "    ", 116)]
    for field in sorted(one.properties, key=lambda field: not field.required):
        type_ = optional(input_type(field.type, plain=field.plain), field.required)
        body.append(
            f"    {field.name}: {type_ if field.required else f'NotRequired[{type_}]'}\n"
            + doc(field.description, "    ", 116)
        )
    return "\n\n".join(body)


def _outputs(package: Package) -> str:
    body = [
        header(
            "Objects that a program reads: by attribute, or by key as in a plain dict.",
            enums_of(package.objects.values()),
            "from .objects import OutputObject, output_type",
        ),
        exported(package.objects),
    ]
    for one in package.objects.values():
        body.append(f"@output_type\nclass {one.name}(OutputObject):\n" + doc(one.text, "    "))
        for field in one.properties:
            body.append(
                f"    {field.name}: {optional(output_type(field.type), field.present)} = "
                f'pulumi.property("{camel(field.name)}")\n' + doc(field.text, "    ")
            )
    return "\n\n".join(body)


def _results(package: Package) -> str:
    objects = [*package.results.values(), *(one.result for one in package.functions)]
    body = [
        header("What look-ups find.", "from dataclasses import dataclass"),
        exported(one.name for one in objects),
    ]
    for one in objects:
        body.append(f"@dataclass(frozen=True)\nclass {one.name}:\n" + doc(one.text, "    "))
        body += [f"    {field.name}: {output_type(field.type)}\n" + doc(field.text, "    ") for field in one.properties]
    return "\n\n".join(body)
