"""A Pulumi program on an engine, with the sandbox that it changes in sight."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox import Sandbox, left_behind
from pulumi_asgardeo_bijira.settings import sandbox_environment

from tests.support.engines import make_project, write_program

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project, Result

__all__ = ("Stage",)

_ALL_OF_A_CLASS = """
import json, pathlib
import pulumi_asgardeo_bijira as wso2

for name, inputs in json.loads({declared!r}).items():
    getattr(wso2, {cls!r})(name, **inputs)
"""
QUIET = {"same", "read"}


class Stage:
    """Runs commands and looks at what became of them."""

    #: What the types of its resources begin with.
    types = "pulumi-python:"

    def __init__(
        self,
        folder: Path,
        start: Callable[[Project], Engine],
        sandbox: Sandbox,
        config: Mapping[str, str] | None = None,
        /,
        **environment: str,
    ) -> None:
        self.sandbox = sandbox
        self.before = sandbox.store.snapshot()
        self.environment = {**sandbox_environment(sandbox.url), **environment}
        self.project = make_project(folder / "project", "", config=config, environment=self.environment)
        self.engine = start(self.project)

    def program(self, text: str) -> None:
        """Replace the program."""
        write_program(self.project.directory, text)

    def declare(self, cls: str, declared: dict[str, dict[str, Any]]) -> None:
        """A program that declares resources of one class."""
        self.program(_ALL_OF_A_CLASS.format(declared=json.dumps(declared), cls=cls))

    def done(self, command: str) -> Result:
        """Run a command that must succeed."""
        result: Result = getattr(self.engine, command)()
        assert result.ok, result.diagnostics
        return result

    def refusal_of(self, look_up: str) -> str:
        """What a preview says that fails by this look-up."""
        self.program(f"import pulumi\nimport pulumi_asgardeo_bijira as wso2\npulumi.export('x', wso2.{look_up}.id)\n")
        failed = self.engine.preview()
        assert not failed.ok
        return failed.diagnostics

    def ops(self, command: str) -> dict[str, str]:
        """What a command does with each resource, by its name."""
        steps = self.done(command).steps
        return {step.urn.split("::")[-1]: step.op for step in steps if step.type.startswith(self.types)}

    def up(self) -> dict[str, str]:
        """Bring it up; after that there is nothing more to do, before and after a refresh."""
        ops = self.ops("up")
        self.settled()
        return ops

    def settled(self) -> None:
        """A second run is empty and sends nothing; a refresh is quiet, and so is what follows."""
        mark = self.sandbox.ledger.mark()
        again = self.done("up")
        assert set(again.changes) <= QUIET, [step for step in again.steps if step.op not in QUIET]
        assert self.sandbox.ledger.mark() == mark
        refreshed = self.done("refresh")
        assert set(refreshed.changes) <= QUIET, [step for step in refreshed.steps if step.op not in QUIET]
        preview = self.done("preview")
        assert set(preview.changes) <= QUIET, [step for step in preview.steps if step.op not in QUIET]

    def gone(self) -> None:
        """Destroy it; nothing is left."""
        self.done("destroy")
        assert left_behind(self.before, self.sandbox.store.snapshot()) == []

    def resources(self) -> dict[str, dict[str, Any]]:
        """The state's entries by resource name."""
        exported = self.engine.export()["deployment"].get("resources", [])
        return {entry["urn"].split("::")[-1]: entry for entry in exported}
