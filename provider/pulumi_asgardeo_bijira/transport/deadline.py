"""One deadline per operation, shared by all its requests, waits and retries.

Time in which an operation waits its turn, since the platform takes only so many requests a minute, is not its own: its
deadline stands still meanwhile. How long it may do so is bounded by `WAITING_SECONDS`. A time that its user sets
(`limited`) is for everything instead: such a deadline never stands still.

`cancel` ends all of it: see cancellation.py.
"""

import contextvars
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Protocol

from .cancellation import CANCELLATION, finishing
from .problems import DeadlineExceeded, Problem

__all__ = (
    "OPERATION_SECONDS",
    "UNDO_SECONDS",
    "WAITING_SECONDS",
    "Clock",
    "SystemClock",
    "afresh",
    "alone",
    "at_most",
    "cancel",
    "limited",
    "operation",
    "pause",
    "remaining",
    "remaining_waiting",
    "standing_still",
    "waiting_bound",
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


class _Lock(Protocol):
    """A lock of any kind."""

    def acquire(self, blocking: bool = ..., timeout: float = ...) -> bool:
        """Take it."""

    def release(self) -> None:
        """Give it back."""


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
        self._substitute.sleep(seconds) if self._substitute else CANCELLATION.sleep(seconds)


SYSTEM_CLOCK = SystemClock()


def cancel(clock: Clock = SYSTEM_CLOCK) -> None:
    """End every wait of this process at once, and let nothing new be sent."""
    CANCELLATION.begin(clock.monotonic())


def pause(seconds: float, clock: Clock, subject: str = "The operation") -> None:
    """Wait, unless the process is cancelled before or meanwhile."""
    CANCELLATION.refuse_to_wait(subject)
    clock.sleep(seconds)
    CANCELLATION.refuse_to_wait(subject)


class _Deadline:
    """When an operation has to be over. It may stand still for several threads at once, and then so does the one of the
    operation around it; one that `is_fixed` never does."""

    def __init__(self, ends: float, outer: "_Deadline | None", waited: float = 0.0, *, is_fixed: bool = False) -> None:
        self._ends, self._outer, self._waited, self.is_fixed = ends, outer, waited, is_fixed
        self._lock = threading.Lock()
        self._waiters, self._since = 0, 0.0
        self._turns: dict[_Lock, threading.RLock] = {}

    def turn(self, lock: _Lock) -> threading.RLock:
        """Lets one thread of the operation at a time wait for a lock of others."""
        if self._outer:
            return self._outer.turn(lock)
        with self._lock:
            return self._turns.setdefault(lock, threading.RLock())

    def remaining(self, now: float) -> float:
        with self._lock:
            return self._ends - (self._since if self._waiters and not self.is_fixed else now)

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
                self._ends += 0.0 if self.is_fixed else now - self._since
        if self._outer:
            self._outer.go_on(now)


_running: contextvars.ContextVar[_Deadline | None] = contextvars.ContextVar("deadline", default=None)


@contextmanager
def operation(seconds: float = OPERATION_SECONDS, clock: Clock = SYSTEM_CLOCK) -> Iterator[None]:
    """Everything inside has so many seconds altogether; an operation within another keeps the outer deadline."""
    with nullcontext() if _running.get() is not None else _until(_Deadline(clock.monotonic() + seconds, None)):
        yield


@contextmanager
def limited(seconds: float | None, name: str, clock: Clock = SYSTEM_CLOCK) -> Iterator[None]:
    """An operation that has so many seconds of its user's, waits for its turn included; None: one as any other.
    `name` is what `customTimeouts` calls it."""
    if seconds is None:
        with operation(clock=clock):
            yield
        return
    deadline = _Deadline(clock.monotonic() + seconds, None, is_fixed=True)
    try:
        with _until(deadline):
            yield
    except Problem as failure:
        if not isinstance(failure, DeadlineExceeded) and deadline.remaining(clock.monotonic()) > 0:
            raise
        advice = f"What ended it is its time-out of {seconds:g} s: set a longer one in customTimeouts ({name}), or none"
        raise type(failure).like(failure, more=advice) from None


@contextmanager
def afresh(seconds: float = UNDO_SECONDS, clock: Clock = SYSTEM_CLOCK) -> Iterator[None]:
    """Everything inside has so many seconds of its own, however little the operation around it has left, and is sent
    even when the process is cancelled."""
    with finishing(), _until(_Deadline(clock.monotonic() + seconds, _running.get())):
        yield


@contextmanager
def at_most(seconds: float, clock: Clock) -> Iterator[None]:
    """Everything inside has so many seconds, or what the operation around it has left if that is less."""
    ends, outer = clock.monotonic() + min(seconds, remaining(clock)), _running.get()
    is_fixed = outer is not None and outer.is_fixed
    with _until(_Deadline(ends, outer, WAITING_SECONDS - remaining_waiting(clock), is_fixed=is_fixed)):
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
def alone(lock: _Lock, clock: Clock = SYSTEM_CLOCK) -> Iterator[None]:
    """Hold a lock. Time in which another operation holds it is not charged: that may itself wait its turn meanwhile.
    What a part of this operation does while it holds it is charged, though other parts wait for that. Where the process
    is cancelled, whoever holds it is about to give it back."""
    deadline = _running.get()
    with deadline.turn(lock) if deadline else nullcontext():
        with standing_still(clock):
            _acquire(lock, clock)
        try:
            yield
        finally:
            lock.release()


def _acquire(lock: _Lock, clock: Clock) -> None:
    deadline = _running.get()
    seconds = max(0.0, deadline.remaining(clock.monotonic())) if deadline and deadline.is_fixed else -1
    if not lock.acquire(timeout=seconds):
        cause = "its time was up while it waited for another one on the same object"
        raise DeadlineExceeded(cause, subject="The operation", action="Run it again")


def remaining(clock: Clock) -> float:
    """Seconds left of the running operation; outside of one, a whole operation's worth. What a request has that is
    under way, where the process is cancelled."""
    deadline, now = _running.get(), clock.monotonic()
    return min(OPERATION_SECONDS if deadline is None else deadline.remaining(now), CANCELLATION.left(now))


def remaining_waiting(clock: Clock) -> float:
    """Seconds that the running operation may still wait its turn."""
    deadline, now = _running.get(), clock.monotonic()
    if deadline is None:
        return WAITING_SECONDS
    return deadline.remaining(now) if deadline.is_fixed else WAITING_SECONDS - deadline.waited(now)


def waiting_bound(clock: Clock) -> str:
    """What bounds that, for a line."""
    deadline = _running.get()
    if deadline is None or not deadline.is_fixed:
        return f"an operation waits {WAITING_SECONDS:.0f} s at most"
    return f"this operation has {max(0.0, remaining_waiting(clock)):.0f} s left"
