"""The request budget over real HTTP: threads against a sandbox that limits, and processes with one file."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Fault, Sandbox
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE
from pulumi_asgardeo_bijira.transport import (
    NOTICE,
    ApiProfile,
    ClientSecret,
    Connection,
    FetchedToken,
    RateLimit,
    operation,
)
from pulumi_asgardeo_bijira.transport.notices import Line
from pulumi_asgardeo_bijira.transport.tickets import Tickets

from tests.support.host import Host, Life
from tests.support.virtual_time import VirtualClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def clock() -> VirtualClock:
    """Time, for the sandbox too."""
    return VirtualClock()


@pytest.fixture
def limiting(clock: VirtualClock) -> Iterator[Sandbox]:
    """A sandbox that goes by that time."""
    with Sandbox(monotonic=clock.monotonic) as running:
        yield running


def refused(sandbox: Sandbox) -> int:
    """How often it has answered 429."""
    return sum(exchange.status == 429 for exchange in sandbox.ledger.since(0))


@pytest.mark.parametrize(
    ("is_set", "takes", "announces", "is_never_refused"),
    [(20, 20, False, True), (40, 20, False, False), (40, 20, True, True), (0, 20, True, True), (0, 20, False, False)],
)
def test_threads_that_send_more_than_a_platform_takes_all_get_their_answers(
    is_set: int, takes: int, announces: bool, is_never_refused: bool, clock: VirtualClock, limiting: Sandbox
) -> None:
    """Held back by what is set, by what is announced, and by what is refused."""
    limiting.faults.add(Fault(kind="rate_limit", limit=takes, family=True, announce=announces))
    tickets = Tickets()
    rate = RateLimit(is_set, by_family=True, setting="asgardeo:requestsPerMinute")
    url, profile = f"{limiting.url}/t/sandbox", ApiProfile("Asgardeo")
    endpoint = Connection(f"{url}/oauth2/token", profile, rate=rate, tickets=tickets, clock=clock)
    tokens = FetchedToken(
        endpoint,
        ClientSecret("sandbox-management", "sandbox-secret"),
        scopes=("internal_api_resource_view",),
        clock=clock,
    )
    connection = Connection(url, profile, tokens=tokens, rate=rate, tickets=tickets, clock=clock)
    tokens.token()
    answers: list[int] = []

    def work() -> None:
        for _ in range(20):
            with operation(clock=clock):
                answers.append(connection.call("GET", "/api/server/v1/api-resources", doing="list").status_code)

    clock.run(*[work] * 4)
    connection.close()
    endpoint.close()
    assert answers == [200] * 80
    assert (refused(limiting) == 0) == is_never_refused
    assert clock.now - 1000 <= (80 / takes - 1) * 60 * 1.25


def test_processes_of_a_machine_write_down_what_they_sent(sandbox: Sandbox, tmp_path: Path) -> None:
    """Each provider's process in the same file, and none where no limit is set, as in a rehearsal."""
    environment = {SANDBOX_VARIABLE: sandbox.url, "TMPDIR": str(tmp_path)}
    with Host({}, environment) as host:
        Life(host, "Api", sandbox).up({"name": "free", "identifier": "urn:free"})
    assert not list(tmp_path.iterdir())
    mark = sandbox.ledger.mark()
    for number in range(2):
        with Host({}, environment | {"ASGARDEO_REQUESTS_PER_MINUTE": "50"}) as host:
            Life(host, "Api", sandbox).up({"name": f"{number}", "identifier": f"urn:{number}"})
    sent = sum("/api/server/" in exchange.path for exchange in sandbox.ledger.since(mark))
    log, family = Tickets.of_user(tmp_path), f"{sandbox.url}/api/server"
    one_more = log.ask(family, sent, 0, time.monotonic())
    assert one_more.pause > 0
    assert log.ask(family, sent + 1, one_more.ticket, time.monotonic()).pause == 0
    log.close()


def test_waiting_is_shown_and_called_no_warning() -> None:
    """The engine prints what a provider says; only what is wrong is a warning."""
    lines = [
        Line().format(logging.LogRecord("x", level, "", 0, "waits", None, None)) for level in (NOTICE, logging.WARNING)
    ]
    assert lines == ["waits", "warning: waits"]
