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
        self._turns = threading.Condition()
        self._due: list[tuple[float, int]] = []
        self._numbers = itertools.count()
        self._running: int | None = None
        self._failures: list[BaseException] = []

    def monotonic(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let the others go on until so much time has passed."""
        with self._turns:
            mine = self._enter(seconds)
            self._next()
            self._turns.wait_for(lambda: self._running == mine)

    def run(self, *works: Callable[[], object]) -> None:
        """Carry these out at the same time, to their ends; what the first of them raises is raised."""
        with self._turns:
            places = [self._enter(0) for _ in works]
        threads = [
            threading.Thread(target=self._thread, args=(place, work), daemon=True)
            for place, work in zip(places, works, strict=True)
        ]
        for thread in threads:
            thread.start()
        with self._turns:
            self._next()
        for thread in threads:
            thread.join()
        if self._failures:
            raise self._failures[0]

    def _thread(self, mine: int, work: Callable[[], object]) -> None:
        with self._turns:
            self._turns.wait_for(lambda: self._running == mine)
        try:
            work()
        except BaseException as failure:  # noqa: BLE001  # raised where they were started
            self._failures.append(failure)
        finally:
            with self._turns:
                self._next()

    def _enter(self, seconds: float) -> int:
        number = next(self._numbers)
        heapq.heappush(self._due, (self.now + seconds, number))
        return number

    def _next(self) -> None:
        """Whoever is due first goes on."""
        if self._due:
            moment, self._running = heapq.heappop(self._due)
            self.now = max(self.now, moment)
            self._turns.notify_all()
