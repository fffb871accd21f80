# Generated from the declarations by make generate: change those, not this.
"""An API in Asgardeo: its identifier and the scopes that applications can ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import pulumi

from . import outputs
from .base import Resource
from .enums import ResourceType
from .inputs import ApiScopeArgs, ApiScopeArgsDict, AuthorizationDetailsTypeArgs, AuthorizationDetailsTypeArgsDict

__all__ = ("AsgardeoApi",)


class AsgardeoApi(Resource, module="asgardeo", name="Api"):
    """An API in Asgardeo: its identifier and the scopes that applications can ask for.

    ## Example Usage

    ```python
    import pulumi
    import pulumi_asgardeo_bijira as wso2

    orders = wso2.AsgardeoApi(
        "orders",
        identifier="https://api.example.com/orders",
        scopes=[
            {"name": "orders:read", "display_name": "Read orders"},
            {"name": "orders:write"},
        ],
    )
    pulumi.export("apiId", orders.id)
    ```

    Errors: an identifier or a scope name that another API of the organisation has; a management application without the
    scopes `internal_api_resource_create`, `_view`, `_update` and `_delete`.

    https://wso2.com/asgardeo/docs/guides/authorization/api-authorization/api-authorization/
    """

    _kind = "Api"
    _inputs = (
        "identifier",
        "name",
        "description",
        "requires_authorization",
        "scopes",
        "authorization_details_types",
        "resource_type",
        "adopt",
    )
    _outputs = ("organization",)
    _secret_inputs = ()
    _secret_outputs = ()

    identifier: pulumi.Output[str] = pulumi.property("identifier")
    """Identifier of the API, usually its address. Unique in the organisation. Example:
    `https://api.example.com/orders`. A change replaces the API."""

    name: pulumi.Output[str] = pulumi.property("name")
    """Name of the API. Default: the resource's name. Example: `Orders`. Changes in place."""

    description: pulumi.Output[str | None] = pulumi.property("description")
    """What the API is for. At most 255 characters. Changes in place."""

    requires_authorization: pulumi.Output[bool] = pulumi.property("requiresAuthorization")
    """Whether the scopes are granted under the policy `RBAC` alone, by which people need a role. Default: true. A
    change replaces the API."""

    scopes: pulumi.Output[Sequence[outputs.ApiScope] | None] = pulumi.property("scopes")
    """The scopes of the API, all of them. Left out: scopes are not managed, a key manager may own them. Each with
    `name`, `display_name`, `description`. Changes in place."""

    authorization_details_types: pulumi.Output[Sequence[outputs.AuthorizationDetailsType] | None] = pulumi.property(
        "authorizationDetailsTypes"
    )
    """Types of authorization details (RFC 9396) that the API defines, all of them. Left out: they are not managed. Each
    with `type`, `name`, `description`, `json_schema`. Older servers do not know it. Changes in place."""

    resource_type: pulumi.Output[ResourceType | None] = pulumi.property("resourceType")
    """What the API is: `BUSINESS`, or `MCP` for the tools of an MCP server. Older servers do not know it. Default:
    `BUSINESS`. A change replaces the API."""

    adopt: pulumi.Output[bool | None] = pulumi.property("adopt")
    """Take over the API that already has this identifier instead of failing. Default: false. Matters at creation
    only."""

    organization: pulumi.Output[str] = pulumi.property("organization")
    """Organisation that it lives in: its name, after the host where that is not Asgardeo's public one."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        identifier: pulumi.Input[str],
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        requires_authorization: pulumi.Input[bool] | None = None,
        scopes: pulumi.Input[Sequence[pulumi.Input[ApiScopeArgs | ApiScopeArgsDict]]] | None = None,
        authorization_details_types: pulumi.Input[
            Sequence[pulumi.Input[AuthorizationDetailsTypeArgs | AuthorizationDetailsTypeArgsDict]]
        ]
        | None = None,
        resource_type: pulumi.Input[ResourceType] | None = None,
        adopt: pulumi.Input[bool] | None = None,
    ) -> None:
        """Declare it.

        :param resource_name: Name of the resource within the program.
        :param opts: Options that every resource has.
        :param identifier: Identifier of the API, usually its address. Unique in the organisation. Example:
            `https://api.example.com/orders`. A change replaces the API.
        :param name: Name of the API. Default: the resource's name. Example: `Orders`. Changes in place.
        :param description: What the API is for. At most 255 characters. Changes in place.
        :param requires_authorization: Whether the scopes are granted under the policy `RBAC` alone, by which people
            need a role. Default: true. A change replaces the API.
        :param scopes: The scopes of the API, all of them. Left out: scopes are not managed, a key manager may own them.
            Each with `name`, `display_name`, `description`. Changes in place.
        :param authorization_details_types: Types of authorization details (RFC 9396) that the API defines, all of them.
            Left out: they are not managed. Each with `type`, `name`, `description`, `json_schema`. Older servers do not
            know it. Changes in place.
        :param resource_type: What the API is: `BUSINESS`, or `MCP` for the tools of an MCP server. Older servers do not
            know it. Default: `BUSINESS`. A change replaces the API.
        :param adopt: Take over the API that already has this identifier instead of failing. Default: false. Matters at
            creation only.
        """
        inputs: dict[str, Any] = {
            "identifier": identifier,
            "name": resource_name if name is None else name,
            "description": description,
            "requires_authorization": requires_authorization,
            "scopes": scopes,
            "authorization_details_types": authorization_details_types,
            "resource_type": resource_type,
            "adopt": adopt,
        }
        self._register(resource_name, inputs, opts)

    @classmethod
    def get(cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None) -> Self:
        """Read one that exists, without managing it.

        :param resource_name: Name of the resource within the program.
        :param id: Id of the API resource, a UUID.
        :param opts: Options that every resource has.
        """
        return cls._get(resource_name, id, opts)
