"""What look-ups are given and what they find."""

from typing import Annotated

from ..declaration import LookUp
from ..field_types import AsgardeoId
from ..schema import Inputs, Name, Outputs, like

__all__ = ("LOOK_UPS",)


class ApiArguments(Inputs):
    """By what an API is found."""

    identifier: Annotated[Name, like("https://api.example.com/orders")]
    """Identifier of the API."""


class ScopeResult(Outputs):
    """A scope of an API."""

    name: str
    """Name of the scope, as tokens carry it."""

    display_name: str
    """Name that people see."""

    description: str
    """What the scope allows."""


class ApiResult(Outputs):
    """An API in Asgardeo."""

    id: str
    """Id of the API resource."""

    identifier: str
    """Identifier of the API."""

    name: str
    """Name of the API."""

    description: str
    """What the API is for."""

    requires_authorization: bool
    """Whether the scopes are granted under the policy `RBAC` alone, by which people need a role."""

    scopes: list[ScopeResult]
    """The scopes of the API."""


class ApplicationArguments(Inputs):
    """By what an application is found."""

    name: Annotated[Name, like("orders-web")]
    """Name of the application."""


class ApplicationResult(Outputs):
    """An application in Asgardeo, without its secret."""

    id: str
    """Id of the application."""

    name: str
    """Name of the application."""

    description: str
    """What the application is for."""

    client_id: str
    """OAuth 2.0 client id."""

    issuer: str
    """Issuer of its tokens."""

    token_endpoint: str
    """URL that tokens are fetched from."""

    jwks_endpoint: str
    """URL of the keys that tokens are verified with."""


class KeyManagerArguments(Inputs):
    """By what a key manager is found."""

    name: Annotated[Name | None, like("Asgardeo")] = None
    """Name or id of the key manager. Left out: that of `bijira:keyManager`, else the only enabled external one."""


class KeyManagerResult(Outputs):
    """A key manager in Bijira."""

    id: str
    """Id of the key manager."""

    name: str
    """Name of the key manager."""

    token_endpoint: str
    """URL that tokens are fetched from."""

    revoke_endpoint: str
    """URL that tokens are revoked at."""

    available_grant_types: list[str]
    """Grants that the key manager offers."""


class BijiraApiArguments(Inputs):
    """By what a published API is found."""

    name: Annotated[Name, like("Orders API")]
    """Name of the API."""

    version: Annotated[Name, like("1.0.0")]
    """Version of the API."""


class BijiraApiResult(Outputs):
    """A published API in Bijira."""

    id: str
    """Id of the API."""

    name: str
    """Name of the API."""

    version: str
    """Version of the API."""


class RoleArguments(Inputs):
    """By what a role is found."""

    name: Annotated[Name, like("orders-reader")]
    """Name of the role."""

    application_id: AsgardeoId | None = None
    """Id of the application whose role it is. Left out: a role of the organisation."""


class RoleResult(Outputs):
    """A role in Asgardeo."""

    id: str
    """Id of the role."""

    name: str
    """Name of the role."""


class GroupArguments(Inputs):
    """By what a group is found."""

    name: Annotated[Name, like("staff")]
    """Name of the group, with or without its user store (`DEFAULT/staff`)."""


class GroupResult(Outputs):
    """A group in Asgardeo."""

    id: str
    """Id of the group."""

    name: str
    """Name of the group, with its user store."""


class UserArguments(Inputs):
    """By what a user is found."""

    username: Annotated[Name, like("ann@example.com")]
    """Username, with or without its user store (`DEFAULT/ann@example.com`)."""


class UserResult(Outputs):
    """A user in Asgardeo."""

    id: str
    """Id of the user."""

    username: str
    """Username, with its user store."""


GET_API = LookUp(
    "get_api",
    ApiArguments,
    ApiResult,
    summary="The API in Asgardeo with this identifier.",
    errors=("no API with the identifier",),
    example="""\
import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.get_api(identifier="https://api.example.com/orders")
pulumi.export("apiId", orders.id)
""",
)

GET_APPLICATION = LookUp(
    "get_application",
    ApplicationArguments,
    ApplicationResult,
    summary="The application in Asgardeo with this name.",
    errors=("no application with the name",),
    example="""\
import pulumi
import pulumi_asgardeo_bijira as wso2

web = wso2.get_application(name="orders-web")
pulumi.export("clientId", web.client_id)
""",
)

GET_KEY_MANAGER = LookUp(
    "get_key_manager",
    KeyManagerArguments,
    KeyManagerResult,
    summary="The key manager in Bijira with this name or id; without one, the only enabled external one.",
    errors=("no such key manager", "several enabled external ones where none is named"),
    example="""\
import pulumi
import pulumi_asgardeo_bijira as wso2

manager = wso2.get_key_manager(name="Asgardeo")
pulumi.export("tokenEndpoint", manager.token_endpoint)
""",
)

GET_BIJIRA_API = LookUp(
    "get_bijira_api",
    BijiraApiArguments,
    BijiraApiResult,
    summary="The published API in Bijira with this name and version.",
    errors=("no published API with the name and version", "several of them"),
    example="""\
import pulumi
import pulumi_asgardeo_bijira as wso2

published = wso2.get_bijira_api(name="Orders API", version="1.0.0")
pulumi.export("apiId", published.id)
""",
)

GET_ROLE = LookUp(
    "get_role",
    RoleArguments,
    RoleResult,
    summary="The role in Asgardeo with this name, of an application or of the organisation.",
    errors=("no role of the name there",),
    example="""\
import pulumi
import pulumi_asgardeo_bijira as wso2

web = wso2.get_application(name="orders-web")
reader = wso2.get_role(name="orders-reader", application_id=web.id)
pulumi.export("roleId", reader.id)
""",
)

GET_GROUP = LookUp(
    "get_group",
    GroupArguments,
    GroupResult,
    summary="The group in Asgardeo with this name.",
    errors=("no group of the name", "one in each of several user stores"),
    example="""\
import pulumi
import pulumi_asgardeo_bijira as wso2

staff = wso2.get_group(name="staff")
reader = wso2.AsgardeoRole("staff", groups=[staff.id])
pulumi.export("roleId", reader.id)
""",
)

GET_USER = LookUp(
    "get_user",
    UserArguments,
    UserResult,
    summary="The user in Asgardeo with this username.",
    errors=("no user of the name", "one in each of several user stores"),
    example="""\
import pulumi
import pulumi_asgardeo_bijira as wso2

ann = wso2.get_user(username="ann@example.com")
auditor = wso2.AsgardeoRole("auditor", users=[ann.id])
pulumi.export("roleId", auditor.id)
""",
)

LOOK_UPS: tuple[LookUp, ...] = (
    GET_API,
    GET_APPLICATION,
    GET_ROLE,
    GET_GROUP,
    GET_USER,
    GET_KEY_MANAGER,
    GET_BIJIRA_API,
)
