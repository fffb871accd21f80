"""A stack of a program in YAML, on the real CLI, which finds the plugin on PATH as `pip install` leaves it."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pulumi_asgardeo_bijira.settings import sandbox_environment

from tests.support.cli import pulumi

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

__all__ = ("PLUGIN", "YamlStack")

Program = dict[str, Any]

#: The plugin's executable.
PLUGIN = Path(sys.executable).with_name("pulumi-resource-asgardeo-bijira")


@dataclass
class YamlStack:
    """A project, its one stack, and the commands on it."""

    folder: Path
    sandbox: Sandbox
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.folder / "project").mkdir(parents=True)
        self.write({})
        self.run("stack", "init", "trial")

    def write(self, program: Program) -> None:
        """Make this the program."""
        project = {"name": "trial", "runtime": "yaml", **program}
        (self.folder / "project" / "Pulumi.yaml").write_text(json.dumps(project), encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """Run a command, which must succeed, and return what it printed."""
        environment = {
            "PATH": f"{PLUGIN.parent}{os.pathsep}{os.environ['PATH']}",
            **sandbox_environment(self.sandbox.url),
            **self.environment,
        }
        return pulumi(
            self.folder / "home",
            self.folder / "project",
            *arguments,
            "--non-interactive",
            environment=environment,
        )

    def preview(self) -> dict[str, list[str]]:
        """What `up` would do, by the names of the resources, each with the paths of what changes in it."""
        steps = json.loads(self.run("preview", "--json"))["steps"]
        return {
            f"{step['op']} {step['urn'].rpartition('::')[2]}": sorted(step.get("detailedDiff") or ())
            for step in steps
            if step["op"] != "same" and not step["urn"].endswith("pulumi:pulumi:Stack::trial-trial")
        }

    def up(self) -> None:
        """Bring everything to what the program declares."""
        self.run("up", "--yes", "--skip-preview")

    def refresh(self, *arguments: str) -> str:
        """See what has become of everything."""
        return self.run("refresh", "--yes", "--skip-preview", *arguments)

    def destroy(self) -> None:
        """Delete everything that the stack has."""
        self.run("destroy", "--yes", "--skip-preview")

    def resources(self) -> dict[str, Any]:
        """What the state has of each custom resource, by its name."""
        found = json.loads(self.run("stack", "export"))["deployment"]["resources"]
        return {one["urn"].rpartition("::")[2]: one for one in found if one["custom"]}
