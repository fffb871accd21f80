"""Rehearsals of programs in other languages than Python: on the Pulumi CLI, and what is said where that cannot be."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.rehearsal import Configuration
from pulumi_asgardeo_bijira.serving.schema import schema

from tests.support.cli import need, npm_install, pulumi
from tests.support.command import COMMAND, command

if TYPE_CHECKING:
    from collections.abc import Callable

#: The guide in one resource. The plugin that it names lies in a folder that is not there: a rehearsal has its own.
YAML = """
name: shop
runtime: yaml
packages:
  asgardeo-bijira: ../plugin
config:
  asgardeo-bijira:asgardeoOrganization: {value: acme}
resources:
  orders:
    type: asgardeo-bijira:SecuredApi
    properties:
      identifier: https://api.example.com/orders
      scopes: [{name: "orders:read"}]
      subscriptions: [{apiName: Orders API, apiVersion: 1.0.0}]
outputs:
  tokenEndpoint: ${orders.tokenEndpoint}
  clientId: ${orders.clientId}
  clientSecret: ${orders.clientSecret}
  scope: ${orders.scope}
  apiUrl: https://gateway.example.com/orders/1.0.0/orders
"""
TYPESCRIPT = """
import * as wso2 from "pulumi-asgardeo-bijira";

const orders = new wso2.SecuredApi("orders", {
    identifier: "https://api.example.com/orders",
    scopes: [{ name: "orders:read" }],
    subscriptions: [{ apiName: "Orders API", apiVersion: "1.0.0" }],
});

export const tokenEndpoint = orders.tokenEndpoint;
export const clientId = orders.clientId;
export const clientSecret = orders.clientSecret;
export const scope = orders.scope;
export const apiUrl = "https://gateway.example.com/orders/1.0.0/orders";
"""
PACKAGE = {
    "name": "shop",
    "main": "index.ts",
    "dependencies": {
        "@pulumi/pulumi": "^3.113.0",
        "@types/node": "^20",
        "pulumi-asgardeo-bijira": "file:sdks/asgardeo-bijira",
        "typescript": "^5",
    },
}


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Callable[..., dict[str, Any]]:
    """Rehearses a folder, which must go well and leave the folder as it is, and returns what is told of it."""

    def rehearse(folder: Path, *options: str) -> dict[str, Any]:
        before = {path: path.lstat().st_mtime_ns for path in folder.rglob("*")}
        done = command("rehearse", str(folder), "--json", *options)
        report: dict[str, Any] = json.loads(done.stdout)
        assert done.returncode == 0, done.stdout
        assert {path: path.lstat().st_mtime_ns for path in folder.rglob("*")} == before
        record_property("engine", f"{report['engine']}, with the plugin")
        return report

    return rehearse


def project(folder: Path, settings: str, **files: str) -> Path:
    """A folder with a Pulumi.yaml and what else is given."""
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text(settings, encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def opens_its_api(report: dict[str, Any]) -> None:
    """The whole guide, without a request that is not needed and without a warning."""
    steps = {step["name"]: step for step in report["steps"]}
    assert list(steps) == ["preview", "up", "invoke", "invoke-without-token", "up-again", "refresh", "destroy"]
    assert steps["invoke"]["status"] == 200
    assert steps["up-again"]["changes"] == steps["refresh"]["changes"] == {"same": 5}
    assert steps["up"]["requests"]["token"] == 2
    assert not any(
        step["requests"][platform] for step in (steps["preview"], steps["up-again"]) for platform in step["requests"]
    )
    assert [step["warnings"] for step in report["steps"]] == [[]] * len(steps)
    assert report["left_behind"] == 0


def test_yaml(tmp_path: Path, told: Callable[..., dict[str, Any]]) -> None:
    """With the settings of a stack's file, under the plugin's own keys."""
    need("pulumi", "pulumi-language-yaml")
    folder = project(tmp_path / "shop", YAML)
    stack = (
        "config:\n  asgardeo-bijira:asgardeoOrganization: beta\n  asgardeo-bijira:asgardeoClientSecret: {secure: v1}\n"
    )
    (folder / "Pulumi.dev.yaml").write_text(stack)
    opens_its_api(told(folder, "--stack", "dev", "--config", "asgardeo-bijira:bijiraKeyManager=Asgardeo"))


def test_a_program_that_fails_says_why(tmp_path: Path) -> None:
    """In a line of the plugin's, with what the scenario lacks."""
    need("pulumi", "pulumi-language-yaml")
    folder = project(tmp_path / "shop", YAML.replace("apiVersion: 1.0.0", "apiVersion: 2.0.0"))
    done = command("rehearse", str(folder))
    assert done.returncode == 1
    assert "Bijira has no published API Orders API" in done.stdout
    assert 'name: "Orders API"' in done.stdout
    assert "ok   destroy" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_typescript(tmp_path: Path, told: Callable[..., dict[str, Any]]) -> None:
    """With the SDK that the CLI writes, where `pulumi package add` leaves it."""
    need("pulumi", "pulumi-language-nodejs", "npm")
    (tmp_path / "schema.json").write_text(schema(), encoding="utf-8")
    pulumi(tmp_path / "home", tmp_path, "package", "gen-sdk", "./schema.json", "--language", "nodejs", "--out", "sdk")
    settings = "name: shop\nruntime: nodejs\npackages: {asgardeo-bijira: ../plugin}\n"
    files = {"index.ts": TYPESCRIPT, "package.json": json.dumps(PACKAGE)}
    folder = project(tmp_path / "shop", settings, **files)
    refused = command("rehearse", str(folder))
    wanted = f"@pulumi/pulumi is not installed; run `pulumi install` in {folder}, then rehearse again\n"
    assert (refused.returncode, refused.stderr) == (1, wanted)
    (folder / "sdks").mkdir()
    (tmp_path / "sdk" / "nodejs").rename(folder / "sdks" / "asgardeo-bijira")
    npm_install(folder)
    opens_its_api(told(folder))


def on_path(folder: Path, *programs: str) -> dict[str, str]:
    """An environment whose PATH has these programs alone, none of which is ever started."""
    folder.mkdir()
    for program in programs:
        (folder / program).touch(0o755)
    return {"PATH": str(folder)}


@pytest.mark.parametrize(
    ("runtime", "programs", "line"),
    [
        (
            "yaml",
            (),
            "{path}: the runtime is yaml, and the built-in engine runs Python programs with the classes of "
            "pulumi_asgardeo_bijira alone; install the Pulumi CLI to rehearse it",
        ),
        (
            "java",
            ("pulumi", "java"),
            "the program is written for java, and there is no pulumi-language-java beside `pulumi` or on PATH; install "
            "the Pulumi CLI whole, or correct `runtime` in {path}",
        ),
        (
            "nodejs",
            ("pulumi", "pulumi-language-nodejs"),
            "the program is written for nodejs, and there is no `node` on PATH; install it",
        ),
        (
            "nodejs",
            ("pulumi", "pulumi-language-nodejs", "node"),
            "@pulumi/pulumi is not installed; run `pulumi install` in {folder}, then rehearse again",
        ),
        (
            "python\npackages: {asgardeo-bijira: ../plugin}",
            ("pulumi", "pulumi-language-python"),
            "asgardeo_bijira is not installed; run `pulumi install` in {folder}, then rehearse again",
        ),
        (
            "go",
            ("pulumi", "pulumi-language-go", "go"),
            "./sdks/asgardeo-bijira is not installed; run `pulumi install` in {folder}, then rehearse again",
        ),
    ],
)
def test_what_is_missing_is_said_in_one_line(
    runtime: str, programs: tuple[str, ...], line: str, tmp_path: Path
) -> None:
    """With what to do about it, before anything is started."""
    modules = "module shop\nreplace example.com/sdk => ./sdks/asgardeo-bijira\n"
    files = {"package.json": json.dumps(PACKAGE), "go.mod": modules}
    folder = project(tmp_path / "shop", f"name: shop\nruntime: {runtime}\n", **files)
    done = command("rehearse", str(folder), environment=on_path(tmp_path / "bin", *programs))
    assert done.stderr == line.format(folder=folder, path=folder / "Pulumi.yaml") + "\n"
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize(
    ("runtime", "settings"),
    [
        ("yaml", {"bijira:orgHandle": "theirs"}),
        ("python", {"asgardeo:organization": "acme", "bijira:orgHandle": "theirs"}),
    ],
)
def test_the_plugin_is_given_the_keys_of_its_own_namespace(
    tmp_path: Path, runtime: str, settings: dict[str, str]
) -> None:
    """Else a sandbox, or doctor, would know of an organisation that the program's plugin knows nothing of."""
    folder = project(tmp_path / "theirs", f"name: theirs\nruntime: {runtime}\n")
    given = Configuration({"asgardeo:organization": "acme", "asgardeo-bijira:bijiraOrgHandle": "theirs"})
    assert given.merged(folder) == settings


def test_a_project_without_a_language_is_told_so(tmp_path: Path) -> None:
    """Whichever engine there is."""
    folder = project(tmp_path / "shop", "name: shop\n")
    line = f"{folder / 'Pulumi.yaml'} has no `runtime`; name the language of the program, for example python or yaml\n"
    assert command("rehearse", str(folder)).stderr == line


def test_a_command_of_any_language_runs_against_a_sandbox(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """The plugin is told of it by the environment, like everybody."""
    need("pulumi", "pulumi-language-yaml")
    folder, home = (
        project(tmp_path / "shop", YAML.replace("  asgardeo-bijira: ../plugin\n", "  {}\n")),
        tmp_path / "home",
    )
    home.mkdir()
    settings = {
        "PATH": os.pathsep.join((str(Path(COMMAND).parent), os.environ["PATH"])),
        "PULUMI_BACKEND_URL": home.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "trial",
        "PULUMI_HOME": str(home),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }
    pulumi(home, folder, "stack", "init", "dev", environment=settings)
    state = ("sandbox", "--state", str(tmp_path / "state.json"), "--")
    for arguments, said in (
        (("up", "--yes", "--skip-preview"), "+ 5 created"),
        (("preview", "--expect-no-changes"), "5 unchanged"),
        (("destroy", "--yes", "--skip-preview"), "- 5 deleted"),
    ):
        done = command(*state, "pulumi", *arguments, "--stack", "dev", environment=settings, folder=folder)
        assert said in done.stdout, done.stdout + done.stderr
        assert done.returncode == 0
    record_property("engine", "pulumi, with the plugin")
