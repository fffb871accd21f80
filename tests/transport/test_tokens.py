"""Signing in: as seldom as possible, by one thread for all, and once more where a token is refused."""

from __future__ import annotations

import base64
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import httpx
import pytest
from pulumi_asgardeo_bijira.transport import (
    ApiProblem,
    ApiProfile,
    ClientSecret,
    FetchedToken,
    GivenToken,
    MissingScope,
    NotAnApiAnswer,
    Redactor,
    TokenRefused,
    operation,
    remaining,
)

from tests.transport.fakes import FakeClock, Server, connect

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "s3cr3t/+ &"  # noqa: S105  # made up
THREADS = 4


@pytest.fixture
def clock() -> FakeClock:
    """Time."""
    return FakeClock()


class Tokens(FetchedToken):
    """A token source that knows how many have asked it."""

    def __init__(self, clock: FakeClock, endpoint: Server, **details: Any) -> None:
        profile = details.pop("profile", ApiProfile("Platform"))
        connection = connect(endpoint, clock, redactor=details.pop("redactor", Redactor(SECRET)), profile=profile)
        super().__init__(
            connection, details.pop("client", ClientSecret("client", SECRET)), scopes=("a", "b"), clock=clock, **details
        )
        self.all_have_asked = threading.Event()
        self._asked = 0
        self._counting = threading.Lock()

    def _note(self) -> None:
        with self._counting:
            self._asked += 1
            if self._asked % THREADS == 0:
                self.all_have_asked.set()

    def token(self) -> str:
        """A token, for one more."""
        self._note()
        return super().token()

    def renewed(self, refused: str) -> str:
        """Another token, for one more."""
        self._note()
        return super().renewed(refused)


def issued(token: str, **more: Any) -> httpx.Response:
    """What a token endpoint answers."""
    return httpx.Response(200, json={"access_token": token, "expires_in": 3600, "scope": "a b", **more})


def in_threads(work: Callable[[], object]) -> None:
    """The same in four threads; what fails in one fails here."""
    with ThreadPoolExecutor(THREADS) as pool:
        for running in [pool.submit(work) for _ in range(THREADS)]:
            running.result(timeout=10)


def test_four_threads_fetch_one_token(clock: FakeClock) -> None:
    """The provider's process runs four operations at a time."""

    def answer_when_all_have_asked(_: httpx.Request) -> httpx.Response:
        assert tokens.all_have_asked.wait(10)
        return issued("t1")

    endpoint, server = Server(each=answer_when_all_have_asked), Server(200)
    tokens = Tokens(clock, endpoint)
    connection = connect(server, clock, tokens=tokens)
    in_threads(lambda: connection.call("GET", "/x", doing="try"))
    assert len(endpoint.requests) == 1
    assert server.bearers == ["t1"] * THREADS


def test_a_token_that_is_refused_is_renewed_once_for_all_threads(clock: FakeClock) -> None:
    """A revoked token, met by all of them at the same moment."""
    together = threading.Barrier(THREADS, timeout=10)

    def answer_when_all_have_asked(_: httpx.Request) -> httpx.Response:
        if not first.is_set():
            first.set()
            return issued("t1")
        assert tokens.all_have_asked.wait(10)
        return issued(f"t{len(endpoint.requests)}")

    def refuse_the_first(request: httpx.Request) -> httpx.Response:
        if request.headers["Authorization"] == "Bearer t1":
            together.wait()
            return httpx.Response(401, json={})
        return httpx.Response(200, json={})

    first = threading.Event()
    endpoint, server = Server(each=answer_when_all_have_asked), Server(each=refuse_the_first)
    tokens = Tokens(clock, endpoint)
    tokens.token()
    tokens.all_have_asked.clear()
    connection = connect(server, clock, tokens=tokens)
    in_threads(lambda: connection.call("GET", "/x", doing="try"))
    assert len(endpoint.requests) == 2
    assert sorted(server.bearers) == ["t1"] * THREADS + ["t2"] * THREADS


@pytest.mark.parametrize(("lifetime", "good_until"), [(3600, 3540), (100, 50), (20, 10)])
def test_a_token_is_renewed_shortly_before_it_ends(lifetime: int, good_until: int, clock: FakeClock) -> None:
    """A minute early, or half of a short life; on a clock that no correction of the time of day moves."""
    endpoint, server = Server(issued("t1", expires_in=lifetime), issued("t2")), Server(200)
    connection = connect(server, clock, tokens=Tokens(clock, endpoint))
    connection.call("GET", "/x", doing="try")
    clock.now += good_until - 1
    connection.call("GET", "/x", doing="try")
    clock.now += 2
    connection.call("GET", "/x", doing="try")
    assert server.bearers == ["t1", "t1", "t2"]


def test_a_token_that_is_refused_again_is_not_renewed_for_ever(clock: FakeClock) -> None:
    """Then it is not the token."""
    endpoint, server = Server(issued("t1"), issued("t2")), Server(401)
    with pytest.raises(ApiProblem, match=r"401.*Check clientId and clientSecret, or the accessToken"):
        connect(server, clock, tokens=Tokens(clock, endpoint)).call("GET", "/x", doing="try")
    assert server.bearers == ["t1", "t2"]
    assert len(endpoint.requests) == 2


def test_a_forbidden_request_is_not_tried_with_another_token(clock: FakeClock) -> None:
    """Another one of the same client may do no more."""
    endpoint, server = Server(issued("t1")), Server(403)
    with pytest.raises(ApiProblem, match="403"):
        connect(server, clock, tokens=Tokens(clock, endpoint)).call("GET", "/x", doing="try")
    assert (len(endpoint.requests), len(server.requests)) == (1, 1)


def test_a_given_token_is_all_there_is(clock: FakeClock) -> None:
    """Nobody knows its scopes, and nobody can renew it."""
    server = Server(200, 401)
    connection = connect(server, clock, tokens=GivenToken("brought-along"))
    connection.call("GET", "/x", doing="try", scope="whatever")
    with pytest.raises(ApiProblem, match="accessToken"):
        connection.call("GET", "/x", doing="try")
    assert server.bearers == ["brought-along", "brought-along"]
    assert "brought-along" not in repr(GivenToken("brought-along"))


def test_a_missing_scope_is_told_before_anything_is_sent(clock: FakeClock) -> None:
    """With where to grant it."""
    server = Server(200)
    profile = ApiProfile("Platform", advice=lambda _, scope: f"Grant {scope} in the console")
    connection = connect(server, clock, profile=profile, tokens=Tokens(clock, Server(issued("t"))))
    with pytest.raises(MissingScope, match=r"^Platform: try: the token lacks the scope c\. Grant c in the console$"):
        connection.call("GET", "/x", doing="try", scope="c")
    assert not server.requests
    assert connection.call("GET", "/x", doing="try", scope="b").status_code == 200


@pytest.mark.parametrize("silence", [True, False])
def test_a_token_endpoint_that_names_no_scope(silence: bool, clock: FakeClock) -> None:
    """It granted all that was asked for (the OAuth rule) or none, as the platform has it."""
    server = Server(200)
    tokens = Tokens(clock, Server(issued("t", scope="")), silence_grants_all=silence)
    connection = connect(server, clock, tokens=tokens)
    if silence:
        connection.call("GET", "/x", doing="try", scope="a")
    else:
        with pytest.raises(MissingScope):
            connection.call("GET", "/x", doing="try", scope="a")
    assert len(server.requests) == silence


def test_a_client_signs_in_as_the_standard_has_it(clock: FakeClock) -> None:
    """Id and secret in the header alone, grant and scopes in the form."""
    endpoint = Server(issued("t"))
    Tokens(clock, endpoint, grant=lambda: {"grant_type": "password", "username": "u", "password": "pass-word"}).token()
    request = endpoint.requests[0]
    assert request.headers["Authorization"] == "Basic " + base64.b64encode(f"client:{SECRET}".encode()).decode()
    assert parse_qs(request.content.decode()) == {
        "grant_type": ["password"],
        "username": ["u"],
        "password": ["pass-word"],
        "scope": ["a b"],
    }


@pytest.mark.parametrize("trouble", [429, 500, 503, httpx.ReadError("reset"), httpx.ConnectError("refused")])
def test_a_token_endpoint_that_stumbles_is_asked_again(trouble: Any, clock: FakeClock) -> None:
    """A token that was lost does no harm."""
    endpoint = Server(trouble, issued("t"))
    assert Tokens(clock, endpoint).token() == "t"
    assert len(endpoint.requests) == 2


def test_a_refused_sign_in_is_one_line_without_the_secret(clock: FakeClock) -> None:
    """Whatever the token endpoint repeats of what it was sent."""
    endpoint = Server(
        httpx.Response(401, json={"error": "invalid_client", "error_description": f"no: {SECRET}\nsorry"})
    )
    with pytest.raises(
        TokenRefused, match=r"fetch a token for the client client at https://platform.*: 401 invalid_client no:"
    ) as caught:
        Tokens(clock, endpoint, profile=ApiProfile("Platform", advice=lambda *_: "Check bijira:clientId")).token()
    text = str(caught.value)
    assert text.endswith("Check bijira:clientId")
    assert "\n" not in text
    assert SECRET not in text
    assert SECRET not in repr(Tokens(clock, endpoint))
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>sign in</html>", headers={"Content-Type": "text/html"}),
        httpx.Response(200, json={}),
        httpx.Response(200, json=["t"]),
        httpx.Response(200, json={"access_token": None}),
        httpx.Response(200, json={"access_token": ""}),
        httpx.Response(200, json={"access_token": "t", "expires_in": "later"}),
        httpx.Response(302, headers={"Location": "https://elsewhere.example.com"}),
    ],
)
def test_an_answer_without_a_token_is_no_token(answer: httpx.Response, clock: FakeClock) -> None:
    """A captive portal answers everything with success."""
    with pytest.raises(NotAnApiAnswer, match="Check"):
        Tokens(clock, Server(answer)).token()


def test_a_refusal_is_shared_by_all_who_waited_for_it(clock: FakeClock) -> None:
    """A wrong secret that is tried once for each resource may lock the client."""

    def refuse_when_all_have_asked(_: httpx.Request) -> httpx.Response:
        assert tokens.all_have_asked.wait(10)
        time.sleep(0.2)  # until those who have asked wait too
        return httpx.Response(401, json={"error": "invalid_client"})

    def ask() -> None:
        with pytest.raises(TokenRefused, match="invalid_client"):
            tokens.token()

    endpoint = Server(each=refuse_when_all_have_asked)
    tokens = Tokens(clock, endpoint)
    in_threads(ask)
    assert len(endpoint.requests) == 1
    ask()
    assert len(endpoint.requests) == 2, "who asks later may have repaired it"


def test_a_given_token_that_is_refused_says_what_to_bring(clock: FakeClock) -> None:
    """Its own advice stands above the platform's, which speaks of clients."""
    profile = ApiProfile("Platform", advice=lambda *_: "Check the client")
    connection = connect(Server(401), clock, profile=profile, tokens=GivenToken("t", "Bring a new one"))
    with pytest.raises(ApiProblem, match=r"401\. Bring a new one$"):
        connection.call("GET", "/x", doing="try")
    forbidden = connect(Server(403), clock, profile=profile, tokens=GivenToken("t", "Bring a new one"))
    with pytest.raises(ApiProblem, match=r"403\. Check the client$"):
        forbidden.call("GET", "/x", doing="try")


def test_a_token_without_an_end_is_good_for_an_hour(clock: FakeClock) -> None:
    """The usual one, where the server says nothing."""
    endpoint = Server(issued("t1", expires_in=None), issued("t2"))
    tokens = Tokens(clock, endpoint)
    tokens.token()
    clock.now += 3530
    assert tokens.token() == "t1"
    clock.now += 20
    assert tokens.token() == "t2"


class WatchedClock(FakeClock):
    """Says when a thread has asked it so often."""

    def __init__(self, thread: str, times: int) -> None:
        super().__init__()
        self.asked = threading.Event()
        self._thread, self._times = thread, times

    def monotonic(self) -> float:
        """The time."""
        if threading.current_thread().name == self._thread:
            self._times -= 1
            if not self._times:
                self.asked.set()
        return self.now


def test_who_waits_for_anothers_sign_in_is_not_charged_for_it() -> None:
    """The one that signs in may have to wait its turn for minutes."""
    clock = WatchedClock("second", 2)  # when its operation begins, and when it begins to wait
    left: list[float] = []
    signs_in = threading.Event()

    def answer_when_the_second_waits(_: httpx.Request) -> httpx.Response:
        signs_in.set()
        assert clock.asked.wait(10)
        is_first = len(endpoint.requests) == 1
        return httpx.Response(429, headers={"Retry-After": "300"}) if is_first else issued("t")

    def work() -> None:
        with operation(clock=clock):
            if threading.current_thread() is second:
                assert signs_in.wait(10)
            tokens.token()
            left.append(remaining(clock))

    endpoint = Server(each=answer_when_the_second_waits)
    tokens = Tokens(clock, endpoint)
    first, second = threading.Thread(target=work, name="first"), threading.Thread(target=work, name="second")
    first.start()
    second.start()
    first.join(20)
    second.join(20)
    assert left == [120, 120]
    assert clock.now == 1300
