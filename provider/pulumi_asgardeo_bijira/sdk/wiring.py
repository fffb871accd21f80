"""How the parts of a component are made and tied together."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

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

__all__ = ("SecuredApiWiring",)


class SecuredApiWiring(pulumi.ComponentResource):
    """The parts of a secured API: each gets what the one before it computes."""

    api: AsgardeoApi
    application: AsgardeoApplication
    client: BijiraApplicationClient
    roles: Mapping[str, AsgardeoRole]
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
        roles: Sequence[SecuredApiRoleArgs | SecuredApiRoleArgsDict] | None,
    ) -> None:
        below, wanted = pulumi.ResourceOptions(parent=self), _by_name(roles)
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
            allowed_audience="APPLICATION" if wanted else None,
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
        self.roles = {
            name: AsgardeoRole(
                f"{resource_name}-role-{name}", below, name=name, application_id=self.application.id, **inputs
            )
            for name, inputs in wanted.items()
        }
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


def _by_name(roles: Any) -> dict[str, dict[str, Any]]:
    """The inputs of each role by its name; what is no plain text cannot be a part of a resource's name."""
    if isinstance(roles, str | Mapping) or not isinstance(roles, Sequence | None):
        raise pulumi.RunError(
            "roles: is a plain list of roles, no output; groups, users and permissions may be outputs"
        )
    found: dict[str, dict[str, Any]] = {}
    for index, role in enumerate(roles or ()):
        path = f"roles[{index}]"
        given = _fields(role, path)
        name = given.pop("name", None)
        if not isinstance(name, str) or not name.strip():
            raise pulumi.RunError(
                f"{path}.name: is a plain text, no output, since the role's resource is named after it"
            )
        if name in found:
            raise pulumi.RunError(f"{path}.name: {name} is there twice; each role has a name of its own")
        if given.get("permissions") is None:
            raise pulumi.RunError(f"{path}.permissions: is required; list the scopes that {name} permits")
        found[name] = given
    return found


def _fields(role: Any, path: str) -> dict[str, Any]:
    known = SecuredApiRoleArgs.names()
    if isinstance(role, SecuredApiRoleArgs):
        return {name: pulumi.get(role, name) for name in known}
    if not isinstance(role, Mapping):
        raise pulumi.RunError(f"{path}: is a role, no output; its groups, users and permissions may be outputs")
    if wrong := sorted(str(key) for key in role.keys() - set(known)):
        raise pulumi.RunError(f"{path}.{wrong[0]}: is not a property; a role has {', '.join(known)}")
    return dict(role)
