"""The report as one page of HTML: the verdict, each step with its time, and every request that it sent."""

from collections.abc import Iterator
from html import escape

from ..html_page import html_page, table
from .report import Report, SkippedStep, StepReport

__all__ = ("as_page",)


def as_page(report: Report, title: str) -> str:
    """A page that stands by itself. What programs and platforms say is text in it, and no request shows its body."""
    heading = f"Rehearsal of {title}"
    seconds = sum(step.seconds for step in report.steps)
    requests = sum(len(step.exchanges) for step in report.steps)
    verdict = f'<p class="{"ok" if report.ok else "failed"}">{escape(report.verdict)}</p>'
    summary = f"<p>{requests} requests in {seconds:.1f} seconds, on the engine {escape(report.engine)}.</p>"
    head = ("step", "", "outcome", "requests", "seconds")
    rows = [*map(_row, report.steps), *map(_left_out, report.skipped)]
    details = [line for step in report.steps for line in _details(step)]
    body = [f"<h1>{escape(heading)}</h1>", verdict, summary, table(head, rows), *details, *_left_behind(report)]
    return html_page(heading, "\n".join(body))


def _row(step: StepReport) -> tuple[object, ...]:
    return step.name, "ok" if step.ok else "FAIL", step.outcome, step.sent, f"{step.seconds:.2f}"


def _left_out(step: SkippedStep) -> tuple[object, ...]:
    return step.name, "skip" if step.ok else "FAIL", step.reason, "", ""


def _details(step: StepReport) -> Iterator[str]:
    """What is said of a step, and its requests in their order."""
    if not step.exchanges and not step.notes():
        return
    yield f"<h2>{escape(step.name)}</h2>"
    if notes := step.notes():
        yield f"<pre>{escape(chr(10).join(notes))}</pre>"
    if step.exchanges:
        yield table(
            ("", "platform", "request", "status"),
            [
                (number, one.platform, f"{one.method} {one.path}", one.status)
                for number, one in enumerate(step.exchanges, 1)
            ],
        )


def _left_behind(report: Report) -> Iterator[str]:
    if report.left_behind:
        yield "<h2>left behind</h2>"
        yield table(("",), [(line,) for line in report.left_behind])
