"""Bursts of reads: where many objects are read in one go, a page of a list stands for reads of all that are on it.

A burst is an unbroken stretch of time in which at least one read of a platform runs in this process, as in a refresh of
a whole stack. Of a list only what was asked for within the running burst counts: it is dropped where the burst ends,
where this process writes anything, and after a minute. So no read shows what is older than the burst that it is in, nor
misses what this process wrote; what is read, changed elsewhere and read again is seen.

Pages are only taken as they pay: one for every four reads of a kind. The first few reads of a burst go by themselves,
so that whoever reads little sends what he always did, and pages that turn out to be of no use never cost more than a
quarter of what they were to save. One thread takes a page for all that wait for it. That an object is not listed says
nothing: it is read by itself, as is one of which a list does not carry all that is declared.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from ..transport import SYSTEM_CLOCK, WRITES, Clock, Problem, alone, at_most

__all__ = ("Bursts", "listed")

Row = TypeVar("Row")
#: The pages of a list, each with its rows by what they are known by.
Pages = Callable[[], Iterator[Mapping[str, Row]]]

#: How many reads pay for a page.
_READS_PER_PAGE = 4
#: How long a list counts, and how long is waited for a page of it.
_COUNTS_SECONDS, _TAKES_SECONDS = 60.0, 30.0
#: How long the last read waits for one that continues its burst.
_STAYS_OPEN_SECONDS = 0.02

_running: ContextVar["_Burst | None"] = ContextVar("burst", default=None)


def listed(kind: str, key: str, pages: Pages[Row]) -> Row | None:
    """What a list of this kind shows of an object; None outside of a burst, or where no list shows it yet."""
    burst = _running.get()
    return burst.find(kind, key, pages) if burst else None


class _List:
    """What has been taken of one list."""

    def __init__(self, pages: Pages[Any], clock: Clock) -> None:
        self.reads = 0
        self._clock = clock
        self._lock = threading.Lock()
        self._pages = (page for _ in (1,) for page in pages())  # nothing is asked for before the first is wanted
        self._taken, self._asked, self._is_over = 0, 0.0, False
        self._rows: dict[str, Any] = {}

    @property
    def has_taken(self) -> bool:
        """Whether a page was asked for."""
        return self._taken > 0

    def find(self, key: str, pages: int) -> Any:
        """The row of an object, after taking more pages up to this number, while it is not there yet."""
        with alone(self._lock, self._clock):
            while key not in self._rows and not self._is_over and self._taken < pages:
                self._take()
            return self._rows.get(key) if self._clock.monotonic() - self._asked <= _COUNTS_SECONDS else None

    def _take(self) -> None:
        """One more page. A list that fails is none: whoever wanted it reads by himself, and tells what is wrong."""
        self._asked = self._asked or self._clock.monotonic()
        self._taken += 1
        try:
            with at_most(_TAKES_SECONDS, self._clock):
                page = next(self._pages, None)
        except Problem:
            page = None
        self._is_over = page is None
        self._rows |= page or {}


class _Burst:
    """The lists of one burst, until something is written."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._lists: dict[str, _List] = {}
        self._began, self._writes = clock.monotonic(), WRITES.count

    @property
    def has_taken(self) -> bool:
        """Whether there is anything to keep."""
        with self._lock:
            return any(one.has_taken for one in self._lists.values())

    def counts(self) -> bool:
        """Whether a read that begins now may use what was taken since this one began."""
        return self._writes == WRITES.count and self._clock.monotonic() - self._began <= _COUNTS_SECONDS

    def find(self, kind: str, key: str, pages: Pages[Any]) -> Any:
        """The row of an object in the list of its kind, if that has come so far as it pays."""
        with self._lock:
            wanted = self._lists.setdefault(kind, _List(pages, self._clock))
            wanted.reads += 1
            paid = (wanted.reads - 1) // _READS_PER_PAGE
        row = wanted.find(key, paid)
        return row if self._writes == WRITES.count else None


class Bursts:
    """The bursts of reads of one platform."""

    def __init__(self, clock: Clock = SYSTEM_CLOCK, stays_open: float = _STAYS_OPEN_SECONDS) -> None:
        self._clock, self._stays_open = clock, stays_open
        self._changed = threading.Condition()
        #: Reads that have begun, that are not over, and of these that have still something to do.
        self._begun = self._open = self._busy = 0
        self._burst: _Burst | None = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything inside is one read."""
        burst = self._begin()
        token = _running.set(burst)
        try:
            yield
        finally:
            _running.reset(token)
            self._end(burst)

    def _begin(self) -> _Burst:
        with self._changed:
            self._begun += 1
            self._open += 1
            self._busy += 1
            self._changed.notify_all()
            if self._burst is None or not self._burst.counts():
                self._burst = _Burst(self._clock)
            return self._burst

    def _end(self, burst: _Burst) -> None:
        """The last read at work stays open for a moment, so that a burst lasts from one that has nothing to send to the
        next that waits for a thread."""
        with self._changed:
            self._busy -= 1
            if not self._busy and burst.has_taken and burst.counts():
                begun = self._begun
                self._changed.wait_for(lambda: self._begun != begun, self._stays_open)
            self._open -= 1
            if not self._open:
                self._burst = None
