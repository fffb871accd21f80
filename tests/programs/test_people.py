"""APIs that are opened in the name of people: what a rehearsal says where roles let them in, and where none does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.invocation import fetch_token
from pulumi_asgardeo_bijira.rehearsal import rehearse

from tests.programs.stack import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project

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
    assert "AsgardeoRole(application_id=" in steps["invoke-as-user"].detail


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
