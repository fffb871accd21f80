"""A preview warns of people who would get no scope for want of a role, in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from google.protobuf import empty_pb2
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE
from pulumi_asgardeo_bijira.wire import UNKNOWN

from tests.support.plugin import Plugin, PluginLife

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

WEB = {
    "name": "orders",
    "applicationType": "web",
    "callbackUrls": ["https://app.example.com/callback"],
    "authorizedApis": [{"apiId": UNKNOWN, "scopes": ["read"]}],
}
OF_ITS_OWN = {**WEB, "allowedAudience": "APPLICATION"}
LINE = "People get tokens without scopes through trial-"


def said(sandbox: Sandbox, *declared: tuple[str, dict[str, Any]], config: dict[str, str] | None = None) -> list[str]:
    """What a preview of a program that declares this says at its end, beside the sandbox's own line."""
    with Plugin(config or {}, {SANDBOX_VARIABLE: sandbox.url}) as plugin:
        for kind, inputs in declared:
            one = PluginLife(plugin, kind, sandbox)
            checked, failures = one.check(inputs)
            if not failures:
                one.create_in_preview(checked)
        plugin.call("Cancel", empty_pb2.Empty())
        return [one.message for one in plugin.engine.said if "SANDBOX" not in one.message]


def test_an_application_of_people_without_a_role_is_named_with_what_to_do(sandbox: Sandbox) -> None:
    """Once, and in the spelling of the reader."""
    (line,) = said(sandbox, ("Application", WEB))
    assert line.startswith(LINE)
    assert "(authorization_code): its APIs are authorized under RBAC" in line
    assert "with allowedAudience APPLICATION" in line
    assert "pulumi config set asgardeo-bijira:asgardeoRoleWarnings off" in line


@pytest.mark.parametrize(
    "declared",
    [
        [("Application", {**WEB, "grantTypes": ["client_credentials"], "applicationType": "standard"})],
        [("Application", {**WEB, "authorizedApis": [{"apiId": UNKNOWN, "policy": "No Policy"}]})],
        [("Application", {**WEB, "authorizedApis": UNKNOWN})],
        [("Application", WEB), ("Role", {"name": "reader"})],
        [("Role", {"name": "reader", "applicationId": UNKNOWN}), ("Application", OF_ITS_OWN)],
        [("Application", {**WEB, "description": 5}), ("Application", WEB)],
    ],
    ids=["no people", "no policy", "not known", "a role", "a role of its own", "something wrong"],
)
def test_there_is_no_warning_where_there_may_be_scopes(sandbox: Sandbox, declared: Any) -> None:
    """Rather none than a wrong one."""
    assert said(sandbox, *declared) == []


def test_a_role_of_the_organisation_is_none_for_an_application_that_has_its_own(sandbox: Sandbox) -> None:
    """Nor the other way round."""
    assert said(sandbox, ("Application", OF_ITS_OWN), ("Role", {"name": "reader"}))
    audience = {**WEB, "allowedAudience": "ORGANIZATION"}
    assert said(sandbox, ("Application", audience), ("Role", {"name": "reader", "applicationId": UNKNOWN}))


def test_it_can_be_switched_off(sandbox: Sandbox) -> None:
    """Where roles are made elsewhere."""
    assert said(sandbox, ("Application", WEB), config={"asgardeo:roleWarnings": "off"}) == []


def test_what_is_carried_out_is_no_preview(sandbox: Sandbox) -> None:
    """The same line would stand below every run."""
    with Plugin({}, {SANDBOX_VARIABLE: sandbox.url}) as plugin:
        application = PluginLife(plugin, "Application", sandbox)
        application.up({"name": "orders", "applicationType": "web", "callbackUrls": WEB["callbackUrls"]})
        plugin.call("Cancel", empty_pb2.Empty())
        assert not any(LINE in one.message for one in plugin.engine.said)
