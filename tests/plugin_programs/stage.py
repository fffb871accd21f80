"""A program of any language on the real Pulumi CLI, the plugin that it finds on PATH, the sandbox that it changes."""

from __future__ import annotations

import json
import os
import shutil
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pulumi import automation
from pulumi.automation import errors
from pulumi_asgardeo_bijira.rehearsal.engines.model import Result
from pulumi_asgardeo_bijira.rehearsal.engines.real import _error_stream, _Events
from pulumi_asgardeo_bijira.settings import sandbox_environment

from tests.programs.stack import Stage
from tests.support.cli import need, pulumi
from tests.support.engines import write_program

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asgardeo_bijira_sandbox import Sandbox

__all__ = ("PLUGIN", "PluginStage", "Pulumi")

#: The plugin's executable.
PLUGIN = Path(sys.executable).with_name("pulumi-resource-asgardeo-bijira")


class Pulumi:
    """The CLI on a project, with a home and a backend of its own: so it knows no schema of another version."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.project, self.home = folder / "project", folder / "home"
        self.project.mkdir()
        self.environment = {
            "PATH": os.pathsep.join((str(PLUGIN.parent), os.environ["PATH"])),
            "PULUMI_BACKEND_URL": self.home.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "trial",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_HOME": str(self.home),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            **environment,
        }

    @cached_property
    def stack(self) -> automation.Stack:
        """The stack, made when there is a program."""
        self.home.mkdir(exist_ok=True)
        options = automation.LocalWorkspaceOptions(env_vars=self.environment, secrets_provider="passphrase")
        return automation.create_or_select_stack("dev", work_dir=str(self.project), opts=options)

    def preview(self, **options: Any) -> Result:
        """Show what `up` would do."""
        return self._run("preview", options, _Events(previewing=True))

    def up(self, **options: Any) -> Result:
        """Bring everything to what the program declares."""
        return self._run("up", options, _Events())

    def refresh(self, **options: Any) -> Result:
        """Read every resource."""
        return self._run("refresh", options, _Events(after=True))

    def destroy(self, **options: Any) -> Result:
        """Delete everything."""
        return self._run("destroy", options, _Events())

    def run(self, *arguments: str) -> str:
        """Any other command, which must succeed: what it prints."""
        where = ("--cwd", str(self.project), "--non-interactive")
        return pulumi(self.home, self.project, *arguments, *where, environment=self.stack.workspace.env_vars)

    def _run(self, command: str, options: Mapping[str, Any], events: _Events) -> Result:
        done, ok = None, True
        try:
            done = getattr(self.stack, command)(on_event=events.handle, **options)
        except errors.CommandError as error:
            ok = False
            events.lines += [] if events.failed else [_error_stream(str(error))]
        found = done.outputs if isinstance(done, automation.UpResult) else {}
        outputs = {name: output.value for name, output in found.items()} or (events.outputs or ({}, ()))[0]
        secret = frozenset(name for name, output in found.items() if output.secret)
        return Result(ok, dict(events.changes), tuple(events.steps), outputs, secret, "\n".join(events.lines))

    def export(self) -> dict[str, Any]:
        """The deployment."""
        exported = self.stack.export_stack()
        return {"version": exported.version, "deployment": dict(exported.deployment or {})}


class PluginStage(Stage):
    """Runs commands and looks at what became of them."""

    types = "asgardeo-bijira:"

    def __init__(self, folder: Path, sandbox: Sandbox, **environment: str) -> None:
        self.sandbox = sandbox
        self.before = sandbox.store.snapshot()
        self.environment = {**sandbox_environment(sandbox.url), **environment}
        self.engine: Any = Pulumi(folder, self.environment)

    def program(self, text: str) -> None:
        """Replace the program, one in YAML without the head of its file."""
        (self.engine.project / "Pulumi.yaml").write_text(f"name: trial\nruntime: yaml\n{text}")

    def dynamic(self, text: str) -> None:
        """Replace the program, one in Python with the dynamic classes."""
        need("pulumi-language-python")
        project = {"name": "trial", "runtime": {"name": "python", "options": {"virtualenv": sys.prefix}}}
        (self.engine.project / "Pulumi.yaml").write_text(json.dumps(project))
        write_program(self.engine.project, text)

    def copy(self, folder: Path) -> None:
        """Take a whole project."""
        shutil.copytree(folder, self.engine.project, dirs_exist_ok=True)

    def refused(self, command: str, **options: Any) -> str:
        """What a user reads of a command that fails."""
        result = getattr(self.engine, command)(**options)
        assert not result.ok
        return str(result.diagnostics)
