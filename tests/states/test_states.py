"""Stacks of earlier versions, run with this one: nothing to do, before and after a refresh, and nothing left behind."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Sandbox, left_behind
from pulumi_asgardeo_bijira.rehearsal.engines import Project
from pulumi_asgardeo_bijira.resources import CLASSES
from pulumi_asgardeo_bijira.settings import sandbox_environment
from pulumi_asgardeo_bijira.wire import open_secrets, stored

from tests.plugin_programs.stage import PLUGIN
from tests.states.kept import kept
from tests.support.cli import need
from tests.support.engines import engines
from tests.support.plugin import Plugin, PluginLife

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pulumi_asgardeo_bijira.rehearsal.engines import Engine

    from tests.states.kept import Kept

QUIET = {"same", "read"}
KEPT = {"-".join(one.folder.parts[-2:]): one for one in kept()}
#: The plugin's run on the Pulumi CLI alone.
RUNS = [(name, kind) for name in KEPT for kind in (["pulumi"] if name.endswith("plugin") else engines())]
PLUGINS = [name for name in KEPT if name.endswith("plugin")]


@pytest.fixture
def one(name: str) -> Kept:
    """What is kept of the stack."""
    return KEPT[name]


@pytest.fixture
def platforms(one: Kept, tmp_path: Path) -> Iterator[Sandbox]:
    """The platforms as the stack left them."""
    file = tmp_path / "platforms.json"
    file.write_bytes(one.platforms.read_bytes())
    with Sandbox(state_file=file) as running:
        yield running


@pytest.mark.parametrize(("name", "kind"), RUNS)
def test_a_stack_of_an_earlier_version_lives_on(
    one: Kept, platforms: Sandbox, kind: str, start_engine: Callable[[Project, str], Engine]
) -> None:
    """Nothing is sent but questions, until it is destroyed."""
    if kind == "pulumi":
        need("pulumi")
    environment = {
        **sandbox_environment(platforms.url),
        "PATH": os.pathsep.join((str(PLUGIN.parent), os.environ["PATH"])),
    }
    engine = start_engine(Project(one.folder, environment=environment, stack="dev"), kind)
    engine.load(one.deployment(platforms.url))
    for command in ("preview", "refresh", "up"):
        result = getattr(engine, command)()
        assert result.ok, result.diagnostics
        assert set(result.changes) <= QUIET, [step for step in result.steps if step.op not in QUIET]
    assert {request.method for request in platforms.ledger.since(0) if request.platform != "token"} == {"GET"}
    destroyed = engine.destroy()
    assert destroyed.ok, destroyed.diagnostics
    assert left_behind(one.snapshot(platforms.url), platforms.store.snapshot()) == []


@pytest.mark.parametrize("name", PLUGINS)
def test_the_plugin_knows_what_an_earlier_version_stored(one: Kept, platforms: Sandbox) -> None:
    """Asked by its protocol, as an engine would: for each resource the same inputs are no change, nor is a refresh."""
    entries = {entry["urn"]: entry for entry in one.deployment(platforms.url)["deployment"]["resources"]}
    with ExitStack() as closing:
        lives = []
        for urn, entry in entries.items():
            if urn_of_provider := entry.get("provider", "").rpartition("::")[0]:
                config = {name: str(value) for name, value in bag(entries[urn_of_provider], "inputs").items()}
                plugin = Plugin(config, sandbox_environment(platforms.url), urn_of_provider.rpartition("::")[2])
                kind, name = CLASSES[entry["type"].rpartition(":")[2]], urn.rpartition("::")[2]
                inputs, outputs = bag(entry, "inputs"), bag(entry, "outputs")
                life = PluginLife(closing.enter_context(plugin), kind, platforms, name, entry["id"], inputs, outputs)
                lives.append(life)
        assert {life.kind for life in lives} == set(CLASSES.values())
        assert {life.name: life.preview(life.inputs) for life in lives} == {life.name: "same" for life in lives}
        assert len(platforms.ledger) == 0
        assert {life.name: life.refresh() for life in lives} == {life.name: "same" for life in lives}
        for life in reversed(lives):
            life.destroy()
    assert left_behind(one.snapshot(platforms.url), platforms.store.snapshot()) == []


def bag(entry: dict[str, Any], which: str) -> dict[str, Any]:
    """Properties as a provider is handed them."""
    found: dict[str, Any] = open_secrets(stored(entry.get(which, {})))
    return found
