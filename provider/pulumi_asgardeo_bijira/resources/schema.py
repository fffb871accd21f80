"""How a resource is declared, and everything that follows from the declaration.

A resource is one `Declaration`. Its inputs are a pydantic model derived from `Inputs`; nested objects are further ones.
What stands beside a field says the rest:

    identifier: Annotated[Name, REPLACES]            a change replaces the resource
    client_secret: Annotated[Text, WRITE_ONLY]       no platform shows it again; refresh keeps what was declared
    scopes: Annotated[list[ApiScope] | None, KeyedBy("name")]   a set: order means nothing, a key stands once
    pkce: Annotated[Pkce | None, OIDC]               it lies in that document of the platform's
    name: Annotated[Name, NAMED_AFTER_RESOURCE]      left out, the program takes the resource's name
    hybrid_flow: Annotated[HybridFlow | None, NEWER]   older servers do not know it
    plan: Annotated[Name, like("Gold", "Bronze")]    examples, for whoever reads and for the tests
    pkce.mandatory: Annotated[Flag | None, OFF_WIDENS]    what a drift report calls wider access: widening.py

The text below a field says what it means. Its default, its limits and the effect of a change are not repeated there:
documentation adds them from what stands beside the field. A default other than None is filled in by `check` and managed
from then on.

Anything may be unknown in a preview, at every depth: validators let unknown values pass, and whoever looks at a value
asks the predicate first. The property maps of the state are plain dicts in camelCase.
"""

import math
import types
import typing
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
    model_validator,
)
from pydantic.fields import FieldInfo

from ..deferred_model import DeferredModel
from ..naming import camel

__all__ = (
    "NAMED_AFTER_RESOURCE",
    "NEWER",
    "PASSING_UNKNOWNS",
    "REPLACES",
    "SECRET",
    "WRITE_ONLY",
    "AtMost",
    "Count",
    "Default",
    "Document",
    "Effect",
    "Flag",
    "Inputs",
    "IsUnknown",
    "KeyedBy",
    "Mark",
    "Name",
    "NamedAfterResource",
    "Outputs",
    "PartOfId",
    "PropertyMap",
    "Prose",
    "Text",
    "TextMap",
    "Violation",
    "at_most",
    "examples_of",
    "is_map",
    "known",
    "like",
    "mark_of",
    "nested_model",
    "set_key",
)

M = TypeVar("M")

PropertyMap: TypeAlias = dict[str, Any]
IsUnknown: TypeAlias = Callable[[object], bool]
#: A field and what is wrong with it.
Violation: TypeAlias = tuple[str, str]


class Mark:
    """Something that is true of a field."""


@dataclass(frozen=True)
class _Plain(Mark):
    name: str


@dataclass(frozen=True)
class Document(Mark):
    """A document of the platform that a field lies in, where a resource has several.

    A model that says so of one field says so of all, but for those that are written only: a field without a home would
    be sent nowhere and drift for ever.
    """

    name: str


@dataclass(frozen=True)
class NamedAfterResource(Mark):
    """Left out, the field is the resource's name within the program, unless another field is given."""

    unless: str = ""


REPLACES = _Plain("replaces")
SECRET = _Plain("secret")
WRITE_ONLY = _Plain("write-only")
#: Older servers do not know it: they refuse it, or drop it without a word.
NEWER = _Plain("newer")


NAMED_AFTER_RESOURCE = NamedAfterResource()


@dataclass(frozen=True)
class PartOfId(Mark):
    """An input that a program reads as a part of the resource's id, and that is not stored a second time."""

    index: int
    #: What a program reads there.
    text: str


@dataclass(frozen=True)
class Default(Mark):
    """What holds where a field is left out, in words, if the field's own default does not say it."""

    text: str


@dataclass(frozen=True)
class Effect(Mark):
    """What a change does, in words, if it neither happens in place nor replaces."""

    text: str


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


@dataclass(frozen=True)
class AtMost:
    """A tighter bound than the type's own, which is told before that one is."""

    length: int

    def __call__(self, value: object) -> object:
        """The value, unless it is longer."""
        if isinstance(value, str) and len(value) > self.length:
            raise ValueError(f"must have at most {self.length} characters")
        return value


def at_most(length: int) -> BeforeValidator:
    """At most so many characters."""
    return BeforeValidator(AtMost(length))


def like(*examples: Any) -> Any:
    """Examples of a field's value, two of them where a change is to be shown."""
    return Field(examples=list(examples))


def _printable(text: str) -> str:
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in text):
        raise ValueError("contains a control character, remove it")
    return text


def _printable_lines(text: str) -> str:
    _printable(text.replace("\n", "").replace("\t", ""))
    return text


def _named(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    if text != text.strip():
        raise ValueError("begins or ends with whitespace, remove it")
    return _printable(text)


def _whole(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value % 1:
        raise ValueError("must be a whole number")
    return int(value)


#: Lets an unknown value pass whatever else validates the field.
PASSING_UNKNOWNS = WrapValidator(_passing_unknowns)

#: A line of text.
Text = Annotated[str, StringConstraints(max_length=2048), AfterValidator(_printable), PASSING_UNKNOWNS]
#: Text that may have several lines.
Prose = Annotated[str, StringConstraints(max_length=2048), AfterValidator(_printable_lines), PASSING_UNKNOWNS]
#: Text that must not be empty.
Name = Annotated[str, StringConstraints(max_length=255), AfterValidator(_named), PASSING_UNKNOWNS]
#: Texts by names that are no properties of ours: they keep their spelling.
TextMap = Annotated[dict[Name, Text], PASSING_UNKNOWNS]
#: A whole number above zero.
Count = Annotated[int, Field(ge=1), BeforeValidator(_whole), PASSING_UNKNOWNS]
#: true or false, and nothing that merely looks like it.
Flag = Annotated[StrictBool, PASSING_UNKNOWNS]


class _Declared(DeferredModel):
    """What inputs and outputs have in common: names, marks and documentation of fields."""

    model_config = ConfigDict(
        extra="forbid",
        alias_generator=camel,
        validate_by_alias=True,
        validate_by_name=False,
        hide_input_in_errors=True,
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
    @cache
    def marked(cls, mark: Mark) -> frozenset[str]:
        """The properties (names of the state) that bear a mark."""
        return frozenset(camel(name) for name, field in cls.model_fields.items() if mark in field.metadata)

    @classmethod
    def marks(cls, kind: type[M]) -> dict[str, M]:
        """The marks of a kind, each by the property (name of the state) that bears it."""
        found = {camel(name): mark_of(field, kind) for name, field in cls.model_fields.items()}
        return {key: mark for key, mark in found.items() if mark is not None}

    @classmethod
    def readable(cls, properties: Mapping[str, Any]) -> PropertyMap:
        """Of these properties those that a platform shows again."""
        write_only = cls.marked(WRITE_ONLY)
        return {key: value for key, value in properties.items() if key not in write_only}

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


def is_map(field: FieldInfo) -> bool:
    """Whether the names in a field are a user's own."""
    annotations = [field.annotation]
    while annotations:
        one = annotations.pop()
        if one is dict or typing.get_origin(one) is dict:
            return True
        if typing.get_origin(one) in (Annotated, typing.Union, types.UnionType):
            annotations += typing.get_args(one)
    return False


def examples_of(field: FieldInfo) -> list[Any]:
    """The examples of a field or, for a list, of its items."""
    return field.examples or _examples_in(field.annotation)


def _examples_in(annotation: Any) -> list[Any]:
    for argument in typing.get_args(annotation):
        found = (argument.examples or []) if isinstance(argument, FieldInfo) else _examples_in(argument)
        if found:
            return list(found)
    return []


def set_key(field: FieldInfo) -> KeyedBy | None:
    """What tells the items of a set apart; None where the field is no set."""
    return mark_of(field, KeyedBy)


def mark_of(field: FieldInfo, kind: type[M]) -> M | None:
    """The mark of a kind that a field bears; None where it bears none."""
    return next((mark for mark in field.metadata if isinstance(mark, kind)), None)
