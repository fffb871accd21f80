"""Writes what the package exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .texts import GENERATED

if TYPE_CHECKING:
    from .model import Package

__all__ = ("exports",)

_TITLE = "Secure APIs with WSO2 Asgardeo and WSO2 Bijira (WSO2 API Platform) in one `pulumi up`."


def exports(package: Package) -> str:
    """The package's own module."""
    modules = {
        "sdk.inputs": [f"{name}{suffix}" for name in package.objects for suffix in ("Args", "ArgsDict")],
        "sdk.settings": [f"{name}{suffix}" for name in package.settings for suffix in ("Args", "ArgsDict")],
        "sdk.enums": list(package.enumerations),
        "sdk.provider": ["Provider"],
        "sdk.lookups": [one.declaration.function for one in package.functions],
        "sdk.results": [*package.results, *(one.result.name for one in package.functions)],
        **{f"sdk.{one.folder}": [one.declaration.class_name] for one in (*package.resources, *package.components)},
    }
    imports = [f"from .{module} import {', '.join(names)}" for module, names in modules.items()]
    names = ["outputs", *(name for names in modules.values() for name in names)]
    example = package.components[0].declaration.example.rstrip().replace("\n", "\n    ")
    return "\n".join(
        (
            f"# {GENERATED}",
            f'"""{_TITLE}\n\n    {example}\n"""',
            "from .sdk import outputs",
            *imports,
            f"__all__ = ({', '.join(map(repr, names))},)",
        )
    )
