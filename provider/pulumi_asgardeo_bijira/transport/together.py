"""What does not depend on one another goes out together: several requests of an operation in one round trip.

    mapped, subscribed = together(lambda: map_client(…), lambda: subscribe(…))

The parts begin in their order. The caller's own thread takes one after another, and helpers that all operations share
do so beside it: where none is free, the caller does everything itself, so nothing ever waits for a helper, and a part
may consist of parts again. What a part does counts as done by the operation: it has its deadline and its resource.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from functools import cache
from typing import Any, TypeVar, overload

__all__ = ("seen_together", "together")

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")

#: How many parts of one operation are on their way at the same time.
_AT_ONCE = 4
#: How many helpers all operations of a process have: threads that are made when they are first needed.
_HELPERS = 64


@overload
def together(first: Callable[[], A], second: Callable[[], B], /) -> tuple[A, B]: ...
@overload
def together(first: Callable[[], A], second: Callable[[], B], third: Callable[[], C], /) -> tuple[A, B, C]: ...
@overload
def together(*parts: Callable[[], A]) -> tuple[A, ...]: ...
def together(*parts: Callable[[], Any]) -> tuple[Any, ...]:
    """Carry out all parts and return what they return, in their order.

    None is running any more when this returns or raises. After a failure no other part begins; of several failures the
    first in order is raised.
    """
    done = _carried_out(parts)
    return tuple(done.result_of(number) for number in range(len(parts)))


@overload
def seen_together(whole: Callable[[], A | None], part: Callable[[], B], /) -> tuple[A, B] | None: ...
@overload
def seen_together(
    whole: Callable[[], A | None], part: Callable[[], B], other: Callable[[], C], /
) -> tuple[A, B, C] | None: ...
@overload
def seen_together(
    whole: Callable[[], A | None], part: Callable[[], B], other: Callable[[], C], third: Callable[[], D], /
) -> tuple[A, B, C, D] | None: ...
def seen_together(*parts: Callable[[], Any]) -> tuple[Any, ...] | None:
    """Read an object, the first, together with what belongs to it. None where there is no such object: whatever is said
    of its parts then says nothing."""
    done = _carried_out(parts)
    if done.result_of(0) is None:
        return None
    return tuple(done.result_of(number) for number in range(len(parts)))


class _Round:
    """Parts that are carried out together, and what came of each that was begun."""

    def __init__(self, parts: tuple[Callable[[], Any], ...]) -> None:
        self._parts = parts
        self._results: dict[int, Any] = {}
        self._failures: dict[int, BaseException] = {}
        self._begun = self._running = 0
        self._changed = threading.Condition()

    def work(self) -> None:
        """Carry out one part after another, until none is left that nobody has begun."""
        while (number := self._next()) is not None:
            try:
                self._results[number] = self._parts[number]()
            except BaseException as failure:  # noqa: BLE001  # raised again in the thread of whoever waits
                self._failures[number] = failure
            finally:
                with self._changed:
                    self._running -= 1
                    self._changed.notify_all()

    def _next(self) -> int | None:
        with self._changed:
            if self._failures or self._begun == len(self._parts):
                return None
            self._begun += 1
            self._running += 1
            return self._begun - 1

    def wait(self) -> None:
        """Until nobody carries out a part any more."""
        with self._changed:
            self._changed.wait_for(lambda: not self._running)

    def result_of(self, number: int) -> Any:
        """What a part returned, or raise the first failure of it and those before it; of a part that was not begun, the
        one that kept it from that."""
        if number in self._results:
            return self._results[number]
        raise self._failures[min(self._failures)]


def _carried_out(parts: tuple[Callable[[], Any], ...]) -> _Round:
    asked = _Round(parts)
    with suppress(RuntimeError):  # the process ends, or has no thread left: then without helpers
        for _ in range(min(len(parts), _AT_ONCE) - 1):
            _helpers(os.getpid()).submit(copy_context().run, asked.work)
    asked.work()
    asked.wait()
    return asked


@cache
def _helpers(process: int) -> ThreadPoolExecutor:  # a fork takes no threads along
    return ThreadPoolExecutor(_HELPERS, "together")
