"""The request budget: how many requests go to a platform in a minute, whose turn it is, and what it costs to wait.

A platform takes so many requests a minute from one address, for each family of its endpoints, and answers 429 to the
others. So requests are held back before that: the first ones go out at once, up to the limit, and each further one when
one of those is a minute old; first come, first served, by tickets (tickets.py). A request that is refused all the same
keeps its place, and the budget learns from it (share.py).

    place = budget.place(url, subject)
    response = place.take(send)              # waits for its turn, then sends; again after a refusal, in the same place

Waiting is not charged to the operation's deadline; it has a bound of its own, beyond which one line says what was
waited for.
"""

import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .addresses import is_loopback, origin
from .cancellation import CANCELLATION
from .deadline import SYSTEM_CLOCK, WAITING_SECONDS, Clock, pause, remaining_waiting, standing_still, waiting_bound
from .notices import NOTICE
from .problems import DeadlineExceeded
from .rate_headers import answered
from .share import ANSWERED_SECONDS, UNLIMITED
from .tickets import LOOK_AGAIN_SECONDS, Answered, Tickets, Verdict

if TYPE_CHECKING:
    import httpx


__all__ = ("Budget", "Place", "RateLimit", "tickets_for")

_log = logging.getLogger("pulumi_asgardeo_bijira")

#: Waits above this are shown, and at most one in so many seconds.
_SHOWN_SECONDS, _BETWEEN_SECONDS = 5.0, 15.0


@dataclass(frozen=True)
class RateLimit:
    """What a platform takes of one address, as the settings have it."""

    #: Requests a minute; 0 where no limit is known.
    per_minute: int = 0
    #: Whether each family of endpoints is counted for itself.
    by_family: bool = False
    #: The setting, as a message names it.
    setting: str = ""

    def family(self, url: str) -> str:
        """What the requests to an address are counted by: the host, and where it counts by families, the family."""
        host = "{}://{}:{}".format(*(origin(url) or ("", "", 0)))
        if not self.by_family:
            return host
        path = re.sub(r"^/t/[^/]+(/o)?(?=/|$)", "", urlsplit(url).path)
        found = re.match(r"/api/[^/]+|/[^/]*", path)
        return host + (found[0] if found else "")


class Budget:
    """The budget of whoever sends by one connection: what is known of the address lies in the tickets."""

    def __init__(self, name: str, rate: RateLimit, tickets: Tickets, clock: Clock = SYSTEM_CLOCK) -> None:
        self.name, self.rate, self.tickets, self.clock = name, rate, tickets, clock
        #: The families that count at last without a limit of their own: the platform has spoken of one.
        self._counted: set[str] = set()

    def place(self, url: str, subject: str) -> "Place":
        """A place in the queue for a request to this address; the subject names it."""
        return Place(self, self.rate.family(url), subject)

    def counts(self, family: str) -> bool:
        """Whether there is anything to keep to."""
        return bool(self.rate.per_minute) or family in self._counted

    def count(self, family: str) -> None:
        """Keep to something from now on."""
        self._counted.add(family)


class Place:
    """A request's place in the queue, for all of its attempts."""

    def __init__(self, budget: Budget, family: str, subject: str) -> None:
        self._budget, self._family, self._subject = budget, family, subject
        self._ticket = 0

    def take(self, send: Callable[[], "httpx.Response"]) -> "httpx.Response":
        """Send once, when it is its turn."""
        budget, response = self._budget, None
        CANCELLATION.refuse(self._subject)
        if budget.counts(self._family) and not CANCELLATION.has_begun:
            self._wait()
        sent = budget.clock.monotonic()
        try:
            response = send()
        finally:
            self._settle(sent, answered(response))
        return response

    def leave(self) -> None:
        """Wait no longer."""
        if self._ticket:
            self._budget.tickets.give_up(self._ticket)
            self._ticket = 0

    def _settle(self, sent: float, found: Answered) -> None:
        """Write down what came of it."""
        budget = self._budget
        if found.speaks:
            budget.count(self._family)
        elif not self._ticket:
            return
        asked = found.asked or 0.0
        if asked > WAITING_SECONDS:  # nobody waits for that, so it holds nobody back
            found = replace(found, asked=None)
        now = budget.clock.monotonic()
        ticket = budget.tickets.settle(self._family, budget.rate.per_minute, self._ticket, sent, now, found)
        self._ticket = ticket if found.is_refusal else 0
        if asked > WAITING_SECONDS:
            raise self._refused_too_long(asked)

    def _wait(self) -> None:
        verdict = self._ask()
        if not verdict.pause:
            return
        clock = self._budget.clock
        began = clock.monotonic()
        with standing_still(clock):
            while verdict.pause:
                if verdict.pause > remaining_waiting(clock):
                    raise self._waited_enough(verdict)
                if clock.monotonic() + verdict.pause - began > _SHOWN_SECONDS:
                    _BOARD.show(self._told(verdict), clock.monotonic())
                pause(min(verdict.pause, LOOK_AGAIN_SECONDS), clock, self._subject)
                verdict = self._ask()

    def _ask(self) -> Verdict:
        budget = self._budget
        found = budget.tickets.ask(self._family, budget.rate.per_minute, self._ticket, budget.clock.monotonic())
        self._ticket = found.ticket
        return found

    def _told(self, verdict: Verdict) -> str:
        return (
            f"{self._why(verdict)}, so they are held back; waiting: {verdict.waiting}, before this one: {verdict.ahead}"
        )

    def _why(self, verdict: Verdict) -> str:
        if verdict.is_refused:
            return f"{self._budget.name} refuses requests for now (429)"
        if verdict.share >= UNLIMITED:
            return f"{self._budget.name} says that it takes no more requests for now"
        return f"{self._budget.name} takes {verdict.share} requests a minute"

    def _waited_enough(self, verdict: Verdict) -> DeadlineExceeded:
        if verdict.is_refused and verdict.pause > ANSWERED_SECONDS:  # more than a question takes: it has been asked for
            return self._refused_too_long(verdict.pause)
        setting = self._budget.rate.setting
        raising = f", or raise {setting} if the platform takes more" if setting and not verdict.is_refused else ""
        return DeadlineExceeded(
            f"was not sent, since {waiting_bound(self._budget.clock)} for its turn: "
            f"{self._why(verdict)}; waiting before it: {verdict.ahead}",
            subject=self._subject,
            action=f"Run it again, with fewer operations at a time (--parallel 2){raising}",
            status=429 if verdict.is_refused else 0,
        )

    def _refused_too_long(self, seconds: float) -> DeadlineExceeded:
        return DeadlineExceeded(
            f"the platform takes it in {seconds:.0f} s at the earliest, and {waiting_bound(self._budget.clock)}",
            subject=self._subject,
            action="Run it again later",
            status=429,
        )


class _Board:
    """What the user is shown of waiting, once in a while."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: float | None = None

    def show(self, line: str, now: float) -> None:
        with self._lock:
            if self._last is not None and 0 <= now - self._last < _BETWEEN_SECONDS:
                return
            self._last = now
        _log.log(NOTICE, "%s", line)


_BOARD = _Board()
_OF_USER, _OF_PROCESS = Tickets.of_user(), Tickets()


def tickets_for(base_url: str, rate: RateLimit) -> Tickets:
    """Those that all of this user's processes share, but for an address of this machine without a limit."""
    return _OF_PROCESS if is_loopback(base_url) and not rate.per_minute else _OF_USER
