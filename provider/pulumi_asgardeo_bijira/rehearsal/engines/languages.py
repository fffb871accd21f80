"""What the CLI needs to run a program of a language: its host, what runs it, and what the program depends on.

It would say so itself, at the end of many lines, and after it has tried for a while.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.rehearsal.engines.model import EngineError
from pulumi_asgardeo_bijira.rehearsal.engines.project import mapping_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_asgardeo_bijira.rehearsal.engines.project import ProjectFile

__all__ = ["refuse_unready"]

#: What runs the programs of a language, beside the CLI's own host of it; Python's is found by the project.
_RUNNERS = {"nodejs": "node", "go": "go", "dotnet": "dotnet", "java": "java"}
#: What the CLI writes for Python where `packages` names the plugin.
_SDK = "asgardeo_bijira"
#: A module of Go's that lies in a folder: `replace name => ./sdks/name`.
_REPLACED = re.compile(r"=>\s*(\.{1,2}/\S+)")


def refuse_unready(file: ProjectFile) -> None:
    """Say in one line what is missing, if anything is, and where it comes from."""
    runtime, host = file.runtime, f"pulumi-language-{file.runtime}"
    if not _is_installed(host):
        raise EngineError(
            f"the program is written for {runtime}, and there is no {host} beside `pulumi` or on PATH; install the "
            f"Pulumi CLI whole, or correct `runtime` in {file.path}"
        )
    runner = _RUNNERS.get(runtime, "")
    if runner and shutil.which(runner) is None:
        raise EngineError(f"the program is written for {runtime}, and there is no `{runner}` on PATH; install it")
    for missing in _missing(file):
        raise EngineError(
            f"{missing} is not installed; run `pulumi install` in {file.path.parent}, then rehearse again"
        )


def _is_installed(host: str) -> bool:
    beside = Path(os.path.realpath(shutil.which("pulumi") or "")).parent
    return shutil.which(host) is not None or shutil.which(host, path=str(beside)) is not None


def _missing(file: ProjectFile) -> Iterator[str]:
    """What the program depends on and is not there."""
    folder = file.directory
    if file.runtime == "nodejs":
        places = [place / "node_modules" for place in (folder, *folder.parents)]
        yield from (name for name in _dependencies(folder) if not any((place / name).exists() for place in places))
    elif file.runtime == "python" and "asgardeo-bijira" in mapping_in(file.path, file.settings, "packages"):
        looking = [str(file.python), "-c", f"import importlib.util as i; exit(i.find_spec('{_SDK}') is None)"]
        yield from [_SDK] if subprocess.run(looking, cwd=folder, check=False).returncode else []  # noqa: S603  # the project's own interpreter
    elif file.runtime == "go" and (folder / "go.mod").is_file():
        modules = _REPLACED.findall((folder / "go.mod").read_text(encoding="utf-8"))
        yield from (path for path in modules if not (folder / path).is_dir())


def _dependencies(folder: Path) -> list[str]:
    """What `package.json` names; one that cannot be read is told of by Node."""
    path = next((one / "package.json" for one in (folder, *folder.parents) if (one / "package.json").is_file()), None)
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path else {}
    except ValueError:
        return []
    named = found.get("dependencies") if isinstance(found, dict) else None
    return list(named) if isinstance(named, dict) else []
