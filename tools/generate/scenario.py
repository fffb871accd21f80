"""Writes the page about scenarios: all that a file for a sandbox can say, and what holds where it says nothing."""

from __future__ import annotations

import inspect
import json
import re
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from asgardeo_bijira_sandbox.faults import Fault
from asgardeo_bijira_sandbox.scenario import Scenario, TenantSeed
from pydantic import BaseModel
from pydantic.alias_generators import to_camel

from .texts import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

__all__ = ("SCENARIO_INTRODUCTION", "SCHEMA_PATH", "faults", "scenario_page", "scenario_schema")

SCENARIO_INTRODUCTION = (
    "A scenario says what exists when a sandbox starts: a file in YAML or JSON, for the option `--scenario` of "
    "`sandbox` and `rehearse`. What it leaves out has its default; a list that it gives is the whole list. "
    "A file that cannot be right is refused in a line that says why. "
    "An editor that knows JSON schemas completes and checks it by [scenario.schema.json](scenario.schema.json): in "
    "YAML by the first line `# yaml-language-server: $schema=<path or address of that file>`."
)
SCHEMA_PATH = "docs/reference/scenario.schema.json"
_NAMES = {str: "string", int: "integer", float: "number", bool: "boolean", Any: "anything", dict: "object"}
_SNAKE = re.compile(r"`([a-z]+(?:_[a-z]+)+)`")


def scenario_page() -> tuple[str, ...]:
    """Its parts: one for each object that a scenario has."""
    return tuple(part for place, model in _objects("", Scenario) for part in _object(place, model))


def scenario_schema() -> str:
    """The same for an editor: which names there are, of which types, with the text of each object."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Scenario.model_json_schema()}
    for model in (schema, *schema["$defs"].values()):
        text = " ".join(str(model.get("description", "")).split())
        model["description"] = _SNAKE.sub(lambda found: f"`{to_camel(found[1])}`", text)
        for one in model.get("properties", {}).values():
            one.pop("title", None)
    return json.dumps(schema, indent=2) + "\n"


def faults() -> tuple[str, ...]:
    """What a fault is made of."""
    return (*_prose(Fault), _table("", Fault))


def _objects(place: str, model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    yield place, model
    for name, field in model.model_fields.items():
        nested = _nested(field.annotation)
        if nested:
            yield from _objects(f"{place}.{_sent(name, field)}".lstrip("."), nested)


def _object(place: str, model: type[BaseModel]) -> Iterator[str]:
    if place:
        yield f"## `{place}`"
    yield from _prose(model)
    yield _table(place, model)


def _prose(model: type[BaseModel]) -> Iterator[str]:
    """Its docstring, with the names that a file has for its fields."""
    fields = {name: _sent(name, field) for name, field in model.model_fields.items()}
    for part in inspect.cleandoc(model.__doc__ or "").split("\n\n"):
        text = _SNAKE.sub(lambda found: f"`{fields.get(found[1], found[1])}`", " ".join(part.split()))
        yield paragraph(text)


def _table(place: str, model: type[BaseModel]) -> str:
    rows = ["| name | type | default |", "|---|---|---|"]
    for name, field in model.model_fields.items():
        sent = _sent(name, field)
        rows.append(f"| `{sent}` | {_type(field.annotation, f'{place}.{sent}'.lstrip('.'))} | {_default(field)} |")
    return "\n".join(rows)


def _sent(name: str, field: FieldInfo) -> str:
    return field.alias or name


def _nested(annotation: Any) -> type[BaseModel] | None:
    """The objects that a field holds, if it holds some."""
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _nested(one))), None)


def _type(annotation: Any, place: str) -> str:
    origin, inner = get_origin(annotation), [one for one in get_args(annotation) if one is not type(None)]
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in inner)
    if origin is list:
        return f"list of {_type(inner[0], place)}"
    if origin is dict:
        return f"{_type(inner[1], place)} by name"
    if inner:  # annotated, or one of a union with nothing
        return _type(inner[0], place)
    if _nested(annotation):
        return f"[object](#{place.replace('.', '').lower()})"
    return _NAMES[annotation]


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    found = field.get_default(call_default_factory=True, validated_data={"users": TenantSeed().users})
    if found is None or found == "":
        return "none"
    return f"`{json.dumps(_plain(found))}`"


def _plain(value: Any) -> Any:
    """As a file says it: of an object what it does not have by default."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.model_dump(by_alias=True, exclude_unset=True) if isinstance(value, BaseModel) else value
