"""What an engine is to its caller: where it runs, what it leaves behind, and what it refuses."""

from __future__ import annotations

import subprocess
import sys
import venv
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.rehearsal.engines import EngineError, OtherStack, Project, available, engine_for
from pulumi_asgardeo_bijira.rehearsal.engines.model import without_interrupts

from tests.engines.harness import Harness
from tests.support.engines import make_project, write_program

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_asgardeo_bijira.rehearsal.engines import Engine


def test_the_users_folder_stays_as_it_was(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """A rehearsal must leave no state file, no cache and no settings in the user's repository."""
    harness = Harness(tmp_path, engine)
    harness.write("Thing('a', size=1)")
    before = {path: path.stat().st_mtime_ns for path in harness.project.directory.rglob("*")}
    for command in ("preview", "up", "refresh", "destroy"):
        assert harness.run(command).ok
    assert {path: path.stat().st_mtime_ns for path in harness.project.directory.rglob("*")} == before


def test_a_preview_changes_nothing(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """Looking at what would happen must not make it happen, in the state neither."""
    harness = Harness(tmp_path, engine)
    harness.run("up", "Thing('a', size=1, unique='x')\nThing('b', key='x')")
    before, objects = harness.engine.export(), harness.backend.objects()
    assert harness.run("preview", "Thing('a', size=2, unique='y')\nThing('b', key='y')").ok
    assert harness.engine.export() == before
    assert harness.backend.objects() == objects


def test_steps_say_what_changed(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """The report of a rehearsal shows which properties a change comes from, and what forces a replacement."""
    harness = Harness(tmp_path, engine)
    harness.run("up", "Thing('a', meta={'l': [1, 2, 3], 'a.b': 1})\nThing('b', key='x')")
    result = harness.run("preview", "Thing('a', meta={'l': [1, 2, 4], 'a.b': 2})\nThing('b', key='y')")
    steps = {(step.op, step.urn.split("::")[-1]): step for step in result.steps}
    assert set(steps["update", "a"].diff) == {"meta.l[2]", 'meta["a.b"]'}
    assert steps["update", "a"].type == "pulumi-python:dynamic/files:Thing"
    assert steps["replace", "b"].replace_keys == ("key",)
    assert steps["create-replacement", "b"].diff == ("key",)


def test_secret_outputs_are_told_apart(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """Whoever prints outputs must know which ones not to print."""
    result = Harness(tmp_path, engine).run(
        "up", "pulumi.export('open', 1)\npulumi.export('hidden', pulumi.Output.secret({'a': [1, None]}))"
    )
    assert result.outputs == {"open": 1, "hidden": {"a": [1, None]}}
    assert result.secret_outputs == {"hidden"}


def test_independent_resources_are_worked_on_at_the_same_time(
    tmp_path: Path, engine: Callable[[Project], Engine]
) -> None:
    """Ten applications must not take ten times as long; the two calls wait for each other."""
    harness = Harness(tmp_path, engine)
    harness.backend.fail(create_a="meet", create_b="meet", delete_a="meet", delete_b="meet")
    assert harness.run("up", "Thing('a')\nThing('b')").ok
    assert harness.run("destroy").ok


def test_custom_timeouts_reach_the_host(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """A user's patience counts for each operation."""
    harness = Harness(tmp_path, engine)
    options = "opts=ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create='1m30s', update='2m', delete='1h'))"
    harness.run("up", f"Thing('a', size=1, {options})")
    harness.run("up", f"Thing('a', size=2, {options})")
    harness.run("destroy")
    timeouts = {call["method"]: call["timeout"] for call in harness.backend.calls() if call["timeout"]}
    assert timeouts == {"create": 90, "update": 120, "delete": 3600}


@pytest.mark.parametrize("main", ["code", "code/app.py"])
def test_the_program_may_lie_elsewhere(main: str, tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """`main:` names a folder or a file, and the program runs in that folder."""
    project = make_project(tmp_path, "raise SystemExit('the wrong program')", settings={"main": main})
    text = "import pulumi, os\npulumi.export('folder', os.path.basename(os.getcwd()))\n"
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "__main__.py").write_text(text)
    (tmp_path / "code" / "app.py").write_text(text)
    result = engine(project).up()
    assert result.ok, result.diagnostics
    assert result.outputs == {"folder": "code"}


def test_the_projects_own_interpreter_is_used(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """The user's dependencies live in the environment that Pulumi.yaml names."""
    harness = Harness(tmp_path, engine, settings={"runtime": {"name": "python", "options": {"virtualenv": "own"}}})
    own = harness.project.directory / "own"
    venv.create(own, symlinks=True)
    packages = next((own / "lib").glob("python3*")) / "site-packages"
    (packages / "shared.pth").write_text(_site_packages())
    again = engine(harness.project)
    harness.write("import sys\npulumi.export('prefix', sys.prefix)\nThing('a', size=1)")
    result = again.up()
    assert result.ok, result.diagnostics
    assert result.outputs["prefix"] == str(own)


def _site_packages() -> str:
    """Where the packages of this environment lie."""
    return str(next((Path(sys.prefix) / "lib").glob("python3*")) / "site-packages")


def test_a_missing_setting_is_named(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """A key that Pulumi.yaml demands is asked for before the program runs."""
    harness = Harness(tmp_path, engine, settings={"config": {"size": {"type": "integer"}}})
    result = harness.run("preview", "pulumi.export('size', pulumi.Config().require_int('size'))")
    assert not result.ok
    assert "Stack 'rehearsal' is missing configuration value 'size'" in result.diagnostics
    harness.engine.set_config({"trial:size": "4"}, frozenset())
    assert harness.run("up").outputs == {"size": 4}


def test_settings_can_be_taken_back(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """A run sees the configuration of that run alone."""
    harness = Harness(tmp_path, engine, config={"files:greeting": "hello"})
    assert harness.run("preview", "pulumi.export('c', pulumi.Config('files').get('greeting'))").outputs == {
        "c": "hello"
    }
    harness.engine.set_config({}, frozenset())
    assert "hello" not in harness.run("up").outputs.values()


def test_the_last_outputs_stay_visible(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """After a refresh the outputs are still there, after a destroy they are gone."""
    harness = Harness(tmp_path, engine)
    harness.run("up", "pulumi.export('size', 1)")
    assert harness.run("refresh").outputs == {"size": 1}
    assert harness.run("destroy").outputs == {}


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"runtime": {"options": {}}}, "has no `runtime`"),
        ({"main": "nowhere"}, "does not exist"),
        ({"runtime": {"name": "python", "options": {"virtualenv": "empty"}}}, "is not a virtual environment"),
        ({"name": None}, "has no `name`"),
    ],
)
def test_a_project_that_cannot_be_run_is_refused_in_one_line(
    settings: dict[str, object], complaint: str, tmp_path: Path, engine: Callable[[Project], Engine]
) -> None:
    """What is wrong with Pulumi.yaml is said at once, and where."""
    project = make_project(tmp_path, "", settings=settings)
    (tmp_path / "empty").mkdir()
    with pytest.raises(EngineError, match=complaint) as refused:
        engine(project)
    assert "\n" not in str(refused.value)


def test_a_folder_without_a_project_is_refused(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """A mistyped folder is the commonest mistake."""
    with pytest.raises(EngineError, match=r"there is no Pulumi\.yaml in"):
        engine(Project(tmp_path))


def test_the_best_engine_is_chosen(tmp_path: Path) -> None:
    """Whoever has the Pulumi CLI rehearses with it; whoever prefers another says so."""
    project = make_project(tmp_path, "")
    with engine_for(project) as best:
        assert best.name.startswith(available()[0])
    with engine_for(project, "built-in") as chosen:
        assert chosen.name == "built-in"
    with pytest.raises(EngineError, match="there is no engine 'other'"):
        engine_for(project, "other")


def test_without_the_cli_the_real_engine_is_refused(tmp_path: Path) -> None:
    """A machine without `pulumi` gets a line that names both ways out."""
    script = (
        "import sys, pathlib\nfrom pulumi_asgardeo_bijira.rehearsal.engines import *\n"
        "try:\n    engine_for(Project(pathlib.Path(sys.argv[1])), 'pulumi')\n"
        "except EngineError as error:\n    print(available(), error)"
    )
    make_project(tmp_path, "")
    command = [sys.executable, "-c", script, str(tmp_path)]
    said = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=True)
    assert said.stdout.startswith("('built-in',) there is no `pulumi` on PATH; install the Pulumi CLI or")


@pytest.mark.parametrize(
    ("program", "what"),
    [
        ("Thing('a', opts=ResourceOptions(import_='x'))", "the option `import_`"),
        ("a = Thing('a')\nThing('b', opts=ResourceOptions(replace_with=[a]))", "the option `replace_with`"),
        ("a = Thing('a')\nThing('b', opts=ResourceOptions(deleted_with=a))", "the option `deleted_with`"),
        ("Thing('a', opts=ResourceOptions(replacement_trigger='x'))", "the option `replacement_trigger`"),
        ("Thing('a', opts=ResourceOptions(hide_diffs=['size']))", "the option `hide_diffs`"),
        ("Thing('a', opts=ResourceOptions(transforms=[lambda args: None]))", "transforms"),
        ("pulumi.runtime.register_resource_transform(lambda args: None)", "transforms"),
        (
            "hook = pulumi.ResourceHook('h', lambda args: None)\n"
            "Thing('a', opts=ResourceOptions(hooks=pulumi.ResourceHookBinding(before_create=[hook])))",
            "resource hooks",
        ),
        ("pulumi.CustomResource('aws:s3:Bucket', 'a', {})", "resources of the type aws:s3:Bucket"),
        ("pulumi.ProviderResource('aws', 'a', {})", "resources of the type pulumi:providers:aws"),
        ("pulumi.ComponentResource('a:b:C', 'a', {}, remote=True)", "components of other packages"),
        ("pulumi.runtime.invoke('aws:s3:getBucket', {})", "function calls to providers"),
        ("Thing('a', size=pulumi.StringAsset('x'))", "assets and archives"),
    ],
)
def test_the_built_in_engine_refuses_what_it_cannot_do(
    program: str, what: str, tmp_path: Path, start_engine: Callable[[Project, str], Engine]
) -> None:
    """A rehearsal that silently left something out would be worth nothing."""
    harness = Harness(tmp_path, lambda project: start_engine(project, "built-in"))
    with pytest.raises(EngineError) as refused:
        harness.run("up", program)
    assert str(refused.value).startswith(f"the built-in engine cannot do this: {what}")
    assert str(refused.value).endswith("Install the Pulumi CLI, and it is used instead.")
    assert harness.run("up", "Thing('a', size=1)").ok


@pytest.mark.parametrize(
    ("program", "where"),
    [
        ("Thing('a', meta={'l': ['\\ud800']})", "While processing resource: 'a'"),
        ("Thing('a', secret=pulumi.Output.secret('\\ud800'))", "While processing resource: 'a'"),
        ("pulumi.export('a', '\\ud800')", "one of its outputs"),
        ("pulumi.ComponentResource('a:b:C', '\\ud800')", "__main__.py, line "),
    ],
)
def test_a_text_that_cannot_be_sent_is_told_in_one_line(tmp_path: Path, program: str, where: str) -> None:
    """The SDK falls over a lone surrogate somewhere within, and so would the report of it."""
    harness = Harness(tmp_path, lambda project: engine_for(project, "built-in"))
    failed = harness.run("preview", program)
    assert not failed.ok
    (line,) = failed.diagnostics.splitlines()
    assert line.startswith("error: ")
    assert where in line


@pytest.mark.parametrize("method", ["create", "update"])
def test_the_built_in_engine_refuses_an_object_that_is_not_ready(
    method: str, tmp_path: Path, start_engine: Callable[[Project, str], Engine]
) -> None:
    """The CLI keeps such an object with its errors and goes on with it; half of that would lose it silently."""
    harness = Harness(tmp_path, lambda project: start_engine(project, "built-in"))
    harness.backend.fail(**{f"{method}_a": "incomplete"})
    if method == "update":
        harness.run("up", "Thing('a', size=1)")
    with pytest.raises(
        EngineError, match=r"^the built-in engine cannot do this: an object that is created but not initialized"
    ):
        harness.run("up", "Thing('a', size=2)")


def test_the_built_in_engine_replaces_no_patterns(
    tmp_path: Path, start_engine: Callable[[Project, str], Engine]
) -> None:
    """The CLI takes `**` for any part of a URN; the stand-in says that it does not."""
    harness = Harness(tmp_path, lambda project: start_engine(project, "built-in"))
    harness.run("up", "Thing('a', size=1)")
    with pytest.raises(
        EngineError, match=r"^the built-in engine cannot do this: replacing by the pattern \*\*Thing::a; "
    ):
        harness.engine.up(replace=["**Thing::a"])


def test_what_is_not_there_cannot_be_marked(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """A mistyped name must not look like a mark."""
    harness = Harness(tmp_path, engine)
    harness.run("up", "Thing('a', size=1)")
    with pytest.raises(EngineError, match=r"there is no resource .*Thing::b in the state"):
        harness.engine.taint(harness.urn("b"))


def test_the_program_may_change_between_commands(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """One engine accompanies a user's edits."""
    project = make_project(tmp_path, "import pulumi\npulumi.export('n', 1)")
    running = engine(project)
    assert running.up().outputs == {"n": 1}
    write_program(tmp_path, "import pulumi\npulumi.export('n', 2)")
    assert running.up().outputs == {"n": 2}


def test_the_environment_may_change_between_commands(tmp_path: Path, engine: Callable[[Project], Engine]) -> None:
    """A user sets a variable in the shell and runs the next command."""
    environment = {"SHADE": "blue"}
    program = "import os, pulumi\npulumi.export('shade', os.environ.get('SHADE'))"
    running = engine(make_project(tmp_path, program, environment=environment))
    assert running.up().outputs == {"shade": "blue"}
    environment["SHADE"] = "red"
    assert running.up().outputs == {"shade": "red"}


_INTERRUPTED = [
    "info: Traceback (most recent call last):",
    "info: File x",
    "info: loop.run()",
    "info: KeyboardInterrupt",
]
_BESIDE = "info: During handling of the above exception, another exception occurred:"


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["error: no", *_INTERRUPTED], ["error: no"]),
        (["error: no", *_INTERRUPTED, _BESIDE, *_INTERRUPTED, "info: more"], ["error: no", "info: more"]),
        ([_BESIDE, "info: more"], [_BESIDE, "info: more"]),
        (_INTERRUPTED[:3], _INTERRUPTED[:3]),
        ([*_INTERRUPTED[:2], "error: no"], [*_INTERRUPTED[:2], "error: no"]),
    ],
)
def test_a_program_that_the_cli_interrupts_after_a_failure_tells_nothing(lines: list[str], kept: list[str]) -> None:
    """Be it interrupted once, or again while it ends."""
    assert without_interrupts(lines) == kept


_REFERRING = """
import pulumi

other = pulumi.StackReference("network", stack_name="{}")
pulumi.export("url", other.require_output("url"))
pulumi.export("token", other.get_output("token"))
"""


def test_another_stacks_outputs_are_those_that_the_project_has(
    tmp_path: Path, engine: Callable[[Project], Engine]
) -> None:
    """Secret ones stay secret, and a stack that it does not have is an error that names it."""
    other = OtherStack({"url": "https://net", "token": ["hush"]}, frozenset({"token"}))
    project = make_project(tmp_path / "theirs", _REFERRING.format("organization/network/prod"))
    running = engine(replace(project, stacks={"organization/network/prod": other}))
    for command in (running.up, running.up, running.refresh):
        result = command()
        assert result.ok, result.diagnostics
        assert dict(result.outputs) == {"url": "https://net", "token": ["hush"]}
        assert result.secret_outputs == {"token"}
    write_program(project.directory, _REFERRING.format("organization/network/dev"))
    failed = running.preview()
    assert not failed.ok
    assert 'unknown stack "organization/network/dev"' in failed.diagnostics
    assert running.destroy().ok


def test_stacks_that_the_cli_cannot_have_are_the_built_in_engines(tmp_path: Path) -> None:
    """It keeps those of a rehearsal in a folder, where they have no other organisation."""
    project = replace(make_project(tmp_path / "theirs", ""), stacks={"acme/network/prod": OtherStack({})})
    with engine_for(project) as chosen:
        assert chosen.name == "built-in"
    if "pulumi" in available():
        with pytest.raises(EngineError, match="not acme/network/prod; rehearse with --engine built-in"):
            engine_for(project, "pulumi")
