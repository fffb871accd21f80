"""The documents that the Pulumi CLI really prints, of what was really changed on the platforms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox.asgardeo.models import Scope

from tests.plugin_programs.stage import PluginStage
from tests.support.cli import need
from tests.support.command import command

if TYPE_CHECKING:
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox

PROGRAM = """
import pulumi_asgardeo_bijira as wso2

orders = wso2.AsgardeoApi("orders", identifier="urn:orders", scopes=[{"name": "orders:read"}])
gone = wso2.AsgardeoApi("gone", identifier="urn:gone")
shop = wso2.AsgardeoApplication(
    "shop",
    application_type="spa",
    allowed_audience="APPLICATION",
    callback_urls=["https://shop.example.com/callback"],
    pkce={"mandatory": True},
    authorized_apis=[{"api_id": orders.id, "scopes": ["orders:read"]}],
)
wso2.AsgardeoRole("reader", application_id=shop.id, permissions=["orders:read"], groups=[])
wso2.BijiraApplicationClient(
    "shop", client_id=shop.client_id, subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}]
)
"""
COMMANDS = (("preview", "--refresh", "--json"), ("refresh", "--preview-only", "--json"))


def report(stage: PluginStage, arguments: tuple[str, ...]) -> Any:
    """The report on what a command prints."""
    done = command("drift", "-", "--format", "json", text=stage.engine.run(*arguments, "--stack", "dev"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_drift_is_told_as_it_was_made(sandbox: Sandbox, tmp_path: Path) -> None:
    """By both commands alike, and none of what was only just brought up."""
    need("pulumi", "pulumi-language-python")
    stage = PluginStage(tmp_path, sandbox)
    stage.dynamic(PROGRAM)
    stage.done("up")
    assert [report(stage, one)["drift"] for one in COMMANDS] == [0, 0]
    tenant, bijira = sandbox.store.asgardeo["sandbox"], next(iter(sandbox.store.bijira.values()))
    apis = {api.identifier: api for api in tenant.apis.values()}
    apis["urn:orders"].scopes.append(Scope(name="orders:delete", display_name="x"))
    tenant.apis.pop(apis["urn:gone"].id)
    shop = next(one for one in tenant.applications.values() if one.name == "shop")
    assert shop.oidc
    shop.oidc.settings["pkce"]["mandatory"] = False
    next(one for one in tenant.roles.values() if one.name == "reader").groups.append(next(iter(tenant.groups)))
    for subscription in bijira.subscriptions.values():
        subscription.plan = "Bronze"
    first, second = (report(stage, one) for one in COMMANDS)
    assert first == second
    assert {
        (one["name"], change["path"], change["widens_access"]) for one in first["drifted"] for change in one["changes"]
    } == {
        ("orders", "scopes[orders:delete]", True),
        ("shop", "pkce.mandatory", True),
        ("reader", f"groups[{next(iter(tenant.groups))}]", True),
        ("shop", "subscriptions[Orders API/1.0.0].plan", True),
    }
    assert [(one["name"], one["file"], one["line"]) for one in first["drifted"] if one["gone"]] == [
        ("gone", "__main__.py", 5)
    ]
