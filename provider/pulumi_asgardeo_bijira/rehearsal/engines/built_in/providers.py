"""Calls the right provider: a dynamic host for resources, the engine itself for components and for providers."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.rehearsal.engines.built_in import paths
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.host import Checked, Diff, Host, HostFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pulumi_asgardeo_bijira import wire
    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.host import Launcher
    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.state import Resource, State

__all__ = ["Providers"]

_UNKNOWN_CONFIG = (
    "The provider for this resource has inputs that are not known during preview. "
    "This preview may not correctly represent the changes that will be applied during an update."
)


class Providers:
    """The provider instances of one command; each host is a process, started when its provider is registered."""

    def __init__(self, launcher: Launcher, state: State, report: Callable[[str, str, str], None]) -> None:
        self._launcher = launcher
        self._state = state
        self._report = report
        self._hosts: dict[str, Host] = {}
        self._starting = threading.Lock()

    def start(self, provider: Resource) -> None:
        """Start the host of a provider resource unless it runs."""
        with self._starting:
            reference = f"{provider.urn}::{provider.id}"
            if reference not in self._hosts:
                self._hosts[reference] = Host(self._launcher, provider.inputs)

    def host(self, resource: Resource) -> Host:
        """The host that manages a resource; for one of a former run it starts with the stored configuration."""
        urn, _, id_ = resource.provider.rpartition("::")
        if resource.provider not in self._hosts:
            known = [*self._state.news, *self._state.olds]
            provider = next((p for p in known if p.urn == urn and p.id == id_), None)
            if provider is None:
                raise HostFailure(f"the provider {resource.provider} of {resource.urn} is not in the state")
            self.start(provider)
        return self._hosts[resource.provider]

    def check(self, new: Resource, olds: wire.Properties | None, news: wire.Properties) -> Checked:
        """Validated and completed inputs; components and providers take theirs as they are."""
        if self._ours(new):
            return Checked(news, [])
        host = self.host(new)
        return host.check(new, olds, news) if host.known else Checked(news, [])

    def diff(
        self, old: Resource, olds: tuple[wire.Properties, wire.Properties], new: Resource, ignored: Iterable[str]
    ) -> Diff:
        """What differs between the old inputs and outputs and the new inputs."""
        if self._ours(new):
            return Diff(changed=bool(paths.differences(olds[0], new.inputs)))
        host = self.host(new)
        if not host.known:
            self._report("warning", new.urn, _UNKNOWN_CONFIG)
            return Diff(changed=True)
        return host.diff(old, new.urn, olds, new.inputs, ignored)

    def disconnect(self) -> None:
        """Close the channels to all hosts; a host that ends while its channel is open makes gRPC complain."""
        for host in self._hosts.values():
            host.disconnect()

    def close(self) -> None:
        """End all hosts."""
        for host in self._hosts.values():
            host.end()
        for host in self._hosts.values():
            host.close()

    @staticmethod
    def _ours(resource: Resource) -> bool:
        return not resource.custom or resource.is_provider
