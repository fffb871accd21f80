"""The sandbox refuses what it does not understand in its platforms' words, whatever it is sent, and never breaks.

`BREAKDOWNS` is how many requests are sent, `BREAKDOWNS_SEED` where their making begins: more by hand than in the suite.
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import traceback
from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Sandbox

from tests.breakdowns.calls import Call, Caller, endpoints
from tests.contract.fixtures import put_back
from tests.sandbox.conftest import token

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUESTS = int(os.environ.get("BREAKDOWNS", "2400"))
SEED = int(os.environ.get("BREAKDOWNS_SEED", "20261126"))
#: After so many requests to each sandbox there is a new one: tokens are revoked, and much is deleted.
LIFE = 600
#: Who waits longer is not going to be answered.
PATIENCE = 10.0

ASGARDEO = ({"message", "description"}, {"schemas", "detail", "status"}, {"error", "error_description"})
CONTROL_PLANE = ({"code", "message", "description"}, {"error", "error_description"})
PORTAL = ({"code", "message"},)
GATEWAY = ({"code", "error_message", "error_description"}, {"code", "message", "description"})
#: What a refusal has at least, by the beginning of the path.
FORMS: dict[str, tuple[set[str], ...]] = {
    "/t/": ASGARDEO,
    "/api/am/": CONTROL_PLANE,
    "/oauth2/": CONTROL_PLANE,
    "/api-portal": PORTAL,
    "/_sandbox": ({"error"},),
    "/": GATEWAY,
}


class Broken(logging.Handler):
    """Where the server broke, and at which request first; the server's log tells of each."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.call = ""
        self.found: dict[str, str] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """A line of the log."""
        problem = record.exc_info[1] if record.exc_info else None
        last = traceback.extract_tb(problem.__traceback__)[-6:] if problem else []
        ours = [frame for frame in last if "asgardeo_bijira_sandbox" in frame.filename] or last
        where = f"{ours[-1].filename.rpartition('/provider/')[2]}:{ours[-1].lineno}" if ours else record.getMessage()
        self.found.setdefault(f"{where} {problem!r:.120}", _request_of(problem) or self.call)

    def add(self, what: str) -> None:
        """Something that must not be."""
        self.found.setdefault(what, self.call)


def _request_of(problem: BaseException | None) -> str | None:
    """The request that a breakdown belongs to, which the server tells of after it has answered."""
    for frame, _ in traceback.walk_tb(problem.__traceback__ if problem else None):
        scope = frame.f_locals.get("scope")
        if isinstance(scope, dict) and "raw_path" in scope:
            body = str(frame.f_locals.get("body", ""))[:200]
            return f"{scope['method']} {scope['raw_path'].decode()}?{scope['query_string'].decode()} {body}"
    return None


@contextmanager
def watched() -> Iterator[Broken]:
    """What the server says while this lasts."""
    broken, log = Broken(), logging.getLogger("uvicorn.error")
    log.addHandler(broken)
    yield broken
    log.removeHandler(broken)


def tokens(sandbox: Sandbox) -> dict[str, str]:
    """A token with every right, by the beginning of the path that it is good for."""
    store = sandbox.store
    scopes = {scope for one in store.bijira.values() for scope in one.management_scopes}
    scopes |= {scope for one in store.api_portal.organizations.values() for scope in one.management_scopes}
    asgardeo = token(f"{sandbox.url}/t/sandbox/oauth2/token", "SYSTEM")
    return {"/t/": asgardeo, "/": token(f"{sandbox.url}/oauth2/token", " ".join(sorted(scopes)))}


def answered(connection: http.client.HTTPConnection, call: Call) -> tuple[int, str, bytes]:
    """Status, content type and body; on a new connection if this one has idled for too long."""
    try:
        return sent(connection, call)
    except (http.client.HTTPException, OSError):
        connection.close()
        return sent(connection, call)


def sent(connection: http.client.HTTPConnection, call: Call) -> tuple[int, str, bytes]:
    """Status, content type and body of the answer."""
    connection.putrequest(call.method, call.target)
    for name, value in call.headers.items():
        connection.putheader(name, value.encode("latin-1"))
    connection.putheader("Content-Length", str(len(call.body)))
    connection.endheaders(call.body)
    answer = connection.getresponse()
    return answer.status, answer.headers.get("Content-Type", ""), answer.read()


def misformed(call: Call, status: int, kind: str, body: bytes) -> str | None:
    """What is wrong with the form of a refusal."""
    if status < 400 or not body:
        return "no body" if status == 500 and call.method != "HEAD" else None
    if kind.startswith("text/html") and call.target.startswith(("/t/", "/api-portal")):
        return None
    try:
        found: Any = json.loads(body)
    except ValueError:
        return f"{status} {kind}: {body[:60]!r}"
    base = next(one for one in FORMS if call.target.startswith(one))
    fits = isinstance(found, dict) and any(form <= found.keys() for form in FORMS[base])
    return None if fits else f"{status} below {base}: {str(found)[:100]}"


def life(random: Random, requests: int, broken: Broken) -> None:
    """Some requests to a sandbox of their own."""
    with Sandbox() as sandbox:
        caller, served = Caller(random, tokens(sandbox)), endpoints(sandbox.store)
        connection = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=PATIENCE)
        for number in range(requests):
            if number % 20 == 0:
                put_back(sandbox.store)
            call = caller.call(*random.choice(served))
            broken.call = str(call)
            mark = sandbox.ledger.mark()
            try:
                wrong = misformed(call, *answered(connection, call))
            except (http.client.HTTPException, OSError) as problem:
                connection.close()
                wrong = f"no answer: {problem!r}"
            if wrong:
                broken.add(wrong)
            if not call.target.startswith("/_sandbox") and not sandbox.ledger.since(mark):
                broken.add("not in the ledger")
        connection.close()


@pytest.mark.parametrize("part", range(2))
def test_nothing_breaks_it(part: int) -> None:
    """No request is answered by a breakdown, and each refusal has a form of its platform."""
    random = Random(f"{SEED} {part}")  # noqa: S311 - not cryptography
    with watched() as broken:
        for _ in range(max(1, REQUESTS // 2 // LIFE)):
            life(random, LIFE, broken)
    assert not broken.found, "\n".join(f"{what}\n    {call}" for what, call in sorted(broken.found.items()))
