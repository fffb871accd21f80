"""The bodies of claims and of the dialects that they are named in."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from ..bodies import Body

__all__ = ("DialectBody", "ExternalClaimBody", "LocalClaimBody")


class DialectBody(Body):
    """A dialect."""

    uri: str = Field(alias="dialectURI")


class Property(Body):
    """Something else to be kept of a claim."""

    key: str
    value: str


class ExternalClaimBody(Body):
    """A claim of a dialect, and the local claim that it is filled from."""

    uri: str = Field(alias="claimURI")
    mapped: str = Field(alias="mappedLocalClaimURI")
    properties: list[Property] = []

    def kept(self) -> dict[str, Any]:
        """As it is kept."""
        return self.model_dump(mode="json", exclude={"uri"})


class Mapping(Body):
    """Where a claim lies in a user store."""

    mapped_attribute: str
    userstore: str


class Label(Body):
    """A value that may be chosen."""

    label: str
    value: str


class InputFormat(Body):
    """How a console asks for a value."""

    input_type: str | None = None


class LocalClaimBody(Body):
    """A claim of the organisation's own. Its id and dialect are shown, and of no effect when sent."""

    id: str | None = None
    uri: str = Field(alias="claimURI")
    dialect: str | None = Field(default=None, alias="dialectURI")
    description: str = ""
    display_order: int = 0
    display_name: str
    read_only: bool = False
    reg_ex: str = ""
    required: bool = False
    supported_by_default: bool = False
    managed_in_user_store: bool | None = None
    data_type: Literal["string", "boolean", "date_time", "integer", "complex", "decimal"] | None = None
    sub_attributes: list[str] | None = None
    canonical_values: list[Label] | None = None
    multi_valued: bool | None = None
    extended_valued: bool | None = None
    input_format: InputFormat | None = None
    uniqueness_scope: Literal["NONE", "WITHIN_USERSTORE", "ACROSS_USERSTORES"] | None = None
    shared_profile_value_resolving_method: (
        Literal["FromOrigin", "FromSharedProfile", "FromFirstFoundInHierarchy"] | None
    ) = None
    attribute_mapping: list[Mapping]
    properties: list[Property] = []
    profiles: dict[str, Any] | None = None

    def kept(self) -> dict[str, Any]:
        """As it is kept."""
        return self.model_dump(mode="json", exclude_none=True, exclude={"id", "uri", "dialect"})
