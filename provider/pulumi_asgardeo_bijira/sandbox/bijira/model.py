"""What exists in one Bijira organisation."""

from __future__ import annotations

import uuid
from typing import Any

from pydantic import BaseModel, Field

__all__ = (
    "CONNECTORS",
    "PLANS",
    "SCOPES",
    "Application",
    "KeyManager",
    "KeyMapping",
    "Operation",
    "Organization",
    "PublishedApi",
    "Subscription",
    "new_id",
)

SCOPES = ("apim:subscribe", "apim:app_manage", "apim:sub_manage", "apim:admin", "apim:admin_operations")
_ASGARDEO = [
    "APIM_GLOBAL_SCOPES",
    "asgardeo_api_resource_management_endpoint",
    "asgardeo_roles_endpoint",
    "mgmt_client_id",
    "mgmt_client_secret",
    "org_name",
]
CONNECTORS = {
    "Asgardeo": _ASGARDEO,
    "WSO2-IS": ["Username", "Password"],
    "WSO2-IS-7": ["Username", "Password", "api_resource_management_endpoint", "is7_roles_endpoint"],
}
PLANS = ("AsyncUnlimited", "Bronze", "Gold", "Silver", "Unlimited")


def new_id() -> str:
    """An id as the platform gives them."""
    return str(uuid.uuid4())


class KeyManager(BaseModel):
    """A key manager. One without an issuer here trusts the platform's own tokens only.

    `not_operational_for` counts the mappings that are still refused because the server has not loaded it yet.
    `verifies_secrets`: whether a client is looked up and its secret compared when it is mapped. `settings` has whatever
    else an administrator wrote, in the wire's spelling.
    """

    id: str = Field(default_factory=new_id)
    name: str
    type: str = "Asgardeo"
    issuer: str | None = None
    token_endpoint: str = ""
    revoke_endpoint: str = ""
    enabled: bool = True
    token_type: str = "EXTERNAL"  # noqa: S105 - a kind of token
    grant_types: list[str] = []
    consumer_key_claim: str = "azp"
    scopes_claim: str = "scope"
    verifies_secrets: bool = False
    not_operational_for: int = 0
    settings: dict[str, Any] = {}


class Operation(BaseModel):
    """A method and path of an API, and the scopes of which a caller needs one."""

    method: str
    path: str
    scopes: list[str] = []


class PublishedApi(BaseModel):
    """A published API."""

    id: str = Field(default_factory=new_id)
    name: str
    version: str
    context: str
    deployment_type: str = "PRODUCTION"
    operations: list[Operation] = []
    plans: list[str] = list(PLANS)


class KeyMapping(BaseModel):
    """A client id that stands for an application under a key manager."""

    id: str = Field(default_factory=new_id)
    client_id: str
    key_manager: str
    key_type: str


class Application(BaseModel):
    """An application; `owner` is the subject of the token that made it."""

    id: str = Field(default_factory=new_id)
    name: str
    owner: str
    throttling_policy: str
    description: str = ""
    groups: list[str] = []
    attributes: dict[str, Any] = {}
    subscription_scopes: list[Any] = []
    status: str = "APPROVED"
    mappings: dict[str, KeyMapping] = {}


class Subscription(BaseModel):
    """An application's subscription to an API."""

    id: str = Field(default_factory=new_id)
    application_id: str
    api_id: str
    plan: str
    status: str = "UNBLOCKED"


class Organization(BaseModel):
    """One organisation. The switches make it behave as older servers and stricter set-ups do.

    `lists_oauth_keys` and `deletes_oauth_keys`: whether these addresses are there; before, `keys` and `clean-up` were.
    `approves_applications`, `approves_subscriptions`: whether new ones wait for somebody. `verifies_secrets`: whether a
    client is looked up and its secret compared when it is mapped, under whatever key manager.
    `loads_key_managers_after`: how many mappings are refused under a key manager that was just made. `connectors`: the
    types that key managers can have, each with the settings that it needs.
    """

    uuid: str
    handle: str = "sandbox"
    management_scopes: list[str] = list(SCOPES)
    key_managers: dict[str, KeyManager] = {}
    apis: dict[str, PublishedApi] = {}
    applications: dict[str, Application] = {}
    subscriptions: dict[str, Subscription] = {}
    application_policies: list[str] = ["Unlimited", "10PerMin", "20PerMin", "50PerMin"]
    lists_oauth_keys: bool = True
    deletes_oauth_keys: bool = True
    approves_applications: bool = False
    approves_subscriptions: bool = False
    verifies_secrets: bool = False
    loads_key_managers_after: int = 0
    connectors: dict[str, list[str]] = CONNECTORS

    def key_manager(self, named: str) -> KeyManager | None:
        """The key manager with this name or id."""
        return next((one for one in self.key_managers.values() if named in (one.id, one.name)), None)

    def uses(self, key_manager: str) -> bool:
        """Whether a client is mapped under a key manager."""
        mappings = (mapping for application in self.applications.values() for mapping in application.mappings.values())
        return any(mapping.key_manager == key_manager for mapping in mappings)

    def mapping_of(self, client_id: str, key_manager: str) -> tuple[Application, KeyMapping] | None:
        """Which application a client stands for under a key manager."""
        found = (
            (application, mapping)
            for application in self.applications.values()
            for mapping in application.mappings.values()
            if (mapping.client_id, mapping.key_manager) == (client_id, key_manager)
        )
        return next(found, None)

    def forget_application(self, id: str) -> None:
        """Delete an application with its subscriptions."""
        del self.applications[id]
        self.subscriptions = {key: one for key, one in self.subscriptions.items() if one.application_id != id}
