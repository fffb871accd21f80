"""Programs against a sandbox, on every engine of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.programs.stack import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project


@pytest.fixture
def stage(tmp_path: Path, engine: Callable[[Project], Engine], sandbox: Sandbox) -> Stage:
    """A program that can be rewritten, an engine that runs it, the platforms that it changes."""
    return Stage(tmp_path, engine, sandbox)


@pytest.fixture
def self_hosted(tmp_path: Path, engine: Callable[[Project], Engine], sandbox: Sandbox) -> Stage:
    """The same on a self-hosted API Manager, where key managers can be made."""
    return Stage(tmp_path, engine, sandbox, BIJIRA_BASE_URL="https://apim.example.com/api/am/devportal/v3")
