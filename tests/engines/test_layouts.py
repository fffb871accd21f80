"""Project layouts in which Pulumi starts the program and not the provider, or neither: they are told of beforehand.

Where the CLI is on PATH, each row is previewed by it as well: what is said to fail fails, with its own words.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.rehearsal.engines import available
from pulumi_asgardeo_bijira.rehearsal.engines.interpreters import Layout
from pulumi_asgardeo_bijira.rehearsal.engines.project import ProjectFile

from tests.support.command import command

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAM = "import pulumi_asgardeo_bijira as wso2\nwso2.AsgardeoApi('orders', identifier='urn:orders')\n"
#: What Pulumi asks of uv where no `pyproject.toml` is to be synchronized, and of poetry.
UV = "#!/bin/sh\necho uv 0.9.0\n"
POETRY = '#!/bin/sh\ncase "$1" in env) echo {}/.venv;; *) echo "Poetry (version 2.1.0)";; esac\n'


@dataclass(frozen=True)
class Row:
    """A layout in the folder of a repository, with a virtual environment and a project."""

    #: The project's folder, and where the environment is.
    project: str = "."
    environment: str = ".venv"
    main: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    tools: tuple[str, ...] = ()
    lock: str = ""
    #: An environment with nothing in it, as the CLI makes where there is none.
    empty: str = ""
    #: What is said of it, with `{root}` for the repository; nothing where it works.
    line: str = ""
    #: The option that cures it.
    cure: str = ""


ROWS = {
    "virtualenv": Row(options={"virtualenv": ".venv"}),
    "virtualenv, main": Row(
        options={"virtualenv": ".venv"},
        main="src/",
        line="Pulumi cannot start the provider: it takes it from {root}/src/.venv, which does not exist. The other one "
        "is {root}/.venv: set `runtime: options: virtualenv: {root}/.venv` in {root}/Pulumi.yaml",
        cure="{root}/.venv",
    ),
    "virtualenv, main is a file": Row(
        options={"virtualenv": ".venv"}, main="src/__main__.py", line="{root}/src/.venv, which does not exist"
    ),
    "virtualenv by the program's folder, main": Row(
        options={"virtualenv": "../.venv"},
        main="src/",
        line="Pulumi cannot start the program: it takes it from {parent}/.venv, which does not exist",
        cure="{root}/.venv",
    ),
    "virtualenv by the program's folder, main, tried once": Row(
        options={"virtualenv": "../.venv"},
        main="src/",
        empty="../.venv",
        line="the program: it takes {parent}/.venv/bin/python, which cannot load it (ModuleNotFoundError",
        cure="{root}/.venv",
    ),
    "absolute virtualenv, main": Row(options={"virtualenv": "{root}/.venv"}, main="src/"),
    "virtualenv above": Row("apps/shop", options={"virtualenv": "../../.venv"}),
    "uv": Row(options={"toolchain": "uv"}, tools=("uv",), lock="uv.lock"),
    "uv without a lock": Row(options={"toolchain": "uv"}, tools=("uv",), line="there is no uv.lock in {root} or above"),
    "uv, environment above": Row(
        "apps/shop",
        options={"toolchain": "uv"},
        tools=("uv",),
        lock="uv.lock",
        line="it takes it from {root}/apps/shop/.venv, which does not exist. The other one is {root}/.venv: set "
        "`runtime: options: virtualenv: ../../.venv` in {root}/apps/shop/Pulumi.yaml",
        cure="../../.venv",
    ),
    "uv by its lock alone": Row(
        tools=("uv",), lock="uv.lock", line="python3, which cannot load it (ModuleNotFoundError", cure=".venv"
    ),
    "uv is not there": Row(
        options={"toolchain": "uv"},
        line="uv is its toolchain, and is not on PATH, so Pulumi cannot run {root}. Install uv, or set `toolchain: pip",
    ),
    "poetry": Row(options={"toolchain": "poetry"}, tools=("poetry",), lock="poetry.lock"),
    "poetry is not there": Row(lock="poetry.lock", line="poetry wrote {root}/poetry.lock, and is not on PATH"),
    "no such toolchain": Row(options={"toolchain": "pdm"}, line="`toolchain` is pdm; choose one of pip, poetry, uv"),
}


class Repository:
    """A row's layout on disk."""

    def __init__(self, root: Path, row: Row) -> None:
        self.root, self.row = root, row
        self.folder = root / row.project
        program = self.folder / (row.main if row.main.endswith("/") else ".")
        for folder in (program, self.folder / "src", root / "bin"):
            folder.mkdir(parents=True, exist_ok=True)
        for file in {program / "__main__.py", self.folder / "src/__main__.py"}:
            file.write_text(PROGRAM)
        venv.create(root / row.environment, symlinks=True)
        if row.empty:
            venv.create(root / row.empty, symlinks=True)
        packages = next((root / row.environment / "lib").glob("python3*")) / "site-packages"
        (packages / "shared.pth").write_text(
            "\n".join(str(path) for path in (Path(sys.prefix) / "lib").glob("python3*/site-packages"))
            + f"\n{Path(__file__).parents[2] / 'provider'}\n"
        )
        for tool, text in (("uv", UV), ("poetry", POETRY.format(root))):
            if tool in row.tools:
                (root / "bin" / tool).write_text(text)
                (root / "bin" / tool).chmod(0o755)
        (root / "bin" / "python3").symlink_to(getattr(sys, "_base_executable", sys.executable))
        for program_ in ("sh", "pulumi"):
            if path := shutil.which(program_):
                (root / "bin" / program_).symlink_to(os.path.realpath(path))
        if row.lock:
            (root / row.lock).write_text("")
        self.write(row.options)

    def write(self, options: Mapping[str, Any]) -> None:
        """The project file with these options."""
        runtime = {"name": "python", "options": {key: self.text(value) for key, value in options.items()}}
        main = {"main": self.row.main} if self.row.main else {}
        (self.folder / "Pulumi.yaml").write_text(json.dumps({"name": "theirs", "runtime": runtime, **main}))

    def text(self, template: str) -> str:
        """A text of a row's."""
        return template.format(root=self.root, parent=self.root.parent)

    @property
    def environment(self) -> dict[str, str]:
        """With nothing on PATH but what the row has."""
        return {"PATH": str(self.root / "bin"), "PULUMI_PYTHON_CMD": "", "UV_PROJECT_ENVIRONMENT": ""}

    def said(self) -> str:
        """What is said of it."""
        file = ProjectFile.load(self.folder)
        return Layout(file.path, file.directory, file.options, self.environment).mismatch()

    def previewed(self) -> str:
        """What is wrong with it by the CLI, where there is one; nothing where it works."""
        if "pulumi" not in available():
            return ""
        home = self.root / "home"
        home.mkdir(exist_ok=True)
        settings = {
            **os.environ,
            **self.environment,
            "PULUMI_BACKEND_URL": f"file://{home}",
            "PULUMI_HOME": str(home),
            "PULUMI_CONFIG_PASSPHRASE": "",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }
        for arguments in (["stack", "select", "--create", "dev"], ["preview", "--non-interactive"]):
            done = subprocess.run(
                ["pulumi", *arguments],  # noqa: S607  # the one on PATH
                cwd=self.folder,
                env=settings,
                capture_output=True,
                text=True,
                check=False,
            )
        return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.parametrize("name", ROWS)
def test_a_layout_is_judged_as_pulumi_does(name: str, tmp_path: Path) -> None:
    """And the cure that is named cures it."""
    row = ROWS[name]
    repository = Repository(tmp_path.resolve() / "repository", row)
    if not row.line:
        assert (repository.said(), repository.previewed()) == ("", "")
        return
    assert repository.text(row.line) in repository.said()
    if "pulumi" in available():
        assert "error: " in repository.previewed()
    if row.cure:
        repository.write({**row.options, "virtualenv": row.cure})
        assert repository.text(row.cure) in str(ProjectFile.load(repository.folder).options)
        assert (repository.said(), repository.previewed()) == ("", "")


@pytest.mark.parametrize("arguments", [("doctor",), *(("rehearse", "--engine", engine) for engine in available())])
def test_what_pulumi_cannot_start_is_no_success(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Neither by doctor nor by a rehearsal, which names its interpreter itself and would go well."""
    row = ROWS["virtualenv, main"]
    repository = Repository(tmp_path.resolve() / "repository", row)
    done = command(*arguments, str(repository.folder), environment=repository.environment)
    assert done.returncode == 1
    assert repository.text(row.line) in done.stdout + done.stderr
