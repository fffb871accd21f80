"""Counts the writes of this process, so that whoever keeps what was read knows when it may be true no more."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ("WRITES",)


class _Writes:
    """Every request that may change something, counted when it is begun and when it has ended, however it did."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0

    @property
    def count(self) -> int:
        """While this stays the same, nothing is written."""
        with self._lock:
            return self._count

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Everything inside may change something."""
        self._step()
        try:
            yield
        finally:
            self._step()

    def _step(self) -> None:
        with self._lock:
            self._count += 1


#: Those of this process, to whatever platform.
WRITES = _Writes()
