"""The commands that ask the platforms take the settings of a stack, also those that `config set --secret` encrypts."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.cli import need, pulumi
from tests.support.command import command

if TYPE_CHECKING:
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox

PROGRAM = """
import pulumi
import pulumi_asgardeo_bijira as wso2

assert pulumi.Config().require_secret("own")
wso2.AsgardeoApi("orders", identifier="urn:orders")
wso2.AsgardeoApplication("web", name="web")
"""
SEALED = (
    "asgardeo:clientSecret is encrypted in the stack and cannot be opened here. "
    "Set the variable ASGARDEO_CLIENT_SECRET=…"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project without a stack."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text(
        f"name: theirs\nruntime: {{name: python, options: {{virtualenv: {sys.prefix}}}}}\n"
    )
    (folder / "__main__.py").write_text(PROGRAM)
    return folder


def test_the_cli_opens_what_is_encrypted_in_the_selected_stack(folder: Path, tmp_path: Path, sandbox: Sandbox) -> None:
    """For doctor, import and explain alike; no value of it is shown, and without the passphrase a variable is named."""
    need("pulumi")
    home = tmp_path / "home"
    home.mkdir()
    pulumi(home, folder, "stack", "init", "dev")
    plain = {"baseUrl": sandbox.url, "organization": "sandbox", "clientId": "sandbox-management"}
    given = [part for key, value in plain.items() for part in ("--plaintext", f"asgardeo:{key}={value}")]
    given += ["--secret", "asgardeo:clientSecret=sandbox-secret", "--secret", "own=hunter2"]
    pulumi(home, folder, "config", "set-all", *given)
    on_cli = {"PULUMI_BACKEND_URL": f"file://{home}", "PULUMI_HOME": str(home), "PULUMI_CONFIG_PASSPHRASE": ""}
    doctor = command("doctor", str(folder), environment=on_cli)
    assert doctor.returncode == 0, doctor.stdout
    assert "ok   stack: dev, as the Pulumi CLI has it: it is the selected one" in doctor.stdout
    file = tmp_path / "import.json"
    imported = command("import", str(folder), "--output", str(file), environment=on_cli)
    assert imported.returncode == 0, imported.stderr
    explained = command("explain", str(folder), "--client", "none", environment=on_cli)
    assert "FAIL application: Asgardeo has none with the client id none" in explained.stdout, explained.stderr
    for done in (doctor, imported, explained):
        assert not {"sandbox-secret", "hunter2"} & set((done.stdout + done.stderr).split())
    closed = {**on_cli, "PULUMI_CONFIG_PASSPHRASE": "another"}
    for arguments in (("doctor", str(folder)), ("import", str(folder), "--stack", "dev")):  # the selected one, too
        done = command(*arguments, environment=closed)
        assert SEALED in done.stdout + done.stderr
        assert "is not set" not in done.stdout + done.stderr
    assert (
        "stack: dev, by Pulumi.dev.yaml (the Pulumi CLI says: incorrect passphrase)"
        in command("doctor", str(folder), "--stack", "dev", environment=closed).stdout
    )


def test_without_the_cli_the_files_of_stacks_are_named(folder: Path) -> None:
    """And that of the named one is read, as far as it is plain."""
    alone = {"PATH": str(folder)}
    (folder / "Pulumi.dev.yaml").write_text(
        "config:\n  asgardeo:organization: acme\n  asgardeo:clientSecret: {secure: x}\n"
        "  theirs:own: {a: [{secure: x}]}\n"
    )
    (folder / "Pulumi.prod.yaml").write_text("config: {}\n")
    said = command("doctor", str(folder), environment=alone).stdout
    assert "stack: none is looked at (there is no Pulumi CLI on PATH); there are dev, prod: name one by --stack" in said
    done = command("doctor", str(folder), "--stack", "dev", "--json", environment=alone)
    findings = {one["name"]: one["detail"] for one in json.loads(done.stdout)["findings"]}
    assert findings["stack"] == "dev, by Pulumi.dev.yaml (there is no Pulumi CLI on PATH)"
    assert findings["configuration of asgardeo"] == findings["token of Asgardeo"] == SEALED
    done = command("import", str(folder), "--stack", "dev", environment=alone)
    assert SEALED in done.stderr
    assert "is not set" not in done.stderr
