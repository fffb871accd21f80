"""The guide in other languages, on the real CLI: the examples as they are, but for where the plugin comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.plugin_programs.stage import PLUGIN, PluginStage
from tests.support.cli import need, npm_install, pulumi
from tests.support.command import command

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

EXAMPLES = Path(__file__).parents[2] / "examples"
#: The file of each program, and the line in it by which an application's type is declared.
PROGRAMS = {"yaml": ("Pulumi.yaml", "applicationType: m2m"), "typescript": ("index.ts", 'applicationType: "m2m",')}
PACKAGES = "packages:\n  asgardeo-bijira: ../../plugin\n"


@pytest.fixture(params=list(PROGRAMS))
def language(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture
def guide(
    tmp_path: Path, sandbox: Sandbox, language: str, record_property: Callable[[str, object], None]
) -> PluginStage:
    """The example of a language, with the plugin that is on PATH and an SDK made of its schema."""
    need("pulumi", "pulumi-language-yaml" if language == "yaml" else "npm")
    record_property("engine", f"pulumi, in {language} with the plugin")
    stage = PluginStage(tmp_path, sandbox)
    stage.copy(EXAMPLES / language)
    project = stage.engine.project / "Pulumi.yaml"
    assert PACKAGES in project.read_text()
    project.write_text(project.read_text().replace(PACKAGES, ""))
    if language == "typescript":
        _install(stage)
    return stage


def _install(stage: PluginStage) -> None:
    """What `pulumi install` does, with the plugin that is on PATH."""
    home, project = stage.engine.home, stage.engine.project
    pulumi(home, project, "package", "gen-sdk", str(PLUGIN), "--language", "nodejs", "--out", "sdk")
    (project / "sdk" / "nodejs").rename(project / "sdk" / "asgardeo-bijira")
    (project / "sdk").rename(project / "sdks")
    npm_install(project)


def test_the_guide_lives_as_it_must(guide: PluginStage, language: str, tmp_path: Path) -> None:
    """Its token opens the API; a second run is empty; a description is one update; nothing is left."""
    assert set(guide.ops("preview").values()) == {"create"}
    assert len(guide.sandbox.ledger) == 0
    result = guide.done("up")
    counts = {str(platform): count for platform, count in guide.sandbox.ledger.counts().items()}
    assert counts == {"asgardeo": 6, "bijira": 6, "token": 2, "gateway": 0}
    assert result.secret_outputs == {"clientSecret"}
    behind_the_gateway = {"apiUrl": f"{guide.sandbox.url}/orders/1.0.0/orders"}
    (tmp_path / "outputs.json").write_text(json.dumps({**result.outputs, **behind_the_gateway}))
    invoked = command("invoke", "--outputs", str(tmp_path / "outputs.json"), environment=guide.environment)
    assert invoked.returncode == 0, invoked.stderr
    guide.settled()

    file, line = PROGRAMS[language]
    program = guide.engine.project / file
    described = f"{line}\n      description: Places orders" if language == "yaml" else f'{line} description: "Places",'
    program.write_text(program.read_text().replace(line, described))
    changed = [step for step in guide.done("preview").steps if step.op != "same"]
    assert [(step.op, step.type.rpartition(":")[2], step.diff) for step in changed] == [
        ("update", "AsgardeoApplication", ("description",))
    ]
    guide.done("up")
    guide.gone()
