"""The ways to install the plugin that the documentation names, each followed to a preview."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.plugin_programs.stage import PLUGIN
from tests.support.cli import need, pulumi
from tools.plugin_archive import archive

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
#: What a checkout has that the plugin is installed from.
SOURCES = ("plugin", "provider", "LICENSE", "README.md", "pyproject.toml")
PROGRAM = """
name: trial
runtime: yaml
config:
  asgardeo-bijira:asgardeoOrganization: acme
resources:
  orders:
    type: asgardeo-bijira:AsgardeoApi
    properties:
      identifier: https://api.example.com/orders
"""


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., str]:
    """The CLI on a project, which finds no plugin but the one that is installed."""
    need("pulumi", "pulumi-language-yaml", "pulumi-language-python")
    index = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(tmp_path), "semver"]
    if subprocess.run(index, capture_output=True, check=False).returncode:
        pytest.skip("there is no package index")
    home, project = tmp_path / "home", tmp_path / "project"
    for folder in (home, project):
        folder.mkdir()
    (project / "Pulumi.yaml").write_text(PROGRAM)
    path = os.pathsep.join(one for one in os.environ["PATH"].split(os.pathsep) if Path(one) != PLUGIN.parent)
    return lambda *arguments: pulumi(home, project, *arguments, environment={"PATH": path})


def previewed(run: Callable[..., str]) -> bool:
    """Whether the plugin has been found, and says what it would make."""
    run("stack", "init", "dev")
    return "asgardeo-bijira:index:AsgardeoApi orders create" in run("preview")


def test_from_a_folder(run: Callable[..., str], tmp_path: Path) -> None:
    """A checkout of the repository."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns(".venv", "__pycache__"))
        else:
            shutil.copy(ROOT / name, checkout)
    run("package", "add", "../checkout/plugin")
    assert previewed(run)


def test_from_an_archive(run: Callable[..., str], tmp_path: Path) -> None:
    """Which names the hash of everything that is installed: pip takes nothing else then."""
    run("plugin", "install", "resource", "asgardeo-bijira", "0.1.0", "--file", str(archive(tmp_path)))
    assert previewed(run)


def test_an_archive_names_a_version_and_a_hash_of_everything_and_no_address(tmp_path: Path) -> None:
    """Of the package itself, too, which it holds; and what only tests need is not among it."""
    with tarfile.open(archive(tmp_path)) as found:
        files = {one.name: found.extractfile(one).read() for one in found.getmembers()}  # type: ignore[union-attr]  # they are files
    (wheel,) = (name for name in files if name.endswith(".whl"))
    assert files.keys() == {"PulumiPlugin.yaml", "__main__.py", "requirements.txt", wheel}
    lines = files["requirements.txt"].decode().replace("\\\n", "").splitlines()
    assert lines[0] == f"./{wheel}[private-key] --hash=sha256:{hashlib.sha256(files[wheel]).hexdigest()}"
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+ (; .+ )?( *--hash=sha256:[0-9a-f]{64})+ *", line) for line in lines[1:])
    names = {line.partition("==")[0] for line in lines}
    assert {"httpx", "joserfc", "pulumi", "pydantic-core"} <= names
    assert not {"pytest", "starlette", "typer"} & names


def test_from_path(tmp_path: Path) -> None:
    """With the package in a virtual environment; the plugin's executable tells the CLI what SDKs are made from."""
    need("pulumi", "pulumi-language-yaml")
    home, project = tmp_path / "home", tmp_path / "project"
    for folder in (home, project):
        folder.mkdir()
    (project / "Pulumi.yaml").write_text(PROGRAM)
    path = os.pathsep.join((str(PLUGIN.parent), os.environ["PATH"]))

    def run(*arguments: str) -> str:
        return pulumi(home, project, *arguments, environment={"PATH": path})

    run("package", "add", str(PLUGIN))
    assert previewed(run)
