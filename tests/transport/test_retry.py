"""What is sent again, how long is waited for it, and when it is given up."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pulumi_asgardeo_bijira.transport import (
    SIGN_IN,
    ClientSecret,
    DeadlineExceeded,
    FetchedToken,
    OutcomeUnknown,
    Problem,
    Unreachable,
    afresh,
    attempts,
    operation,
    remaining,
)

from tests.transport.fakes import FakeClock, Server, connect

if TYPE_CHECKING:
    from collections.abc import Iterator

VERBS = frozenset({"GET", "PUT", "DELETE", "POST", "PATCH"})
HARMLESS = frozenset({"GET", "PUT", "DELETE"})
RESET = httpx.ReadError("reset")

#: For which verbs a trouble is followed by another try.
REPEATED: list[tuple[int | Exception, frozenset[str]]] = [
    (429, VERBS),
    (500, frozenset({"GET"})),
    (501, frozenset()),
    (502, HARMLESS),
    (503, HARMLESS),
    (504, HARMLESS),
    (400, frozenset()),
    (401, frozenset()),
    (403, frozenset()),
    (404, frozenset()),
    (409, frozenset()),
    (httpx.ConnectError("refused"), VERBS),
    (httpx.ConnectTimeout("nobody there"), VERBS),
    (httpx.PoolTimeout("no free connection"), VERBS),
    (RESET, HARMLESS),
    (httpx.ReadTimeout("silence"), HARMLESS),
    (httpx.WriteError("broken pipe"), HARMLESS),
    (httpx.RemoteProtocolError("hung up"), HARMLESS),
]
CASES = [
    pytest.param(verb, trouble, verb in verbs, id=f"{verb}-{trouble!r}")
    for trouble, verbs in REPEATED
    for verb in sorted(VERBS)
]


@pytest.fixture
def clock() -> FakeClock:
    """Time."""
    return FakeClock()


@pytest.mark.parametrize(("verb", "trouble", "again"), CASES)
def test_what_is_repeated_depends_on_verb_and_trouble(verb: str, trouble: Any, again: bool, clock: FakeClock) -> None:
    """Whatever could be done twice by repeating it is sent once."""
    server = Server(trouble, 200)
    connection = connect(server, clock)
    if again:
        assert connection.call(verb, "/x", doing="try").status_code == 200
        assert len(server.requests) == 2
        assert 0 < clock.now - 1000 <= 20
    else:
        with pytest.raises(Problem):
            connection.call(verb, "/x", doing="try")
        assert len(server.requests) == 1
        assert not clock.slept


@pytest.mark.parametrize("verb", ["POST", "PATCH"])
@pytest.mark.parametrize("trouble", [500, 502, 503, 504, RESET, httpx.ReadTimeout("silence")])
def test_a_write_whose_answer_is_lost_says_that_nobody_knows(verb: str, trouble: Any, clock: FakeClock) -> None:
    """Whoever sent it can then look for what it made, before it is sent again."""
    server = Server(trouble)
    with pytest.raises(OutcomeUnknown, match=r"^Platform: make it: .*Run it again"):
        connect(server, clock).call(verb, "/x", doing="make it")
    assert len(server.requests) == 1


def test_a_write_may_go_by_the_rules_of_another_verb(clock: FakeClock) -> None:
    """A token is fetched by POST and makes nothing, so it may be fetched twice."""
    server = Server(503, RESET, 500, 200)
    assert connect(server, clock).call("POST", "/token", doing="sign in", retry=SIGN_IN).status_code == 200
    assert len(server.requests) == 4


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_platform_that_says_how_long_to_wait_is_waited_for_so_long(verb: str, clock: FakeClock) -> None:
    """Not shorter, and not repeated in between."""
    server = Server(httpx.Response(429, headers={"Retry-After": "40"}), 200)
    start = clock.now
    connect(server, clock).call(verb, "/x", doing="try")
    assert clock.now - start == 40
    assert len(server.requests) == 2


def test_a_platform_may_name_the_moment_to_come_back(clock: FakeClock) -> None:
    """The header is a number of seconds or a date."""
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    start = clock.now
    connect(Server(httpx.Response(429, headers={"Retry-After": moment}), 200), clock).call("GET", "/x", doing="try")
    assert 50 < clock.now - start <= 60


def test_a_wait_that_nobody_understands_is_our_own(clock: FakeClock) -> None:
    """A proxy's odd header is no reason to fail."""
    start = clock.now
    connect(Server(httpx.Response(429, headers={"Retry-After": "soon"}), 200), clock).call("GET", "/x", doing="try")
    assert 0 < clock.now - start <= 20


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_wait_beyond_all_bounds_ends_the_operation_at_once(verb: str, clock: FakeClock) -> None:
    """An hour from now is not within ten minutes, and nobody should sit through them to be told."""
    server = Server(httpx.Response(429, headers={"Retry-After": "3600"}))
    with pytest.raises(
        DeadlineExceeded, match=r"try: 429 the platform takes it in 3600 s .* waits 600 s at most\. Run it again later$"
    ):
        connect(server, clock).call(verb, "/x", doing="try")
    assert not clock.slept
    assert len(server.requests) == 1


def test_waits_that_were_asked_for_add_up(clock: FakeClock) -> None:
    """Their bound is the operation's, not the wait's."""
    server = Server(httpx.Response(429, headers={"Retry-After": "250"}))
    with operation(clock=clock):
        with pytest.raises(DeadlineExceeded, match=r"429 the platform takes it in 25[0-9] s .* waits 600 s at most"):
            connect(server, clock).call("GET", "/x", doing="try")
        assert 1500 <= clock.now <= 1505
        assert remaining(clock) == 120
    assert len(server.requests) == 3


def test_waiting_for_a_platform_that_refuses_is_not_charged_to_the_operation(clock: FakeClock) -> None:
    """Nor to the one around it: what was slow is the waiting, not the work."""
    server = Server(httpx.Response(429, headers={"Retry-After": "500"}), 200)
    with operation(30, clock), afresh(20, clock):
        clock.now += 5
        connect(server, clock).call("GET", "/x", doing="try")
        assert clock.now == 1505
        assert remaining(clock) == 15
    with operation(30, clock):
        assert remaining(clock) == 30


def test_waits_grow_with_jitter_up_to_their_limit(clock: FakeClock) -> None:
    """So that many clients do not come back at the same moment."""
    with pytest.raises(DeadlineExceeded):
        connect(Server(503), clock).call("GET", "/x", doing="try")
    assert len(set(clock.slept)) > 2
    assert all(0 < wait <= 20 for wait in clock.slept)
    assert clock.slept[0] <= 1


def test_all_requests_of_an_operation_share_one_deadline(clock: FakeClock) -> None:
    """A platform that stays busy is given up after it, with what it said."""
    server = Server(503)
    connection = connect(server, clock)
    start = clock.now
    with operation(clock=clock):
        with pytest.raises(DeadlineExceeded, match="503"):
            connection.call("GET", "/x", doing="try")
        assert clock.now - start <= 120
        clock.now = start + 121
        sent = len(server.requests)
        with pytest.raises(DeadlineExceeded, match=r"time was up before it could be sent\. Run it again"):
            connection.call("GET", "/x", doing="try")
        assert len(server.requests) == sent


def test_an_operation_within_another_has_no_more_time(clock: FakeClock) -> None:
    """Undoing and looking up belong to the operation that they serve."""
    with operation(30, clock):
        clock.now += 20
        with operation(120, clock):
            assert remaining(clock) == 10
    assert remaining(clock) == 120


def test_a_request_on_its_own_ends_too(clock: FakeClock) -> None:
    """Also one that no operation surrounds."""
    start = clock.now
    with pytest.raises(OutcomeUnknown):
        connect(Server(RESET), clock).call("GET", "/x", doing="try")
    assert clock.now - start <= 120


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_host_that_cannot_be_reached_is_given_up_soon(verb: str, clock: FakeClock) -> None:
    """A wrong address is likelier than a long hiccup."""
    server, start = Server(httpx.ConnectError("no route")), clock.now
    with pytest.raises(Unreachable, match=r"no connection to https://platform\.example\.com/api .*Check baseUrl"):
        connect(server, clock).call(verb, "/x", doing="look")
    assert 2 <= len(server.requests) <= 7
    assert clock.now - start < 60


def refused() -> httpx.ConnectError:
    """What httpx raises where nobody listens."""
    failure = httpx.ConnectError("connection refused")
    failure.__cause__ = ConnectionRefusedError(111, "Connection refused")
    return failure


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_refused_connection_is_tried_once_more_and_at_once(verb: str, clock: FakeClock) -> None:
    """A server that is restarted is back in a moment; a wrong address is not mended by waiting."""
    server = Server(refused())
    with pytest.raises(Unreachable):
        connect(server, clock).call(verb, "/x", doing="look")
    assert len(server.requests) == 2
    assert sum(clock.slept) <= 0.3


def test_signing_in_where_nobody_listens_fails_at_once(clock: FakeClock) -> None:
    """The first request of every command is a sign-in, and a wrong address is the commonest mistake."""
    endpoint, server = Server(refused()), Server(200)
    tokens = FetchedToken(connect(endpoint, clock), ClientSecret("client", "made-up"), scopes=(), clock=clock)
    with pytest.raises(Unreachable, match="no connection to"):
        connect(server, clock, tokens=tokens).call("GET", "/x", doing="look")
    assert not clock.slept
    assert len(endpoint.requests) == 1
    assert not server.requests, "the request that needs the token is not begun"


def test_what_is_written_is_looked_for_again_until_the_pauses_or_the_time_are_over(clock: FakeClock) -> None:
    """The operation's deadline counts more than the pauses."""
    assert len(list(attempts((1, 2, 4), clock))) == 4
    assert clock.slept == [1, 2, 4]
    with operation(3.5, clock):
        assert len(list(attempts((1, 2, 4), clock))) == 3
    assert clock.slept == [1, 2, 4, 1, 2]


@pytest.mark.parametrize(("left", "timeout"), [(120, 30), (12, 12)])
def test_a_request_gets_thirty_seconds_or_what_is_left(left: float, timeout: float, clock: FakeClock) -> None:
    """One that hangs must not eat the whole operation, nor outlast it."""
    server = Server(200)
    with operation(left, clock):
        connect(server, clock).call("GET", "/x", doing="look")
    assert set(server.requests[0].extensions["timeout"].values()) == {timeout}


class Drip(httpx.SyncByteStream):
    """An answer that comes a byte at a time, each after ten seconds."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self._clock.now += 10
            yield b" "


def test_an_answer_that_drips_is_a_lost_one(clock: FakeClock) -> None:
    """Each byte in time, and the whole never: no time-out between two bytes sees that."""
    server = Server(each=lambda _: httpx.Response(200, stream=Drip(clock)))
    start = clock.now
    with pytest.raises(OutcomeUnknown, match="ReadTimeout"):
        connect(server, clock).call("POST", "/x", doing="make it")
    assert clock.now - start <= 40


def test_each_wait_is_told_to_whoever_listens(clock: FakeClock, caplog: pytest.LogCaptureFixture) -> None:
    """A run that seems to hang has a reason."""
    with caplog.at_level(logging.INFO, "pulumi_asgardeo_bijira"):
        connect(Server(503, httpx.ReadError("reset"), 429, 200), clock).call("GET", "/x", doing="look at it")
    told = [r.getMessage() for r in caplog.records if "trying again" in r.getMessage()]
    assert [line.split(", trying")[0] for line in told] == [
        "Platform: look at it: 503",
        "Platform: look at it: ReadError",
        "Platform: look at it: 429",
    ]
    assert told[2].endswith("trying again when it is its turn")


def test_an_undo_has_time_of_its_own(clock: FakeClock) -> None:
    """However long the operation took: what was half made must not stay for want of time."""
    server = Server(200)
    connection = connect(server, clock)
    with operation(30, clock):
        clock.now += 31
        with afresh(60, clock):
            assert remaining(clock) == 60
            connection.call("DELETE", "/x", doing="take it back")
        with pytest.raises(DeadlineExceeded):
            connection.call("GET", "/x", doing="look")
    assert len(server.requests) == 1
