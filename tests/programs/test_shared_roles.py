"""Roles and what they hang on: nothing of a role goes without a word, on each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.programs.stack import Stage

HEAD = "import pulumi_asgardeo_bijira as wso2\n"
API = 'api = wso2.AsgardeoApi("api", identifier="{}", scopes=[{{"name": "o:r"}}, {{"name": "o:w"}}])\n'
APP = """app = wso2.AsgardeoApplication(
    "app", application_type="{}", grant_types=["password"], allowed_audience="APPLICATION",
    authorized_apis=[{{"api_id": api.id, "scopes": ["o:r", "o:w"]}}],
)
"""
ROLE = 'wso2.AsgardeoRole("role", application_id={}, permissions=["o:r"])\n'


@pytest.mark.parametrize("named", ["by its id", "looked up", "from the first run on"])
def test_an_application_stays_while_the_program_has_a_role_of_it(stage: Stage, named: str) -> None:
    """The engine knows of no dependency, and the platform takes the role along."""
    first = HEAD + API.format("urn:a") + APP.format("standard")
    stage.program(first)
    stage.up()
    id_ = stage.resources()["app"]["id"]
    role = ROLE.format("wso2.get_application(name='app').id" if named == "looked up" else repr(id_))
    if named != "from the first run on":
        stage.program(first + role)
        stage.done("up")
    stage.program(HEAD + API.format("urn:a") + role)
    failed = stage.engine.up()
    assert not failed.ok
    assert f"the application app (id {id_}) is not deleted, because the resource " in failed.diagnostics
    assert "::role is a role of it and would go with it" in failed.diagnostics
    stage.program(HEAD)
    stage.up()
    stage.gone()


@pytest.mark.parametrize(("identifier", "kind"), [("urn:a", "web"), ("urn:b", "standard")])
def test_a_role_follows_the_replacement_of_what_it_hangs_on(stage: Stage, identifier: str, kind: str) -> None:
    """Its application's takes it along, and its id is not known before; a scope's comes back under the same name."""
    for one, other in (("urn:a", "standard"), (identifier, kind)):
        app = APP.format(other).replace("grant", 'callback_urls=["https://a.example.com"], grant')
        stage.program(HEAD + API.format(one) + app + ROLE.format("app.id"))
        ops = stage.up()
    assert ("replace" in ops["role"]) == (kind == "web")
    stage.gone()


@pytest.mark.parametrize(
    "edit", [("urn:a", "urn:b"), (', {"name": "o:w"}', ""), ('"scopes"', '"policy": "No Policy", "scopes"')]
)
def test_a_role_gets_back_what_the_run_takes_from_it(stage: Stage, edit: tuple[str, str]) -> None:
    """The platform takes a scope from the roles too, and does not bring it back; the program says that they have it."""
    api = API.format("urn:a").replace(")\n", ", requires_authorization=False)\n")
    first = HEAD + api + APP.format("standard") + ROLE.format("app.id")
    stage.program(first)
    stage.up()
    stage.program(first.replace('"o:r", "o:w"]}', '"o:r"]}').replace(*edit))
    assert (stage.ops("preview")["role"] == "update") == (edit[1] != "")
    assert (stage.up().get("role") == "update") == (edit[1] != "")
    [role] = stage.sandbox.store.asgardeo["sandbox"].roles.values()
    assert len(role.permissions) == 1
    stage.gone()


def test_the_people_of_a_secured_api_keep_their_scopes_when_it_gets_another_identifier(stage: Stage) -> None:
    """The API is replaced and has the same scopes again, and the role is the same in the program."""
    program = (
        HEAD
        + """wso2.SecuredApi(
    "orders", identifier="{}", scopes=[{{"name": "o:r"}}], application_type="standard", grant_types=["password"],
    roles=[{{"name": "reader", "permissions": ["o:r"]}}],
)
"""
    )
    stage.program(program.format("urn:a"))
    stage.up()
    stage.program(program.format("urn:b"))
    assert stage.ops("preview")["orders-role-reader"] == "update"
    stage.up()
    [role] = stage.sandbox.store.asgardeo["sandbox"].roles.values()
    assert len(role.permissions) == 1
    stage.gone()
