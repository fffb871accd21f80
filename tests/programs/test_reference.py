"""The example of every reference page runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.programs.stack import Stage
from tests.support.found import make_what_look_ups_find

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project

PAGES = sorted(
    page
    for page in (Path(__file__).parents[2] / "docs" / "reference").glob("*.md")
    if page.stem not in ("README", "messages", "sandbox", "scenarios", "settings")
)
#: Where a key manager can be made, and what its connector is given.
SELF_HOSTED = {"BIJIRA_BASE_URL": "https://apim.example.com/api/am/devportal/v3"}
CONNECTOR = {"trial:connectorClientId": "id", "trial:connectorClientSecret": "secret"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_example_of_a_page_runs(
    page: Path, tmp_path: Path, engine: Callable[[Project], Engine], sandbox: Sandbox
) -> None:
    """Up, nothing more to do, every export there, and nothing left in the end."""
    text = page.read_text(encoding="utf-8")
    program = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert program
    is_look_up = page.stem.startswith("get_")
    environment = SELF_HOSTED if page.stem == "BijiraKeyManager" else {}
    stage = Stage(tmp_path, engine, sandbox, CONNECTOR, **environment)
    if is_look_up:
        make_what_look_ups_find(sandbox, stage.environment)
        stage.before = sandbox.store.snapshot()
    stage.program(program[1])
    outputs = stage.done("up").outputs
    assert set(outputs) == set(re.findall(r'pulumi\.export\("(\w+)"', program[1]))
    assert all(value is not None for value in outputs.values())
    if "wso2.get_" not in program[1]:  # which is asked whenever the program runs
        stage.settled()
    stage.gone()
