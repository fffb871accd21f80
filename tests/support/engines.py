"""Projects for engines to run, and which engines this machine has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pulumi_asgardeo_bijira.rehearsal.engines import Project, available, engine_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["ABSENT", "available", "engine_for", "engines", "make_project", "write_program"]

ABSENT = "there is no `pulumi` on PATH"


def engines() -> list[str]:
    """The engines that this machine has, as parameters of a fixture."""
    return list(available())


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
