"""Many applications where a platform takes so many requests a minute, in real time, on the CLI where there is one.

The ideal of a step is when the last of its requests can go out at the earliest, given when its first one and those of
the steps before were sent: the platform's window slides from step to step.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox import Fault, Sandbox
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from benchmarks.engines import engines, timed
from benchmarks.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from benchmarks.engines import Runner, Start
    from benchmarks.tables import Cell

    _Started = Callable[[Mapping[str, str]], Runner]

__all__ = ("MINUTE", "PER_MINUTE", "earliest", "limited", "side_by_side")

PER_MINUTE, MINUTE = 200, 60.0
_COMMANDS = {"create": "up", "refresh": "refresh", "destroy": "destroy"}
_SETTING = {"ASGARDEO_REQUESTS_PER_MINUTE": str(PER_MINUTE)}


@dataclass
class _Arrivals:
    """The moments at which requests arrived: the sandbox asks for the time once for each."""

    moments: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        """The time, which is written down."""
        self.moments.append(time.monotonic())
        return self.moments[-1]


def earliest(before: Iterable[float], began: float, requests: int, limit: int) -> float:
    """The seconds from the beginning of a step to its last request, if none is sent later than it must be."""
    sent = list(before)
    for _ in range(requests):
        sent.append(max(began, sent[-limit] + MINUTE) if len(sent) >= limit else began)
    return max(0.0, sent[-1] - began)


def limited(sizes: tuple[int, ...], limit: int = PER_MINUTE) -> Iterator[Table]:
    """The steps of a life at each size; all sizes at the same time, for they wait more than they work."""
    name, start = next(iter(engines().items()))
    than = "" if limit == PER_MINUTE else f" where the setting says {PER_MINUTE}"
    table = Table(
        f"{limit} requests a minute{than}, on {name}",
        "Applications, each with one authorized API, in real time; nothing announces the limit.",
        ("N", "step", "requests", "429", "s", "ideal s", "to ideal", "failed"),
        names=2,
    )
    with ThreadPoolExecutor(len(sizes)) as at_once:
        for rows in at_once.map(lambda size: list(_steps([start], size, limit)), sizes):
            table.rows += rows
    yield table


def side_by_side(size: int) -> Iterator[Table]:
    """Two pipelines behind one address: on one machine, and on two that know nothing of each other."""
    name, start = next(iter(engines().items()))
    table = Table(
        f"Two pipelines at once, {PER_MINUTE} requests a minute, on {name}",
        f"{size} applications each; on one machine they share the budget, on two each has to find its share.",
        ("machines", "N", "step", "requests", "429", "s", "ideal s", "to ideal", "failed"),
        names=3,
    )
    for machines in (1, 2):
        with ExitStack() as folders:
            apart = [folders.enter_context(TemporaryDirectory()) for _ in range(machines)]
            starts = [
                partial(_elsewhere, start, prefix, apart[number % machines])
                for number, prefix in enumerate(("one", "two"))
            ]
            for row in _steps(starts, size, PER_MINUTE):
                table.add(machines, *row)
    yield table


def _elsewhere(start: Start, prefix: str, folder: str, environment: Mapping[str, str]) -> Runner:
    return start({**environment, "TMPDIR": folder}, prefix)


def _steps(
    starts: Sequence[Callable[[Mapping[str, str]], Runner]], size: int, limit: int
) -> Iterator[tuple[Cell, ...]]:
    """Each step of all stacks at once: the last one's end counts."""
    arrivals = _Arrivals()
    with Sandbox(monotonic=arrivals.monotonic) as sandbox, ExitStack() as ending:
        sandbox.faults.add(Fault(kind="rate_limit", limit=limit, family=True, announce=False))
        sandbox.faults.add(Fault(kind="slow", seconds=0.05, times=0))
        runners = [start({SANDBOX_VARIABLE: sandbox.url, **_SETTING}) for start in starts]
        for runner in runners:
            ending.callback(runner.close)
            runner.write("Application", size, changed=False)
        for step, command in _COMMANDS.items():
            mark, before, began = sandbox.ledger.mark(), len(arrivals.moments), time.monotonic()
            with ThreadPoolExecutor(len(runners)) as at_once:
                done = list(at_once.map(partial(_timed, command=command), runners))
            sent = [one for one in sandbox.ledger.since(mark) if one.platform != "token"]
            refused = sum(one.status == 429 for one in sent)
            requests, seconds = len(sent) - refused, max(taken for taken, _ in done)
            first = arrivals.moments[before]
            ideal = first - began + earliest(arrivals.moments[:before], first, requests, limit)
            failed = "; ".join(why[-200:] for _, why in done if why) or None
            yield size, step, requests, refused, round(seconds, 1), round(ideal, 1), _ratio(seconds, ideal), failed


def _timed(runner: Runner, command: str) -> tuple[float, str | None]:
    return timed(runner.run, command)


def _ratio(seconds: float, ideal: float) -> float | None:
    return round(seconds / ideal, 2) if ideal > 1 else None
