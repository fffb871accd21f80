"""A sandbox and a real plugin process for each test's resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.support.plugin import Plugin, PluginLife

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asgardeo_bijira_sandbox import Sandbox


@pytest.fixture
def plugin(sandbox: Sandbox) -> Iterator[Plugin]:
    """The plugin's process, which is led to the sandbox."""
    with Plugin({}, {SANDBOX_VARIABLE: sandbox.url}) as running:
        yield running


@pytest.fixture
def life(plugin: Plugin, sandbox: Sandbox) -> Callable[[str], PluginLife]:
    """Starts the life of a resource of a kind."""
    return lambda kind: PluginLife(plugin, kind, sandbox)
