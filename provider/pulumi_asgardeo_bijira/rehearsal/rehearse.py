"""Runs a Pulumi program against a fresh sandbox, from the first preview to the last trace of it."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from asgardeo_bijira_sandbox import Sandbox, Scenario, left_behind
from pydantic import BaseModel

from ..line_log import take
from ..problem_log import PROBLEM_LOG_VARIABLE
from ..settings import Settings, sandbox_environment
from ..transport import ApiProblem, Missing, Problem, within_sandbox
from .engines import Engine, EngineError, OtherStack, Project, Result, engine_for
from .engines.project import ProjectFile
from .hints import scenario_lines
from .report import Report, Sent, SkippedStep, StepReport
from .stack import Configuration
from .ways_in import Person, Way, ways_in

__all__ = ("rehearse", "scenario_for", "stacks_of")

_QUIET = frozenset({"same", "read"})
_OPEN = 200
_UNKNOWN_STACK = re.compile(r'unknown stack "([^"]+)"')
_FOREIGN_STACK = re.compile(r"StackReference \((.+?)\): .*organization name must be 'organization'")
_STAY = "A rehearsal calls no other host: export the `token_endpoint` of the application as tokenEndpoint"


def rehearse(
    directory: Path,
    *,
    configuration: Configuration | None = None,
    scenario: Scenario | None = None,
    engine: str | None = None,
    person: Person | None = None,
    strict: bool = False,
    on_step: Callable[[StepReport | SkippedStep], None] = lambda step: None,
) -> Report:
    """Rehearse the program in a folder that holds a Pulumi.yaml; `on_step` is called with each step as it ends.

    `person` is who signs in where the program's client acts for people. What cannot be tried for want of an output,
    and an organisation that nobody has named, is told of; when `strict`, it fails the rehearsal.
    """
    given = configuration or Configuration()
    _refuse_unstartable(directory)
    with TemporaryDirectory() as folder, Sandbox(scenario_for(directory, given, scenario)) as sandbox:
        problems = Path(folder, "problems.jsonl")
        environment = {**sandbox_environment(sandbox.url), PROBLEM_LOG_VARIABLE: str(problems)}
        project = Project(directory, given.values, given.secret, environment, stacks=stacks_of(scenario))
        with closing(engine_for(project, engine)) as running:
            rehearsal, steps = _Rehearsal(running, sandbox, problems, person or Person(), strict), []
            for step in _measured(rehearsal.steps(), sandbox):
                on_step(step)
                steps.append(step)
            ran = tuple(step for step in steps if isinstance(step, StepReport))
            skipped = tuple(step for step in steps if isinstance(step, SkippedStep))
            return Report(running.name, ran, tuple(rehearsal.left_behind()), skipped)


def _measured(steps: Iterator[StepReport | SkippedStep], sandbox: Sandbox) -> Iterator[StepReport | SkippedStep]:
    """Each step with the time that it took and the requests that were sent meanwhile."""
    began, mark = monotonic(), sandbox.ledger.mark()
    for step in steps:
        if isinstance(step, StepReport):
            sent = (Sent(one.platform, one.method, one.path, one.status) for one in sandbox.ledger.since(mark))
            yield replace(step, seconds=round(monotonic() - began, 3), exchanges=tuple(sent))
        else:
            yield step
        began, mark = monotonic(), sandbox.ledger.mark()


def _refuse_unstartable(directory: Path) -> None:
    """A rehearsal names its interpreter itself, so it would go well where Pulumi finds none for the provider."""
    file = ProjectFile.load(directory)
    if file.runtime == "python" and not file.uses_plugin and (line := file.layout.mismatch()):
        raise EngineError(line)


def stacks_of(scenario: Scenario | None) -> dict[str, OtherStack]:
    """The other stacks that a scenario has."""
    seeds = scenario.stacks if scenario else {}
    return {name: OtherStack(one.outputs, frozenset(one.secret_outputs)) for name, one in seeds.items()}


def _unknown_stacks(said: str) -> Iterable[str]:
    """The stacks that the program refers to and nobody has given; the CLI has other words where it could have none."""
    return dict.fromkeys((*_UNKNOWN_STACK.findall(said), *_FOREIGN_STACK.findall(said)))


def scenario_for(directory: Path, given: Configuration, scenario: Scenario | None = None) -> Scenario:
    """The scenario, or the default one; organisations that it does not name are those that the program is for.

    One that names organisations of Asgardeo has named them all, unless it says itself whether there are others.
    """
    settings = Settings(given.merged(directory), {**os.environ, **sandbox_environment("http://127.0.0.1")})
    found = (scenario or Scenario()).model_copy(deep=True)
    if any("organization" in one.model_fields_set for one in found.asgardeo) and not _says_who_else(found):
        found.open_organizations = False
    try:
        organization, uuid = settings.asgardeo.organization_name, settings.bijira.organization_id
    except Problem:
        return found  # the program's own first use of the settings says it better
    _name(found.asgardeo, "organization", organization)
    _name(found.bijira, "uuid", uuid)
    for one in found.bijira:
        for manager in one.key_managers:
            _name([manager], "asgardeo_organization", organization)
    return found


def _says_who_else(scenario: Scenario) -> bool:
    return "open_organizations" in scenario.model_fields_set


def _name(seeds: Sequence[BaseModel], field: str, value: str | None) -> None:
    """Give the one that has no name this one, unless another has it."""
    if value and value not in (getattr(seed, field) for seed in seeds):
        for seed in seeds:
            if field not in seed.model_fields_set:
                setattr(seed, field, value)


@dataclass
class _Rehearsal:
    """The steps, in order; what makes no sense after a failure is not tried."""

    engine: Engine
    sandbox: Sandbox
    #: Where the run's processes record their problems.
    problems: Path
    person: Person
    strict: bool
    outputs: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._before = self.sandbox.store.snapshot()
        self._named = frozenset(self.sandbox.store.asgardeo)
        self._warned: list[str] = []

    def left_behind(self) -> list[str]:
        """What is on the platforms now and was not at the start, or the other way round."""
        return left_behind(self._before, self.sandbox.store.snapshot())

    def steps(self) -> Iterator[StepReport | SkippedStep]:
        preview = self._run("preview", self.engine.preview)
        yield preview
        if not preview.ok:
            return
        up = self._run("up", self.engine.up)
        yield self._with_strangers(up)
        if up.ok:
            for way in ways_in(self.outputs, self.sandbox, self.person):
                yield self._tried(way)
            yield self._run("up-again", self.engine.up, quiet=True)
            yield self._run("refresh", self.engine.refresh, quiet=True)
        destroy = self._run("destroy", self.engine.destroy)
        left = [f"left behind: {line}" for line in self.left_behind()]
        yield replace(destroy, ok=destroy.ok and not left, detail="\n".join([*destroy.detail.splitlines(), *left]))

    def _with_strangers(self, step: StepReport) -> StepReport:
        """The step, with what it leaves open: whether the organisations exist that only the program names."""
        names = sorted(self.sandbox.store.asgardeo.keys() - self._named)
        if not step.ok or not names:
            return step
        lines = tuple(
            f"the organisation {name} is named by the program alone, which may have mistyped it: rehearse with "
            "--scenario FILE, which lists each that exists as asgardeo: [{organization: …}]"
            for name in names
        )
        if self.strict:
            return replace(step, ok=False, detail="\n".join(lines))
        return replace(step, warnings=(*step.warnings, *(f"warning: {line}" for line in lines)))

    def _run(self, name: str, command: Callable[[], Result], *, quiet: bool = False) -> StepReport:
        mark = self.sandbox.ledger.mark()
        result = command()
        said = self._said(result)
        ok, detail = result.ok, "" if result.ok else "\n".join(said)
        if name == "up":
            self.outputs = result.outputs
        if ok and quiet and result.changes.keys() - _QUIET:
            changed = [
                f"{step.op} {step.urn} ({', '.join(step.diff)})" for step in result.steps if step.op not in _QUIET
            ]
            ok, detail = False, f"nothing should have changed: {'; '.join(changed)}"
        missing = [Missing(**problem["missing"]) for problem in take(self.problems) if "missing" in problem]
        if not ok:
            missing += [Missing("organization", name) for name in self._unknown(mark)]
            missing += [Missing("stack", name) for name in _unknown_stacks(detail)]
            detail = "\n".join([detail, *scenario_lines(missing)])
        return StepReport(
            name, ok, result.changes, self._requests(mark), detail=detail, warnings=self._warnings(said, ok=result.ok)
        )

    def _unknown(self, mark: int) -> list[str]:
        """The organisations of Asgardeo that were asked for and do not exist."""
        asked = {one.path.split("/")[2] for one in self.sandbox.ledger.since(mark) if one.path.startswith("/t/")}
        return sorted(asked - self.sandbox.store.asgardeo.keys())

    def _said(self, result: Result) -> list[str]:
        """What a command said, but for its running in a sandbox."""
        notice = Settings({}, sandbox_environment(self.sandbox.url)).about_sandbox
        return [line for line in result.diagnostics.splitlines() if notice not in line]

    def _warnings(self, said: list[str], *, ok: bool) -> tuple[str, ...]:
        """What a command that went well warns of for the first time."""
        found = [line for line in said if line.startswith("warning: ")] if ok else []
        new = tuple(line for line in dict.fromkeys(found) if line not in self._warned)
        self._warned += new
        return new

    def _tried(self, way: Way) -> StepReport | SkippedStep:
        if way.call is None:
            return SkippedStep(way.name, way.reason, way.lacking, ok=not (self.strict and way.lacking))
        mark = self.sandbox.ledger.mark()
        status, detail = None, ""
        try:
            with within_sandbox(self.sandbox.url, _STAY):
                outcome = way.call()
            status, detail = outcome.status, outcome.complaint
        except ApiProblem as refusal:
            status, detail = refusal.status, str(refusal)
        except Problem as failure:
            detail = str(failure)
        if status != way.due:
            detail = detail or f"the API answered {status} where {way.due} was due"
        elif way.due != _OPEN:
            detail = ""  # the refusal that was due
        return StepReport(way.name, not detail, {}, self._requests(mark), status, detail)

    def _requests(self, mark: int) -> dict[str, int]:
        return {str(platform): count for platform, count in self.sandbox.ledger.counts(mark).items()}
