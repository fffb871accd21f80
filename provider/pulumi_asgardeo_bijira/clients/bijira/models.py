"""What the back ends of Bijira deal in. Each says in models of its own what a server calls these properties."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from ...transport import Document, Rows, Text
from ..documents import Whole, if_null

__all__ = (
    "Api",
    "Application",
    "ApplicationAttribute",
    "ApplicationChanges",
    "Id",
    "KeyManager",
    "KeyManagerEndpoints",
    "KeyManagerSettings",
    "KeyMapping",
    "ManagedKeyManager",
    "NewApplication",
    "OfferedApi",
    "SubscribedApi",
    "Subscription",
)

#: The plans of an API that checks no subscriptions.
_UNCHECKED = frozenset({"DefaultSubscriptionless", "AsyncDefaultSubscriptionless"})
#: An id that something can be addressed by.
Id = Annotated[str, StringConstraints(min_length=1, max_length=1024)]


class KeyManager(Document):
    """A key manager as the developer portal lists it."""

    id: Text
    name: str
    display_name: Text = ""
    enabled: Annotated[bool, if_null(True)] = True
    token_endpoint: Text = ""
    revoke_endpoint: Text = ""
    available_grant_types: Rows[str] = []

    @classmethod
    def unseen(cls, id: str, name: str | None = None) -> "KeyManager":
        """One that is known by its id and name alone, which is enough to map a client under it."""
        return KeyManager.model_validate({"id": id, "name": name or id})

    @property
    def is_internal(self) -> bool:
        """Whether it is the platform's own."""
        return False

    def is_called(self, name: str) -> bool:
        """Whether this is its id, its name or its display name."""
        return name in (self.id, self.name, self.display_name)


class Application(Document):
    """An application of the developer portal."""

    id: Id
    name: str
    description: Text = ""
    throttling_policy: Text = ""
    attributes: Annotated[dict[str, Text], if_null({})] = {}
    groups: Rows[str] = []
    status: Text = ""
    #: None where the platform does not tell. Newer ones leave out those to APIs that check none.
    subscription_count: int | None = None

    @property
    def is_approved(self) -> bool:
        """Whether it can be used; false while somebody has to approve it."""
        return self.status in ("", "APPROVED")


class NewApplication(Whole):
    """What an application is made with."""

    name: str
    description: str = ""
    throttling_policy: str = "Unlimited"
    attributes: dict[str, str] = {}
    groups: list[str] = []


class ApplicationChanges(Whole):
    """What can be changed of an application."""

    name: str | None = None
    description: str | None = None
    throttling_policy: str | None = None
    attributes: dict[str, str] | None = None
    groups: list[str] | None = None


class ApplicationAttribute(Document):
    """An attribute that applications can have."""

    name: str = Field(alias="attribute")
    #: Servers write it as a text.
    required: Annotated[bool, BeforeValidator(lambda value: {"true": True, "false": False}.get(str(value), value))] = (
        False
    )


class KeyMapping(Document):
    """A client id that stands for an application. `key_manager` is an id or a name, as the server pleases."""

    id: Text
    client_id: Text
    key_manager: Text
    key_type: str
    token_endpoint: Text = ""

    def is_at(self, key_manager: KeyManager, key_type: str) -> bool:
        """Whether it lies under this key manager and key type."""
        return self.key_type == key_type and key_manager.is_called(self.key_manager)


class SubscribedApi(Document):
    """An API as a subscription shows it."""

    id: Id
    name: Text = ""
    version: Text = ""


class Api(SubscribedApi):
    """A published API."""

    name: str
    version: str


class OfferedApi(Api):
    """A published API with the plans that one can subscribe with; none where it does not say."""

    plans: list[str] = []


class Subscription(Document):
    """An application's subscription to an API."""

    id: Id
    application_id: Text = ""
    api: SubscribedApi
    plan_in_force: str
    requested_plan: Text = ""
    status: Text = ""

    @property
    def plan(self) -> str:
        """The one that was asked for last, also while it waits for approval."""
        return (self.requested_plan if self.plan_is_pending else "") or self.plan_in_force

    @property
    def is_pending(self) -> bool:
        """Whether somebody has to approve it, or a change of its plan."""
        return self.is_new or self.plan_is_pending

    @property
    def is_new(self) -> bool:
        """Whether somebody has to approve it before it can be used."""
        return self.status == "ON_HOLD"

    @property
    def is_checked(self) -> bool:
        """Whether calls of the API depend on it."""
        return self.plan_in_force not in _UNCHECKED

    @property
    def plan_is_pending(self) -> bool:
        """Whether somebody has to approve its plan, and the former one holds until then."""
        return self.status == "TIER_UPDATE_PENDING"


class KeyManagerEndpoints(Document):
    """Where an identity provider is reached."""

    issuer: str | None = None
    token_endpoint: str | None = None
    authorize_endpoint: str | None = None
    revoke_endpoint: str | None = None
    jwks_endpoint: str | None = None


class KeyManagerSettings(Whole):
    """What can be said of a key manager. A back end shows nothing of what it does not keep.

    The connector's settings are never shown; one that is None is removed.
    """

    name: str | None = None
    display_name: str | None = None
    description: str | None = None
    enabled: bool | None = None
    type: str | None = None
    consumer_key_claim: str | None = None
    scopes_claim: str | None = None
    available_grant_types: list[str] | None = None
    provisioned_app_validation: bool | None = None
    endpoints: KeyManagerEndpoints = Field(default_factory=KeyManagerEndpoints)
    connector: dict[str, str | None] | None = Field(default=None, repr=False)


class ManagedKeyManager(KeyManagerSettings):
    """A key manager as an administrator sees it."""

    id: Id
    name: str
