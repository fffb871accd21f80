"""A program's resources as they would be: it is brought up in a sandbox of its own, and its state is looked at."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asgardeo_bijira_sandbox import Sandbox, Scenario

from ..settings import Settings, sandbox_environment
from .engines import EngineError, Project, engine_for
from .rehearse import scenario_for, stacks_of
from .stack import Configuration

__all__ = ("Deployed", "deployed")


@dataclass(frozen=True)
class Deployed:
    """The state's resources, and the settings that lead to the sandbox where they are."""

    resources: list[Mapping[str, Any]]
    settings: Settings


@contextmanager
def deployed(
    directory: Path, given: Configuration, scenario: Scenario | None = None, engine: str | None = None
) -> Iterator[Deployed]:
    """Bring up the program in a folder that holds a Pulumi.yaml; everything inside finds the sandbox still there."""
    with Sandbox(scenario_for(directory, given, scenario)) as sandbox:
        environment = sandbox_environment(sandbox.url)
        project = Project(directory, given.values, given.secret, environment, stacks=stacks_of(scenario))
        with closing(engine_for(project, engine)) as running:
            result = running.up()
            if not result.ok:
                said = result.reason.removeprefix("error: ")
                raise EngineError(
                    f"the program does not come up in a sandbox: {said} (asgardeo-bijira rehearse says more; "
                    "--scenario FILE names what has to be there before)"
                )
            resources = list(running.export()["deployment"].get("resources", []))
        yield Deployed(resources, Settings(given.merged(directory), {**os.environ, **environment}))
