"""What exists in the API Portal: a server's settings, and for each organisation what belongs to it."""

from __future__ import annotations

import re
import secrets
import uuid
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, Field

__all__ = (
    "API_STATES",
    "NOBODY",
    "ROLES",
    "SCOPES",
    "Api",
    "ApiKey",
    "Application",
    "KeyManager",
    "KeyMapping",
    "Label",
    "Plan",
    "Portal",
    "PortalServer",
    "Subscription",
    "View",
    "WebhookSubscriber",
    "iso_now",
    "iso_time",
    "seeded_plans",
    "slug",
    "sql_now",
)

#: What the scopes are of: what everybody manages for himself, what is there for everybody, and what only admins see.
_OWN = ("application", "application_key", "application_key_mapping", "subscription", "api_key", "mcp_server_key")
_PUBLISHED = (
    *("api", "api_content", "mcp_server", "mcp_server_content", "api_workflow", "subscription_plan"),
    *("organization", "organization_content", "view", "label"),
)
_INTERNAL = ("key_manager", "webhook_subscriber")
SCOPES = tuple(
    f"dp:{thing}:{verb}"
    for thing in (*_OWN, *_PUBLISHED, *_INTERNAL)
    for verb in ("create", "read", "update", "delete", "revoke", "manage")
)
_ADMIN = frozenset(
    (
        *(f"dp:{thing}:manage" for thing in (*_OWN, *_PUBLISHED, *_INTERNAL)),
        "dp:application_key:revoke",
        "dp:key_manager:read",
        "dp:event:read",
    )
)
_SUBSCRIBER = frozenset(
    (
        *(f"dp:{thing}:manage" for thing in _OWN),
        *(f"dp:{thing}:read" for thing in _PUBLISHED),
        "dp:application_key:revoke",
    )
)
#: The scopes that a role stands for, where the server goes by roles.
ROLES = {"ap_admin": _ADMIN, "dp_admin": _ADMIN, "ap_subscriber": _SUBSCRIBER, "dp_subscriber": _SUBSCRIBER}
#: In which an API is offered.
API_STATES = ("PUBLISHED", "DEPRECATED")
#: Who made what nobody signed in made.
NOBODY = "deleted_user"


def iso_now() -> str:
    """The time as most objects carry it."""
    return iso_time(datetime.now(UTC))


def iso_time(time: datetime) -> str:
    """A time in milliseconds."""
    return f"{time:%Y-%m-%dT%H:%M:%S}.{time.microsecond // 1000:03}Z"


def sql_now() -> str:
    """The time as an application carries it until it is changed."""
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"


def slug(name: str) -> str:
    """The handle that the portal makes of a name; empty where nothing of it is left."""
    return re.sub(r"[^a-z0-9]+", "-", name.strip().lower()).strip("-")


class _Owned(BaseModel):
    """Who made it and when."""

    created_by: str = NOBODY
    updated_by: str = NOBODY
    created_at: str = Field(default_factory=iso_now)
    updated_at: str = Field(default_factory=iso_now)

    def audit(self) -> dict[str, str]:
        """Who made and changed it and when, as it is shown."""
        return {
            "createdBy": self.created_by,
            "updatedBy": self.updated_by,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
        }

    def touch(self, by: str) -> None:
        """It was changed."""
        self.updated_by, self.updated_at = by, iso_now()


class KeyManager(_Owned):
    """A key manager: a name and a token endpoint, under an id that can be changed."""

    uid: str
    id: str
    display_name: str
    token_endpoint: str
    enabled: bool = True


class KeyMapping(BaseModel):
    """A client id mapped to an application; at most one for each key manager and type."""

    id: str
    client_id: str
    key_manager: str
    type: str


class Application(_Owned):
    """An application; `owner` is the subject of the token that made it, and nobody else sees it."""

    id: str
    owner: str
    display_name: str
    description: str | None = ""
    mappings: dict[str, KeyMapping] = {}


class Plan(_Owned):
    """A subscription plan."""

    id: str
    display_name: str
    description: str | None = None
    ref_id: str | None = None
    limits: list[dict[str, Any]] = []


class View(_Owned):
    """A view: it shows the APIs that have one of its labels."""

    display_name: str
    labels: list[str] = []
    created_at: str = Field(default_factory=sql_now)
    updated_at: str = Field(default_factory=sql_now)


class Label(BaseModel):
    """A label, which an API must be given before a view shows it."""

    display_name: str


class Api(_Owned):
    """A published API. Without plans it takes no subscriptions and needs none. What is searched is its metadata as it
    was sent."""

    id: str
    name: str
    version: str
    description: str | None = None
    type: str = "RestApi"
    status: str = "PUBLISHED"
    agent_visibility: str = "VISIBLE"
    tags: list[str] = []
    labels: list[str] = ["default"]
    end_points: dict[str, Any] = {}
    plans: list[str] = []
    ref_id: str | None = None
    owners: dict[str, str | None] = {}
    searched: str = ""

    @property
    def is_published(self) -> bool:
        """Whether it is offered; one in no state is kept, and no more."""
        return self.status in API_STATES


class ApiKey(_Owned):
    """A key of an API; its secret is shown and not kept. It may be an application's."""

    id: str
    api_id: str
    display_name: str
    expires_at: str | None = None
    revoked_at: str | None = None
    application: str | None = None


class WebhookSubscriber(_Owned):
    """Somebody who asks to be told of events, under the id that it is kept by."""

    display_name: str
    target_url: str
    events: list[str] = []
    enabled: bool = True
    timeout_ms: int = 5000
    has_secret: bool = False
    created_at: str = Field(default_factory=sql_now)
    updated_at: str = Field(default_factory=sql_now)


class Subscription(_Owned):
    """A user's subscription to an API, whose token the gateway asks for."""

    id: str
    owner: str
    api_id: str
    plan: str | None
    token: str = Field(default_factory=lambda: secrets.token_hex(32))
    status: str = "ACTIVE"


_SEEDED = (
    ("AsyncUnlimited", "Allows unlimited requests for Async APIs", "EVENT_COUNT", None, -1),
    ("Bronze", "Allows 1000 requests per minute", "REQUEST_COUNT", "MINUTE", 1000),
    ("Gold", "Allows 5000 requests per minute", "REQUEST_COUNT", "MINUTE", 5000),
    ("Silver", "Allows 2000 requests per minute", "REQUEST_COUNT", "MINUTE", 2000),
    ("Unlimited", "Allows unlimited requests", "REQUEST_COUNT", None, -1),
)


def seeded_plans() -> dict[str, Plan]:
    """The plans that every organisation begins with."""
    return {
        name: Plan(
            id=name,
            display_name=name,
            description=text,
            limits=[{"limitType": kind, "timeUnit": unit, "timeAmount": 1, "limitCount": count}],
        )
        for name, text, kind, unit, count in _SEEDED
    }


class Portal(_Owned):
    """One organisation's part of the portal.

    `roles` and `management_scopes` are what the token service gives the management client. `given_ids` are taken
    before an id is made up, so that a recording can be played back with the ids that it holds.
    """

    uuid: str
    handle: str
    display_name: str
    contacts: dict[str, str | None] = {}
    configuration: dict[str, Any] = {}
    roles: list[str] = ["ap_admin"]
    management_scopes: list[str] = list(SCOPES)
    key_managers: dict[str, KeyManager] = {}
    applications: dict[str, Application] = {}
    apis: dict[str, Api] = {}
    api_keys: dict[str, ApiKey] = {}
    webhook_subscribers: dict[str, WebhookSubscriber] = {}
    plans: dict[str, Plan] = Field(default_factory=seeded_plans)
    subscriptions: dict[str, Subscription] = {}
    views: dict[str, View] = Field(
        default_factory=lambda: {"default": View(display_name="default", labels=["default"])}
    )
    labels: dict[str, Label] = Field(default_factory=lambda: {"default": Label(display_name="default")})
    created_at: str = Field(default_factory=sql_now)
    updated_at: str = Field(default_factory=sql_now)
    given_ids: list[str] = Field(default=[], exclude=True)

    @property
    def is_somewhere(self) -> bool:
        """Whether a token named the organisation; one that names none sees empty lists."""
        return bool(self.uuid)

    def new_id(self) -> str:
        """An id for a new object."""
        return self.given_ids.pop(0) if self.given_ids else str(uuid.uuid4())

    def key_manager(self, id: str) -> KeyManager | None:
        """The key manager with this id."""
        return next((one for one in self.key_managers.values() if one.id == id), None)

    def trusts(self, issuer: object) -> bool:
        """Whether an enabled key manager fetches its tokens from this issuer."""
        return any(one.enabled and one.token_endpoint == issuer for one in self.key_managers.values())

    def types_of(self, client_id: str, issuer: object) -> set[str]:
        """The types under which a client of this issuer is mapped to any application."""
        managers = {one.uid for one in self.key_managers.values() if one.token_endpoint == issuer}
        return {
            mapping.type
            for application in self.applications.values()
            for mapping in application.mappings.values()
            if mapping.client_id == client_id and mapping.key_manager in managers
        }


class PortalServer(BaseModel):
    """The server. It goes by the roles of its own sign-in, or by the scopes of an identity provider's tokens.

    `audience` is what an identity provider's token must be meant for, where that is looked at; `token_seconds` is how
    long a key manager's token endpoint is waited for.
    """

    by_scopes: bool = False
    audience: str | None = None
    token_seconds: float = 5.0
    organizations: dict[str, Portal] = {}
