"""What API Manager's developer portal answers, of which the used properties must be as they are documented."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from ....transport import Document, ErrorBody, Items, Text
from ...documents import Whole
from ..models import (
    Application,
    ApplicationAttribute,
    Id,
    KeyManager,
    KeyMapping,
    OfferedApi,
    SubscribedApi,
    Subscription,
)

__all__ = (
    "AttributeList",
    "DevPortalApi",
    "DevPortalApplication",
    "DevPortalSubscription",
    "IsNotFound",
    "KeyManagerList",
    "MadeMapping",
    "MappingList",
    "NamedPolicy",
    "WholeApplication",
    "Workflow",
    "missing",
)

IsNotFound = Callable[[ErrorBody], bool]

_INTERNAL = ("_internal_key_manager", "_appdev_sts_key_manager_")
_RESIDENT = "Resident Key Manager"
#: What the server calls a kind of object that is not there, and the codes that some versions have for it.
_WORDS = {
    "application": {"900306", "900307"},
    "API": {"900301", "900308"},
    "subscription": {"900310"},
    "application consumer key": {"900331"},
    "key manager": {"901411"},
}


def missing(*kinds: str) -> IsNotFound:
    """Whether a 404 says that there is no such object, of one of these kinds. An address that the server has not got,
    and one where something else answers, say something else."""
    codes = {code for kind in kinds for code in _WORDS[kind]}
    names = "|".join(re.escape(kind) for kind in kinds)
    text = re.compile(rf"Requested '?(?:{names})'?(?: with Id\b.*)? not found\b", re.IGNORECASE | re.DOTALL)

    def is_missing(refusal: ErrorBody) -> bool:
        return refusal.status == 404 and (refusal.code in codes or text.match(refusal.text) is not None)

    return is_missing


class Workflow(Document):
    """A request that waits for approval, whose object is not shown."""

    workflow_status: str


class DevPortalApplication(Application):
    """An application, alone or in a list."""

    id: Id = Field(alias="applicationId")

    @classmethod
    def read_of(cls, document: Mapping[str, Any]) -> dict[str, Any]:
        """Its mappings are read by themselves, and what its subscriptions bring along follows from them."""
        followed = {key: document[key] for key in ("keys", "subscriptionScopes") if key in document}
        return super().read_of(document) | followed


class WholeApplication(Whole):
    """An application that is written back whole."""

    id: Id = Field(alias="applicationId")
    name: str
    throttling_policy: str

    def taken(self) -> dict[str, Any]:
        """Of all that the server shows what it takes back."""
        names = ("name", "throttlingPolicy", "description", "tokenType", "groups", "attributes", "subscriptionScopes")
        document = self.whole()
        return {key: document[key] for key in (*names, "visibility") if document.get(key) is not None}


class DevPortalKeyManager(KeyManager):
    """A key manager. Older servers show some without an id, or without a name for people."""

    name: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _called_by_its_name(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "name" not in value:
            return value
        return value | {key: value["name"] for key in ("id", "displayName") if value.get(key) in (None, "")}

    @property
    def is_internal(self) -> bool:
        """Whether it is the platform's own."""
        return self.name == _RESIDENT or self.name.startswith(_INTERNAL)


class KeyManagerList(Document):
    """All key managers; they have no pages."""

    rows: Items[DevPortalKeyManager] = Field(alias="list")


class DevPortalMapping(KeyMapping):
    """A mapping in a list. A row without one of these would be no mapping, and its own would count as gone."""

    id: Text = Field(alias="keyMappingId")
    client_id: Text = Field(alias="consumerKey")


class MappingList(Document):
    """All mappings of an application; they have no pages."""

    rows: Items[DevPortalMapping] = Field(alias="list")


class MadeMapping(DevPortalMapping):
    """What the server says of a mapping that it made. Its id may be left out, and is then in the list."""

    id: Text = Field("", alias="keyMappingId")
    client_id: str = Field(min_length=1, alias="consumerKey")
    key_manager: Text = ""


def _names(rows: Any) -> Any:
    """Newer servers say more of a plan than its name."""
    found = [row.get("tierName") if isinstance(row, dict) else row for row in rows] if isinstance(rows, list) else []
    return [name for name in found if isinstance(name, str)]


class DevPortalApi(OfferedApi):
    """A published API by itself."""

    plans: Annotated[list[str], BeforeValidator(_names)] = Field([], alias="tiers")


class AttributeList(Document):
    """All attributes that the server defines."""

    rows: Items[ApplicationAttribute] = Field(alias="list")


class NamedPolicy(Document):
    """A throttling policy in a list."""

    name: str


class DevPortalSubscription(Subscription):
    """A subscription, alone or in a list."""

    id: Id = Field(alias="subscriptionId")
    api: SubscribedApi = Field(alias="apiInfo")
    plan_in_force: str = Field(alias="throttlingPolicy")
    requested_plan: Text = Field("", alias="requestedThrottlingPolicy")

    @model_validator(mode="before")
    @classmethod
    def _names_its_api(cls, value: Any) -> Any:
        """The id stands in either of two places."""
        if not isinstance(value, dict):
            return value
        info = {} if value.get("apiInfo") is None else value["apiInfo"]
        if isinstance(info, dict) and info.get("id") in (None, ""):
            info = {**info, "id": value.get("apiId")}
        return {**value, "apiInfo": info}
