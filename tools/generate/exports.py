"""Writes what the package exports."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from .texts import GENERATED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Package

__all__ = ("exports",)

_TITLE = "Secure APIs with WSO2 Asgardeo and WSO2 Bijira (WSO2 API Platform) in one `pulumi up`."
_LOAD = '''
if not TYPE_CHECKING:  # to a type checker it would mean that there is every name

    def __getattr__(name: str) -> object:
        """Load what few programs use when one does."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_LATER[name]}", __name__), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_LATER})
'''


def exports(package: Package) -> str:
    """The package's own module."""
    at_once = {
        "sdk": ["outputs"],
        "sdk.inputs": [f"{name}{suffix}" for name in package.objects for suffix in ("Args", "ArgsDict")],
        "sdk.enums": list(package.enumerations),
        **{f"sdk.{one.folder}": [one.declaration.class_name] for one in (*package.resources, *package.components)},
    }
    later = {
        "sdk.settings": [f"{name}{suffix}" for name in package.settings for suffix in ("Args", "ArgsDict")],
        "sdk.provider": ["Provider"],
        "sdk.lookups": [one.declaration.function for one in package.functions],
        "sdk.results": [*package.results, *(one.result.name for one in package.functions)],
    }
    names = [name for names in (*at_once.values(), *later.values()) for name in names]
    places = ", ".join(f"{name!r}: {module!r}" for module, found in later.items() for name in found)
    example = textwrap.indent(package.components[0].declaration.example.rstrip(), "    ")
    return "\n".join(
        (
            f"# {GENERATED}",
            f'"""{_TITLE}\n\n{example}\n"""',
            "from importlib import import_module\nfrom typing import TYPE_CHECKING",
            _imports(at_once),
            f"if TYPE_CHECKING:\n{textwrap.indent(_imports(later), '    ')}",
            f"__all__ = ({', '.join(map(repr, names))},)",
            f"#: Where the rest is.\n_LATER = {{{places}}}",
            _LOAD,
        )
    )


def _imports(modules: Mapping[str, list[str]]) -> str:
    return "\n".join(f"from .{module} import {', '.join(names)}" for module, names in modules.items())
