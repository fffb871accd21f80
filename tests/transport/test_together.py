"""Parts of an operation that are carried out together: all at once, in the operation's name, and none left running."""

from __future__ import annotations

import threading
from contextvars import ContextVar
from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.transport import NotFound, OutcomeUnknown, operation, remaining, seen_together, together

from tests.transport.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Callable

PART = NotFound("the part", action="Look")
FIRST, SECOND = (OutcomeUnknown(name, action="Look") for name in ("first", "second"))
#: Whoever waits for so long waits for what never comes.
PATIENCE = 20.0
whose: ContextVar[str] = ContextVar("whose", default="nobody's")


def raising(failure: BaseException) -> Callable[[], None]:
    """A part that fails."""

    def fail() -> None:
        raise failure

    return fail


def test_all_are_on_their_way_at_once() -> None:
    """Each waits for the others, and what they return keeps its order."""
    barrier = threading.Barrier(4)

    def meet(name: str) -> str:
        barrier.wait(PATIENCE)
        return name

    assert together(*(lambda name=name: meet(name) for name in "abcd")) == tuple("abcd")


def test_each_belongs_to_the_operation() -> None:
    """A helper works within its deadline and for its resource."""
    clock, barrier = FakeClock(), threading.Barrier(2)

    def look() -> tuple[str, float]:
        barrier.wait(PATIENCE)
        return whose.get(), remaining(clock)

    whose.set("ours")
    with operation(7, clock):
        assert together(look, look) == (("ours", 7), ("ours", 7))


def test_the_first_failure_in_order_is_raised_when_none_runs_any_more() -> None:
    """However soon another one came."""
    begun, failed, finished = threading.Barrier(2), threading.Event(), threading.Event()

    def late() -> None:
        begun.wait(PATIENCE)
        failed.wait(PATIENCE)
        finished.set()
        raise FIRST

    def soon() -> None:
        begun.wait(PATIENCE)
        failed.set()
        raise SECOND

    with pytest.raises(OutcomeUnknown, match="first"):
        together(late, soon)
    assert finished.is_set()

    failed.clear()
    finished.clear()
    with pytest.raises(OutcomeUnknown, match="second"):
        together(soon, late)
    assert finished.is_set()


def test_after_a_failure_none_begins() -> None:
    """As when one is carried out after the other; so nothing more has to be taken back."""
    begun: list[int] = []
    barrier = threading.Barrier(4)

    def part(number: int) -> None:
        begun.append(number)
        barrier.wait(PATIENCE)
        raise FIRST if number == 0 else SECOND

    with pytest.raises(OutcomeUnknown, match="first"):
        together(*(lambda number=number: part(number) for number in range(9)))
    assert sorted(begun) == [0, 1, 2, 3]


def test_parts_of_parts_of_many_operations_wait_for_no_helper() -> None:
    """More at once than there are helpers, each with parts again: the caller does what nobody else does."""
    counted: list[int] = []

    def inner() -> int:
        return sum(together(*(lambda: 1 for _ in range(5))))

    def outer() -> None:
        counted.append(sum(together(*(inner for _ in range(5)))))

    callers = [threading.Thread(target=outer, daemon=True) for _ in range(50)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(PATIENCE)
    assert counted == [25] * 50


def test_of_an_object_that_is_gone_nothing_else_is_believed() -> None:
    """What is refused of its parts only follows from that."""
    assert seen_together(lambda: None, raising(PART)) is None
    assert seen_together(lambda: "object", lambda: "part") == ("object", "part")
    with pytest.raises(NotFound, match="the part"):
        seen_together(lambda: "object", raising(PART))
    with pytest.raises(OutcomeUnknown, match="first"):
        seen_together(raising(FIRST), raising(PART))


def test_nobody_is_interrupted_alone() -> None:
    """What ends a thread reaches whoever waits for it."""
    with pytest.raises(KeyboardInterrupt):
        together(raising(KeyboardInterrupt()), lambda: None)
