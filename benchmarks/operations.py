"""What each operation on each kind costs: its requests, and how many of them wait for one another.

Round trips are told by the time that an operation takes beside a sandbox that answers late: so much later than anything
else takes that the ratio of the two is a whole number.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox import Fault, Sandbox
from pulumi_asgardeo_bijira.settings import sandbox_environment

from benchmarks.tables import Table
from tests.support.host import Host, Life
from tests.support.rounds import ROWS, WARM, add_what_is_referred_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.rounds import Row

__all__ = ("operations",)

_LATE_SECONDS = 0.2


def operations() -> Iterator[Table]:
    """Each operation: requests beside their limit, and sequential round trips."""
    table = Table(
        "Requests and round trips",
        "Of one operation each, beside the fewest requests that the platforms allow. A list that is read once in a "
        "process before its first creation, and tokens, are not counted.",
        ("kind", "operation", "requests", "limit", "round trips"),
        names=2,
    )
    for row in ROWS:
        with Sandbox() as sandbox, Host({}, {**sandbox_environment(sandbox.url), **(row.environment or {})}) as host:
            add_what_is_referred_to(sandbox)
            _walk(table, row, Life(host, row.kind, sandbox))
    yield table


def _walk(table: Table, row: Row, life: Life) -> None:
    """One of a kind, from its creation to its deletion; another before it has the token and the list."""
    warm = Life(life.host, life.kind, life.sandbox)
    warm.up(WARM.get(row.kind, {"name": "warm"}))
    life.sandbox.faults.add(Fault(kind="slow", seconds=_LATE_SECONDS, times=0))
    for operation, step, rounds in row.steps(life):
        if operation == "delete":
            life.host.restart()
            warm.refresh()
        began = time.perf_counter()
        step()
        trips = int((time.perf_counter() - began) / _LATE_SECONDS)
        table.add(row.name, operation, sum(life.requests.values()), sum(rounds), trips)
