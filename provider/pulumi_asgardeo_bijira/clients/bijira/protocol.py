"""What every back end of Bijira can do, what one can and another cannot, and what people are told of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from ...transport import ApiProblem, Connection, InvalidInput, TokenSource
from .models import (
    Api,
    Application,
    ApplicationAttribute,
    ApplicationChanges,
    KeyManager,
    KeyManagerSettings,
    KeyMapping,
    ManagedKeyManager,
    NewApplication,
    OfferedApi,
    Subscription,
)

__all__ = ("Bijira", "Capabilities", "Guidance", "KeyManagerAdmin", "Scopes", "still_mapped")


@dataclass(frozen=True)
class Capabilities:
    """What one back end can do and another cannot."""

    #: A subscription belongs to an application.
    ties_subscriptions: bool = True
    #: A mapping can be read back.
    reads_mappings: bool = True
    #: A mapping of another client is replaced by a new one.
    replaces_mappings: bool = False
    #: Applications have attributes, and groups that share them.
    has_attributes: bool = True
    #: Applications have a throttling policy.
    has_policies: bool = True
    #: A client's secret can be sent along with its id.
    takes_secrets: bool = True
    #: The characters that an application's name cannot have.
    not_in_names: str = "~!@#;%^*+={}|\\<>\"'/,"
    #: A user's applications have different names.
    unique_names: bool = True
    #: Whoever may map a client may also list the key managers.
    lists_key_managers_to_all: bool = True


@dataclass(frozen=True)
class Guidance:
    """What to tell somebody who has no key manager there, or waits for somebody."""

    #: What the platform is called.
    platform: str
    #: What to look at where the list is empty, for it should not be.
    if_none: str
    #: How to have one more, or to have one listed that is there.
    to_add: str
    #: How to enable one.
    to_enable: str
    #: Who approves a subscription or its plan, and where.
    to_approve: str = ""


@dataclass(frozen=True)
class Scopes:
    """The scopes that one back end wants of a token, by what is done with it."""

    applications: str
    mappings: str
    unmapping: str
    #: Empty where no subscription is an application's.
    subscriptions: str
    #: To list the key managers.
    key_managers: str
    #: To search for published APIs.
    apis: str
    #: To make key managers.
    administration: str
    #: What an administrator's token is asked for.
    of_administrator: tuple[str, ...]
    #: Whether a server may go by roles instead.
    are_optional: bool = False
    #: What serves as well as another.
    instead: Mapping[str, str] = field(default_factory=dict)

    @property
    def of_clients(self) -> tuple[str, ...]:
        """All that a client can take, whatever is declared of it."""
        found = (self.applications, self.mappings, self.unmapping, self.subscriptions, self.key_managers, self.apis)
        return tuple(dict.fromkeys(filter(None, found)))


class KeyManagerAdmin(Protocol):
    """Key managers as an administrator makes them."""

    connection: Connection

    #: The settings that key managers do not have there; those of `endpoints` as `endpoints.issuer`.
    lacks: frozenset[str]
    #: Whether `all` has the disabled ones too.
    lists_disabled: bool

    def wrong_name(self, name: str) -> InvalidInput | None:
        """Why a key manager cannot have this name there; None where it can. No request."""

    def validate(self, settings: KeyManagerSettings) -> None:
        """Refuse what a creation with these settings could not carry out. No request."""

    def create(self, settings: KeyManagerSettings) -> ManagedKeyManager:
        """Make a key manager; what the settings leave out is what an Asgardeo organisation needs."""

    def get(self, id: str) -> ManagedKeyManager | None:
        """A key manager."""

    def find(self, name: str) -> ManagedKeyManager | None:
        """The key manager of exactly this name."""

    def all(self) -> list[ManagedKeyManager]:
        """All of them but the platform's own, by id and name."""

    def change(self, id: str, settings: KeyManagerSettings) -> ManagedKeyManager:
        """Change what is set and leave everything else as it is."""

    def delete(self, id: str) -> None:
        """Delete a key manager; an error where clients are still mapped under it."""


def still_mapped(platform: str, id: str, refusal: ApiProblem) -> InvalidInput:
    """The line for a key manager that cannot go yet."""
    said = f"{refusal.status} {refusal.code}".strip()
    return InvalidInput(
        f"cannot be deleted ({said}), nor replaced, as long as client ids are mapped under it",
        subject=f"{platform}: the key manager {id}",
        action="Remove its clients first: the BijiraApplicationClient resources that use it, and what others have "
        "mapped in the portal",
    )


class Bijira(Protocol):
    """What a back end does. An object that is not there is None when it is read and no failure when it is deleted."""

    can: ClassVar[Capabilities]
    scopes: ClassVar[Scopes]
    tokens: TokenSource
    guidance: Guidance

    @property
    def key_manager_admin(self) -> KeyManagerAdmin | None:
        """Makes and changes key managers; None where no API does."""

    def key_managers(self) -> list[KeyManager]:
        """All key managers that the developer portal offers."""

    def has_key_manager(self, id: str) -> bool:
        """Whether there is a key manager of this id, enabled or not."""

    def create_application(self, wanted: NewApplication) -> Application:
        """Make an application."""

    def application(self, id: str) -> Application | None:
        """An application."""

    def applications(self) -> list[Application]:
        """All applications that the token's user has."""

    def listed_applications(self) -> Iterator[Mapping[str, Application]]:
        """The same page by page, by their ids, each page asked for when it is wanted."""

    def find_application(self, name: str) -> Application | None:
        """The application of exactly this name."""

    def find_made_application(self, name: str) -> Application | None:
        """What lies under the unique key that a creation with this name has; its name may be another by now."""

    def change_application(self, id: str, changes: ApplicationChanges) -> Application:
        """Change what is set of an application, and return it; everything else about it stays."""

    def delete_application(self, id: str) -> None:
        """Delete an application with its mappings and subscriptions."""

    def map_client(
        self, application_id: str, key_manager: KeyManager, key_type: str, client_id: str, secret: str | None
    ) -> KeyMapping | None:
        """Let a client id stand for the application. None where the server says nothing about what it made."""

    def mappings(self, application_id: str) -> list[KeyMapping]:
        """The application's mappings."""

    def unmap(self, application_id: str, mapping_id: str) -> None:
        """Remove a mapping."""

    def subscribe(self, application_id: str, api_id: str, plan: str) -> Subscription:
        """Subscribe an application to an API."""

    def subscriptions(self, application_id: str) -> list[Subscription]:
        """The application's subscriptions."""

    def listed_subscriptions(self, api_id: str) -> Iterator[Mapping[str, Subscription]]:
        """The subscriptions to an API of all applications that the token's user has, page by page, by the ids of the
        applications."""

    def change_plan(self, subscription_id: str, application_id: str, api_id: str, plan: str) -> Subscription:
        """Change a subscription's plan and return the subscription as it then is."""

    def unsubscribe(self, subscription_id: str) -> None:
        """End a subscription."""

    def find_api(self, name: str, version: str) -> Api | None:
        """The published API of exactly this name and version."""

    def search_apis(self, name: str) -> list[Api]:
        """Published APIs whose name is like this one."""

    def offered_api(self, id: str) -> OfferedApi | None:
        """A published API with its plans, to say what there is where one was refused."""

    def throttling_policies(self) -> list[str]:
        """The throttling policies that an application can have."""

    def application_attributes(self) -> list[ApplicationAttribute]:
        """The attributes that an application can have, and those that it must have."""
