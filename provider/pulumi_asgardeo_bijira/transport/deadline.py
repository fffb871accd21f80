"""One deadline per operation, shared by all its requests, waits and retries."""

import contextvars
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Protocol

__all__ = (
    "OPERATION_SECONDS",
    "UNDO_SECONDS",
    "Clock",
    "SystemClock",
    "afresh",
    "at_most",
    "operation",
    "remaining",
)

OPERATION_SECONDS = 120.0
#: What an operation has to take back what it made, when its own time may be up.
UNDO_SECONDS = 60.0

_ends: contextvars.ContextVar[float | None] = contextvars.ContextVar("operation_ends", default=None)


class Clock(Protocol):
    """Where time comes from; tests have their own."""

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's own clock, unless the test of a whole process has another."""

    def __init__(self) -> None:
        self._substitute: Clock | None = None

    def substitute(self, clock: Clock | None) -> None:
        """Go by this clock in this process from now on; None goes back to the machine's."""
        self._substitute = clock

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""
        return self._substitute.monotonic() if self._substitute else time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._substitute.sleep(seconds) if self._substitute else time.sleep(seconds)


SYSTEM_CLOCK = SystemClock()


@contextmanager
def operation(seconds: float = OPERATION_SECONDS, clock: Clock = SYSTEM_CLOCK) -> Iterator[None]:
    """Everything inside has so many seconds altogether; an operation within another keeps the outer deadline."""
    with nullcontext() if _ends.get() is not None else afresh(seconds, clock):
        yield


@contextmanager
def afresh(seconds: float = UNDO_SECONDS, clock: Clock = SYSTEM_CLOCK) -> Iterator[None]:
    """Everything inside has so many seconds of its own, however little the operation around it has left."""
    token = _ends.set(clock.monotonic() + seconds)
    try:
        yield
    finally:
        _ends.reset(token)


@contextmanager
def at_most(seconds: float, clock: Clock) -> Iterator[None]:
    """Everything inside has so many seconds, or what the operation around it has left if that is less."""
    with afresh(min(seconds, remaining(clock)), clock):
        yield


def remaining(clock: Clock) -> float:
    """Seconds left of the running operation; outside of one, a whole operation's worth."""
    ends = _ends.get()
    return OPERATION_SECONDS if ends is None else ends - clock.monotonic()
