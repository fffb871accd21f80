"""A preview warns of settings that are missing or wrong, and fails where the user wants it strict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.programs.stack import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project

PROGRAM = """
import pulumi
import pulumi_asgardeo_bijira as wso2

for name in ("one", "two"):
    wso2.AsgardeoApi(name, identifier=f"urn:{name}")
    wso2.AsgardeoApplication(name)
fed = wso2.Provider("fed", asgardeo={"organization": wso2.AsgardeoApplication("other").client_id})
wso2.AsgardeoRole("unknown", pulumi.ResourceOptions(provider=fed))
"""
LINES = [
    "asgardeo:organization is not set. Set it: pulumi config set asgardeo:organization …, or ASGARDEO_ORGANIZATION=…",
    "asgardeo:clientId is not set (nor is asgardeo:privateKey, asgardeo:privateKeyFile, asgardeo:clientAssertionFile "
    "or asgardeo:accessToken). Set it: pulumi config set asgardeo:clientId …, or ASGARDEO_CLIENT_ID=…",
]


@pytest.fixture
def real(tmp_path: Path, engine: Callable[[Project], Engine], sandbox: Sandbox) -> Stage:
    """A program that no sandbox stands for."""
    stage = Stage(tmp_path, engine, sandbox, ASGARDEO_BIJIRA_SANDBOX="")
    stage.program(PROGRAM)
    return stage


def test_what_is_missing_is_told_once_in_a_run(real: Stage) -> None:
    """Of the platforms that the program has resources of; what is not known yet is not missing."""
    said = real.done("preview").diagnostics
    assert [said.count(f"warning: {line}") for line in LINES] == [1, 1], said
    assert [line for line in said.splitlines() if "is not set" in line and "asgardeo:" not in line] == []
    assert "on the explicit provider" not in said


def test_a_strict_preview_fails(real: Stage) -> None:
    """By the setting or by its variable, with the same lines; a sandbox needs none of it."""
    real.engine.set_config({"asgardeo:strictSettings": "on"}, frozenset())
    failed = real.engine.preview()
    assert not failed.ok
    assert all(line in failed.diagnostics for line in LINES)
    real.environment["ASGARDEO_BIJIRA_SANDBOX"] = real.sandbox.url
    assert "is not set" not in real.done("preview").diagnostics
