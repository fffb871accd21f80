"""Two stacks that are brought up at once in one organisation, while their tokens are revoked."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox import Fault, Sandbox, left_behind

from .process import Outcome, Processes
from .programs import PROGRAMS, guides, seed

if TYPE_CHECKING:
    from .engine import State

__all__ = ("two_stacks",)

_POLL_SECONDS = 0.002


def two_stacks(guides_each: int) -> list[str]:
    """What does not hold after both were made, made again, refreshed and destroyed; each at the same time."""
    with ExitStack() as closing:
        sandbox = closing.enter_context(Sandbox())
        seed(sandbox)
        before = sandbox.store.snapshot()
        environment = PROGRAMS["guide"].environment(sandbox)
        processes = [closing.enter_context(Processes(environment)) for _ in range(2)]
        chains = [guides(*(f"{stack}-{number}" for number in range(guides_each))) for stack in ("one", "two")]
        states: list[State] = [{}, {}]

        def both(command: str, expected: str) -> list[str]:
            with ThreadPoolExecutor(2) as workers:
                outcomes = list(
                    workers.map(
                        lambda number: processes[number].run(command, states[number], *chains[number]), range(2)
                    )
                )
            states[:] = [outcome.state for outcome in outcomes]
            return [line for outcome in outcomes for line in _wrong(command, outcome, expected)]

        with _revoking(sandbox, at=6 * guides_each):
            found = both("up", "create")
        sandbox.faults.clear()
        if not sandbox.ledger.count(status=401, platform="asgardeo"):
            found.append("no revoked token was met")
        found += _doubled(sandbox, before, 2 * guides_each)
        found += both("up", "same") + both("settle", "same") + both("destroy", "delete")
        return found + left_behind(before, sandbox.store.snapshot())


def _wrong(command: str, outcome: Outcome, expected: str) -> list[str]:
    if not outcome.ok:
        return [f"{command} fails: {outcome.error}"]
    return [f"{command}: {name} {done}" for name, done in outcome.done.items() if done != expected]


def _doubled(sandbox: Sandbox, before: dict[str, object], number: int) -> list[str]:
    """Whether there is one of each, no more and no less."""
    made = [line.split("/") for line in left_behind(before, sandbox.store.snapshot()) if line.endswith("still there")]
    counts = {
        f"{platform} {collection}": sum((platform, collection) == (one[0], one[2]) for one in made)
        for platform, collection in (
            ("asgardeo", "apis"),
            ("asgardeo", "applications"),
            ("bijira", "applications"),
            ("bijira", "subscriptions"),
        )
    }
    return [f"{count} {name} in place of {number}" for name, count in counts.items() if count != number]


class _revoking:  # noqa: N801  # reads as a verb
    """Revokes all tokens of Asgardeo's when there were so many requests, for which the next ones are held up, and has
    Bijira refuse one."""

    def __init__(self, sandbox: Sandbox, at: int) -> None:
        self._sandbox, self._at = sandbox, at
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._revoke)

    def _revoke(self) -> None:
        while self._sandbox.ledger.count(platform="asgardeo") < self._at // 2 and not self._over.wait(_POLL_SECONDS):
            pass
        self._sandbox.store.asgardeo["sandbox"].tokens = {}

    def __enter__(self) -> None:
        self._sandbox.faults.add(Fault(kind="fail", platform="bijira", after=self._at // 6, status=401))
        self._sandbox.faults.add(Fault(kind="slow", platform="asgardeo", after=self._at // 2, times=8, seconds=0.5))
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
