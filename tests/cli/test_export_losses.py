"""What no program can declare is told of each object, and nothing is told of an object that a program has made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.clients.bijira.devportal.models import DevPortalApplication
from pulumi_asgardeo_bijira.resources import Platforms, resource_handler
from pulumi_asgardeo_bijira.resources.losses import losses
from pulumi_asgardeo_bijira.settings import Settings, sandbox_environment
from pulumi_asgardeo_bijira.transport import operation, witnessed

from tests.support.command import command
from tests.support.fields import FIELDS
from tests.support.host import Host, Life
from tests.support.keys import certified_key
from tests.support.referred import add_apis, add_bijira, add_people

if TYPE_CHECKING:
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox

_TOTP = {"id": 2, "options": [{"idp": "LOCAL", "authenticator": "totp"}]}


def _export(sandbox: Sandbox, folder: Path) -> tuple[str, str]:
    """What an export prints, and the program."""
    done = command("export", "--output", str(folder), environment=sandbox_environment(sandbox.url))
    assert done.returncode == 0, done.stderr
    return done.stdout, (folder / "__main__.py").read_text()


def test_an_application_is_exported_with_a_list_of_what_it_would_lose(sandbox: Sandbox, tmp_path: Path) -> None:
    """In the report, beside it in the program, and in the verdict; what has inputs is declared and not in the list."""
    certificate = certified_key()[1]
    pairwise = {"subjectType": "pairwise", "sectorIdentifierUri": "https://a.example.com/sector"}
    with Host({}, sandbox_environment(sandbox.url)) as host:
        life = Life(host, "Application", sandbox)
        life.up(
            {
                "name": "shop",
                "applicationType": "web",
                "callbackUrls": ["https://a.example.com/cb"],
                "certificate": {"type": "PEM", "value": certificate},
                "hybridFlow": {"enable": True, "responseType": ["code id_token"]},
                "requirePushedAuthorizationRequests": True,
                "refreshToken": {"gracefulRefreshTokenRotationEnabled": True},
                "subject": pairwise,
            }
        )
        Life(host, "Application", sandbox, "plain").up({"name": "plain"})
    one = sandbox.store.asgardeo["sandbox"].applications[life.id]
    one.authentication["type"] = "USER_DEFINED"
    one.authentication["steps"].append(_TOTP)
    one.authentication["script"] = "var key = 'hunter2-script';"
    one.is_management_app = True
    one.claims["role"]["mappings"] = [{"idpRole": "hunter2-role", "applicationRole": "b"}]
    assert one.oidc
    one.oidc.settings["scopeValidators"] = ["Role based scope validator"]
    lost = [
        "isManagementApp (true)",
        "claimConfiguration.role.mappings (1 of 1 items)",
        "authenticationSequence.type",
        "authenticationSequence.steps (1 of 2 items)",
        "authenticationSequence.script",
        "scopeValidators (1 of 1 items)",
    ]

    printed, program = _export(sandbox, tmp_path / "out")
    told = next(line for line in printed.splitlines() if line.startswith("not written: application shop: "))
    assert sorted(told.removeprefix("not written: application shop: ").split(", ")) == sorted(lost)
    assert "application plain" not in printed
    assert "2 resources in" in printed
    assert "; 6 settings of 1 of them not written (see above)" in printed
    comments, _, declared = program.partition("shop_application = ")
    assert all(f"#   {line}\n" in comments for line in lost)
    for argument in ("certificate", "hybrid_flow", "require_pushed_authorization_requests", "pairwise", "graceful"):
        assert argument in declared
    assert "hunter2" not in printed + program


def test_applications_of_bijira_are_looked_through_too() -> None:
    """Where the resource makes them: what one is attached to stays as it is."""
    handler = resource_handler("ApplicationClient")
    document = {"applicationId": "a", "name": "a", "owner": "hunter2", "tokenType": "OPAQUE", "hashEnabled": True}
    inputs = {"applicationName": "a", "clientId": "c"}
    found = handler.lost([(DevPortalApplication, document), (str, "hunter2")], inputs)
    assert [str(one) for one in found] == ["tokenType", "hashEnabled (true)"]
    assert list(handler.lost([(DevPortalApplication, document)], {"applicationId": "a", "clientId": "c"})) == []


@pytest.mark.parametrize("kind", ["Api", "Application", "Role", "ApplicationClient"])
def test_what_a_program_has_made_has_nothing_to_lose(sandbox: Sandbox, kind: str) -> None:
    """Whatever field it declares: an export writes that, and what else there is every new object has."""
    add_apis(sandbox, with_scopes=kind != "Api")
    add_people(sandbox)
    add_bijira(sandbox)
    handler, platforms = resource_handler(kind), Platforms(Settings({}, sandbox_environment(sandbox.url)))
    found = {}
    for field in FIELDS:
        if field.handler.name != kind or field.keys == ("adopt",):
            continue
        with operation():
            id_ = handler.create(platforms, field.pair()[0]).id
            with witnessed() as seen:
                shown, outputs = handler.refresh(platforms, id_, {}) or ({}, {})
            checked = handler.check(handler.declared(platforms, id_, shown))
            assert not checked.failures
            found[str(field)] = [str(loss) for loss in handler.lost(seen, checked.inputs)]
            handler.delete(platforms, id_, {**checked.inputs, **outputs})
    assert len(found) > 3
    assert {field: lost for field, lost in found.items() if lost} == {}


@pytest.mark.parametrize(
    ("document", "written", "new", "lost"),
    [
        ({"a": {"b": True}}, {}, {}, ["a.b (true)"]),
        ({"a": {"b": False, "c": 0, "d": "", "e": [], "f": {}, "g": None}}, {}, {}, []),
        ({"a": False}, {}, {"a": True}, ["a (false)"]),
        ({"a": False}, {"a": False}, {"a": True}, []),
        ({"a": "hunter2"}, {"a": "x"}, {"a": "y"}, ["a"]),
        ({"a": "hunter2"}, {}, {"a": None}, []),
        ({"made": "2026-11-26T10:00:00Z", "templateVersion": "v1.0.0"}, {}, {}, []),
        ({"a": [1, 2, 3]}, {"a": [3, 1]}, {}, ["a (1 of 3 items)"]),
        ({"a": [{"id": "x", "n": 1}]}, {"a": [{"n": 1}]}, {"a": [{"id": None}]}, []),
        ({"a": [{"id": "x", "n": 1}]}, {"a": [{"n": 2}]}, {"a": [{"id": None}]}, ["a (1 of 1 items)"]),
        ({"odd\nname": 1}, {}, {}, ["odd?name (1)"]),
    ],
)
def test_what_is_lost_is_what_neither_was_written_nor_is_new(
    document: dict[str, Any], written: dict[str, Any], new: dict[str, Any], lost: list[str]
) -> None:
    """Settings of any name, and never a text."""
    assert [str(one) for one in losses(document, written, new)] == lost
