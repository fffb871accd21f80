"""Scenarios: what exists when a sandbox starts. The default one holds what the guide takes for granted.

A file (YAML or JSON) says what differs from the default, in camelCase.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from .api_portal.models import ROLES
from .api_portal.models import SCOPES as PORTAL_SCOPES
from .asgardeo.behaviour import Behaviour as TenantBehaviour
from .asgardeo.identity_providers.data import FEDERATED
from .asgardeo.management import MANAGEMENT_SCOPES
from .asgardeo.models import USER_STORE
from .bijira.behaviour import Behaviour
from .bijira.models import RESIDENT, SCOPES

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = (
    "ApiSeed",
    "ApplicationSeed",
    "AuthorizedApiSeed",
    "CertificateSeed",
    "GroupSeed",
    "IdentityProviderSeed",
    "KeyManagerSeed",
    "OrganizationSeed",
    "PersonalTokenSeed",
    "PublishedApiSeed",
    "ResourceSeed",
    "RoleSeed",
    "Scenario",
    "ScopeSeed",
    "StackSeed",
    "TenantSeed",
    "UserSeed",
)

_MEMBER = "sandbox-user"
#: The name of a user or a group, be it given with the store that all of them lie in.
_Name = Annotated[str, Field(min_length=1), AfterValidator(lambda name: name.removeprefix(USER_STORE))]


_Text = Annotated[str, Field(min_length=1)]
_Count = Annotated[int, Field(ge=0)]
_Path = Annotated[str, Field(pattern="^/")]


class _Seed(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


def _distinct(*keys: str) -> AfterValidator:
    """No two of a list agree in all of these; who does not have the first agrees with nobody."""

    def check(seeds: list[Any]) -> list[Any]:
        first: dict[tuple[Any, ...], int] = {}
        for index, found in enumerate(tuple(getattr(seed, key) for key in keys) for seed in seeds):
            if found[0] is not None and first.setdefault(found, index) < index:
                same = " and ".join(to_camel(key) for key in keys)
                raise ValueError(f"numbers {first[found]} and {index} have the same {same}")
        return seeds

    return AfterValidator(check)


def _one_of(known: Iterable[str]) -> AfterValidator:
    """A name that the platform has."""
    names = tuple(dict.fromkeys(known))

    def check(name: str) -> str:
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            meant = f"is none, did you mean {near[0]}? It " if near else ""
            raise ValueError(f"{meant}has to be one of {', '.join(names)}")
        return name

    return AfterValidator(check)


class ScopeSeed(_Seed):
    """A scope of an API in Asgardeo."""

    name: _Text
    display_name: str | None = None
    description: str | None = None


class ApiSeed(_Seed):
    """An API resource in Asgardeo."""

    identifier: _Text
    name: _Text
    requires_authorization: bool = True
    description: str | None = None
    scopes: Annotated[list[ScopeSeed], _distinct("name")] = []


class AuthorizedApiSeed(_Seed):
    """An API that an application may use."""

    identifier: str
    policy: Literal["RBAC", "No Policy"] = "RBAC"
    scopes: list[str] = []


class ApplicationSeed(_Seed):
    """An application in Asgardeo; without a client id and secret it gets new ones.

    A shared one is the copy of another organisation's application: it inherits its APIs, and none can be authorised.
    `allowed_audience` says which roles count in it: its own, or the organisation's.
    """

    name: _Text
    template_id: str | None = None
    shared: bool = False
    allowed_audience: Literal["APPLICATION", "ORGANIZATION"] = "ORGANIZATION"
    client_id: str | None = None
    client_secret: str | None = None
    grant_types: list[str] = ["client_credentials"]
    callback_urls: list[str] = Field(default=[], alias="callbackURLs")
    access_token_type: Literal["JWT", "Default"] = "JWT"  # noqa: S105 - a kind of token
    authorized_apis: Annotated[list[AuthorizedApiSeed], _distinct("identifier")] = []


class UserSeed(_Seed):
    """Somebody who signs in with a password, and who has what roles and groups give.

    `permissions` are scopes besides, as if a role that no program sees allowed them; `*` is all.
    """

    username: _Name
    password: str
    permissions: list[str] = []


class GroupSeed(_Seed):
    """A group of users by their names, or one that an identity provider tells of: it has no members here. A provider
    that the scenario does not have otherwise begins with it."""

    name: _Name
    members: list[_Name] = []
    identity_provider: _Text | None = None

    @model_validator(mode="after")
    def _without_members(self) -> GroupSeed:
        if self.identity_provider and self.members:
            raise ValueError("a group of an identity provider has no members here")
        return self


class IdentityProviderSeed(_Seed):
    """An identity provider in Asgardeo; its groups are among the organisation's. The `authenticator` is one of the
    platform's, and the `properties` are that one's."""

    name: _Text
    id: _Text | None = None
    description: str | None = None
    enabled: bool = True
    authenticator: Annotated[str, _one_of(FEDERATED)] = "OpenIDConnectAuthenticator"
    properties: dict[str, str] = {}


class RoleSeed(_Seed):
    """A role of an application by its name, or of the organisation; users and groups by their names."""

    name: _Text
    application: str | None = None
    permissions: list[str] = []
    users: list[_Name] = []
    groups: list[_Name] = []


def _staff(users: list[UserSeed]) -> list[GroupSeed]:
    """The group of the default user, where that user is there."""
    return [GroupSeed(name="staff", members=[_MEMBER])] if _MEMBER in {user.username for user in users} else []


class CertificateSeed(_Seed):
    """What is registered of a client's key: a certificate or public key, or where on this machine its key set is."""

    type: Literal["PEM", "JWKS"] = "PEM"
    value: str


class TenantSeed(_Seed):
    """An Asgardeo organisation.

    By default it has two users without any permission: `sandbox-user`, a member of the group `staff`, and
    `sandbox-guest`. The limits are how many APIs and applications it may have; none is no limit. On the paths of an
    organisation below the tenant (`/o/`) the usual scopes do as well, unless the paths are strict. With
    `role_approval` a new role, and users for one, wait for somebody's approval; with `absent_role_breaks_deletion` the
    deletion of a role that is gone breaks, as it may on the platform; with `roles_listed_whole` lists show what roles
    hold, as some versions of the server do.

    `management_scopes` are all that the client `sandbox-management` may have (none given: every one). With a
    `management_certificate` it may also sign in by assertions signed with that key, each of them once, unless
    `management_may_reuse_assertions`.
    """

    organization: Annotated[str, Field(pattern="^[^/]+$")] = "sandbox"
    management_scopes: list[Annotated[str, _one_of(MANAGEMENT_SCOPES)]] | None = None
    api_limit: _Count | None = None
    application_limit: _Count | None = None
    strict_organization_paths: bool = False
    role_approval: bool = False
    absent_role_breaks_deletion: bool = False
    roles_listed_whole: bool = False
    behaviour: TenantBehaviour = Field(default_factory=TenantBehaviour)
    users: Annotated[list[UserSeed], _distinct("username")] = Field(
        default_factory=lambda: [
            UserSeed(username=name, password="sandbox-password")  # noqa: S106 - published, and worth nothing elsewhere
            for name in (_MEMBER, "sandbox-guest")
        ]
    )
    groups: Annotated[list[GroupSeed], _distinct("name", "identity_provider")] = Field(
        default_factory=lambda data: _staff(data["users"])
    )
    identity_providers: Annotated[list[IdentityProviderSeed], _distinct("name"), _distinct("id")] = []
    apis: Annotated[list[ApiSeed], _distinct("identifier")] = []
    applications: Annotated[list[ApplicationSeed], _distinct("name")] = []
    roles: Annotated[list[RoleSeed], _distinct("name", "application")] = []
    management_certificate: CertificateSeed | None = None
    management_may_reuse_assertions: bool = False


class KeyManagerSeed(_Seed):
    """An external key manager of Bijira: by default one whose issuer is an Asgardeo organisation of this sandbox.

    `portal_environments` are those for which it is selected in the settings of the developer portal, which offers no
    other: the cloud's list (in `/v2`) asks for them with `devPortalAppEnv`. `not_operational_for` counts the mappings
    that are refused because it was registered a moment ago.
    """

    name: _Text = "Asgardeo"
    asgardeo_organization: _Text | None = "sandbox"
    issuer: str | None = None
    enabled: bool = True
    portal_environments: list[Literal["prod", "sandbox"]] = ["prod", "sandbox"]
    not_operational_for: _Count = 0
    id: _Text | None = None

    @model_validator(mode="after")
    def _has_an_issuer(self) -> KeyManagerSeed:
        if self.name == RESIDENT:
            raise ValueError(f"{RESIDENT} is the platform's own: `residentKeyManager` says where it stands")
        if not self.asgardeo_organization and not self.issuer:
            raise ValueError("it needs an `asgardeoOrganization` or an `issuer`")
        return self


class ResourceSeed(_Seed):
    """A method and path of a published API, and the scopes of which a caller needs one."""

    method: Annotated[str, Field(pattern="^[A-Za-z]+$")]
    path: _Path
    scopes: list[str] = []


class PublishedApiSeed(_Seed):
    """A published API in Bijira. One with `portal_plans` needs a subscription of the API Portal's there;
    `not_found_for` counts the searches that do not see it yet."""

    name: _Text = "Orders API"
    version: _Text = "1.0.0"
    context: _Path = "/orders/1.0.0"
    deployment_type: Literal["PRODUCTION", "SANDBOX"] = "PRODUCTION"
    resources: list[ResourceSeed] = Field(
        default_factory=lambda: [
            ResourceSeed(method="GET", path="/orders", scopes=["orders:read"]),
            ResourceSeed(method="POST", path="/orders", scopes=["orders:write"]),
        ]
    )
    plans: list[str] = ["Bronze", "Silver", "Gold", "Unlimited"]
    portal_plans: list[str] = []
    not_found_for: _Count = 0
    id: _Text | None = None


class PersonalTokenSeed(_Seed):
    """A token that a user made in the console, and that programs send as their access token. It begins with `chp_`."""

    token: Annotated[str, Field(pattern="^chp_.")]
    user: _Text = _MEMBER
    scopes: list[Annotated[str, _one_of(SCOPES)]] = list(SCOPES)


class OrganizationSeed(_Seed):
    """A Bijira organisation; `behaviour` makes its control plane an older one, a stricter one or a faulty one, and
    in the API Portal its management client has `portal_roles`. The platform's own key manager is listed, and as the
    guide has it not selected for the developer portal; it may also be `selected`, or `absent`. `management_scopes` are
    all that the client `sandbox-management` may have here, of the API Portal too (none given: every one)."""

    uuid: _Text = "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10"
    handle: _Text = "sandbox"
    management_scopes: list[Annotated[str, _one_of((*SCOPES, *PORTAL_SCOPES))]] | None = None
    portal_roles: list[Annotated[str, _one_of(ROLES)]] = ["ap_admin"]
    personal_tokens: Annotated[list[PersonalTokenSeed], _distinct("token")] = []
    resident_key_manager: Literal["listed", "selected", "absent"] = "listed"
    key_managers: Annotated[list[KeyManagerSeed], _distinct("name"), _distinct("id")] = Field(
        default_factory=lambda: [KeyManagerSeed()]
    )
    apis: Annotated[list[PublishedApiSeed], _distinct("name", "version"), _distinct("id")] = Field(
        default_factory=lambda: [PublishedApiSeed()]
    )
    behaviour: Behaviour = Field(default_factory=Behaviour)


class StackSeed(_Seed):
    """Another stack of Pulumi's, by the name that a program's `StackReference` has for it (`acme/network/prod`):
    `rehearse` serves its `outputs`, of which some are secret. Where the name begins with another organisation than
    `organization`, the built-in engine rehearses, as the Pulumi CLI knows no other in a rehearsal."""

    outputs: dict[str, Any] = {}
    secret_outputs: list[str] = []

    @model_validator(mode="after")
    def _has_its_secrets(self) -> StackSeed:
        if strange := [name for name in self.secret_outputs if name not in self.outputs]:
            raise ValueError(f"`secretOutputs` names {strange[0]}, which is not among the `outputs`")
        return self


class Scenario(_Seed):
    """An Asgardeo organisation that is not named begins with the first request to it, unless `open_organizations` is
    off: then it is unknown, as on the platform. `rehearse` has it off where a file names organisations and does not
    say it, so that a mistyped one is found; the one without a name is that of the configuration.

    The API Portal goes by roles, or with `portal_by_scopes` by scopes.
    """

    open_organizations: bool = True
    portal_by_scopes: bool = False
    asgardeo: list[TenantSeed] = Field(default_factory=lambda: [TenantSeed()])
    bijira: list[OrganizationSeed] = Field(default_factory=lambda: [OrganizationSeed()])
    stacks: dict[str, StackSeed] = {}
