"""Faults: what a network and a busy platform do to a client, switched on for chosen requests.

A fault waits for the requests that it is meant for, lets `after` of them pass, and then strikes `times` of them
(0: all). Those that strike the same request work together, in whatever order they were switched on:

1. `rate_limit` is asked when the request arrives, each limit in turn; a request that one turns away counts with none
   after it, is not handled, and is not seen by the faults of 3 and 4.
2. `slow` and `slow_after` hold it up, a refusal too; several add up. `gather` holds up what no limit turns away.
3. `stale` has it answered from an older store.
4. Of all others, the first that was switched on decides what is answered; those that strike with it are used up.
"""

import asyncio
import math
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from .ledger import Platform

__all__ = ("Fault", "Faults", "Meeting", "Struck")

Kind = Literal["fail", "reset", "lose", "slow", "slow_after", "html", "half", "body", "rate_limit", "stale", "gather"]

_DELAYS = ("slow", "slow_after")
#: What lets the endpoint answer.
_HARMLESS = (*_DELAYS, "stale", "gather")
#: How long `gather` waits for the last of its requests.
_PATIENCE_SECONDS = 20.0
_FAMILY = re.compile(r"/t/[^/]+(?:/o)?/(api/[^/]+|[^/]+)")


#: The name of a header, and its value.
_Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")]
_Line = Annotated[str, Field(pattern=r"^[\t\x20-\x7e\xa0-\xff]*$")]


def _compiled(pattern: str) -> str:
    """The pattern, if it is one."""
    try:
        re.compile(pattern)
    except re.error as problem:
        raise ValueError(f"no regular expression: {problem}") from None
    return pattern


class Fault(BaseModel):
    """A fault waits for requests to one `platform` (none given: to any; the API Portal counts as Bijira) that `match`,
    a regular expression, finds in `METHOD /path`. It lets `after` of them pass and strikes the next `times` (0: all);
    with `call` it strikes that one alone. Several that strike the same request work together.

    `fail` answers `status`, `headers` and `body` without handling it, `html` answers 200 with a sign-in page, as a
    captive portal does; with `committed` both handle it first. `reset` closes the connection without handling it,
    `lose` handles it, then closes the connection without an answer. `half` handles it and answers half of the body;
    `body` handles it and answers `text` in place of the body, with 200 in place of 204. `slow` waits `seconds` before
    handling, `slow_after` between handling and answering. `rate_limit` answers 429 to all but `limit` requests in each
    window of `seconds` (a minute by default) that slides, one window for each `family` of endpoints if asked, as
    Asgardeo has them; put `Retry-After` in `headers` to have one. It announces itself with `X-RateLimit-Limit`,
    `-Remaining` and `-Reset` (seconds until the oldest request leaves the window), as many platforms do, unless
    `announce` is off: Asgardeo documents no such header. `stale` answers a read from the store as it was before the
    last write. `gather` holds `limit` requests back until all of them have arrived, which shows that none waits for the
    answer to another; after `seconds` (20 by default) in vain they get `status`.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    platform: Platform | None = None
    match: Annotated[str, AfterValidator(_compiled)] | None = Field(
        default=None, description="a regular expression on `METHOD /path`"
    )
    call: int | None = Field(default=None, ge=1, description="strike exactly the k-th such request")
    after: int = Field(default=0, ge=0)
    times: int = Field(default=1, ge=0)
    status: int = Field(default=500, ge=200, le=599)
    headers: dict[_Token, _Line] = {}
    body: Any = None
    text: str = ""
    committed: bool = False
    seconds: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    limit: int = Field(default=200, ge=0)
    family: bool = False
    announce: bool = True

    @model_validator(mode="after")
    def _kth_call(self) -> "Fault":
        if self.call is not None:
            self.after, self.times = self.call - 1, 1
        if self.kind == "rate_limit":
            self.times = 0
        if self.kind == "gather":
            self.times = self.limit
        if self.kind in _DELAYS and self.seconds is None:
            raise ValueError(f"`seconds` says how long `{self.kind}` waits")
        return self

    def concerns(self, platform: Platform, method: str, path: str) -> bool:
        """Whether a request is one of those that this fault waits for."""
        if self.platform not in (None, platform) or (self.kind == "stale" and method != "GET"):
            return False
        return self.match is None or re.search(self.match, f"{method} {path}") is not None


@dataclass(frozen=True)
class Struck:
    """What befalls one request: how long it is held up, what decides its answer, what its limits announce."""

    faults: tuple[Fault, ...] = ()
    decides: Fault | None = None
    announced: dict[str, str] = field(default_factory=dict)
    meetings: tuple["Meeting", ...] = ()

    @property
    def named(self) -> str | None:
        """The kinds, for the ledger."""
        return ", ".join(fault.kind for fault in self.faults) or None

    @property
    def stale(self) -> bool:
        """Whether it is answered from an older store."""
        return any(fault.kind == "stale" for fault in self.faults)

    async def gathered(self) -> "Struck":
        """The same once all have arrived that it waits for; if they do not, it is decided by that."""
        in_vain = [meeting.fault for meeting in self.meetings if not await meeting.takes_place()]
        return replace(self, decides=in_vain[0]) if in_vain else self

    def seconds(self, kind: Literal["slow", "slow_after"]) -> float:
        """How long it is held up before it is handled, or after that."""
        return sum(fault.seconds or 0 for fault in self.faults if fault.kind == kind)


class Meeting:
    """Requests that wait for one another, all in the loop that serves them."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self._awaited = fault.limit
        self._complete = asyncio.Event()

    async def takes_place(self) -> bool:
        """Wait until all have arrived; whether they do."""
        self._awaited -= 1
        if not self._awaited:
            self._complete.set()
        with suppress(TimeoutError):
            patience = _PATIENCE_SECONDS if self.fault.seconds is None else self.fault.seconds
            await asyncio.wait_for(self._complete.wait(), patience)
        return self._complete.is_set()


class _Window:
    """The moments of the requests that a rate limit let through of late."""

    def __init__(self, fault: Fault) -> None:
        self._limit = fault.limit
        self._seconds = 60.0 if fault.seconds is None else fault.seconds
        self._passed: list[float] = []

    def admits(self, now: float) -> bool:
        self._passed = [moment for moment in self._passed if now - moment < self._seconds]
        if len(self._passed) >= self._limit:
            return False
        self._passed.append(now)
        return True

    def announced(self, now: float) -> dict[str, str]:
        frees = self._passed[0] + self._seconds - now if self._passed else 0.0
        figures = {"Limit": self._limit, "Remaining": self._limit - len(self._passed), "Reset": math.ceil(frees)}
        return {f"X-RateLimit-{name}": str(figure) for name, figure in figures.items()}


class _Armed:
    """A fault with its counts."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self._seen = 0
        self._struck = 0
        self._windows: defaultdict[str, _Window] = defaultdict(lambda: _Window(fault))
        self.meeting = Meeting(fault)

    def strikes(self) -> bool:
        """Whether it befalls a request that it waits for; this counts the request."""
        self._seen += 1
        if self._seen <= self.fault.after or (self.fault.times and self._struck >= self.fault.times):
            return False
        self._struck += 1
        return True

    def window(self, family: str) -> _Window:
        """That of a rate limit; one for all unless it keeps the families apart."""
        return self._windows[family if self.fault.family else ""]


class Faults:
    """The faults that are switched on, and the clock that rate limits go by."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
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

    def strike(self, platform: Platform, method: str, path: str) -> Struck:
        """What befalls this request, which arrives now."""
        with self._lock:
            concerned = [armed for armed in self._armed if armed.fault.concerns(platform, method, path)]
            refused, announced = self._at_the_gate(concerned, _family(path))
            reached = [one for one in concerned if not refused or one.fault.kind in _DELAYS]
            striking = [one for one in reached if one.fault.kind != "rate_limit" and one.strikes()]
        decides = refused or next((one.fault for one in striking if one.fault.kind not in _HARMLESS), None)
        together = [one.fault for one in striking if one.fault.kind in _HARMLESS]
        meetings = tuple(one.meeting for one in striking if one.fault.kind == "gather")
        return Struck((*together, *((decides,) if decides else ())), decides, announced, meetings)

    def _at_the_gate(self, concerned: Iterable[_Armed], family: str) -> tuple[Fault | None, dict[str, str]]:
        """The limit that turns a request away, and what the strictest of those that were asked has to announce."""
        now, refused = self._monotonic(), None
        announced: list[dict[str, str]] = []
        for one in concerned:
            if one.fault.kind != "rate_limit" or refused or not one.strikes():
                continue
            window = one.window(family)
            refused = None if window.admits(now) else one.fault
            announced += [window.announced(now)] if one.fault.announce else []
        return refused, min(announced, key=lambda headers: int(headers["X-RateLimit-Remaining"]), default={})


def _family(path: str) -> str:
    """The endpoints that Asgardeo counts together, in whatever organisation; all others are those of one server."""
    found = _FAMILY.match(path)
    return found[1] if found else ""
