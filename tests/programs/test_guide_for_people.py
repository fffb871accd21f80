"""APIs that are opened in the name of people: what a rehearsal says where roles let them in, and where none does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.invocation import fetch_token
from pulumi_asgardeo_bijira.rehearsal import Configuration, Person, rehearse

from tests.programs.stack import QUIET, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project

EXAMPLE = Path(__file__).parents[2] / "examples" / "people"
PROGRAM = """
import pulumi
import pulumi_asgardeo_bijira as wso2

api = wso2.AsgardeoApi("orders", identifier="urn:orders", scopes=[{{"name": "orders:read"}}])
application = wso2.AsgardeoApplication(
    "app",
    {application}
    authorized_apis=[{{"api_id": api.id, "scopes": ["orders:read"], "policy": "RBAC"}}],
)
wso2.BijiraApplicationClient(
    "client",
    client_id=application.client_id,
    subscriptions=[{{"api_name": "Orders API", "api_version": "1.0.0"}}],
)
pulumi.export("tokenEndpoint", application.token_endpoint)
pulumi.export("clientId", application.client_id)
pulumi.export("clientSecret", application.client_secret)
pulumi.export("scope", "orders:read")
pulumi.export("apiUrl", "https://gateway.example.com/orders/1.0.0/orders")
"""
BOTH = 'application_type="standard", grant_types=["client_credentials", "password"],'


def project(folder: Path, program: str) -> Path:
    """A project of a user's."""
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: theirs\nruntime: python\n")
    (folder / "__main__.py").write_text(program)
    return folder


def test_a_program_for_people_without_a_role_fails_and_says_what_to_declare(
    tmp_path: Path, engine_kind: str, record_property: Callable[[str, object], None]
) -> None:
    """On the real platform nobody would get in, though the application does."""
    report = rehearse(project(tmp_path / "theirs", PROGRAM.format(application=BOTH)), engine=engine_kind)
    record_property("engine", report.engine)
    steps = {step.name: step for step in report.steps}
    assert not report.ok
    assert steps["invoke"].ok
    assert (steps["invoke-as-user"].ok, steps["invoke-as-user"].status) == (False, 403)
    assert "declare an AsgardeoRole with application_id" in steps["invoke-as-user"].detail
    (line,) = [line for step in report.steps for line in step.warnings]
    assert line in steps["preview"].warnings
    assert "People get tokens without scopes through app (password)" in line


SECURED = """
import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.SecuredApi(
    "orders",
    identifier="urn:orders",
    scopes=[{{"name": "orders:read"}}, {{"name": "orders:write"}}],
    application_type="standard",
    grant_types=["password", "refresh_token"],
    subscriptions=[{{"api_name": "Orders API", "api_version": "1.0.0"}}],
    roles={roles},
)
pulumi.export("clientId", orders.client_id)
pulumi.export("clientSecret", orders.client_secret)
pulumi.export("roles", sorted(orders.roles))
"""


def group(stage: Stage, name: str) -> str:
    """The id of a group."""
    return next(one.id for one in stage.sandbox.store.asgardeo["sandbox"].groups.values() if one.name == name)


def scope_of(stage: Stage, username: str) -> str:
    """What a user's token may do, by password."""
    outputs = stage.done("up").outputs
    endpoint = f"{stage.sandbox.url}/t/sandbox/oauth2/token"
    person = {"username": username, "password": "sandbox-password"}
    return fetch_token(
        endpoint, outputs["clientId"], outputs["clientSecret"], scope="orders:read orders:write", **person
    ).scope


def test_the_roles_of_a_secured_api_are_parts_of_it(stage: Stage) -> None:
    """Named after it and their own names; the application takes roles of its own, and people get what they permit."""
    reader = f'{{"name": "reader", "permissions": ["orders:read"], "groups": [{group(stage, "staff")!r}]}}'
    clerk = 'wso2.SecuredApiRoleArgs(name="clerk", permissions=["orders:read", "orders:write"])'
    stage.program(SECURED.format(roles=f"[{reader}, {clerk}]"))
    names = ("orders-api", "orders-application", "orders-client", "orders-role-reader", "orders-role-clerk")
    assert stage.up() == dict.fromkeys(names, "create")
    assert stage.done("up").outputs["roles"] == ["clerk", "reader"]
    assert scope_of(stage, "sandbox-user") == "orders:read"
    assert scope_of(stage, "sandbox-guest") == ""
    stage.program(SECURED.format(roles=f"[{reader}]"))
    assert stage.up()["orders-role-clerk"] == "delete"
    stage.program(SECURED.format(roles="None"))
    ops = stage.up()
    assert (ops["orders-role-reader"], ops["orders-application"]) == ("delete", "update")
    stage.gone()


def test_a_secured_api_without_roles_is_what_it_was(stage: Stage) -> None:
    """Its application says nothing of an audience, so a stack of before has no change."""
    for roles in ("None", "[]"):
        stage.program(SECURED.format(roles=roles))
        stage.up()
        assert "allowedAudience" not in stage.resources()["orders-application"]["inputs"]
    posts = (one for one in stage.sandbox.ledger if (one.method, one.route) == ("POST", "/applications"))
    (made,) = (one for one in posts if one.platform == "asgardeo")
    assert "associatedRoles" not in made.request_body
    stage.program(SECURED.format(roles='[{"name": "reader", "permissions": ["orders:read"]}]'))
    ops = stage.up()
    assert (ops["orders-role-reader"], ops["orders-application"]) == ("create", "update")
    stage.gone()


@pytest.mark.parametrize(
    ("roles", "line"),
    [
        ("pulumi.Output.from_input([])", "roles: is a plain list of roles, no output"),
        ('[pulumi.Output.from_input({"name": "x"})]', "roles[0]: is a role, no output"),
        ('[{"name": pulumi.Output.from_input("x"), "permissions": []}]', "roles[0].name: is a plain text, no output"),
        ('[{"name": "", "permissions": []}]', "roles[0].name: is a plain text"),
        ('[{"permissions": []}]', "roles[0].name: is a plain text"),
        ('[{"name": "x"}]', "roles[0].permissions: is required; list the scopes that x permits"),
        ('[{"name": "x", "permissions": [], "group": []}]', "roles[0].group: is not a property; a role has name,"),
        ('[{"name": "x", "permissions": []}] * 2', "roles[1].name: x is there twice"),
        ('{"name": "x", "permissions": []}', "roles: is a plain list of roles"),
        ('"x"', "roles: is a plain list of roles"),
        ('[{"name": "a/b", "permissions": []}]', "name: contains a slash, which no role's name may"),
    ],
)
def test_roles_that_cannot_be_read_are_refused_in_one_line(
    tmp_path: Path, start_engine: Callable[[Project, str], Engine], sandbox: Sandbox, roles: str, line: str
) -> None:
    """Before anything is sent."""
    stage = Stage(tmp_path, lambda project: start_engine(project, "built-in"), sandbox)
    stage.program(SECURED.format(roles=roles))
    failed = stage.engine.preview()
    assert not failed.ok
    assert line in failed.diagnostics
    assert len(sandbox.ledger) == 0


#: By which grant of people, and on which of Bijira's control planes.
WAYS = {
    "password": "https://sts.choreo.dev/api/am/devportal/v2",
    "authorization_code": "https://am.example.com:9443/api/am/devportal/v3",
}


def example(folder: Path, *, without: str = "") -> Path:
    """The example for people, run by this Python; without a grant."""
    program = (EXAMPLE / "__main__.py").read_text()
    for grant in filter(None, [without]):
        assert f', "{grant}"' in program
        program = program.replace(f', "{grant}"', "")
    return project(folder, program)


@pytest.mark.parametrize("grant", WAYS)
def test_the_guide_for_people_rehearses_by_each_grant_on_each_control_plane(
    tmp_path: Path, engine_kind: str, grant: str, record_property: Callable[[str, object], None]
) -> None:
    """From the preview to a destroy that leaves nothing; a user opens the API in between, the application does not."""
    folder = example(tmp_path / "people", without="password" if grant == "authorization_code" else "")
    configuration = Configuration({"bijira:baseUrl": WAYS[grant]})
    report = rehearse(folder, configuration=configuration, engine=engine_kind)
    record_property("engine", report.engine)
    assert report.ok, report
    steps = {step.name: step for step in report.steps}
    assert list(steps) == ["preview", "up", "invoke-as-user", "invoke-without-token", "up-again", "refresh", "destroy"]
    assert steps["invoke-as-user"].status == 200
    assert steps["invoke-as-user"].requests["asgardeo"] == (0 if grant == "password" else 6)
    assert [(one.name, one.reason) for one in report.skipped] == [
        ("invoke", "the client may not use client_credentials")
    ]
    assert report.left_behind == ()


def test_who_is_not_in_the_group_is_refused(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """With the same application, the same password and the same scopes asked for."""
    report = rehearse(example(tmp_path / "people"), engine="built-in", person=Person("sandbox-guest"))
    record_property("engine", report.engine)
    assert [step.name for step in report.steps if not step.ok] == ["invoke-as-user"]
    (refused,) = (step for step in report.steps if not step.ok)
    assert refused.status == 403
    assert "none of the scopes orders:read orders:write" in refused.detail


def test_roles_are_all_that_a_user_is_given(stage: Stage) -> None:
    """Of what is asked for and the application may have; a change of the role counts from the next sign-in."""
    text = (EXAMPLE / "__main__.py").read_text()
    stage.program(text)
    stage.done("up")
    mark = stage.sandbox.ledger.mark()
    assert set(stage.done("up").changes) <= QUIET
    looked_up = [(one.method, one.route) for one in stage.sandbox.ledger.since(mark)]
    assert looked_up == [("POST", "/oauth2/token"), ("GET", "/scim2/Groups")]
    assert set(stage.done("refresh").changes) <= QUIET
    assert scope_of(stage, "DEFAULT/sandbox-user@sandbox") == "orders:read"
    assert scope_of(stage, "sandbox-guest") == ""
    stage.program(text.replace('permissions=["orders:read"]', 'permissions=["orders:read", "orders:write"]'))
    assert stage.ops("up")["orders-reader"] == "update"
    assert scope_of(stage, "sandbox-user") == "orders:read orders:write"
    stage.gone()
