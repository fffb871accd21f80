"""A run that is cancelled: whatever waits ends at once, nothing new is sent, and what was made is taken back."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import httpcore
import httpx
import pytest
from pulumi_asgardeo_bijira.resources.api.scope_moves import ScopeMoves
from pulumi_asgardeo_bijira.resources.idempotency import create_once, undoing
from pulumi_asgardeo_bijira.transport import (
    CANCELLATION,
    SYSTEM_CLOCK,
    AlreadyExists,
    Cancelled,
    ClientSecret,
    FetchedToken,
    OutcomeUnknown,
    Problem,
    RateLimit,
    UndoFailed,
    alone,
    attempts,
    cancel,
    operation,
    remaining,
    together,
)
from pulumi_asgardeo_bijira.transport.bounds import TimedSockets
from pulumi_asgardeo_bijira.transport.tickets import Tickets

from tests.transport.fakes import FakeClock, Server, connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Whoever waits for so long waits for what never comes.
PATIENCE = 20.0


@pytest.fixture(autouse=True)
def go_on() -> Iterator[None]:
    """The process of the tests goes on afterwards."""
    yield
    CANCELLATION.take_back()


@pytest.fixture
def clock() -> FakeClock:
    """Time that nobody waits for."""
    return FakeClock()


def ends_with_cancelled(work: Callable[[], object], begun: threading.Event) -> str:
    """The line of what waits in a thread of its own, and is cancelled then."""
    lines: list[str] = []

    def wait() -> None:
        with pytest.raises(Cancelled) as found:
            work()
        lines.append(str(found.value))

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    assert begun.wait(PATIENCE)
    cancel()
    waiting.join(PATIENCE)
    (line,) = lines
    return line


@pytest.mark.parametrize("status", [429, 503])
def test_who_waits_to_send_again_is_told_at_once(status: int) -> None:
    """For its turn after a refusal, and between two attempts; by the machine's own clock."""
    answered = threading.Event()

    def refuse(_: httpx.Request) -> httpx.Response:
        answered.set()
        return httpx.Response(status, headers={"Retry-After": "60"})

    server = Server(each=refuse)
    connection = connect(server, SYSTEM_CLOCK, rate=RateLimit(0), tickets=Tickets())
    line = ends_with_cancelled(lambda: connection.call("GET", "/x", doing="read the API 7"), answered)
    assert line.startswith("Platform: read the API 7: ")
    assert line.endswith("since the run was cancelled. Run it again")
    assert len(server.requests) == 1


def test_who_asks_again_until_something_is_seen_is_told_at_once() -> None:
    """What was written a moment ago."""
    begun = threading.Event()

    def ask() -> None:
        for _ in attempts((60, 60), SYSTEM_CLOCK):
            begun.set()

    line = ends_with_cancelled(ask, begun)
    with pytest.raises(Cancelled):
        ask()
    assert line == "The operation: given up where it had to wait, since the run was cancelled. Run it again"


def test_who_waits_for_a_change_of_another_resource_is_told_at_once() -> None:
    """That change will never begin."""
    moves, begun = ScopeMoves(), threading.Event()
    moves.plan("acme", "api-1", ["orders:read"])
    found: list[bool] = []

    def wait() -> None:
        begun.set()
        found.append(moves.waited_for("acme", ["orders:read"]))

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    assert begun.wait(PATIENCE)
    cancel()
    waiting.join(PATIENCE)
    assert found == [False]


def test_those_behind_who_waits_are_told_too(clock: FakeClock) -> None:
    """For a lock, for a token that another thread fetches, and for parts that run beside."""
    endpoint = Server(each=lambda _: cancelling(503, clock))
    tokens = FetchedToken(connect(endpoint, clock), ClientSecret("c", "s"), scopes=(), clock=clock)
    lock = threading.Lock()

    def fetch() -> None:
        with alone(lock, clock):
            connect(Server(200), clock, tokens=tokens).call("GET", "/x", doing="read")

    with pytest.raises(Cancelled, match=r"^Platform: fetch a token .*: answered 503, and not sent again"):
        together(fetch, fetch, fetch)
    assert len(endpoint.requests) == 1


def cancelling(answer: int | Exception, clock: FakeClock) -> httpx.Response:
    """An answer, before which the run is cancelled."""
    cancel(clock)
    if isinstance(answer, Exception):
        raise answer
    return httpx.Response(answer, json={})


def test_nothing_new_is_sent(clock: FakeClock) -> None:
    """Whatever it is, and the same again."""
    server = Server(200)
    cancel(clock)
    for method in ("GET", "POST", "DELETE"):
        with pytest.raises(Cancelled) as told:
            connect(server, clock).call(method, "/x", doing="make the API orders")
        assert str(told.value) == ("Platform: make the API orders: not sent, since the run was cancelled. Run it again")
    assert server.requests == []
    assert clock.slept == []


def test_a_token_that_is_refused_meanwhile_is_not_replaced(clock: FakeClock) -> None:
    """Nor is the request sent again with one that another thread has fetched."""

    class Tokens:
        advice = ""

        def token(self) -> str:
            return "old"

        def renewed(self, _: str) -> str:
            return "new"

        def granted(self) -> None:
            return None

    server = Server(each=lambda _: cancelling(401, clock))
    with pytest.raises(Cancelled, match="make: not sent, since the run was cancelled"):
        connect(server, clock, tokens=Tokens()).call("POST", "/x", doing="make")
    assert len(server.requests) == 1


def test_a_request_under_way_counts_if_it_is_answered(clock: FakeClock) -> None:
    """An operation that has nothing more to send has succeeded."""
    server = Server(each=lambda _: cancelling(201, clock))
    assert connect(server, clock).call("POST", "/x", doing="make").status_code == 201


@pytest.mark.parametrize(
    ("method", "kind", "line"),
    [
        ("GET", Cancelled, "the run was cancelled before its answer came. Run it again"),
        (
            "POST",
            OutcomeUnknown,
            "the run was cancelled before its answer came, so it may or may not have been carried out. Run it again",
        ),
    ],
)
def test_a_request_under_way_that_is_not_answered_is_no_success(
    method: str, kind: type[Problem], line: str, clock: FakeClock
) -> None:
    """One that reads is nothing; of one that writes nobody knows."""
    server = Server(each=lambda _: cancelling(httpx.ReadTimeout("silence"), clock))
    with pytest.raises(kind) as told:
        connect(server, clock).call(method, "/x", doing="do it")
    assert str(told.value) == f"Platform: do it: {line}"
    assert len(server.requests) == 1


class Silence:
    """A socket on which nothing arrives, each look charged to a clock."""

    def __init__(self, clock: FakeClock, cancelled_after: int) -> None:
        self._clock, self._cancelled_after = clock, cancelled_after

    def connect_tcp(self, *_: object) -> Silence:
        """Itself."""
        return self

    def read(self, _: int, timeout: float) -> bytes:
        """Nothing, for so long."""
        self._clock.sleep(timeout)
        self._cancelled_after -= 1
        if not self._cancelled_after:
            cancel(self._clock)
        raise httpcore.ReadTimeout


def test_an_answer_under_way_is_waited_for_two_seconds_more(clock: FakeClock) -> None:
    """However long a request may take else."""
    socket = TimedSockets(Silence(clock, 4), clock).connect_tcp()
    with pytest.raises(httpcore.ReadTimeout), operation(clock=clock):
        socket.read(1, 30)
    assert sum(clock.slept) == 4 * 0.5 + 2
    CANCELLATION.take_back()
    clock.slept.clear()
    with pytest.raises(httpcore.ReadTimeout):
        TimedSockets(Silence(clock, 0), clock).connect_tcp().read(1, 30)
    assert sum(clock.slept) == 30


class Things:
    """A platform on which things are made, found and deleted, and the run is cancelled at one of these."""

    def __init__(self, clock: FakeClock, *lost: str, refuses: str = "") -> None:
        self.connection = connect(Server(each=self._answer), clock)
        self.sent: list[str] = []
        self.things: list[str] = []
        self._clock, self._lost, self._refuses = clock, lost, refuses

    def _answer(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        self.sent.append(f"{request.method} {name}")
        if request.method == self._refuses:
            return httpx.Response(429, headers={"Retry-After": "40"})
        if request.method == "POST":
            self.things.append(name)
            cancel(self._clock)
            if "POST" in self._lost:
                raise httpx.ReadTimeout("silence")
        if request.method == "DELETE":
            self.things.remove(name)
        return httpx.Response(200, json={})

    def create(self, *names: str) -> None:
        """As a resource of several parts is made."""
        with undoing() as undo:
            for name in names:
                made = create_once(
                    partial(self.send, "POST", name),
                    partial(self._found, name),
                    what=f"the thing {name}",
                    is_ours=lambda _: True,
                    was_there=lambda _: False,
                    taken=lambda _: AlreadyExists("is taken", action="Choose another"),
                    clock=self._clock,
                )
                undo.push(f"the thing {made.value}", partial(self.send, "DELETE", name))

    def _found(self, name: str) -> str | None:
        return self.send("GET", name) if name in self.things else None

    def send(self, method: str, name: str) -> str:
        """Send it."""
        self.connection.call(method, f"/{name}", doing=f"{method} the thing {name}")
        return name


def test_a_creation_that_is_cancelled_takes_back_what_it_made(clock: FakeClock) -> None:
    """Even after the cancellation."""
    things = Things(clock)
    with pytest.raises(Cancelled, match=r"^Platform: POST the thing b: not sent"):
        things.create("a", "b")
    assert (things.sent, things.things) == (["POST a", "DELETE a"], [])


def test_what_a_creation_may_have_made_is_looked_for_and_taken_back(clock: FakeClock) -> None:
    """Its answer was lost as the run was cancelled."""
    things = Things(clock, "POST")
    with pytest.raises(Cancelled, match=r"^Platform: POST the thing b: not sent"):
        things.create("a", "b")
    assert (things.sent, things.things) == (["POST a", "GET a", "DELETE a"], [])


def test_what_may_come_to_exist_later_is_named(clock: FakeClock) -> None:
    """It is not there yet, and nobody waits for it; nor is it sent again."""
    things = Things(clock, "POST")
    things.things = Forgetful()
    with pytest.raises(OutcomeUnknown, match=r"the thing a: not found afterwards\. It may still come to exist"):
        things.create("a", "b")
    assert things.sent == ["POST a"]
    assert clock.slept == []


class Forgetful(list[str]):
    """Holds nothing."""

    def append(self, _: str) -> None:
        """Hold it not."""


def test_what_cannot_be_taken_back_is_named(clock: FakeClock) -> None:
    """Nobody waits for the platform's leave to delete it."""
    things = Things(clock, refuses="DELETE")
    with pytest.raises(UndoFailed, match=r"is left behind: the thing a .*answered 429, and not sent again"):
        things.create("a", "b")
    assert things.sent == ["POST a", "DELETE a"]
    assert clock.slept == []


def test_at_the_end_of_a_run_nothing_is_to_be_ended(clock: FakeClock) -> None:
    """An engine says so then, too, and more than once."""
    with operation(clock=clock):
        cancel(clock)
        clock.now += 100
        cancel(clock)
        assert remaining(clock) < 0
