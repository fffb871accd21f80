"""What a rehearsal found: its steps, what was left behind, and the verdict."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ("Report", "Sent", "SkippedStep", "StepReport")


@dataclass(frozen=True)
class Sent:
    """A request and the status of its answer."""

    platform: str
    method: str
    path: str
    status: int


@dataclass(frozen=True)
class StepReport:
    """One step. `requests` counts what each platform was sent meanwhile, `status` is that of an HTTP answer; `warnings`
    are those that no step before has had, `exchanges` each request in its order."""

    name: str
    ok: bool
    changes: Mapping[str, int] = field(default_factory=dict)
    requests: Mapping[str, int] = field(default_factory=dict)
    status: int | None = None
    detail: str = ""
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    exchanges: tuple[Sent, ...] = ()

    @property
    def outcome(self) -> str:
        """What came of it: the changes, or the status of the answer."""
        changes = ", ".join(f"{count} {op}" for op, count in sorted(self.changes.items()))
        return (changes if self.status is None else f"HTTP {self.status}") or "-"

    @property
    def sent(self) -> str:
        """The requests, by platform."""
        return ", ".join(f"{count} {platform}" for platform, count in self.requests.items() if count) or "none"

    def line(self) -> str:
        """The step as a user reads it."""
        return f"{'ok  ' if self.ok else 'FAIL'} {self.name:<22} {self.outcome:<34} requests: {self.sent}"

    def notes(self) -> list[str]:
        """What there is to say of it besides, line by line."""
        return [*self.warnings, *self.detail.splitlines()]


@dataclass(frozen=True)
class SkippedStep:
    """A step that was left out, and why; `missing` are the outputs that the program would have to export for it, and
    it is not `ok` where these were demanded."""

    name: str
    reason: str
    missing: tuple[str, ...] = ()
    ok: bool = True

    def line(self) -> str:
        """As a user reads it."""
        return f"{'skip' if self.ok else 'FAIL'} {self.name:<22} {self.reason}"

    def notes(self) -> list[str]:
        """Nothing but the reason."""
        return []


@dataclass(frozen=True)
class Report:
    """All steps that ran, and those that were left out."""

    engine: str
    steps: tuple[StepReport, ...]
    left_behind: tuple[str, ...]
    skipped: tuple[SkippedStep, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the program can be trusted with real platforms, as far as a rehearsal can tell."""
        tried, left_out = (step.ok for step in self.steps), (step.ok for step in self.skipped)
        return not self.left_behind and all(tried) and all(left_out)

    @property
    def untried(self) -> tuple[str, ...]:
        """The outputs for want of which a step was left out."""
        return tuple(dict.fromkeys(name for step in self.skipped for name in step.missing))

    @property
    def verdict(self) -> str:
        """As a user reads it; what was not tried is no part of what is well."""
        if not self.ok:
            return "FAILED"
        if self.untried:
            return f"all is well as far as it was tried; export {', '.join(self.untried)} to try the rest"
        return "all is well"

    def as_markdown(self) -> str:
        """The report as a comment on a pull request; what programs and platforms say stands in blocks of code."""
        ran = [("ok" if step.ok else "**FAIL**", step.name, step.outcome, step.sent) for step in self.steps]
        left_out = [("skip" if step.ok else "**FAIL**", step.name, step.reason, "") for step in self.skipped]
        rows = ["| | step | outcome | requests |", "|---|---|---|---|"]
        rows += [f"| {' | '.join(row)} |" for row in (*ran, *left_out)]
        notes = [f"{step.name}: {note}" for step in self.steps for note in step.notes()]
        said = ["", "~~~text", *(note.replace("~~~", "~ ~ ~") for note in notes), "~~~"] if notes else []
        return "\n".join([f"**Rehearsal: {self.verdict}** (engine: {self.engine})", "", *rows, *said])

    def as_json(self) -> dict[str, Any]:
        """The report as one document; what is left behind is counted there, and named in the detail of `destroy`; of
        requests it has the numbers."""
        steps = [{key: one for key, one in asdict(step).items() if key != "exchanges"} for step in self.steps]
        skipped = [asdict(step) for step in self.skipped]
        left = len(self.left_behind)
        return {"engine": self.engine, "steps": steps, "left_behind": left, "ok": self.ok, "skipped": skipped}
