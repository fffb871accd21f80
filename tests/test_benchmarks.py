"""The benchmarks run, and their document says what has changed; how long anything takes is nobody's business here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.engines import BuiltIn
from benchmarks.limited import earliest
from benchmarks.lives import walk
from benchmarks.programs import EMPTY, KINDS
from benchmarks.tables import Table, read, write
from tests.support.engines import engine_of

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project


class _Forked(BuiltIn):
    """Its processes are forked, so that it takes seconds."""

    @staticmethod
    def engine(project: Project) -> Engine:
        return engine_of(project, "built-in")


@pytest.mark.parametrize("kind", KINDS)
def test_each_program_is_made_and_changed(kind: str) -> None:
    """What is unchanged sends nothing."""
    steps = {step.name: step for step in walk(_Forked, kind, 2, steps=("create", "no-op", "one change"))}
    assert [step.failed for step in steps.values()] == [None] * 3
    sent = {name: step.requests for name, step in steps.items()}
    assert sent["no-op"] == 0
    assert (sent["create"], sent["one change"]) == (0, 0) if kind == EMPTY else sent["create"] > sent["one change"] > 0


def test_the_document_says_beside_a_figure_what_it_was(tmp_path: Path) -> None:
    """Where it differs by more than chance; what a run leaves out stays as it was."""
    path = tmp_path / "benchmarks.json"
    columns = ("kind", "requests", "s")
    write(path, [Table("One", "about", columns, rows=[("a", 3, 1.0), ("b", 1, 1.0)]), Table("Two", "about", columns)])
    document = write(path, [Table("One", "about", columns, rows=[("a", 2, 1.1), ("b", 1, 2.0)])])
    assert "| a | 2 (3) | 1.10 |\n| b | 1 | 2.00 (1.00) |" in document
    assert "## Two" in document
    assert path.with_suffix(".md").read_text() == document
    assert [table.title for table in read(path)] == ["One", "Two"]


def test_the_ideal_of_a_step_counts_what_was_sent_before() -> None:
    """Two a minute: the window slides."""
    assert earliest([], 100.0, 2, limit=2) == 0.0
    assert earliest([], 100.0, 5, limit=2) == 120.0
    assert earliest([70.0, 95.0], 100.0, 2, limit=2) == 55.0
