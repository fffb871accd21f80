"""Every engine tells every story of the table alike."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from tests.engines.harness import Trial
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


def play(trial: Trial, stage: Stage, secret_config: frozenset[str]) -> Result:
    """Run one stage."""
    if stage.far is not None:
        stage.far(trial.far)
    if stage.config is not None:
        trial.engine.set_config(stage.config, secret_config & stage.config.keys())
    for name in stage.taint:
        trial.engine.taint(trial.urn(name))
    return trial.run(stage.command, stage.program, stage.replace)


def expect(trial: Trial, stage: Stage, result: Result) -> None:
    """Hold the outcome of a stage against the table."""
    assert result.ok is stage.ok, result.diagnostics
    assert stage.says in result.diagnostics
    if stage.changes is not None:
        assert dict(result.changes) == dict(stage.changes), result.diagnostics
    calls = methods(trial.far.calls())
    if stage.calls is not None:
        assert calls == {name: list(expected) for name, expected in stage.calls.items()}
    if stage.outputs is not None:
        assert dict(result.outputs) == dict(stage.outputs)
    if stage.left is not None:
        assert list(trial.far.objects()) == list(stage.left)
    if stage.look is not None:
        stage.look(trial)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_an_engine_tells_the_story(scenario: Scenario, tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """Whatever the engine, a user's program does the same."""
    trial = Trial(tmp_path, engine, settings=scenario.settings)
    for stage in scenario.stages:
        expect(trial, stage, play(trial, stage, scenario.secret_config))
