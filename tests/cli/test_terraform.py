"""A state of the Terraform provider becomes a program under the same ids, and nothing changes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pulumi_asgardeo_bijira.exporting import TABLES, State
from pulumi_asgardeo_bijira.exporting.terraform_table import leaves
from pulumi_asgardeo_bijira.rehearsal.engines import Project
from pulumi_asgardeo_bijira.resources import resource_handler
from pulumi_asgardeo_bijira.resources.schema import nested_model
from pulumi_asgardeo_bijira.settings import sandbox_environment
from pulumi_asgardeo_bijira.transport import InvalidInput

from tests.support.command import command
from tests.support.engines import engine_of

if TYPE_CHECKING:
    import subprocess

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.resources.schema import Inputs

#: What `terraform show -json` wrote of the provider's applications, and what the provider had sent to make them.
RECORDED = Path(__file__).parents[1] / "data" / "terraform"
PAGE = Path(__file__).parents[2] / "docs" / "from-terraform.md"


def made(sandbox: Sandbox) -> str:
    """The recorded state, of the same applications in this sandbox, made as the provider makes them."""
    tenant = f"{sandbox.url}/t/sandbox"
    form = {"grant_type": "client_credentials", "scope": "SYSTEM"}
    token = httpx.post(f"{tenant}/oauth2/token", data=form, auth=("sandbox-management", "sandbox-secret")).json()
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    state, ids = (RECORDED / "state.json").read_text(), dict[str, str]()
    for sent in json.loads((RECORDED / "requests.json").read_text()):
        path = re.sub(r"applications/([^/]+)", lambda found: f"applications/{ids[found[1]]}", sent["path"])
        answer = httpx.request(sent["method"], f"{tenant}/api/server/v1{path}", json=sent["json"], headers=headers)
        assert answer.is_success, answer.text
        if "made" in sent:
            ids[sent["made"]] = id_ = answer.headers["Location"].rpartition("/")[2]
            oidc = httpx.get(
                f"{tenant}/api/server/v1/applications/{id_}/inbound-protocols/oidc", headers=headers
            ).json()
            for what, key in (("client", "clientId"), ("secret", "clientSecret")):
                state = state.replace(f"{what} of {sent['json']['name']}", oidc[key])
            state = state.replace(sent["made"], id_)
    return state


def taken_over(sandbox: Sandbox, state: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command on a state."""
    arguments = ("export", "--terraform", "-", "--output", str(folder))
    return command(*arguments, environment=sandbox_environment(sandbox.url), text=state)


def test_a_state_becomes_a_program_that_changes_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    """Under the ids of the state, with references kept and without a secret; what is not declared is told."""
    state = made(sandbox)
    before, folder = sandbox.store.snapshot(), tmp_path / "taken"
    done = taken_over(sandbox, state, folder)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert "left out: data.asgardeo_application.console: a data source; see get_application" in told
    assert "left out: output name: no resource of the program has its value" in told
    assert any(
        line.startswith("not written: application asgardeo_application.portal: ")
        and "inboundProtocols (1 of 2 items)" in line
        for line in told
    )
    assert not any(line.startswith("differs") for line in told)
    program = (folder / "__main__.py").read_text()
    assert 'pulumi.export("client_id", service.client_id)\npulumi.export("client_secret", service.client_secret)\n' in (
        program
    )
    assert "is /scim2/Users\n" in program
    assert '"regexp=(https://shop.example.com/a|https://shop.example.com/b)"' in program

    entries = {entry["name"]: entry for entry in json.loads((folder / "import.json").read_text())["resources"]}
    managed = [one for one in State.read(str(_file(tmp_path, state))).resources if one.type == "asgardeo_application"]
    assert {entry["id"] for entry in entries.values()} == {one.values["id"] for one in managed}
    secrets = {one.values["client_secret"] for one in managed if one.is_managed}
    assert not any(secret in program + done.stdout for secret in secrets)
    project = Project(folder, environment={**sandbox_environment(sandbox.url), "ASGARDEO_BIJIRA_IMPORTING": "1"})
    with engine_of(project, "built-in") as engine:
        assert engine.up().ok
        stored = [one for one in engine.export()["deployment"]["resources"] if one["custom"]]
        agreed = {one["urn"].split("::")[-1]: one for one in stored}
        assert {name: agreed[name]["inputs"] for name in entries} == {
            name: entry["inputs"] for name, entry in entries.items()
        }
        assert {name: agreed[name]["id"] for name in entries} == {name: entry["id"] for name, entry in entries.items()}
        assert set(engine.refresh().changes) == {"same"}
    assert sandbox.store.snapshot() == before


def _file(folder: Path, state: str) -> Path:
    file = folder / "state.json"
    file.write_text(state)
    return file


def test_what_the_platform_has_by_now_is_told_or_kept(sandbox: Sandbox, tmp_path: Path) -> None:
    """A difference, an application that is gone, a SAML part, an API that somebody else has authorized since."""
    state = json.loads(made(sandbox))
    module = state["values"]["root_module"]
    by_name = {(one["type"], one["name"], one.get("index")): one["values"] for one in module["resources"]}
    service = by_name["asgardeo_application", "service", None]
    service["description"] = "another"
    service["saml"] = [{"manual_configuration": [{"issuer": "hunter2"}]}]
    service["newer"] = 5
    service["odd\nodd()"] = "x"
    by_name["asgardeo_application", "web", "shop"]["id"] = "3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10"
    groups = by_name["asgardeo_application_authorized_api", "groups", None]
    module["resources"] = [one for one in module["resources"] if one["values"] is not groups]
    module["resources"].append({"address": "aws_vpc.x", "mode": "managed", "type": "aws_vpc", "values": {}})
    users = by_name["asgardeo_application_authorized_api", "users", None]
    users["identifier"] += "\rodd()"
    stray = {**users, "application_id": "gone"}
    module["resources"].append(
        {
            "address": "asgardeo_application_authorized_api.stray",
            "mode": "managed",
            "type": "asgardeo_application_authorized_api",
            "values": stray,
        }
    )
    done = taken_over(sandbox, json.dumps(state), tmp_path / "taken")
    assert done.returncode == 0, done.stderr
    assert "left out: aws_vpc.x: a resource of another kind" in done.stdout
    assert "left out: asgardeo_application_authorized_api.stray: its application is not among the program's" in (
        done.stdout
    )
    assert 'left out: asgardeo_application.web["shop"]: The application with the id 3c2b5a8e' in done.stdout
    lost = "saml.manual_configuration.issuer (of Terraform), newer (of Terraform), odd odd() (of Terraform)"
    assert lost in done.stdout
    assert "differs from the state, as a preview will show: service: description" in done.stdout
    program = (tmp_path / "taken" / "__main__.py").read_text()
    assert f'"api_id": "{groups["api_resource_id"]}"' in program
    assert "hunter2" not in done.stdout + program
    assert not any(line.startswith("odd") for line in program.splitlines())  # a comment ends where its line does


def odd(**parts: Any) -> str:
    """A state with one application, of which something is odd."""
    one = {"address": "a.b", "type": "asgardeo_application", "mode": "managed", "values": {"id": "1"}} | parts
    return json.dumps({"format_version": "1.0", "values": {"root_module": {"resources": [one]}}})


@pytest.mark.parametrize(
    ("values", "strange"),
    [
        ({}, "id"),
        ({"id": "1", "oidc": [{"callback_urls": "x"}]}, "oidc.callback_urls"),
        ({"id": "1", "oidc": {"allowed_origins": ["x", 1]}}, "oidc.allowed_origins"),
        (
            {"id": "1", "claim_configuration": {"requested_claims": [{"uri": "x"}]}},
            "claim_configuration.requested_claims",
        ),
    ],
)
def test_an_attribute_of_another_type_is_named(tmp_path: Path, values: dict[str, Any], strange: str) -> None:
    """A newer provider may write what this table does not know."""
    with pytest.raises(InvalidInput, match=f"another type than the provider's in a.b: {strange}\\. Have"):
        State.read(str(_file(tmp_path, odd(values=values))))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "is not what terraform show -json writes"),
        ("[]", "is not what terraform show -json writes"),
        ('{"version": 4, "resources": []}', "is not what terraform show -json writes"),
        ('{"format_version": "1.0", "values": {"root_module": {"resources": [{}]}}}', "is not what terraform"),
        ('{"format_version": "1.2", "planned_values": {}}', "is a plan and no state"),
        (odd(type=["x"]), "is not what terraform show -json writes"),
        (odd(values="x"), "is not what terraform show -json writes"),
    ],
)
def test_anything_else_is_refused_in_one_line(sandbox: Sandbox, tmp_path: Path, text: str, problem: str) -> None:
    """With what to run instead."""
    done = taken_over(sandbox, text, tmp_path / "taken")
    assert done.returncode == 1
    assert problem in done.stderr
    assert done.stderr.splitlines()[-1].endswith("Write it with: terraform show -json > state.json")


def test_the_page_and_the_provider_have_every_attribute() -> None:
    """Each of the recorded ones has a row, each argument is one of the classes', and each row stands on the page."""
    for one in State.read(str(RECORDED / "state.json")).resources:
        known = [row.attribute for row in TABLES[one.type]] if one.is_managed else []
        strange = [path for path in leaves(one.values) if not any(f"{path}.".startswith(f"{name}.") for name in known)]
        assert not one.is_managed or strange == []
    page = PAGE.read_text()
    for type_, rows in TABLES.items():
        lines = [
            f"| `{row.attribute}` | {f'`{row.argument}`' if row.argument else 'none'} | {row.text} |" for row in rows
        ]
        assert "\n".join(lines) in page, "\n".join([type_, *lines])
    arguments = {row.argument for rows in TABLES.values() for row in rows if row.argument}
    assert [one for one in arguments if not _is_argument(resource_handler("Application").inputs, one)] == []


def _is_argument(model: type[Inputs], path: str) -> bool:
    name, _, rest = path.partition(".")
    if name not in model.model_fields:
        return False
    inner: Any = nested_model(model.model_fields[name])[0]
    return not rest or _is_argument(inner, rest)
