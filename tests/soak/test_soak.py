"""A part of the soak that is small enough for every day; `make soak` runs the rest."""

from __future__ import annotations

import pytest

from tests.soak.cases import OPERATIONS, Stage, Trial, cases_of
from tests.soak.command import main
from tests.soak.faults import FAULTS
from tests.soak.programs import PROGRAMS
from tests.soak.two_stacks import two_stacks

#: One case of so many.
EACH = 120


@pytest.mark.parametrize("program", PROGRAMS)
def test_one_run_after_a_fault_puts_everything_right(program: str) -> None:
    """Made once, nothing doubled, nothing left, nobody else's touched; no traceback and no secret."""
    with Stage(program) as stage:
        every = [case for operation in OPERATIONS for case in cases_of(stage, operation)]
        trials = [Trial(stage, case).violation() for case in every if case.is_chosen(EACH)]
    assert [f"{one.case}: {one.what}" for one in trials if one] == []


def test_there_are_twenty_two_faults() -> None:
    """One that is dropped is missed here."""
    assert len(FAULTS) == 22


def test_two_stacks_at_once_make_everything_once() -> None:
    """On one organisation, with tokens revoked in the middle."""
    assert two_stacks(4) == []


@pytest.mark.parametrize(
    ("argument", "code", "said"),
    [
        ("--help", 0, "every 8th case"),
        ("guid", 2, "guid is no"),
        ("guide/creat", 2, "guide/creat is no"),
        ("0", 2, "0 is no"),
    ],
)
def test_what_the_soak_does_not_understand_runs_nothing(
    argument: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would run for an hour."""
    assert main([argument]) == code
    assert said in capsys.readouterr().out
