"""The component: what the plugin registers for it with the engine, and what it answers."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import alias_pb2, provider_pb2, resource_pb2, resource_pb2_grpc
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE
from pulumi_asgardeo_bijira.wire import decode, encode, open_secrets

from tests.support.host import Refused
from tests.support.plugin import Plugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asgardeo_bijira_sandbox import Sandbox

TYPE = "asgardeo-bijira:index:SecuredApi"
INPUTS: dict[str, Any] = {
    "identifier": "urn:orders",
    "scopes": [{"name": "orders:read", "displayName": "Read"}],
    "subscriptions": [{"apiName": "Orders API", "apiVersion": "1.0.0"}],
    "roles": [{"name": "reader", "permissions": ["orders:read"], "groups": ["staff"]}],
}
#: The parts with the types that the same component of a Python program has.
PARTS = {
    "orders-api": ("AsgardeoApi", "asgardeo:Api"),
    "orders-application": ("AsgardeoApplication", "asgardeo:Application"),
    "orders-client": ("BijiraApplicationClient", "bijira:ApplicationClient"),
    "orders-role-reader": ("AsgardeoRole", "asgardeo:Role"),
}


class Monitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Takes every resource for made, but for one that it never answers about."""

    def __init__(self) -> None:
        self.registered: dict[str, Any] = {}
        self.stuck, self.reached, self._ended = "", threading.Event(), threading.Event()
        self._server = grpc.server(ThreadPoolExecutor(8))
        resource_pb2_grpc.add_ResourceMonitorServicer_to_server(self, self._server)
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def GetDeploymentInfo(self, request: Any, context: Any) -> Any:  # noqa: N802  # the protocol's names
        return resource_pb2.DeploymentInfo(
            supportedFeatures=(
                resource_pb2.RESOURCE_MONITOR_FEATURE_SECRETS,
                resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
                resource_pb2.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
            )
        )

    def RegisterResource(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.registered[request.name] = request
        if request.name == self.stuck:
            self.reached.set()
            self._ended.wait()
        computed = {"clientId": "abc", "clientSecret": "hunter2", "tokenEndpoint": "https://example.com/token"}
        given = computed | decode(request.object) if request.custom else {}
        urn = f"urn:pulumi:trial::trial::{request.type}::{request.name}"
        return resource_pb2.RegisterResourceResponse(urn=urn, id=f"id of {request.name}", object=encode(given))

    def RegisterResourceOutputs(self, request: Any, context: Any) -> Any:  # noqa: N802
        return empty_pb2.Empty()

    def close(self) -> None:
        """End what waits."""
        self._ended.set()
        self._server.stop(None)


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    """The engine's side."""
    running = Monitor()
    yield running
    running.close()


def construct(plugin: Plugin, monitor: Monitor, inputs: dict[str, Any], **options: Any) -> Any:
    """Have the component made."""
    request = provider_pb2.ConstructRequest(
        project="trial",
        stack="trial",
        type=TYPE,
        name="orders",
        inputs=encode(inputs),
        monitorEndpoint=monitor.address,
        parent="urn:pulumi:trial::trial::pulumi:pulumi:Stack::trial-trial",
        **options,
    )
    return plugin.call("Construct", request)


def test_its_parts_are_the_plugins_own_and_take_over_the_dynamic_ones(plugin: Plugin, monitor: Monitor) -> None:
    """Each gets what the one before it computes, in the state's spelling."""
    construct(plugin, monitor, INPUTS)
    component, parts = monitor.registered.pop("orders"), monitor.registered
    assert (component.type, component.custom) == (TYPE, False)
    assert {name: one.type for name, one in parts.items()} == {
        name: f"asgardeo-bijira:index:{own}" for name, (own, _) in PARTS.items()
    }
    assert {name: [alias.spec.type for alias in one.aliases] for name, one in parts.items()} == {
        name: [f"pulumi-python:dynamic/{dynamic}"] for name, (_, dynamic) in PARTS.items()
    }
    assert {one.parent for one in parts.values()} == {f"urn:pulumi:trial::trial::{TYPE}::orders"}
    assert all(one.deleteBeforeReplace for one in parts.values())
    declared = {name: open_secrets(decode(one.object)) for name, one in parts.items()}
    assert declared["orders-api"] == {"identifier": "urn:orders", "scopes": INPUTS["scopes"]}
    assert declared["orders-application"] == {
        "allowedAudience": "APPLICATION",
        "authorizedApis": [{"apiId": "id of orders-api", "policy": "RBAC", "scopes": ["orders:read"]}],
    }
    assert declared["orders-client"] == {"clientId": "abc", "subscriptions": INPUTS["subscriptions"]}
    assert declared["orders-role-reader"] == {**INPUTS["roles"][0], "applicationId": "id of orders-application"}


def test_a_program_sees_its_parts_and_what_it_computes(plugin: Plugin, monitor: Monitor) -> None:
    """The parts as references to resources."""
    shown = decode(construct(plugin, monitor, INPUTS).state)
    assert shown["scope"] == "orders:read"
    assert shown["clientId"] == "abc"
    assert shown["tokenEndpoint"] == "https://example.com/token"
    references = {**{f"orders-{name}": shown[name] for name in ("api", "application", "client")}}
    references["orders-role-reader"] = shown["roles"]["reader"]
    assert {name: one["id"] for name, one in references.items()} == {name: f"id of {name}" for name in PARTS}


@pytest.mark.parametrize(("instance", "version"), [("default", ""), ("default_0_1_0", "0.1.0"), ("acme", "0.1.0")])
def test_its_parts_go_to_the_instance_that_makes_it(
    instance: str, version: str, monitor: Monitor, sandbox: Sandbox
) -> None:
    """By another version the engine would start one more, which fetches one more token."""
    with Plugin({}, {SANDBOX_VARIABLE: sandbox.url}, instance) as plugin:
        construct(plugin, monitor, INPUTS)
    assert {one.version for name, one in monitor.registered.items() if name in PARTS} == {version}


def test_options_of_the_component_hold_for_its_parts(plugin: Plugin, monitor: Monitor) -> None:
    """A provider of its own, protection, a former name, from which the engine tells those of its parts."""
    acme = "urn:pulumi:trial::trial::pulumi:providers:asgardeo-bijira::acme::1234"
    alias = alias_pb2.Alias(spec=alias_pb2.Alias.Spec(name="former"))
    construct(plugin, monitor, INPUTS, providers={"asgardeo-bijira": acme}, protect=True, aliases=[alias])
    component, parts = monitor.registered.pop("orders"), monitor.registered
    assert [one.spec.name for one in component.aliases] == ["former"]
    assert {(one.provider, one.protect) for one in parts.values()} == {(acme, True)}


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"identifier": None}, "identifier: is required"),
        (
            {"audience": "x"},
            "audience: is not a property, there are: identifier, scopes, applicationType, ",
        ),
        ({"roles": [{"name": "a", "permissions": []}] * 2}, "roles[1].name: a is there twice; each role has a name of"),
        ({"roles": ["a"]}, "roles[0]: is a role, no output; its groups, users and permissions may be outputs"),
    ],
)
def test_what_is_wrong_with_it_is_one_line(wrong: dict[str, Any], line: str, plugin: Plugin, monitor: Monitor) -> None:
    """Before any part is made."""
    with pytest.raises(Refused) as told:
        construct(plugin, monitor, {name: value for name, value in (INPUTS | wrong).items() if value is not None})
    assert str(told.value).startswith(line)
    assert "\n" not in str(told.value)
    assert PARTS.keys() & monitor.registered.keys() == set()


def test_one_that_cannot_be_finished_is_answered_when_the_run_ends(plugin: Plugin, monitor: Monitor) -> None:
    """Where a part has failed, the engine says so there and never answers about it."""
    monitor.stuck, lines = "orders-application", []

    def make() -> None:
        with pytest.raises(Refused) as told:
            construct(plugin, monitor, INPUTS)
        lines.append(str(told.value))

    making = threading.Thread(target=make, daemon=True)
    making.start()
    assert monitor.reached.wait(20)
    plugin.call("Cancel", empty_pb2.Empty())
    making.join(20)
    assert lines == ["the run ended before all its parts were there; what ended it is told beside this"]
