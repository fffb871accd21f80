"""Files of any shape are one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.rehearsal import Configuration
from pulumi_asgardeo_bijira.rehearsal.engines import EngineError
from pulumi_asgardeo_bijira.sandbox import BadScenario, Scenario

if TYPE_CHECKING:
    from pathlib import Path

DEEP = "[" * 5000
NO_DAY = "x: 2026-99-99"


@pytest.mark.parametrize("text", [DEEP, NO_DAY])
def test_a_file_that_cannot_be_read_as_yaml_is_one_line(tmp_path: Path, text: str) -> None:
    """However deep, and with a day that there is not."""
    path = tmp_path / "Pulumi.yaml"
    path.write_text(text)
    with pytest.raises(EngineError, match="is not valid YAML"):
        Configuration.read(tmp_path, None, [])
    with pytest.raises(BadScenario, match="is no YAML"):
        Scenario.load(path)
    path.write_text("name: x\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text(text)
    with pytest.raises(EngineError, match="is no YAML"):
        Configuration.read(tmp_path, "dev", [])


def test_a_scenario_of_another_shape_says_where(tmp_path: Path) -> None:
    """It is YAML, and what is wrong with it is no matter of that."""
    path = tmp_path / "scenario.yaml"
    path.write_text("asgardeo: 5\n")
    with pytest.raises(BadScenario, match="asgardeo: "):
        Scenario.load(path)
