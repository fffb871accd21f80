"""The built-in engine is held against the real one: same calls with the same contents, same steps, same state."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from tests.engines.harness import Harness
from tests.engines.scenarios import SCENARIOS, Scenario, Stage
from tests.engines.test_scenarios import play
from tests.support.engines import ABSENT, available

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project

UNCOMPARED = {
    "created",
    "modified",
    "sourcePosition",
    "stackTrace",
    "aliases",
    "ignoreChanges",
    "replaceOnChanges",
    "hideDiff",
    "customTimeouts",
}


def by_resource(harness: Harness) -> dict[str, list[str]]:
    """The calls of each resource in order, with all that was sent."""
    calls: dict[str, list[str]] = defaultdict(list)
    for call in harness.backend.calls():
        calls[call["urn"]].append(json.dumps(call, sort_keys=True))
    return dict(calls)


def plain(value: Any, ids: dict[str, str]) -> Any:
    """A stored value without what is random: sealed texts and the ids of providers."""
    if isinstance(value, dict):
        return {
            key: "[sealed]" if key == "ciphertext" else plain(item, ids)
            for key, item in value.items()
            if key not in UNCOMPARED
        }
    if isinstance(value, list):
        return [plain(item, ids) for item in value]
    for id_, urn in ids.items():
        value = value.replace(id_, f"<id of {urn}>") if isinstance(value, str) else value
    return value


def state(harness: Harness) -> list[str]:
    """The exported resources in an order of their own."""
    resources = harness.engine.export()["deployment"].get("resources") or []
    ids = {entry["id"]: entry["urn"] for entry in resources if entry["type"].startswith("pulumi:providers:")}
    return sorted(json.dumps(_canonical(plain(entry, ids)), sort_keys=True) for entry in resources)


def _canonical(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry without what is empty, and with sorted sets."""
    entry = {key: value for key, value in entry.items() if value not in (None, [], {}, "", False)}
    for key in ("dependencies", "additionalSecretOutputs"):
        if key in entry:
            entry[key] = sorted(entry[key])
    needed = entry.get("propertyDependencies", {})
    return {**entry, "propertyDependencies": {key: sorted(urns) for key, urns in needed.items()}}


def account(harness: Harness, stage: Stage, secret_config: frozenset[str]) -> dict[str, Any]:
    """All that can be compared of one stage."""
    result = play(harness, stage, secret_config)
    return {
        "ok": result.ok,
        "changes": dict(result.changes),
        "steps": Counter(
            (s.op, s.urn, s.type, tuple(sorted(s.diff)), tuple(sorted(s.replace_keys))) for s in result.steps
        ),
        "outputs": dict(result.outputs),
        "secret outputs": result.secret_outputs,
        "calls": by_resource(harness),
        "state": state(harness),
        "objects": harness.backend.objects(),
    }


@pytest.mark.skipif("pulumi" not in available(), reason=ABSENT)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_both_engines_do_the_same(
    scenario: Scenario, tmp_path: Path, start_engine: Callable[[Project, str], Engine]
) -> None:
    """What a rehearsal shows on a bare machine must be what the Pulumi CLI does later."""
    real = Harness(tmp_path / "real", lambda project: start_engine(project, "pulumi"), settings=scenario.settings)
    own = Harness(tmp_path / "own", lambda project: start_engine(project, "built-in"), settings=scenario.settings)
    for stage in scenario.stages:
        expected = account(real, stage, scenario.secret_config)
        found = account(own, stage, scenario.secret_config)
        compared = ["ok"] if scenario.racy else list(expected)
        assert {key: found[key] for key in compared} == {key: expected[key] for key in compared}
