"""Whoever interrupts a run does not wait for what the run was waiting for."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox import Fault

if TYPE_CHECKING:
    from tests.plugin_programs.stage import PluginStage

PROGRAM = """
resources:
  orders:
    type: asgardeo-bijira:AsgardeoApi
    properties: {identifier: 'urn:orders'}
  client:
    type: asgardeo-bijira:BijiraApplicationClient
    properties: {clientId: elsewhere, description: '${orders.id}'}
"""


def test_a_wait_of_forty_seconds_ends_at_once(stage: PluginStage) -> None:
    """Nothing more is sent; what was made before is in the state, and goes with it."""
    stage.program(PROGRAM)
    stage.done("preview")
    busy = Fault(kind="fail", platform="bijira", status=429, headers={"Retry-After": "40"}, match="POST", times=0)
    stage.sandbox.faults.add(busy)
    with subprocess.Popen(
        ["pulumi", "up", "--yes", "--skip-preview", "--non-interactive", "--stack", "dev"],  # noqa: S607
        cwd=stage.engine.project,
        env={**os.environ, **stage.engine.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        assert running.stdout
        assert any("they are held back" in line for line in running.stdout)
        mark = stage.sandbox.ledger.mark()
        running.send_signal(signal.SIGINT)
        told, _ = running.communicate(timeout=30)
    assert "given up where it had to wait, since the run was cancelled" in told
    assert stage.sandbox.ledger.mark() == mark
    assert {"orders", "client"} & stage.resources().keys() == {"orders"}
    stage.sandbox.faults.clear()
    stage.gone()
