"""API resources, as Asgardeo is told and answers."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import unquote

from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    Field,
    PlainSerializer,
    SerializationInfo,
    model_validator,
)

from ...transport import Document, Items, Rows, Text
from ..documents import Whole, spelt
from .identifiers import Uuid

__all__ = (
    "ApiChanges",
    "ApiPage",
    "ApiResource",
    "ApiRow",
    "ApiSettings",
    "DetailsType",
    "Link",
    "ListedApi",
    "ListedScope",
    "Scope",
    "ScopeDescription",
)


Row = TypeVar("Row")


class ScopeDescription(Whole):
    """How people are shown a scope."""

    display_name: Text = ""
    description: Text = ""


class Scope(ScopeDescription):
    """A scope of an API. It is shown by its name where nothing else is said."""

    name: str
    id: Text = Field("", exclude=True)

    @model_validator(mode="before")
    @classmethod
    def _shown_by_its_name(cls, value: Any) -> Any:
        if isinstance(value, dict) and not value.get("displayName") and "name" in value:
            return {**value, "displayName": value["name"]}
        return value


def _as_text(value: Any) -> Any:
    return json.dumps(value, sort_keys=True, ensure_ascii=False) if isinstance(value, Mapping) else value


def _as_object(text: str, info: SerializationInfo) -> Any:
    return json.loads(text) if info.by_alias else text


class DetailsType(Whole):
    """A type of authorization details (RFC 9396) of an API."""

    type: str
    name: Text = ""
    description: Text = ""
    json_schema: Annotated[str, BeforeValidator(_as_text), PlainSerializer(_as_object, return_type=Any)] = spelt(
        "schema", "jsonSchema", default=...
    )
    id: Text = Field("", exclude=True)


_DetailsTypes = Annotated[
    Items[DetailsType] | None, AfterValidator(lambda types: sorted(types, key=lambda one: one.type) if types else types)
]
_Scopes = Annotated[Rows[Scope], AfterValidator(lambda scopes: sorted(scopes, key=lambda scope: scope.name))]


class ApiSettings(Whole):
    """What can be said of an API."""

    identifier: Text = ""
    name: str | None = None
    description: Text = ""
    requires_authorization: bool = True
    resource_type: str | None = spelt("resourceType", "resourceType", "type")
    scopes: _Scopes = []
    #: None where the server does not know of any.
    authorization_details_types: _DetailsTypes = None


class ApiChanges(ApiSettings):
    """What is to become of an API, the scopes that are new, and the types of authorization details."""

    added_scopes: list[Scope] = []
    added_authorization_details_types: list[DetailsType] = []
    removed_authorization_details_types: list[str] = []


class ApiRow(Document):
    """An API as the list shows it."""

    id: Uuid
    name: str
    identifier: Text = ""
    type: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is the organisation's and not the system's."""
        return self.type in (None, "BUSINESS", "MCP")


class ApiResource(ApiRow, ApiSettings):
    """An API with its scopes."""

    identifier: str
    name: str
    scopes: _Scopes


class ListedScope(Scope):
    """A scope in the list of them all; older servers do not say there whose it is."""

    api_id: str = Field(alias="apiID", exclude=True)


class ListedApi(Document):
    """An API as the lists of APIs and of scopes show it, which is not all of it."""

    id: Uuid
    name: str | None = None
    identifier: str | None = None
    requires_authorization: bool | None = None
    resource_type: str | None = Field(None, validation_alias="type")
    scopes: _Scopes = []


class Link(Document):
    """Where another page of a list is."""

    rel: Text = ""
    href: Text = ""

    @property
    def cursor(self) -> str:
        """Where in the list it leads, in a query whose `=` signs are not encoded."""
        parts = (part.partition("=") for part in self.href.partition("?")[2].split("&"))
        return next((unquote(value) for name, _, value in parts if name == "after"), "")


class ApiPage(Document, Generic[Row]):
    """A page of the list of APIs; builds differ in the spelling."""

    rows: Items[Row] = Field(validation_alias=AliasChoices("apiResources", "APIResources", "items"))
    links: Rows[Link] = []

    def following(self, at: str) -> str | None:
        """Where the link to the next page leads."""
        return next((link.cursor for link in self.links if link.rel == "next"), "") or None
