"""Every engine tells every story of the table alike."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from tests.engines.harness import Harness
from tests.engines.scenarios import SCENARIOS, Scenario, Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project, Result


def methods(calls: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The methods called, by resource."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for call in calls:
        by_name[call["name"]].append(call["method"])
    return dict(by_name)


def play(harness: Harness, stage: Stage, secret_config: frozenset[str]) -> Result:
    """Run one stage."""
    if stage.backend is not None:
        stage.backend(harness.backend)
    if stage.config is not None:
        harness.engine.set_config(stage.config, secret_config & stage.config.keys())
    for name in stage.taint:
        harness.engine.taint(harness.urn(name))
    return harness.run(stage.command, stage.program, stage.replace)


def expect(harness: Harness, stage: Stage, result: Result) -> None:
    """Hold the outcome of a stage against the table."""
    assert result.ok is stage.ok, result.diagnostics
    assert stage.says in result.diagnostics
    if stage.changes is not None:
        assert dict(result.changes) == dict(stage.changes), result.diagnostics
    calls = methods(harness.backend.calls())
    if stage.calls is not None:
        assert calls == {name: list(expected) for name, expected in stage.calls.items()}
    if stage.outputs is not None:
        assert dict(result.outputs) == dict(stage.outputs)
    if stage.left is not None:
        assert list(harness.backend.objects()) == list(stage.left)
    if stage.look is not None:
        stage.look(harness)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_an_engine_tells_the_story(scenario: Scenario, tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """Whatever the engine, a user's program does the same."""
    harness = Harness(tmp_path, engine, settings=scenario.settings)
    for stage in scenario.stages:
        expect(harness, stage, play(harness, stage, scenario.secret_config))
