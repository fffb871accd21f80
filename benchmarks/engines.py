"""What runs a program: the Pulumi CLI as a user runs it, the built-in engine, or a peer's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pulumi_asgardeo_bijira.rehearsal.engines import Project
from pulumi_asgardeo_bijira.rehearsal.engines.built_in import BuiltInEngine

from benchmarks.programs import write_program

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pulumi_asgardeo_bijira.rehearsal.engines import Engine

__all__ = ("STEPS", "BuiltIn", "CommandLine", "Runner", "Start", "engines", "timed")

#: The life of a stack: each step by its name, the command that it is, and whether the program has an edit by then.
STEPS = (
    ("create", "up", False),
    ("no-op", "up", False),
    ("refresh", "refresh", False),
    ("one change", "up", True),
    ("destroy", "destroy", True),
)


class Runner(Protocol):
    """A stack of many resources of one kind."""

    def write(self, kind: str, size: int, *, changed: bool) -> None:
        """Put the program in place."""

    def run(self, command: str) -> str | None:
        """Run a command; what went wrong, if anything did."""

    def close(self) -> None:
        """Leave nothing behind."""


class Start(Protocol):
    """Begins a stack."""

    def __call__(self, environment: Mapping[str, str], prefix: str = "one") -> Runner:
        """One whose names begin with the prefix."""


class _Stack:
    """A folder with a program."""

    def __init__(self, environment: Mapping[str, str], prefix: str = "one") -> None:
        self._prefix = prefix
        self.folder = Path(tempfile.mkdtemp(prefix="bench-"))
        self.environment = {**os.environ, **environment}
        (self.folder / "Pulumi.yaml").write_text("name: bench\nruntime: python\n")

    def write(self, kind: str, size: int, *, changed: bool) -> None:
        """Put the program in place."""
        write_program(self.folder, kind, size, changed=changed, prefix=self._prefix)

    def close(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder)


class CommandLine(_Stack):
    """The CLI on PATH, its back end a folder."""

    #: Options of every command that runs the program.
    options: tuple[str, ...] = ()

    def __init__(self, environment: Mapping[str, str], prefix: str = "one") -> None:
        super().__init__(environment, prefix)
        (self.folder / "state").mkdir()
        self.environment |= {
            "PULUMI_BACKEND_URL": (self.folder / "state").as_uri(),
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_CONFIG_PASSPHRASE": "bench",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_PYTHON_CMD": sys.executable,
        }
        failed = self._pulumi("stack", "init", "bench")
        assert failed is None, failed

    def run(self, command: str) -> str | None:
        """Run a command."""
        return self._pulumi(command, "--yes", "--skip-preview", "--stack", "bench", *self.options)

    def _pulumi(self, *arguments: str) -> str | None:
        command = ["pulumi", *arguments, "--non-interactive"]
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        return None if done.returncode == 0 else done.stdout + done.stderr


class BuiltIn(_Stack):
    """The engine that a rehearsal has where there is no CLI."""

    @staticmethod
    def engine(project: Project) -> Engine:
        """The engine for a project."""
        return BuiltInEngine(project)

    def __init__(self, environment: Mapping[str, str], prefix: str = "one") -> None:
        super().__init__(environment, prefix)
        self._engine = self.engine(Project(self.folder, environment=self.environment))

    def run(self, command: str) -> str | None:
        """Run a command."""
        result = getattr(self._engine, command)()
        return None if result.ok else str(result.diagnostics)


def engines() -> dict[str, Start]:
    """Those of this machine, by name, the best first."""
    found: dict[str, Start] = {"built-in": BuiltIn}
    return {"pulumi": CommandLine, **found} if shutil.which("pulumi") else found


def timed(action: Callable[[str], str | None], command: str) -> tuple[float, str | None]:
    """The seconds that a command takes, and what it returns."""
    began = time.perf_counter()
    returned = action(command)
    return time.perf_counter() - began, returned
