"""The Pulumi CLI as an engine: driven by the Automation API, offline, on a backend and in a home of its own."""

from __future__ import annotations

import os
import re
import shutil
import sysconfig
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import yaml
from pulumi import automation
from pulumi.automation import errors

from pulumi_asgardeo_bijira.rehearsal.engines.languages import refuse_unready
from pulumi_asgardeo_bijira.rehearsal.engines.model import EngineError, Result, Step, mask, render, without_interrupts
from pulumi_asgardeo_bijira.rehearsal.engines.other_stacks import make_stacks, store
from pulumi_asgardeo_bijira.rehearsal.engines.project import ProjectFile, mapping_in
from pulumi_asgardeo_bijira.wire import SIGNATURE, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pulumi.automation import EngineEvent
    from pulumi.automation.events import StepEventMetadata

    from pulumi_asgardeo_bijira.rehearsal.engines.model import Project

__all__ = ["PulumiEngine", "installed"]

_MARKUP = re.compile(r"<\{%.*?%\}>")
_STACK_TYPE = "pulumi:pulumi:Stack"
_DEFAULT_PROVIDER = re.compile(r".*::pulumi:providers:[^:]+::default(_\d+_\d+_\d+\S*)?")
#: Whoever has the plugin on PATH is told so by each of its processes.
_FOUND_ON_PATH = re.compile(r"using pulumi-\S+ from \$PATH at ")
_PLUGIN = "asgardeo-bijira"
_SEVERITIES = {"info": "info", "info#err": "info", "warning": "warning", "error": "error"}


def installed() -> bool:
    """Whether there is a Pulumi CLI on PATH."""
    return shutil.which("pulumi") is not None


class PulumiEngine:
    """Runs the project with the CLI on PATH, from a temporary project that points at the user's program."""

    def __init__(self, project: Project) -> None:
        if not installed():
            raise EngineError("there is no `pulumi` on PATH; install the Pulumi CLI or use the built-in engine")
        self._project = project
        self._file = ProjectFile.load(project.directory)
        refuse_unready(self._file)
        self._folder = Path(tempfile.mkdtemp(prefix="rehearsal-"))
        self._set: dict[str, str] = {}
        self._secrets: list[str] = []
        self._write_project()
        self._stack = self._make_stack()
        self.name = f"pulumi {self._stack.workspace.pulumi_version}"
        self.set_config(project.config, project.secret_config)

    def _make_stack(self) -> automation.Stack:
        (self._folder / "backend").mkdir()
        options = automation.LocalWorkspaceOptions(
            env_vars=self._variables(), pulumi_home=str(self._folder / "home"), secrets_provider="passphrase"
        )
        make_stacks(self._project.stacks, self._file.name, options)
        work = str(self._folder / "project")
        return automation.create_or_select_stack(self._project.stack, work_dir=work, opts=options)

    def _variables(self) -> dict[str, str]:
        """The environment of a command: the project's as it is now, and what keeps the CLI to itself. The plugin is
        found at last where this package is installed."""
        given = self._project.environment
        python = {"PULUMI_PYTHON_CMD": str(self._file.python)} if self._file.runtime == "python" else {}
        return {
            **given,
            **python,
            "PATH": os.pathsep.join((given.get("PATH", os.environ.get("PATH", "")), sysconfig.get_path("scripts"))),
            "PULUMI_BACKEND_URL": (self._folder / "backend").as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "rehearsal",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def _write_project(self) -> None:
        """The user's project file with absolute paths, in a folder of our own."""
        file = self._file
        settings = {**file.settings, "main": str(file.program)}
        if file.runtime == "python":
            options = dict(_options(file.settings.get("runtime")))
            options.pop("toolchain", None)
            options.pop("virtualenv", None)
            if file.environment is not None:
                options["virtualenv"] = str(file.environment)
            settings["runtime"] = {"name": "python", "options": options}
        packages = mapping_in(file.path, file.settings, "packages")
        settings["packages"] = {
            name: _resolved(file.path.parent, package) for name, package in packages.items() if name != _PLUGIN
        }
        settings.pop("backend", None)
        settings.pop("stackConfigDir", None)
        folder = self._folder / "project"
        folder.mkdir(exist_ok=True)
        (folder / "Pulumi.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")

    def set_config(self, config: Mapping[str, str], secret_config: frozenset[str]) -> None:
        """Replace the configuration from the next command on."""
        gone = [key for key in self._set if key not in config]
        if gone:
            self._stack.remove_all_config(gone)
        if config:
            values = {key: automation.ConfigValue(value, secret=key in secret_config) for key, value in config.items()}
            self._stack.set_all_config(values)
        self._set = dict(config)
        self._secrets = [config[key] for key in secret_config if key in config]

    def preview(self, replace: Collection[str] = ()) -> Result:
        """Show what `up` would do."""
        return self._run(
            _Events(previewing=True), lambda on_event: self._stack.preview(replace=list(replace), on_event=on_event)
        )

    def up(self, replace: Collection[str] = ()) -> Result:
        """Bring everything to what the program declares; replace the resources with these URNs."""
        return self._run(_Events(), lambda on_event: self._stack.up(replace=list(replace), on_event=on_event))

    def refresh(self) -> Result:
        """Read every resource and bring the state in line with it."""
        return self._run(_Events(after=True), lambda on_event: self._stack.refresh(on_event=on_event))

    def destroy(self) -> Result:
        """Delete everything that the state owns."""
        return self._run(_Events(), lambda on_event: self._stack.destroy(on_event=on_event))

    def taint(self, urn: str) -> None:
        """Have the next `up` replace a resource."""
        exported = self._stack.export_stack()
        resources = (exported.deployment or {}).get("resources", [])
        marked = [entry for entry in resources if entry["urn"] == urn and not entry.get("delete")]
        if not marked:
            raise EngineError(f"there is no resource {urn} in the state")
        for entry in marked:
            entry["taint"] = True
        self._stack.import_stack(exported)

    def _run(self, events: _Events, command: Callable[[Callable[[EngineEvent], None]], object]) -> Result:
        self._file = ProjectFile.load(self._project.directory)
        self._write_project()
        self._stack.workspace.env_vars = self._variables()
        done: object = None
        ok = True
        try:
            with ThreadPoolExecutor(1) as worker:  # who interrupts waits: the CLI ends its plugins, unless cut off
                done = worker.submit(command, events.handle).result()
        except errors.CommandError as error:
            ok = False
            if not events.failed:
                events.lines.append(_error_stream(str(error)))
        outputs, secret = events.outputs or self._outputs(done)
        text = mask("\n".join(without_interrupts(events.lines)), self._secrets)
        return Result(ok, dict(events.changes), tuple(events.steps), outputs, secret, text)

    def _outputs(self, done: object) -> tuple[dict[str, Any], frozenset[str]]:
        """The stack's outputs; asked for only where the command's own answer does not hold them."""
        if isinstance(done, automation.DestroyResult):
            return {}, frozenset()
        found = done.outputs if isinstance(done, automation.UpResult) else self._stack.outputs()
        return {key: output.value for key, output in found.items()}, frozenset(k for k, o in found.items() if o.secret)

    def export(self) -> dict[str, Any]:
        """The deployment: the resources as they are stored, secrets sealed."""
        exported = self._stack.export_stack()
        return {"version": exported.version, "deployment": _sealed(dict(exported.deployment or {}))}

    def load(self, exported: Mapping[str, Any]) -> None:
        """Store a deployment, with its secrets opened, in place of what there is; they are sealed with our own salt."""
        store(self._stack, exported["version"], exported["deployment"])

    def close(self) -> None:
        """Forget the state."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class _Events:
    """Turns the CLI's event stream into steps, counts and diagnostics. `after`: steps are told once they are done."""

    def __init__(self, *, after: bool = False, previewing: bool = False) -> None:
        self.steps: list[Step] = []
        self.changes: dict[str, int] = {}
        self.lines: list[str] = []
        self.failed = False
        self.outputs: tuple[dict[str, Any], frozenset[str]] | None = ({}, frozenset()) if previewing else None
        self._after = after

    def handle(self, event: EngineEvent) -> None:
        """Take one event."""
        told = event.res_outputs_event if self._after else event.resource_pre_event
        if event.res_outputs_event is not None and self.outputs is not None:
            self._expect_outputs(event.res_outputs_event.metadata)
        if told is not None and not _DEFAULT_PROVIDER.fullmatch(told.metadata.urn):
            self.steps.append(_step(told.metadata))
        if event.summary_event is not None:
            self.changes = {str(getattr(op, "value", op)): n for op, n in event.summary_event.resource_changes.items()}
        said = event.diagnostic_event
        if said is None or _FOUND_ON_PATH.match(_MARKUP.sub("", said.message)):
            return
        if said.severity in _SEVERITIES and not said.ephemeral:
            severity = _SEVERITIES[said.severity]
            self.failed = self.failed or severity == "error"
            self.lines.append(render(severity, said.urn or "", _MARKUP.sub("", said.message)))

    def _expect_outputs(self, metadata: StepEventMetadata) -> None:
        """Keep what a preview says about the stack's outputs."""
        if metadata.type == _STACK_TYPE and metadata.new is not None:
            outputs = dict(metadata.new.outputs or {})
            secret = frozenset(key for key, value in outputs.items() if _contains(value, SIGNATURE))
            known = {k: v for k, v in outputs.items() if k not in secret and not _contains(v, UNKNOWN)}
            self.outputs = (known, secret)


def _contains(value: Any, mark: str) -> bool:
    """Whether a mark of the protocol is somewhere inside a value, as a key or as a value."""
    if isinstance(value, dict):
        return mark in value or any(_contains(item, mark) for item in value.values())
    return any(_contains(item, mark) for item in value) if isinstance(value, list) else value == mark


def _sealed(value: Any) -> Any:
    """An exported value with its secrets, which the Automation API opens, hidden again."""
    if isinstance(value, dict) and "plaintext" in value and SIGNATURE in value:
        return {SIGNATURE: value[SIGNATURE], "ciphertext": "[sealed]"}
    if isinstance(value, dict):
        return {key: _sealed(item) for key, item in value.items()}
    return [_sealed(item) for item in value] if isinstance(value, list) else value


def _step(metadata: StepEventMetadata) -> Step:
    op = str(getattr(metadata.op, "value", metadata.op))
    diff = tuple(metadata.detailed_diff or metadata.diffs or ())
    return Step(op, metadata.urn, metadata.type, diff, tuple(metadata.keys or ()))


def _options(runtime: Any) -> Mapping[str, Any]:
    options = runtime.get("options") if isinstance(runtime, dict) else None
    return options if isinstance(options, dict) else {}


def _resolved(folder: Path, package: Any) -> Any:
    """A package of the project's, one in a folder with an absolute path."""
    if isinstance(package, dict) and "source" in package:
        return {**package, "source": _resolved(folder, package["source"])}
    is_path = isinstance(package, str) and package.startswith((".", "/"))
    return str((folder / package).resolve()) if is_path else package


def _error_stream(text: str) -> str:
    """What the CLI wrote on its error stream."""
    return text.partition("stderr:")[2].strip() or text
