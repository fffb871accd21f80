"""The pipelines among the examples: what they may do, and that each of their commands does what it is there for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from asgardeo_bijira_sandbox import Sandbox
from pulumi_asgardeo_bijira.settings import SETTING_GROUPS, sandbox_environment

from tests.support.cli import need, of_its_own

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PIPELINES = ROOT / "examples" / "pipelines"
WORKFLOWS = {path.stem: path for path in sorted((PIPELINES / "github").glob("*.yml"))}
#: The project's own.
OWN = {path.stem: path for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))}
#: Steps that are not run here, by their names, and why.
NOT_RUN = {"Install": "it needs a package index", "Comment": "it writes to GitHub"}
GITLAB = PIPELINES / "gitlab" / ".gitlab-ci.yml"
#: What the drift is: somebody else's callback.
BY_HAND = "https://evil.example.com/callback"


def document(path: Path) -> dict[str, Any]:
    """A file in YAML, whose `on` is no boolean."""
    found: dict[str, Any] = yaml.load(path.read_text(), yaml.BaseLoader)  # noqa: S506  # makes texts alone
    return found


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    """The jobs of a workflow."""
    found: dict[str, dict[str, Any]] = document(path)["jobs"]
    return found


@pytest.mark.parametrize("path", [*WORKFLOWS.values(), *OWN.values()], ids=lambda path: "-".join(path.parts[-2:]))
def test_a_workflow_may_do_no_more_than_it_must(path: Path) -> None:
    """Rights to write are named job by job, actions have versions, runs do not meet, a pipe fails with its parts."""
    workflow = document(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["concurrency"]["group"]
    assert workflow["defaults"]["run"]["shell"] == "bash"
    for job in workflow["jobs"].values():
        assert int(job["timeout-minutes"]) <= 60
        for step in job["steps"]:
            assert re.search(r"@(v\d+|[0-9a-f]{40}|release/v\d+)$", step.get("uses", "x@v1")), step
            assert "${{" not in step.get("run", ""), "what somebody else writes must not become a part of a script"
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_secret_is_there_for_a_fork(name: str) -> None:
    """Whatever runs for pull requests and has a secret, or may write, asks first where they come from."""
    assert "pull_request_target" not in WORKFLOWS[name].read_text()
    if "pull_request" in document(WORKFLOWS[name])["on"]:
        for job in jobs(WORKFLOWS[name]).values():
            writes = "write" in job.get("permissions", {}).values()
            if "secrets." in str(job) or writes:
                condition = job["if"]
                assert "head.repo.full_name == github.repository" in condition or "'push'" in condition


@pytest.fixture
def project(tmp_path: Path) -> Iterator[tuple[Path, Sandbox, dict[str, str]]]:
    """A repository of a user's, the platforms, and the environment of a runner."""
    folder = tmp_path / "repository"
    shutil.copytree(ROOT / "examples" / "people", folder, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    (folder / ".venv").symlink_to(sys.prefix)
    with Sandbox() as sandbox:
        clean = {
            key: value for key, value in os.environ.items() if not key.startswith(("ASGARDEO", "BIJIRA", "PULUMI"))
        }
        yield (
            folder,
            sandbox,
            {
                **clean,
                **sandbox_environment(sandbox.url),
                "STACK": "prod",
                "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
                **of_its_own(tmp_path),
            },
        )


def run(script: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A script as both services run it."""
    command = ["bash", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def scripts(name: str) -> dict[str, str]:
    """Each job's script by `<job>` in GitLab's file, each step's by `<job>/<step>` in a workflow; but for `NOT_RUN`."""
    if name == "gitlab":
        return {job: "\n".join(found["script"]) for job, found in document(GITLAB).items() if "script" in found}
    steps = ((job, step) for job, found in jobs(WORKFLOWS[name]).items() for step in found["steps"] if "run" in step)
    return {f"{job}/{step['name']}": step["run"] for job, step in steps if step["name"] not in NOT_RUN}


@pytest.mark.parametrize(("pipeline", "job"), [("rehearse", "rehearse/Rehearse"), ("gitlab", "rehearse")])
def test_a_pull_request_is_rehearsed_and_told_so(
    project: tuple[Path, Sandbox, dict[str, str]], pipeline: str, job: str
) -> None:
    """Without any setting; what fails makes the job fail, and the report is there all the same."""
    folder, _, environment = project
    bare = {key: value for key, value in environment.items() if not key.startswith(("ASGARDEO", "PULUMI"))}
    good = run(scripts(pipeline)[job], folder, bare)
    assert good.returncode == 0, good.stderr
    report = (folder / "rehearsal.md").read_text()
    assert report.startswith("**Rehearsal: all is well**")
    assert "| ok | invoke-as-user | HTTP 200 |" in report
    assert "invoke-as-user" in (folder / "rehearsal.html").read_text()
    program = folder / "__main__.py"
    program.write_text(program.read_text().replace('"orders:read"],\n    groups', '"orders:reed"],\n    groups'))
    assert run(scripts(pipeline)[job], folder, bare).returncode == 1
    assert "**FAIL** | up |" in (folder / "rehearsal.md").read_text()


@pytest.mark.parametrize(
    ("pipelines", "order"),
    [
        (("deploy", "drift"), ("preview/Preview", "up/Up", "up/Call the API", "drift/Look", "drift/Report")),
        (("gitlab",), ("preview", "up", "drift")),
    ],
    ids=["github", "gitlab"],
)
def test_a_stack_is_previewed_brought_up_and_watched(
    project: tuple[Path, Sandbox, dict[str, str]], pipelines: tuple[str, ...], order: tuple[str, ...]
) -> None:
    """Nobody else's change is quiet; one by hand fails the look, and the report says that it widens access."""
    need("pulumi")
    folder, sandbox, environment = project
    all_of_them = {job: script for name in pipelines for job, script in scripts(name).items()}
    assert set(order) == set(all_of_them) - {"rehearse"}, "each step is run here"
    program = folder / "__main__.py"
    machine = '"authorization_code", "refresh_token", "client_credentials"'
    program.write_text(
        program.read_text()
        .replace('"authorization_code", "refresh_token", "password"', machine)
        .replace("https://gateway.example.com", sandbox.url)
    )
    started = run('pulumi stack init "$STACK"', folder, environment)
    assert started.returncode == 0, started.stderr
    for job in order:
        done = run(all_of_them[job], folder, environment)
        assert done.returncode == 0, done.stdout + done.stderr
    (application,) = sandbox.store.asgardeo["sandbox"].applications.values()
    assert application.oidc
    application.oidc.settings["callbackURLs"] = [BY_HAND]
    look, *report = (all_of_them[job] for job in order if job.startswith("drift"))
    assert run(look, folder, environment).returncode != 0
    for script in report:
        done = run(script, folder, environment)
        assert done.returncode == 0, done.stderr
    written = folder / "drift.md" if "gitlab" in pipelines else Path(environment["GITHUB_STEP_SUMMARY"])
    assert BY_HAND in written.read_text()


def test_an_esc_environment_has_settings_that_there_are() -> None:
    """As configuration and as variables, and secrets nowhere else than encrypted."""
    values = yaml.safe_load((PIPELINES / "esc" / "orders-prod.yaml").read_text())["values"]
    keys = {group.key(name): group.variable(name) for group in SETTING_GROUPS for name in group.names()}
    assert set(values["pulumiConfig"]) <= set(keys)
    assert set(values["environmentVariables"]) == {keys[key] for key in values["pulumiConfig"]}
    for references in (values["pulumiConfig"], values["environmentVariables"]):
        for reference in references.values():
            platform, name = reference.removeprefix("${").removesuffix("}").split(".")
            assert ("fn::secret" in values[platform][name]) == (name == "clientSecret")
