"""An API in Asgardeo: its identifier and the scopes that applications can ask for."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import pulumi

from .base import Resource, nested

__all__ = ("ApiScopeArgs", "AsgardeoApi")


@nested
class ApiScopeArgs:
    """A scope that an API defines."""

    name: pulumi.Input[str] = pulumi.property("name")
    """Name of the scope, as tokens carry it. Unique among all APIs of the organisation. A change removes the scope and
    adds another."""

    display_name: pulumi.Input[str] | None = pulumi.property("displayName", default=None)
    """Name that people are shown. Default: `name`. Changes in place."""

    description: pulumi.Input[str] | None = pulumi.property("description", default=None)
    """What the scope allows, up to 300 characters. Changes in place."""


class AsgardeoApi(Resource, module="asgardeo", name="Api"):
    """An API in Asgardeo: its identifier and the scopes that applications can ask for.

    Errors: an identifier or a scope name that another API of the organisation has; a management application without the
    scopes `internal_api_resource_create`, `_view`, `_update` and `_delete`.

    https://wso2.com/asgardeo/docs/guides/authorization/api-authorization/api-authorization/
    """

    _kind = "Api"
    _outputs = ("organization",)

    identifier: pulumi.Output[str]
    """Identifier of the API, usually its address. Unique in the organisation. A change replaces the API."""

    name: pulumi.Output[str]
    """Name of the API. Default: the resource's name. Changes in place."""

    description: pulumi.Output[str | None]
    """What the API is for, up to 255 characters. Changes in place."""

    requires_authorization: pulumi.Output[bool]
    """Whether an application needs a role (policy `RBAC`) to get the scopes. Default: true. A change replaces the
    API."""

    scopes: pulumi.Output[Sequence[Mapping[str, Any]] | None]
    """The scopes of the API, all of them. Left out: scopes are not managed, a key manager may own them. Changes in
    place."""

    adopt: pulumi.Output[bool | None]
    """Take over the API that already has this identifier instead of failing. Default: false. Matters at creation
    only."""

    organization: pulumi.Output[str]
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
        scopes: pulumi.Input[Sequence[pulumi.Input[ApiScopeArgs | Mapping[str, Any]]]] | None = None,
        adopt: pulumi.Input[bool] | None = None,
    ) -> None:
        """Declare it.

        :param resource_name: Name of the resource within the program.
        :param opts: Options that every resource has.
        :param identifier: Identifier of the API, usually its address. Unique in the organisation. A change replaces the
            API.
        :param name: Name of the API. Default: the resource's name. Changes in place.
        :param description: What the API is for, up to 255 characters. Changes in place.
        :param requires_authorization: Whether an application needs a role (policy `RBAC`) to get the scopes. Default:
            true. A change replaces the API.
        :param scopes: The scopes of the API, all of them. Left out: scopes are not managed, a key manager may own them.
            Changes in place.
        :param adopt: Take over the API that already has this identifier instead of failing. Default: false. Matters at
            creation only.
        """
        inputs: dict[str, Any] = {
            "identifier": identifier,
            "name": resource_name if name is None else name,
            "description": description,
            "requires_authorization": requires_authorization,
            "scopes": scopes,
            "adopt": adopt,
        }
        self._register(resource_name, inputs, opts)

    @classmethod
    def get(cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None) -> Self:
        """Read one that exists, without managing it.

        :param resource_name: Name of the resource within the program.
        :param id: Its id, a UUID.
        :param opts: Options that every resource has.
        """
        return cls._get(
            resource_name, id, opts, "identifier", "name", "description", "requires_authorization", "scopes", "adopt"
        )
