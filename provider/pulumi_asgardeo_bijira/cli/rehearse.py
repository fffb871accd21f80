"""`rehearse`: prints each step as it ends, then the verdict."""

import json
from pathlib import Path

from asgardeo_bijira_sandbox import load_scenario

from ..rehearsal import Configuration, Person, SkippedStep, StepReport, as_page, rehearse
from ..transport import InvalidInput

__all__ = ("print_rehearsal",)


def print_rehearsal(
    directory: Path,
    config: list[str],
    stack: str | None,
    scenario: Path | None,
    engine: str | None,
    person: Person,
    *,
    strict: bool,
    as_json: bool,
    as_markdown: bool,
    html: Path | None = None,
) -> int:
    """Rehearse, and say by the exit code whether all was well."""
    if html is not None and not html.resolve().parent.is_dir():
        raise InvalidInput("is in a folder that is not there", subject=f"--html {html}", action="Make the folder first")
    report = rehearse(
        directory.resolve(),
        configuration=Configuration.read(directory.resolve(), stack, config),
        scenario=load_scenario(scenario) if scenario else None,
        engine=engine,
        person=person,
        strict=strict,
        on_step=(lambda step: None) if as_json or as_markdown else _print_step,
    )
    if html is not None:
        html.write_text(as_page(report, directory.resolve().name), encoding="utf-8")
    if as_json:
        print(json.dumps(report.as_json(), indent=2))
    elif as_markdown:
        print(report.as_markdown())
    else:
        print(f"{report.verdict} (engine: {report.engine})")
    return 0 if report.ok else 1


def _print_step(step: StepReport | SkippedStep) -> None:
    print(step.line(), flush=True)
    for line in step.notes():
        print(f"     {line}", flush=True)
