"""The network of this process: for each way to a host one pool of connections, shared by whoever takes that way.

So what goes to one host, be it of several organisations or to sign in, shares its connections and what was made to
trust it. A pool has as many connections as there are requests on their way at the same time: how many that are is for
those to bound who send. A connection that idles is kept for a while; one that the server has closed meanwhile is
noticed before it is used.
"""

import atexit
import threading
from collections.abc import Callable

import httpx

from .bounds import TimedSockets
from .deadline import Clock
from .route import Route, open_transport

__all__ = ("NETWORK", "Network")


class _Pool:
    """The connections of one way, and how many have taken it and not left."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self.transport = transport
        self.takers = 0


class _Taken(httpx.BaseTransport):
    """A share in a pool, which ends with the last of its shares."""

    def __init__(self, pool: _Pool, leave: Callable[[], None]) -> None:
        self._pool = pool
        self._leave: Callable[[], None] | None = leave

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._pool.transport.handle_request(request)

    def close(self) -> None:
        leave, self._leave = self._leave, None
        if leave:
            leave()


class Network:
    """Opens a transport to a host; the test of a whole process can open its own."""

    def __init__(self) -> None:
        self._substitute: Callable[[str], httpx.BaseTransport] | None = None
        self._lock = threading.Lock()
        self._pools: dict[tuple[Route, Clock], _Pool] = {}

    def substitute(self, opens: Callable[[str], httpx.BaseTransport] | None) -> None:
        """Open these transports in this process from now on; None goes back to the machine's network."""
        self._substitute = opens

    def open(self, base_url: str, ca_bundle: str | None, clock: Clock) -> httpx.BaseTransport:
        """A transport to the host of an address."""
        if self._substitute:
            return self._substitute(base_url)
        way = Route.leading_to(base_url, ca_bundle), clock
        with self._lock:
            pool = self._pools.get(way) or self._pools.setdefault(way, _Pool(_timed_transport(*way)))
            pool.takers += 1
        return _Taken(pool, lambda: self._left(way))

    def _left(self, way: tuple[Route, Clock]) -> None:
        with self._lock:
            pool = self._pools.get(way)
            if pool is None:
                return
            pool.takers -= 1
            if pool.takers:
                return
            del self._pools[way]
        pool.transport.close()

    def close(self) -> None:
        """Close every connection; whoever sends after that opens one anew."""
        with self._lock:
            pools = list(self._pools.values())
        for pool in pools:
            pool.transport.close()


def _timed_transport(route: Route, clock: Clock) -> httpx.HTTPTransport:
    transport = open_transport(route)
    pool = transport._pool  # noqa: SLF001  # the only way to time what arrives before an answer's headers are whole
    pool._network_backend = TimedSockets(pool._network_backend, clock)  # type: ignore[assignment]  # noqa: SLF001
    return transport


#: The network of this process.
NETWORK = Network()
atexit.register(NETWORK.close)
