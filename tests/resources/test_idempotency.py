"""Never a duplicate, never an orphan: played with a platform that is a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_asgardeo_bijira.resources.idempotency import Created, create_once, undoing
from pulumi_asgardeo_bijira.transport import (
    SYSTEM_CLOCK,
    AlreadyExists,
    ApiProblem,
    Conflict,
    InvalidInput,
    OutcomeUnknown,
    Problem,
    UndoFailed,
    operation,
    remaining,
)

from tests.transport.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Callable

OURS, THEIRS = "ours", "theirs"


class Platform:
    """Holds at most one object. Each sending goes as told: carried out or not, answered or not."""

    def __init__(self, *fates: str, holds: str | None = None, listed: bool = True) -> None:
        self.holds = holds
        self._before = holds if listed else None
        self._listed = listed
        self.made = 0
        self.log: list[str] = []
        self._fates = iter(fates)

    def send(self) -> str:
        """Make the object, if it is not there."""
        self.log.append("send")
        fate = next(self._fates, "answered")
        if fate == "lost before":
            raise OutcomeUnknown("lost", action="")
        if fate == "refused":
            raise ApiProblem("no", status=400, action="")
        if self.holds is not None:
            raise Conflict("taken", status=409, action="")
        self.holds, self.made = OURS, self.made + 1
        if fate == "lost after":
            raise OutcomeUnknown("lost", action="")
        return OURS

    def was_there(self, found: str) -> bool | None:
        """Whether it was there before anything was sent; nobody knows where it cannot be listed."""
        return found == self._before if self._listed else None

    def look_up(self) -> str | None:
        """What is there."""
        self.log.append("look")
        return self.holds


def create(
    platform: Platform, adopt: Callable[[str], str] | None = None, clock: FakeClock | None = None
) -> Created[str]:
    """As a kind does it."""
    return create_once(
        platform.send,
        platform.look_up,
        what="the object",
        is_ours=lambda found: found == OURS,
        was_there=platform.was_there,
        taken=lambda found: AlreadyExists(f"it is {found}", action=""),
        adopt=adopt,
        clock=clock or FakeClock(),
    )


def test_an_answer_that_comes_is_believed() -> None:
    """One request, no more."""
    platform = Platform()
    assert create(platform) == Created(OURS, adopted=False)
    assert platform.log == ["send"]


def test_a_lost_answer_is_looked_up_before_it_is_sent_again() -> None:
    """It had been carried out: sent again, it would be two."""
    platform = Platform("lost after")
    assert create(platform) == Created(OURS)
    assert platform.log == ["send", "look"]


def test_a_request_that_never_arrived_is_sent_again() -> None:
    """Looked up first, and not there."""
    platform = Platform("lost before", "lost before")
    assert create(platform) == Created(OURS)
    assert platform.log == ["send", "look", "send", "look", "send"]


def test_a_request_that_was_carried_out_late_is_recognised_by_the_conflict() -> None:
    """The look-up came too early, the repetition then meets what the first made."""

    class Slow(Platform):
        def look_up(self) -> str | None:
            found = super().look_up()
            self.holds = OURS
            return found

    platform = Slow("lost before")
    assert create(platform) == Created(OURS)
    assert platform.log == ["send", "look", "send", "look"]


def test_what_somebody_else_has_made_is_not_taken() -> None:
    """Neither after a conflict, nor after a lost answer; an equal one is only ours where ours may have arrived."""
    for platform in (Platform(holds=THEIRS), Platform("lost before", holds=THEIRS)):
        with pytest.raises(AlreadyExists, match="it is theirs"):
            create(platform)
        assert platform.made == 0
    with pytest.raises(AlreadyExists, match="it is ours"):
        create(Platform(holds=OURS))


def test_what_somebody_else_has_made_is_taken_over_where_the_user_says_so() -> None:
    """And known as adopted: it is not taken back if the rest fails."""
    assert create(Platform(holds=THEIRS), adopt=str.upper) == Created("THEIRS", adopted=True)
    assert create(Platform("lost before", holds=THEIRS), adopt=str.upper) == Created("THEIRS", adopted=True)
    assert create(Platform("lost after"), adopt=str.upper) == Created(OURS, adopted=False)


def test_a_refusal_is_a_refusal() -> None:
    """Nothing is looked up, nothing repeated."""
    platform = Platform("refused")
    with pytest.raises(ApiProblem, match="no"):
        create(platform)
    assert platform.log == ["send"]


def test_a_conflict_without_an_object_is_passed_on() -> None:
    """Then another key than the one that is looked up is taken, such as a scope's name."""

    class Hidden(Platform):
        def look_up(self) -> None:
            self.log.append("look")

    with pytest.raises(Conflict, match="taken"):
        create(Hidden(holds=THEIRS))


def test_a_platform_that_never_answers_is_given_up() -> None:
    """With the outcome unknown, as it is."""
    platform = Platform(*["lost before"] * 99)
    clock = FakeClock()
    with pytest.raises(OutcomeUnknown, match=r"lost \| the object: not found afterwards"):
        create(platform, clock=clock)
    assert platform.log == ["send", "look"] * 5
    assert clock.slept == [0.5, 1, 2, 4], "a reader may be behind"


def test_an_equal_object_that_was_there_before_is_not_ours() -> None:
    """A colleague's: neither taken for our own after a lost answer, nor counted as made."""
    for platform in (
        Platform("lost before", holds=OURS),
        Platform("lost before", "lost before", holds=OURS),
        Platform("lost before", holds=OURS, listed=False),
    ):
        with pytest.raises(AlreadyExists, match="it is ours"):
            create(platform)
        again = Platform("lost before", holds=OURS)
        assert create(again, adopt=lambda found: found) == Created(OURS, adopted=True)


def test_where_nothing_can_be_listed_an_earlier_look_up_is_the_proof() -> None:
    """It found nothing within this very creation."""
    platform = Platform("lost before", "lost after", listed=False)
    assert create(platform) == Created(OURS)
    with pytest.raises(AlreadyExists):
        create(Platform("lost after", listed=False))


def test_stale_readers_do_not_fail_a_creation() -> None:
    """What was carried out shows after a while; a conflict meanwhile says that it is there."""

    class Stale(Platform):
        behind = 3

        def look_up(self) -> str | None:
            found = super().look_up()
            self.behind -= 1
            return found if self.behind < 0 else None

    assert create(Stale("lost after")) == Created(OURS)
    theirs = Stale("lost before", holds=OURS)
    with pytest.raises(AlreadyExists):
        create(theirs)


def test_a_look_up_that_fails_leaves_a_line_that_says_what_may_exist() -> None:
    """And how to go on."""

    class Blind(Platform):
        def look_up(self) -> str | None:
            raise ApiProblem("broken", status=500, action="")

    with pytest.raises(
        OutcomeUnknown, match=r"lost \| the object: it may exist now: .*failed as well \(500 broken\).*adopt to true"
    ):
        create(Blind("lost after"))


@given(
    st.lists(st.sampled_from(["answered", "lost before", "lost after", "refused"]), max_size=6),
    st.sampled_from([None, OURS, THEIRS]),
    st.booleans(),
)
def test_whatever_gets_lost_there_is_never_a_second_one(fates: list[str], holds: str | None, adopt: bool) -> None:
    """And success means that it is there."""
    platform = Platform(*fates, holds=holds)
    try:
        made = create(platform, adopt=(lambda found: found) if adopt else None)
    except Problem:
        pass
    else:
        assert made.value == platform.holds
        assert made.adopted <= adopt
    assert platform.made <= (holds is None)


def make(*steps: tuple[str, Callable[[], object]], then: Exception | None = None) -> None:
    """Make one thing after the other, each with how it is taken back, and then perhaps fail."""
    with undoing() as undo:
        for what, take_back in steps:
            undo.push(what, take_back)
        if then:
            raise then


@pytest.mark.parametrize("cause", [InvalidInput("no such plan", action=""), KeyError("id")])
def test_what_was_half_made_is_taken_back_the_last_first(cause: Exception) -> None:
    """What came later may hang on what came before; also after an answer that nobody foresaw."""
    done: list[str] = []
    with pytest.raises(type(cause)) as caught:
        make(("an a", lambda: done.append("a")), ("a b", lambda: done.append("b")), then=cause)
    assert done == ["b", "a"]
    assert caught.value is cause


def test_what_is_whole_stays() -> None:
    """Nothing is taken back after a success."""
    done: list[str] = []
    make(("an a", lambda: done.append("a")))
    assert done == []


def test_whatever_fails_while_something_is_taken_back_the_rest_is_taken_back() -> None:
    """Also after an answer that nobody foresaw."""
    done: list[str] = []

    def fail() -> None:
        raise KeyError("id")

    with pytest.raises(
        UndoFailed, match=r"no such plan \| What was made is left behind: the mapping 2 \(KeyError: 'id'\)"
    ):
        make(("an a", lambda: done.append("a")), ("the mapping 2", fail), then=InvalidInput("no such plan", action=""))
    assert done == ["a"]


def test_taking_back_has_time_of_its_own() -> None:
    """What went wrong may have been that the operation's time was up."""
    left: list[float] = []
    with operation(0.0), pytest.raises(InvalidInput):
        make(("an a", lambda: left.append(remaining(SYSTEM_CLOCK))), then=InvalidInput("too late", action=""))
    assert left[0] > 30


def test_what_cannot_be_taken_back_is_named_with_the_cause() -> None:
    """The rest is taken back all the same, and the line says what lies where."""
    done: list[str] = []

    def fail() -> None:
        raise OutcomeUnknown("lost again", action="")

    with pytest.raises(UndoFailed) as caught:
        make(
            ("the application A with the id 1", lambda: done.append("a")),
            ("the mapping 2", fail),
            ("the subscription 3", fail),
            then=InvalidInput("no such plan", action=""),
        )
    assert done == ["a"]
    assert str(caught.value) == (
        "no such plan | What was made is left behind: the subscription 3 (lost again); the mapping 2 (lost again). "
        "Delete it by hand or adopt it"
    )
    assert caught.value.__suppress_context__
