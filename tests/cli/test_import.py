"""What exists is imported into a state that then agrees with the program, without touching it."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.support.command import command
from tests.support.engines import ABSENT, engine_of, make_project

if TYPE_CHECKING:
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox

PROGRAM = """
import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.SecuredApi(
    "orders", identifier="urn:orders", scopes=[{"name": "orders:read", "description": "See them"}],
    subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}],
)
web = wso2.AsgardeoApplication(
    "web", application_type="web", callback_urls=["https://b.example.com/cb", "https://a.example.com/cb"],
    secret_rotation="2026", refresh_token={"expiry_in_seconds": 1000}, allowed_audience="APPLICATION",
)
reader = wso2.AsgardeoRole(
    "reader", application_id=web.id, groups=[wso2.get_group(name="staff").id], users=[]
)
"""
NAMES = ["orders-api", "orders-application", "orders-client", "reader", "web"]


@pytest.fixture
def made(sandbox: Sandbox, tmp_path: Path) -> dict[str, dict[str, Any]]:
    """Everything that the program declares exists already; gives the state that knows of it, by name."""
    project = make_project(tmp_path / "project", PROGRAM, environment={SANDBOX_VARIABLE: sandbox.url})
    with engine_of(project, "built-in") as engine:
        result = engine.up()
        assert result.ok, result.diagnostics
        return {entry["urn"].split("::")[-1]: entry for entry in engine.export()["deployment"]["resources"]}


def write(sandbox: Sandbox, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    arguments = ["import", str(folder / "project"), "--output", str(folder / "import.json"), *options]
    return command(*arguments, environment={SANDBOX_VARIABLE: sandbox.url})


def test_the_file_has_what_the_program_declares_as_the_platforms_have_it(
    sandbox: Sandbox, made: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    """The same ids and inputs as the state that made them, secrets marked, nothing sent but reads."""
    mark = sandbox.ledger.mark()
    done = write(sandbox, tmp_path)
    assert done.returncode == 0, done.stderr
    assert {exchange.method for exchange in sandbox.ledger.since(mark) if exchange.platform != "token"} == {"GET"}
    path = tmp_path / "import.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    entries = {entry["name"]: entry for entry in json.loads(path.read_text())["resources"]}
    assert sorted(entries) == ["orders", *NAMES]
    assert entries["orders"]["component"] is True
    for name in NAMES:
        assert entries[name]["id"] == made[name]["id"]
        assert entries[name]["inputs"] == made[name]["inputs"], name
        sealed = {key for key, value in made[name]["outputs"].items() if "ciphertext" in str(value)}
        assert entries[name]["outputs"].keys() == made[name]["outputs"].keys()
        assert {key for key, value in entries[name]["outputs"].items() if "plaintext" in str(value)} == sealed
    assert entries["web"]["outputs"]["clientSecret"]["plaintext"]


def test_what_differs_is_imported_as_it_is(sandbox: Sandbox, made: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    """The preview after the import then shows the difference."""
    tenant = sandbox.store.asgardeo["sandbox"]
    tenant.apis[made["orders-api"]["id"]].scopes[0].description = "by hand"
    done = write(sandbox, tmp_path)
    assert done.returncode == 0, done.stderr
    entries = {entry["name"]: entry for entry in json.loads((tmp_path / "import.json").read_text())["resources"]}
    assert entries["orders-api"]["inputs"]["scopes"][0]["description"] == "by hand"


def test_only_what_a_placeholder_file_names_is_imported(
    sandbox: Sandbox, made: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    """The file that `pulumi preview --import-file` writes, and one that is none."""
    placeholders = tmp_path / "placeholders.json"
    placeholders.write_text(json.dumps({"resources": [{"type": "x", "name": "web", "id": "<PLACEHOLDER>"}]}))
    assert write(sandbox, tmp_path, "--placeholders", str(placeholders)).returncode == 0
    entries = json.loads((tmp_path / "import.json").read_text())["resources"]
    assert [entry["name"] for entry in entries] == ["web"]
    placeholders.write_text("{}")
    assert "is not an import file" in write(sandbox, tmp_path, "--placeholders", str(placeholders)).stderr


def test_what_is_selected_by_name_or_id_is_imported(
    sandbox: Sandbox, made: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    """A component brings its parts, a part its component, and what is not declared is told."""

    def selected(*names: str) -> list[str]:
        options = [word for name in names for word in ("--select", name)]
        done = write(sandbox, tmp_path, *options)
        assert done.returncode == 0, done.stderr
        return sorted(entry["name"] for entry in json.loads((tmp_path / "import.json").read_text())["resources"])

    assert selected("web") == ["web"]
    assert selected(made["orders-api"]["id"], "web") == ["orders", "orders-api", "web"]
    assert selected("orders") == ["orders", "orders-api", "orders-application", "orders-client"]
    assert "nothing with the name or id nobody. Check --select" in write(sandbox, tmp_path, "--select", "nobody").stderr


@pytest.mark.parametrize("kind", ["web", "orders-api", "orders-application", "orders-client"])
def test_what_does_not_exist_is_named_and_left_to_the_next_up(
    sandbox: Sandbox, made: dict[str, dict[str, Any]], tmp_path: Path, kind: str
) -> None:
    """The rest is imported all the same, also what refers to it; who asks for it by name is told."""
    tenant, bijira = sandbox.store.asgardeo["sandbox"], next(iter(sandbox.store.bijira.values()))
    if kind == "orders-api":
        tenant.forget_api(tenant.apis[made[kind]["id"]])
    elif kind == "orders-client":
        bijira.forget_application(made[kind]["id"].split("/")[0])
    else:
        del tenant.applications[made[kind]["id"]]
    before = sandbox.store.snapshot()
    done = write(sandbox, tmp_path)
    assert done.returncode == 0, done.stderr
    gone = ["web", "reader"] if kind == "web" else [kind]  # the role is the application's
    assert f"not there yet, pulumi up will make it: {', '.join(gone)}\n" in done.stdout
    text = (tmp_path / "import.json").read_text()
    assert "not there yet" not in text
    assert sorted(entry["name"] for entry in json.loads(text)["resources"]) == ["orders", *sorted({*NAMES} - {*gone})]
    asked = write(sandbox, tmp_path, "--select", kind)
    assert asked.returncode == 1
    assert f"The {kind} does not exist and cannot be imported. Leave it to pulumi up to make it" in asked.stderr
    assert sandbox.store.snapshot() == before


def test_what_went_wrong_is_told_without_what_was_warned_of(sandbox: Sandbox, tmp_path: Path) -> None:
    """Its line is the failure's alone."""
    make_project(tmp_path / "project", PROGRAM)
    sandbox.store.asgardeo["sandbox"].management_scopes.remove("internal_api_resource_view")
    done = write(sandbox, tmp_path)
    assert done.returncode == 1
    about, failure = done.stderr.splitlines()
    assert about.endswith("stands for Asgardeo and Bijira")
    assert failure.startswith("error: pulumi-python:dynamic/asgardeo:Api (orders-api): ")


@pytest.mark.parametrize("runtime", ["yaml", "python\npackages: {asgardeo-bijira: ./plugin}"])
def test_who_uses_the_plugin_is_sent_to_pulumi(tmp_path: Path, runtime: str) -> None:
    """The file would hold resources of the dynamic classes."""
    (tmp_path / "Pulumi.yaml").write_text(f"name: theirs\nruntime: {runtime}\n")
    done = command("import", str(tmp_path))
    assert done.returncode == 1
    assert "uses the plugin, for which Pulumi imports by its own means. Use pulumi import" in done.stderr
    assert not (tmp_path / "import.json").exists()


@pytest.mark.skipif(shutil.which("pulumi") is None, reason=ABSENT)
def test_the_preview_after_the_import_is_empty(
    sandbox: Sandbox, made: dict[str, dict[str, Any]], tmp_path: Path, record_property: Any
) -> None:
    """On the real engine, in a stack that knew nothing."""
    record_property("engine", "pulumi")
    folder = tmp_path / "project"
    backend = tmp_path / "backend"
    backend.mkdir()
    (folder / "Pulumi.yaml").write_text(
        json.dumps({"name": "trial", "runtime": {"name": "python", "options": {"virtualenv": sys.prefix}}})
    )
    environment = {
        **os.environ,
        SANDBOX_VARIABLE: sandbox.url,
        "PULUMI_BACKEND_URL": f"file://{backend}",
        "PULUMI_CONFIG_PASSPHRASE": "x",
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }

    def pulumi(*arguments: str) -> str:
        asked = ["pulumi", *arguments, "--cwd", str(folder), "--non-interactive"]
        done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    pulumi("stack", "init", "again")
    assert write(sandbox, tmp_path).returncode == 0
    before = sandbox.store.snapshot()
    how = ("--generate-code=false", "--protect=false", "--yes")
    pulumi("import", "--file", str(tmp_path / "import.json"), *how)
    pulumi("preview", "--expect-no-changes", "--diff")
    exported = pulumi("stack", "export")
    assert "ciphertext" in exported
    assert sandbox.store.snapshot() == before
    pulumi("destroy", "--yes")
    assert not sandbox.store.asgardeo["sandbox"].applications


REFERRING = """
import pulumi
import pulumi_asgardeo_bijira as wso2

other = pulumi.StackReference("organization/network/prod")
wso2.AsgardeoApi("a", identifier=other.require_output("urn"), description=other.get_output("token"))
"""


def test_a_program_that_refers_to_another_stack_reads_it_by_the_cli(sandbox: Sandbox, tmp_path: Path) -> None:
    """Where it is; what another package would make cannot be looked up by either."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: theirs\nruntime: python\n")
    (folder / "__main__.py").write_text(REFERRING)
    here = {SANDBOX_VARIABLE: sandbox.url, **file_backend(tmp_path)}
    nobody = command("import", str(folder), environment=here)
    assert nobody.returncode == 1
    assert 'unknown stack "organization/network/prod"' in nobody.stderr
    (folder / "__main__.py").write_text("import pulumi\npulumi.CustomResource('aws:s3:Bucket', 'b', {})\n")
    foreign = command("import", str(folder), environment=here)
    assert "nothing but look-ups may happen meanwhile: resources of the type aws:s3:Bucket" in foreign.stderr
    assert "Install the Pulumi CLI" not in foreign.stderr
    if not shutil.which("pulumi"):
        pytest.skip(f"the rest: {ABSENT}")
    network = tmp_path / "network"
    network.mkdir()
    outputs = {"urn": "urn:a", "token": {"fn::secret": "hush"}}
    (network / "Pulumi.yaml").write_text(json.dumps({"name": "network", "runtime": "yaml", "outputs": outputs}))
    for arguments in (["stack", "init", "prod"], ["up", "--yes", "--stack", "prod"]):
        subprocess.run(["pulumi", *arguments], cwd=network, env={**os.environ, **here}, check=True)  # noqa: S607
    (folder / "__main__.py").write_text(REFERRING)
    done = command("import", str(folder), "--output", str(tmp_path / "i.json"), environment=here)
    assert done.returncode == 0, done.stderr
    assert "not there yet, pulumi up will make it: a" in done.stdout


def file_backend(folder: Path) -> dict[str, str]:
    """A backend of the CLI's in a folder, with all that it keeps."""
    (folder / "backend").mkdir()
    return {
        "PULUMI_BACKEND_URL": (folder / "backend").as_uri(),
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "rehearsal",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }
