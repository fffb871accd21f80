"""What exists comes under management by the CLI's own means, without a change to it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from pulumi_asgardeo_bijira.resources import CreateResult, Lifecycle, platforms_for, resource_handler
from pulumi_asgardeo_bijira.settings import Settings, sandbox_environment

from tests.plugin_programs.stage import PLUGIN

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

    from tests.plugin_programs.stage import PluginStage

#: The name of each object that somebody has made by hand, and its resource.
CLASSES = {
    "orders": "AsgardeoApi",
    "service": "AsgardeoApplication",
    "client": "BijiraApplicationClient",
    "reader": "AsgardeoRole",
}


@pytest.fixture
def ids(sandbox: Sandbox) -> dict[str, str]:
    """The ids of all that has been made by hand."""
    platforms = platforms_for(Settings({}, sandbox_environment(sandbox.url)))

    def make(kind: str, **inputs: Any) -> CreateResult:
        life = Lifecycle(resource_handler(kind), lambda: platforms)
        return life.create(life.check(inputs).inputs)

    api = make("Api", identifier="urn:orders", name="Orders", scopes=[{"name": "orders:read"}])
    service = make(
        "Application",
        name="service",
        accessToken={"applicationAccessTokenExpiryInSeconds": 900},
        allowedAudience="APPLICATION",
        authorizedApis=[{"apiId": api.id, "scopes": ["orders:read"]}],
    )
    client = make("ApplicationClient", applicationName="service", clientId=service.outputs["clientId"])
    role = make("Role", name="reader", applicationId=service.id, permissions=["orders:read"])
    return dict(zip(CLASSES, (api.id, service.id, client.id, role.id), strict=True))


def token(name: str) -> str:
    """The type of one of them."""
    return f"asgardeo-bijira:index:{CLASSES[name]}"


def written(program: str) -> dict[str, Any]:
    """The resources of a program that the CLI wrote."""
    found: dict[str, Any] = yaml.safe_load(program)["resources"]
    return found


def test_several_are_imported_with_their_references(stage: PluginStage, ids: dict[str, str]) -> None:
    """The program that the CLI writes says what matters, refers where it can, and previews and refreshes empty."""
    before = stage.sandbox.store.snapshot()
    stage.program("")
    entries = [{"type": token(name), "name": name, "id": id_} for name, id_ in ids.items()]
    file, output = stage.engine.project / "import.json", stage.engine.project / "written.yaml"
    file.write_text(json.dumps({"resources": entries}))
    how = ("--yes", "--skip-preview", "--protect=false")
    stage.engine.run("import", "--file", str(file), "--out", str(output), *how)
    resources = written(output.read_text())
    assert resources["service"]["properties"] == {
        "name": "service",
        "applicationType": "m2m",
        "accessToken": {"type": "JWT", "applicationAccessTokenExpiryInSeconds": 900},
        "allowedAudience": "APPLICATION",
        "authorizedApis": [{"apiId": "${orders.id}", "policy": "RBAC", "scopes": ["orders:read"]}],
    }
    assert resources["reader"]["properties"]["applicationId"] == "${service.id}"
    stage.program(output.read_text())
    stage.settled()
    assert stage.sandbox.store.snapshot() == before
    stage.gone()


def test_one_is_imported_by_the_option_and_another_is_only_read(stage: PluginStage, ids: dict[str, str]) -> None:
    """What the program has otherwise is changed in the same run; what it does not declare stays as it is."""
    service = {
        "type": token("service"),
        "properties": {
            "name": "service",
            "description": "declared",
            "authorizedApis": [{"apiId": "${orders.id}", "scopes": ["orders:read"]}],
        },
        "options": {"import": ids["service"], "retainOnDelete": True},
    }
    read = {"type": token("orders"), "get": {"id": ids["orders"]}}
    outputs = {"identifier": "${orders.identifier}", "described": "${service.description}"}
    stage.program(f"resources: {json.dumps({'orders': read, 'service': service})}\noutputs: {json.dumps(outputs)}")
    before = stage.sandbox.store.snapshot()
    steps = [(step.op, step.diff) for step in stage.done("preview").steps if step.type == token("service")]
    assert steps == [("import", ()), ("update", ("description",))]
    assert stage.sandbox.store.snapshot() == before
    assert stage.done("up").outputs == {"identifier": "urn:orders", "described": "declared"}
    assert set(stage.done("preview").changes) <= {"same", "read"}
    assert set(stage.done("refresh").changes) <= {"same"}
    was, now = (
        one["asgardeo"]["sandbox"]["applications"][ids["service"]] for one in (before, stage.sandbox.store.snapshot())
    )
    assert {key for key in now if now[key] != was.get(key)} == {"description"}
    stage.done("destroy")
    tenant = stage.sandbox.store.asgardeo["sandbox"]
    assert ids["orders"] in tenant.apis
    assert ids["service"] in tenant.applications


def test_all_there_is_is_listed_and_read_by_the_command_line(stage: PluginStage, ids: dict[str, str]) -> None:
    """Without a program: the ids that an import wants."""
    stage.program("")
    do = ("do", "--package", str(PLUGIN), "--output", "json")
    listed = stage.engine.run(*do, token("orders"), "list")
    assert ids["orders"] in listed
    assert "Orders" in listed
    shown = stage.engine.run(*do, token("service"), "read", ids["service"])
    assert re.search(r'"clientId": ?"\w+"', shown)
    assert re.search(r'"clientSecret": ?"\[secret\]"', shown)
