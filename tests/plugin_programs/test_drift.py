"""What somebody else changes or deletes is seen by a refresh, and set right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox.asgardeo.models import Scope

if TYPE_CHECKING:
    from tests.plugin_programs.stage import PluginStage

ORDERS = """
resources:
  orders:
    type: asgardeo-bijira:AsgardeoApi
    properties:
      identifier: urn:orders
      scopes: [{name: 'orders:read'}, {name: 'orders:write'}]
  service:
    type: asgardeo-bijira:AsgardeoApplication
    properties:
      description: declared
      allowedAudience: APPLICATION
      accessToken: {applicationAccessTokenExpiryInSeconds: 900}
      authorizedApis: [{apiId: '${orders.id}', scopes: ['orders:read', 'orders:write']}]
  reader:
    type: asgardeo-bijira:AsgardeoRole
    properties: {applicationId: '${service.id}', permissions: ['orders:read']}
  client:
    type: asgardeo-bijira:BijiraApplicationClient
    properties:
      clientId: ${service.clientId}
      subscriptions: [{apiName: Orders API, apiVersion: 1.0.0, plan: Gold}]
"""


def differing(stage: PluginStage, command: str) -> dict[str, tuple[str, ...]]:
    """What a command does with each resource, and why."""
    steps = stage.done(command).steps
    own = [step for step in steps if step.type.startswith(stage.types) and step.op not in ("same", "refresh")]
    return {f"{step.op} {step.urn.rpartition('::')[2]}": step.diff for step in own}


def test_drift_is_seen_where_it_is_and_set_right(stage: PluginStage) -> None:
    """Of a list the very items, and only what is declared; and what is gone is made again, with what hung on it."""
    stage.program(ORDERS)
    stage.done("up")
    tenant, bijira = stage.sandbox.store.asgardeo["sandbox"], next(iter(stage.sandbox.store.bijira.values()))
    ids = {name: entry["id"] for name, entry in stage.resources().items() if entry["custom"]}
    tenant.apis[ids["orders"]].scopes.append(Scope(name="orders:delete", display_name="x"))
    tenant.applications[ids["service"]].description = "by hand"
    tenant.applications[ids["service"]].image_url = "https://example.com/not-declared.png"
    write = next(scope for scope in tenant.apis[ids["orders"]].scopes if scope.name == "orders:write")
    tenant.roles[ids["reader"]].permissions.append(write.id)
    for subscription in bijira.subscriptions.values():
        subscription.plan = "Bronze"
    drift = {
        "update orders": ("scopes[0]",),
        "update service": ("description",),
        "update reader": ("permissions[1]",),
        "update client": ("subscriptions[0].plan",),
    }
    assert differing(stage, "refresh") == drift
    assert differing(stage, "up") == drift
    assert tenant.applications[ids["service"]].image_url == "https://example.com/not-declared.png"
    assert differing(stage, "refresh") == {}

    tenant.applications.pop(ids["service"])
    tenant.roles.pop(ids["reader"])
    assert differing(stage, "refresh").keys() == {"delete service", "delete reader"}
    assert differing(stage, "preview") == {
        "create service": (),
        "create reader": (),
        "update client": ("clientId",),
    }
    stage.done("up")
    stage.gone()
