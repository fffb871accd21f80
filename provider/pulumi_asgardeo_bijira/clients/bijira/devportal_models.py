"""What API Manager's developer portal answers, of which the used properties must be as they are documented."""

import re
from collections.abc import Callable
from typing import Any, Self

from pydantic import Field, model_validator

from ...transport import ErrorBody
from ...transport.answers import Document, Items, Rows, Text
from ..documents import Whole
from .models import Api, Application, KeyManager, Mapping, Subscription
from .paging import Id

__all__ = (
    "ApiAnswer",
    "ApplicationAnswer",
    "ApplicationDocument",
    "IsNotFound",
    "KeyManagerList",
    "MadeMapping",
    "MappingList",
    "SubscriptionAnswer",
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


class ApplicationAnswer(Document):
    """An application, alone or in a list."""

    application_id: Id
    name: str
    description: Text = ""
    throttling_policy: Text = ""
    status: Text = ""

    def value(self) -> Application:
        """As the package knows it."""
        return Application(self.application_id, self.name, self.description, self.throttling_policy, self.status)


class ApplicationDocument(Whole):
    """An application that is written back whole."""

    application_id: Id
    name: str
    throttling_policy: str

    def changed(self, changes: dict[str, str]) -> dict[str, Any]:
        """What the server is told: everything that it takes, with these changes."""
        taken = ("name", "throttlingPolicy", "description", "tokenType", "groups", "attributes", "subscriptionScopes")
        document = self.whole()
        return {key: document[key] for key in (*taken, "visibility") if document.get(key) is not None} | changes


class KeyManagerRow(Document):
    """A key manager."""

    name: str = Field(min_length=1)
    id: Text = ""
    display_name: Text = ""
    enabled: bool | None = None
    token_endpoint: Text = ""
    revoke_endpoint: Text = ""
    available_grant_types: Rows[str] = []

    def value(self) -> KeyManager:
        """As the package knows it."""
        return KeyManager(
            id=self.id or self.name,
            name=self.name,
            display_name=self.display_name or self.name,
            enabled=self.enabled is not False,
            internal=self.name == _RESIDENT or self.name.startswith(_INTERNAL),
            token_endpoint=self.token_endpoint,
            revoke_endpoint=self.revoke_endpoint,
            grant_types=tuple(self.available_grant_types),
        )


class KeyManagerList(Document):
    """All key managers; they have no pages."""

    rows: Items[KeyManagerRow] = Field(alias="list")


class MappingRow(Document):
    """A mapping in a list. A row without one of these would be no mapping, and its own would count as gone."""

    key_mapping_id: Text
    consumer_key: Text
    key_manager: Text
    key_type: str

    def value(self) -> Mapping:
        """As the package knows it."""
        return Mapping(self.key_mapping_id, self.consumer_key, self.key_manager, self.key_type)


class MappingList(Document):
    """All mappings of an application; they have no pages."""

    rows: Items[MappingRow] = Field(alias="list")


class MadeMapping(Document):
    """What the server says of a mapping that it made. Its id may be left out, and is then in the list."""

    key_mapping_id: Text = ""
    consumer_key: str = Field(min_length=1)
    key_manager: Text = ""
    key_type: str


class ApiAnswer(Document):
    """A published API, alone or in a list."""

    id: Id
    name: str
    version: str

    def value(self) -> Api:
        """As the package knows it."""
        return Api(self.id, self.name, self.version)


class ApiInfo(Document):
    """An API as a subscription shows it."""

    id: Text = ""
    name: Text = ""
    version: Text = ""


class SubscriptionAnswer(Document):
    """A subscription, alone or in a list."""

    subscription_id: Id
    api_id: Text = ""
    api_info: ApiInfo | None = None
    throttling_policy: str
    requested_throttling_policy: Text = ""
    status: Text = ""

    @model_validator(mode="after")
    def _is_of_an_api(self) -> Self:
        if not self._info.id:
            raise ValueError("it names no API")
        return self

    @property
    def _info(self) -> ApiInfo:
        info = self.api_info or ApiInfo()
        return info if info.id else info.model_copy(update={"id": self.api_id})

    def value(self) -> Subscription:
        """As the package knows it. A plan that waits for approval counts as the plan: it was asked for last."""
        info, waits = self._info, self.status == "TIER_UPDATE_PENDING"
        return Subscription(
            id=self.subscription_id,
            api=Api(info.id, info.name, info.version),
            plan=(self.requested_throttling_policy if waits else "") or self.throttling_policy,
            status=self.status,
            plan_in_force=self.throttling_policy,
        )
