"""Validates what a program declares, against its declaration: no I/O, every failure at once, each in a line.

A failure names its property as its reader spells it and has no value in it. What passes is put into the one form that
it has in the state: the state's spelling, defaults filled in, sets in order.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from ..naming import camel, snake, worded
from .schema import Inputs, IsUnknown, KeyedBy, PropertyMap, Violation, is_map, known, nested_model, set_key

__all__ = ("Checked", "check")

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Checked:
    """Inputs as they go into the state, or what is wrong with them, each in a line."""

    inputs: PropertyMap
    failures: tuple[str, ...] = ()


class _Unreadable:
    """Stands for a value that has been complained about, so that other rules can still be tried."""


_UNREADABLE = _Unreadable()


def check(
    model: type[Inputs], raw: Mapping[str, Any], unknown: IsUnknown = known, *, more: Mapping[str, str] = NOTHING
) -> Checked:
    """Validate, fill in defaults and put into one form; every failure at once, no failure with a value in it. `more` is
    what else there is to say of a property that is wrong, by its name in the state."""

    def passes(value: object) -> bool:
        return value is _UNREADABLE or unknown(value)

    failures: list[str] = []
    spelt = dict(_spelt(model, raw, passes, "", failures))
    for _ in range(2):
        try:
            inputs = model.model_validate(spelt, context={"unknown": passes})
            break
        except ValidationError as invalid:
            for error in invalid.errors(include_input=False, include_url=False):
                told = _failure(model, error["loc"], _wording(dict(error)))
                failures.append(told + more.get(str(error["loc"][0]), ""))
                spelt[str(error["loc"][0])] = _UNREADABLE
    _complete(inputs, passes)
    failures.extend(f"`{path}`: {text}" for path, text in _violations(inputs, passes, ""))
    return Checked({} if failures else _dump(inputs, passes), tuple(dict.fromkeys(map(worded, failures))))


def _spelt(
    model: type[Inputs], raw: Mapping[str, Any], unknown: IsUnknown, path: str, failures: list[str]
) -> Iterator[tuple[str, Any]]:
    """The raw object in the state's spelling, without nulls; keys that are none are complained about."""
    fields = _fields(model)
    for key, value in raw.items():
        field, inner = fields.get(key, ("", None))
        if not field:
            near = difflib.get_close_matches(snake(key), sorted(model.model_fields), n=1)
            hint = f", did you mean `{near[0]}`?" if near else f", there are: {_listed(model.model_fields)}"
            failures.append(f"`{path}{key}`: is not a property{hint}")
        elif key != camel(field) and camel(field) in raw:
            failures.append(f"`{path}{field}`: is given twice, in two spellings; keep `{field}`")
        elif value is not None:
            yield camel(field), _spelt_value(inner, value, unknown, f"{path}{field}", failures)


@cache
def _fields(model: type[Inputs]) -> dict[str, tuple[str, type[Inputs] | None]]:
    """Each field by both its spellings, with the model of the objects in it."""
    found = {name: (name, nested_model(field)[0]) for name, field in model.model_fields.items()}
    return {camel(name): one for name, one in found.items()} | found


def _spelt_value(model: type[Inputs] | None, value: Any, unknown: IsUnknown, path: str, failures: list[str]) -> Any:
    if model is None or unknown(value):
        return value
    if isinstance(value, Mapping):
        return dict(_spelt(model, value, unknown, f"{path}.", failures))
    if isinstance(value, list):
        return [_spelt_value(model, item, unknown, f"{path}[{i}]", failures) for i, item in enumerate(value)]
    return value


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _failure(model: type[Inputs], location: Sequence[int | str], text: str) -> str:
    """What is wrong with a property, or in a map with what has a name of the user's own, which keeps its spelling."""
    field = model.model_fields.get(snake(str(location[0])))
    if len(location) > 1 and field and is_map(field):
        return f"`{_path(location[:1])}`: of {location[1]}: {text}"
    return f"`{_path(location)}`: {text}"


def _path(location: Sequence[int | str]) -> str:
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{snake(part)}"
    return path.lstrip(".")


_WORDINGS = {
    "missing": "is required",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be a map",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "string_unicode": "must be text",
    "too_long": "must have at most {max_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "literal_error": "must be one of {expected}",
}


def _wording(error: dict[str, Any]) -> str:
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context["error"])
    return _WORDINGS[error["type"]].format(**context)


def _objects(inputs: Inputs, path: str) -> Iterator[tuple[str, Inputs]]:
    """The model itself and every object within it, each with the path that its fields have."""
    yield path, inputs
    for name in type(inputs).model_fields:
        value = getattr(inputs, name)
        if isinstance(value, Inputs):
            yield from _objects(value, f"{path}{name}.")
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, Inputs):
                    yield from _objects(item, f"{path}{name}[{index}].")


def _complete(inputs: Inputs, unknown: IsUnknown) -> None:
    for _, part in _objects(inputs, ""):
        part.complete(unknown)


def _violations(inputs: Inputs, unknown: IsUnknown, path: str) -> Iterator[Violation]:
    if not isinstance(inputs, Inputs):
        return
    for where, part in _objects(inputs, path):
        for field, text in part.violations(unknown):
            yield f"{where}{field}", text
        for name, field_info in type(part).model_fields.items():
            key, value = set_key(field_info), getattr(part, name)
            if key and isinstance(value, list):
                yield from _twice(key, value, f"{where}{name}", unknown)


def _key_of(item: Any, key: KeyedBy, unknown: IsUnknown) -> tuple[str, ...] | None:
    """What tells an item apart; None while any of it is unknown."""
    if unknown(item):
        return None
    parts = [getattr(item, field) for field in key.fields] if key.fields else [item]
    return None if any(unknown(part) for part in parts) else tuple(part or "" for part in parts)


def _twice(key: KeyedBy, items: list[Any], path: str, unknown: IsUnknown) -> Iterator[Violation]:
    seen: dict[tuple[str, ...], int] = {}
    for index, item in enumerate(items):
        found = _key_of(item, key, unknown)
        if found is not None and seen.setdefault(found, index) != index:
            yield f"{path}[{index}]", f"duplicates `{path}[{seen[found]}]`, remove one"


def _dump(value: Any, unknown: IsUnknown) -> Any:
    """The properties: what is declared, in the state's spelling, sets in order with the unknown last."""
    if unknown(value) or not isinstance(value, Inputs):
        return [_dump(item, unknown) for item in value] if isinstance(value, list) else value
    properties: PropertyMap = {}
    for name, field in type(value).model_fields.items():
        item = getattr(value, name)
        if item is None:
            continue
        key = set_key(field)
        if key and isinstance(item, list):
            item = _in_order(item, key, unknown)
        properties[camel(name)] = _dump(item, unknown)
    return properties


def _in_order(items: list[Any], key: KeyedBy, unknown: IsUnknown) -> list[Any]:
    keyed = [(_key_of(item, key, unknown), item) for item in items]
    known_ones = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0] or ())
    return [item for _, item in known_ones] + [item for found, item in keyed if found is None]
