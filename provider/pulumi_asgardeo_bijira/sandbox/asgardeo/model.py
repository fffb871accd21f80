"""What exists in one Asgardeo organisation."""

from __future__ import annotations

import uuid
from typing import Any, Literal

from pydantic import BaseModel, Field

__all__ = (
    "MANAGEMENT_CLIENT",
    "MANAGEMENT_SCOPES",
    "MANAGEMENT_SECRET",
    "ApiResource",
    "Application",
    "AuthorizedApi",
    "IssuedToken",
    "Oidc",
    "Scope",
    "Tenant",
    "User",
    "new_id",
)

MANAGEMENT_CLIENT = "sandbox-management"
MANAGEMENT_SECRET = "sandbox-secret"  # noqa: S105 - published, and worth nothing outside of a sandbox

MANAGEMENT_SCOPES = (
    *(f"internal_api_resource_{verb}" for verb in ("create", "view", "update", "delete")),
    *(f"internal_application_mgt_{verb}" for verb in ("create", "view", "update", "delete")),
    "internal_application_mgt_client_secret_create",
    "internal_application_mgt_client_secret_view",
    "internal_application_business_api_update",
    "internal_application_internal_api_update",
    "internal_application_script_update",
    *(f"internal_role_mgt_{verb}" for verb in ("create", "view", "update", "delete")),
    *(f"internal_role_mgt_{part}_update" for part in ("permissions", "users", "groups")),
    *(f"internal_dcr_{verb}" for verb in ("create", "view", "update", "delete")),
    "internal_organization_view",
    "internal_oidc_scope_mgt_view",
    "internal_claim_meta_view",
    *(f"internal_org_application_mgt_{verb}" for verb in ("create", "view", "update", "delete")),
    "internal_org_application_mgt_client_secret_create",
    "internal_org_application_mgt_client_secret_view",
    "internal_org_application_business_api_update",
    "internal_org_application_internal_api_update",
    "internal_org_application_script_update",
    "internal_org_api_resource_view",
)


def new_id() -> str:
    """An id as the platform gives them."""
    return str(uuid.uuid4())


class Scope(BaseModel):
    """A permission of an API resource."""

    id: str = Field(default_factory=new_id)
    name: str
    display_name: str
    description: str | None = None


class ApiResource(BaseModel):
    """An API resource. `number` is its place in the order of creation, which the list's cursors count by."""

    id: str = Field(default_factory=new_id)
    number: int
    name: str
    identifier: str
    description: str | None = None
    type: str = "BUSINESS"
    requires_authorization: bool = True
    scopes: list[Scope] = []

    @property
    def is_system(self) -> bool:
        """Whether the platform itself owns it."""
        return self.type not in ("BUSINESS", "MCP")

    def scope(self, name: str) -> Scope | None:
        """Its scope of this name."""
        return next((scope for scope in self.scopes if scope.name == name), None)


class AuthorizedApi(BaseModel):
    """That an application may ask for scopes of an API; `scopes` holds their ids."""

    policy: str
    scopes: list[str] = []


class Oidc(BaseModel):
    """An application as an OAuth client. `settings` is the rest of its document, with all defaults."""

    client_id: str
    client_secret: str
    state: str = "ACTIVE"
    settings: dict[str, Any]


class Application(BaseModel):
    """An application; nested groups are kept in the form in which they are served."""

    id: str = Field(default_factory=new_id)
    name: str
    description: str | None = None
    image_url: str | None = None
    access_url: str | None = None
    logout_return_url: str | None = None
    template_id: str | None = None
    template_version: str | None = None
    is_management_app: bool = False
    enabled: bool = True
    system: bool = False
    associated_roles: dict[str, Any]
    claims: dict[str, Any]
    authentication: dict[str, Any]
    advanced: dict[str, Any]
    provisioning: dict[str, Any] = {}
    oidc: Oidc | None = None
    authorized: dict[str, AuthorizedApi] = {}


class User(BaseModel):
    """Somebody who signs in with a password. `permissions` is what the user's roles allow; `*` is every scope."""

    id: str = Field(default_factory=new_id)
    username: str
    password: str
    permissions: list[str] = []


class IssuedToken(BaseModel):
    """A token that was given out and not revoked; its key in the tenant is the `jti`, or the opaque token itself."""

    client_id: str
    subject: str
    requested: list[str]
    scopes: list[str]
    expires_at: float
    kind: Literal["APPLICATION", "APPLICATION_USER", "REFRESH"]
    opaque: bool = False


class Tenant(BaseModel):
    """One organisation: its own objects. What the platform owns in every organisation is in `system`, no state.

    With a certificate, the management client signs in by assertions alone. `spent_assertions` are the ids of those that
    were used, each with its end.
    """

    name: str
    id: str = Field(default_factory=new_id)
    management_scopes: list[str] = Field(default_factory=lambda: list(MANAGEMENT_SCOPES))
    api_limit: int | None = None
    application_limit: int | None = None
    strict_organization_paths: bool = False
    last_number: int = 1000
    apis: dict[str, ApiResource] = {}
    applications: dict[str, Application] = {}
    users: dict[str, User] = {}
    management_certificate: dict[str, str] | None = None
    management_may_reuse_assertions: bool = False
    spent_assertions: dict[str, float] = {}
    tokens: dict[str, IssuedToken] = {}

    def next_number(self) -> int:
        """The place of the next API resource in the order of creation."""
        self.last_number += 1
        return self.last_number

    def scope_owner(self, name: str) -> ApiResource | None:
        """The API of this organisation that has the scope; scope names are unique across APIs."""
        return next((api for api in self.apis.values() if api.scope(name)), None)

    def client(self, client_id: str) -> Application | None:
        """The application with this client id."""
        matching = (app for app in self.applications.values() if app.oidc and app.oidc.client_id == client_id)
        return next(matching, None)

    def forget_scopes(self, ids: set[str]) -> None:
        """Take deleted scopes out of every authorisation."""
        for application in self.applications.values():
            for authorized in application.authorized.values():
                authorized.scopes = [scope for scope in authorized.scopes if scope not in ids]

    def forget_api(self, api: ApiResource) -> None:
        """Delete an API, and with it what applications were authorised for."""
        del self.apis[api.id]
        for application in self.applications.values():
            application.authorized.pop(api.id, None)

    def end_tokens(self, client_id: str) -> None:
        """Revoke every token of a client."""
        self.tokens = {key: token for key, token in self.tokens.items() if token.client_id != client_id}
