"""A preview says beforehand, once, where people would get no scope and where roles are lost; else it is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.oauth import grants_by_type
from pulumi_asgardeo_bijira.resources.application.application_types import TYPES

from tests.support.engines import write_program

if TYPE_CHECKING:
    from tests.programs.stack import Stage

HEAD = """
import pulumi
import pulumi_asgardeo_bijira as wso2

api = wso2.AsgardeoApi("orders", identifier="https://orders", scopes=[{"name": "orders:read"}])
reading = {"api_id": api.id, "scopes": ["orders:read"]}
"""
SHOP = 'shop = wso2.AsgardeoApplication("shop", application_type="standard", grant_types=["password"], %s)\n'
OF_ITS_OWN = SHOP % 'allowed_audience="APPLICATION", authorized_apis=[reading]'
ROLE = 'wso2.AsgardeoRole("reader", application_id=shop.id, permissions=["orders:read"])\n'
NO_SCOPE = "People get tokens without scopes through "
LOST = "deletes the roles of the application for good"


def warnings(stage: Stage, command: str = "preview") -> list[str]:
    """The lines of a command that warn of roles."""
    lines = stage.done(command).diagnostics.splitlines()
    return [line for line in lines if NO_SCOPE in line or LOST in line]


@pytest.mark.parametrize(
    ("program", "who"),
    [
        pytest.param(OF_ITS_OWN, "shop (password)", id="a grant of people and no role"),
        pytest.param(SHOP % "authorized_apis=[reading]", "shop (password)", id="nothing said of whose roles count"),
        pytest.param(
            'wso2.AsgardeoApplication("web", application_type="web", callback_urls=["https://a"], '
            "authorized_apis=[wso2.AuthorizedApiArgs(api_id=api.id)])\n",
            "web (authorization_code)",
            id="the grants of a type",
        ),
        pytest.param(
            f'{OF_ITS_OWN}wso2.AsgardeoRole("reader", permissions=["orders:read"])\n',
            "shop (password)",
            id="the organisation's roles do not count",
        ),
        pytest.param(
            f"{SHOP % 'authorized_apis=[reading]'}"
            'other = wso2.AsgardeoApplication("other", allowed_audience="APPLICATION")\n'
            'wso2.AsgardeoRole("reader", application_id=other.id)\n',
            "shop (password)",
            id="the role is another application's",
        ),
        pytest.param(
            'wso2.SecuredApi("bills", identifier="https://bills", application_type="standard", '
            'grant_types=["password"], scopes=[{"name": "bills:read"}])\n',
            "bills-application (password)",
            id="a secured API without roles",
        ),
    ],
)
def test_people_without_a_role_are_warned_of(stage: Stage, program: str, who: str) -> None:
    """In one line that says what to declare, and how to have it no more."""
    stage.program(HEAD + program)
    (line,) = warnings(stage)
    assert f"{NO_SCOPE}{who}: its APIs are authorized under RBAC" in line
    assert "Declare one (AsgardeoRole, or roles of SecuredApi)" in line
    assert "pulumi config set asgardeo:roleWarnings off, or ASGARDEO_ROLE_WARNINGS=off" in line


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(OF_ITS_OWN + ROLE, id="a role of the application"),
        pytest.param(
            OF_ITS_OWN + "shop.urn.apply(lambda _: " + ROLE.strip() + ")\n", id="a role that is declared later"
        ),
        pytest.param(
            SHOP % 'allowed_audience="ORGANIZATION", authorized_apis=[reading]' + 'wso2.AsgardeoRole("reader")\n',
            id="a role of the organisation",
        ),
        pytest.param(
            'wso2.AsgardeoApplication("machine", authorized_apis=[reading])\n', id="a client of its own name alone"
        ),
        pytest.param(
            SHOP.replace('"password"', '"client_credentials", "refresh_token"') % "authorized_apis=[reading]",
            id="grants without people",
        ),
        pytest.param(
            'open = wso2.AsgardeoApi("open", identifier="https://open", requires_authorization=False)\n'
            + SHOP % 'authorized_apis=[{"api_id": open.id, "policy": "No Policy"}]',
            id="an API for everybody",
        ),
        pytest.param(SHOP % "authorized_apis=[]", id="no API"),
        pytest.param(SHOP % "", id="APIs that are not managed"),
        pytest.param(
            'wso2.SecuredApi("bills", identifier="https://bills", application_type="standard", '
            'grant_types=["password"], scopes=[{"name": "bills:read"}], '
            'roles=[{"name": "reader", "permissions": ["bills:read"]}])\n',
            id="a secured API with roles",
        ),
    ],
)
def test_where_nothing_is_missing_nothing_is_said(stage: Stage, program: str) -> None:
    """A warning that is not true is not read the next time."""
    stage.program(HEAD + program)
    assert warnings(stage) == []


def test_the_second_run_with_a_role_is_silent_and_without_it_warns_again(stage: Stage) -> None:
    """Also where ids are known; carrying it out and a refresh say nothing."""
    stage.program(HEAD + OF_ITS_OWN + ROLE)
    for command in ("up", "preview", "up", "refresh"):
        assert warnings(stage, command) == []
    stage.program(HEAD + OF_ITS_OWN)
    assert len(warnings(stage)) == 1
    assert warnings(stage, "up") == []


def test_the_setting_that_the_line_names_switches_it_off(stage: Stage) -> None:
    """For a program whose roles are made elsewhere."""
    stage.environment["ASGARDEO_ROLE_WARNINGS"] = "off"
    write_program(stage.project.directory, HEAD + OF_ITS_OWN)
    assert warnings(stage) == []
    del stage.environment["ASGARDEO_ROLE_WARNINGS"]
    stage.engine.set_config({"asgardeo:roleWarnings": "off"}, frozenset())
    assert warnings(stage) == []
    stage.engine.set_config({"asgardeo:roleWarnings": "of"}, frozenset())
    assert "asgardeo:roleWarnings is neither on nor off" in stage.engine.preview().diagnostics


@pytest.mark.parametrize(("switch", "lines"), [("on", 1), ("off", 0)])
def test_a_provider_of_its_own_has_the_setting_too(stage: Stage, switch: str, lines: int) -> None:
    """As every setting, above the stack's."""
    other = {"on": "off", "off": "on"}[switch]
    stage.engine.set_config({"asgardeo:roleWarnings": other}, frozenset())
    provider = f'own = wso2.Provider("own", asgardeo={{"organization": "sandbox", "role_warnings": "{switch}"}})\n'
    with_it = OF_ITS_OWN.replace("[reading]", "[reading], opts=pulumi.ResourceOptions(provider=own)")
    stage.program(HEAD + provider + with_it)
    assert len(warnings(stage)) == lines


def test_a_preview_that_fails_ends_and_says_why_alone(stage: Stage) -> None:
    """What waits for the whole program waits for no resource that is refused."""
    stage.program(HEAD + OF_ITS_OWN + 'wso2.AsgardeoApi("wrong", identifier="")\n')
    failed = stage.engine.preview()
    assert not failed.ok
    assert "identifier" in failed.diagnostics
    assert NO_SCOPE not in failed.diagnostics


def test_roles_that_a_change_deletes_are_warned_of_once(stage: Stage) -> None:
    """Before the organisation's roles count instead of the application's; and not the next time, nor the other way."""
    own, shared = OF_ITS_OWN, OF_ITS_OWN.replace('"APPLICATION"', '"ORGANIZATION"') + 'wso2.AsgardeoRole("reader")\n'
    stage.program(HEAD + own + ROLE)
    assert warnings(stage, "up") == []
    stage.program(HEAD + shared)
    (line,) = warnings(stage)
    assert f"The application shop (id {stage.resources()['shop']['id']}) gets the allowed_audience ORGANIZATION" in line
    assert "pulumi config set asgardeo:roleWarnings off" in line
    stage.engine.set_config({"asgardeo:roleWarnings": "off"}, frozenset())
    assert warnings(stage) == []
    stage.done("up")
    stage.engine.set_config({}, frozenset())
    stage.done("refresh")
    assert warnings(stage) == []
    stage.program(HEAD + own + ROLE)
    assert warnings(stage) == []


def test_types_bring_the_grants_that_the_declaration_says() -> None:
    """What the program's side knows of them is the same."""
    for name, kind in TYPES.items():
        assert grants_by_type(name) == [
            one for one in kind.defaults.get("grantTypes", []) if one == "authorization_code"
        ]
