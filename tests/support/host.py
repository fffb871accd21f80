"""One resource in the hands of the real dynamic provider process, as an engine would lead it through its life."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, cast

import grpc
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc
from pulumi_asgardeo_bijira.dynamic import PROVIDER_KEY, payload
from pulumi_asgardeo_bijira.wire import decode, encode

from tests.support.forking import ForkedPython

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asgardeo_bijira_sandbox import Sandbox

__all__ = ("UNKNOWN", "Host", "Life", "Refused")

UNKNOWN = rpc.UNKNOWN
PropertyMap = dict[str, Any]


class Refused(Exception):
    """The provider refused; its text is what a user reads."""


class Host:
    """The process `python -m pulumi.dynamic`, configured like the default provider of a stack.

    An engine starts it anew for each of its commands; here it goes on, and is only started anew where it would
    remember something of a former command.
    """

    def __init__(self, config: Mapping[str, str], environment: Mapping[str, str]) -> None:
        self._config, self._environment, self._errors = dict(config), dict(environment), ""
        #: Ids that were made or taken over in this process.
        self.made: set[str] = set()
        #: Kinds whose objects have been listed in this process, as happens once before the first creation.
        self.listed: set[str] = set()
        self._start()

    def _start(self) -> None:
        config, environment = self._config, self._environment
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("ASGARDEO_", "BIJIRA_"))}
        self._process = ForkedPython(
            ["-m", "pulumi.dynamic", "127.0.0.1:1"], {**clean, "PULUMI_PROJECT": "trial", **environment}
        )
        port = self._process.stdout.readline().decode().strip()
        self._channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        self.stub = provider_pb2_grpc.ResourceProviderStub(self._channel)
        self.stub.Configure(provider_pb2.ConfigureRequest(args=encode(dict(config)), acceptSecrets=True))

    def call(self, method: str, request: Any) -> Any:
        """Call a method of the provider."""
        try:
            return getattr(self.stub, method)(request)
        except grpc.RpcError as refusal:
            raise Refused(str(cast("grpc.Call", refusal).details()).strip()) from None

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def restart(self) -> None:
        """The engine's next command."""
        self._end()
        self.made.clear()
        self.listed.clear()
        self._start()

    def close(self) -> str:
        """End the process and return what it wrote to stderr."""
        self._end()
        return self._errors

    def _end(self) -> None:
        self._channel.close()
        self._errors += self._process.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_numbers = itertools.count(1)


@dataclass
class Life:
    """One resource: its state as the engine keeps it, and the operations that lead from one state to the next."""

    host: Host
    kind: str
    sandbox: Sandbox
    name: str = "trial"
    id: str = ""
    inputs: PropertyMap = field(default_factory=dict)
    outputs: PropertyMap = field(default_factory=dict)
    #: Requests by platform of the last operation; apart from them those for a token, and those that list what there is
    #: before the first creation of a process.
    requests: Counter[str] = field(default_factory=Counter)
    listing: int = 0
    sent: list[str] = field(default_factory=list)
    number: int = field(default_factory=lambda: next(_numbers))

    @property
    def urn(self) -> str:
        """What the engine calls the resource."""
        return f"urn:pulumi:trial::trial::pulumi-python:dynamic/test:{self.kind}::{self.name}-{self.number}"

    def check(self, inputs: PropertyMap) -> tuple[PropertyMap, list[str]]:
        """The inputs in their one form, and what is wrong with them."""
        request = provider_pb2.CheckRequest(
            urn=self.urn, olds=self._with_payload(self.inputs), news=self._with_payload(inputs)
        )
        found = self.host.call("Check", request)
        assert all(not failure.property for failure in found.failures), "the engine would print the property's value"
        return self._bag(found.inputs), [failure.reason for failure in found.failures]

    def preview(self, inputs: PropertyMap) -> str:
        """What `up` would do with these inputs: `create`, `same`, `update` or `replace`."""
        checked, failures = self.check(inputs)
        if failures:
            raise Refused("\n".join(failures))
        return self._planned(checked) if self.id else "create"

    def _planned(self, checked: PropertyMap) -> str:
        if self._replaces(checked):
            return "replace"
        return "same" if checked == self.inputs else "update"

    def up(self, inputs: PropertyMap) -> str:
        """Do it."""
        operation = self.preview(inputs)
        checked, _ = self.check(inputs)
        mark = self.sandbox.ledger.mark()
        try:
            if operation == "replace":
                self._delete()
            if operation in ("create", "replace"):
                self._create(checked)
            elif operation == "update":
                self._update(checked)
        finally:
            self._count(mark)
        return operation

    def refresh(self) -> str:
        """See what has become of it: `same`, `update` or `gone`."""
        mark = self.sandbox.ledger.mark()
        try:
            found = self._read(self.id, self.inputs, self.outputs)
        finally:
            self._count(mark)
        if not found.id:
            self.id, self.inputs, self.outputs = "", {}, {}
            return "gone"
        before = (self.inputs, self.outputs)
        self.inputs, self.outputs = self._bag(found.inputs), self._bag(found.properties)
        return "same" if before == (self.inputs, self.outputs) else "update"

    def get(self, id: str) -> PropertyMap:
        """Read one that is not managed; what a program then sees of it."""
        mark = self.sandbox.ledger.mark()
        try:
            return self._bag(self._read(id, {}, {}).properties)
        finally:
            self._count(mark)

    def destroy(self) -> None:
        """Delete it."""
        mark = self.sandbox.ledger.mark()
        try:
            self._delete()
        finally:
            self._count(mark)

    def _create(self, inputs: PropertyMap) -> None:
        if inputs.get("adopt") is True and self.host.made:
            self.host.restart()
        self.create(inputs)

    def create(self, inputs: PropertyMap) -> None:
        """Make it within the running command."""
        request = provider_pb2.CreateRequest(urn=self.urn, properties=self._with_payload(inputs))
        made = self.host.call("Create", request)
        self.host.made.add(made.id)
        self.id, self.inputs, self.outputs = made.id, inputs, self._bag(made.properties)

    def _update(self, inputs: PropertyMap) -> None:
        request = provider_pb2.UpdateRequest(
            urn=self.urn, id=self.id, olds=self._with_payload(self.outputs), news=self._with_payload(inputs)
        )
        done = self.host.call("Update", request)
        self.inputs, self.outputs = inputs, self._bag(done.properties)

    def _delete(self) -> None:
        if self.id in self.host.made:
            self.host.restart()
        self.delete()

    def delete(self) -> None:
        """Delete it within the running command."""
        request = provider_pb2.DeleteRequest(urn=self.urn, id=self.id, properties=self._with_payload(self.outputs))
        self.host.call("Delete", request)
        self.id, self.inputs, self.outputs = "", {}, {}

    def _read(self, id: str, inputs: PropertyMap, outputs: PropertyMap) -> Any:
        properties = self._with_payload(outputs) if outputs else None
        request = provider_pb2.ReadRequest(
            urn=self.urn, id=id, properties=properties, inputs=self._with_payload(inputs)
        )
        return self.host.call("Read", request)

    def _bag(self, struct: Any) -> PropertyMap:
        """The properties of an answer, without the marks of secrecy."""
        found = decode(struct)
        return {key: rpc.unwrap_rpc_secret(value) for key, value in found.items() if key != PROVIDER_KEY}

    def _replaces(self, inputs: PropertyMap) -> list[str]:
        request = provider_pb2.DiffRequest(
            urn=self.urn, id=self.id, olds=self._with_payload(self.outputs), news=self._with_payload(inputs)
        )
        found = self.host.call("Diff", request)
        assert found.changes == provider_pb2.DiffResponse.DIFF_UNKNOWN
        assert found.deleteBeforeReplace
        return list(found.replaces)

    def _with_payload(self, bag: PropertyMap) -> Any:
        return encode({**bag, PROVIDER_KEY: payload(self.kind)})

    def _count(self, mark: int) -> None:
        exchanges = [one for one in self.sandbox.ledger.since(mark) if one.platform != "token"]
        made = next((index for index, one in enumerate(exchanges) if one.method == "POST"), None)
        self.listing = 0
        if made is not None and self.kind not in self.host.listed:
            route = exchanges[made].route
            before = [one for one in exchanges[:made] if (one.method, one.route) != ("GET", route)]
            self.listing = made - len(before)
            exchanges = before + exchanges[made:]
            if self.listing:
                self.host.listed.add(self.kind)
        self.requests = Counter(one.platform for one in exchanges)
        self.sent = [f"{one.method} {one.route}" for one in exchanges]
