"""Faults: what a network and a busy platform do to a client, switched on for chosen requests.

A fault waits for the requests that it is meant for, lets `after` of them pass, and then strikes `times` of them
(0: all).
"""

import re
import threading
import time
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .ledger import Platform

__all__ = ("Fault", "Faults")

Kind = Literal["fail", "reset", "lose", "slow", "slow_after", "html", "half", "body", "rate_limit", "stale"]


class Fault(BaseModel):
    """One fault.

    `fail` answers `status`, `headers` and `body` without handling it, `html` answers 200 with a sign-in page, as a
    captive portal does; with `committed` both handle it first. `reset` closes the connection without handling it,
    `lose` handles it, then closes the connection without an answer. `half` handles it and answers half of the body;
    `body` handles it and answers `text` in place of the body, with 200 in place of 204. `slow` waits `seconds` before
    handling, `slow_after` between handling and answering. `rate_limit` answers 429 to all but `limit` requests in each
    window of `seconds` (a minute by default); put `Retry-After` in `headers` to have one. `stale` answers a read from
    the store as it was before the last write.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    platform: Platform | None = None
    match: str | None = Field(default=None, description="a regular expression on `METHOD /path`")
    call: int | None = Field(default=None, ge=1, description="strike exactly the k-th such request")
    after: int = Field(default=0, ge=0)
    times: int = Field(default=1, ge=0)
    status: int = 500
    headers: dict[str, str] = {}
    body: Any = None
    text: str = ""
    committed: bool = False
    seconds: float | None = None
    limit: int = 200

    @model_validator(mode="after")
    def _kth_call(self) -> "Fault":
        if self.call is not None:
            self.after, self.times = self.call - 1, 1
        if self.kind == "rate_limit":
            self.times = 0
        return self

    def concerns(self, platform: Platform, method: str, path: str) -> bool:
        """Whether a request is one of those that this fault waits for."""
        if self.platform not in (None, platform) or (self.kind == "stale" and method != "GET"):
            return False
        return self.match is None or re.search(self.match, f"{method} {path}") is not None


class _Armed:
    """A fault with its counts."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self._seen = 0
        self._struck = 0
        self._passed: list[float] = []

    def strikes(self) -> bool:
        self._seen += 1
        if self._seen <= self.fault.after or (self.fault.times and self._struck >= self.fault.times):
            return False
        if self.fault.kind == "rate_limit" and self._within_limit():
            return False
        self._struck += 1
        return True

    def _within_limit(self) -> bool:
        now = time.monotonic()
        window = 60.0 if self.fault.seconds is None else self.fault.seconds
        self._passed = [moment for moment in self._passed if now - moment < window]
        if len(self._passed) >= self.fault.limit:
            return False
        self._passed.append(now)
        return True


class Faults:
    """The faults that are switched on; the first one that strikes a request decides."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._armed: list[_Armed] = []

    def add(self, fault: Fault) -> Fault:
        """Switch a fault on; its counting of requests starts now."""
        with self._lock:
            self._armed.append(_Armed(fault))
        return fault

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._armed.clear()

    def armed(self, kind: Kind) -> bool:
        """Whether a fault of this kind is switched on."""
        with self._lock:
            return any(armed.fault.kind == kind for armed in self._armed)

    def strike(self, platform: Platform, method: str, path: str) -> Fault | None:
        """The fault that befalls this request; every fault that waits for such requests counts it."""
        with self._lock:
            concerned = [armed for armed in self._armed if armed.fault.concerns(platform, method, path)]
            striking = [armed.fault for armed in concerned if armed.strikes()]
        return striking[0] if striking else None
