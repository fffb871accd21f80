"""The guide's program through the edits that people make to it, on each engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox import Fault
from pulumi_asgardeo_bijira.dynamic import payload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.programs.stack import Stage

GUIDE = """
import pulumi
import pulumi_asgardeo_bijira as wso2

api = wso2.AsgardeoApi("orders", identifier="urn:orders", scopes=[{{"name": name}} for name in {scopes}])
application = wso2.AsgardeoApplication(
    "app",
    {application}
    authorized_apis=[wso2.AuthorizedApiArgs(api_id=api.id, scopes={scopes})],
)
client = wso2.BijiraApplicationClient(
    "client",
    client_id=application.client_id,
    subscriptions=[wso2.SubscriptionArgs(api_name="Orders API", api_version="1.0.0", plan="Gold")],
)
pulumi.export("clientId", application.client_id)
pulumi.export("clientSecret", application.client_secret)
pulumi.export("applicationId", client.application_id)
pulumi.export("apiIds", client.api_ids)
pulumi.export("displayName", api.scopes.apply(lambda found: found[0]["display_name"]))
"""


def guide(*scopes: str, application: str = "") -> str:
    """The program with these scopes, and more of the application's inputs."""
    return GUIDE.format(scopes=json.dumps(list(scopes)), application=application)


def requests(stage: Stage, mark: int) -> Mapping[str, int]:
    """Requests by platform."""
    return {str(platform): count for platform, count in stage.sandbox.ledger.counts(mark).items()}


def test_the_guide_costs_what_it_must(stage: Stage) -> None:
    """Nothing in preview and no-op, one token for each platform; what there is is listed once for each class."""
    stage.program(guide("orders:read", "orders:write"))
    stage.done("preview")
    assert len(stage.sandbox.ledger) == 0
    result = stage.done("up")
    assert requests(stage, 0) == {"asgardeo": 6, "bijira": 6, "token": 2, "gateway": 0}
    assert result.outputs["clientId"]
    assert result.outputs["displayName"] == "orders:read"
    assert list(result.outputs["apiIds"]) == ["Orders API/1.0.0"]
    assert result.outputs["applicationId"] in next(iter(stage.sandbox.store.bijira.values())).applications
    assert "clientSecret" in result.secret_outputs
    stage.settled()
    stage.gone()


def test_secrets_are_sealed_in_the_state_and_the_payload_is_a_constant(stage: Stage) -> None:
    """A state file is copied about more than people think."""
    stage.program(guide("orders:read"))
    secret = stage.done("up").outputs["clientSecret"]
    entries = stage.resources()
    assert entries["orders"]["inputs"]["__provider"] == payload("Api")
    assert entries["app"]["outputs"]["__provider"] == payload("Application")
    assert "ciphertext" in entries["app"]["outputs"]["clientSecret"]
    stage.done("refresh")
    assert "ciphertext" in stage.resources()["app"]["outputs"]["clientSecret"]
    assert secret not in json.dumps(stage.engine.export())


def test_a_scope_goes_from_the_api_and_the_authorization_in_one_edit(stage: Stage) -> None:
    """The platform takes it from the application by itself, and a new one comes to both."""
    stage.program(guide("orders:read", "orders:write"))
    stage.up()
    stage.program(guide("orders:read", "orders:delete"))
    ops = stage.up()
    assert ops == {"orders": "update", "app": "update", "client": "same"}
    stage.gone()


def test_an_edit_of_the_application_threatens_the_client_with_no_replacement(stage: Stage) -> None:
    """In a preview the client id of an application that changes is unknown."""
    stage.program(guide("orders:read"))
    stage.up()
    stage.program(guide("orders:read", application='description="changed",'))
    assert stage.ops("preview")["client"] in ("update", "same")
    assert stage.up() == {"orders": "same", "app": "update", "client": "same"}
    stage.program(guide("orders:read", application='application_type="standard", grant_types=["client_credentials"],'))
    before = next(iter(stage.sandbox.store.bijira.values())).subscriptions.copy()
    preview = stage.ops("preview")
    assert "replace" in preview["app"]
    assert preview["client"] == "update"
    ops = stage.up()
    assert ops["client"] == "update"
    assert next(iter(stage.sandbox.store.bijira.values())).subscriptions == before
    stage.gone()


def test_what_was_deleted_by_hand_comes_back_with_what_hangs_on_it(stage: Stage) -> None:
    """The API gets another id, and the application is authorized for that one."""
    stage.program(guide("orders:read"))
    stage.up()
    tenant = stage.sandbox.store.asgardeo["sandbox"]
    tenant.forget_api(next(iter(tenant.apis.values())))
    refreshed = stage.ops("refresh")
    assert refreshed["orders"] == "delete"
    ops = stage.up()
    assert ops["orders"] == "create"
    assert ops["app"] == "update"
    stage.gone()


def test_a_failure_is_one_line_and_the_next_up_finishes(stage: Stage) -> None:
    """No traceback; what was made stays in the state."""
    stage.program(guide("orders:read"))
    body = {"code": 900967, "message": "General Error", "description": "no luck today"}
    stage.sandbox.faults.add(Fault(kind="fail", match="POST .*/map-keys", status=400, body=body))
    failed = stage.engine.up()
    assert not failed.ok
    assert "900967 no luck today" in failed.diagnostics
    assert "Traceback" not in failed.diagnostics
    assert not next(iter(stage.sandbox.store.bijira.values())).applications
    assert stage.up() == {"orders": "same", "app": "same", "client": "create"}
    stage.gone()


def test_bad_input_is_told_before_anything_is_sent(stage: Stage) -> None:
    """Every mistake of a resource at once, and no value of it."""
    stage.program(
        """
import pulumi
import pulumi_asgardeo_bijira as wso2

wso2.AsgardeoApplication(
    "app",
    application_type="web",
    grant_types=["authorisation_code"],
    access_token={"user_access_token_expiry_in_seconds": 0, "binding_typ": pulumi.Output.secret("hunter2-secret")},
)
"""
    )
    failed = stage.engine.preview()
    assert not failed.ok
    for line in (
        "grant_types[0]: is not a grant type, did you mean authorization_code?",
        "access_token.user_access_token_expiry_in_seconds: must be at least 1",
        "access_token.binding_typ: is not a property, did you mean binding_type?",
    ):
        assert line in failed.diagnostics
    assert "hunter2" not in failed.diagnostics
    assert len(stage.sandbox.ledger) == 0


def test_options_work_with_the_names_that_the_user_writes(stage: Stage) -> None:
    """`ignore_changes` and `replace_on_changes` name properties as the program does."""
    program = """
import pulumi
import pulumi_asgardeo_bijira as wso2

wso2.AsgardeoApi(
    "ignoring", pulumi.ResourceOptions(ignore_changes=["description", "scopes[0].display_name"]),
    identifier="urn:a", description="{0}", scopes=[{{"name": "a:1", "display_name": "{0}"}}],
)
wso2.AsgardeoApi(
    "replacing", pulumi.ResourceOptions(replace_on_changes=["description"]), identifier="urn:b", description="{0}"
)
application = wso2.AsgardeoApplication(
    "hiding", pulumi.ResourceOptions(additional_secret_outputs=["client_id"]), description="{0}"
)
"""
    stage.program(program.format("x"))
    stage.up()
    assert "ciphertext" in stage.resources()["hiding"]["outputs"]["clientId"]
    stage.program(program.format("y"))
    ops = stage.ops("up")
    assert ops["ignoring"] == "same"
    assert "replace" in ops["replacing"]
    assert ops["hiding"] == "update"
    stage.gone()


def test_get_reads_what_is_not_managed(stage: Stage) -> None:
    """And a destroy leaves it alone."""
    stage.program(guide("orders:read"))
    outputs = stage.done("up").outputs
    ids = {name: entry["id"] for name, entry in stage.resources().items() if entry.get("id")}
    reading = f"""
import pulumi
import pulumi_asgardeo_bijira as wso2

api = wso2.AsgardeoApi.get("seen-api", {ids["orders"]!r})
application = wso2.AsgardeoApplication.get("seen-app", {ids["app"]!r})
client = wso2.BijiraApplicationClient.get("seen-client", {ids["client"]!r})
pulumi.export("name", api.name)
pulumi.export("clientIdSeen", application.client_id)
pulumi.export("secretSeen", application.client_secret)
pulumi.export("mapped", client.client_id)
"""
    stage.program(guide("orders:read") + reading)
    found = stage.done("up")
    assert found.outputs["name"] == "orders"
    assert found.outputs["clientIdSeen"] == found.outputs["mapped"] == outputs["clientId"]
    assert "secretSeen" in found.secret_outputs
    stage.gone()


def test_the_whole_way_in_one_resource(stage: Stage) -> None:
    """Its parts have fixed names, and what it exports opens the API."""
    stage.program(
        """
import pulumi
import pulumi_asgardeo_bijira as wso2

orders = wso2.SecuredApi(
    "orders",
    identifier="urn:orders",
    scopes=[{"name": "orders:write"}, wso2.ApiScopeArgs(name="orders:read", display_name="Read")],
    subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0"}],
)
pulumi.export("scope", orders.scope)
pulumi.export("clientSecret", orders.client_secret)
"""
    )
    assert stage.up() == dict.fromkeys(("orders-api", "orders-application", "orders-client"), "create")
    assert stage.resources()["orders"]["type"] == "asgardeo-bijira:index:SecuredApi"
    outputs = stage.done("up")
    assert outputs.outputs["scope"] == "orders:read orders:write"
    assert "clientSecret" in outputs.secret_outputs
    stage.gone()


def test_an_api_without_scopes_is_settled_too(stage: Stage) -> None:
    """What is not declared is not known in a preview, and nothing of the component may wait for it."""
    stage.program(
        """
import pulumi
import pulumi_asgardeo_bijira as wso2

pulumi.export("scope", wso2.SecuredApi("orders", identifier="urn:orders").scope)
"""
    )
    assert stage.up() == dict.fromkeys(("orders-api", "orders-application", "orders-client"), "create")
    assert stage.done("up").outputs["scope"] == ""
    stage.gone()
