"""Never a duplicate, never an orphan: creating over a network that loses answers, and undoing what was half made."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..http import AlreadyExists, Conflict, OutcomeUnknown, Problem, UndoFailed

__all__ = ("Created", "Undo", "create_once", "undoing")

T = TypeVar("T")


@dataclass(frozen=True)
class Created(Generic[T]):
    """What exists now, and whether it was there before."""

    value: T
    adopted: bool = False


_ATTEMPTS = 4


def create_once(
    send: Callable[[], T],
    look_up: Callable[[], T | None],
    *,
    is_ours: Callable[[T], bool],
    taken: Callable[[T], AlreadyExists],
    adopt: Callable[[T], T] | None = None,
) -> Created[T]:
    """Send a creation until the object exists once.

    After a lost answer the object is looked up by its unique key: one that is not there is sent again, one that equals
    what was declared is ours, any other is somebody else's. The same after a conflict, which a repetition can meet
    when the first request was carried out late. Without a lost answer a conflict means that the key is taken; `adopt`
    then takes the object over.
    """
    lost: OutcomeUnknown | None = None
    for _ in range(_ATTEMPTS):
        try:
            return Created(send())
        except OutcomeUnknown as failure:
            lost = failure
            found = look_up()
            if found is None:
                continue
        except Conflict:
            found = look_up()
            if found is None:
                raise
        if lost is not None and is_ours(found):
            return Created(found)
        if adopt is not None:
            return Created(adopt(found), adopted=True)
        raise taken(found) from None
    assert lost is not None
    raise lost


class Undo:
    """What has been made so far, and how to take each back."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, Callable[[], object]]] = []

    def push(self, what: str, take_back: Callable[[], object]) -> None:
        """Remember something that was just made; `what` names it for the line that says it was left behind."""
        self._steps.append((what, take_back))

    def run(self, cause: Exception) -> None:
        """Take everything back, the last first, whatever fails on the way; then say what could not be."""
        left = []
        for what, take_back in reversed(self._steps):
            try:
                take_back()
            except Problem as failure:
                left.append(f"{what} ({failure})")
        if left:
            raise UndoFailed(f"{cause} | Left behind, delete it by hand or adopt it: {'; '.join(left)}") from None


@contextmanager
def undoing() -> Iterator[Undo]:
    """Everything inside is made whole or taken back."""
    undo = Undo()
    try:
        yield undo
    except Exception as cause:
        undo.run(cause)
        raise
