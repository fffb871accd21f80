# Generated from the declarations by make generate: change those, not this.
"""Look-ups of what exists: plain functions whose results are known in a preview too."""

from __future__ import annotations

import pulumi

from .invoke import look_up
from .provider import Provider
from .results import ApiResult, ApplicationResult, BijiraApiResult, KeyManagerResult

__all__ = ("get_api", "get_application", "get_bijira_api", "get_key_manager")


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
