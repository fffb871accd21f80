"""The guide on each back end: Bijira's control plane, a self-hosted API Manager, the API Portal; on each engine."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from pulumi_asgardeo_bijira.rehearsal import Configuration, rehearse

from tests.programs.stack import Stage
from tests.support.command import command

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project

ROOT = Path(__file__).parents[2]
STEPS = ["preview", "up", "invoke", "invoke-without-token", "up-again", "refresh", "destroy"]
#: What leads to a back end, whether it ties subscriptions to applications, its requests in `up` (one of them for what
#: there was before) and in `refresh`.
BACK_ENDS = {
    "control plane": ({"bijira:baseUrl": "https://sts.choreo.dev/api/am/devportal/v2"}, True, 6, 3),
    "API Manager": ({"bijira:baseUrl": "https://am.example.com:9443/api/am/devportal/v3"}, True, 6, 3),
    "API Portal": ({"bijira:backend": "api-portal"}, False, 4, 2),
}
PORTAL = {"BIJIRA_BACKEND": "api-portal"}


def guide(folder: Path, *, subscribing: bool) -> Path:
    """The guide's project, with its subscriptions or without them."""
    settings = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())
    program = (ROOT / "__main__.py").read_text()
    if not subscribing:
        program, taken = re.subn(r"    subscriptions=\[\n.*?\n    \],\n", "", program, flags=re.DOTALL)
        assert taken == 1
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump({**settings, "runtime": "python"}))
    (folder / "__main__.py").write_text(program)
    return folder


@pytest.mark.parametrize("name", BACK_ENDS)
def test_the_guide_rehearses_on_each_back_end(
    tmp_path: Path, engine_kind: str, name: str, record_property: Callable[[str, object], None]
) -> None:
    """From the preview to a destroy that leaves nothing, with a token that opens the API in between."""
    config, subscribing, up, refresh = BACK_ENDS[name]
    project = guide(tmp_path / "guide", subscribing=subscribing)
    report = rehearse(project, configuration=Configuration(config), engine=engine_kind)
    record_property("engine", report.engine)
    assert report.ok, report
    steps = {step.name: step for step in report.steps}
    assert list(steps) == STEPS
    assert (steps["invoke"].status, steps["invoke-without-token"].status) == (200, 401)
    counts = [steps[step].requests["bijira"] for step in ("preview", "up", "up-again", "refresh", "destroy")]
    assert counts == [0, up, 0, refresh, 1]
    assert report.left_behind == ()


def test_a_subscription_is_refused_where_it_belongs_to_nobodys_application(
    tmp_path: Path, engine_kind: str, record_property: Callable[[str, object], None]
) -> None:
    """In one line of the preview already, before anything is sent to the portal."""
    project = guide(tmp_path / "guide", subscribing=True)
    report = rehearse(project, configuration=Configuration({"bijira:backend": "api-portal"}), engine=engine_kind)
    record_property("engine", report.engine)
    assert not report.ok
    assert report.left_behind == ()
    preview = report.steps[0]
    assert (preview.name, preview.ok) == ("preview", False)
    assert "subscriptions: the API Portal ties a subscription to a user and not to an application" in preview.detail
    assert "Traceback" not in preview.detail
    assert preview.requests["bijira"] == 0


@pytest.fixture
def portal(tmp_path: Path, engine: Callable[[Project], Engine], sandbox: Sandbox) -> Stage:
    """A program whose back end is the API Portal."""
    return Stage(tmp_path, engine, sandbox, **PORTAL)


def test_the_edits_that_people_make_work_on_the_portal(portal: Stage) -> None:
    """A rename, another Asgardeo application, an application deleted by hand: nothing is lost, nothing left over."""
    program = """
import pulumi_asgardeo_bijira as wso2

application = wso2.AsgardeoApplication("app", application_type="{kind}", {more})
client = wso2.BijiraApplicationClient("client", client_id=application.client_id, application_name="{name}")
"""
    portal.program(program.format(kind="m2m", more="", name="Orders App"))
    assert portal.up() == {"app": "create", "client": "create"}
    applications = next(iter(portal.sandbox.store.api_portal.organizations.values())).applications
    (handle,) = applications
    first = next(iter(applications[handle].mappings.values())).client_id
    portal.program(program.format(kind="m2m", more="", name="Invoices"))
    assert portal.up() == {"app": "same", "client": "update"}
    assert applications[handle].display_name == "Invoices"
    portal.program(program.format(kind="standard", more='grant_types=["client_credentials"]', name="Invoices"))
    assert portal.ops("preview")["client"] == "update"
    assert portal.up()["client"] == "update"
    assert [one.client_id for one in applications[handle].mappings.values()] != [first]
    applications.clear()
    assert portal.ops("refresh")["client"] == "delete"
    assert portal.up() == {"app": "same", "client": "create"}
    portal.gone()


def test_the_whole_way_in_one_resource_works_on_the_portal(portal: Stage) -> None:
    """Without its subscriptions."""
    portal.program(
        """
import pulumi_asgardeo_bijira as wso2

wso2.SecuredApi("orders", identifier="urn:orders", scopes=[{"name": "orders:read"}], key_manager="Asgardeo")
"""
    )
    assert portal.up() == dict.fromkeys(("orders-api", "orders-application", "orders-client"), "create")
    portal.gone()


def test_what_exists_is_looked_up_on_the_portal(portal: Stage) -> None:
    """Names with blanks too, which the portal takes in one spelling alone."""
    portal.program(
        """
import pulumi
import pulumi_asgardeo_bijira as wso2

pulumi.export("manager", wso2.get_key_manager().id)
pulumi.export("named", wso2.get_key_manager(name="Asgardeo").token_endpoint)
pulumi.export("published", wso2.get_bijira_api(name="Orders API", version="1.0.0").id)
"""
    )
    outputs = portal.done("preview").outputs
    assert (outputs["manager"], outputs["published"]) == ("asgardeo", "orders-api-1.0.0")
    assert outputs["named"].endswith("/t/sandbox/oauth2/token")


@pytest.mark.parametrize(
    ("call", "line"),
    [
        ('get_key_manager(name="none")', "API Portal has no key manager none. Set key_manager to one of: Asgardeo"),
        (
            'get_bijira_api(name="Orders", version="2")',
            "Bijira has no published API Orders with the version 2. There are: Orders API 1.0.0",
        ),
    ],
)
def test_what_does_not_exist_on_the_portal_is_an_error_that_says_what_does(portal: Stage, call: str, line: str) -> None:
    """In one line."""
    assert line in portal.refusal_of(call)


def doctor(folder: Path, **environment: str) -> dict[str, dict[str, object]]:
    """What `doctor` finds, by name."""
    (folder / "Pulumi.yaml").write_text("name: theirs\nruntime: python\n")
    done = command("doctor", str(folder), "--json", environment=environment)
    return {finding["name"]: finding for finding in json.loads(done.stdout)["findings"]}


def test_doctor_looks_at_a_portal_by_its_address(sandbox: Sandbox, tmp_path: Path) -> None:
    """What is missing of its settings, whether it lets one in, and which key manager will be used."""
    signing_in = {"BIJIRA_CLIENT_ID": "sandbox-management", "BIJIRA_CLIENT_SECRET": "sandbox-secret"}
    found = doctor(tmp_path, **PORTAL, **signing_in)
    assert "bijira:baseUrl is not set, and backend api-portal has no default" in str(found["token of Bijira"]["detail"])
    addresses = {
        "BIJIRA_BASE_URL": f"{sandbox.url}/api-portal/api/v0.9",
        "BIJIRA_TOKEN_URL": f"{sandbox.url}/oauth2/token",
    }
    settings = {**PORTAL, **signing_in, **addresses}
    found = doctor(tmp_path, **settings)
    scopes = [name for name in found if name.startswith("scope dp:")]
    assert scopes
    for name in ("token of Bijira", "key manager", *scopes):
        assert found[name]["ok"], found[name]
    organization = next(iter(sandbox.store.api_portal.organizations.values()))
    organization.management_scopes.clear()
    found = doctor(tmp_path, **settings)
    for name in scopes:
        assert found[name]["ok"]
        assert "matters only where the portal goes by scopes" in str(found[name]["detail"])
    organization.roles = []
    found = doctor(tmp_path, **settings)
    assert not found["key manager"]["ok"]
    assert "hold the role ap_admin or dp_admin" in str(found["key manager"]["detail"])


def test_a_client_attached_to_what_is_replaced_is_mapped_again(portal: Stage) -> None:
    """There an application made again has the id of the old one, and yet none of its mappings."""
    portal.program(
        """
import pulumi_asgardeo_bijira as wso2

one, two = wso2.AsgardeoApplication("one"), wso2.AsgardeoApplication("two")
a = wso2.BijiraApplicationClient("a", application_name="shop", client_id=one.client_id)
wso2.BijiraApplicationClient("b", application_id=a.application_id, client_id=two.client_id, key_type="SANDBOX")
"""
    )
    portal.up()
    (application,) = next(iter(portal.sandbox.store.api_portal.organizations.values())).applications.values()
    assert len(application.mappings) == 2
    result = portal.engine.up(replace=[portal.resources()["a"]["urn"]])
    assert result.ok, result.diagnostics
    (application,) = next(iter(portal.sandbox.store.api_portal.organizations.values())).applications.values()
    assert len(application.mappings) == 2
    portal.settled()
    portal.gone()
