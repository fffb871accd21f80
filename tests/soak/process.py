"""Runs, each in a process of its own that is forked from a prepared one: as fresh as an engine's, and at once there.

As a program it serves: a line of JSON on stdin is a run, lines of JSON on stdout are what became of it.
"""

from __future__ import annotations

import gc
import io
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pulumi_asgardeo_bijira.resources import resource_handlers
from pulumi_asgardeo_bijira.transport import Problem

from .engine import Engine, Refused, State
from .network import DEATH, stand_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .engine import Resource
    from .faults import Seen

__all__ = ("Outcome", "Processes")

_HUNG_SECONDS = 120
_ROOT = Path(__file__).parents[2]


@dataclass
class Outcome:
    """What became of a run."""

    state: State
    #: What was done with each resource, of a run that succeeded.
    done: dict[str, str] = field(default_factory=dict)
    #: Why it failed; empty where it did not, or the process died.
    error: str = ""
    #: Whether the failure was one of those that a user may meet.
    is_problem: bool = True
    died: bool = False
    #: All that was written to stderr or logged.
    log: str = ""
    tokens: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the run came to its end and did what it was to do."""
        return not self.error and not self.died


class Processes:
    """The prepared process; `run` has it fork one."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("ASGARDEO_", "BIJIRA_"))}
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**clean, "PULUMI_PROJECT": "soak", **environment},
            cwd=_ROOT,
            text=True,
        )

    def run(
        self,
        command: str,
        state: State,
        *chains: list[Resource],
        seen: Seen = "reset",
        dies: tuple[int, bool] | None = None,
    ) -> Outcome:
        """`up`, `preview`, `refresh`, `settle` (refresh, then preview) or `destroy`, in a new process."""
        assert self._server.stdin
        assert self._server.stdout
        request = {"command": command, "state": state, "chains": chains, "seen": seen, "dies": dies}
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        outcome = Outcome(dict(state))
        for line in self._server.stdout:
            event = json.loads(line)
            if "ended" in event:
                outcome.died = event["ended"] == DEATH
                if event["ended"] not in (0, DEATH):
                    outcome.error, outcome.is_problem = f"the process ended with {event['ended']}", False
                return outcome
            if "name" in event:
                outcome.state.pop(event["name"], None)
                if event["entry"] is not None:
                    outcome.state[event["name"]] = event["entry"]
            else:
                vars(outcome).update(event)
        raise AssertionError("the prepared process ended")

    def close(self) -> None:
        """End the prepared process."""
        self._server.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _serve() -> None:
    """Fork a process for each line of stdin."""
    Engine({}, lambda _, __: None).configured(*resource_handlers())
    logging.getLogger("pulumi_asgardeo_bijira").handlers.clear()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            signal.alarm(_HUNG_SECONDS)
            _run(json.loads(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        _tell({"ended": os.waitstatus_to_exitcode(status)})


_telling = threading.Lock()


def _tell(event: dict[str, Any]) -> None:
    with _telling:
        os.write(1, f"{json.dumps(event)}\n".encode())


def _run(request: dict[str, Any]) -> None:
    dies = request["dies"]
    run = stand_in(request["seen"], (dies[0], dies[1]) if dies else None)
    sys.stderr = written = io.StringIO()
    engine = Engine(request["state"], lambda name, entry: _tell({"name": name, "entry": entry}))
    engine.configured(*resource_handlers())
    sys.tracebacklimit = 20
    log = logging.getLogger("pulumi_asgardeo_bijira")
    log.setLevel(logging.DEBUG)
    log.addHandler(logging.StreamHandler(written))
    event: dict[str, Any] = {}
    try:
        event["done"] = _carry_out(engine, request["command"], request["chains"])
    except (Problem, Refused) as problem:
        event["error"] = str(problem)
    except Exception:  # noqa: BLE001  # what is no problem of the package's is what a soak looks for
        event |= {"error": traceback.format_exc(), "is_problem": False}
    _tell({**event, "log": written.getvalue(), "tokens": sorted(token for token in run.tokens if token)})


def _carry_out(engine: Engine, command: str, chains: list[list[Resource]]) -> dict[str, str]:
    match command:
        case "up":
            return engine.up(*chains)
        case "refresh":
            return engine.refresh()
        case "destroy":
            return engine.destroy()
        case "settle":
            return engine.refresh() | {
                f"{name} then": operation for chain in chains for name, operation in engine.preview(chain).items()
            }
    raise AssertionError(command)


if __name__ == "__main__":
    _serve()
