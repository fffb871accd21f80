"""Requests are held back before a platform refuses them, and it is shown how long and charged to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from pulumi_asgardeo_bijira.transport import NOTICE, DeadlineExceeded, RateLimit, operation, remaining
from pulumi_asgardeo_bijira.transport.tickets import Tickets

from tests.support.virtual_time import VirtualClock
from tests.transport.limited import LATENCY, Platform, Program

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def clock() -> VirtualClock:
    """Time, for several threads."""
    return VirtualClock()


def ideal(requests: int, limit: int = 200, threads: int = 4) -> float:
    """The least that so many requests take: a minute for each window, and in the last one a round trip each."""
    windows = (requests - 1) // limit
    return windows * 60 + (requests - windows * limit) * LATENCY / threads


@pytest.mark.parametrize("operations", [10, 100, 200, 300])
def test_alone_a_program_is_never_refused_and_takes_no_longer_than_it_must(
    operations: int, clock: VirtualClock
) -> None:
    """Of each window every request is used, by whoever came first."""
    platform = Platform(clock, 200)
    program = Program(clock, platform)
    clock.run(*program.threads(operations))
    assert (platform.refused, program.done, len(platform.taken)) == (0, operations, 3 * operations)
    assert platform.busiest() == min(200, 3 * operations)
    assert program.ended - 1000 <= ideal(3 * operations) * 1.01 + 3 * LATENCY


def test_a_window_is_kept_wherever_the_platform_begins_it(clock: VirtualClock) -> None:
    """A slow answer counts until a minute after it, for nobody knows when its request was counted."""
    moments: list[float] = []

    def slow(_: httpx.Request) -> httpx.Response:
        arrives, answers = (0.0, 20.0) if len(moments) % 2 else (20.0, 0.0)
        clock.sleep(arrives)
        moments.append(clock.monotonic())
        clock.sleep(answers)
        return httpx.Response(200, json={})

    program = Program(clock, slow, limit=10)
    clock.run(*program.threads(20, requests=2))
    assert len(moments) == 40
    assert max(sum(start <= moment < start + 60 for moment in moments) for start in moments) == 10


def test_programs_of_one_machine_keep_to_the_limit_together(clock: VirtualClock) -> None:
    """Two pipelines, or a refresh right after an up: each sees what the other has sent."""
    platform, tickets = Platform(clock, 200), Tickets()
    one, other = (Program(clock, platform, tickets=tickets, name=name) for name in ("one", "other"))
    clock.run(*one.threads(100), *other.threads(100, start=0.01))
    assert platform.refused == 0
    assert max(one.ended, other.ended) - 1000 <= ideal(600) * 1.01
    assert abs(one.ended - other.ended) < 60


def test_first_come_is_first_served(clock: VirtualClock) -> None:
    """However many wait, and in whichever process."""
    platform, tickets = Platform(clock, 2), Tickets()
    programs = [Program(clock, platform, tickets=tickets, limit=2, name=str(number)) for number in range(8)]
    clock.run(*(work for number, one in enumerate(programs) for work in one.threads(1, 1, threads=1, start=number + 1)))
    assert [name for _, name in platform.taken] == [str(number) for number in range(8)]


def test_families_of_endpoints_are_counted_each_for_itself() -> None:
    """As the platform does, for all organisations of an address together."""
    rate, host = RateLimit(200, by_family=True), "https://api.asgardeo.io"
    families = {
        path: rate.family(host + path).removeprefix(host + ":443")
        for path in ("/t/acme/api/server/v1/applications", "/t/b/scim2/v2/Roles", "/t/acme/oauth2/token?a=b", "/t/acme")
    }
    assert list(families.values()) == ["/api/server", "/scim2", "/oauth2", ""]
    assert RateLimit(200).family(host + "/t/acme/scim2") == host + ":443"


def test_without_a_limit_nothing_is_counted(clock: VirtualClock) -> None:
    """Nor is anything opened for it."""
    platform = Platform(clock, 10_000)
    program = Program(clock, platform, limit=0, tickets=None)
    clock.run(*program.threads(200))
    assert program.ended - 1000 <= 600 * LATENCY / 4 + 1


def test_waiting_is_not_charged_and_has_a_bound_of_its_own(clock: VirtualClock) -> None:
    """Ten minutes of one operation; then a line says what was waited for and what can be set."""
    program = Program(clock, Platform(clock, 1), limit=1)
    call: Callable[[], object] = lambda: program.connection.call("GET", "/api/server/v1/x", doing="look")  # noqa: E731

    def work() -> None:
        with operation(clock=clock):
            for _ in range(11):
                call()
            assert remaining(clock) >= 119
            with pytest.raises(
                DeadlineExceeded,
                match=r"^Platform: look: was not sent.* 600 s at most .*takes 1 requests a minute, and 0 were before "
                r"it\. Run it again.*--parallel 2.*platform:requestsPerMinute",
            ):
                call()
        call()

    clock.run(work)


def test_long_waits_are_shown_once_in_a_while(clock: VirtualClock, caplog: pytest.LogCaptureFixture) -> None:
    """A run that seems to hang has a reason; it is no warning."""
    program = Program(clock, Platform(clock, 200))
    with caplog.at_level(NOTICE, "pulumi_asgardeo_bijira"):
        clock.run(*program.threads(100))
    shown = [record.getMessage() for record in caplog.records if record.levelno == NOTICE]
    assert 3 <= len(shown) <= 4
    assert shown[0].startswith("Platform takes 200 requests a minute, so they are held back: 0 requests wait before")
    caplog.clear()
    quick = Program(clock, Platform(clock, 200))
    with caplog.at_level(NOTICE, "pulumi_asgardeo_bijira"):
        clock.run(*quick.threads(60))
    assert not [record for record in caplog.records if record.levelno == NOTICE]
