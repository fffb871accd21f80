"""The examples as they lie there: each is rehearsed on every engine, and what else one of them has is run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from asgardeo_bijira_sandbox import Sandbox, load_scenario
from pulumi_asgardeo_bijira.rehearsal import Configuration, rehearse
from pulumi_asgardeo_bijira.settings import SETTING_GROUPS, sandbox_environment

from tests.support.cli import need, of_its_own, pulumi

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[2] / "examples"
TEMPLATE = EXAMPLES.parent / "template"
#: Those that are tried here, and by which ways each one's API is called.
WAYS = {
    "existing_tenant": {"invoke", "invoke-without-token"},
    "promotion": {"invoke", "invoke-without-token"},
    "rotation": set(),
    "secured_api": {"invoke", "invoke-without-token"},
    "self_hosted": {"invoke", "invoke-without-token"},
    "spa": {"invoke-as-user", "invoke-without-token"},
    "two_tenants": set(),
    "unit_test": set(),
}
#: Those with the plugin, and the guide for people in a file of its own.
ELSEWHERE = {"people", "python", "typescript", "yaml"}


@pytest.fixture
def example(tmp_path: Path) -> Callable[[str], Path]:
    """Copies an example, and puts the environment of these tests where the example has its own."""

    def copy(name: str) -> Path:
        folder = tmp_path / name
        shutil.copytree(EXAMPLES / name, folder, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        (folder / ".venv").symlink_to(sys.prefix)
        return folder

    return copy


def test_every_example_is_tried() -> None:
    """And is named in the list of them."""
    there = {folder.name for folder in EXAMPLES.iterdir() if (folder / "Pulumi.yaml").exists()}
    assert there == set(WAYS) | ELSEWHERE
    page = (EXAMPLES / "README.md").read_text()
    assert [name for name in there if f"[{name}](" not in page] == []


@pytest.mark.parametrize("name", WAYS)
def test_an_example_rehearses(
    example: Callable[[str], Path], name: str, engine_kind: str, record_property: Callable[[str, object], None]
) -> None:
    """With its own scenario, and configured as its first stack."""
    folder = example(name)
    stack = "dev" if (folder / "Pulumi.dev.yaml").exists() else None
    scenario = folder / "scenario.yaml"
    report = rehearse(
        folder,
        configuration=Configuration.read(folder, stack, []),
        scenario=load_scenario(scenario) if scenario.exists() else None,
        engine=engine_kind,
    )
    record_property("engine", report.engine)
    assert report.ok, report
    assert {step.name for step in report.steps if step.status} == WAYS[name]


def test_a_new_project_rehearses(
    tmp_path: Path, engine_kind: str, record_property: Callable[[str, object], None]
) -> None:
    """What `pulumi new` makes of the template; where there is no CLI, what it would make."""
    folder = tmp_path / "shop"
    if engine_kind == "pulumi":
        folder.mkdir()
        pulumi(tmp_path, folder, "new", str(TEMPLATE), "--name", "shop", "--yes", "--generate-only")
    else:
        shutil.copytree(TEMPLATE, folder)
        for file in (folder / "Pulumi.yaml", folder / "__main__.py"):
            file.write_text(file.read_text().replace("${PROJECT}", "shop").replace("${DESCRIPTION}", "A shop"))
    (folder / ".venv").symlink_to(sys.prefix)
    report = rehearse(folder, engine=engine_kind)
    record_property("engine", report.engine)
    assert report.ok, report
    assert {step.name for step in report.steps if step.status} == {"invoke", "invoke-without-token"}


def test_the_template_asks_for_settings_that_there_are() -> None:
    """And for the secret ones as such."""
    asked = yaml.safe_load((TEMPLATE / "Pulumi.yaml").read_text())["template"]["config"]
    secret = {group.key(name): name in group.secret_names() for group in SETTING_GROUPS for name in group.names()}
    assert {key: "secret" in one for key, one in asked.items()} == {key: secret[key] for key in asked}


def test_the_promotion_goes_from_stage_to_stage(
    example: Callable[[str], Path], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Each has objects of its own: in Asgardeo by organisation, in Bijira by name."""
    need("pulumi")
    record_property("engine", "pulumi, by the Automation API")
    folder = example("promotion")
    with Sandbox(load_scenario(folder / "scenario.yaml")) as sandbox:
        own = {**of_its_own(tmp_path), **sandbox_environment(sandbox.url), "GATEWAY": sandbox.url}
        environment = {**os.environ, **own}
        command = [sys.executable, "promote.py"]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        said = [line for line in done.stdout.splitlines() if "the API answers" in line]
        assert said == [f"{stage}: the API answers 200" for stage in ("dev", "stage", "prod")]
        applications = next(iter(sandbox.store.bijira.values())).applications.values()
        assert sorted(one.name for one in applications) == [f"orders-{x}-client" for x in ("dev", "prod", "stage")]


def test_the_unit_test_tests(example: Callable[[str], Path]) -> None:
    """It is green as it is, and red where the program breaks the rule."""
    folder = example("unit_test")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "test_clients.py"]

    def outcome() -> str:
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout

    assert "1 passed" in outcome()
    clients = folder / "clients.py"
    clients.write_text(clients.read_text().replace("expiry_in_seconds=900", "expiry_in_seconds=86400"))
    assert "1 failed" in outcome()
