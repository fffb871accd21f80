"""The plugin's settings: what is refused, and what makes another provider of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pulumi.runtime.proto import provider_pb2
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE
from pulumi_asgardeo_bijira.wire import UNKNOWN, decode, encode, is_secret

from tests.support.host import Refused
from tests.support.plugin import Plugin, PluginLife

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

GIVEN = "hunter2-of-the-provider"


def checked(plugin: Plugin, settings: dict[str, Any]) -> Any:
    """What the plugin says of these settings."""
    return plugin.call("CheckConfig", provider_pb2.CheckRequest(news=encode(settings), name="default"))


def test_a_setting_that_is_none_is_refused_with_the_one_that_is_near(plugin: Plugin) -> None:
    """Before anything is configured with it; the engine would print the value of a property that is named."""
    found = checked(plugin, {"asgardeoOrganisation": GIVEN, "bijiraKeyManager": "Asgardeo"})
    assert [(one.property, one.reason) for one in found.failures] == [
        (
            "",
            "asgardeo-bijira:asgardeoOrganisation is not a setting. Did you mean asgardeoOrganization? Remove it: "
            "pulumi config rm asgardeo-bijira:asgardeoOrganisation, or from the explicit provider",
        )
    ]


def test_secret_settings_are_sealed_whether_or_not_they_were_given_so(plugin: Plugin) -> None:
    """They go into the state with the provider."""
    found = checked(plugin, {"asgardeoClientSecret": GIVEN, "asgardeoClientId": "id", "version": "0.1.0"})
    inputs = decode(found.inputs)
    assert not found.failures
    assert is_secret(inputs["asgardeoClientSecret"])
    assert inputs["asgardeoClientId"] == "id"
    assert inputs["version"] == "0.1.0"


ACME = {"asgardeoOrganization": "acme", "bijiraOrganizationId": "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10"}
CLOUD = "https://api.asgardeo.io"


@pytest.mark.parametrize(
    ("old", "new", "replaces"),
    [
        (ACME, ACME, []),
        (ACME, {**ACME, "asgardeoClientId": "other"}, []),
        (ACME, {**ACME, "asgardeoOrganization": "zed"}, ["asgardeoOrganization"]),
        (ACME, {**ACME, "bijiraOrganizationId": ACME["bijiraOrganizationId"][:-1] + "1"}, ["bijiraOrganizationId"]),
        (ACME, {**ACME, "asgardeoBaseUrl": CLOUD}, []),
        (ACME, {**ACME, "asgardeoBaseUrl": f"{CLOUD}/t/acme"}, []),
        (ACME, {**ACME, "asgardeoBaseUrl": "https://api.eu.asgardeo.io"}, ["asgardeoBaseUrl"]),
        ({}, ACME, []),
        ({"asgardeo:organization": "acme"}, {**ACME, "asgardeoOrganization": "zed"}, []),
        ({"asgardeoClientId": "id"}, ACME, []),
        (ACME, {**ACME, "asgardeoOrganization": UNKNOWN}, []),
        ({"bijiraKeyManager": "a"}, {"bijiraKeyManager": "b"}, []),
    ],
)
def test_only_what_leads_elsewhere_makes_another_provider(
    old: dict[str, Any], new: dict[str, Any], replaces: list[str]
) -> None:
    """Its resources are deleted there and made here; a provider of another kind says nothing of where it led."""
    with Plugin({}, {}) as plugin:
        found = plugin.call(
            "DiffConfig", provider_pb2.DiffRequest(old_inputs=encode(old), news=encode(new), name="default")
        )
    assert list(found.replaces) == replaces
    assert (found.changes == provider_pb2.DiffResponse.DIFF_NONE) == (old == new)


def test_what_the_environment_leads_to_counts_for_the_default_provider() -> None:
    """It stands above the configuration, so both lead to one place."""
    with Plugin({}, {"ASGARDEO_ORGANIZATION": "acme"}) as plugin:
        request = provider_pb2.DiffRequest(
            old_inputs=encode({"asgardeoOrganization": "acme"}),
            news=encode({"asgardeoOrganization": "zed"}),
            name="default_0_1_0",
        )
        assert not plugin.call("DiffConfig", request).replaces
        request.name = "zed"
        assert plugin.call("DiffConfig", request).replaces == ["asgardeoOrganization"]


def test_explicit_settings_stand_above_the_environment_and_the_stacks_below(sandbox: Sandbox) -> None:
    """As those of the dynamic resources do."""
    environment = {SANDBOX_VARIABLE: sandbox.url, "ASGARDEO_ORGANIZATION": "of-the-environment"}
    for name, organization in (("default_0_1_0", "of-the-environment"), ("tenant", "sandbox")):
        with Plugin({"asgardeo:organization": "sandbox"}, environment, name) as plugin:
            api = PluginLife(plugin, "Api", sandbox)
            api.outputs, api.inputs, api.id = {"organization": organization}, {"identifier": "urn:a"}, "a"
            assert api.preview({"identifier": "urn:a", "name": "a"}) == "update"
            api.outputs["organization"] = "elsewhere"
            with pytest.raises(Refused, match=f"lives in elsewhere, but the settings lead to {organization}, so nothi"):
                api.preview({"identifier": "urn:a", "name": "a"})


def test_an_explicit_provider_takes_the_rest_from_the_stack(sandbox: Sandbox) -> None:
    """The engine starts each process of the plugin with its part of the stack's configuration."""
    stack = {
        "asgardeoBaseUrl": sandbox.url,
        "asgardeoOrganization": "sandbox",
        "asgardeoClientId": "sandbox-management",
        "asgardeoClientSecret": "sandbox-secret",
    }
    environment = {"PULUMI_CONFIG": json.dumps(stack)}
    for given, line in (({}, ""), ({"asgardeo:organization": "second"}, "leads to another organisation")):
        with Plugin(given, environment, "other") as plugin:
            api = PluginLife(plugin, "Api", sandbox)
            if line:
                with pytest.raises(Refused, match=line):
                    api.up({"name": "orders", "identifier": "urn:second"})
            else:
                api.up({"name": "orders", "identifier": "urn:orders"})
                assert api.outputs["organization"] == "sandbox"


def test_what_would_be_replaced_in_its_own_place_is_refused(sandbox: Sandbox) -> None:
    """Once Asgardeo's organisation is another one and Bijira's is not, an engine replaces the resources of both.

    Without a question: it makes the new ones by this process, and deletes the old ones by another's, which knows
    nothing of what has been adopted here.
    """
    with Plugin({"asgardeo:organization": "second"}, {SANDBOX_VARIABLE: sandbox.url}) as plugin:
        api, client, other, asked = (
            PluginLife(plugin, kind, sandbox)
            for kind in ("Api", "ApplicationClient", "ApplicationClient", "ApplicationClient")
        )
        before = {"asgardeoOrganization": "sandbox"}
        after = {"asgardeoOrganization": "second"}
        request = provider_pb2.DiffRequest(old_inputs=encode(before), news=encode(after), name="default")
        assert plugin.call("DiffConfig", request).replaces == ["asgardeoOrganization"]
        declared = {"clientId": "c", "adopt": True}
        for life in (client, asked):
            life.inputs = {"clientId": "c"}
        mark = sandbox.ledger.mark()
        with pytest.raises(Refused, match=r"is the same place as before.*: nothing is done. Give it a provider of its"):
            client.create_in_preview(client.check(declared)[0])
        with pytest.raises(Refused, match=f"pulumi destroy --target '{client.urn}'"):
            client.create(client.check(declared)[0])
        asked.id = "a/b/PRODUCTION"
        asked.diff(asked.check(declared)[0])
        asked.create_in_preview(declared)
        other.create_in_preview(other.check(declared)[0])
        api.inputs = {"identifier": "urn:a"}
        api.create_in_preview(api.check({"identifier": "urn:a"})[0])
        assert sandbox.ledger.mark() == mark


def test_settings_that_are_missing_are_told_once_or_refused(sandbox: Sandbox) -> None:
    """In the plugin's own spelling, before anything is sent."""
    line = "asgardeo-bijira:asgardeoOrganization is not set. Set it: pulumi config set asgardeo-bijira:asgardeoOrg"
    with Plugin({}, {}) as plugin:
        for name in ("one", "two"):
            assert PluginLife(plugin, "Api", sandbox).check({"name": name, "identifier": f"urn:{name}"})[1] == []
        assert plugin.engine.text().count(line) == 1
    with Plugin({}, {"ASGARDEO_STRICT_SETTINGS": "on"}) as plugin:
        failures = PluginLife(plugin, "Api", sandbox).check({"name": "one", "identifier": "urn:one"})[1]
        assert line in failures[0]
