"""What exists comes under management by the CLI's own means, without a change to it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from pulumi_asgardeo_bijira.resources import CreateResult, Lifecycle, platforms_for, resource_handler
from pulumi_asgardeo_bijira.settings import Settings, sandbox_environment

from tests.plugin_programs.stack import PLUGIN, YamlStack
from tests.support.cli import need

if TYPE_CHECKING:
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox

#: The name of each object that somebody has made by hand, and its resource.
CLASSES = {
    "orders": "AsgardeoApi",
    "service": "AsgardeoApplication",
    "client": "BijiraApplicationClient",
    "reader": "AsgardeoRole",
}


@pytest.fixture
def stack(tmp_path: Path, sandbox: Sandbox) -> YamlStack:
    """A stack with nothing in it."""
    need("pulumi", "pulumi-language-yaml")
    return YamlStack(tmp_path, sandbox)


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


def test_several_are_imported_with_their_references(stack: YamlStack, sandbox: Sandbox, ids: dict[str, str]) -> None:
    """The program that the CLI writes says what matters, refers where it can, and previews and refreshes empty; in the
    end it deletes all of it."""
    before = sandbox.store.snapshot()
    entries = [{"type": token(name), "name": name, "id": id_} for name, id_ in ids.items()]
    (stack.folder / "import.json").write_text(json.dumps({"resources": entries}))
    output = stack.folder / "written.yaml"
    files = ("--file", str(stack.folder / "import.json"), "--out", str(output))
    stack.run("import", *files, "--yes", "--skip-preview", "--protect=false")
    resources = written(output.read_text())
    assert resources["service"]["properties"] == {
        "name": "service",
        "applicationType": "m2m",
        "accessToken": {"type": "JWT", "applicationAccessTokenExpiryInSeconds": 900},
        "allowedAudience": "APPLICATION",
        "authorizedApis": [{"apiId": "${orders.id}", "policy": "RBAC", "scopes": ["orders:read"]}],
    }
    assert resources["reader"]["properties"]["applicationId"] == "${service.id}"
    stack.write({"resources": resources})
    assert stack.preview() == {}
    stack.refresh("--expect-no-changes")
    assert sandbox.store.snapshot() == before
    stack.destroy()
    assert not sandbox.store.asgardeo["sandbox"].applications


def test_one_is_imported_by_the_option_and_another_is_only_read(
    stack: YamlStack, sandbox: Sandbox, ids: dict[str, str]
) -> None:
    """What the program has otherwise is changed in the same run; what it does not declare stays as it is."""
    before = sandbox.store.snapshot()
    service = {
        "type": token("service"),
        "properties": {
            "name": "service",
            "description": "declared",
            "authorizedApis": [{"apiId": "${orders.id}", "scopes": ["orders:read"]}],
        },
        "options": {"import": ids["service"], "retainOnDelete": True},
    }
    stack.write(
        {
            "resources": {"orders": {"type": token("orders"), "get": {"id": ids["orders"]}}, "service": service},
            "outputs": {"identifier": "${orders.identifier}", "described": "${service.description}"},
        }
    )
    assert stack.preview() == {"read orders": [], "import service": [], "update service": ["description"]}
    assert sandbox.store.snapshot() == before
    stack.up()
    assert json.loads(stack.run("stack", "output", "--json")) == {"identifier": "urn:orders", "described": "declared"}
    assert stack.preview() == {"read orders": []}
    stack.refresh("--expect-no-changes")
    changed = before["asgardeo"]["sandbox"]["applications"][ids["service"]]
    now = sandbox.store.snapshot()["asgardeo"]["sandbox"]["applications"][ids["service"]]
    assert {key for key in now if now[key] != changed.get(key)} == {"description"}
    stack.destroy()
    tenant = sandbox.store.asgardeo["sandbox"]
    assert {ids["orders"], ids["service"]} <= tenant.apis.keys() | tenant.applications.keys()


def test_all_there_is_is_listed_and_read_by_the_command_line(
    stack: YamlStack, sandbox: Sandbox, ids: dict[str, str]
) -> None:
    """Without a program: the ids that an import wants."""
    do = ("do", "--package", str(PLUGIN), "--output", "json")
    listed = stack.run(*do, token("orders"), "list")
    assert ids["orders"] in listed
    assert "Orders" in listed
    shown = stack.run(*do, token("service"), "read", ids["service"])
    assert re.search(r'"clientId": ?"\w+"', shown)
    assert re.search(r'"clientSecret": ?"\[secret\]"', shown)
