"""The report of a rehearsal as a comment on a pull request."""

from __future__ import annotations

from pulumi_asgardeo_bijira.rehearsal.report import Report, SkippedStep, StepReport


def test_a_comment_shows_each_step_and_what_was_said() -> None:
    """What a program or a platform says can neither end the block that it stands in, nor break the table."""
    preview = StepReport("preview", True, {"create": 4}, {"asgardeo": 0}, warnings=("warning: no role",))
    up = StepReport("up", False, {}, {"asgardeo": 2, "token": 1}, detail="error: refused\n~~~\n# not a heading")
    skipped = SkippedStep("invoke", "the program has no output apiUrl", ("apiUrl",))
    assert Report("built-in", (preview, up), (), (skipped,)).as_markdown().splitlines() == [
        "**Rehearsal: FAILED** (engine: built-in)",
        "",
        "| | step | outcome | requests |",
        "|---|---|---|---|",
        "| ok | preview | 4 create | none |",
        "| **FAIL** | up | - | 2 asgardeo, 1 token |",
        "| skip | invoke | the program has no output apiUrl |  |",
        "",
        "~~~text",
        "preview: warning: no role",
        "up: error: refused",
        "up: ~ ~ ~",
        "up: # not a heading",
        "~~~",
    ]
