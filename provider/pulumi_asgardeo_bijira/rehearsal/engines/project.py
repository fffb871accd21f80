"""Reads Pulumi.yaml: the project's name, its language, its program and the defaults of its configuration."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox.files import NotYaml, read_yaml

from pulumi_asgardeo_bijira.rehearsal.engines.interpreters import Interpreter, Layout, interpreter_in
from pulumi_asgardeo_bijira.rehearsal.engines.model import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_asgardeo_bijira.rehearsal.engines.model import Project

__all__ = ["ProjectFile", "as_text", "mapping_in", "yaml_in"]

_NAMES = ("Pulumi.yaml", "Pulumi.yml")


@dataclass(frozen=True)
class ProjectFile:
    """What a project file says, resolved to absolute paths."""

    path: Path
    name: str
    runtime: str
    settings: Mapping[str, Any]
    program: Path
    options: Mapping[str, Any]
    defaults: Mapping[str, str]
    required: frozenset[str]

    @classmethod
    def load(cls, directory: Path) -> ProjectFile:
        """Read the project file in a folder."""
        path = next((directory / name for name in _NAMES if (directory / name).is_file()), None)
        if path is None:
            raise EngineError(f"there is no Pulumi.yaml in {directory}; name the folder of a Pulumi project")
        settings = yaml_in(path)
        if not isinstance(settings, dict) or not isinstance(settings.get("name"), str) or not settings["name"]:
            raise EngineError(f"{path} has no `name`; give the project one")
        name, (runtime, options) = settings["name"], _runtime(path, settings.get("runtime"))
        main = settings.get("main") or "."
        program = (directory / str(main)).resolve()
        if not isinstance(main, str) or not os.path.exists(program):
            raise EngineError(f"{path}: `main` names {program}, which does not exist")
        defaults, required = _config(name, mapping_in(path, settings, "config"))
        found = cls(path.resolve(), name, runtime, settings, program, options, defaults, required)
        if runtime == "python":
            _ = found.environment  # which is to be one
        return found

    @property
    def directory(self) -> Path:
        """The folder in which the program runs."""
        return self.program if self.program.is_dir() else self.program.parent

    @property
    def layout(self) -> Layout:
        """Where Pulumi looks for the interpreters of a program in Python."""
        return Layout(self.path, self.directory, self.options)

    @property
    def environment(self) -> Path | None:
        """The virtual environment of a program in Python if it exists, else that of the running interpreter, if it is
        in one: where nothing is installed yet, a program can be rehearsed all the same."""
        found = self.layout.of_program() if self.runtime == "python" else Interpreter()
        if found.environment is not None and found.python is None and found.environment.is_dir():
            raise EngineError(
                f"{found.environment} is not a virtual environment; make it again or correct `virtualenv`"
            )
        if found.environment is not None and found.python is not None:
            return found.environment
        return Path(sys.prefix) if sys.prefix != sys.base_prefix else None

    @property
    def python(self) -> Path:
        """The interpreter of a program in Python, and of what serves one in another language."""
        environment = self.environment
        return interpreter_in(environment) if environment else Path(sys.executable)

    @property
    def uses_plugin(self) -> bool:
        """Whether its resources are the plugin's: only Python has classes that need none."""
        packages = self.settings.get("packages")
        return self.runtime != "python" or (isinstance(packages, dict) and "asgardeo-bijira" in packages)

    def config(self, project: Project) -> dict[str, str]:
        """The configuration of a run: what the project was given, above the defaults of its file."""
        return {**self.defaults, **project.config}

    def missing(self, config: Mapping[str, str]) -> list[str]:
        """The keys that the file demands and nobody set."""
        return sorted(self.required - config.keys())


def _runtime(path: Path, runtime: Any) -> tuple[str, Mapping[str, Any]]:
    name = runtime.get("name") if isinstance(runtime, dict) else runtime
    if not isinstance(name, str) or not name:
        raise EngineError(f"{path} has no `runtime`; name the language of the program, for example python or yaml")
    options = runtime.get("options") if isinstance(runtime, dict) else None
    return name, options if isinstance(options, dict) else {}


def _config(project: str, declared: Mapping[str, Any]) -> tuple[dict[str, str], frozenset[str]]:
    """The defaults, and the keys that have none but must be set."""
    defaults: dict[str, str] = {}
    required = set()
    for key, entry in declared.items():
        full = key if ":" in key else f"{project}:{key}"
        value = entry.get("value", entry.get("default")) if isinstance(entry, dict) else entry
        if value is not None:
            defaults[full] = as_text(value)
        elif isinstance(entry, dict) and "type" in entry:
            required.add(full)
    return defaults, frozenset(required)


def yaml_in(path: Path) -> Any:
    """What a file says, which must be YAML."""
    try:
        return read_yaml(path)
    except NotYaml as problem:
        raise EngineError(f"{path} is not valid YAML: {problem}") from None


def mapping_in(path: Path, settings: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The mapping under a key of a file's, each of whose keys is text; empty where there is none."""
    found = settings.get(key)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise EngineError(f"{path}: `{key}` must be a mapping")
    strange = next((one for one in found if not isinstance(one, str)), "")
    if not isinstance(strange, str):
        raise EngineError(f"{path}: `{key}` has the key {strange}, which is not text. Put it in quotes")
    return found


def as_text(value: Any) -> str:
    """A value of the configuration as the engine keeps it: text as it is, everything else as JSON; a day is text."""
    if isinstance(value, str | date):
        return str(value)
    return json.dumps(value, separators=(",", ":"), default=str)
