"""What a program declares of a role in Asgardeo, and what the role computes."""

from typing import Annotated

from ..declaration import Declaration
from ..field_types import AsgardeoId, ScopeName, asgardeo_id, if_text
from ..schema import (
    NAMED_AFTER_RESOURCE,
    PASSING_UNKNOWNS,
    REPLACES,
    WRITE_ONLY,
    Default,
    Effect,
    Flag,
    Inputs,
    KeyedBy,
    Name,
    Outputs,
    like,
)
from ..widening import MORE_WIDENS, NEVER_WIDENS

__all__ = ("ROLE", "RoleInputs", "RoleOutputs")


def _of_its_own(name: str) -> str:
    if "/" in name:
        raise ValueError("contains a slash, which no role's name may; remove it")
    if name.lower().startswith("system_"):
        raise ValueError("begins with system_, which is the platform's own; choose another name")
    return name


def _id(text: str) -> str:
    """A name in its place is the commonest mistake."""
    try:
        return asgardeo_id(text)
    except ValueError as wrong:
        raise ValueError(f"{wrong}; `get_user` and `get_group` find one by its name") from None


_Id = Annotated[Name, if_text(_id), PASSING_UNKNOWNS]


class RoleInputs(Inputs):
    """The inputs of a role."""

    name: Annotated[
        Name, if_text(_of_its_own), NAMED_AFTER_RESOURCE, like("orders-reader", "orders-clerk"), NEVER_WIDENS
    ]
    """Name of the role. Unique among the roles of the application, or of the organisation. Without a slash."""

    application_id: Annotated[
        AsgardeoId | None,
        REPLACES,
        Effect(
            "A change replaces the role, also to or from none, and so does the replacement of the resource whose id it "
            "is."
        ),
        NEVER_WIDENS,
    ] = None
    """Id of the application whose role it is, whose `allowed_audience` must be `APPLICATION`. Left out: the role is the
    organisation's and counts for every application whose `allowed_audience` is `ORGANIZATION`."""

    permissions: Annotated[
        list[ScopeName] | None,
        KeyedBy(),
        Effect("Changes in place: any change, also an addition, signs out everybody who has the role."),
        MORE_WIDENS,
    ] = None
    """Scopes that the role permits, all of them. An application's role permits only what the application is authorized
    for. Left out: not managed."""

    groups: Annotated[
        list[Annotated[_Id, like("6b8a2e1f-4c5d-4e7a-9f10-2d3c4b5a6978", "7c9b3f20-5d6e-4f8b-8a21-3e4d5c6b7a89")]]
        | None,
        KeyedBy(),
        Effect("Changes in place: members of a group that is taken off are signed out."),
        MORE_WIDENS,
    ] = None
    """Ids of the groups that have the role, all of them (`get_group` finds one). Left out: not managed."""

    users: Annotated[
        list[Annotated[_Id, like("8dac4031-6e7f-409c-9b32-4f5e6d7c8b9a", "9ebd5142-7f80-41ad-8c43-506f7e8d9cab")]]
        | None,
        KeyedBy(),
        Effect("Changes in place: users who are taken off are signed out."),
        MORE_WIDENS,
    ] = None
    """Ids of the users who have the role directly, all of them (`get_user` finds one). Left out: not managed."""

    adopt: Annotated[Flag | None, WRITE_ONLY, Default("false"), Effect("Matters at creation only.")] = None
    """Take over the role of this name, of the application or of the organisation, instead of failing."""


class RoleOutputs(Outputs):
    """What a role computes besides its id."""

    organization: str
    """Organisation that it lives in: its name, after the host where that is not Asgardeo's public one."""


ROLE = Declaration(
    name="Role",
    type_name="asgardeo:Role",
    class_name="AsgardeoRole",
    title="role",
    inputs=RoleInputs,
    outputs=RoleOutputs,
    summary="A role in Asgardeo: which scopes it permits, and the users and groups that have it.",
    details="""\
Under the policy `RBAC` a person's token has the scopes that were asked for, that the application is authorized for, and
that a role of the person permits. Without such a role the token has no scope, and no error says so. An application that
signs in for itself (`client_credentials`) needs no role.

A person who is given the role has its scopes from the next sign-in on: a refreshed token keeps those that it had.

The platform ends sessions and revokes tokens: of everybody who has the role when its permissions change or it is
deleted, and of whoever it is taken from. Giving it to somebody and renaming it end none, nor does an update that
changes nothing, which sends nothing. It does not know the members of an identity provider's group: their tokens keep
their scopes until they end.

An application's roles go with it, and when its `allowed_audience` becomes `ORGANIZATION`. A permission goes with its
scope, also where an API is replaced by one with the same scopes or authorized under another policy: within one `up` a
role that declares it gets it back. What else went shows after a refresh.

A role of the organisation refers to no resource of the program by its permissions alone: have it wait for the API by
the option `depends_on`.""",
    id_text="Id of the role, a UUID.",
    errors=(
        "a name that another role of the application, or of the organisation, has",
        "a permission that the application is not authorized for, or that no API of the organisation defines",
        "an application whose `allowed_audience` is not `APPLICATION`",
        "a role of the system, or one whose change an approval workflow holds",
        "a management application without the scopes `internal_role_mgt_create`, `_view`, `_update`, `_delete` and, "
        "for the lists that are declared, `internal_role_mgt_permissions_update`, `_groups_update` and `_users_update`",
    ),
    page="https://wso2.com/asgardeo/docs/guides/users/manage-roles/",
    example="""\
import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.AsgardeoApi(
    "orders",
    identifier="https://api.example.com/orders",
    scopes=[{"name": "orders:read"}, {"name": "orders:write"}],
)
web = wso2.AsgardeoApplication(
    "orders-web",
    application_type="web",
    callback_urls=["https://app.example.com/callback"],
    allowed_audience="APPLICATION",
    authorized_apis=[{"api_id": orders.id, "scopes": ["orders:read", "orders:write"]}],
)
staff = wso2.get_group(name="staff")
reader = wso2.AsgardeoRole(
    "orders-reader",
    application_id=web.id,
    permissions=["orders:read"],
    groups=[staff.id],
)
pulumi.export("roleId", reader.id)
""",
    adopting="Set `adopt` to true: the role that has the `name`, of the application or of the organisation, is taken "
    "over and changed to what is declared. Roles of the system are not.",
)
