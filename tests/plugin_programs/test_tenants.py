"""Two organisations, each by a provider of its own: nothing is asked for, or left, in the wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox.scenario import TenantSeed
from asgardeo_bijira_sandbox.seeding import seed_tenant
from pulumi.automation import ConfigValue

if TYPE_CHECKING:
    from tests.plugin_programs.stage import PluginStage

ORGANIZATION = "asgardeo-bijira:asgardeoOrganization"
#: The steps of a replacement.
REPLACING = {"create-replacement", "delete-replaced", "replace"}
PROVIDERS = """
  first: {type: 'pulumi:providers:asgardeo-bijira', properties: {asgardeoOrganization: sandbox}}
  second:
    type: pulumi:providers:asgardeo-bijira
    properties: {asgardeoOrganization: second, asgardeoClientId: x, asgardeoClientSecret: hunter2}
"""
OBJECTS = """
resources:
  orders:
    type: asgardeo-bijira:AsgardeoApi
    properties: {identifier: 'urn:orders'}
    options: {OPTIONS}
  service:
    type: asgardeo-bijira:AsgardeoApplication
    properties: {authorizedApis: [{apiId: '${orders.id}'}]}
    options: {OPTIONS}
"""
DYNAMIC = """
import pulumi
import pulumi_asgardeo_bijira as wso2

second = wso2.Provider("second", asgardeo={"organization": "second", "client_id": "x", "client_secret": "hunter2"})
opts = pulumi.ResourceOptions(provider=second)
orders = wso2.AsgardeoApi("orders", opts, identifier="urn:orders")
wso2.AsgardeoApplication("service", opts, authorized_apis=[{"api_id": orders.id}])
"""


def by(provider: str = "") -> str:
    """The program whose objects belong to the provider of that name."""
    options = f"provider: '${{{provider}}}'" if provider else ""
    return OBJECTS.replace("OPTIONS", options) + (PROVIDERS if provider else "")


def objects(stage: PluginStage, organization: str) -> tuple[int, int]:
    """How many APIs and applications the organisation has."""
    tenant = stage.sandbox.store.asgardeo[organization]
    return len([api for api in tenant.apis.values() if api.identifier == "urn:orders"]), len(tenant.applications)


@pytest.fixture
def two(stage: PluginStage) -> PluginStage:
    """A stage with a second organisation."""
    store = stage.sandbox.store
    store.asgardeo["second"] = seed_tenant(TenantSeed(organization="second"))
    stage.before = store.snapshot()
    return stage


def test_what_moves_to_another_organisation_is_deleted_there_and_made_here(two: PluginStage) -> None:
    """Whether the resource gets another provider, or the provider another organisation."""
    two.program(by("first"))
    two.done("up")
    assert (objects(two, "sandbox"), objects(two, "second")) == ((1, 1), (0, 0))
    two.program(by("second"))
    assert set(two.ops("preview").values()) <= REPLACING
    assert set(two.up().values()) <= REPLACING
    assert (objects(two, "sandbox"), objects(two, "second")) == ((0, 0), (1, 1))
    two.program(by("second").replace("asgardeoOrganization: second", "asgardeoOrganization: sandbox"))
    assert set(two.up().values()) <= REPLACING
    assert (objects(two, "sandbox"), objects(two, "second")) == ((1, 1), (0, 0))
    two.gone()


def test_so_is_what_the_stack_s_configuration_leads_elsewhere(two: PluginStage) -> None:
    """And what is no setting is refused before anything is done, with the setting that may be meant."""
    two.program(by())
    two.engine.stack.set_config(ORGANIZATION, ConfigValue("sandbox"))
    two.done("up")
    two.engine.stack.set_config(ORGANIZATION, ConfigValue("second"))
    assert set(two.up().values()) <= REPLACING
    assert (objects(two, "sandbox"), objects(two, "second")) == ((0, 0), (1, 1))
    two.gone()
    two.engine.stack.set_config("asgardeo-bijira:asgardeoOrganisation", ConfigValue("sandbox"))
    assert (
        "asgardeo-bijira:asgardeoOrganisation is not a setting. Did you mean asgardeoOrganization? "
        "Remove it: pulumi config rm asgardeo-bijira:asgardeoOrganisation"
    ) in two.refused("preview")


def test_coming_from_the_dynamic_classes_is_no_move(two: PluginStage) -> None:
    """With a provider of one's own too: the same organisation, said in other words."""
    two.dynamic(DYNAMIC)
    two.done("up")
    mark = two.sandbox.ledger.mark()
    two.program(by("second"))
    assert set(two.ops("up").values()) == {"same"}
    assert two.sandbox.ledger.mark() == mark
    two.settled()
    two.gone()
