"""Ends everything that this process waits for, when its run is cancelled.

After that no request is begun and no wait goes on: whoever is about to is told `Cancelled`. A request that is under way
has `UNDER_WAY_SECONDS` more for its answer; without one it counts as lost. What would leave an object that nobody knows
of is still sent (`finishing`): taking back what was made, and looking for what a lost answer may have made. That waits
for nothing either, not even for its turn.
"""

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .problems import Cancelled

__all__ = ("CANCELLATION", "UNDER_WAY_SECONDS", "finishing")

UNDER_WAY_SECONDS = 2.0

_finishing: ContextVar[bool] = ContextVar("finishing", default=False)


class _Cancellation:
    """Whether this process is cancelled, and since when."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._since = 0.0
        self._conditions: weakref.WeakSet[threading.Condition] = weakref.WeakSet()

    def begin(self, now: float) -> None:
        """End everything, from this moment on."""
        if not self._event.is_set():
            self._since = now
        self._event.set()
        for condition in list(self._conditions):
            with condition:
                condition.notify_all()

    def take_back(self) -> None:
        """Go on after all, as the process of a test does."""
        self._event.clear()

    def wakes(self, condition: threading.Condition) -> None:
        """Notify whoever waits for this condition, too; what they wait for has to look at `has_begun`."""
        self._conditions.add(condition)

    @property
    def has_begun(self) -> bool:
        """Whether nothing may be waited for any more."""
        return self._event.is_set()

    @property
    def applies(self) -> bool:
        """Whether nothing may be sent any more by whoever asks."""
        return self.has_begun and not _finishing.get()

    def sleep(self, seconds: float) -> None:
        """Let so much of the machine's time pass, or what there is until it begins."""
        self._event.wait(seconds)

    def left(self, now: float) -> float:
        """Seconds that a request has which is under way."""
        return self._since + UNDER_WAY_SECONDS - now if self.applies else float("inf")

    def refuse(self, subject: str) -> None:
        """`Cancelled` where a request is not to be begun; the subject names it."""
        if self.applies:
            raise Cancelled("not sent, since the run was cancelled", subject=subject, action="Run it again")

    def refuse_to_wait(self, subject: str) -> None:
        """`Cancelled` where something was to be waited for, which must then not be done."""
        if self.has_begun:
            cause = "given up where it had to wait, since the run was cancelled"
            raise Cancelled(cause, subject=subject, action="Run it again")


#: That of this process.
CANCELLATION = _Cancellation()


@contextmanager
def finishing() -> Iterator[None]:
    """Everything inside is sent even when the process is cancelled."""
    token = _finishing.set(True)
    try:
        yield
    finally:
        _finishing.reset(token)
