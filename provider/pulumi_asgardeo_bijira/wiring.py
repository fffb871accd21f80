"""How the parts of a component are made and tied together, whoever makes them: a Python program or the plugin."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import pulumi

__all__ = ("SecuredApiWiring",)


class SecuredApiWiring(pulumi.ComponentResource):
    """The parts of a secured API: each gets what the one before it computes."""

    #: Makes each part, given its name, its options and its inputs as Python spells them.
    _makers: Mapping[str, Callable[..., Any]]
    #: What a role has, and what a program may write one as besides a mapping.
    _role_fields: ClassVar[Sequence[str]]
    _role_classes: ClassVar[tuple[type, ...]] = ()

    api: Any
    application: Any
    client: Any
    roles: Mapping[str, Any]
    token_endpoint: pulumi.Output[str]
    client_id: pulumi.Output[str]
    client_secret: pulumi.Output[str | None]
    scope: pulumi.Output[str]

    def _wire(
        self,
        resource_name: str,
        *,
        identifier: Any,
        scopes: Any = None,
        application_type: Any = None,
        grant_types: Any = None,
        callback_urls: Any = None,
        key_manager: Any = None,
        key_type: Any = None,
        subscriptions: Any = None,
        roles: Any = None,
    ) -> None:
        below, wanted = pulumi.ResourceOptions(parent=self), self._roles_by_name(roles)
        self.api = self._makers["api"](f"{resource_name}-api", below, identifier=identifier, scopes=scopes)
        # What is left out is in no state, so a preview would take it for unknown.
        declared = pulumi.Output.from_input([]) if scopes is None else self.api.scopes
        names = declared.apply(lambda found: [scope["name"] for scope in found or []])
        self.application = self._makers["application"](
            f"{resource_name}-application",
            below,
            application_type=application_type,
            grant_types=grant_types,
            callback_urls=callback_urls,
            allowed_audience="APPLICATION" if wanted else None,
            authorized_apis=[{"api_id": self.api.id, "policy": "RBAC", "scopes": names}],
        )
        self.client = self._makers["client"](
            f"{resource_name}-client",
            below,
            client_id=self.application.client_id,
            key_manager=key_manager,
            key_type=key_type,
            subscriptions=subscriptions,
        )
        self.roles = {
            name: self._makers["roles"](
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

    def _roles_by_name(self, roles: Any) -> dict[str, dict[str, Any]]:
        """The inputs of each role by its name; what is no plain text cannot be a part of a resource's name."""
        if isinstance(roles, str | Mapping) or not isinstance(roles, Sequence | None):
            raise pulumi.RunError(
                "roles: is a plain list of roles, no output; groups, users and permissions may be outputs"
            )
        found: dict[str, dict[str, Any]] = {}
        for index, role in enumerate(roles or ()):
            path = f"roles[{index}]"
            given = self._fields(role, path)
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

    def _fields(self, role: Any, path: str) -> dict[str, Any]:
        if isinstance(role, self._role_classes):
            return {name: pulumi.get(role, name) for name in self._role_fields}
        if not isinstance(role, Mapping):
            raise pulumi.RunError(f"{path}: is a role, no output; its groups, users and permissions may be outputs")
        if wrong := sorted(str(key) for key in role.keys() - set(self._role_fields)):
            raise pulumi.RunError(f"{path}.{wrong[0]}: is not a property; a role has {', '.join(self._role_fields)}")
        return dict(role)
