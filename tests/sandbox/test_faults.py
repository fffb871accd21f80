"""Faults that work together, and rate limits on a clock of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from typing import TYPE_CHECKING

import httpx
import pytest
from asgardeo_bijira_sandbox import Fault, Faults, Sandbox

from tests.sandbox.conftest import token

if TYPE_CHECKING:
    from collections.abc import Iterator

APIS = "/t/sandbox/api/server/v1/api-resources"
LATE = Fault(kind="slow", seconds=0.01, times=0)
LIMIT = Fault(kind="rate_limit", limit=2)
FAILURE = Fault(kind="fail", status=503)


class Clock:
    """It stands still until it is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The one of the rate limits."""
    return Clock()


@pytest.fixture
def faults(clock: Clock) -> Faults:
    """None yet."""
    return Faults(clock.monotonic)


def kinds(faults: Faults, path: str = APIS, method: str = "GET") -> str:
    """What befalls a request."""
    return faults.strike("asgardeo", method, path).named or "nothing"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("{", "the body is not JSON: "),
        ("[]", "the body: has to be an object"),
        ('{"kind": "x"}', "kind: has to be 'fail', 'reset'"),
        ('{"kind": "fail", "match": "("}', "match: no regular expression: "),
        ('{"kind": "fail", "status": 1000}', "status: has to be at most 599"),
        ('{"kind": "slow"}', "the body: `seconds` says how long `slow` waits"),
        ('{"kind": "rate_limit", "limit": -1}', "limit: has to be at least 0"),
    ],
)
def test_a_fault_that_cannot_be_is_refused(body: str, why: str) -> None:
    """In one line that says where and why, without the words of a library."""
    with Sandbox() as sandbox:
        answer = httpx.post(f"{sandbox.url}/_sandbox/faults", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(why)
    assert "pydantic" not in answer.text


@pytest.mark.parametrize(
    "order", [*permutations([LATE, LIMIT, FAILURE])], ids=lambda order: "-".join(f.kind for f in order)
)
def test_each_of_several_faults_has_its_effect_in_whatever_order(faults: Faults, order: tuple[Fault, ...]) -> None:
    """A slow platform that fails once and limits its rate does all three."""
    for fault in order:
        faults.add(fault)
    seen = [kinds(faults) for _ in range(3)]
    assert seen == ["slow, fail", "slow", "slow, rate_limit"]


def test_delays_add_up_before_and_after(faults: Faults) -> None:
    """Each by its own count."""
    for fault in (LATE, Fault(kind="slow", seconds=0.5), Fault(kind="slow_after", seconds=2)):
        faults.add(fault)
    first, second = (faults.strike("asgardeo", "GET", APIS) for _ in range(2))
    assert (first.seconds("slow"), first.seconds("slow_after")) == (0.51, 2)
    assert (second.seconds("slow"), second.seconds("slow_after")) == (0.01, 0)


def test_the_first_of_several_answers_decides_and_the_others_are_used_up(faults: Faults) -> None:
    """One request has one answer."""
    for fault in (FAILURE, Fault(kind="html", times=2), Fault(kind="stale", times=2)):
        faults.add(fault)
    assert [kinds(faults) for _ in range(3)] == ["stale, fail", "stale, html", "nothing"]


def test_what_a_limit_turns_away_is_seen_by_no_fault_behind_it(faults: Faults, clock: Clock) -> None:
    """The second request that is handled fails, not the second that arrives."""
    faults.add(Fault(kind="fail", call=2))
    faults.add(Fault(kind="rate_limit", limit=1))
    faults.add(Fault(kind="rate_limit", limit=2, seconds=600))
    assert [kinds(faults) for _ in range(2)] == ["nothing", "rate_limit"]
    clock.now += 60
    assert [kinds(faults) for _ in range(2)] == ["fail", "rate_limit"], "the turned away count with no other limit"


def test_the_window_slides(faults: Faults, clock: Clock) -> None:
    """Each request leaves it a minute after it arrived; what was turned away never was in it."""
    faults.add(LIMIT)
    seen = []
    for seconds in (0, 20, 10, 29.9, 0.1, 0, 20):
        clock.now += seconds
        seen.append(kinds(faults))
    assert seen == ["nothing", "nothing", "rate_limit", "rate_limit", "nothing", "rate_limit", "nothing"]


def test_families_of_endpoints_have_windows_of_their_own(faults: Faults) -> None:
    """As Asgardeo counts: by the first part of the path, for all organisations together."""
    faults.add(Fault(kind="rate_limit", limit=1, family=True))
    paths = [APIS, "/t/sandbox/scim2/v2/Roles", "/t/sandbox/oauth2/token", "/t/sandbox/api/identity/x", "/api/am/x"]
    assert [kinds(faults, path) for path in paths] == ["nothing"] * 5
    others = [
        "/t/other/api/server/v1/applications",
        "/t/sandbox/o/scim2/Users",
        "/t/other/oauth2/jwks",
        "/api-portal/x",
    ]
    assert [kinds(faults, path) for path in others] == ["rate_limit"] * 4


def test_a_limit_announces_itself_unless_it_is_told_not_to(faults: Faults, clock: Clock) -> None:
    """With what is left, and when the next place is free; the strictest of several speaks."""
    faults.add(Fault(kind="rate_limit", limit=9))
    faults.add(LIMIT)
    faults.add(Fault(kind="rate_limit", limit=1, match="POST", announce=False))
    seen = []
    for seconds in (0, 10.5, 0):
        clock.now += seconds
        announced = faults.strike("asgardeo", "GET", APIS).announced
        seen.append([announced[f"X-RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset")])
    assert seen == [["2", "1", "60"], ["2", "0", "50"], ["2", "0", "50"]]
    faults.clear()
    faults.add(Fault(kind="rate_limit", announce=False))
    assert faults.strike("asgardeo", "GET", APIS).announced == {}


@pytest.fixture
def timed(clock: Clock) -> Iterator[Sandbox]:
    """A sandbox whose limits go by the clock."""
    with Sandbox(monotonic=clock.monotonic) as sandbox:
        yield sandbox


def test_answers_and_refusals_carry_what_a_limit_announces(timed: Sandbox, clock: Clock) -> None:
    """Over HTTP, beside another fault."""
    timed.faults.add(LATE)
    timed.faults.add(Fault(kind="rate_limit", limit=1, headers={"Retry-After": "60"}))
    discovery = f"{timed.url}/t/sandbox/oauth2/token/.well-known/openid-configuration"
    answers = [httpx.get(discovery) for _ in range(2)]
    clock.now += 60
    answers.append(httpx.get(discovery))
    assert [answer.status_code for answer in answers] == [200, 429, 200]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["0", "0", "0"]
    assert answers[1].headers["Retry-After"] == "60"
    assert [exchange.fault for exchange in timed.ledger] == ["slow", "slow, rate_limit", "slow"]


def test_requests_that_gather_wait_for_all_of_them_and_not_for_ever() -> None:
    """So a test sees, without a clock, whether a client sends them at once."""
    with Sandbox() as sandbox, ThreadPoolExecutor(3) as pool:
        url = f"{sandbox.url}/t/sandbox/oauth2/token/.well-known/openid-configuration"
        sandbox.faults.add(Fault(kind="gather", limit=3, after=1))
        assert httpx.get(url).status_code == 200
        assert [answer.status_code for answer in pool.map(httpx.get, [url] * 3)] == [200] * 3
        sandbox.faults.add(Fault(kind="gather", limit=2, seconds=0.01, status=504))
        assert [httpx.get(url).status_code for _ in range(2)] == [504, 200]
        assert [one.fault for one in sandbox.ledger] == [None, "gather", "gather", "gather", "gather", "gather"]


@pytest.mark.parametrize(
    ("kind", "status", "carried_out"),
    [
        ("fail", 503, False),
        ("reset", None, False),
        ("html", 200, False),
        ("lose", None, True),
        ("half", 201, True),
        ("body", 201, True),
    ],
)
def test_each_of_the_answers_comes_late_and_counts_with_the_limit(
    timed: Sandbox, kind: str, status: int | None, carried_out: bool
) -> None:
    """The delays, the limit and what becomes of the answer are seen by one and the same request."""
    access = token(f"{timed.url}/t/sandbox/oauth2/token", "internal_api_resource_create")
    decides = {"kind": kind, "status": 503, "text": "{}", "match": "POST .*/api-resources"}
    late = [{"kind": one, "seconds": 0.001, "times": 0} for one in ("slow", "slow_after")]
    for fault in (decides, {"kind": "rate_limit", "limit": 1, "match": "api-resources"}, *late):
        timed.faults.add(Fault.model_validate(fault))
    answers = [made(timed, access, identifier) for identifier in ("urn:first", "urn:second")]
    assert [None if answer is None else answer.status_code for answer in answers] == [status, 429]
    assert [exchange.fault for exchange in list(timed.ledger)[-2:]] == [
        f"slow, slow_after, {kind}",
        "slow, slow_after, rate_limit",
    ]
    kept = [api.identifier for api in timed.store.asgardeo["sandbox"].apis.values()]
    assert kept.count("urn:first") == carried_out
    assert "urn:second" not in kept


def made(sandbox: Sandbox, access: str, identifier: str) -> httpx.Response | None:
    """The answer to who makes an API; none where the connection ends."""
    body, headers = {"name": "Orders", "identifier": identifier}, {"Authorization": f"Bearer {access}"}
    try:
        return httpx.post(sandbox.url + APIS, json=body, headers=headers)
    except (httpx.RemoteProtocolError, httpx.ReadError):
        return None
