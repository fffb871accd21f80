"""`doctor` lists the management scopes that a program needs, and no others."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.clients.asgardeo import MANAGEMENT_SCOPES

from tests.support.cli import need
from tests.support.command import command
from tests.support.engines import make_project

if TYPE_CHECKING:
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox

HEAD = "import pulumi\nimport pulumi_asgardeo_bijira as wso2\n"
API = HEAD + 'api = wso2.AsgardeoApi("orders", identifier="https://orders", scopes=[{"name": "orders:read"}])\n'
OF_API = [f"internal_api_resource_{verb}" for verb in ("create", "delete", "update", "view")]
OF_APPLICATION = [f"internal_application_mgt_{verb}" for verb in ("create", "delete", "update", "view")]
IN_YAML = """
name: shop
runtime: yaml
resources:
  orders:
    type: asgardeo-bijira:AsgardeoApi
    properties: {identifier: https://orders, description: "${theirs.clientId}"}
  theirs:
    type: asgardeo-bijira:AsgardeoApplication
    get: {id: 0c6e1d52-3f7a-4b8c-9d24-6a5b4c3d2e1f}
variables:
  staff:
    fn::invoke: {function: asgardeo-bijira:getGroup, arguments: {name: "${orders.name}"}}
"""
SECRET = "internal_application_mgt_client_secret_view"  # noqa: S105  # a scope


def examined(folder: Path, program: str, sandbox: Sandbox) -> dict[str, Any]:
    """What doctor finds of this program, whose project names its environment: nobody has activated one."""
    make_project(folder, program, settings={"runtime": {"name": "python", "options": {"virtualenv": sys.prefix}}})
    return examined_as_it_is(folder, sandbox)


def examined_as_it_is(folder: Path, sandbox: Sandbox) -> dict[str, Any]:
    """What doctor finds of a project, with settings that lead to the sandbox as real ones do."""
    address = {
        "ASGARDEO_BASE_URL": sandbox.url,
        "ASGARDEO_ORGANIZATION": "sandbox",
        "BIJIRA_BASE_URL": f"{sandbox.url}/api/am/devportal/v2",
        "BIJIRA_TOKEN_URL": f"{sandbox.url}/oauth2/token",
        "BIJIRA_ORGANIZATION_ID": "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10",
    }
    client = {f"{name}_CLIENT_ID": "sandbox-management" for name in ("ASGARDEO", "BIJIRA")}
    secret = {f"{name}_CLIENT_SECRET": "sandbox-secret" for name in ("ASGARDEO", "BIJIRA")}
    done = command("doctor", str(folder), "--json", environment={**address, **client, **secret})
    return dict(json.loads(done.stdout))


def listed(report: dict[str, Any]) -> dict[str, list[str]]:
    """The scopes that it lists, by platform."""
    found: dict[str, list[str]] = {"asgardeo": [], "bijira": []}
    for one in report["scopes"]:
        found[one["platform"]].append(one["scope"])
    return {platform: sorted(scopes) for platform, scopes in found.items()}


def details(report: dict[str, Any]) -> dict[str, str]:
    """What was found, by name."""
    return {finding["name"]: finding["detail"] for finding in report["findings"]}


@pytest.mark.parametrize(
    ("program", "asgardeo", "bijira"),
    [
        pytest.param(API, OF_API, [], id="an API"),
        pytest.param(
            HEAD + 'wso2.AsgardeoApplication("orders", secret_rotation="1")\n',
            [*OF_APPLICATION, SECRET, "internal_application_mgt_client_secret_create"],
            [],
            id="an application whose secret is rotated",
        ),
        pytest.param(
            HEAD + 'wso2.AsgardeoApplication("web", application_type="spa", callback_urls=["https://web"])\n',
            OF_APPLICATION,
            [],
            id="a public client",
        ),
        pytest.param(
            API + 'wso2.AsgardeoApplication("web", authorized_apis=[{"api_id": api.id, "scopes": ["orders:read"]}])\n',
            [*OF_API, *OF_APPLICATION, SECRET, "internal_application_business_api_update"],
            [],
            id="an authorized API",
        ),
        pytest.param(
            HEAD + 'users = wso2.get_api(identifier="/scim2/Users")\n'
            'view = {"api_id": users.id, "scopes": ["internal_user_mgt_view"]}\n'
            'wso2.AsgardeoApplication("it", authorized_apis=[view])\n',
            ["internal_api_resource_view", *OF_APPLICATION, SECRET, "internal_application_internal_api_update"],
            [],
            id="an API of the system's own",
        ),
        pytest.param(
            HEAD + 'wso2.BijiraApplicationClient("orders", client_id="abc", application_id="0c6e")\n',
            [],
            ["apim:subscribe"],
            id="a client alone",
        ),
        pytest.param(
            HEAD + 'theirs = wso2.AsgardeoApplication.get("theirs", "0c6e1d52-3f7a-4b8c-9d24-6a5b4c3d2e1f")\n'
            'wso2.BijiraApplicationClient("orders", client_id=theirs.client_id)\n',
            ["internal_application_mgt_view", SECRET],
            ["apim:subscribe"],
            id="an application that is only read",
        ),
    ],
)
def test_what_a_program_needs_is_listed_and_no_more(
    tmp_path: Path, sandbox: Sandbox, program: str, asgardeo: list[str], bijira: list[str]
) -> None:
    """By kind and by inputs, look-ups too; nothing is asked of the platforms but what doctor itself looks at."""
    report = examined(tmp_path, program, sandbox)
    assert listed(report) == {"asgardeo": sorted(asgardeo), "bijira": bijira}
    assert report["ok"], report
    assert all(one["granted"] and one["needed_by"] for one in report["scopes"])
    assert {one.method for one in sandbox.ledger.since(0) if one.platform != "token"} <= {"GET"}


def test_scopes_that_nothing_needs_may_be_missing(tmp_path: Path, sandbox: Sandbox) -> None:
    """A management application with least privilege is well, and so is a platform that the program has nothing on."""
    sandbox.store.asgardeo["sandbox"].management_scopes = OF_API
    for organization in sandbox.store.bijira.values():
        organization.management_scopes = []
    report = examined(tmp_path, API, sandbox)
    assert report["ok"], report
    assert details(report)["token of Bijira"] == "not needed: the program has nothing there"
    sandbox.store.asgardeo["sandbox"].management_scopes = OF_API[1:]
    report = examined(tmp_path, API, sandbox)
    assert not report["ok"]
    assert [one["scope"] for one in report["scopes"] if not one["granted"]] == OF_API[:1]
    where = "missing. Grant internal_api_resource_create in the console: Applications, the management application, "
    assert details(report)[f"scope {OF_API[0]}"] == f"{where}API Authorization, API Resource Management API"


def test_a_look_up_that_finds_nothing_in_the_sandbox_hides_nothing(tmp_path: Path, sandbox: Sandbox) -> None:
    """What it finds is not known, and the preview goes on; that its answer could mean more is said."""
    look_up = 'theirs = wso2.get_api(identifier="https://theirs")\n'
    report = examined(tmp_path, API + look_up + 'wso2.AsgardeoApplication("it", description=theirs.name)\n', sandbox)
    assert listed(report)["asgardeo"] == sorted([*OF_API, *OF_APPLICATION, SECRET])
    assert "answers to get_api is not known here and not among them" in details(report)["scopes of the program"]


def test_a_program_that_cannot_be_previewed_is_given_what_was_seen_or_all(tmp_path: Path, sandbox: Sandbox) -> None:
    """And told so."""
    report = examined(tmp_path, f"{API}api.urn.apply(lambda _: 1 / 0)\n", sandbox)
    assert listed(report) == {"asgardeo": OF_API, "bijira": []}
    assert "seen before the preview failed; the rest may need more: error: " in details(report)["scopes of the program"]
    report = examined(tmp_path, "raise ValueError('not today')\n", sandbox)
    said = details(report)["scopes of the program"]
    assert said.startswith("those of every resource, more than it needs, since it cannot be previewed here")
    assert set(listed(report)["asgardeo"]) == set(MANAGEMENT_SCOPES)


def test_a_resource_of_another_package_hides_none_of_ours(tmp_path: Path, sandbox: Sandbox) -> None:
    """No engine here can run it, but what was declared before it is seen."""
    other = 'pulumi.CustomResource("pet", "random:index:Pet", {}, pulumi.ResourceOptions(depends_on=[api]))\n'
    report = examined(tmp_path, API + other, sandbox)
    assert listed(report) == {"asgardeo": OF_API, "bijira": []}
    assert "seen before the preview failed; the rest may need more: " in details(report)["scopes of the program"]
    assert report["ok"], report


def test_a_program_in_another_language_is_told_the_same(tmp_path: Path, sandbox: Sandbox) -> None:
    """By the plugin, in its spelling: of what is made, of what is only read, and of a look-up that finds nothing."""
    need("pulumi", "pulumi-language-yaml")
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text(IN_YAML)
    report = examined_as_it_is(folder, sandbox)
    reading = "internal_application_mgt_client_secret_view"
    expected = [*OF_API, "internal_application_mgt_view", reading, "internal_group_mgt_view"]
    assert listed(report) == {"asgardeo": sorted(expected), "bijira": []}
    said = details(report)
    assert "answers to getGroup is not known here and not among them" in said["scopes of the program"]
    assert said["configuration of asgardeo"].startswith("asgardeo-bijira:asgardeoOrganization=sandbox, ")
    assert "virtual environment" not in said


def test_what_has_a_provider_of_its_own_is_left_out_and_named(tmp_path: Path, sandbox: Sandbox) -> None:
    """It lives in another organisation, which these settings say nothing of."""
    other = (
        'other = wso2.Provider("other", asgardeo={"organization": "other"})\n'
        'wso2.AsgardeoApplication("theirs", pulumi.ResourceOptions(provider=other))\n'
    )
    report = examined(tmp_path, API + other, sandbox)
    assert listed(report) == {"asgardeo": OF_API, "bijira": []}
    assert "provider of their own: theirs (AsgardeoApplication)" in details(report)["scopes of the program"]


def test_the_list_can_be_copied(tmp_path: Path, sandbox: Sandbox) -> None:
    """After the findings, by the API of the console that carries them."""
    make_project(tmp_path, API)
    done = command("doctor", str(tmp_path), environment={"ASGARDEO_BIJIRA_SANDBOX": sandbox.url})
    line = f"    API Resource Management API: {' '.join(OF_API)}"
    assert done.stdout.splitlines()[-2:] == ["What the management application in Asgardeo needs, and no more:", line]


def test_the_list_is_there_before_anybody_can_sign_in(tmp_path: Path) -> None:
    """It is wanted when the management application is made; what is granted nobody knows then."""
    make_project(tmp_path, API + 'wso2.BijiraApplicationClient("orders", client_id="abc", application_id="0c6e")\n')
    done = command("doctor", str(tmp_path))
    assert done.returncode == 1
    assert "FAIL token of Asgardeo: asgardeo:organization is not set" in done.stdout
    assert done.stdout.splitlines()[-4:] == [
        "What the management application in Asgardeo needs, and no more:",
        f"    API Resource Management API: {' '.join(OF_API)}",
        "What the client in Bijira needs, and no more:",
        "    apim:subscribe",
    ]
    report = json.loads(command("doctor", str(tmp_path), "--json").stdout)
    assert {one["granted"] for one in report["scopes"]} == {None}
