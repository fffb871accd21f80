"""Tables of figures: how they are kept as a document, and compared with those of the run before."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ("Cell", "Table", "read", "write")

Cell = str | int | float | None
#: Times that differ by less are the same.
_NOISE = 0.15
_HEAD = (
    "# Benchmarks\n\nWritten by `make bench`; what differs from the run before says in brackets what it was. "
    "Counts are exact, times those of one machine on one day.\n"
)


@dataclass
class Table:
    """Figures under a title; the first `names` columns say what a row is about."""

    title: str
    about: str
    columns: tuple[str, ...]
    names: int = 1
    rows: list[tuple[Cell, ...]] = field(default_factory=list)

    def add(self, *cells: Cell) -> None:
        """A row."""
        self.rows.append(cells)

    def markdown(self, before: Mapping[tuple[Cell, ...], tuple[Cell, ...]]) -> str:
        """The table as a section of the document, beside the figures of before by their names."""
        lines = [f"## {self.title}", "", self.about, "", _line(self.columns), _line(["---"] * len(self.columns))]
        for row in self.rows:
            former = before.get(row[: self.names], row)
            lines.append(_line(_shown(now, was) for now, was in zip(row, former, strict=False)))
        return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(cell: Cell) -> str:
    if cell is None:
        return "-"
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def _shown(now: Cell, was: Cell) -> str:
    if isinstance(now, float) and isinstance(was, float):
        same = abs(now - was) <= _NOISE * max(abs(now), abs(was))
    else:
        same = now == was
    return _text(now) if same else f"{_text(now)} ({_text(was)})"


def read(path: Path) -> list[Table]:
    """The tables of an earlier run; none where there was none."""
    if not path.exists():
        return []
    found = json.loads(path.read_text(encoding="utf-8"))
    return [
        Table(**{**one, "columns": tuple(one["columns"]), "rows": [tuple(row) for row in one["rows"]]}) for one in found
    ]


def write(path: Path, tables: list[Table]) -> str:
    """Keep the tables, as JSON and beside it as a document, which is returned; those that this run left out stay."""
    before = {one.title: one for one in read(path)}
    merged = [*tables, *(one for title, one in before.items() if title not in {table.title for table in tables})]
    merged.sort(key=lambda table: list(before).index(table.title) if table.title in before else len(before))
    sections = []
    for table in merged:
        former = before.get(table.title, table)
        rows = {row[: table.names]: row for row in former.rows} if former.columns == table.columns else {}
        sections.append(table.markdown(rows))
    path.write_text(json.dumps([asdict(table) for table in merged], indent=1, ensure_ascii=False) + "\n", "utf-8")
    document = "\n".join((_HEAD, *sections))
    path.with_suffix(".md").write_text(document, encoding="utf-8")
    return document
