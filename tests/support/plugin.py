"""One resource in the hands of the real plugin process, as an engine would lead it through its life."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2, provider_pb2_grpc
from pulumi_asgardeo_bijira.resources import CLASSES
from pulumi_asgardeo_bijira.serving.configuration import SETTINGS
from pulumi_asgardeo_bijira.wire import decode, encode, open_secrets

from tests.support.forking import ForkedPython
from tests.support.host import Host, Life, PropertyMap

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ("Plugin", "PluginLife")

_FLAT = {key: name for name, key in SETTINGS.items()}
_CLASS_OF = {name: class_name for class_name, name in CLASSES.items()}


class Engine(engine_pb2_grpc.EngineServicer):
    """What the plugin tells the engine."""

    def __init__(self) -> None:
        self.said: list[Any] = []
        self._server = grpc.server(ThreadPoolExecutor(4))
        engine_pb2_grpc.add_EngineServicer_to_server(self, self._server)
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def Log(self, request: Any, context: Any) -> Any:  # noqa: N802  # the protocol's name
        """Remember a line."""
        self.said.append(request)
        return empty_pb2.Empty()

    def text(self) -> str:
        """All lines, as a user would read them."""
        called = {engine_pb2.WARNING: "warning: "}
        return "".join(f"{called.get(one.severity, '')}{one.message}\n" for one in self.said)

    def close(self) -> None:
        """Listen no longer."""
        self._server.stop(None)


class Plugin(Host):
    """The plugin's process, configured like the provider instance of a stack that has a name."""

    def __init__(self, config: Mapping[str, str], environment: Mapping[str, str], name: str = "default") -> None:
        self.engine = Engine()
        self.name = name
        super().__init__({_FLAT.get(key, key): value for key, value in config.items()}, environment)

    def _start(self) -> None:
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("ASGARDEO_", "BIJIRA_"))}
        command = ["-m", "pulumi_asgardeo_bijira.serving", "--logflow", self.engine.address]
        self._process = ForkedPython(command, {**clean, **self._environment})
        port = self._process.stdout.readline().decode().strip()
        self._channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        self.stub = provider_pb2_grpc.ResourceProviderStub(self._channel)
        self.stub.Handshake(provider_pb2.ProviderHandshakeRequest(engine_address=self.engine.address))
        self.stub.Configure(
            provider_pb2.ConfigureRequest(
                args=encode(self._config), acceptSecrets=True, sends_old_inputs=True, name=self.name
            )
        )

    def wait(self, seconds: float) -> int:
        """The exit code, once the process has ended by itself."""
        return self._process.wait(seconds)

    def close(self) -> str:
        """End the process and return what it told the engine and wrote to stderr."""
        errors = super().close()
        self.engine.close()
        return self.engine.text() + errors


class PluginLife(Life):
    """The same life, by the plugin's protocol: an engine hands it old inputs and asks it for differences."""

    @property
    def type(self) -> str:
        """The resource's type."""
        return f"asgardeo-bijira:index:{_CLASS_OF[self.kind]}"

    @property
    def urn(self) -> str:
        """What the engine calls the resource."""
        return f"urn:pulumi:trial::trial::{self.type}::{self.name}-{self.number}"

    def check(self, inputs: PropertyMap) -> tuple[PropertyMap, list[str]]:
        """The inputs in their one form, and what is wrong with them."""
        found = self._ask("Check", provider_pb2.CheckRequest, olds=self.inputs, news=inputs)
        assert all(not failure.property for failure in found.failures), "the engine would print the property's value"
        return self._bag(found.inputs), [failure.reason for failure in found.failures]

    def _planned(self, checked: PropertyMap) -> str:
        found = self.diff(checked)
        if found.replaces:
            return "replace"
        return "same" if found.changes == provider_pb2.DiffResponse.DIFF_NONE else "update"

    def diff(self, checked: PropertyMap) -> Any:
        """What the plugin says of a change to these checked inputs."""
        found = self._ask(
            "Diff", provider_pb2.DiffRequest, id=self.id, olds=self.outputs, old_inputs=self.inputs, news=checked
        )
        assert found.changes in (provider_pb2.DiffResponse.DIFF_NONE, provider_pb2.DiffResponse.DIFF_SOME)
        assert found.deleteBeforeReplace
        assert found.hasDetailedDiff
        return found

    def up(self, inputs: PropertyMap) -> str:
        """Do it; where nothing is to be done, the engine remembers the inputs as they are now."""
        operation = super().up(inputs)
        if operation == "same":
            self.inputs, _ = self.check(inputs)
        return operation

    def create_in_preview(self, inputs: PropertyMap) -> PropertyMap:
        """What a preview says of it."""
        return self._bag(self._ask("Create", provider_pb2.CreateRequest, properties=inputs, preview=True).properties)

    def update_in_preview(self, inputs: PropertyMap) -> PropertyMap:
        """What a preview says of it."""
        return self._bag(self._asked_to_update(inputs, preview=True).properties)

    def create(self, inputs: PropertyMap) -> None:
        """Make it within the running command."""
        made = self._ask("Create", provider_pb2.CreateRequest, properties=inputs)
        self.host.made.add(made.id)
        self.id, self.inputs, self.outputs = made.id, inputs, self._bag(made.properties)

    def delete(self) -> None:
        """Delete it within the running command."""
        self._ask("Delete", provider_pb2.DeleteRequest, id=self.id, properties=self.outputs, old_inputs=self.inputs)
        self.id, self.inputs, self.outputs = "", {}, {}

    def _update(self, inputs: PropertyMap) -> None:
        self.inputs, self.outputs = inputs, self._bag(self._asked_to_update(inputs).properties)

    def _asked_to_update(self, inputs: PropertyMap, *, preview: bool = False) -> Any:
        return self._ask(
            "Update",
            provider_pb2.UpdateRequest,
            id=self.id,
            olds=self.outputs,
            old_inputs=self.inputs,
            news=inputs,
            preview=preview,
        )

    def _read(self, id: str, inputs: PropertyMap, outputs: PropertyMap) -> Any:
        return self._ask("Read", provider_pb2.ReadRequest, id=id, properties=outputs, inputs=inputs)

    def _bag(self, struct: Any) -> PropertyMap:
        found: PropertyMap = open_secrets(decode(struct))
        return found

    def _ask(self, method: str, request: Any, **fields: Any) -> Any:
        carried = {name: encode(value) if isinstance(value, dict) else value for name, value in fields.items()}
        name = f"{self.name}-{self.number}"
        return self.host.call(method, request(urn=self.urn, name=name, type=self.type, **carried))
