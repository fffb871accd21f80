"""The built-in engine: one stack in memory, and the commands that work on it."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pulumi_asgardeo_bijira import wire
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.children import Child
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.deployment import Deployment, Journal
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.goal import refusal
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.host import Launcher
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.monitor import PARALLEL, Monitor, Server
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.planner import Planner
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.providers import Providers
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.state import STACK_TYPE, Resource, State
from pulumi_asgardeo_bijira.rehearsal.engines.model import EngineError, Result, mask
from pulumi_asgardeo_bijira.rehearsal.engines.project import ProjectFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pulumi_asgardeo_bijira.rehearsal.engines.model import Project

__all__ = ["BuiltInEngine"]

_REPORTED = 32


class BuiltInEngine:
    """A stand-in for the Pulumi CLI that runs dynamic resources and components; its state lives as long as it does."""

    name = "built-in"
    #: How processes are started.
    child: ClassVar[type[Child]] = Child

    def __init__(self, project: Project) -> None:
        self._project = project
        self._state = State()
        self._config: Mapping[str, str] = {}
        self._secret_config: frozenset[str] = frozenset()
        self.set_config(project.config, project.secret_config)
        file = ProjectFile.load(project.directory)
        if file.runtime != "python":
            raise EngineError(
                f"{file.path}: the runtime is {file.runtime}, and the built-in engine runs Python programs with the "
                "classes of pulumi_asgardeo_bijira alone; install the Pulumi CLI to rehearse it"
            )

    def set_config(self, config: Mapping[str, str], secret_config: frozenset[str]) -> None:
        """Replace the configuration from the next command on."""
        self._config, self._secret_config = dict(config), frozenset(secret_config)

    def preview(self, replace: Collection[str] = ()) -> Result:
        """Show what `up` would do."""
        return self._run(replace, preview=True)

    def up(self, replace: Collection[str] = ()) -> Result:
        """Bring everything to what the program declares; replace the resources with these URNs."""
        return self._run(replace, preview=False)

    def refresh(self) -> Result:
        """Read every resource and bring the state in line with it."""
        with self._command() as command:
            command.server.serve()
            command.deployment.refresh()
        return self._finish(command)

    def destroy(self) -> Result:
        """Delete everything that the state owns."""
        with self._command() as command:
            command.server.serve()
            command.deployment.destroy()
        return self._finish(command)

    def taint(self, urn: str) -> None:
        """Have the next `up` replace a resource."""
        marked = [resource for resource in self._state.snapshot() if resource.urn == urn and not resource.delete]
        if not marked:
            raise EngineError(f"there is no resource {urn} in the state")
        for resource in marked:
            resource.tainted = True

    def export(self) -> dict[str, Any]:
        """The deployment: the resources as they are stored, secrets sealed."""
        resources = [resource.exported() for resource in self._state.snapshot()]
        return {"version": 3, "deployment": {"manifest": {}, "resources": resources}}

    def load(self, exported: Mapping[str, Any]) -> None:
        """Store a deployment, with its secrets opened, in place of what there is."""
        self._state = State(Resource.stored(entry) for entry in exported["deployment"].get("resources", []))

    def resources(self) -> list[Resource]:
        """The resources as they are, secrets in their envelopes."""
        return self._state.snapshot()

    def close(self) -> None:
        """Forget the state; processes live no longer than a command."""
        self._state = State()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _file(self) -> ProjectFile:
        return ProjectFile.load(self._project.directory)

    @contextmanager
    def _command(self, *, preview: bool = False) -> Iterator[_Command]:
        """A command on the state, or for a preview on a copy; whatever ends it, what it recorded is kept."""
        state = self._state.copy()
        with _Command(self._project, self._file(), state, self.child, preview=preview) as command:
            try:
                yield command
            finally:
                command.deployment.stopped = True
                command.deployment.settle()
                if not preview:
                    self._state = State(state.snapshot())

    def _run(self, replace: Collection[str], *, preview: bool) -> Result:
        file = self._file()
        self._refuse_patterns(replace)
        config = {**file.defaults, **self._config}
        missing = file.missing(config)
        if missing:
            wanted = ", ".join(f"'{key.removeprefix(file.name + ':')}'" for key in missing)
            noun = "value" if len(missing) == 1 else "values"
            return _failed(f"error: Stack '{self._project.stack}' is missing configuration {noun} {wanted}")
        absent = sorted(set(replace) - {resource.urn for resource in self._state.snapshot()})
        if absent:
            return _failed("\n".join(f"error: Target '{urn}' could not be found in the stack." for urn in absent))
        with self._command(preview=preview) as command:
            sealed = {key: wire.secret(v) if key in self._secret_config else v for key, v in config.items()}
            names = (self._project.stack, file.name)
            report = command.journal.report
            planner = Planner(names, command.state, command.providers, preview=preview, replace=replace, report=report)
            stacks = self._project.stacks
            command.server.serve(Monitor(*names, command.deployment, planner, sealed, stacks))
            code = command.run_program(config, self._secret_config)
            if code == 0 and not command.deployment.stopped:
                command.deployment.delete(planner.deletions())
        return self._finish(command)

    @staticmethod
    def _refuse_patterns(urns: Collection[str]) -> None:
        for urn in urns:
            if "*" in urn:
                raise refusal(f"replacing by the pattern {urn}; name the URNs")

    def _finish(self, command: _Command) -> Result:
        resources = command.state.snapshot()
        if command.journal.refusal is not None:
            raise command.journal.refusal
        stack = next((resource for resource in resources if resource.type == STACK_TYPE), None)
        outputs = wire.without_unknowns(stack.outputs) if stack else {}
        secret_outputs = frozenset(key for key, value in outputs.items() if wire.contains_secret(value))
        if command.deployment.preview:
            outputs = {key: value for key, value in outputs.items() if key not in secret_outputs}
        secrets = [value for key, value in self._config.items() if key in self._secret_config]
        return Result(
            ok=not command.journal.failed,
            changes={op: count for op, count in command.journal.changes.items() if count},
            steps=tuple(command.journal.steps),
            outputs=wire.for_host(outputs),
            secret_outputs=secret_outputs,
            diagnostics=mask("\n".join(command.journal.lines), secrets),
        )


def _failed(text: str) -> Result:
    """The outcome of a command that did not even begin."""
    return Result(False, {}, (), {}, frozenset(), text)


class _Command:
    """One command: its server, its provider hosts and its program, all ended when it ends."""

    def __init__(
        self, project: Project, file: ProjectFile, state: State, child: type[Child], *, preview: bool = False
    ) -> None:
        self._file = file
        self._child = child
        self._stack = project.stack
        self._environment = {
            **os.environ,
            **project.environment,
            "PULUMI_PROJECT": file.name,
            "PULUMI_STACK": project.stack,
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.state = state
        self.journal = Journal()
        self.server = Server(self.journal.log)
        address, on_line = self.server.address, self.journal.output
        launcher = Launcher(file.python, file.directory, self._environment, address, on_line, child)
        self.providers = Providers(launcher, state, self.journal.report)
        self.deployment = Deployment(state, self.providers, self.journal, preview=preview)
        self._ending = ExitStack()

    def __enter__(self) -> Self:
        self._ending.callback(self.providers.close)
        self._ending.callback(self.server.close)
        self._ending.callback(self.providers.disconnect)
        return self

    def __exit__(self, *exception: object) -> None:
        self._ending.close()

    def run_program(self, config: Mapping[str, str], secret_keys: frozenset[str]) -> int:
        """Run the program to its end, and wait for all that it asked for; its exit code."""
        settings = {
            "project": self._file.name,
            "stack": self._stack,
            "organization": "organization",
            "monitor": self.server.address,
            "engine": self.server.address,
            "parallel": PARALLEL,
            "dry_run": self.deployment.preview,
            "root_directory": str(self._file.directory),
        }
        environment = {
            **self._environment,
            "PULUMI_CONFIG": json.dumps(dict(config)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(sorted(secret_keys)),
        }
        entry = "." if self._file.program.is_dir() else self._file.program.name
        arguments = ["program", entry, json.dumps(settings)]
        program = self._child(self._file.python, arguments, self._file.directory, environment, self.journal.output)
        try:
            code = program.wait()
        finally:
            program.close()
            self.deployment.settle()
        if code not in (0, _REPORTED) and not self.deployment.stopped:
            message = f"an unhandled error occurred: program exited with non-zero exit code: {code}"
            self.journal.report("error", "", message)
        self.journal.failed = self.journal.failed or code != 0
        return code
