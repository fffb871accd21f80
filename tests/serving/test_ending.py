"""What ends an operation before its end: the user who interrupts the run, and the time that a program gives it."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault, left_behind
from asgardeo_bijira_sandbox.asgardeo.models import ApiResource
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2

from tests.support.host import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

    from tests.support.plugin import Plugin, PluginLife

#: Whoever has not ended after so long waits for the platform, which asks for twice of it.
PATIENCE = 20.0
ID = "aaaaaaaa-0000-0000-0000-000000000001"


def refuses(sandbox: Sandbox, match: str) -> None:
    """The platform asks for 40 seconds of whoever sends this."""
    sandbox.faults.add(Fault(kind="fail", match=match, status=429, headers={"Retry-After": "40"}, times=9))


@pytest.mark.parametrize(
    ("match", "sent"),
    [
        ("POST .*/applications$", ["POST /applications"]),
        (
            "GET .*/inbound-protocols/oidc",
            ["POST /applications", "GET /applications//inbound-protocols/oidc", "DELETE /applications/"],
        ),
    ],
    ids=["at once", "half-way"],
)
def test_an_interrupted_creation_ends_at_once_and_leaves_nothing(
    match: str, sent: list[str], plugin: Plugin, life: Callable[[str], PluginLife], sandbox: Sandbox
) -> None:
    """The engine waits for it, and then says what the line says."""
    application, before, mark = life("Application"), sandbox.store.snapshot(), sandbox.ledger.mark()
    refuses(sandbox, match)
    lines: list[str] = []

    def create() -> None:
        with pytest.raises(Refused) as told:
            application.up({"name": "orders"})
        lines.append(str(told.value))

    running = threading.Thread(target=create, daemon=True)
    running.start()
    while not sandbox.ledger.count(mark=mark, status=429):
        running.join(0.01)
        assert running.is_alive()
    plugin.call("Cancel", empty_pb2.Empty())
    running.join(PATIENCE)
    (line,) = lines
    assert line.startswith("Asgardeo: ")
    assert line.endswith(", since the run was cancelled. Run it again")
    asked = [f"{one.method} {one.path}" for one in sandbox.ledger.since(mark) if one.platform == "asgardeo"]
    assert [re.sub(r"/t/.*/v1|(?<=/)[0-9a-f-]{36}", "", one) for one in asked] == ["GET /applications", *sent]
    assert left_behind(before, sandbox.store.snapshot()) == []


def test_it_ends_with_an_engine_that_goes_without_a_word(
    plugin: Plugin, life: Callable[[str], PluginLife], sandbox: Sandbox
) -> None:
    """One that is killed calls nothing; what is half made is taken back, for nobody would know of it."""
    application, before, mark = life("Application"), sandbox.store.snapshot(), sandbox.ledger.mark()
    refuses(sandbox, "GET .*/inbound-protocols/oidc")

    def create() -> None:
        with pytest.raises(Refused):
            application.up({"name": "orders"})

    running = threading.Thread(target=create, daemon=True)
    running.start()
    while not sandbox.ledger.count(mark=mark, status=429):
        running.join(0.01)
        assert running.is_alive()
    plugin.engine.close()
    assert plugin.wait(PATIENCE) == 0
    running.join(PATIENCE)
    assert not running.is_alive()
    assert left_behind(before, sandbox.store.snapshot()) == []


def test_the_end_of_a_run_changes_nothing(plugin: Plugin, life: Callable[[str], PluginLife]) -> None:
    """The engine says the same then, when all is done."""
    api = life("Api")
    assert api.up({"identifier": "urn:orders"}) == "create"
    plugin.call("Cancel", empty_pb2.Empty())
    assert api.preview({"identifier": "urn:orders"}) == "same"


def test_a_process_that_is_attached_to_serves_one_run(plugin: Plugin) -> None:
    """A debugged one stays when its run has ended. It would send nothing more, and keep from deletion what it has
    made."""
    engine = plugin_pb2.PluginAttach(address=plugin.engine.address)
    plugin.call("Attach", engine)
    plugin.call("Cancel", empty_pb2.Empty())
    with pytest.raises(Refused, match="has served a run that has ended, and serves one alone: start it again for each"):
        plugin.call("Attach", engine)


@pytest.mark.parametrize("method", ["Create", "Read", "Update", "Delete"])
def test_a_time_out_of_the_program_is_kept_and_named(
    method: str, life: Callable[[str], PluginLife], sandbox: Sandbox
) -> None:
    """Whatever the platform asks to wait."""
    inputs = {"identifier": "urn:orders", "name": "orders", "requiresAuthorization": True}
    sandbox.store.asgardeo["sandbox"].apis[ID] = ApiResource(id=ID, number=1, name="orders", identifier="urn:orders")
    refuses(sandbox, "/api-resources")
    state: dict[str, Any] = {"id": ID, "old_inputs": inputs}
    asked: dict[str, tuple[Any, dict[str, Any]]] = {
        "Create": (provider_pb2.CreateRequest, {"properties": {**inputs, "identifier": "urn:others"}}),
        "Read": (provider_pb2.ReadRequest, {"id": ID, "properties": inputs, "inputs": inputs}),
        "Update": (provider_pb2.UpdateRequest, {**state, "olds": inputs, "news": {**inputs, "name": "x"}}),
        "Delete": (provider_pb2.DeleteRequest, {**state, "properties": inputs}),
    }
    request, fields = asked[method]
    with pytest.raises(Refused) as told:
        life("Api")._ask(method, request, timeout=7.0, **fields)  # what the engine does where a program says so
    line = str(told.value)
    assert "429 the platform takes it in 40 s at the earliest, and this operation has 7 s left" in line
    assert line.endswith(f"time-out of 7 s: set a longer one in customTimeouts ({method.lower()}), or none")
