"""A clock that nobody waits for, and a server that answers what it is told to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
from pulumi_asgardeo_bijira.transport import ApiProfile, Connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_asgardeo_bijira.transport import Clock

__all__ = ("FakeClock", "Server", "connect")

Answer = httpx.Response | Exception


class FakeClock:
    """Time passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds


class Server:
    """Answers one request after the other; the last answer stands for all that follow."""

    def __init__(self, *answers: Answer | int, each: Callable[[httpx.Request], httpx.Response] | None = None) -> None:
        self._answers: Iterator[Answer | int] = iter(answers)
        self._last: Answer | int = 200
        self._each = each
        self.requests: list[httpx.Request] = []
        #: The token of each request as it came in: one that is sent anew is the same object.
        self.bearers: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        self.requests.append(request)
        self.bearers.append(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if self._each:
            return self._each(request)
        self._last = next(self._answers, self._last)
        if isinstance(self._last, Exception):
            raise self._last
        if isinstance(self._last, int):
            return httpx.Response(self._last, json={})
        return httpx.Response(self._last.status_code, headers=self._last.headers, content=self._last.content)


def connect(server: Server, clock: Clock, **details: Any) -> Connection:
    """A connection to it."""
    profile = details.pop("profile", ApiProfile("Platform"))
    return Connection(
        "https://platform.example.com/api", profile, transport=httpx.MockTransport(server), clock=clock, **details
    )
