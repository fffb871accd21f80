"""How bodies are read: camelCase names, unknown ones refused, null the same as absent."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

__all__ = ("Body", "Operation", "shown")


class Body(BaseModel):
    """A body, or a group in one."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", serialize_by_alias=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: item for key, item in value.items() if item is not None}
        return value

    def document(self) -> dict[str, Any]:
        """With all defaults, as it is served; what has no value is left out."""
        return self.model_dump(mode="json", exclude_none=True)

    def given(self) -> dict[str, Any]:
        """Only what was sent."""
        return self.model_dump(mode="json", exclude_unset=True)


class Operation(Body):
    """One change of a member by its path."""

    operation: Literal["ADD", "REMOVE", "REPLACE"]
    path: str
    value: str | None = None


def shown(**members: Any) -> dict[str, Any]:
    """A JSON object without the members that have no value."""
    return {name: value for name, value in members.items() if value is not None}
