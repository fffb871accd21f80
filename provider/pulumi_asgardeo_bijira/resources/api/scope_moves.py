"""Scopes that move from one API to another within one command: the name must be free before it is given again.

The engine carries out what does not depend on each other in any order. An API that takes a scope waits for the change
that removes it from another, where such a change has been planned in this process, and not for ever. The provider's
process serves four operations at a time at the least, so no more than three wait for what has not begun.
"""

import threading
from collections.abc import Callable, Collection

from ...transport import CANCELLATION, SYSTEM_CLOCK, remaining

__all__ = ("SCOPE_MOVES", "ScopeMoves")

#: Seconds for another change to be planned, and for it to be carried out.
_PLANNED, _DONE = 2.0, 45.0
_WAITING = 3


class ScopeMoves:
    """The scopes that planned changes are about to remove."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        CANCELLATION.wakes(self._changed)
        self._leaving: dict[tuple[str, str], str] = {}
        self._begun: set[tuple[str, str]] = set()
        self._waiting = 0

    def plan(self, location: str, api_id: str, scopes: Collection[str]) -> None:
        """A change of this API, or its replacement, is about to remove these scopes."""
        with self._changed:
            self._leaving.update({(location, scope): api_id for scope in scopes})
            self._changed.notify_all()

    def begin(self, location: str, api_id: str) -> None:
        """The change is being carried out."""
        with self._changed:
            self._begun.add((location, api_id))

    def done(self, location: str, api_id: str) -> None:
        """The change has been carried out, or has failed."""
        with self._changed:
            self._begun.discard((location, api_id))
            self._leaving = {key: one for key, one in self._leaving.items() if (key[0], one) != (location, api_id)}
            self._changed.notify_all()

    def waited_for(self, location: str, scopes: Collection[str]) -> bool:
        """Wait until none of these scopes is about to be removed; false where none was, or it took too long, or the
        process is cancelled."""
        keys = {(location, scope) for scope in scopes}
        with self._changed:
            from_whom = {(location, self._leaving[key]) for key in keys & self._leaving.keys()}
            counts = not from_whom or not from_whom <= self._begun
            if counts and self._waiting >= _WAITING:
                return False
            self._waiting += counts
            try:
                time = max(0.0, remaining(SYSTEM_CLOCK) - _DONE / 3)
                self._wait(lambda: keys & self._leaving.keys(), min(_PLANNED, time))
                if not keys & self._leaving.keys():
                    return False
                self._wait(lambda: not keys & self._leaving.keys(), min(_DONE, time))
                return not keys & self._leaving.keys()
            finally:
                self._waiting -= counts

    def _wait(self, until: Callable[[], object], seconds: float) -> None:
        self._changed.wait_for(lambda: until() or CANCELLATION.has_begun, seconds)


#: Those of this process.
SCOPE_MOVES = ScopeMoves()
