"""The management scopes that a program takes: it is previewed against a sandbox, and each of its resources and look-ups
says which it needs. No platform is asked anything."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from asgardeo_bijira_sandbox import Sandbox

from ..line_log import take
from ..scope_log import SCOPE_LOG_VARIABLE
from ..settings import sandbox_environment
from .engines import EngineError, Project, engine_for
from .engines.project import ProjectFile
from .rehearse import scenario_for
from .stack import Configuration

__all__ = ("ProgramScopes", "scopes_of")

#: The scopes of a platform, each with the resources and look-ups that take it.
NeededBy = Mapping[str, tuple[str, ...]]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class ProgramScopes:
    """What a program takes, as far as a preview shows it."""

    asgardeo: NeededBy = field(default_factory=dict)
    bijira: NeededBy = field(default_factory=dict)
    #: Why the preview came to no end; empty where it did.
    failure: str = ""
    #: The look-ups that found nothing in the sandbox.
    unanswered: tuple[str, ...] = ()
    #: What an explicit provider leads to another place than the stack's settings: it is not among the above.
    elsewhere: tuple[str, ...] = ()

    @property
    def seen(self) -> bool:
        """Whether anything was seen, or there is nothing to see."""
        return not self.failure or bool(self.asgardeo or self.bijira)

    def of(self, platform: str) -> NeededBy:
        """Those of one platform."""
        return self.asgardeo if platform == "asgardeo" else self.bijira


def scopes_of(directory: Path, given: Configuration) -> ProgramScopes:
    """Preview the program in a folder that holds a Pulumi.yaml."""
    with TemporaryDirectory() as folder, Sandbox(scenario_for(directory, given)) as sandbox:
        log = Path(folder, "scopes.jsonl")
        environment = {**sandbox_environment(sandbox.url), SCOPE_LOG_VARIABLE: str(log)}
        failure = _preview(Project(directory, given.values, given.secret, environment))
        rows = take(log)
    here = [row for row in rows if not row["elsewhere"]]
    unanswered = _names(row for row in rows if not row["found"])
    return ProgramScopes(
        _needed(here, "asgardeo"),
        _needed(here, "bijira"),
        failure,
        unanswered,
        _names(row for row in rows if row["elsewhere"]),
    )


def _names(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(sorted({str(row["who"]) for row in rows}))


def _needed(rows: list[Row], platform: str) -> NeededBy:
    mine = [row for row in rows if row["platform"] == platform]
    scopes = sorted({scope for row in mine for scope in row["scopes"]})
    return {scope: _names(row for row in mine if scope in row["scopes"]) for scope in scopes}


def _preview(project: Project) -> str:
    """Why the program cannot be previewed; empty where it can."""
    file = ProjectFile.load(project.directory)
    program = file.program
    if file.runtime == "python" and program.is_dir() and not (program / "__main__.py").is_file():
        return f"there is no __main__.py in {program}"
    try:
        with closing(engine_for(project)) as engine:
            result = engine.preview()
    except EngineError as refusal:
        return str(refusal)
    return "" if result.ok else result.reason
