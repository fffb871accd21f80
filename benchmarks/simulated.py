"""Many resources where a platform takes so many requests a minute, in virtual time: minutes that nobody waits for.

Budget and transport are real, on a clock that moves when all threads wait; an operation is as many requests as the
table of requests has, one after the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.limited import MINUTE, PER_MINUTE, earliest
from benchmarks.tables import Table
from tests.support.virtual_time import VirtualClock
from tests.transport.limited import Platform, Program

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ("simulated",)

#: Of each kind, the requests that an operation of each step takes.
_REQUESTS = {"Api": (1, 1, 1), "Application": (3, 3, 1)}
_STEPS = ("create", "refresh", "destroy")


def simulated(sizes: Iterable[int]) -> Iterator[Table]:
    """The steps of each kind's life at each size, one right after the other."""
    table = Table(
        f"{PER_MINUTE} requests a minute, in virtual time",
        "Nothing but requests and waiting for them takes time; the same in real time has a table of its own. Roles are "
        "as APIs are, in a family of endpoints of their own. A refresh is single reads here; lists save many of them.",
        ("kind", "N", "step", "requests", "429", "minutes", "ideal minutes", "to ideal"),
        names=3,
    )
    for kind, costs in _REQUESTS.items():
        for size in sizes:
            clock = VirtualClock()
            platform = Platform(clock, PER_MINUTE)
            tickets = Program(clock, platform).tickets
            for step, requests in zip(_STEPS, costs, strict=True):
                began, before, refused = clock.now, [moment for moment, _ in platform.taken], platform.refused
                program = Program(clock, platform, tickets=tickets)
                clock.run(*program.threads(size, requests))
                taken, ideal = clock.now - began, earliest(before, began, size * requests, PER_MINUTE)
                minutes = (round(one / MINUTE, 2) for one in (taken, ideal))
                ratio = round(taken / ideal, 2) if ideal else None
                table.add(kind, size, step, size * requests, platform.refused - refused, *minutes, ratio)
    yield table
