"""A program that makes the guide's prerequisite itself, on each engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.dynamic import payload

if TYPE_CHECKING:
    from tests.programs.stage import Stage

SECRET = "hunter2-of-the-connector"  # noqa: S105  # not a real one
PROGRAM = """
import pulumi
import pulumi_asgardeo_bijira as wso2

application = wso2.AsgardeoApplication("app")
manager = wso2.BijiraKeyManager(
    "acme",
    name="{name}",
    endpoints=wso2.KeyManagerEndpointsArgs(token_endpoint=application.token_endpoint),
    connector=[
        wso2.ConnectorSettingArgs(name="mgmt_client_id", value=application.client_id),
        {{"name": "mgmt_client_secret", "value": "{secret}"}},
    ],
    {more}
)
client = wso2.BijiraApplicationClient("client", client_id=application.client_id, key_manager={used})
pulumi.export("jwks", manager.jwks_endpoint)
pulumi.export("mappedUnder", client.key_manager_name)
"""
ALL = ("app", "acme", "client")


def program(more: str = "", name: str = "acme", used: str = "manager.id") -> str:
    """The program with more of the key manager's inputs."""
    return PROGRAM.format(more=more, name=name, used=used, secret=SECRET)


def test_a_client_is_mapped_under_a_key_manager_of_the_same_program(self_hosted: Stage) -> None:
    """Its id is unknown in the preview; the connector's secret is sealed in the state."""
    self_hosted.program(program())
    assert self_hosted.ops("preview") == dict.fromkeys(ALL, "create")
    assert len(self_hosted.sandbox.ledger) == 0
    assert self_hosted.up() == dict.fromkeys(ALL, "create")
    outputs = self_hosted.done("up").outputs
    assert outputs["mappedUnder"] == "acme"
    assert outputs["jwks"] == f"{self_hosted.sandbox.url}/t/sandbox/oauth2/jwks"
    assert self_hosted.resources()["acme"]["inputs"]["__provider"] == payload("KeyManager")
    assert SECRET not in json.dumps(self_hosted.engine.export())
    self_hosted.gone()


def test_a_change_of_it_threatens_the_client_with_no_replacement(self_hosted: Stage) -> None:
    """It changes in place, and its id stays."""
    self_hosted.program(program())
    self_hosted.up()
    self_hosted.program(program('description="changed", enabled=True,'))
    assert self_hosted.ops("preview")["client"] in ("same", "update")
    assert self_hosted.up() == {"app": "same", "acme": "update", "client": "same"}
    self_hosted.gone()


def test_it_is_not_replaced_under_its_clients(self_hosted: Stage) -> None:
    """The line says what to do first; nothing is lost, and doing it helps."""
    self_hosted.program(program())
    self_hosted.up()
    bijira = next(iter(self_hosted.sandbox.world.bijira.values()))
    self_hosted.program(program(name="acme-2"))
    failed = self_hosted.engine.up()
    assert not failed.ok
    assert "cannot be deleted (412 902015), nor replaced, as long as client ids are mapped under it" in (
        failed.diagnostics
    )
    assert bijira.key_manager("acme")
    assert not bijira.key_manager("acme-2")
    self_hosted.program(program(used='"Asgardeo"'))
    assert "replace" in self_hosted.up()["client"]
    self_hosted.program(program(name="acme-2", used='"Asgardeo"'))
    assert "replace" in self_hosted.up()["acme"]
    self_hosted.program(program(name="acme-2"))
    self_hosted.up()
    self_hosted.gone()


def test_on_the_cloud_the_line_says_which_pages_to_use(stage: Stage) -> None:
    """And nothing is sent for it."""
    stage.program(
        """
import pulumi_asgardeo_bijira as wso2

wso2.BijiraKeyManager("acme", organization="acme")
"""
    )
    failed = stage.engine.up()
    assert not failed.ok
    assert (
        "Bijira's cloud has no API that makes key managers. Add the Asgardeo organisation in the console under Admin"
        in (failed.diagnostics)
    )
    assert "Traceback" not in failed.diagnostics
    assert len(stage.sandbox.ledger) == 0
