"""The interpreters of a project in Python: the one that Pulumi runs the program with, and the one of its provider.

They are looked for in two ways. What runs the program takes a relative `virtualenv` from the folder of Pulumi.yaml, and
finds the toolchain, and uv's environment, by the nearest lock above the program. The script that starts the provider of
dynamic resources takes a relative `virtualenv` from the folder of the program, where it expects uv's environment too,
and looks for no lock. So a program may run whose provider does not start.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Interpreter", "Layout", "interpreter_in"]

_LOADS = "from pulumi_asgardeo_bijira.dynamic import load; load('Api')"
_TOOLCHAINS = ("pip", "poetry", "uv")
_LOCKS = {"uv": "uv.lock", "poetry": "poetry.lock"}


@dataclass(frozen=True)
class Interpreter:
    """An interpreter, or the line about why there is none."""

    python: Path | None = None
    problem: str = ""
    #: The environment that would hold it; None where it is the first one on PATH.
    environment: Path | None = None
    #: Whether it is not that nothing has been installed yet: there never will be one.
    never: bool = False

    def reason_against(self, folder: Path) -> str:
        """Why it cannot load the provider when it is started in a folder; empty where it can."""
        try:
            done = subprocess.run(  # noqa: S603  # the project's own interpreter
                [str(self.python), "-c", _LOADS], cwd=folder, capture_output=True, text=True, check=False
            )
        except OSError as problem:
            return str(problem.strerror)
        return (done.stderr.strip().splitlines() or ["no reason given"])[-1] if done.returncode else ""


@dataclass(frozen=True)
class Layout:
    """Where a project has its things."""

    #: Its project file, and the folder in which the program runs.
    file: Path
    program: Path
    #: What the file says under `runtime: options`.
    options: Mapping[str, Any]
    #: The environment in which Pulumi runs.
    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def of_program(self) -> Interpreter:
        """What runs the program."""
        named = self._option("toolchain")
        if named and named not in _TOOLCHAINS:
            return Interpreter(
                problem=f"{self.file}: `toolchain` is {named}; choose one of {', '.join(_TOOLCHAINS)}", never=True
            )
        toolchain = named or next((tool for tool, lock in _LOCKS.items() if _above(self.program, lock)), "pip")
        if toolchain != "pip" and self._on_path(toolchain) is None:
            why = (
                "is its toolchain" if named else f"wrote {_above(self.program, _LOCKS[toolchain])}/{_LOCKS[toolchain]}"
            )
            return Interpreter(
                problem=f"{toolchain} {why}, and is not on PATH, so Pulumi cannot run {self.program}. Install "
                f"{toolchain}, or set `toolchain: pip` and `virtualenv` in {self.file}",
                never=True,
            )
        if (lock := _LOCKS.get(toolchain)) and _above(self.program, lock) is None:
            return Interpreter(problem=f"there is no {lock} in {self.program} or above. Make it: pulumi install")
        if toolchain == "poetry":
            return _of_poetry(self.program, self._path)
        virtualenv = self._option("virtualenv")
        if virtualenv:
            return _in(self.file.parent / virtualenv)
        return _in(self._of_uv()) if toolchain == "uv" else self._first()

    def of_provider(self) -> Interpreter:
        """What the provider of dynamic resources is started with."""
        virtualenv = self._option("virtualenv") or self.variables.get("PULUMI_RUNTIME_VIRTUALENV")
        toolchain = self._option("toolchain") or self.variables.get("PULUMI_RUNTIME_TOOLCHAIN")
        if virtualenv or toolchain == "uv":
            return _in(self.program / (virtualenv or ".venv"))
        return _of_poetry(self.program, self._path) if toolchain == "poetry" else self._first()

    def mismatch(self) -> str:
        """The line about a project whose provider does not start where its program runs, or the other way round; empty
        if both would, or if nothing is installed yet."""
        program, provider = self.of_program(), self.of_provider()
        if program.never:
            return program.problem
        if program.python is None or provider.python is None:
            there, other, what = (program, provider, "provider") if program.python else (provider, program, "program")
            if there.python is None:
                return ""
            if other.environment is None:
                return other.problem
            why = f"takes it from {other.environment}, which {_state(other.environment)}"
        elif program.python == provider.python:
            return ""
        else:  # the CLI makes an empty environment where the program's is missing
            rows = ((program, provider, "provider"), (provider, program, "program"))
            bad = [(row, reason) for row in rows if (reason := row[1].reason_against(self.program))]
            if len(bad) != 1:  # what neither can load is told by whoever loads it
                return ""
            ((there, other, what), reason) = bad[0]
            why = f"takes {other.python}, which cannot load it ({reason})"
        return f"Pulumi cannot start the {what}: it {why}. {self._cure(there)}"

    def to_name(self, environment: Path) -> str:
        """What to write so that Pulumi takes this environment for both."""
        is_beside = self.program == self.file.parent and self.program.is_relative_to(environment.parent)
        path = os.path.relpath(environment, self.program) if is_beside else environment
        return f"`runtime: options: virtualenv: {path}` in {self.file}"

    def _cure(self, there: Interpreter) -> str:
        """How to have Pulumi take for both what one of them has."""
        if there.environment is None:
            return f"Make that environment, or remove `virtualenv` from {self.file}"
        return f"The other one is {there.environment}: set {self.to_name(there.environment)}"

    def _option(self, name: str) -> str:
        value = self.options.get(name)
        return "" if value is None else str(value)

    def _of_uv(self) -> Path:
        """Where uv has the environment of the program."""
        folder = _above(self.program, "uv.lock") or _above(self.program, "pyproject.toml") or self.program
        return folder / (self.variables.get("UV_PROJECT_ENVIRONMENT") or ".venv")

    @property
    def _path(self) -> str:
        return self.variables.get("PATH", os.defpath)

    def _on_path(self, command: str) -> str | None:
        return shutil.which(command, path=self._path)

    def _first(self) -> Interpreter:
        """The one that PATH leads to."""
        command = self.variables.get("PULUMI_PYTHON_CMD") or "python3"
        found = self._on_path(command)
        return Interpreter(Path(found)) if found else Interpreter(problem=f"there is no {command} on PATH. Install it")


def _above(folder: Path, name: str) -> Path | None:
    """The nearest folder, this one or one above, that has such a file."""
    return next((one for one in (folder, *folder.parents) if (one / name).exists()), None)


def _in(environment: Path) -> Interpreter:
    path = Path(os.path.normpath(environment))
    if interpreter_in(path).is_file():
        return Interpreter(interpreter_in(path), environment=path)
    return Interpreter(
        problem=f"{path} {_state(path)}. Make it: pulumi install, or python3 -m venv {path} and install there",
        environment=path,
    )


def interpreter_in(environment: Path) -> Path:
    """Where an environment has its interpreter."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _state(environment: Path) -> str:
    return "is not a virtual environment" if environment.exists() else "does not exist"


@cache
def _of_poetry(folder: Path, path: str) -> Interpreter:
    """The environment that the poetry on a PATH has for a folder."""
    command = shutil.which("poetry", path=path)
    if command is None:
        return Interpreter(problem="there is no poetry on PATH. Install it")
    asking = [command, "env", "info", "--path"]
    done = subprocess.run(asking, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603  # the user's own
    found = done.stdout.strip()
    if done.returncode or not found:
        return Interpreter(problem=f"poetry has no environment for {folder}. Make it: pulumi install")
    return _in(Path(found))
