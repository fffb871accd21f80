"""How a resource's inputs are declared, and everything that follows from the declaration.

A resource's inputs are one pydantic model derived from `Inputs`; nested objects are further ones. What stands beside a
field says the rest:

    identifier: Annotated[Name, REPLACES]            a change replaces the resource
    client_secret: Annotated[Text, WRITE_ONLY]       no platform shows it again; refresh keeps what was declared
    scopes: Annotated[list[Scope] | None, KeyedBy("name")]      a set: order means nothing, a key stands once
    pkce: Annotated[Pkce | None, OIDC]               it lies in that document of the platform's

The text below a field documents it. A default other than None is filled in by `check` and managed from then on.

Anything may be unknown in a preview, at every depth: validators let unknown values pass, and whoever looks at a value
asks the predicate first. The property maps of the state are plain dicts in camelCase.
"""

import difflib
import math
import types
import typing
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
    model_validator,
)
from pydantic.fields import FieldInfo

from ..naming import camel, snake

__all__ = (
    "REPLACES",
    "SECRET",
    "WRITE_ONLY",
    "Checked",
    "Count",
    "Document",
    "Flag",
    "Inputs",
    "IsUnknown",
    "KeyedBy",
    "Name",
    "Outputs",
    "PropertyMap",
    "Prose",
    "Text",
    "Violation",
    "at_most",
    "check",
    "known",
    "nested_model",
    "set_key",
)

PropertyMap: TypeAlias = dict[str, Any]
IsUnknown: TypeAlias = Callable[[object], bool]
#: A field and what is wrong with it.
Violation: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Mark:
    """Something that is true of a field."""

    name: str


@dataclass(frozen=True)
class Document(Mark):
    """A document of the platform that a field lies in, where a resource has several.

    A model that says so of one field says so of all, but for those that are written only: a field without a home would
    be sent nowhere and drift for ever.
    """


REPLACES = Mark("replaces")
SECRET = Mark("secret")
WRITE_ONLY = Mark("write-only")


@dataclass(frozen=True, init=False)
class KeyedBy:
    """A list that is a set: its items are told apart by these fields, or by themselves where none is named."""

    fields: tuple[str, ...]

    def __init__(self, *fields: str) -> None:
        object.__setattr__(self, "fields", fields)


def _passing_unknowns(value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    return value if _predicate(info)(value) else handler(value)


def _predicate(info: ValidationInfo) -> IsUnknown:
    unknown: IsUnknown = (info.context or {}).get("unknown", known)
    return unknown


def known(_: object) -> bool:
    """The predicate of a world without unknown values."""
    return False


def at_most(length: int) -> BeforeValidator:
    """A tighter bound than the type's own, which is told before that one is."""

    def within(value: object) -> object:
        if isinstance(value, str) and len(value) > length:
            raise ValueError(f"must have at most {length} characters")
        return value

    return BeforeValidator(within)


def _printable(text: str) -> str:
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in text):
        raise ValueError("has a control character, remove it")
    return text


def _printable_lines(text: str) -> str:
    _printable(text.replace("\n", "").replace("\t", ""))
    return text


def _named(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    if text != text.strip():
        raise ValueError("begins or ends with a blank, remove it")
    return _printable(text)


def _whole(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value % 1:
        raise ValueError("must be a whole number")
    return int(value)


_LET_PASS = WrapValidator(_passing_unknowns)

#: A line of text.
Text = Annotated[str, StringConstraints(max_length=2048), AfterValidator(_printable), _LET_PASS]
#: Text that may have several lines.
Prose = Annotated[str, StringConstraints(max_length=2048), AfterValidator(_printable_lines), _LET_PASS]
#: Text that must not be empty.
Name = Annotated[str, StringConstraints(max_length=255), AfterValidator(_named), _LET_PASS]
#: A whole number above zero.
Count = Annotated[int, Field(ge=1), BeforeValidator(_whole), _LET_PASS]
#: true or false, and nothing that merely looks like it.
Flag = Annotated[StrictBool, _LET_PASS]


class _Declared(BaseModel):
    """What inputs and outputs have in common: names, marks and documentation of fields."""

    model_config = ConfigDict(
        extra="forbid",
        alias_generator=camel,
        validate_by_alias=True,
        validate_by_name=False,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    @classmethod
    def key(cls, field: str) -> str:
        """The property's name in the state."""
        return camel(field)

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """All properties' names in the state."""
        return tuple(camel(field) for field in cls.model_fields)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        documents = {
            name: [mark for mark in field.metadata if isinstance(mark, Document)]
            for name, field in cls.model_fields.items()
        }
        if not any(documents.values()):
            return
        for name, found in documents.items():
            if len(found) != (WRITE_ONLY not in cls.model_fields[name].metadata):
                raise TypeError(
                    f"{cls.__name__}.{name} lies in {len(found)} documents; mark it with exactly one Document"
                )

    @classmethod
    def marked(cls, mark: Mark) -> frozenset[str]:
        """The properties (names of the state) that bear a mark."""
        return frozenset(camel(name) for name, field in cls.model_fields.items() if mark in field.metadata)

    @classmethod
    def part(cls, document: Document, properties: Mapping[str, Any]) -> PropertyMap:
        """Of these properties those that lie in a document."""
        within = cls.marked(document)
        return {key: value for key, value in properties.items() if key in within}


class Inputs(_Declared):
    """The inputs of a resource, or an object within them."""

    @field_validator("*", mode="wrap")
    @classmethod
    def _field(cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        return _passing_unknowns(value, handler, info)

    @model_validator(mode="wrap")
    @classmethod
    def _model(cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        return _passing_unknowns(value, handler, info)

    def complete(self, unknown: IsUnknown) -> None:
        """Fill in the defaults that follow from other values."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """What is wrong between several fields; an unknown value counts as given and right."""
        yield from ()


class Outputs(_Declared):
    """What a resource computes besides its inputs."""

    @classmethod
    def texts(cls) -> tuple[str, ...]:
        """The outputs (names of the state) that are a text."""
        return tuple(camel(name) for name, field in cls.model_fields.items() if field.annotation in (str, str | None))


def nested_model(field: FieldInfo) -> tuple[type[Inputs] | None, bool]:
    """The model of the objects in a field, if there is one, and whether the field is a list."""
    return _model_in(field.annotation)


def _model_in(annotation: Any) -> tuple[type[Inputs] | None, bool]:
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        return _model_in(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        found = [_model_in(a) for a in typing.get_args(annotation) if a is not types.NoneType]
        return found[0]
    if origin is list:
        return _model_in(typing.get_args(annotation)[0])[0], True
    return (annotation, False) if isinstance(annotation, type) and issubclass(annotation, Inputs) else (None, False)


def set_key(field: FieldInfo) -> KeyedBy | None:
    """What tells the items of a set apart; None where the field is no set."""
    return next((mark for mark in field.metadata if isinstance(mark, KeyedBy)), None)


@dataclass(frozen=True)
class Checked:
    """Inputs as they go into the state, or what is wrong with them, each in a line."""

    inputs: PropertyMap
    failures: tuple[str, ...] = ()


class _Unreadable:
    """Stands for a value that has been complained about, so that other rules can still be tried."""


_UNREADABLE = _Unreadable()


def check(model: type[Inputs], raw: Mapping[str, Any], unknown: IsUnknown = known) -> Checked:
    """Validate, fill in defaults and put into one form; every failure at once, no failure with a value in it."""

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
                failures.append(f"{_path(error['loc'])}: {_wording(dict(error))}")
                spelt[str(error["loc"][0])] = _UNREADABLE
    _complete(inputs, passes)
    failures.extend(f"{path}: {text}" for path, text in _violations(inputs, passes, ""))
    return Checked({} if failures else _dump(inputs, passes), tuple(dict.fromkeys(failures)))


def _spelt(
    model: type[Inputs], raw: Mapping[str, Any], unknown: IsUnknown, path: str, failures: list[str]
) -> Iterator[tuple[str, Any]]:
    """The raw object in the state's spelling, without nulls; keys that are none are complained about."""
    names = {**{camel(f): f for f in model.model_fields}, **{f: f for f in model.model_fields}}
    for key, value in raw.items():
        field = names.get(key)
        if field is None:
            near = difflib.get_close_matches(snake(key), sorted(model.model_fields), n=1)
            hint = f", did you mean {near[0]}?" if near else f", there are: {', '.join(model.model_fields)}"
            failures.append(f"{path}{snake(key)}: is not a property{hint}")
        elif key != camel(field) and camel(field) in raw:
            failures.append(f"{path}{field}: is given twice, as {key} and as {camel(field)}; keep {field}")
        elif value is not None:
            inner, _ = nested_model(model.model_fields[field])
            yield camel(field), _spelt_value(inner, value, unknown, f"{path}{field}", failures)


def _spelt_value(model: type[Inputs] | None, value: Any, unknown: IsUnknown, path: str, failures: list[str]) -> Any:
    if model is None or unknown(value):
        return value
    if isinstance(value, Mapping):
        return dict(_spelt(model, value, unknown, f"{path}.", failures))
    if isinstance(value, list):
        return [_spelt_value(model, item, unknown, f"{path}[{i}]", failures) for i, item in enumerate(value)]
    return value


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
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "greater_than_equal": "must be at least {ge}",
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
            yield f"{path}[{index}]", f"stands twice, the first time as {path}[{seen[found]}]; remove one"


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
