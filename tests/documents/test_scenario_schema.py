"""The schema by which editors check scenarios takes each that there is, and refuses what a sandbox refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from asgardeo_bijira_sandbox import BadScenario, load_scenario
from jsonschema import Draft202012Validator

from tests.documents.page import blocks
from tools.site import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = json.loads((ROOT / "docs/reference/scenario.schema.json").read_text(encoding="utf-8"))
SCENARIOS = {
    **{file.relative_to(ROOT).as_posix(): file.read_text() for file in ROOT.glob("examples/*/scenario*.yaml")},
    **{
        f"{page.name}:{block.line}": block.text
        for page in (ROOT / "docs").glob("*.md")
        for block in blocks(page)
        if block.language == "yaml" and block.text.startswith(("asgardeo:\n", "bijira:\n"))
    },
}


def mistakes(scenario: Any) -> list[str]:
    """What the schema has against it."""
    return [found.message for found in Draft202012Validator(SCHEMA).iter_errors(scenario)]


def test_every_scenario_that_is_shown_fits() -> None:
    """Those of the examples and of the pages."""
    Draft202012Validator.check_schema(SCHEMA)
    assert len(SCENARIOS) > 3
    assert {name: found for name, text in SCENARIOS.items() if (found := mistakes(yaml.safe_load(text)))} == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"asgardeo": [{"usres": []}]},
        {"asgardeo": [{"users": [{"username": "ann", "groups": ["clerks"]}]}]},
        {"asgardeo": [{"apis": [{"name": "Orders"}]}]},
        {"bijira": {"apis": []}},
    ],
)
def test_what_a_sandbox_refuses_does_not_fit(tmp_path: Path, wrong: dict[str, Any]) -> None:
    """A mistyped name, one that there is not, one that is left out, a wrong type."""
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(wrong))
    with pytest.raises(BadScenario):
        load_scenario(file)
    assert mistakes(wrong)
