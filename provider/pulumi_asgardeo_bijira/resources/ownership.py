"""Which resource of this process an object belongs to, and one lock for each object.

One process serves one command of the engine, so what it has seen holds for that command. An object that a resource has
made or taken over in it, or that a resource of the program has as its own and keeps, is not deleted for the sake of
another resource: the commonest is one that was renamed in the program without an alias, whose new name has adopted the
object and whose old name is then deleted. Two resources of one program for one object are an error.

The name of a resource (its URN) comes from whoever serves the engine, and may be missing; then two resources cannot be
told apart, and an object that is claimed stays rather than goes.
"""

import contextvars
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ..transport import InvalidInput

__all__ = ("CLAIMS", "Claims", "Key", "current_urn", "deleting_unused", "lock_of", "name_of", "serving")

#: Where an object lives, its resource's name, and what tells it apart there.
Key = tuple[str, str, str]

_urn: contextvars.ContextVar[str] = contextvars.ContextVar("urn", default="")


def current_urn() -> str:
    """The resource that is being served, where that is known."""
    return _urn.get()


@contextmanager
def serving(urn: str) -> Iterator[None]:
    """Everything inside is done for this resource."""
    token = _urn.set(urn)
    try:
        yield
    finally:
        _urn.reset(token)


def name_of(urn: str) -> str:
    """How a line calls a resource."""
    return f"the resource {urn}" if urn else "another resource of this program"


@dataclass
class _Claim:
    urn: str
    made: bool


class Claims:
    """The objects that resources of this process have."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._claims: dict[Key, _Claim] = {}
        self._declared: set[str] = set()
        self._read: set[Key] = set()
        self._deleted: set[Key] = set()

    def declare(self, urn: str) -> None:
        """The program has this resource."""
        with self._lock:
            self._declared.add(urn)

    def read(self, keys: Collection[Key]) -> None:
        """The objects were read for a refresh, after which the engine compares without meaning to keep them."""
        with self._lock:
            self._read.update(keys)

    def keep(self, keys: Collection[Key], urn: str) -> str | None:
        """The program has a resource with these objects, which is not to be replaced. Another resource that has one of
        them already is returned instead, where both are known."""
        with self._lock:
            if urn and urn not in self._declared:
                return None
            if not urn and self._read.intersection(keys):
                self._read.difference_update(keys)
                return None
            other = self._other(keys, urn)
            if other is not None and other.urn and urn:
                return other.urn
            for key in keys:
                self._claims.setdefault(key, _Claim(urn, made=False))
            return None

    def release(self, keys: Collection[Key], urn: str) -> None:
        """The resource is to be replaced, or its objects are gone."""
        with self._lock:
            for key in keys:
                claim = self._claims.get(key)
                if claim and not claim.made and (claim.urn == urn or not urn):
                    del self._claims[key]

    def forget(self, keys: Collection[Key]) -> None:
        """The objects have been deleted."""
        with self._lock:
            for key in keys:
                self._claims.pop(key, None)
            self._deleted.update(keys)

    def deleted(self, keys: Collection[Key]) -> bool:
        """Whether one of the objects has been deleted in this process, and not made again."""
        with self._lock:
            return bool(self._deleted.intersection(keys))

    @contextmanager
    def claiming(self, keys: Collection[Key], urn: str) -> Iterator[str]:
        """Everything inside makes or takes over these objects: they are the resource's own from now on, so that nobody
        deletes them meanwhile, and given back should it come to nothing. Another one that has one of them already is
        told instead, where both are known."""
        with self._lock:
            found = self._other(keys, urn) if urn else None
            other = found.urn if found else ""
            before = {} if other else {key: self._claims.get(key) for key in keys}
            self._claims.update({key: _Claim(urn, made=True) for key in before})
        try:
            yield other
        except BaseException:
            with self._lock:
                for key, claim in before.items():
                    if claim is None:
                        self._claims.pop(key, None)
                    else:
                        self._claims[key] = claim
            raise

    def move(self, old: Collection[Key], new: Collection[Key], urn: str) -> None:
        """A change in place has made other objects the resource's own than it had before."""
        with self._lock:
            for key in set(old) - set(new):
                if key in self._claims and self._claims[key].urn == urn:
                    del self._claims[key]
            self._make(set(new) - set(old), urn)

    def make(self, keys: Collection[Key], urn: str) -> None:
        """The resource has just made or taken over these objects."""
        with self._lock:
            self._make(keys, urn)

    def _make(self, keys: Collection[Key], urn: str) -> None:
        self._claims.update({key: _Claim(urn, made=True) for key in keys})
        self._deleted.difference_update(keys)

    def restored(self, keys: Collection[Key]) -> None:
        """The objects are there again."""
        with self._lock:
            self._deleted.difference_update(keys)

    @contextmanager
    def deleting(self, key: Key, urn: str) -> Iterator[str]:
        """Everything inside deletes this object, unless another resource has something on it: that one is told, where
        both are known. Whoever compares meanwhile is told that it is gone."""
        location, kind, id = key  # noqa: A001
        with self._lock:
            found = (one.urn for one_key, one in self._claims.items() if _lies_on(one_key, location, kind, id))
            other = next((other for other in found if urn and other and other != urn), "")
            if not other:
                self._deleted.add(key)
        try:
            yield other
        except BaseException:
            with self._lock:
                self._deleted.discard(key)
            raise

    def holder(self, keys: Collection[Key], urn: str) -> str | None:
        """Another resource that has one of the objects; an empty text for one whose name is not known."""
        with self._lock:
            other = self._other(keys, urn)
            return None if other is None else other.urn

    def keeps(self, keys: Collection[Key], urn: str) -> str | None:
        """For whom one of the objects must stay when this resource is deleted: whoever made it in this process, be it
        the same resource, and another resource that has it. None where it may go."""
        with self._lock:
            made = next((self._claims[key] for key in keys if key in self._claims and self._claims[key].made), None)
            found = made or self._other(keys, urn)
            return None if found is None else found.urn

    def _other(self, keys: Collection[Key], urn: str) -> _Claim | None:
        found = (self._claims[key] for key in keys if key in self._claims)
        return next((claim for claim in found if not urn or claim.urn != urn), None)


def _lies_on(key: Key, location: str, kind: str, id: str) -> bool:
    return key[:2] == (location, kind) and key[2].startswith(f"{id}/")


#: Those of this process.
CLAIMS = Claims()


@contextmanager
def deleting_unused(key: Key, subject: str, *, used: str, action: str) -> Iterator[None]:
    """Everything inside deletes it, unless another resource of the program has something on it that would go along
    silently; `used` says what."""
    with CLAIMS.deleting(key, current_urn()) as other:
        if other:
            raise InvalidInput(f"is not deleted, because {name_of(other)} {used}", subject=subject, action=action)
        yield


_locks: dict[Key, threading.RLock] = {}
_locks_lock = threading.Lock()


def lock_of(key: Key) -> threading.RLock:
    """The one lock of an object in this process, for whoever reads it, changes it and writes it back."""
    with _locks_lock:
        return _locks.setdefault(key, threading.RLock())
