"""A run that is cancelled at any request of a creation: what was made is taken back, or the line names it."""

from __future__ import annotations

from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING

import httpx
import pytest
from asgardeo_bijira_sandbox import left_behind
from pulumi_asgardeo_bijira.resources import resource_handlers
from pulumi_asgardeo_bijira.resources.lifecycle import Lifecycle
from pulumi_asgardeo_bijira.resources.platforms import Platforms
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE, Settings
from pulumi_asgardeo_bijira.transport import CANCELLATION, SYSTEM_CLOCK, Problem, cancel
from pulumi_asgardeo_bijira.transport.network import NETWORK

from tests.soak.network import FastClock
from tests.support.rounds import ROWS, Row, add_what_is_referred_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asgardeo_bijira_sandbox import Sandbox

KINDS = {"Api", "Application", "ApplicationClient", "Role"}


class Cancelling(httpx.BaseTransport):
    """The real one, in which the run is cancelled at one of its requests; that one's answer may be lost."""

    def __init__(self, at: int, *, loses: bool = False) -> None:
        self.requests: list[str] = []
        self._at, self._loses = at, loses
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it, and cancel while it is under way."""
        self.requests.append(request.method)
        response = self._inner.handle_request(request)
        if len(self.requests) == self._at:
            cancel()
            if self._loses:
                response.close()
                raise httpx.ReadTimeout("silence", request=request)
        return response

    def close(self) -> None:
        """Give the sockets back."""
        self._inner.close()


@pytest.fixture(autouse=True)
def go_on() -> Iterator[None]:
    """The process of the tests goes on afterwards, and none of them waits."""
    SYSTEM_CLOCK.substitute(FastClock())
    yield
    SYSTEM_CLOCK.substitute(None)
    NETWORK.substitute(None)
    CANCELLATION.take_back()


def created(row: Row, sandbox: Sandbox, transport: Cancelling) -> tuple[str, str]:
    """The id of what was made, or the line that says why nothing was."""
    CANCELLATION.take_back()
    NETWORK.substitute(lambda _: transport)
    with closing(transport):
        lifecycle = Lifecycle(
            resource_handlers()[row.kind], lambda: Platforms(Settings({}, {SANDBOX_VARIABLE: sandbox.url}))
        )
        checked = lifecycle.check(row.inputs)
        assert checked.failures == ()
        try:
            return lifecycle.create(checked.inputs).id, ""
        except Problem as problem:
            return "", str(problem)


@pytest.mark.parametrize("loses", [False, True], ids=["answered", "lost"])
@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.kind in KINDS and not row.environment], ids=lambda row: row.name
)
def test_it_leaves_nothing_that_nobody_knows_of(row: Row, sandbox: Sandbox, *, loses: bool) -> None:
    """At each of its requests, whether that one is answered or not."""
    add_what_is_referred_to(sandbox)
    before = sandbox.store.snapshot()
    for at in count(1):
        made, line = created(row, sandbox, Cancelling(at, loses=loses))
        if made:  # at its last one
            break
        if "c-1 under Asgardeo (PRODUCTION) already. Another stack may own it" in line:  # nobody can tell whose it is
            assert loses
            assert "applicationId" in row.inputs
            break
        assert "the run was cancelled" in line
        assert left_behind(before, sandbox.store.snapshot()) == []
    assert at > 1
