# Generated from the declarations by make generate: change those, not this.
"""An API in Asgardeo, an application that may use all its scopes, and that application's client in Bijira."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi

from ..wiring import SecuredApiWiring
from .api import AsgardeoApi
from .application import AsgardeoApplication
from .application_client import BijiraApplicationClient
from .enums import ApplicationType, GrantType, KeyType
from .inputs import (
    ApiScopeArgs,
    ApiScopeArgsDict,
    SecuredApiRoleArgs,
    SecuredApiRoleArgsDict,
    SubscriptionArgs,
    SubscriptionArgsDict,
)
from .role import AsgardeoRole

__all__ = ("SecuredApi",)


class SecuredApi(SecuredApiWiring):
    """An API in Asgardeo, an application that may use all its scopes, and that application's client in Bijira.

    Its parts are named after it: `<name>-api`, `<name>-application`, `<name>-client`, `<name>-role-<name of the role>`.
    Whoever needs more than these inputs declares the parts by themselves.

    ## Example Usage

    ```python
    import pulumi
    import pulumi_asgardeo_bijira as wso2

    orders = wso2.SecuredApi(
        "orders",
        identifier="https://api.example.com/orders",
        scopes=[{"name": "orders:read"}, {"name": "orders:write"}],
        subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}],
    )
    pulumi.export("tokenEndpoint", orders.token_endpoint)
    pulumi.export("clientId", orders.client_id)
    pulumi.export("clientSecret", orders.client_secret)
    pulumi.export("scope", orders.scope)
    ```

    https://wso2.com/api-platform/docs/cloud/devportal/manage-applications/create-an-application/
    """

    _makers = {
        "api": AsgardeoApi,
        "application": AsgardeoApplication,
        "client": BijiraApplicationClient,
        "roles": AsgardeoRole,
    }
    _role_fields = (
        "name",
        "permissions",
        "groups",
        "users",
    )
    _role_classes = (SecuredApiRoleArgs,)

    api: AsgardeoApi
    """The API."""

    application: AsgardeoApplication
    """The application, authorized for all scopes of the API under the policy RBAC."""

    client: BijiraApplicationClient
    """The application's client in Bijira."""

    roles: Mapping[str, AsgardeoRole]
    """The application's roles by their names."""

    token_endpoint: pulumi.Output[str]
    """URL that tokens are fetched from."""

    client_id: pulumi.Output[str]
    """OAuth 2.0 client id."""

    client_secret: pulumi.Output[str | None]
    """OAuth 2.0 client secret. Absent for a public client, and where the management application may not see it."""

    scope: pulumi.Output[str]
    """All scopes of the API, separated by spaces, as a token request takes them."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        identifier: pulumi.Input[str],
        scopes: pulumi.Input[Sequence[pulumi.Input[ApiScopeArgs | ApiScopeArgsDict]]] | None = None,
        application_type: pulumi.Input[ApplicationType] | None = None,
        grant_types: pulumi.Input[Sequence[pulumi.Input[GrantType]]] | None = None,
        callback_urls: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        key_manager: pulumi.Input[str] | None = None,
        key_type: pulumi.Input[KeyType] | None = None,
        subscriptions: pulumi.Input[Sequence[pulumi.Input[SubscriptionArgs | SubscriptionArgsDict]]] | None = None,
        roles: Sequence[SecuredApiRoleArgs | SecuredApiRoleArgsDict] | None = None,
    ) -> None:
        """Declare it.

        :param resource_name: Name of the resource within the program.
        :param opts: Options that every resource has.
        :param identifier: Identifier of the API, usually its address. Unique in the organisation. Example:
            `https://api.example.com/orders`. A change replaces the API.
        :param scopes: The scopes of the API, all of them. Left out: scopes are not managed, a key manager may own them.
            Each with `name`, `display_name`, `description`. Changes in place.
        :param application_type: `m2m` (grant client_credentials), `web` (code and refresh token), `spa` or `mobile`
            (the same, public, PKCE mandatory), or `standard`, which needs `grant_types`. Default: `m2m`. A change
            replaces the application.
        :param grant_types: OAuth 2.0 grants that it may use, all of them. Default: those of its type. Changes in place.
        :param callback_urls: URLs that users are sent back to: absolute, of any scheme, without fragment. One entry
            that begins with `regexp=` is taken as a regular expression. Up to 2048 characters in all. Required for the
            grants authorization_code and implicit. Example: `https://app.example.com/callback`. Changes in place.
        :param key_manager: Name or id of the key manager of the Asgardeo organisation. Default: `bijira:keyManager`,
            else the only enabled external one. Example: `Asgardeo`. Changes in place: the client is mapped under the
            new one, then the old mapping removed. Only where the key manager is itself replaced, the client is deleted
            first and made again.
        :param key_type: `PRODUCTION` or `SANDBOX`, as the API is deployed. Default: `PRODUCTION`. Changes in place: the
            new mapping first, then the old one removed; the other way round where a key manager takes a client once
            only.
        :param subscriptions: Subscriptions to published APIs, all of the application's if it is made here. Left out:
            subscriptions are not managed. Each with `api_id`, `api_name`, `api_version`, `plan`. Changes in place.
        :param roles: The application's roles: which scopes people have in it. Needed where it acts for people
            (`password`, `authorization_code`), for without a role their tokens have no scope. Where there are some, the
            application's `allowed_audience` is `APPLICATION`. Each with `name`, `permissions`, `groups`, `users`.
        """
        super().__init__("asgardeo-bijira:index:SecuredApi", resource_name, None, opts)
        self._wire(
            resource_name,
            identifier=identifier,
            scopes=scopes,
            application_type=application_type,
            grant_types=grant_types,
            callback_urls=callback_urls,
            key_manager=key_manager,
            key_type=key_type,
            subscriptions=subscriptions,
            roles=roles,
        )
