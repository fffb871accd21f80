"""From resources to their picture: as a stack's state has them after `up`, or as the platforms show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..resources import ExportEntry, Platforms, ResourceHandler, resource_handlers
from ..resources.application.authorized_api import AuthorizedApi
from ..resources.catalog import RESOURCES
from ..resources.results import looked_at
from ..resources.schema import PropertyMap
from .graph import Graph, Node
from .names import Names

__all__ = ("Resource", "declared_resources", "graph_of", "live_resources")

#: How many users of a role are shown by name; more are shown as a number.
_FEW = 6
_NO_POLICY = "No Policy"
_KINDS = {token: one.name for one in RESOURCES for token in (one.dynamic_type, one.token)}


@dataclass(frozen=True)
class Resource:
    """A resource of this package: its kind, id, and all its properties."""

    kind: str
    id: str
    properties: PropertyMap

    def texts(self, key: str) -> list[str]:
        """The texts of a list."""
        return [item for item in self.properties.get(key) or () if isinstance(item, str)]

    def objects(self, key: str) -> list[PropertyMap]:
        """The objects of a list."""
        return [item for item in self.properties.get(key) or () if isinstance(item, dict)]

    def text(self, key: str) -> str:
        """A text; empty where there is none."""
        found = self.properties.get(key)
        return found if isinstance(found, str) else ""


def declared_resources(state: Iterable[Mapping[str, Any]]) -> list[Resource]:
    """Those of this package in an exported state."""
    return [
        Resource(_KINDS[entry["type"]], str(entry["id"]), {**entry.get("inputs", {}), **entry.get("outputs", {})})
        for entry in state
        if entry.get("type") in _KINDS and entry.get("id")
    ]


def live_resources(platforms: Platforms, chosen: Iterable[str]) -> tuple[list[Resource], list[str]]:
    """All that these platforms have, as far as this token may see it; and what it may not see, a line each."""
    found: list[Resource] = []
    unseen: list[str] = []
    for handler in resource_handlers().values():
        if handler.platform not in chosen or handler.name not in _DRAWN:
            continue
        for entry, resource in looked_at(handler.listed(platforms), partial(_seen, platforms, handler)):
            if entry.why_not:
                unseen.append(f"{handler.title} {entry.title}: {entry.why_not}")
            elif resource is not None:
                found.append(resource)
    return found, unseen


def _seen(platforms: Platforms, handler: ResourceHandler, entry: ExportEntry) -> Resource | None:
    shown = handler.refresh(platforms, entry.id, {})
    return shown and Resource(handler.name, entry.id, {**shown[0], **shown[1]})


def graph_of(resources: Iterable[Resource], names: Names) -> Graph:
    """The picture of them; what one names that is not among them is there by its name alone."""
    picture = _Picture(list(resources), names)
    for kind, draw in _DRAWN.items():
        for resource in picture.resources:
            if resource.kind == kind:
                draw(picture, resource)
    return picture.graph


class _Picture:
    """The graph as it grows."""

    def __init__(self, resources: list[Resource], names: Names) -> None:
        self.resources, self.names, self.graph = resources, names, Graph()
        #: Nodes by what others call them: ids, client ids, names of scopes.
        self._applications: dict[str, Node] = {}
        self._scopes: dict[str, Node] = {}

    def api(self, resource: Resource) -> None:
        """An API with its scopes."""
        api = self.graph.node("api", resource.id, resource.text("name") or resource.text("identifier"))
        for scope in resource.objects("scopes"):
            self.graph.lead(self._scope(str(scope.get("name"))), api)

    def application(self, resource: Resource) -> None:
        """An application with the scopes that it may ask for."""
        application = self.graph.node("application", resource.id, resource.text("name"))
        self._applications |= {resource.id: application, resource.text("clientId"): application}
        for authorized in resource.objects("authorizedApis"):
            self._authorized(application, authorized)

    def _authorized(self, application: Node, authorized: PropertyMap) -> None:
        api_id = str(authorized.get("apiId"))
        api = self.graph.known("api", api_id) or self.graph.node("api", api_id, self.names.api(api_id))
        policy = str(authorized.get("policy", AuthorizedApi.model_fields["policy"].default))
        scopes = [item for item in authorized.get("scopes") or () if isinstance(item, str)]
        for name in scopes:
            scope = self._scope(name)
            self.graph.lead(application, scope, policy, is_open=policy == _NO_POLICY)
            self.graph.lead(scope, api)
        if not scopes:
            self.graph.lead(application, api, policy, is_open=policy == _NO_POLICY)

    def _scope(self, name: str) -> Node:
        return self._scopes.setdefault(name, self.graph.node("scope", name, name))

    def role(self, resource: Resource) -> None:
        """A role: who has it, what it permits, whose it is."""
        role = self.graph.node("role", resource.id, resource.text("name"))
        for group in resource.texts("groups"):
            self.graph.lead(self.graph.node("group", group, self.names.group(group)), role)
        users = resource.texts("users")
        for user in users if len(users) <= _FEW else ():
            self.graph.lead(self.graph.node("user", user, self.names.user(user)), role)
        if len(users) > _FEW:
            self.graph.lead(self.graph.node("user", f"of {resource.id}", f"{len(users)} users"), role)
        for name in resource.texts("permissions"):
            self.graph.lead(role, self._scope(name), "permits")
        if application := resource.text("applicationId"):
            self.graph.lead(role, self._application(application), "role of")

    def _application(self, key: str) -> Node:
        """The application of an id or a client id, which may be none of these resources'."""
        if key not in self._applications:
            self._applications[key] = self.graph.node("application", key, self.names.application(key))
        return self._applications[key]

    def client(self, resource: Resource) -> None:
        """What an application is subscribed to behind the gateway."""
        if not resource.text("clientId"):
            return
        application = self._client(resource.text("clientId"))
        for subscription in resource.objects("subscriptions"):
            api = self._published(subscription)
            plan = str(subscription.get("plan"))
            target = self.graph.node("plan", f"{api} {plan}", f"{api}: {plan}")
            self.graph.lead(application, target, resource.text("applicationName"))

    def _client(self, client_id: str) -> Node:
        known = self._applications.get(client_id)
        return known or self.graph.node("application", client_id, f"client id {client_id}")

    def _published(self, subscription: PropertyMap) -> str:
        if "apiName" in subscription:
            return f"{subscription['apiName']} {subscription.get('apiVersion', '')}".strip()
        return self.names.published(str(subscription.get("apiId")))


#: How each kind is drawn, in the order in which one names the other.
_DRAWN = {
    "Api": _Picture.api,
    "Application": _Picture.application,
    "Role": _Picture.role,
    "ApplicationClient": _Picture.client,
}
