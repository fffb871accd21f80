"""A program that makes the guide's prerequisite itself, on each engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.dynamic import payload

if TYPE_CHECKING:
    from tests.programs.stack import Stage

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


def test_a_new_name_takes_its_clients_along(self_hosted: Stage) -> None:
    """It can only be deleted when nothing is mapped under it: its clients go first and come again, as previewed."""
    self_hosted.program(program())
    self_hosted.up()
    bijira = next(iter(self_hosted.sandbox.store.bijira.values()))
    former = next(iter(bijira.applications))
    self_hosted.program(program(name="acme-2"))
    mark = self_hosted.sandbox.ledger.mark()
    previewed = self_hosted.ops("preview")
    looked_up = [one for one in self_hosted.sandbox.ledger.since(mark) if one.platform != "token"]
    assert [one.method for one in looked_up] == ["GET"], "that the name is free"
    assert "replace" in previewed["acme"]
    assert "replace" in previewed["client"]
    assert self_hosted.up() == previewed
    assert former not in bijira.applications
    assert not bijira.key_manager("acme")
    (application,) = bijira.applications.values()
    (mapping,) = application.mappings.values()
    assert bijira.key_managers[mapping.key_manager].name == "acme-2"
    self_hosted.gone()


def test_a_second_one_beside_it_takes_the_client_over_in_place(self_hosted: Stage) -> None:
    """The way that never leaves the client unmapped, nor takes the application away."""
    second = """
other = wso2.BijiraKeyManager("other", organization="other", connector=[
    wso2.ConnectorSettingArgs(name="mgmt_client_id", value="x"),
    wso2.ConnectorSettingArgs(name="mgmt_client_secret", value="x"),
])
"""
    self_hosted.program(program().replace("client = ", second + "client = "))
    self_hosted.up()
    bijira = next(iter(self_hosted.sandbox.store.bijira.values()))
    before = list(bijira.applications)
    self_hosted.program(program(used="other.id").replace("client = ", second + "client = "))
    assert self_hosted.ops("preview")["client"] == "update"
    assert self_hosted.up() == {"app": "same", "acme": "same", "other": "same", "client": "update"}
    text = self_hosted.project.directory.joinpath("__main__.py").read_text(encoding="utf-8")
    start, end = text.index("manager = "), text.index("other = ")
    self_hosted.program((text[:start] + text[end:]).replace("manager.jwks_endpoint", "other.jwks_endpoint"))
    assert self_hosted.up() == {"app": "same", "other": "same", "client": "same", "acme": "delete"}
    assert list(bijira.applications) == before
    self_hosted.gone()


def test_a_client_waits_for_a_key_manager_that_is_new_and_changes_in_place(self_hosted: Stage) -> None:
    """Its id is not known in the preview, and that is no threat."""
    self_hosted.program(program(used='"Asgardeo"'))
    self_hosted.up()
    self_hosted.program(program(used="manager.id").replace('"acme",\n', '"acme-new",\n'))
    previewed = self_hosted.ops("preview")
    assert previewed["client"] == "update"
    self_hosted.program(program(used="manager.id"))
    assert self_hosted.up() == {"app": "same", "acme": "same", "client": "update"}
    self_hosted.gone()


ATTACHED = """
import pulumi
import pulumi_asgardeo_bijira as wso2

a = wso2.BijiraApplicationClient("a", client_id="client-a", key_manager="Asgardeo"{how})
b = wso2.BijiraApplicationClient("b", client_id="client-b", key_manager="Asgardeo", key_type="SANDBOX",
                                 application_id=a.application_id)
"""


def test_an_application_that_is_made_anew_takes_along_whoever_attaches_to_it(stage: Stage) -> None:
    """Otherwise the second client's mapping would go with the application, and nobody would see it."""
    bijira = next(iter(stage.sandbox.store.bijira.values()))
    stage.program(ATTACHED.format(how=""))
    assert stage.up() == {"a": "create", "b": "create"}
    options = ", application_name='a', opts=pulumi.ResourceOptions(replace_on_changes=['application_name'])"
    stage.program(ATTACHED.format(how=options))
    assert stage.up() == {"a": "same", "b": "same"}
    stage.program(ATTACHED.format(how=options.replace("'a'", "'a2'")))
    previewed = stage.ops("preview")
    assert all("replace" in op for op in previewed.values()), previewed
    assert stage.up() == previewed
    (application,) = bijira.applications.values()
    assert {one.client_id for one in application.mappings.values()} == {"client-a", "client-b"}
    stage.gone()


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
