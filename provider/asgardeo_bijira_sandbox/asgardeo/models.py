"""What exists in one Asgardeo organisation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from .behaviour import Behaviour
from .claims.models import ClaimChanges
from .identity_providers.models import IdentityProvider
from .ids import new_id
from .management import MANAGEMENT_SCOPES
from .oauth.sessions import AuthorizationCode, AuthorizationRequest, PushedRequest
from .organizations.models import Organization

__all__ = (
    "SYSTEM_SCHEMA",
    "USER_STORE",
    "ApiResource",
    "Application",
    "AuthorizedApi",
    "DetailsType",
    "Grace",
    "Group",
    "IssuedToken",
    "Oidc",
    "Role",
    "Scope",
    "Tenant",
    "User",
    "now",
)

#: Users and groups are shown under the name of their store.
USER_STORE = "DEFAULT/"
#: The platform's own part of what SCIM knows of a user.
SYSTEM_SCHEMA = "urn:scim:wso2:schema"


def now() -> str:
    """The time as SCIM writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Scope(BaseModel):
    """A permission of an API resource."""

    id: str = Field(default_factory=new_id)
    name: str
    display_name: str
    description: str | None = None


class DetailsType(BaseModel):
    """A type of authorization details (RFC 9396) that an API resource knows."""

    id: str = Field(default_factory=new_id)
    type: str
    name: str
    description: str
    json_schema: dict[str, Any]


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
    details_types: list[DetailsType] = []

    @property
    def is_system(self) -> bool:
        """Whether the platform itself owns it."""
        return self.type not in ("BUSINESS", "MCP")

    def scope(self, name: str) -> Scope | None:
        """Its scope of this name."""
        return next((scope for scope in self.scopes if scope.name == name), None)


class AuthorizedApi(BaseModel):
    """That an application may ask for scopes and authorization details of an API; what it may is held by its id."""

    policy: str
    scopes: list[str] = []
    details_types: list[str] = []


class Oidc(BaseModel):
    """An application as an OAuth client. `settings` is the rest of its document, with all defaults."""

    client_id: str
    client_secret: str
    state: str = "ACTIVE"
    settings: dict[str, Any]


class Application(BaseModel):
    """An application; nested groups are kept in the form in which they are served.

    A shared one is the copy of another organisation's application. `protocols` holds its documents besides OpenID
    Connect, `registration` what only dynamic client registration knows of it. `shared_with` are the ids of its own
    copies by the organisations below the tenant that have them.
    """

    id: str = Field(default_factory=new_id)
    name: str
    description: str | None = None
    image_url: str | None = None
    access_url: str | None = None
    logout_return_url: str | None = None
    template_id: str | None = None
    template_version: str | None = None
    version: str = "v2.0.0"
    is_management_app: bool = False
    is_b2b_self_service_app: bool = False
    enabled: bool = True
    system: bool = False
    shared: bool = False
    associated_roles: dict[str, Any]
    claims: dict[str, Any]
    authentication: dict[str, Any]
    advanced: dict[str, Any]
    provisioning: dict[str, Any] = {}
    oidc: Oidc | None = None
    protocols: dict[str, dict[str, Any]] = {}
    registration: dict[str, Any] = {}
    authorized: dict[str, AuthorizedApi] = {}
    shared_with: dict[str, str] = {}
    sharing_mode: dict[str, Any] = {}


class Role(BaseModel):
    """A role of the organisation or of one application; what it permits is held by the ids of the scopes."""

    id: str = Field(default_factory=new_id)
    name: str
    audience_type: Literal["application", "organization"]
    audience: str
    permissions: list[str] = []
    users: list[str] = []
    groups: list[str] = []
    system: bool = False


class User(BaseModel):
    """Somebody who signs in with a password.

    `permissions` are scopes that roles outside of this sandbox's would allow the user; `*` is every scope. `attributes`
    are those that SCIM knows of a user besides.
    """

    id: str = Field(default_factory=new_id)
    username: str
    password: str
    permissions: list[str] = []
    attributes: dict[str, Any] = {}
    created: str = Field(default_factory=now)
    modified: str | None = None

    @property
    def active(self) -> bool:
        """Whether the account is neither disabled nor locked."""
        system = self.attributes.get(SYSTEM_SCHEMA, {})
        return bool(self.attributes.get("active", True)) and not (
            system.get("accountLocked") or system.get("accountDisabled")
        )

    @property
    def display(self) -> str:
        """The name with its store."""
        return USER_STORE + self.username


class Group(BaseModel):
    """A group of users by their ids, or one that an identity provider tells of, whose members nobody knows here."""

    id: str = Field(default_factory=new_id)
    name: str
    members: list[str] = []
    identity_provider: str | None = None
    created: str = Field(default_factory=now)

    @property
    def display(self) -> str:
        """The name, with its store where it lies in one."""
        return self.name if self.identity_provider else USER_STORE + self.name


class Grace(BaseModel):
    """For how long, and how many times, a refresh token is still good that was renewed; and what it was renewed by."""

    ends_at: float
    uses: int
    successor: str


class IssuedToken(BaseModel):
    """A token that was given out and not revoked; its key in the tenant is the `jti`, or the opaque token itself.

    `code` is the authorization code that it came by, itself or by way of a refresh token. One that was renewed and not
    revoked has its `grace`.
    """

    client_id: str
    subject: str
    requested: list[str]
    scopes: list[str]
    expires_at: float
    kind: Literal["APPLICATION", "APPLICATION_USER", "REFRESH"]
    opaque: bool = False
    grace: Grace | None = None
    code: str | None = None


class Tenant(BaseModel):
    """One organisation: its own objects. What the platform owns in every organisation is in `system`, no state.

    `role_approval` holds back new roles and users for somebody's approval; with `absent_role_breaks_deletion` the
    deletion of a role that is gone breaks; `roles_listed_whole` shows in lists what roles hold, unless a client asks to
    be spared it. With a certificate, the management client signs in by assertions alone.
    `spent_assertions` are the ids of those that were used, each with its end. `authorizations` wait for their users to
    sign in.
    """

    name: str
    id: str = Field(default_factory=new_id)
    created: str = Field(default_factory=now)
    management_scopes: list[str] = Field(default_factory=lambda: list(MANAGEMENT_SCOPES))
    api_limit: int | None = None
    application_limit: int | None = None
    strict_organization_paths: bool = False
    role_approval: bool = False
    absent_role_breaks_deletion: bool = False
    roles_listed_whole: bool = False
    behaviour: Behaviour = Field(default_factory=Behaviour)
    last_number: int = 1000
    apis: dict[str, ApiResource] = {}
    applications: dict[str, Application] = {}
    users: dict[str, User] = {}
    groups: dict[str, Group] = {}
    identity_providers: dict[str, IdentityProvider] = {}
    organizations: dict[str, Organization] = {}
    application_templates: dict[str, dict[str, Any]] = {}
    login_flows: dict[str, list[dict[str, Any]]] = {}
    resident_provisioning: dict[str, Any] = {}
    claims: ClaimChanges = Field(default_factory=ClaimChanges)
    roles: dict[str, Role] = {}
    management_certificate: dict[str, str] | None = None
    management_may_reuse_assertions: bool = False
    spent_assertions: dict[str, float] = {}
    tokens: dict[str, IssuedToken] = {}
    pushed_requests: dict[str, PushedRequest] = {}
    authorizations: dict[str, AuthorizationRequest] = {}
    codes: dict[str, AuthorizationCode] = {}
    consents: dict[str, list[str]] = {}

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
        """Take deleted scopes out of every authorisation and role."""
        for role in self.roles.values():
            role.permissions = [scope for scope in role.permissions if scope not in ids]
        for application in self.applications.values():
            for authorized in application.authorized.values():
                authorized.scopes = [scope for scope in authorized.scopes if scope not in ids]

    def forget_details_types(self, ids: set[str]) -> None:
        """Take deleted types of authorization details out of every authorisation."""
        for application in self.applications.values():
            for authorized in application.authorized.values():
                authorized.details_types = [one for one in authorized.details_types if one not in ids]

    def forget_api(self, api: ApiResource) -> None:
        """Delete an API, and with it what applications were authorised for."""
        del self.apis[api.id]
        self.forget_scopes({scope.id for scope in api.scopes})
        for application in self.applications.values():
            application.authorized.pop(api.id, None)

    def forget_user(self, id: str) -> None:
        """Delete a user, who leaves all groups and roles."""
        del self.users[id]
        for group in self.groups.values():
            group.members = [member for member in group.members if member != id]
        for role in self.roles.values():
            role.users = [user for user in role.users if user != id]

    def forget_group(self, id: str) -> None:
        """Delete a group, which leaves all roles."""
        del self.groups[id]
        for role in self.roles.values():
            role.groups = [group for group in role.groups if group != id]

    def forget_roles_of(self, application_id: str) -> None:
        """Delete the roles that an application has of its own; what was given by them stays given."""
        self.roles = {key: role for key, role in self.roles.items() if role.audience != application_id}

    def forget_application(self, id: str) -> None:
        """Delete an application, if it is there, and with it its tokens and its own roles."""
        application = self.applications.pop(id, None)
        self.forget_roles_of(id)
        if application is not None and application.oidc is not None:
            self.end_tokens(application.oidc.client_id)
            self.consents.pop(application.oidc.client_id, None)

    def roles_of(self, application_id: str) -> list[Role]:
        """The roles that an application has of its own."""
        return [role for role in self.roles.values() if role.audience == application_id]

    def holders(self, role: Role) -> set[str]:
        """The users who have a role: those that it names, and the members of its groups."""
        groups = (self.groups[id_] for id_ in role.groups if id_ in self.groups)
        return {*role.users, *(user for group in groups for user in group.members)}

    def permitted(self, user: User, application: Application) -> set[str]:
        """The scopes of this organisation's APIs that a user's roles permit in an application."""
        own = application.associated_roles["allowedAudience"] == "APPLICATION"
        audience = application.id if own else self.id
        ids = {
            id_
            for role in self.roles.values()
            if role.audience == audience and user.id in self.holders(role)
            for id_ in role.permissions
        }
        return {scope.name for api in self.apis.values() for scope in api.scopes if scope.id in ids}

    def end_tokens(self, client_id: str) -> None:
        """Revoke every token of a client."""
        self.tokens = {key: token for key, token in self.tokens.items() if token.client_id != client_id}
