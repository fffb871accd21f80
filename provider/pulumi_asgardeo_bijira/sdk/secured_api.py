"""The whole way from an API's scopes to a client that the gateway knows, as one resource."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from .api import ApiScopeArgs, AsgardeoApi
from .application import AsgardeoApplication
from .client import BijiraApplicationClient, SubscriptionArgs

__all__ = ("SecuredApi",)


class SecuredApi(pulumi.ComponentResource):
    """An API in Asgardeo, an application that may use all its scopes, and that application's client in Bijira.

    Its parts are named after it: `<name>-api`, `<name>-application`, `<name>-client`. Who needs more than these inputs
    declares the three by themselves.
    """

    api: AsgardeoApi
    """The API."""

    application: AsgardeoApplication
    """The application, authorized for all scopes of the API under the policy RBAC."""

    client: BijiraApplicationClient
    """The application's client in Bijira."""

    token_endpoint: pulumi.Output[str]
    """URL that tokens are fetched from."""

    client_id: pulumi.Output[str]
    """OAuth 2.0 client id."""

    client_secret: pulumi.Output[str | None]
    """OAuth 2.0 client secret."""

    scope: pulumi.Output[str]
    """All scopes of the API, separated by blanks, as a token request takes them."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        identifier: pulumi.Input[str],
        scopes: pulumi.Input[Sequence[pulumi.Input[ApiScopeArgs | Mapping[str, Any]]]] | None = None,
        application_type: pulumi.Input[str] | None = None,
        grant_types: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        callback_urls: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        key_manager: pulumi.Input[str] | None = None,
        key_type: pulumi.Input[str] | None = None,
        subscriptions: pulumi.Input[Sequence[pulumi.Input[SubscriptionArgs | Mapping[str, Any]]]] | None = None,
    ) -> None:
        """Declare it; every input means what it means on the part that it belongs to.

        :param resource_name: Name of the resource within the program; its parts are named after it.
        :param opts: Options that every component has.
        :param identifier: Identifier of the API. A change replaces the API and renews its authorization.
        :param scopes: The scopes of the API, all of them authorized for the application. Changes in place.
        :param application_type: Type of the application. Default: `m2m`. A change replaces the application.
        :param grant_types: Grants of the application. Default: by type. Changes in place.
        :param callback_urls: URLs that users are sent back to. Changes in place.
        :param key_manager: Key manager in Bijira. A change to another one replaces the client.
        :param key_type: `PRODUCTION` or `SANDBOX`. Default: `PRODUCTION`. A change replaces the client.
        :param subscriptions: Subscriptions to published APIs. Changes in place.
        """
        super().__init__("asgardeo-bijira:index:SecuredApi", resource_name, None, opts)
        below = pulumi.ResourceOptions(parent=self)
        self.api = AsgardeoApi(f"{resource_name}-api", below, identifier=identifier, scopes=scopes)
        names = self.api.scopes.apply(lambda found: [scope["name"] for scope in found or []])
        self.application = AsgardeoApplication(
            f"{resource_name}-application",
            below,
            application_type=application_type,
            grant_types=grant_types,
            callback_urls=callback_urls,
            authorized_apis=[{"api_id": self.api.id, "policy": "RBAC", "scopes": names}],
        )
        self.client = BijiraApplicationClient(
            f"{resource_name}-client",
            below,
            client_id=self.application.client_id,
            key_manager=key_manager,
            key_type=key_type,
            subscriptions=subscriptions,
        )
        self.token_endpoint = self.application.token_endpoint
        self.client_id = self.application.client_id
        self.client_secret = self.application.client_secret
        self.scope = names.apply(" ".join)
        self.register_outputs(
            {
                "tokenEndpoint": self.token_endpoint,
                "clientId": self.client_id,
                "clientSecret": self.client_secret,
                "scope": self.scope,
            }
        )
