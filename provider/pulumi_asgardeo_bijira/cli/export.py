"""`export`: writes an organisation's APIs, applications, roles and clients as a Pulumi program, and its import file.

What one resource says of another becomes a reference. Left out is what is empty, or what an object has of which nothing
is declared: leaving a property out means not managing it. Nothing on the platforms is changed.
"""

import json
import keyword
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from ..naming import snake
from ..resources import ExportEntry, Platforms, ResourceHandler, platforms_for, resource_handlers
from ..resources.schema import PropertyMap
from ..settings import Settings
from ..transport import InvalidInput, operation, together
from .import_ import write_import_file

__all__ = ("write_program",)

_HEAD = (
    '"""An organisation\'s APIs, applications, roles and clients, as exported."""\n\n'
    "import pulumi_asgardeo_bijira as wso2\n"
)
_PROJECT = "name: exported\nruntime:\n  name: python\n  options:\n    virtualenv: .venv\n"


@dataclass(frozen=True)
class Reference:
    """A value that another resource of the program has."""

    expression: str


@dataclass
class Export:
    """The program as it grows, and what could not go into it."""

    platforms: Platforms
    source: str = _HEAD
    count: int = 0
    left_out: list[str] = field(default_factory=list)
    variables: set[str] = field(default_factory=lambda: {"wso2", "pulumi"})
    #: Ids and client ids, as the program can say them.
    references: dict[str, Reference] = field(default_factory=dict)

    def add_all(self, handler: ResourceHandler) -> None:
        """Write all resources of a kind that can be declared."""
        every = list(handler.listed(self.platforms))
        seen = together(*(partial(self._seen, handler, one) for one in every))
        for listed, found in zip(every, seen, strict=True):
            if listed.why_not:
                self.left_out.append(f"{handler.title} {listed.title}: {listed.why_not}")
            elif found is not None:
                self._add(handler, listed, *found)

    def _seen(self, handler: ResourceHandler, listed: ExportEntry) -> tuple[PropertyMap, PropertyMap] | None:
        if listed.why_not:
            return None
        with operation():
            found = handler.refresh(self.platforms, listed.id, {})
            return found and (handler.declared(self.platforms, listed.id, found[0]), found[1])

    def _add(self, handler: ResourceHandler, listed: ExportEntry, declared: PropertyMap, outputs: PropertyMap) -> None:
        inputs = dict(self.refer(declared))
        failures = handler.check(inputs, lambda value: isinstance(value, Reference)).failures
        if failures:
            self.left_out.append(f"{handler.title} {listed.title}: {'; '.join(failures)}")
            return
        variable = self._variable(f"{listed.title}_{snake(handler.name)}")
        arguments = [json.dumps(variable), *(f"{snake(key)}={_literal(value, 4)}" for key, value in inputs.items())]
        body = "".join(f"    {argument},\n" for argument in arguments)
        self.source += f"\n{variable} = wso2.{handler.declaration.class_name}(\n{body})\n"
        self.count += 1
        for value, attribute in handler.referred_as(listed.id, outputs).items():
            self.references.setdefault(value, Reference(f"{variable}.{attribute}"))

    def refer(self, value: Any) -> Any:
        """The value, with every id of something exported as a reference."""
        if isinstance(value, Mapping):
            return {key: self.refer(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.refer(item) for item in value]
        return self.references.get(value, value) if isinstance(value, str) else value

    def _variable(self, title: str) -> str:
        words = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or "resource"
        base = f"_{words}" if words[0].isdigit() or keyword.iskeyword(words) else words
        name = next(name for name in (base, *(f"{base}_{n}" for n in range(2, 10**6))) if name not in self.variables)
        self.variables.add(name)
        return name


def write_program(output: Path, *, asgardeo: bool, bijira: bool) -> int:
    """Write the project and its import file, and say what could not be written."""
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise InvalidInput("is not an empty folder", subject=str(output), action="Name another folder with --output")
    export = Export(platforms_for(Settings({}, dict(os.environ))))
    chosen = {name for name, wanted in (("asgardeo", asgardeo), ("bijira", bijira)) if wanted}
    for handler in resource_handlers().values():
        if handler.platform in chosen:
            export.add_all(handler)
    output.mkdir(parents=True, exist_ok=True)
    (output / "Pulumi.yaml").write_text(_PROJECT, encoding="utf-8")
    (output / "__main__.py").write_text(export.source, encoding="utf-8")
    for line in export.left_out:
        print(f"left out: {line}")
    print(f"{export.count} resources in {output}")
    return write_import_file(output.resolve(), None, [], None, output / "import.json")


def _literal(value: Any, indent: int) -> str:
    """A value as Python, one item a line, as formatters leave it."""
    blanks = " " * indent
    if isinstance(value, Reference):
        return value.expression
    if isinstance(value, Mapping):
        items = [f"{json.dumps(snake(key))}: {_literal(item, indent + 4)}" for key, item in value.items()]
        return "{\n" + "".join(f"{blanks}    {item},\n" for item in items) + blanks + "}" if items else "{}"
    if isinstance(value, list):
        items = [_literal(item, indent + 4) for item in value]
        return "[\n" + "".join(f"{blanks}    {item},\n" for item in items) + blanks + "]" if items else "[]"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(value: str) -> str:
    """In double quotes, or in single ones where fewer must then be escaped."""
    inside = json.dumps(value, ensure_ascii=False)[1:-1]
    if value.count('"') <= value.count("'"):
        return f'"{inside}"'
    escaped = inside.replace('\\"', '"').replace("'", "\\'")
    return f"'{escaped}'"
