"""Programs of other languages against a sandbox, where there is a CLI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugin_programs.stage import PluginStage
from tests.support.cli import need

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox


@pytest.fixture
def stage(tmp_path: Path, sandbox: Sandbox, record_property: Callable[[str, object], None]) -> PluginStage:
    """A program in YAML that can be rewritten, the CLI, the platforms that it changes."""
    need("pulumi", "pulumi-language-yaml")
    record_property("engine", "pulumi, with the plugin")
    return PluginStage(tmp_path, sandbox)
