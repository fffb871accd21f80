"""A platform that takes so many requests a minute, and programs that send to it, all in virtual time."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import httpx
from pulumi_asgardeo_bijira.transport import ApiProfile, Connection, RateLimit, operation
from pulumi_asgardeo_bijira.transport.tickets import Tickets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.support.virtual_time import VirtualClock

__all__ = ("Platform", "Program")

LATENCY = 0.05


class Platform:
    """It counts what arrives, whatever it answers to it, by a window that slides."""

    def __init__(self, clock: VirtualClock, limit: int, *, latency: float = LATENCY, **headers: str) -> None:
        self._clock, self._limit, self._latency, self._headers = clock, limit, latency, headers
        self._window: deque[float] = deque()
        self.refused = 0
        #: When each request was taken, and for whom.
        self.taken: list[tuple[float, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer after half of the latency on each way."""
        self._clock.sleep(self._latency / 2)
        now = self._clock.monotonic()
        while self._window and self._window[0] <= now - 60:
            self._window.popleft()
        is_taken = len(self._window) < self._limit
        if is_taken:
            self._window.append(now)
            self.taken.append((now, request.headers["User-Agent"]))
        else:
            self.refused += 1
        self._clock.sleep(self._latency / 2)
        return httpx.Response(200 if is_taken else 429, headers={} if is_taken else self._headers, json={})

    def used(self) -> int:
        """How much of the window is used."""
        return sum(moment > self._clock.monotonic() - 60 for moment in self._window)

    def frees(self) -> float:
        """Seconds until it has room again, or more of it."""
        return max(1.0, self._window[0] + 60 - self._clock.monotonic())

    def busiest(self) -> int:
        """The most that was taken within a minute."""
        moments = [moment for moment, _ in self.taken]
        return max(
            sum(start <= moment < start + 60 for moment in moments[index:]) for index, start in enumerate(moments)
        )


class Program:
    """A provider's process: several threads that carry out one operation after the other."""

    def __init__(
        self,
        clock: VirtualClock,
        platform: Callable[[httpx.Request], httpx.Response],
        *,
        tickets: Tickets | None = None,
        limit: int = 200,
        name: str = "program",
    ) -> None:
        self._clock = clock
        self.tickets = tickets or Tickets()
        self.connection = Connection(
            "https://platform.example.com/t/acme",
            ApiProfile("Platform"),
            rate=RateLimit(limit, by_family=True, setting="platform:requestsPerMinute"),
            tickets=self.tickets,
            headers={"User-Agent": name},
            transport=httpx.MockTransport(platform),
            clock=clock,
        )
        #: When its last operation ended.
        self.ended = 0.0
        self.done = 0

    def threads(self, operations: int, requests: int = 3, *, threads: int = 4, start: float = 0.0) -> Iterable[Any]:
        """What each of its threads does: operations of so many requests, one after the other, from a moment on."""
        left = iter(range(operations))

        def work() -> None:
            self._clock.sleep(start)
            for number in left:
                with operation(clock=self._clock):
                    for part in range(requests):
                        self.connection.call("GET", f"/api/server/v1/things/{number}/{part}", doing=f"read {number}")
                self.ended, self.done = self._clock.monotonic(), self.done + 1

        return [work] * threads
