"""Requests are held back before a platform refuses them, and it is shown how long and charged to nobody."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import httpx
import pytest
from pulumi_asgardeo_bijira.transport import NOTICE, DeadlineExceeded, RateLimit, operation, remaining
from pulumi_asgardeo_bijira.transport.tickets import Answered, Tickets

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
    """Of each window every request is used, by whoever came first; the last ones seconds late, to let others in."""
    platform = Platform(clock, 200)
    program = Program(clock, platform)
    clock.run(*program.threads(operations))
    assert (platform.refused, program.done, len(platform.taken)) == (0, operations, 3 * operations)
    assert platform.busiest() == min(200, 3 * operations)
    assert program.ended - 1000 <= ideal(3 * operations) * 1.06 + 3 * LATENCY


def test_a_window_is_kept_wherever_the_platform_begins_it(clock: VirtualClock) -> None:
    """A slow answer counts until a minute after it, for nobody knows when its request was counted."""
    moments: list[float] = []

    def slow(_: httpx.Request) -> httpx.Response:
        is_early = clock.monotonic() < 1050
        arrives, answers = (20.0, 0.0) if is_early else (0.0, 20.0)
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
    assert max(one.ended, other.ended) - 1000 <= ideal(600) * 1.06
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
                match=r"^Platform: look: was not sent.* 600 s at most .*takes 1 requests a minute; waiting before it: "
                r"0\. Run it again.*--parallel 2.*platform:requestsPerMinute",
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
    assert shown[0] == "Platform takes 200 requests a minute, so they are held back; waiting: 1, before this one: 0"
    assert "; waiting: 4, before this one: " in shown[1]
    caplog.clear()
    quick = Program(clock, Platform(clock, 200))
    with caplog.at_level(NOTICE, "pulumi_asgardeo_bijira"):
        clock.run(*quick.threads(60))
    assert not [record for record in caplog.records if record.levelno == NOTICE]


def busy(
    clock: VirtualClock, *starts_and_operations: tuple[float, int], limit: int = 200, threads: int = 4
) -> list[float]:
    """How long programs that share nothing but the address took altogether, each from its start on."""
    platform = Platform(clock, limit)
    programs = [Program(clock, platform, name=str(number)) for number in range(len(starts_and_operations))]
    both = list(zip(programs, starts_and_operations, strict=True))
    clock.run(
        *(work for one, (start, operations) in both for work in one.threads(operations, start=start, threads=threads))
    )
    assert [one.done for one in programs] == [operations for _, operations in starts_and_operations]
    return [one.ended - 1000 for one in programs]


def test_a_platform_that_takes_half_of_what_is_set_is_learned(clock: VirtualClock) -> None:
    """Without a word from it but refusals: what it granted in the last minute is what it takes in the next."""
    (took,) = busy(clock, (0, 100), limit=100)
    assert took <= ideal(300, 100) * 1.08


@pytest.mark.parametrize("programs", [2, 3])
def test_programs_elsewhere_behind_the_same_address_share_it(programs: int, clock: VirtualClock) -> None:
    """None fails, none is left behind, and together they take what one would."""
    ends = busy(clock, *[(0.0, 100)] * programs)
    assert max(ends) <= ideal(300 * programs, threads=4 * programs) * 1.08
    assert min(ends) >= max(ends) * 0.85


@pytest.mark.parametrize(("late", "threads"), [(5.0, 16), (30.0, 4), (70.0, 4)])
def test_who_comes_late_gets_a_share_from_who_has_it_all(late: float, threads: int, clock: VirtualClock) -> None:
    """Within a minute or two, however fast the first one uses up what becomes free."""
    random.seed(1)
    first, second = busy(clock, (0, 300), (late, 100), threads=threads)
    assert max(first, second) <= ideal(1200, threads=8) * 1.15
    assert second - late < 330


def test_nobody_waits_for_the_end_of_a_long_program(clock: VirtualClock) -> None:
    """Which goes on for minutes, as fast as it can."""
    random.seed(1)
    first, second = busy(clock, (0, 500), (5, 100), threads=16)
    assert second < 400
    assert first <= ideal(1800, threads=16) * 1.1


def test_two_that_come_late_get_theirs(clock: VirtualClock) -> None:
    """One after the other."""
    random.seed(1)
    ends = busy(clock, (0, 300), (5, 100), (40, 100))
    assert max(ends) <= ideal(1500, threads=12) * 1.25


@pytest.mark.parametrize("asked", ["5", "30"])
def test_a_moment_to_come_back_is_kept_by_all_threads(asked: str, clock: VirtualClock) -> None:
    """Nobody asks in between; then one does, and the others follow it."""
    moments: list[float] = []

    def moody(_: httpx.Request) -> httpx.Response:
        moments.append(clock.monotonic())
        clock.sleep(LATENCY)
        return (
            httpx.Response(429, headers={"Retry-After": asked}) if len(moments) <= 4 else httpx.Response(200, json={})
        )

    program = Program(clock, moody)
    clock.run(*program.threads(4, requests=1))
    back = 1000 + LATENCY + int(asked)
    assert moments[:4] == [1000] * 4
    assert moments[4] == back
    assert all(back + LATENCY <= moment <= back + LATENCY + 1 for moment in moments[5:])
    assert len(moments) == 8


@pytest.mark.parametrize(
    "names",
    [
        "X-RateLimit-Limit X-RateLimit-Remaining X-RateLimit-Reset",
        "RateLimit-Limit RateLimit-Remaining RateLimit-Reset",
        "RateLimit-Policy RateLimit",
        "X-RateLimit-Limit X-RateLimit-Reset",
        "X-RateLimit-Remaining X-RateLimit-Reset",
    ],
)
def test_a_limit_that_a_platform_announces_is_kept_where_it_is_stricter(names: str, clock: VirtualClock) -> None:
    """Then nothing is refused at all."""
    platform = Platform(clock, 100)

    def announcing(request: httpx.Request) -> httpx.Response:
        answer, left, frees = platform(request), 100 - platform.used(), f"{platform.frees():.0f}"
        values = {
            "RateLimit-Policy": '"default";q=100;w=60',
            "RateLimit": f'"default";r={left};t={frees}',
            "Limit": "100",
            "Remaining": str(left),
            "Reset": frees,
        }
        answer.headers.update({name: values.get(name) or values[name.rpartition("-")[2]] for name in names.split()})
        return answer

    program = Program(clock, announcing)
    clock.run(*program.threads(100))
    assert (platform.refused, program.done) == (0, 100)
    assert program.ended - 1000 <= ideal(300, 100) * 1.1


@pytest.mark.parametrize("more", [{}, {"Retry-After": "7"}])
def test_what_a_platform_announces_for_hours_holds_nobody_back(more: dict[str, str], clock: VirtualClock) -> None:
    """And what it refuses is sent again as seldom as without that."""
    platform = Platform(clock, 20)

    def announcing(request: httpx.Request) -> httpx.Response:
        answer = platform(request)
        hourly = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "3600"}
        answer.headers.update(hourly | more if answer.status_code == 429 else hourly)
        return answer

    program = Program(clock, announcing)
    clock.run(*program.threads(20))
    assert program.done == 20
    assert platform.refused < 90


def test_a_limit_that_is_announced_no_more_is_forgotten() -> None:
    """The file of a user may be older than what the platform takes now."""
    tickets, family = Tickets(), "https://platform.example.com:443"

    def granted(now: float) -> int:
        return sum(not tickets.ask(family, 9, 0, now).pause for _ in range(9))

    tickets.settle(family, 9, 0, 1000, 1000, Answered(limit=3, left=2, resets=60))
    assert [granted(now) for now in (1100, 1400, 1661)] == [3, 3, 9]


@pytest.mark.parametrize("limit", [20, 100])
def test_a_platform_without_a_known_limit_is_learned_too(limit: int, clock: VirtualClock) -> None:
    """From its first refusal on."""
    platform = Platform(clock, limit)
    program = Program(clock, platform, limit=0)
    clock.run(*program.threads(50))
    assert program.ended - 1000 <= ideal(150, limit) * 1.25 + 10


def test_a_single_refusal_slows_a_platform_without_a_limit_for_seconds_only(clock: VirtualClock) -> None:
    """It may have had a bad moment."""
    count = iter(range(1000))

    def hiccup(_: httpx.Request) -> httpx.Response:
        clock.sleep(LATENCY)
        return httpx.Response(429 if next(count) == 100 else 200, json={})

    program = Program(clock, hiccup, limit=0)
    clock.run(*program.threads(200))
    assert program.ended - 1000 <= 600 * LATENCY / 4 + 33
