"""Never a duplicate, never an orphan, never anybody else's: creating over a network that loses answers, and undoing
what was half made."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..transport import (
    CREATION_FOUND,
    SYSTEM_CLOCK,
    AlreadyExists,
    Cancelled,
    Clock,
    Conflict,
    OutcomeUnknown,
    Problem,
    UndoFailed,
    afresh,
    attempts,
    finishing,
    line_of,
)

__all__ = ("Created", "Undo", "create_once", "exists_already", "undoing")

T = TypeVar("T")

#: What a line says that tells of an object that exists already, and may be the very resource's own.
_WANTS_AN_OPTION = (
    "If this resource was renamed or moved within the program, it wants an alias (the resource option aliases) and not "
    "adopt; if it is to be replaced, as by --replace, the resource option `delete_before_replace`"
)


def exists_already(subject: str, id: str, *, key: str, shared_by: str) -> AlreadyExists:
    """The unique key of something to be made is taken, perhaps by another stack; `shared_by` is how that one is used
    without being managed."""
    action = (
        f"Another stack may own it: give each stack {key} of its own, as with `get_stack` in it, or {shared_by}. "
        f"{_WANTS_AN_OPTION}. Only where nobody manages it, set adopt to true: that takes it over"
    )
    return AlreadyExists(f"exists already, its id is {id}", subject=subject, action=action)


@dataclass(frozen=True)
class Created(Generic[T]):
    """What exists now, and whether it was there before."""

    value: T
    adopted: bool = False


def _unknown(_: object) -> None:
    return None


def create_once(
    send: Callable[[], T],
    look_up: Callable[[], T | None],
    *,
    what: str,
    is_ours: Callable[[T], bool],
    taken: Callable[[T], AlreadyExists],
    was_there: Callable[[T], bool | None] = _unknown,
    adopt: Callable[[T], T] | None = None,
    clock: Clock = SYSTEM_CLOCK,
) -> Created[T]:
    """Send a creation until the object exists once. `what` names the object for a line.

    After a lost answer the object is looked up by its unique key; one that is not there is sent again after a while.
    One that is there is ours only if it equals what was declared and provably was not there before: by `was_there`,
    which knows of an object whether it was there before (or None where it does not), or, where nobody knows, by a
    look-up within this very creation that found nothing. The same after a conflict, which a repetition can meet when
    the first request was carried out late. Without a lost answer a conflict means that the key is taken. What is not
    ours `adopt` takes over, where the user said so.
    """
    lost: OutcomeUnknown | None = None
    absent = False
    for _ in _tries(clock):
        found: T | None = None
        try:
            return Created(send())
        except OutcomeUnknown as failure:
            lost = failure
        except Cancelled:
            if lost is None:
                raise
            break
        except Conflict:
            if lost is None:
                found = look_up()
                if found is None:
                    raise
        if lost is not None:
            found = _after(lost, what, look_up)
        if found is not None:
            return _whose(found, lost, absent, what, is_ours, taken, was_there, adopt)
        absent = True
    raise OutcomeUnknown(
        "not found afterwards", subject=what, action="It may still come to exist: look before you go on", after=lost
    )


def _tries(clock: Clock) -> Iterator[None]:
    """None after a cancellation: then it counts what was lost, not that it is not sent again."""
    with suppress(Cancelled):
        yield from attempts(CREATION_FOUND, clock)


def _after(lost: OutcomeUnknown, what: str, look_up: Callable[[], T | None]) -> T | None:
    """What there is after a lost answer, even when the process is cancelled: it may have made something."""
    try:
        with finishing():
            return look_up()
    except Problem as failure:
        raise OutcomeUnknown(
            f"it may exist now: looking it up failed as well ({failure})",
            subject=what,
            action="Run it again; if it then exists already and nobody else made it, set adopt to true",
            after=lost,
        ) from None


def _whose(
    found: T,
    lost: OutcomeUnknown | None,
    absent: bool,
    what: str,
    is_ours: Callable[[T], bool],
    taken: Callable[[T], AlreadyExists],
    was_there: Callable[[T], bool | None],
    adopt: Callable[[T], T] | None,
) -> Created[T]:
    """Take what was found for our own, take it over, or leave it."""
    before = was_there(found)
    is_new = not before if before is not None else absent
    if lost is not None and is_new and _after(lost, what, lambda: is_ours(found)):
        return Created(found)
    if adopt is not None:
        return Created(adopt(found), adopted=True)
    raise taken(found) from None


class Undo:
    """What has been made so far, and how to take each back."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, Callable[[], object]]] = []

    def push(self, what: str, take_back: Callable[[], object]) -> None:
        """Remember something that was just made; `what` names it for the line that says it was left behind."""
        self._steps.append((what, take_back))

    def run(self, cause: Exception) -> None:
        """Take everything back, the last first, whatever fails on the way; then say what could not be.

        It has time of its own: what went wrong may have been that the operation's was up.
        """
        left = []
        for what, take_back in reversed(self._steps):
            try:
                with afresh():
                    take_back()
            except Exception as failure:  # noqa: BLE001  # whatever fails, the rest is still to be taken back
                left.append(f"{what} ({line_of(failure)})")
        if left:
            raise UndoFailed(
                f"is left behind: {'; '.join(left)}",
                subject="What was made",
                action="Delete it by hand or adopt it",
                after=cause,
            ) from None


@contextmanager
def undoing() -> Iterator[Undo]:
    """Everything inside is made whole or taken back."""
    undo = Undo()
    try:
        yield undo
    except Exception as cause:
        undo.run(cause)
        raise
