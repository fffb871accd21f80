# Generated from the declarations by make generate: change those, not this.
"""Look-ups of what exists: plain functions whose results are known in a preview too."""

from __future__ import annotations

import pulumi

from .invoke import look_up
from .provider import Provider
from .results import (
    ApiResult,
    ApplicationResult,
    BijiraApiResult,
    GroupResult,
    KeyManagerResult,
    RoleResult,
    UserResult,
)

__all__ = ("get_api", "get_application", "get_bijira_api", "get_group", "get_key_manager", "get_role", "get_user")


def get_api(
    *,
    identifier: pulumi.Input[str],
    provider: Provider | None = None,
) -> pulumi.Output[ApiResult]:
    """The API in Asgardeo with this identifier.

    :param identifier: Identifier of the API. Example: `https://api.example.com/orders`.
    :param provider: Whose settings it goes by.
    """
    return look_up("getApi", ApiResult, provider, identifier=identifier)


def get_application(
    *,
    name: pulumi.Input[str],
    provider: Provider | None = None,
) -> pulumi.Output[ApplicationResult]:
    """The application in Asgardeo with this name.

    :param name: Name of the application. Example: `orders-web`.
    :param provider: Whose settings it goes by.
    """
    return look_up("getApplication", ApplicationResult, provider, name=name)


def get_role(
    *,
    name: pulumi.Input[str],
    application_id: pulumi.Input[str] | None = None,
    provider: Provider | None = None,
) -> pulumi.Output[RoleResult]:
    """The role in Asgardeo with this name, of an application or of the organisation.

    :param name: Name of the role. Example: `orders-reader`.
    :param application_id: Id of the application whose role it is. Left out: a role of the organisation. Example:
        `3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10`.
    :param provider: Whose settings it goes by.
    """
    return look_up("getRole", RoleResult, provider, name=name, application_id=application_id)


def get_group(
    *,
    name: pulumi.Input[str],
    provider: Provider | None = None,
) -> pulumi.Output[GroupResult]:
    """The group in Asgardeo with this name.

    :param name: Name of the group, with or without its user store (`DEFAULT/staff`). Example: `staff`.
    :param provider: Whose settings it goes by.
    """
    return look_up("getGroup", GroupResult, provider, name=name)


def get_user(
    *,
    username: pulumi.Input[str],
    provider: Provider | None = None,
) -> pulumi.Output[UserResult]:
    """The user in Asgardeo with this username.

    :param username: Username, with or without its user store (`DEFAULT/ann@example.com`). Example: `ann@example.com`.
    :param provider: Whose settings it goes by.
    """
    return look_up("getUser", UserResult, provider, username=username)


def get_key_manager(
    *,
    name: pulumi.Input[str] | None = None,
    provider: Provider | None = None,
) -> pulumi.Output[KeyManagerResult]:
    """The key manager in Bijira with this name or id; without one, the only enabled external one.

    :param name: Name or id of the key manager. Left out: that of `bijira:keyManager`, else the only enabled external
        one. Example: `Asgardeo`.
    :param provider: Whose settings it goes by.
    """
    return look_up("getKeyManager", KeyManagerResult, provider, name=name)


def get_bijira_api(
    *,
    name: pulumi.Input[str],
    version: pulumi.Input[str],
    provider: Provider | None = None,
) -> pulumi.Output[BijiraApiResult]:
    """The published API in Bijira with this name and version.

    :param name: Name of the API. Example: `Orders API`.
    :param version: Version of the API. Example: `1.0.0`.
    :param provider: Whose settings it goes by.
    """
    return look_up("getBijiraApi", BijiraApiResult, provider, name=name, version=version)
