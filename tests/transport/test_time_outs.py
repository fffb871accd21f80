"""The time that a user gives an operation is for everything in it, and the line says so where it was too short."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import httpx
import pytest
from pulumi_asgardeo_bijira.transport import (
    ApiProblem,
    DeadlineExceeded,
    Problem,
    RateLimit,
    alone,
    limited,
    remaining,
)
from pulumi_asgardeo_bijira.transport.tickets import Tickets

from tests.transport.fakes import FakeClock, Server, connect

if TYPE_CHECKING:
    from pulumi_asgardeo_bijira.transport import Connection

ADVICE = "What ended it is its time-out of 7 s: set a longer one in customTimeouts (create), or none"


@pytest.fixture
def clock() -> FakeClock:
    """Time that nobody waits for."""
    return FakeClock()


def platform(clock: FakeClock, *answers: httpx.Response | int) -> tuple[Server, Connection]:
    """A platform that counts what is sent to it."""
    server = Server(*answers)
    return server, connect(server, clock, rate=RateLimit(2), tickets=Tickets())


def refusal(status: int, seconds: int) -> httpx.Response:
    """A refusal for so long."""
    return httpx.Response(status, headers={"Retry-After": str(seconds)})


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (
            429,
            "429 the platform takes it in 40 s at the earliest, and this operation has 7 s left. Run it again later. ",
        ),
        (503, "gave up after 1 attempts (503): the next try would be in 40 s and this operation has 7 s left. "),
    ],
)
def test_a_wait_that_it_has_no_time_for_is_not_begun(status: int, said: str, clock: FakeClock) -> None:
    """For its turn neither, which counts here."""
    server, connection = platform(clock, refusal(status, 40))
    with pytest.raises(DeadlineExceeded) as told, limited(7, "create", clock):
        connection.call("GET", "/x", doing="read the API 7")
    assert str(told.value).startswith(f"Platform: read the API 7: {said}")
    assert str(told.value).endswith(ADVICE)
    assert len(server.requests) == 1
    assert sum(clock.slept) == 0


def test_a_turn_that_never_comes_ends_with_it(clock: FakeClock) -> None:
    """Two requests a minute, and a third one."""
    server, connection = platform(clock)
    connection.call("GET", "/x", doing="read")
    connection.call("GET", "/x", doing="read")
    line = "since this operation has 7 s left for its turn: Platform takes 2 requests a minute"
    with pytest.raises(DeadlineExceeded, match=line), limited(7, "create", clock):
        connection.call("GET", "/x", doing="read")
    assert len(server.requests) == 2


def test_a_longer_one_than_usual_is_granted(clock: FakeClock) -> None:
    """Where an operation of no time-out would have given up: 120 s for itself, ten minutes for its turn."""
    server, connection = platform(clock, refusal(503, 200), refusal(429, 590), refusal(429, 590), 200)
    with limited(1800, "read", clock):
        assert connection.call("GET", "/x", doing="read").is_success
    assert len(server.requests) == 4


def test_what_others_hold_is_not_waited_for_any_longer(clock: FakeClock) -> None:
    """Be it in the same operation's parts or not."""
    lock = threading.Lock()
    with lock, pytest.raises(DeadlineExceeded) as told, limited(0.05, "update", clock), alone(lock, clock):
        pass
    assert str(told.value) == (
        "The operation: its time was up while it waited for another one on the same object. Run it again. What ended "
        "it is its time-out of 0.05 s: set a longer one in customTimeouts (update), or none"
    )


def test_a_failure_in_time_is_told_as_it_is(clock: FakeClock) -> None:
    """Nobody's time-out ended that."""
    _, connection = platform(clock, 403)
    with pytest.raises(ApiProblem) as told, limited(7, "create", clock):
        connection.call("GET", "/x", doing="read")
    assert "customTimeouts" not in str(told.value)


def test_an_answer_that_comes_too_late_is_told_with_it(clock: FakeClock) -> None:
    """As what it is: lost."""

    def late(request: httpx.Request) -> httpx.Response:
        clock.now += request.extensions["timeout"]["read"]
        raise httpx.ReadTimeout("silence")

    with pytest.raises(Problem) as told, limited(7, "create", clock):
        connect(Server(each=late), clock).call("POST", "/x", doing="make")
    assert str(told.value) == f"Platform: make: the answer was lost (ReadTimeout). Run it again. {ADVICE}"
    assert clock.now == 1007


def test_none_is_as_ever(clock: FakeClock) -> None:
    """An operation's usual time."""
    with limited(None, "create", clock):
        assert remaining(clock) == 120
