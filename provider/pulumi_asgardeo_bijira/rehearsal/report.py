"""What a rehearsal found: its steps, what was left behind, and the verdict."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ("Report", "SkippedStep", "StepReport")


@dataclass(frozen=True)
class StepReport:
    """One step. `requests` counts what each platform was sent meanwhile, `status` is that of an HTTP answer; `warnings`
    are those that no step before has had."""

    name: str
    ok: bool
    changes: Mapping[str, int] = field(default_factory=dict)
    requests: Mapping[str, int] = field(default_factory=dict)
    status: int | None = None
    detail: str = ""
    warnings: tuple[str, ...] = ()

    def line(self) -> str:
        """The step as a user reads it."""
        changes = ", ".join(f"{count} {op}" for op, count in sorted(self.changes.items()))
        requests = ", ".join(f"{count} {platform}" for platform, count in self.requests.items() if count)
        what = changes if self.status is None else f"HTTP {self.status}"
        return f"{'ok  ' if self.ok else 'FAIL'} {self.name:<22} {what or '-':<34} requests: {requests or 'none'}"


@dataclass(frozen=True)
class SkippedStep:
    """A step that was left out, and why."""

    name: str
    reason: str

    def line(self) -> str:
        """As a user reads it."""
        return f"skip {self.name:<22} {self.reason}"


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
        return not self.left_behind and all(step.ok for step in self.steps)

    def as_json(self) -> dict[str, Any]:
        """The report as one document; what is left behind is counted there, and named in the detail of `destroy`."""
        steps, skipped = ([asdict(step) for step in kind] for kind in (self.steps, self.skipped))
        left = len(self.left_behind)
        return {"engine": self.engine, "steps": steps, "left_behind": left, "ok": self.ok, "skipped": skipped}
