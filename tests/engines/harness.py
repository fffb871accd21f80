"""One engine at work on one program, with its back end in sight."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.engines import make_project, write_program

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project, Result

__all__ = ["FileBackend", "Harness"]

_PROVIDER = Path(__file__).with_name("programs") / "file_backend.py"
_PRELUDE = "import pulumi\nfrom pulumi import ResourceOptions\nfrom file_backend import Found, Group, Tenant, Thing\n\n"


@dataclass(frozen=True)
class FileBackend:
    """The back end of files, seen from outside."""

    folder: Path

    def objects(self) -> dict[str, dict[str, Any]]:
        """What exists, by id."""
        return {path.stem: json.loads(path.read_text()) for path in sorted(self.folder.glob("*-*.json"))}

    def change(self, id_: str, **properties: Any) -> None:
        """Change an object behind the engine's back."""
        path = self.folder / f"{id_}.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), **properties}, sort_keys=True))

    def put(self, id_: str, **properties: Any) -> None:
        """Make an object that no engine knows."""
        (self.folder / f"{id_}.json").write_text(json.dumps(properties, sort_keys=True))

    def remove(self, id_: str) -> None:
        """Delete an object behind the engine's back."""
        (self.folder / f"{id_}.json").unlink()

    def fail(self, **faults: str) -> None:
        """Make calls fail from now on, `create_a="no luck"`; without arguments none does any more."""
        spoken = {key.replace("_", " ", 1): reason for key, reason in faults.items()}
        (self.folder / "faults.json").write_text(json.dumps(spoken))

    def calls(self) -> list[dict[str, Any]]:
        """The calls of the host since the last time."""
        path = self.folder / "calls"
        lines = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return [json.loads(line) for line in lines]


@dataclass
class Harness:
    """A project with a back end, and the engine that runs it."""

    folder: Path
    start: Callable[[Project], Engine]
    config: Mapping[str, str] = field(default_factory=dict)
    secret_config: frozenset[str] = frozenset()
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.backend = FileBackend(self.folder / "backend")
        self.backend.folder.mkdir(parents=True)
        self.project = make_project(
            self.folder / "project",
            _PRELUDE,
            config=self.config,
            secret_config=self.secret_config,
            environment={"FILE_BACKEND": str(self.backend.folder)},
            settings=self.settings,
        )
        shutil.copy(_PROVIDER, self.project.directory)
        self.engine = self.start(self.project)

    def write(self, program: str) -> None:
        """Replace the program."""
        write_program(self.project.directory, _PRELUDE + program)

    def run(self, command: str, program: str | None = None, replace: Sequence[str] = ()) -> Result:
        """Run a command, with another program if one is given; resources of these names are to be replaced."""
        if program is not None:
            self.write(program)
        options = {"replace": [self.urn(name) for name in replace]} if replace else {}
        result: Result = getattr(self.engine, command)(**options)
        return result

    @staticmethod
    def urn(name: str) -> str:
        """The URN of a thing that has no parent."""
        return f"urn:pulumi:rehearsal::trial::pulumi-python:dynamic/files:Thing::{name}"

    def resources(self) -> dict[str, dict[str, Any]]:
        """The exported state by resource name; a later entry of the same name wins."""
        exported = self.engine.export()["deployment"].get("resources", [])
        return {resource["urn"].split("::")[-1]: resource for resource in exported}
