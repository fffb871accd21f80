"""The report of a rehearsal as a comment on a pull request, and as a page."""

from __future__ import annotations

from pulumi_asgardeo_bijira.rehearsal import as_page
from pulumi_asgardeo_bijira.rehearsal.report import Report, Sent, SkippedStep, StepReport


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


def test_a_page_shows_each_step_and_request_and_takes_nothing_for_markup() -> None:
    """Whatever a program, a platform or a folder says."""
    sent = (Sent("asgardeo", "GET", "/t/acme/<b>", 404), Sent("token", "POST", "/oauth2/token", 200))
    up = StepReport(
        "up", False, {}, {"asgardeo": 1, "token": 1}, None, "error: <script>alert(1)</script>\n& more", (), 1.256, sent
    )
    skipped = SkippedStep("invoke", "the program has no output apiUrl", ("apiUrl",))
    page = as_page(Report("built-in", (StepReport("preview", True), up), ("API <x>",), (skipped,)), "orders <i>")
    assert "<script" not in page
    assert "<b>" not in page
    for shown in (
        "<title>Rehearsal of orders &lt;i&gt;</title>",
        '<p class="failed">FAILED</p>',
        "<p>2 requests in 1.3 seconds, on the engine built-in.</p>",
        "<tr><td>preview</td><td>ok</td><td>-</td><td>none</td><td>0.00</td></tr>",
        "<tr><td>up</td><td>FAIL</td><td>-</td><td>1 asgardeo, 1 token</td><td>1.26</td></tr>",
        "<tr><td>invoke</td><td>skip</td><td>the program has no output apiUrl</td><td></td><td></td></tr>",
        "<pre>error: &lt;script&gt;alert(1)&lt;/script&gt;\n&amp; more</pre>",
        '<td>asgardeo</td><td>GET /t/acme/&lt;b&gt;</td><td class="number">404</td>',
        "<tr><td>API &lt;x&gt;</td></tr>",
    ):
        assert shown in page
    assert "exchanges" not in str(Report("built-in", (up,), ()).as_json())
