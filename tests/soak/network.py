"""The network and the clock of a run: nothing is waited for, and the process can die at a chosen request."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import httpx
from pulumi_asgardeo_bijira.transport import SYSTEM_CLOCK
from pulumi_asgardeo_bijira.transport.network import NETWORK

if TYPE_CHECKING:
    from .faults import Seen

__all__ = ("DEATH", "CountedTransport", "FastClock", "stand_in")

#: The exit code of a process that died as it was told to.
DEATH = 86
_REQUEST_SECONDS = 30.0


class FastClock:
    """Time passes only by sleeping, and nobody sleeps."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now = 1000.0

    def monotonic(self) -> float:
        """The time."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        with self._lock:
            self._now += seconds


class Run:
    """What the transports of one process share."""

    def __init__(self, seen: Seen, dies: tuple[int, bool] | None, clock: FastClock) -> None:
        self.seen, self.clock = seen, clock
        self.calls = 0
        self.tokens: set[str] = set()
        self._dies = dies

    def die(self, call: int, *, committed: bool) -> None:
        """End the process at once, if it is to die here."""
        if self._dies == (call, committed):
            os._exit(DEATH)


class CountedTransport(httpx.BaseTransport):
    """The real one, its requests counted and its cut connections told as a time-out or a refusal."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._inner = httpx.HTTPTransport(verify=False)  # plain http to this machine

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it."""
        run = self._run
        run.calls += 1
        call = run.calls
        run.tokens.add(request.headers.get("Authorization", "").partition(" ")[2])
        run.die(call, committed=False)
        try:
            response = self._inner.handle_request(request)
        except httpx.TransportError:
            if run.seen == "refused":
                raise httpx.ConnectError("[Errno 111] Connection refused", request=request) from None
            if run.seen == "timeout":
                run.clock.sleep(_REQUEST_SECONDS)
                raise httpx.ReadTimeout("The read operation timed out", request=request) from None
            raise
        run.die(call, committed=True)
        return response

    def close(self) -> None:
        """Give the sockets back."""
        self._inner.close()


def stand_in(seen: Seen, dies: tuple[int, bool] | None) -> Run:
    """From now on this process has no other clock and no other network."""
    clock = FastClock()
    run = Run(seen, dies, clock)
    SYSTEM_CLOCK.substitute(clock)
    NETWORK.substitute(lambda _: CountedTransport(run))
    return run
