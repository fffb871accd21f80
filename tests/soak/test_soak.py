"""A part of the soak that is small enough for every day; `make soak` runs the rest."""

from __future__ import annotations

from tests.soak.faults import FAULTS
from tests.soak.two_stacks import two_stacks


def test_there_are_twenty_two_faults() -> None:
    """One that is dropped is missed here."""
    assert len(FAULTS) == 22


def test_two_stacks_at_once_make_everything_once() -> None:
    """On one organisation, with tokens revoked in the middle."""
    assert two_stacks(4) == []
