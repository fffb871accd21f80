"""One deadline per operation, shared by all its requests, waits and retries.

Time in which an operation waits its turn, since the platform takes only so many requests a minute, is not its own: its
deadline stands still meanwhile. How long it may do so is bounded by `WAITING_SECONDS`.
"""

import contextvars
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Protocol

__all__ = (
    "OPERATION_SECONDS",
    "UNDO_SECONDS",
    "WAITING_SECONDS",
    "Clock",
    "SystemClock",
    "afresh",
    "alone",
    "at_most",
    "operation",
    "remaining",
    "remaining_waiting",
    "standing_still",
)

OPERATION_SECONDS = 120.0
#: What an operation has to take back what it made, when its own time may be up.
UNDO_SECONDS = 60.0
#: How long an operation waits its turn altogether.
WAITING_SECONDS = 600.0


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


class _Deadline:
    """When an operation has to be over. It may stand still for several threads at once, and then so does the one of the
    operation around it."""

    def __init__(self, ends: float, outer: "_Deadline | None", waited: float = 0.0) -> None:
        self._ends, self._outer, self._waited = ends, outer, waited
        self._lock = threading.Lock()
        self._waiters, self._since = 0, 0.0
        self._turns: dict[threading.Lock, threading.Lock] = {}

    def turn(self, lock: threading.Lock) -> threading.Lock:
        """Lets one thread of the operation at a time wait for a lock of others."""
        if self._outer:
            return self._outer.turn(lock)
        with self._lock:
            return self._turns.setdefault(lock, threading.Lock())

    def remaining(self, now: float) -> float:
        with self._lock:
            return self._ends - (self._since if self._waiters else now)

    def waited(self, now: float) -> float:
        with self._lock:
            return self._waited + (now - self._since if self._waiters else 0.0)

    def stop(self, now: float) -> None:
        with self._lock:
            if not self._waiters:
                self._since = now
            self._waiters += 1
        if self._outer:
            self._outer.stop(now)

    def go_on(self, now: float) -> None:
        with self._lock:
            self._waiters -= 1
            if not self._waiters:
                self._waited += now - self._since
                self._ends += now - self._since
        if self._outer:
            self._outer.go_on(now)


_running: contextvars.ContextVar[_Deadline | None] = contextvars.ContextVar("deadline", default=None)


@contextmanager
def operation(seconds: float = OPERATION_SECONDS, clock: Clock = SYSTEM_CLOCK) -> Iterator[None]:
    """Everything inside has so many seconds altogether; an operation within another keeps the outer deadline."""
    with nullcontext() if _running.get() is not None else afresh(seconds, clock):
        yield


@contextmanager
def afresh(seconds: float = UNDO_SECONDS, clock: Clock = SYSTEM_CLOCK) -> Iterator[None]:
    """Everything inside has so many seconds of its own, however little the operation around it has left."""
    with _until(_Deadline(clock.monotonic() + seconds, _running.get())):
        yield


@contextmanager
def at_most(seconds: float, clock: Clock) -> Iterator[None]:
    """Everything inside has so many seconds, or what the operation around it has left if that is less."""
    ends = clock.monotonic() + min(seconds, remaining(clock))
    with _until(_Deadline(ends, _running.get(), WAITING_SECONDS - remaining_waiting(clock))):
        yield


@contextmanager
def _until(deadline: _Deadline) -> Iterator[None]:
    token = _running.set(deadline)
    try:
        yield
    finally:
        _running.reset(token)


@contextmanager
def standing_still(clock: Clock) -> Iterator[None]:
    """What passes inside is not charged to the running operation."""
    deadline = _running.get()
    if deadline is None:
        yield
        return
    deadline.stop(clock.monotonic())
    try:
        yield
    finally:
        deadline.go_on(clock.monotonic())


@contextmanager
def alone(lock: threading.Lock, clock: Clock = SYSTEM_CLOCK) -> Iterator[None]:
    """Hold a lock. Time in which another operation holds it is not charged: that may itself wait its turn meanwhile.
    What a part of this operation does while it holds it is charged, though other parts wait for that."""
    deadline = _running.get()
    with deadline.turn(lock) if deadline else nullcontext():
        with standing_still(clock):
            lock.acquire()
        try:
            yield
        finally:
            lock.release()


def remaining(clock: Clock) -> float:
    """Seconds left of the running operation; outside of one, a whole operation's worth."""
    deadline = _running.get()
    return OPERATION_SECONDS if deadline is None else deadline.remaining(clock.monotonic())


def remaining_waiting(clock: Clock) -> float:
    """Seconds that the running operation may still wait its turn."""
    deadline = _running.get()
    return WAITING_SECONDS if deadline is None else WAITING_SECONDS - deadline.waited(clock.monotonic())
