"""Every generated file, in its final form, and which of those that are there is stale."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tools.locked import constraints

from . import ROOT
from .classes import class_files
from .exports import exports
from .model import package
from .new_objects import new_documents
from .objects import object_files
from .reference import reference_pages
from .scenario import SCHEMA_PATH, scenario_schema
from .schema import schema
from .texts import GENERATED

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ("ROOT", "generated", "left_over", "stale", "write")


_PACKAGE = "provider/pulumi_asgardeo_bijira"


def generated() -> dict[str, str]:
    """The text of each generated file by its path below the repository."""
    found = package()
    sources = {f"sdk/{path}": text for path, text in (*object_files(found), *class_files(found))}
    sources["__init__.py"] = exports(found)
    files = {f"{_PACKAGE}/{path}": _formatted(path, text) for path, text in sources.items()}
    files[f"{_PACKAGE}/serving/schema.json"] = schema(found)
    files[f"{_PACKAGE}/resources/new.json"] = new_documents()
    files["plugin/constraints.txt"] = constraints()
    files[SCHEMA_PATH] = scenario_schema()
    return files | {f"docs/reference/{name}": page for name, page in reference_pages(found)}


def stale() -> list[str]:
    """The paths whose file is not what the declarations say, or is of nothing that they still say."""
    files = generated()
    return [*(path for path, text in files.items() if _text_of(path) != text), *left_over(files)]


def left_over(files: Mapping[str, str]) -> list[str]:
    """The paths of files that were generated once, and are no more."""
    there = [*(ROOT / _PACKAGE / "sdk").glob("*.py"), *(ROOT / "docs/reference").glob("*.md")]
    paths = {path.relative_to(ROOT).as_posix() for path in there if GENERATED in path.read_text(encoding="utf-8")}
    return sorted(paths - files.keys())


def write(files: Mapping[str, str]) -> None:
    """Put every file where it belongs, and remove what is of nothing."""
    for path in left_over(files):
        (ROOT / path).unlink()
    for path, text in files.items():
        target = ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if _text_of(path) != text:
            target.write_text(text, encoding="utf-8")


def _text_of(path: str) -> str | None:
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _formatted(path: str, text: str) -> str:
    """As ruff leaves it: needless imports away, the others in order, lines of the project's length."""
    ruff = [sys.executable, "-m", "ruff"]
    name = ["--stdin-filename", str(ROOT / _PACKAGE / path)]
    for command in (["check", "--select", "F401,I,RUF022", "--fix", "--quiet", "--exit-zero"], ["format", "--quiet"]):
        done = subprocess.run([*ruff, *command, *name, "-"], input=text, capture_output=True, text=True, check=True)
        text = done.stdout
    return text
