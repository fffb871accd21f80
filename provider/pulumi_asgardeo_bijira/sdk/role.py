# Generated from the declarations by make generate: change those, not this.
"""A role in Asgardeo: which scopes it permits, and the users and groups that have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import pulumi

from .base import Resource

__all__ = ("AsgardeoRole",)


class AsgardeoRole(Resource, module="asgardeo", name="Role"):
    """A role in Asgardeo: which scopes it permits, and the users and groups that have it.

    Under the policy `RBAC` a person's token has the scopes that were asked for, that the application is authorized for,
    and that a role of the person permits. Without such a role the token has no scope, and no error says so. An
    application that signs in for itself (`client_credentials`) needs no role.

    A person who is given the role has its scopes from the next sign-in on: a refreshed token keeps those that it had.

    The platform ends sessions and revokes tokens: of everybody who has the role when its permissions change or it is
    deleted, and of whoever it is taken from. Giving it to somebody and renaming it end none, nor does an update that
    changes nothing, which sends nothing. It does not know the members of an identity provider's group: their tokens
    keep their scopes until they end.

    An application's roles go with it, and when its `allowed_audience` becomes `ORGANIZATION`. A permission goes with
    its scope, also where an API is replaced by one with the same scopes or authorized under another policy: within one
    `up` a role that declares it gets it back. What else went shows after a refresh.

    A role of the organisation refers to no resource of the program by its permissions alone: have it wait for the API
    by the option `depends_on`.

    ## Example Usage

    ```python
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
    ```

    Errors: a name that another role of the application, or of the organisation, has; a permission that the application
    is not authorized for, or that no API of the organisation defines; an application whose `allowed_audience` is not
    `APPLICATION`; a role of the system, or one whose change an approval workflow holds; a management application
    without the scopes `internal_role_mgt_create`, `_view`, `_update`, `_delete` and, for the lists that are declared,
    `internal_role_mgt_permissions_update`, `_groups_update` and `_users_update`.

    https://wso2.com/asgardeo/docs/guides/users/manage-roles/
    """

    _kind = "Role"
    _inputs = (
        "name",
        "application_id",
        "permissions",
        "groups",
        "users",
        "adopt",
    )
    _outputs = ("organization",)
    _secret_inputs = ()
    _secret_outputs = ()

    name: pulumi.Output[str] = pulumi.property("name")
    """Name of the role. Unique among the roles of the application, or of the organisation. Without a slash. Default:
    the resource's name. Example: `orders-reader`. Changes in place."""

    application_id: pulumi.Output[str | None] = pulumi.property("applicationId")
    """Id of the application whose role it is, whose `allowed_audience` must be `APPLICATION`. Left out: the role is the
    organisation's and counts for every application whose `allowed_audience` is `ORGANIZATION`. Example:
    `3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10`. A change replaces the role, also to or from none, and so does the
    replacement of the resource whose id it is."""

    permissions: pulumi.Output[Sequence[str] | None] = pulumi.property("permissions")
    """Scopes that the role permits, all of them. An application's role permits only what the application is authorized
    for. Left out: not managed. Example: `orders:read`. Changes in place: any change, also an addition, signs out
    everybody who has the role."""

    groups: pulumi.Output[Sequence[str] | None] = pulumi.property("groups")
    """Ids of the groups that have the role, all of them (`get_group` finds one). Left out: not managed. Example:
    `6b8a2e1f-4c5d-4e7a-9f10-2d3c4b5a6978`. Changes in place: members of a group that is taken off are signed out."""

    users: pulumi.Output[Sequence[str] | None] = pulumi.property("users")
    """Ids of the users who have the role directly, all of them (`get_user` finds one). Left out: not managed. Example:
    `8dac4031-6e7f-409c-9b32-4f5e6d7c8b9a`. Changes in place: users who are taken off are signed out."""

    adopt: pulumi.Output[bool | None] = pulumi.property("adopt")
    """Take over the role of this name, of the application or of the organisation, instead of failing. Default: false.
    Matters at creation only."""

    organization: pulumi.Output[str] = pulumi.property("organization")
    """Organisation that it lives in: its name, after the host where that is not Asgardeo's public one."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str] | None = None,
        application_id: pulumi.Input[str] | None = None,
        permissions: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        groups: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        users: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        adopt: pulumi.Input[bool] | None = None,
    ) -> None:
        """Declare it.

        :param resource_name: Name of the resource within the program.
        :param opts: Options that every resource has.
        :param name: Name of the role. Unique among the roles of the application, or of the organisation. Without a
            slash. Default: the resource's name. Example: `orders-reader`. Changes in place.
        :param application_id: Id of the application whose role it is, whose `allowed_audience` must be `APPLICATION`.
            Left out: the role is the organisation's and counts for every application whose `allowed_audience` is
            `ORGANIZATION`. Example: `3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10`. A change replaces the role, also to or from
            none, and so does the replacement of the resource whose id it is.
        :param permissions: Scopes that the role permits, all of them. An application's role permits only what the
            application is authorized for. Left out: not managed. Example: `orders:read`. Changes in place: any change,
            also an addition, signs out everybody who has the role.
        :param groups: Ids of the groups that have the role, all of them (`get_group` finds one). Left out: not managed.
            Example: `6b8a2e1f-4c5d-4e7a-9f10-2d3c4b5a6978`. Changes in place: members of a group that is taken off are
            signed out.
        :param users: Ids of the users who have the role directly, all of them (`get_user` finds one). Left out: not
            managed. Example: `8dac4031-6e7f-409c-9b32-4f5e6d7c8b9a`. Changes in place: users who are taken off are
            signed out.
        :param adopt: Take over the role of this name, of the application or of the organisation, instead of failing.
            Default: false. Matters at creation only.
        """
        inputs: dict[str, Any] = {
            "name": resource_name if name is None else name,
            "application_id": application_id,
            "permissions": permissions,
            "groups": groups,
            "users": users,
            "adopt": adopt,
        }
        self._register(resource_name, inputs, opts)

    @classmethod
    def get(cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None) -> Self:
        """Read one that exists, without managing it.

        :param resource_name: Name of the resource within the program.
        :param id: Id of the role, a UUID.
        :param opts: Options that every resource has.
        """
        return cls._get(resource_name, id, opts)
