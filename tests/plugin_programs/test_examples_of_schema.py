"""The examples in YAML of the schema's documentation run as they stand."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from pulumi_asgardeo_bijira.serving.schema import schema

from tests.plugin_programs.stage import PluginStage
from tests.programs.stack import QUIET
from tests.support.cli import need
from tests.support.found import make_what_look_ups_find

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox

SCHEMA: dict[str, Any] = json.loads(schema())
#: Where a key manager can be made.
SELF_HOSTED = {"BIJIRA_BASE_URL": "https://apim.example.com/api/am/devportal/v3"}


@pytest.mark.parametrize("name", SCHEMA["resources"])
def test_that_of_a_resource(name: str, tmp_path: Path, sandbox: Sandbox) -> None:
    """Up, nothing more to do, every output there, and nothing left in the end."""
    stage, outputs = staged(SCHEMA["resources"][name], tmp_path, sandbox)
    there(stage.done("up").outputs, outputs)
    assert set(stage.done("preview").changes) <= QUIET
    stage.gone()


@pytest.mark.parametrize("name", SCHEMA["functions"])
def test_that_of_a_look_up(name: str, tmp_path: Path, sandbox: Sandbox) -> None:
    """Some of what is found has a resource made with it."""
    stage, outputs = staged(SCHEMA["functions"][name], tmp_path, sandbox)
    make_what_look_ups_find(sandbox, stage.environment)
    there(stage.done("up").outputs, outputs)


def staged(documented: dict[str, Any], folder: Path, sandbox: Sandbox) -> tuple[PluginStage, set[str]]:
    """The example as a program, and what it exports."""
    need("pulumi", "pulumi-language-yaml")
    (example,) = re.findall(r"```yaml\n(.*?)```", documented["description"], re.DOTALL)
    stage = PluginStage(folder, sandbox, **(SELF_HOSTED if "connector" in example else {}))
    stage.program(example)
    program = yaml.safe_load(example)
    for key in program.get("config", ()):
        stage.engine.run("config", "set", "--secret", key, "x")
    return stage, set(program["outputs"])


def there(found: Mapping[str, Any], outputs: set[str]) -> None:
    """Each of the outputs, with a value."""
    assert set(found) == outputs
    assert all(found.values())
