"""The real dynamic provider host: one process for each provider instance, called as the engine does."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import grpc
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, status_pb2

from pulumi_asgardeo_bijira import wire
from pulumi_asgardeo_bijira.rehearsal.engines.built_in import paths
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.children import Child
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.goal import refusal
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.state import name_of, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.state import Resource
    from pulumi_asgardeo_bijira.rehearsal.engines.model import EngineError

__all__ = ["MAX_MESSAGE", "Checked", "Diff", "Host", "HostFailure", "Launcher"]

MAX_MESSAGE = 400 * 1024 * 1024
_DETAILS = "grpc-status-details-bin"


class HostFailure(Exception):
    """A provider method raised; the message is what it said."""


@dataclass(frozen=True)
class Checked:
    """The answer of a check: the inputs to use, and what is wrong with them as (property, reason)."""

    inputs: wire.Properties
    failures: list[tuple[str, str]]


@dataclass(frozen=True)
class Diff:
    """What differs, and what the provider (or the user, by an option) wants done about it."""

    changed: bool = False
    paths: tuple[paths.Path, ...] = ()
    replaces: tuple[str, ...] = ()
    delete_first: bool = False
    forced: bool = False

    @property
    def replacing(self) -> bool:
        """Whether the object has to be replaced."""
        return self.forced or bool(self.replaces)

    def with_replacements(self, patterns: Iterable[str]) -> Diff:
        """Replace also on changes at these paths; only whole properties are named as the reason."""
        parsed = [paths.parse(pattern) for pattern in patterns]
        covered = [path for path in self.paths if any(paths.covers(pattern, path) for pattern in parsed)]
        whole = [str(path[0]) for path in covered if any(paths.covers(pattern, path[:1]) for pattern in parsed)]
        return replace(self, replaces=tuple(dict.fromkeys([*self.replaces, *whole])), forced=bool(covered))


@dataclass(frozen=True)
class Launcher:
    """How to start a host process."""

    python: Path
    directory: Path
    environment: Mapping[str, str]
    engine_address: str
    on_line: Callable[[str], None]
    child: type[Child] = Child

    def start(self) -> Child:
        """Start one."""
        arguments = ["host", self.engine_address]
        return self.child(self.python, arguments, self.directory, self.environment, self.on_line, announces=True)


class Host:
    """One provider instance. It starts at once and is waited for when first needed."""

    def __init__(self, launcher: Launcher, config: wire.Properties) -> None:
        self.known = not wire.contains_unknown(config)
        self._child = launcher.start()
        self._config = config
        self._channel: grpc.Channel | None = None
        self._stub: provider_pb2_grpc.ResourceProviderStub | None = None
        self._connecting = threading.Lock()

    def _connect(self) -> None:
        port = self._child.first_line()
        if not port.isdigit():
            self._child.close()
            raise HostFailure(
                "the dynamic provider host did not start; is pulumi installed in the virtual environment?"
            )
        size = [("grpc.max_receive_message_length", MAX_MESSAGE), ("grpc.max_send_message_length", MAX_MESSAGE)]
        self._channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=size)
        self._stub = provider_pb2_grpc.ResourceProviderStub(self._channel)
        self._configure(self._stub)

    def _configure(self, stub: provider_pb2_grpc.ResourceProviderStub) -> None:
        plain = {key: _config_text(value) for key, value in wire.for_host(self._config).items()}
        request = provider_pb2.ConfigureRequest(
            variables={f"pulumi-python:config:{key}": value for key, value in plain.items()},
            args=wire.encode(self._config),
            acceptSecrets=True,
            acceptResources=True,
            sends_old_inputs=True,
            sends_old_inputs_to_delete=True,
        )
        stub.Configure(request)

    def disconnect(self) -> None:
        """Close the channel."""
        if self._channel is not None:
            self._channel.close()

    def end(self) -> None:
        """Tell the process to end."""
        self.disconnect()
        self._child.end()

    def close(self) -> None:
        """End the process and wait for it."""
        self.end()
        self._child.close()

    def check(self, new: Resource, olds: wire.Properties | None, news: wire.Properties) -> Checked:
        """Let the provider validate and complete the inputs."""
        request = provider_pb2.CheckRequest(
            **_who(new),
            olds=wire.encode(wire.for_host(olds or {})),
            news=wire.encode(wire.for_host(news)),
            randomSeed=hashlib.sha256(new.urn.encode()).digest(),
        )
        response = self._call("Check", request)
        failures = [(failure.property, failure.reason) for failure in response.failures]
        return Checked(wire.mark_like(wire.decode(response.inputs), news), failures)

    def diff(
        self,
        old: Resource,
        urn: str,
        olds: tuple[wire.Properties, wire.Properties],
        news: wire.Properties,
        ignored: Iterable[str] = (),
    ) -> Diff:
        """Compare an old state (inputs and outputs) with new inputs."""
        old_inputs, old_outputs = olds
        request = provider_pb2.DiffRequest(
            urn=urn,
            name=name_of(urn),
            type=type_of(urn),
            id=old.id,
            olds=wire.encode(wire.for_host(old_outputs)),
            old_inputs=wire.encode(wire.for_host(old_inputs)),
            news=wire.encode(wire.for_host(news)),
            ignoreChanges=list(ignored),
        )
        response = self._call("Diff", request)
        replaces, delete_first = tuple(response.replaces), bool(response.deleteBeforeReplace)
        if response.changes == provider_pb2.DiffResponse.DIFF_UNKNOWN:
            found = tuple(paths.differences(old_inputs, paths.reset(news, old_inputs, ignored)))
            return Diff(bool(found), found, replaces, delete_first)
        changed = response.changes == provider_pb2.DiffResponse.DIFF_SOME
        return Diff(changed, tuple(paths.parse(path) for path in response.diffs), replaces, delete_first)

    def create(self, new: Resource) -> tuple[str, wire.Properties]:
        """Make the object; its id and outputs."""
        request = provider_pb2.CreateRequest(
            **_who(new), properties=_known(new.inputs), timeout=new.timeouts.get("create", 0.0)
        )
        response = self._call("Create", request)
        if not response.id:
            raise HostFailure(f"the provider's create returned no id for {new.urn}")
        return response.id, wire.mark_like(wire.decode(response.properties), new.inputs)

    def update(self, old: Resource, new: Resource) -> wire.Properties:
        """Change the object; its new outputs."""
        request = provider_pb2.UpdateRequest(
            **_who(new),
            id=old.id,
            olds=wire.encode(wire.for_host(old.outputs)),
            old_inputs=wire.encode(wire.for_host(old.inputs)),
            news=_known(new.inputs),
            timeout=new.timeouts.get("update", 0.0),
            ignoreChanges=new.ignore_changes,
        )
        return wire.mark_like(wire.decode(self._call("Update", request).properties), new.inputs)

    def read(
        self, of: Resource, inputs: wire.Properties, outputs: wire.Properties
    ) -> tuple[str, wire.Properties | None, wire.Properties]:
        """Look at the object: its id (empty when gone), its inputs if the provider says them, its outputs."""
        request = provider_pb2.ReadRequest(
            **_who(of),
            id=of.id,
            properties=wire.encode(wire.for_host(outputs)),
            inputs=wire.encode(wire.for_host(inputs)),
        )
        response = self._call("Read", request)
        read_inputs = wire.mark_like(wire.decode(response.inputs), inputs) if response.HasField("inputs") else None
        marked = wire.mark_like(wire.mark_like(wire.decode(response.properties), inputs), outputs)
        return response.id, read_inputs, marked

    def delete(self, old: Resource) -> None:
        """Delete the object."""
        request = provider_pb2.DeleteRequest(
            **_who(old),
            id=old.id,
            properties=wire.encode(wire.for_host(old.outputs)),
            old_inputs=wire.encode(wire.for_host(old.inputs)),
            timeout=old.timeouts.get("delete", 0.0),
        )
        self._call("Delete", request)

    def _call(self, method: str, request: Any) -> Any:
        with self._connecting:
            if self._stub is None:
                self._connect()
        try:
            return getattr(self._stub, method)(request)
        except grpc.RpcError as error:
            raise _failure(cast("grpc.Call", error)) from None


def _failure(error: grpc.Call) -> HostFailure | EngineError:
    """What the provider said; that an object is there and not ready, only the real engine keeps."""
    for key, value in error.trailing_metadata() or ():
        if key == _DETAILS and isinstance(value, bytes):
            details = status_pb2.Status.FromString(value).details
            if any(detail.Is(provider_pb2.ErrorResourceInitFailed.DESCRIPTOR) for detail in details):
                return refusal("an object that is created but not initialized")
    return HostFailure(str(error.details()).strip())


def _who(resource: Resource) -> dict[str, Any]:
    return {"urn": resource.urn, "name": resource.name, "type": resource.type}


def _known(properties: wire.Properties) -> Any:
    return wire.encode(wire.without_unknowns(wire.for_host(properties)))


def _config_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
