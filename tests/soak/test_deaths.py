"""The provider's process is killed while a platform carries out what it was asked for."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from typing import Any

import pytest
from asgardeo_bijira_sandbox import Fault, Sandbox, left_behind
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.lifecycle.settled import settled
from tests.support.host import Host, Life, Refused

INPUTS: dict[str, dict[str, Any]] = {
    "Api": {"identifier": "urn:a", "name": "A"},
    "Application": {"name": "orders"},
    "ApplicationClient": {"applicationName": "orders", "clientId": "client-1"},
    "Role": {"name": "reader", "permissions": []},
}


@pytest.mark.parametrize("kind", INPUTS)
def test_the_next_up_names_what_a_killed_process_left_and_adopts_it(sandbox: Sandbox, kind: str) -> None:
    """Nothing is taken over silently: the user says so, and then all is as if nothing had happened."""
    before = sandbox.store.snapshot()
    sandbox.faults.add(Fault(kind="slow_after", match="POST .*/(api-resources|applications|Roles)$", seconds=1))
    dying = Host({}, {SANDBOX_VARIABLE: sandbox.url})
    up = threading.Thread(target=_up, args=(Life(dying, kind, sandbox), INPUTS[kind]))
    up.start()
    while not left_behind(before, sandbox.store.snapshot()):
        up.join(0.01)
        assert up.is_alive()
    os.kill(dying.pid, signal.SIGKILL)
    up.join()
    dying.close()
    sandbox.faults.clear()
    (left,) = left_behind(before, sandbox.store.snapshot())
    made = left.partition(":")[0].rpartition("/")[2]
    with Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        with pytest.raises(Refused) as refused:
            Life(host, kind, sandbox).up(INPUTS[kind])
        assert [word for word in (made, "adopt") if word not in str(refused.value)] == []
    adopted = {**INPUTS[kind], "adopt": True}
    with Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        life = Life(host, kind, sandbox)
        life.up(adopted)
        settled(life, adopted)
        state = (life.id, life.inputs, life.outputs)
    with Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        life = Life(host, kind, sandbox, "trial", *state)
        life.destroy()
    assert left_behind(before, sandbox.store.snapshot()) == []


def _up(life: Life, inputs: dict[str, Any]) -> None:
    with suppress(Refused):
        life.up(inputs)
