"""How the parts of a component are made and tied together."""

from collections.abc import Sequence

import pulumi

from .api import AsgardeoApi
from .application import AsgardeoApplication
from .application_client import BijiraApplicationClient
from .enums import ApplicationType, GrantType, KeyType
from .inputs import ApiScopeArgs, ApiScopeArgsDict, SubscriptionArgs, SubscriptionArgsDict

__all__ = ("SecuredApiWiring",)


class SecuredApiWiring(pulumi.ComponentResource):
    """The parts of a secured API: each gets what the one before it computes."""

    api: AsgardeoApi
    application: AsgardeoApplication
    client: BijiraApplicationClient
    token_endpoint: pulumi.Output[str]
    client_id: pulumi.Output[str]
    client_secret: pulumi.Output[str | None]
    scope: pulumi.Output[str]

    def _wire(
        self,
        resource_name: str,
        *,
        identifier: pulumi.Input[str],
        scopes: pulumi.Input[Sequence[pulumi.Input[ApiScopeArgs | ApiScopeArgsDict]]] | None,
        application_type: pulumi.Input[ApplicationType] | None,
        grant_types: pulumi.Input[Sequence[pulumi.Input[GrantType]]] | None,
        callback_urls: pulumi.Input[Sequence[pulumi.Input[str]]] | None,
        key_manager: pulumi.Input[str] | None,
        key_type: pulumi.Input[KeyType] | None,
        subscriptions: pulumi.Input[Sequence[pulumi.Input[SubscriptionArgs | SubscriptionArgsDict]]] | None,
    ) -> None:
        below = pulumi.ResourceOptions(parent=self)
        self.api = AsgardeoApi(f"{resource_name}-api", below, identifier=identifier, scopes=scopes)
        # What is left out is in no state, so a preview would take it for unknown.
        declared = pulumi.Output.from_input([]) if scopes is None else self.api.scopes
        names = declared.apply(lambda found: [scope.name for scope in found or []])
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
