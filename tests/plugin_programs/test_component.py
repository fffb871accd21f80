"""The component, made by the plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.plugin_programs.stage import PluginStage

SECURED = """
resources:
  orders:
    type: asgardeo-bijira:SecuredApi
    properties:
      identifier: https://api.example.com/orders
      scopes: [{{name: 'orders:read'}}, {{name: {second}}}]
      subscriptions: [{{apiName: Orders API, apiVersion: 1.0.0, plan: Gold}}]
      roles: {roles}
outputs:
  clientId: ${{orders.clientId}}
  clientSecret: ${{orders.clientSecret}}
  scope: ${{orders.scope}}
  apiId: ${{orders.api.id}}
"""
ROLE = "{name: reader, permissions: ['orders:read']}"
COMPONENT = "asgardeo-bijira:index:SecuredApi"
PARTS = ("orders-api", "orders-application", "orders-client", "orders-role-reader")


def secured(*roles: str, second: str = "'orders:write'") -> str:
    """The program with these roles."""
    return SECURED.format(second=second, roles=f"[{', '.join(roles)}]")


def test_it_is_made_of_the_plugins_own_resources(stage: PluginStage) -> None:
    """By one instance of the plugin, also where the program names no version."""
    stage.program(secured(ROLE))
    result = stage.done("up")
    assert result.outputs["scope"] == "orders:read orders:write"
    assert result.secret_outputs == {"clientSecret"}
    entries = stage.resources()
    assert result.outputs["apiId"] == entries["orders-api"]["id"]
    parts = {name: entry["type"] for name, entry in entries.items() if entry.get("parent", "").endswith("::orders")}
    assert parts == {
        "orders-api": "asgardeo-bijira:index:AsgardeoApi",
        "orders-application": "asgardeo-bijira:index:AsgardeoApplication",
        "orders-client": "asgardeo-bijira:index:BijiraApplicationClient",
        "orders-role-reader": "asgardeo-bijira:index:AsgardeoRole",
    }
    assert {entries[name]["provider"].split("::")[3] for name in parts} == {"default"}
    stage.settled()
    stage.gone()


def test_what_is_wrong_with_it_is_told_in_one_line(stage: PluginStage) -> None:
    """And once: by the component, or by the part that fails, beside which the component only says that it is left."""
    about = f"error: {COMPONENT} resource 'orders' has a problem: "
    stage.program(secured(ROLE, ROLE))
    lines = stage.refused("preview").splitlines()
    wrong = "roles[1].name: reader is there twice; each role has a name of its own"
    assert [line for line in lines if "problem" in line] == [f"{about}{wrong}"]
    stage.program(secured(second="orders write"))
    lines = stage.refused("preview").splitlines()
    assert sorted(line.partition("has a problem: ")[2] for line in lines if "problem" in line) == [
        "scopes[1].name: contains whitespace, which separates scopes; remove it",
        "the run ended before all its parts were there; what ended it is told beside this",
    ]
    assert not [line for line in lines if "exited prematurely" in line or "Traceback" in line]


def test_a_part_is_deleted_first_when_the_engine_is_told_to_replace_it(stage: PluginStage) -> None:
    """It asks the plugin nothing then, and a name is free only once its object is deleted."""
    stage.program(secured(ROLE))
    stage.done("up")
    before = {name: entry.get("id") for name, entry in stage.resources().items()}
    replaced = stage.engine.up(replace=[entry["urn"] for name, entry in stage.resources().items() if name in PARTS])
    assert replaced.ok, replaced.diagnostics
    after = {name: entry.get("id") for name, entry in stage.resources().items()}
    assert {name for name in PARTS if after[name] != before[name]} == set(PARTS)
    stage.settled()
    stage.gone()
