"""The real Pulumi CLI with a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.engines import ABSENT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ("need", "npm_install", "of_its_own", "pulumi")

#: What npm says where it reaches no registry.
_UNREACHABLE = ("EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "ENOTFOUND", "ETIMEDOUT")


def need(*programs: str) -> None:
    """Skip the test where one of these is not there."""
    for program in programs:
        if not shutil.which(program):
            pytest.skip(ABSENT if program == "pulumi" else f"there is no `{program}` on PATH")


def of_its_own(home: Path) -> dict[str, str]:
    """The variables by which it keeps all that it writes in a folder, and asks nobody anything."""
    return {
        "PULUMI_BACKEND_URL": home.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "",
        "PULUMI_HOME": str(home),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }


def pulumi(home: Path, folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """Run it to its end, which must be a good one, and return what it printed."""
    done = subprocess.run(
        ["pulumi", *arguments],  # noqa: S607  # the one on PATH
        cwd=folder,
        env={**os.environ, **of_its_own(home), **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def npm_install(folder: Path) -> None:
    """Install what the package in a folder depends on; where no registry is reached, skip the test."""
    options = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--prefer-offline")
    done = subprocess.run(
        ["npm", "install", *options],  # noqa: S607  # the one on PATH
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if any(code in done.stderr for code in _UNREACHABLE):
        pytest.skip("npm reaches no registry")
    assert done.returncode == 0, done.stderr
