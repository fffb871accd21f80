"""Time for several threads that nobody waits for: it moves when all of them wait, and then to the first that is due."""

from __future__ import annotations

import heapq
import itertools
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ("VirtualClock",)


class VirtualClock:
    """The clock. Of the threads that it runs one runs at a time, so that what happens is the same each time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._lock = threading.Lock()
        self._due: list[tuple[float, int, threading.Event]] = []
        self._numbers = itertools.count()
        self._failures: list[BaseException] = []

    def monotonic(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let the others go on until so much time has passed."""
        mine = self._enter(seconds)
        self._next()
        mine.wait()

    def run(self, *works: Callable[[], object]) -> None:
        """Carry these out at the same time, to their ends; what the first of them raises is raised."""
        threads = [threading.Thread(target=self._thread, args=(self._enter(0), work), daemon=True) for work in works]
        for thread in threads:
            thread.start()
        self._next()
        for thread in threads:
            thread.join()
        if self._failures:
            raise self._failures[0]

    def _thread(self, mine: threading.Event, work: Callable[[], object]) -> None:
        mine.wait()
        try:
            work()
        except BaseException as failure:  # noqa: BLE001  # raised where they were started
            self._failures.append(failure)
        finally:
            self._next()

    def _enter(self, seconds: float) -> threading.Event:
        turn = threading.Event()
        with self._lock:
            heapq.heappush(self._due, (self.now + seconds, next(self._numbers), turn))
        return turn

    def _next(self) -> None:
        """Whoever is due first goes on."""
        with self._lock:
            if self._due:
                moment, _, turn = heapq.heappop(self._due)
                self.now = max(self.now, moment)
                turn.set()
