"""The report for people: as a comment of a pull request or the summary of a pipeline shows it."""

import json
import re
from typing import Any

from .report import Change, Drifted, Report

__all__ = ("as_markdown",)

#: What of a value a cell shows.
_LONGEST = 200


def as_markdown(report: Report) -> str:
    """A heading, the verdict, and a table of all changes."""
    lines = ["# Drift", "", report.verdict]
    for one in report.drifted:
        lines += ["", *_section(one)]
    return "\n".join(lines) + "\n"


def _section(one: Drifted) -> list[str]:
    where = f", {_code(f'{one.file}:{one.line}')}" if one.file else ""
    head = [f"## {'⚠️ ' if one.widens_access else ''}{one.kind} {_code(one.name)}{where}", ""]
    if one.gone:
        return [*head, "It is gone: `pulumi up` makes it again."]
    return [
        *head,
        "| property | declared | live | |",
        "|---|---|---|---|",
        *(_row(change) for change in one.changes),
    ]


def _row(change: Change) -> str:
    wider = "**widens access**" if change.widens_access else ""
    return f"| {_code(change.path)} | {_value(change.declared)} | {_value(change.live)} | {wider} |"


def _value(value: Any) -> str:
    """A value as code, cut where it is long; what is not there is a dash."""
    if value is None:
        return "-"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _code(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _code(text: str) -> str:
    """Any text as code within a cell: nothing in it is markup, and it ends no cell and no line."""
    plain = re.sub(r"\s+", " ", text).replace("|", "\\|")
    longest = max((len(found) for found in re.findall(r"`+", plain)), default=0)
    fence = "`" * (longest + 1)
    space = " " if not plain or plain[0] in "` " or plain[-1] in "` " else ""
    return f"{fence}{space}{plain}{space}{fence}"
