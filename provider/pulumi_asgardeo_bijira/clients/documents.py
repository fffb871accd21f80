"""What the platforms' documents have in common: names that the wire spells otherwise, and writing back whole.

A document's fields have the names of a resource's properties. On the wire a name is in camelCase; where the server
spells it otherwise, the field says so (`spelt`), and where it wraps the value in an object of its own, too (`within`).
A document is therefore made of an answer or of properties alike, and what nobody here knows of a `Whole` one keeps its
name and value on both ways.
"""

from collections.abc import Callable, Mapping
from typing import Any, Self

from pydantic import (
    AliasChoices,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    WrapSerializer,
)

from ..transport import Document

__all__ = ("Whole", "if_null", "overlay", "spelt", "within")


class Whole(Document):
    """A JSON object that is written back whole, with what nobody here knows of it."""

    model_config = ConfigDict(extra="allow")

    def whole(self) -> dict[str, Any]:
        """On the wire: what is set, and no default."""
        return self.model_dump(by_alias=True, exclude_unset=True)

    def overlaid(self, changes: "Whole") -> Self:
        """With what is set in the changes laid over it, through all objects; a list goes whole."""
        return self.model_validate(overlay(self.whole(), changes.whole()))


def overlay(document: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the values laid over it, through all objects; a list goes whole."""
    merged = dict(document)
    for key, value in values.items():
        below = merged.get(key)
        merged[key] = overlay(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return merged


def spelt(
    wire: str, name: str, *also_read: str, default: Any = None, default_factory: Callable[[], Any] | None = None
) -> Any:
    """A field that is called `name` by properties, and otherwise by the server."""
    value: Any = {"default_factory": default_factory} if default_factory else {"default": default}
    return Field(validation_alias=AliasChoices(wire, *also_read, name), serialization_alias=wire, **value)


def within(name: str, **beside: Any) -> tuple[BeforeValidator, WrapSerializer]:
    """A value that stands on the wire in an object of its own, under this name."""

    def unwrap(value: Any) -> Any:
        return value.get(name) if isinstance(value, Mapping) else value

    def wrap(value: Any, handler: SerializerFunctionWrapHandler, info: SerializationInfo) -> Any:
        plain = handler(value)
        return {name: plain, **beside} if info.by_alias else plain

    return BeforeValidator(unwrap), WrapSerializer(wrap)


def if_null(default: Any) -> BeforeValidator:
    """What null stands for."""
    return BeforeValidator(lambda value: default if value is None else value)
