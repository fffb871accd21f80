"""What each operation on each kind sends, and how much of it at once: no more requests, and no more round trips.

The sandbox answers the requests of one round trip only when all of them have arrived. So an operation that waits for an
answer where it need not is refused, however fast anything is.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Fault, Sandbox
from pulumi_asgardeo_bijira.settings import sandbox_environment

from tests.support.host import Host, Life
from tests.support.rounds import ROWS, WARM, Rounds, Row, add_what_is_referred_to

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def in_rounds(life: Life, rounds: Rounds) -> Iterator[None]:
    """What is sent inside is sent in these round trips: so many requests at once, and then the next."""
    before = 0
    for requests in rounds:
        if requests > 1:
            life.sandbox.faults.add(
                Fault(
                    kind="gather", limit=requests, after=before, match=r"^(?!.*/oauth2/token$)", status=418, seconds=10
                )
            )
        before += requests
    yield
    life.sandbox.faults.clear()
    assert sum(life.requests.values()) == sum(rounds), life.sent


@pytest.fixture(autouse=True)
def what_is_referred_to(sandbox: Sandbox) -> None:
    """APIs on each platform under known ids, and an application of somebody else's."""
    add_what_is_referred_to(sandbox)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name.replace(" ", "-"))
def test_an_operation_takes_its_requests_in_as_few_round_trips_as_it_can(sandbox: Sandbox, row: Row) -> None:
    """From its creation to its deletion."""
    with Host({}, {**sandbox_environment(sandbox.url), **(row.environment or {})}) as host:
        life, warm = Life(host, row.kind, sandbox), Life(host, row.kind, sandbox)
        warm.up(WARM.get(row.kind, {"name": "warm"}))
        for _, step, rounds in row.steps(life):
            with in_rounds(life, rounds):
                step()
