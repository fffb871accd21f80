"""What of a class there was before this process made anything of it.

After a lost answer an object is found that may be ours or a colleague's, made before and alike. The ids of all objects
of the class, listed once per process before its first creation, tell the one from the other without a request more for
each creation.
"""

import threading
from collections.abc import Callable, Iterable

from ..transport import ApiProblem, MissingScope, alone

__all__ = ("Snapshot", "Snapshots")


class Snapshot:
    """The ids that were there before, and those that have been made since by somebody in this process."""

    def __init__(self, ids: Iterable[str] | None) -> None:
        self._ids = None if ids is None else set(ids)
        self._lock = threading.Lock()

    def was_there(self, id: str) -> bool | None:
        """Whether an object was there before; None where nobody may list them."""
        with self._lock:
            return None if self._ids is None else id in self._ids

    def add(self, id: str) -> None:
        """An object has been made: to any other creation it was there before."""
        with self._lock:
            if self._ids is not None:
                self._ids.add(id)

    def discard(self, id: str) -> None:
        """An object has been deleted: where ids are names, one that is made again has the same."""
        with self._lock:
            if self._ids is not None:
                self._ids.discard(id)


class Snapshots:
    """One snapshot for each class, taken when it is first needed, by one thread for all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._taken: dict[str, Snapshot] = {}

    def of(self, name: str, ids: Callable[[], Iterable[str]]) -> Snapshot:
        """That of a class. A list that fails is none: nothing has been sent yet, so the creation fails."""
        with self._lock:
            lock = self._locks.setdefault(name, threading.Lock())
        with alone(lock):
            if name not in self._taken:
                self._taken[name] = Snapshot(_listed(ids))
            return self._taken[name]

    def deleted(self, name: str, id: str) -> None:
        """An object of a class has been deleted."""
        taken = self._taken.get(name)
        if taken is not None:
            taken.discard(id)


def _listed(ids: Callable[[], Iterable[str]]) -> list[str] | None:
    """The list; None where this token may not see it, so that nothing that is found counts as new."""
    try:
        return list(ids())
    except MissingScope:
        return None
    except ApiProblem as refusal:
        if refusal.status != 403:
            raise
        return None
