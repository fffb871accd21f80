"""What exists in one Bijira organisation."""

from __future__ import annotations

import re
import uuid
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from .behaviour import Behaviour

__all__ = (
    "CONNECTORS",
    "ENVIRONMENTS",
    "IMPORT_EXPORT",
    "PLANS",
    "RESIDENT",
    "SCOPES",
    "SUBSCRIPTIONLESS",
    "Application",
    "KeyManager",
    "KeyMapping",
    "Operation",
    "Organization",
    "PersonalToken",
    "PublishedApi",
    "Subscription",
    "new_id",
)

#: Whoever holds it moves applications: lists, exports and imports those of others, and acts for their owners.
IMPORT_EXPORT = "apim:app_import_export"
SCOPES = (
    "apim:subscribe",
    "apim:app_manage",
    "apim:sub_manage",
    IMPORT_EXPORT,
    "apim:admin",
    "apim:admin_operations",
)
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
#: The key manager of the platform itself.
RESIDENT = "Resident Key Manager"
#: Those for which a key manager can be selected for the portal.
ENVIRONMENTS = ("prod", "sandbox")
SUBSCRIPTIONLESS = "DefaultSubscriptionless"
PLANS = ("AsyncUnlimited", "Bronze", "Gold", "Silver", "Unlimited")


def new_id() -> str:
    """An id as the platform gives them."""
    return str(uuid.uuid4())


class KeyManager(BaseModel):
    """A key manager. Its `portal_environments` are those in which the developer portal offers it.

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
    portal_environments: list[str] = list(ENVIRONMENTS)
    not_operational_for: int = 0
    settings: dict[str, Any] = {}


class Operation(BaseModel):
    """A method and path of an API, and the scopes of which a caller needs one."""

    method: str
    path: str
    scopes: list[str] = []


class PublishedApi(BaseModel):
    """A published API. `not_found_for` counts the searches that do not see it yet, for the index lags behind."""

    id: str = Field(default_factory=new_id)
    name: str
    version: str
    context: str
    deployment_type: str = "PRODUCTION"
    operations: list[Operation] = []
    plans: list[str] = list(PLANS)
    not_found_for: int = 0

    @property
    def checks_subscriptions(self) -> bool:
        """Whether calls need one; an API that needs none has this plan alone."""
        return self.plans != [SUBSCRIPTIONLESS]

    @property
    def scopes(self) -> list[str]:
        """The scopes of its operations."""
        return sorted({scope for operation in self.operations for scope in operation.scopes})

    def is_like(self, other: PublishedApi) -> bool:
        """Whether both are the same API in the same major version."""
        mine, theirs = (re.split(r"\D+", one.version.lstrip("v"))[0] for one in (self, other))
        return (self.name, mine) == (other.name, theirs)


class KeyMapping(BaseModel):
    """A client id of an application under a key manager: mapped, or made here, and then its secret is known.

    A ghost is what a failed request left behind.
    """

    id: str = Field(default_factory=new_id)
    client_id: str
    key_manager: str
    key_type: str
    client_secret: str | None = None
    grant_types: list[str] = ["client_credentials"]
    callback_url: str | None = None
    additional_properties: dict[str, Any] = {}
    ghost: bool = False


class Application(BaseModel):
    """An application; `owner` is the subject of the token that made it."""

    id: str = Field(default_factory=new_id)
    name: str
    owner: str
    throttling_policy: str
    description: str = ""
    groups: list[str] = []
    attributes: dict[str, Any] = {}
    status: str = "APPROVED"
    mappings: dict[str, KeyMapping] = {}


class Subscription(BaseModel):
    """An application's subscription to an API."""

    id: str = Field(default_factory=new_id)
    application_id: str
    api_id: str
    plan: str
    requested_plan: str | None = None
    status: str = "UNBLOCKED"


class PersonalToken(BaseModel):
    """A token that a person made in the console, and what it may do."""

    token: str
    subject: str
    scopes: list[str]


class Organization(Behaviour):
    """One organisation, and how the server behaves towards it.

    `connectors`: the types that key managers can have, each with the settings that it needs.
    """

    model_config = ConfigDict(alias_generator=None, extra="ignore")

    uuid: str
    handle: str = "sandbox"
    management_scopes: list[str] = list(SCOPES)
    personal_tokens: list[PersonalToken] = []
    key_managers: dict[str, KeyManager] = {}
    apis: dict[str, PublishedApi] = {}
    applications: dict[str, Application] = {}
    subscriptions: dict[str, Subscription] = {}
    application_policies: list[str] = ["Unlimited", "10PerMin", "20PerMin", "50PerMin"]
    connectors: dict[str, list[str]] = CONNECTORS

    def key_manager(self, named: str) -> KeyManager | None:
        """The key manager with this name or id."""
        return next((one for one in self.key_managers.values() if named in (one.id, one.name)), None)

    def uses(self, key_manager: str) -> bool:
        """Whether a client is mapped under a key manager."""
        mappings = (mapping for application in self.applications.values() for mapping in application.mappings.values())
        return any(mapping.key_manager == key_manager for mapping in mappings)

    def mapping_of(self, client_id: str, key_manager: str) -> tuple[Application, KeyMapping] | None:
        """The application that a client is mapped to under a key manager."""
        found = (
            (application, mapping)
            for application in self.applications.values()
            for mapping in application.mappings.values()
            if (mapping.client_id, mapping.key_manager) == (client_id, key_manager)
        )
        return next(found, None)

    def trusting(self, issuer: str) -> KeyManager | None:
        """The key manager that answers for an issuer: of several the last one, for they overwrite one another."""
        found = [one for one in self.key_managers.values() if one.enabled and one.issuer == issuer]
        return found[-1] if found else None

    def subscription_of(self, application: Application, api: PublishedApi) -> Subscription | None:
        """An application's subscription to an API, else the one to another minor version of it."""
        own = [one for one in self.subscriptions.values() if one.application_id == application.id]
        exact = (one for one in own if one.api_id == api.id)
        return next(exact, None) or next((one for one in own if self.apis[one.api_id].is_like(api)), None)

    def scopes_of(self, application: Application) -> list[str]:
        """The scopes of the APIs that an application is subscribed to."""
        subscribed = (
            self.apis[one.api_id] for one in self.subscriptions.values() if one.application_id == application.id
        )
        return sorted({scope for api in subscribed for scope in api.scopes})

    def generated(self, client_id: str) -> tuple[Application, KeyMapping] | None:
        """The application that a client was made for here."""
        found = (self.mapping_of(client_id, manager) for manager in self.key_managers)
        return next((one for one in found if one and one[1].client_secret is not None), None)

    def forget_application(self, id: str) -> None:
        """Delete an application with its subscriptions."""
        del self.applications[id]
        self.subscriptions = {key: one for key, one in self.subscriptions.items() if one.application_id != id}
