"""The ledger: every request that the sandbox was sent and what it answered, in order and without a secret.

Tests count requests with it, a rehearsal prints the counts, and a user sees what a program really sent.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from .masking import masked, masked_headers

__all__ = ("PLATFORMS", "Exchange", "Ledger", "Platform")

Platform = Literal["asgardeo", "bijira", "token", "gateway"]
PLATFORMS: tuple[Platform, ...] = ("asgardeo", "bijira", "token", "gateway")


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. `status` is the handler's, also where a fault kept it from the client."""

    number: int
    platform: Platform
    method: str
    path: str
    route: str
    status: int
    query: dict[str, Any] = field(default_factory=dict)
    request_body: Any = None
    response_body: Any = None
    fault: str | None = None
    client: str = ""
    request_headers: dict[str, str] = field(default_factory=dict)
    response_headers: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The exchange as a JSON object."""
        return asdict(self)


class Ledger:
    """All exchanges since the sandbox started; safe to read while requests run."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._exchanges: list[Exchange] = []

    def append(
        self,
        *,
        platform: Platform,
        method: str,
        path: str,
        route: str,
        status: int,
        query: dict[str, Any],
        request_body: Any = None,
        response_body: Any = None,
        fault: str | None = None,
        client: str = "",
        request_headers: dict[str, str] | None = None,
        response_headers: dict[str, str] | None = None,
    ) -> Exchange:
        """Write down an exchange, its secrets masked."""
        with self._lock:
            exchange = Exchange(
                number=len(self._exchanges) + 1,
                platform=platform,
                method=method,
                path=path,
                route=route,
                status=status,
                query=masked(query),
                request_body=masked(request_body),
                response_body=masked(response_body),
                fault=fault,
                client=client,
                request_headers=masked_headers(request_headers or {}),
                response_headers=masked_headers(response_headers or {}),
            )
            self._exchanges.append(exchange)
        return exchange

    def mark(self) -> int:
        """A place in the ledger, for `since`."""
        with self._lock:
            return len(self._exchanges)

    def since(self, mark: int) -> tuple[Exchange, ...]:
        """The exchanges after a mark."""
        with self._lock:
            return tuple(self._exchanges[mark:])

    def count(self, *, mark: int = 0, **filters: object) -> int:
        """How many exchanges (after a mark) have these values, such as `method="POST"` or `route="/applications"`."""
        return sum(
            all(getattr(exchange, name) == value for name, value in filters.items()) for exchange in self.since(mark)
        )

    def counts(self, mark: int = 0) -> dict[Platform, int]:
        """The number of exchanges (after a mark) on each platform."""
        found = Counter(exchange.platform for exchange in self.since(mark))
        return {platform: found[platform] for platform in PLATFORMS}

    def __iter__(self) -> Iterator[Exchange]:
        return iter(self.since(0))

    def __len__(self) -> int:
        return self.mark()
