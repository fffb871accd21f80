"""An organisation becomes a program, and the program agrees with the organisation."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox.bijira.models import Application, KeyMapping
from pulumi_asgardeo_bijira.rehearsal.engines import Project
from pulumi_asgardeo_bijira.settings import sandbox_environment

from tests.support.command import command
from tests.support.engines import engine_of
from tests.support.host import Host, Life

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox


def fill(sandbox: Sandbox) -> int:
    """Some fifty mixed objects, with names that people give; how many of them a program can declare."""
    count = 0
    with Host({}, sandbox_environment(sandbox.url)) as host:

        def make(kind: str, **inputs: Any) -> Life:
            nonlocal count
            count += 1
            life = Life(host, kind, sandbox)
            life.up(inputs)
            return life

        apis = [
            make(
                "Api",
                identifier=f"urn:{number}",
                name=["Orders", "class", '3 für "Große" \\ 漢字', "Orders"][number % 4],
                description=f"line one\nline {number}",
                scopes=[{"name": f"s{number}:{verb}", "description": "x" * number} for verb in "abc"[: number % 4]],
                requiresAuthorization=bool(number % 2),
            )
            for number in range(18)
        ]
        kinds: list[dict[str, Any]] = [
            {},
            {"applicationType": "web", "callbackUrls": ["https://a.example.com/x?y=(1)", "https://b.example.com"]},
            {
                "applicationType": "spa",
                "callbackUrls": ["https://a.example.com"],
                "allowedOrigins": ["https://a.example.com"],
            },
            {
                "applicationType": "mobile",
                "callbackUrls": ["com.x.app://cb"],
                "refreshToken": {"expiryInSeconds": 9},
            },
            {"applicationType": "standard", "grantTypes": ["password"], "accessToken": {"type": "Default"}},
            {"claims": {"requestedClaims": [{"claim": "http://wso2.org/claims/username", "mandatory": True}]}},
        ]
        applications = [
            make(
                "Application",
                name=f"app {number}",
                **kinds[number % len(kinds)],
                allowedAudience="APPLICATION",
                authorizedApis=[
                    {"apiId": api.id, "scopes": [scope["name"] for scope in api.inputs["scopes"]]}
                    for api in apis[number : number + number % 3]
                ],
            )
            for number in range(18)
        ]
        for number in range(12):
            make(
                "ApplicationClient",
                applicationName=f"app {number}",
                clientId=applications[number].outputs["clientId"],
                subscriptions=[{"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}][: number % 2],
            )
        make(
            "ApplicationClient",
            applicationId=next(iter(next(iter(sandbox.store.bijira.values())).applications)),
            clientId=applications[13].outputs["clientId"],
            keyType="SANDBOX",
        )
        make("ApplicationClient", applicationName="foreign", clientId="of-nobody")
        people = sandbox.store.asgardeo["sandbox"]
        for number in (1, 2, 3):
            given = {"groups": sorted(people.groups), "users": sorted(people.users)}
            inputs = {"applicationId": applications[number].id, "permissions": [f"s{number}:a"], **given}
            make("Role", name="orders reader", **(inputs if number < 3 else {}))
    return count


def test_a_tenant_of_fifty_objects_becomes_a_program_that_previews_empty(sandbox: Sandbox, tmp_path: Path) -> None:
    """It type-checks, is formatted, refers where it can, and its import file agrees with it to the letter."""
    count = fill(sandbox)
    assert count == 53
    bijira = next(iter(sandbox.store.bijira.values()))
    bare = Application(name="without client", owner="sandbox-management", throttling_policy="Unlimited")
    bijira.applications[bare.id] = bare
    before = sandbox.store.snapshot()
    folder = tmp_path / "exported"
    done = command("export", "--output", str(folder), environment=sandbox_environment(sandbox.url))
    assert done.returncode == 0, done.stderr
    assert "left out: application client without client: the application has no client id" in done.stdout
    assert f"{count} resources in {folder}; 1 left out (see above)\n" in done.stdout
    assert sandbox.store.snapshot() == before
    program = (folder / "__main__.py").read_text()
    assert "clientSecret" not in program
    assert "client_id=app_0_application.client_id" in program
    assert ".application_id," in program
    assert "application_id=app_1_application.id" in program
    assert f'groups=["{next(iter(sandbox.store.asgardeo["sandbox"].groups))}"]' in re.sub(r",?\s{2,}", "", program)
    for tool in (["ruff", "format", "--check", "--line-length", "120"], ["mypy", "--strict"]):
        check = [str(Path(sys.executable).with_name(tool[0])), *tool[1:], str(folder / "__main__.py")]
        checked = subprocess.run(check, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert checked.returncode == 0, checked.stdout

    entries = {entry["name"]: entry for entry in json.loads((folder / "import.json").read_text())["resources"]}
    assert len(entries) == count
    project = Project(folder, environment={**sandbox_environment(sandbox.url), "ASGARDEO_BIJIRA_IMPORTING": "1"})
    with engine_of(project, "built-in") as engine:
        assert engine.up().ok
        stored = engine.export()["deployment"]["resources"]
        agreed = {entry["urn"].split("::")[-1]: entry for entry in stored if entry["custom"]}
        assert [name for name, entry in entries.items() if agreed[name]["inputs"] != entry["inputs"]] == []
        refreshed = engine.refresh()
        assert set(refreshed.changes) == {"same"}
    assert sandbox.store.snapshot() == before


def test_an_empty_folder_is_asked_for(tmp_path: Path) -> None:
    """Nobody's program is overwritten."""
    (tmp_path / "__main__.py").write_text("mine")
    done = command("export", "--output", str(tmp_path))
    assert done.returncode == 1
    assert "is not an empty folder" in done.stderr
    assert (tmp_path / "__main__.py").read_text() == "mine"


def test_a_mapping_of_an_internal_key_manager_does_not_stop_it(sandbox: Sandbox, tmp_path: Path) -> None:
    """Portals make clients of their own there."""
    bijira = next(iter(sandbox.store.bijira.values()))
    resident = bijira.key_manager("Resident Key Manager")
    assert resident
    resident.portal_environments = ["prod"]
    mapping = KeyMapping(client_id="own", key_manager=resident.id, key_type="PRODUCTION")
    one = Application(
        name="a", owner="sandbox-management", throttling_policy="Unlimited", mappings={mapping.id: mapping}
    )
    bijira.applications[one.id] = one
    arguments = ("--only", "bijira", "--output", str(tmp_path / "out"))
    done = command("export", *arguments, environment=sandbox_environment(sandbox.url))
    assert done.returncode == 0, done.stderr
    assert "1 resources" in done.stdout


def test_key_managers_are_exported_where_an_api_shows_them(sandbox: Sandbox, tmp_path: Path) -> None:
    """On a self-hosted API Manager, before what is mapped under them; without the right to see them that is said."""
    bijira = next(iter(sandbox.store.bijira.values()))
    manager = bijira.key_manager("Asgardeo")
    assert manager
    mapping = KeyMapping(client_id="c", key_manager=manager.id, key_type="PRODUCTION")
    one = Application(
        name="a", owner="sandbox-management", throttling_policy="Unlimited", mappings={mapping.id: mapping}
    )
    bijira.applications[one.id] = one
    before = sandbox.store.snapshot()
    address = "https://apim.example.com/api/am/devportal/v3"
    environment = {**sandbox_environment(sandbox.url), "BIJIRA_BASE_URL": address}

    def export(folder: Path) -> subprocess.CompletedProcess[str]:
        return command("export", "--only", "bijira", "--output", str(folder), environment=environment)

    done = export(tmp_path / "all")
    assert done.returncode == 0, done.stderr
    assert "2 resources" in done.stdout
    program = (tmp_path / "all" / "__main__.py").read_text()
    assert program.index("wso2.BijiraKeyManager(") < program.index("wso2.BijiraApplicationClient(")
    assert "Resident" not in program
    entries = json.loads((tmp_path / "all" / "import.json").read_text())["resources"]
    assert {entry["id"] for entry in entries} == {manager.id, f"{one.id}/{manager.id}/PRODUCTION"}

    bijira.management_scopes = [scope for scope in bijira.management_scopes if "admin" not in scope]
    done = export(tmp_path / "some")
    assert done.returncode == 0, done.stderr
    assert (
        "left out: key manager of any name: API Manager: list the key managers: the token lacks the scope"
        in done.stdout
    )
    bijira.management_scopes.extend(("apim:admin", "apim:admin_operations"))
    assert sandbox.store.snapshot() == before


def test_an_api_portal_is_exported_by_whoever_may_see_part_of_it(sandbox: Sandbox, tmp_path: Path) -> None:
    """A subscriber is told what is left out instead of nothing at all, and an administrator that disabled key managers
    are not listed."""
    portal = next(iter(sandbox.store.api_portal.organizations.values()))
    environment = {**sandbox_environment(sandbox.url), "BIJIRA_BACKEND": "api-portal"}
    with Host({"bijira:backend": "api-portal"}, sandbox_environment(sandbox.url)) as host:
        Life(host, "ApplicationClient", sandbox).up({"applicationName": "orders", "clientId": "c"})

    def export(folder: Path) -> subprocess.CompletedProcess[str]:
        return command("export", "--only", "bijira", "--output", str(folder), environment=environment)

    done = export(tmp_path / "all")
    assert done.returncode == 0, done.stderr
    assert "left out: key manager that is disabled: the API Portal does not list disabled key managers" in done.stdout
    assert "left out: application client orders: the API Portal shows no client id" in done.stdout
    assert "1 resources" in done.stdout

    portal.roles = ["ap_subscriber"]
    done = export(tmp_path / "some")
    assert done.returncode == 0, done.stderr
    assert "left out: key manager of any name: API Portal: list the key managers: 403" in done.stdout
    assert "left out: application client orders" in done.stdout
    assert "0 resources" in done.stdout


def test_roles_that_this_token_may_not_see_are_left_out_and_named(sandbox: Sandbox, tmp_path: Path) -> None:
    """Whoever has none needs no right to them."""
    sandbox.store.asgardeo["sandbox"].management_scopes.remove("internal_role_mgt_view")
    done = command("export", "--output", str(tmp_path / "exported"), environment=sandbox_environment(sandbox.url))
    assert done.returncode == 0, done.stderr
    assert "left out: role of any name: Asgardeo: list the roles: the token lacks the scope internal_role_mgt_view" in (
        done.stdout
    )
