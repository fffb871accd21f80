"""`export`: writes an organisation's APIs, applications and clients as a Pulumi program, and its import file.

What one resource says of another becomes a reference. Empty values are left out, since leaving a property out means not
managing it. Nothing on the platforms is changed.
"""

import json
import keyword
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..http import InvalidInput, operation
from ..kinds import Kind, Platforms, all_kinds, platforms_for
from ..kinds.client import Place
from ..kinds.key_managers import choose
from ..naming import snake
from ..settings import Settings
from . import importing

__all__ = ("run",)

_CLASSES = {"Api": "AsgardeoApi", "Application": "AsgardeoApplication", "ApplicationClient": "BijiraApplicationClient"}
_HEAD = (
    '"""An organisation\'s APIs, applications and clients, as exported."""\n\nimport pulumi_asgardeo_bijira as wso2\n'
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

    def add(self, kind: Kind, title: str, id: str, adjust: Callable[[dict[str, Any]], dict[str, Any]]) -> str | None:
        """Write one resource, if it can be declared; its variable."""
        with operation():
            found = kind.refresh(self.platforms, id, {})
        if found is None:
            return None
        inputs = adjust(_tidy(found[0]))
        failures = kind.check(inputs, lambda value: isinstance(value, Reference)).failures
        if failures:
            self.left_out.append(f"{kind.title} {title}: {'; '.join(failures)}")
            return None
        variable = self._variable(f"{title}_{snake(kind.name)}")
        shown = {snake(key): value for key, value in inputs.items()}
        arguments = [json.dumps(variable), *(f"{key}={_literal(value, 4)}" for key, value in shown.items())]
        body = "".join(f"    {argument},\n" for argument in arguments)
        self.source += f"\n{variable} = wso2.{_CLASSES[kind.name]}(\n{body})\n"
        self.count += 1
        self.references[id] = Reference(f"{variable}.id")
        if "clientId" in found[1]:
            self.references[found[1]["clientId"]] = Reference(f"{variable}.client_id")
        return variable

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


def run(output: Path, *, asgardeo: bool, bijira: bool) -> int:
    """Write the project and its import file, and say what could not be written."""
    if output.exists() and any(output.iterdir()):
        raise InvalidInput(f"{output} is not empty. Name another folder with --output")
    export = Export(platforms_for(Settings({}, dict(os.environ))))
    if asgardeo:
        _asgardeo(export)
    if bijira:
        _bijira(export)
    output.mkdir(parents=True, exist_ok=True)
    (output / "Pulumi.yaml").write_text(_PROJECT, encoding="utf-8")
    (output / "__main__.py").write_text(export.source, encoding="utf-8")
    for line in export.left_out:
        print(f"left out: {line}")
    print(f"{export.count} resources in {output}")
    return importing.run(output.resolve(), None, [], None, output / "import.json")


def _asgardeo(export: Export) -> None:
    kinds, asgardeo = all_kinds(), export.platforms.asgardeo
    for api in list(asgardeo.api_resources.all()):
        export.add(kinds["Api"], api["name"], api["id"], lambda inputs: inputs)
    for application in list(asgardeo.applications.all()):
        if asgardeo.applications.oidc(application["id"]) is None:
            export.left_out.append(f"application {application['name']}: it has no OpenID Connect part")
            continue
        export.add(kinds["Application"], application["name"], application["id"], export.refer)


def _bijira(export: Export) -> None:
    kind, bijira = all_kinds()["ApplicationClient"], export.platforms.bijira
    managers = bijira.key_managers()
    for application in bijira.applications():
        mappings = bijira.mappings(application.id)
        if not bijira.can.reads_mappings:
            export.left_out.append(
                f"Bijira application {application.name}: the API Portal shows no client id; declare it with adopt=True"
            )
        elif not mappings:
            export.left_out.append(f"Bijira application {application.name}: it has no client id")
        first: str | None = None
        for mapping in mappings:
            place = Place(application.id, choose(managers, mapping.key_manager).id, mapping.key_type)

            def adjust(inputs: dict[str, Any], first: str | None = first) -> dict[str, Any]:
                if first is None:
                    return dict(export.refer(inputs))
                kept = {key: inputs[key] for key in ("clientId", "keyManager", "keyType")}
                return {"applicationId": Reference(f"{first}.application_id"), **export.refer(kept)}

            variable = export.add(kind, application.name, str(place), adjust)
            first = first or variable


def _tidy(value: Any) -> Any:
    """Without what is empty, at any depth."""
    if isinstance(value, Mapping):
        tidied = {key: _tidy(item) for key, item in value.items()}
        return {key: item for key, item in tidied.items() if item not in ("", [], {}, None)}
    return [_tidy(item) for item in value] if isinstance(value, list) else value


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
