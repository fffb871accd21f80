"""Every field says which change of it widens access, and what it says is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.resources import resource_handlers
from pulumi_asgardeo_bijira.resources.schema import WRITE_ONLY, nested_model
from pulumi_asgardeo_bijira.resources.widening import (
    CHANGE_WIDENS,
    MORE_WIDENS,
    NEVER_WIDENS,
    OFF_WIDENS,
    ON_WIDENS,
    Widens,
    widens_as,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_asgardeo_bijira.resources.schema import Inputs

#: A mark, what was declared, what is there, and whether that is wider.
ROWS: list[tuple[Widens, Any, Any, bool]] = [
    (ON_WIDENS, False, True, True),
    (ON_WIDENS, None, True, True),
    (ON_WIDENS, True, False, False),
    (OFF_WIDENS, True, False, True),
    (OFF_WIDENS, True, None, True),
    (OFF_WIDENS, False, True, False),
    (MORE_WIDENS, 600, 900, True),
    (MORE_WIDENS, 600, 300, False),
    (MORE_WIDENS, 600, None, False),
    (MORE_WIDENS, ["a"], ["a", "b"], True),
    (MORE_WIDENS, ["a", "b"], ["b"], False),
    (MORE_WIDENS, ["a"], ["b"], True),
    (MORE_WIDENS, [], None, False),
    (CHANGE_WIDENS, "Gold", "Bronze", True),
    (CHANGE_WIDENS, "Gold", "Gold", False),
    (CHANGE_WIDENS, "Gold", None, False),
    (CHANGE_WIDENS, True, False, True),
    (widens_as("No Policy"), "RBAC", "No Policy", True),
    (widens_as("No Policy"), "No Policy", "RBAC", False),
    (NEVER_WIDENS, "x", "y", False),
]


@pytest.mark.parametrize(("mark", "declared", "live", "wider"), ROWS)
def test_a_mark_tells_what_widens(mark: Widens, declared: Any, live: Any, wider: bool) -> None:
    """In the one direction only."""
    assert mark.by(declared, live) is wider


def _unmarked(model: type[Inputs], path: str) -> Iterator[str]:
    """The fields that say nothing, or two things; an object is what its fields are, a list of objects is a list too."""
    for name, field in model.model_fields.items():
        if WRITE_ONLY in field.metadata:
            continue
        inner, is_list = nested_model(field)
        if inner is not None:
            yield from _unmarked(inner, f"{path}.{name}")
        marks = [mark for mark in field.metadata if isinstance(mark, Widens)]
        if len(marks) != (inner is None or is_list):
            yield f"{path}.{name}: {marks}"


def test_no_field_is_forgotten() -> None:
    """A new one would never be seen to widen access; what is written only is never read, and never drifts."""
    unmarked = [line for one in resource_handlers().values() for line in _unmarked(one.inputs, one.name)]
    assert unmarked == []
