"""Projects for engines to run, and which engines this machine has."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from pulumi_asgardeo_bijira.rehearsal.engines import Project, available, engine_for
from pulumi_asgardeo_bijira.rehearsal.engines.built_in import BuiltInEngine
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.children import Child, Process

from tests.support.forking import ForkedPython

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pulumi_asgardeo_bijira.rehearsal.engines import Engine

__all__ = ["ABSENT", "available", "engine_of", "engines", "make_project", "write_program"]

ABSENT = "there is no `pulumi` on PATH"


def engines() -> list[str]:
    """The engines that this machine has, as parameters of a fixture."""
    return list(available())


class _ForkedChild(Child):
    """A child that is forked where it has this interpreter."""

    @staticmethod
    def start(command: list[str], directory: Path, environment: dict[str, str]) -> Process:
        """Start its process."""
        if command[0] != sys.executable:
            return Child.start(command, directory, environment)
        return ForkedPython(command[command.index("-P") + 1 :], environment, directory)


class _ForkingEngine(BuiltInEngine):
    child = _ForkedChild


def engine_of(project: Project, kind: str) -> Engine:
    """An engine of a kind for tests, which start so many that the built-in one forks its processes."""
    return _ForkingEngine(project) if kind == "built-in" else engine_for(project, kind)


def make_project(
    folder: Path,
    program: str,
    *,
    config: Mapping[str, str] | None = None,
    secret_config: frozenset[str] = frozenset(),
    environment: Mapping[str, str] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Project:
    """A Pulumi project in the folder: Pulumi.yaml (with further settings, if any) and the program."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Pulumi.yaml").write_text(json.dumps({"name": "trial", "runtime": "python", **(settings or {})}))
    write_program(folder, program)
    return Project(folder, config or {}, secret_config, environment or {})


def write_program(folder: Path, program: str) -> None:
    """Replace the program."""
    (folder / "__main__.py").write_text(program)
