"""A stack of dynamic resources becomes one of the plugin's by running a program with the plugin's classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.plugin_programs.stage import PluginStage

DYNAMIC = """
import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.AsgardeoApi("orders", identifier="urn:orders", scopes=[{"name": "orders:read"}])
service = wso2.AsgardeoApplication(
    "service",
    description="%s",
    allowed_audience="APPLICATION",
    authorized_apis=[{"api_id": orders.id, "scopes": ["orders:read"]}],
)
wso2.BijiraApplicationClient(
    "client", client_id=service.client_id, subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0"}]
)
wso2.AsgardeoRole("reader", application_id=service.id, permissions=["orders:read"])
pulumi.export("clientId", service.client_id)
"""
WITH_THE_PLUGIN = """
resources:
  orders:
    type: asgardeo-bijira:AsgardeoApi
    properties: {identifier: 'urn:orders', scopes: [{name: 'orders:read'}]}
  service:
    type: asgardeo-bijira:AsgardeoApplication
    properties:
      description: %s
      allowedAudience: APPLICATION
      authorizedApis: [{apiId: '${orders.id}', scopes: ['orders:read']}]
  client:
    type: asgardeo-bijira:BijiraApplicationClient
    properties:
      clientId: ${service.clientId}
      subscriptions: [{apiName: Orders API, apiVersion: 1.0.0}]
  reader:
    type: asgardeo-bijira:AsgardeoRole
    properties: {applicationId: '${service.id}', permissions: ['orders:read']}
outputs:
  clientId: ${service.clientId}
"""
SECURED = """
import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.SecuredApi(
    "orders",
    identifier="urn:orders",
    scopes=[{"name": "orders:read"}],
    subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0"}],
    roles=[{"name": "reader", "permissions": ["orders:read"]}],
)
pulumi.export("clientId", orders.client_id)
"""
SECURED_WITH_THE_PLUGIN = """
resources:
  orders:
    type: asgardeo-bijira:SecuredApi
    properties:
      identifier: urn:orders
      scopes: [{name: 'orders:read'}]
      subscriptions: [{apiName: Orders API, apiVersion: 1.0.0}]
      roles: [{name: reader, permissions: ['orders:read']}]
outputs:
  clientId: ${orders.clientId}
"""


def ids(stage: PluginStage) -> dict[str, str]:
    """The ids of the objects that the stack has, by the names of their resources."""
    types = ("pulumi-python:dynamic/", "asgardeo-bijira:index:")
    found = stage.resources().items()
    return {name: one["id"] for name, one in found if one["type"].startswith(types) and one["custom"]}


@pytest.mark.parametrize(
    ("before", "after"),
    [(DYNAMIC % "one", WITH_THE_PLUGIN % "one"), (SECURED, SECURED_WITH_THE_PLUGIN)],
    ids=["resources", "component"],
)
def test_a_dynamic_stack_is_taken_over_as_it_is_and_back(stage: PluginStage, before: str, after: str) -> None:
    """Without a request: the same objects, and of what the dynamic host needs nothing is left. On the way back the
    engine shows an update of each resource, which brings that again and sends nothing."""
    stage.dynamic(before)
    client = stage.done("up").outputs["clientId"]
    there, mark = ids(stage), stage.sandbox.ledger.mark()
    assert len(there) == 4
    others = 1 + ("SecuredApi" in after)
    stage.program(after)
    assert stage.done("preview").changes == {"same": others + 4}
    assert stage.done("up").outputs == {"clientId": client}
    assert stage.sandbox.ledger.mark() == mark
    assert ids(stage) == there
    entries = stage.resources()
    assert all(entries[name]["type"].startswith("asgardeo-bijira:index:") for name in there)
    assert not any("__provider" in entries[name]["inputs"] for name in there)
    stage.settled()
    entries, mark = stage.resources(), stage.sandbox.ledger.mark()
    assert not any("__provider" in entries[name]["outputs"] for name in there)
    stage.dynamic(before)
    assert stage.done("up").changes == {"same": others, "update": 4}
    assert stage.sandbox.ledger.mark() == mark
    assert ids(stage) == there
    stage.settled()
    stage.gone()


def test_a_change_may_be_made_in_the_same_run(stage: PluginStage) -> None:
    """In place, as it would be at any other time."""
    stage.dynamic(DYNAMIC % "one")
    stage.done("up")
    there = ids(stage)
    stage.program(WITH_THE_PLUGIN % "two")
    mark = stage.sandbox.ledger.mark()
    assert stage.ops("preview") == {"orders": "same", "service": "update", "client": "same", "reader": "same"}
    assert stage.sandbox.ledger.mark() == mark
    stage.done("up")
    assert stage.sandbox.ledger.counts(mark) == {"asgardeo": 1, "bijira": 0, "token": 1, "gateway": 0}
    assert ids(stage) == there
    stage.settled()
    stage.gone()
