"""Several resources on one application of Bijira's: none takes another's client away, on each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.programs.stack import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project

HEAD = "import pulumi_asgardeo_bijira as wso2\n"
OWNER = 'a = wso2.BijiraApplicationClient("a", client_id="client-a", key_manager="{}", key_type="{}")\n'
GUEST = 'wso2.BijiraApplicationClient("b", client_id="{}", key_manager="{}", key_type="{}", application_id={}, {})\n'
MANAGER = "asgardeo"


@pytest.fixture
def portal(tmp_path: Path, engine: Callable[[Project], Engine], sandbox: Sandbox) -> Stage:
    """A program on the API Portal, which lets a mapping be written over without a word."""
    return Stage(tmp_path, engine, sandbox, BIJIRA_BACKEND="api-portal")


def owner(kind: str = "PRODUCTION", manager: str = MANAGER) -> str:
    """A client whose application is made for it."""
    return OWNER.format(manager, kind)


def guest(
    kind: str = "SANDBOX",
    manager: str = MANAGER,
    client: str = "client-b",
    on: str = "a.application_id",
    more: str = "",
) -> str:
    """A client that is attached to that application."""
    return GUEST.format(client, manager, kind, on, more)


def on_portal(stage: Stage) -> dict[str, str]:
    """Which client stands for which type of key."""
    portal = next(iter(stage.sandbox.store.api_portal.organizations.values()))
    return {one.type: one.client_id for app in portal.applications.values() for one in app.mappings.values()}


def test_two_clients_change_places(portal: Stage) -> None:
    """The first is written over the second, which then must not remove it."""
    portal.program(HEAD + owner() + guest())
    portal.up()
    portal.program(HEAD + owner("SANDBOX") + guest("PRODUCTION"))
    assert portal.up() == {"a": "update", "b": "update"}
    assert on_portal(portal) == {"SANDBOX": "client-a", "PRODUCTION": "client-b"}
    portal.gone()


def test_a_client_moves_to_where_one_was_that_the_program_no_longer_has(portal: Stage) -> None:
    """The deletion of the old one leaves what is there by now."""
    portal.program(HEAD + owner() + guest())
    portal.up()
    portal.program(HEAD + owner("SANDBOX"))
    result = portal.done("up")
    assert result.changes["update"] == result.changes["delete"] == 1
    assert "stays" in result.diagnostics
    assert on_portal(portal) == {"SANDBOX": "client-a"}
    portal.settled()
    portal.gone()


@pytest.mark.parametrize("there", [True, False], ids=["moved there", "made there"])
def test_no_client_is_written_over_that_another_resource_has(portal: Stage, there: bool) -> None:
    """Both are named, before anything is sent."""
    portal.program(HEAD + owner() + (guest() if there else ""))
    portal.up()
    before = on_portal(portal)
    portal.program(HEAD + owner() + guest("PRODUCTION"))
    failed = portal.engine.up()
    assert not failed.ok
    assert "(b): AlreadyExists" in failed.diagnostics
    assert "::a" in failed.diagnostics
    assert on_portal(portal) == before
    portal.gone()


def test_what_is_refused_as_anothers_leaves_nothing_behind(stage: Stage) -> None:
    """Not even a subscription, though `adopt` takes the mapping for found."""
    subscribed = 'adopt=True, subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0"}]'
    stage.program(HEAD + owner(manager="Asgardeo"))
    stage.up()
    before = stage.sandbox.store.snapshot()
    stage.program(HEAD + owner(manager="Asgardeo") + guest("PRODUCTION", "Asgardeo", "client-a", more=subscribed))
    failed = stage.engine.up()
    assert not failed.ok
    assert "cannot be adopted by another of the same program" in failed.diagnostics
    assert stage.sandbox.store.snapshot() == before


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_an_application_stays_while_the_program_has_a_client_attached_by_its_id(stage: Stage, how: str) -> None:
    """Such a client does not refer to the resource that makes the application, so the engine takes it for unchanged."""
    bijira = next(iter(stage.sandbox.store.bijira.values()))
    first = HEAD + owner(manager="Asgardeo")
    stage.program(first)
    stage.up()
    (id_,) = bijira.applications
    attached = guest(manager="Asgardeo", on=repr(id_))
    stage.program(first + attached)
    stage.up()
    before = stage.sandbox.store.snapshot()
    if how == "removed":
        stage.program(HEAD + attached)
    failed = stage.engine.up(replace=[stage.resources()["a"]["urn"]] if how == "replaced" else [])
    assert not failed.ok
    if id_ in bijira.applications:
        assert "is attached to it and its client would go with it" in failed.diagnostics
        assert stage.sandbox.store.snapshot() == before
    else:  # the engine came to the other one later
        assert how == "replaced"
        assert "has been deleted by this run" in failed.diagnostics
    stage.done("refresh")
    stage.gone()


def test_an_attached_client_is_replaced_where_it_was(stage: Stage) -> None:
    """Its mapping goes and is made again, on an application that stays."""
    stage.program(HEAD + owner(manager="Asgardeo") + guest(manager="Asgardeo"))
    stage.up()
    result = stage.engine.up(replace=[stage.resources()["b"]["urn"]])
    assert result.ok, result.diagnostics
    stage.gone()
