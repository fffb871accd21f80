"""Applications that are authorized for an API by its id alone lose nothing without a word, on each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.programs.stack import Stage

HEAD = "import pulumi_asgardeo_bijira as wso2\n"
API = 'api = wso2.AsgardeoApi("api", identifier="{}", scopes=[{{"name": "o:r"}}])\n'
APP = 'wso2.AsgardeoApplication("app", authorized_apis=[{{"api_id": {}, "scopes": ["o:r"]}}])\n'
LOOKED_UP = 'wso2.get_api(identifier="urn:a").id'


@pytest.mark.parametrize("named", ["by its id", "looked up", "from the first run on"])
def test_an_api_stays_while_the_program_has_an_application_authorized_for_it(stage: Stage, named: str) -> None:
    """The engine knows of no dependency, and the platform takes the authorization along."""
    first = HEAD + API.format("urn:a")
    stage.program(first)
    stage.up()
    id_ = stage.resources()["api"]["id"]
    app = APP.format(LOOKED_UP if named == "looked up" else repr(id_))
    if named != "from the first run on":
        stage.program(first + app)
        stage.done("up")
    stage.program(HEAD + app)
    failed = stage.engine.up()
    assert not failed.ok
    assert f"the API urn:a (id {id_}) is not deleted, because the resource " in failed.diagnostics
    assert "::app is authorized for it" in failed.diagnostics
    stage.program(first + app)
    stage.done("up")
    stage.program(HEAD + 'wso2.AsgardeoApplication("app", authorized_apis=[])\n')
    assert stage.up() == {"app": "update", "api": "delete"}
    stage.gone()


@pytest.mark.parametrize("how", ["asked for", "another identifier"])
def test_a_replaced_api_takes_no_authorization_along_without_a_word(stage: Stage, how: str) -> None:
    """Whichever of the two the engine comes to first."""
    stage.program(HEAD + API.format("urn:a"))
    stage.up()
    id_ = stage.resources()["api"]["id"]
    stage.program(HEAD + API.format("urn:a") + APP.format(repr(id_)))
    stage.up()
    there = stage.sandbox.store.snapshot()
    stage.program(HEAD + API.format("urn:a" if how == "asked for" else "urn:b") + APP.format(repr(id_)))
    failed = stage.engine.up(replace=[stage.resources()["api"]["urn"]] if how == "asked for" else [])
    assert not failed.ok
    if id_ in stage.sandbox.store.asgardeo["sandbox"].apis:
        assert "::app is authorized for it" in failed.diagnostics
        assert stage.sandbox.store.snapshot() == there
    else:
        assert f"names {id_}, which has been deleted by this run" in failed.diagnostics
    stage.done("refresh")
    stage.gone()


def test_an_authorization_that_refers_to_the_resource_follows_it(stage: Stage) -> None:
    """Through a replacement, and away."""
    for identifier in ("urn:a", "urn:b"):
        stage.program(HEAD + API.format(identifier) + APP.format("api.id"))
        stage.up()
    stage.gone()


@pytest.mark.parametrize("linked", [True, False], ids=["linked", "by its id"])
def test_a_scope_is_not_taken_from_an_application_without_a_word(stage: Stage, linked: bool) -> None:
    """The platform takes it from every authorization when the API gives it up, and the program still declares it."""
    two = HEAD + API.format("urn:a").replace("[{", '[{"name": "o:w"}, {')
    one, app = HEAD + API.format("urn:a"), APP.replace('"o:r"', '"o:r", "o:w"')
    stage.program(two)
    stage.up()
    id_ = stage.resources()["api"]["id"]
    stage.program(two + app.format("api.id" if linked else repr(id_)))
    stage.up()
    stage.program(one + app.format("api.id" if linked else repr(id_)))
    failed = stage.engine.up()
    assert not failed.ok
    assert f"o:w of {id_}" in failed.diagnostics or f"the scope o:w of the API {id_}" in failed.diagnostics
    stage.program(one + APP.format("api.id"))
    stage.done("refresh")
    stage.up()
    stage.gone()
