"""A life of many applications, each with one authorized API, beside a peer's in the same run."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox import Fault

from benchmarks.engines import engines
from benchmarks.lives import walk
from benchmarks.peer import Peer, with_an_api
from benchmarks.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ("comparison",)

_SIZE = 100


def comparison(command: Path, provider: Path, latency: float) -> Iterator[Table]:
    """Both, and the empty provider on our engine, whose time is the engine's own."""
    engine, start = next(iter(engines().items()))
    table = Table(
        f"Beside a peer, {_SIZE} applications",
        f"Each with one authorized API, {latency * 1000:.0f} ms a request, on {engine} and on {command.name} at its "
        "default parallelism; what an empty provider takes is the engine's own time.",
        ("step", "requests", "peer's", "s", "peer's s", "empty s", "s to peer's s"),
    )
    late = Fault(kind="slow", seconds=latency, times=0)
    floor = walk(start, "empty", _SIZE)
    ours = walk(start, "Application", _SIZE, late)
    theirs = walk(partial(Peer, command, provider), "Application", _SIZE, late, prepare=with_an_api)
    for empty, our, their in zip(floor, ours, theirs, strict=True):
        for step in (empty, our, their):
            if step.failed:
                raise RuntimeError(step.failed)
        seconds = (round(step.seconds, 2) for step in (our, their, empty))
        table.add(our.name, our.requests, their.requests, *seconds, round(our.seconds / their.seconds, 2))
    yield table
