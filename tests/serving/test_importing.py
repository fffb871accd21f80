"""What an engine that imports, lists or only looks is told of objects that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2
from pulumi_asgardeo_bijira.resources import resource_handlers
from pulumi_asgardeo_bijira.settings import sandbox_environment
from pulumi_asgardeo_bijira.wire import UNKNOWN, decode, encode, is_secret

from tests.support.fields import FIELDS, Field
from tests.support.host import Refused
from tests.support.plugin import Plugin, PluginLife
from tests.support.referred import add_apis, add_bijira, add_people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asgardeo_bijira_sandbox import Sandbox

FIRST_FIELDS = [next(field for field in FIELDS if field.handler.name == name) for name in resource_handlers()]
SELF_HOSTED = {"BIJIRA_BASE_URL": "https://apim.example.com/api/am/devportal/v3"}
NOBODY = "11111111-1111-1111-1111-111111111111"


@pytest.fixture
def plugin(sandbox: Sandbox) -> Iterator[Plugin]:
    """The plugin in front of a self-hosted API Manager."""
    add_bijira(sandbox)
    with Plugin({}, {**sandbox_environment(sandbox.url), **SELF_HOSTED}) as running:
        yield running


@pytest.fixture
def life(plugin: Plugin, sandbox: Sandbox) -> Callable[[str], PluginLife]:
    """Starts the life of a resource of a kind."""
    return lambda kind: PluginLife(plugin, kind, sandbox)


def read(life: PluginLife, id_: str, **given: Any) -> Any:
    """What the plugin answers to whoever reads an object; without anything given, to whoever imports it."""
    bags: dict[str, Any] = {name: encode(value) for name, value in given.items()}
    request = provider_pb2.ReadRequest(urn=life.urn, name=life.name, type=life.type, id=id_, **bags)
    return life.host.call("Read", request)


def listed(life: PluginLife, limit: int = 0) -> dict[str, str]:
    """The names of all such objects by their ids."""
    try:
        found = list(life.host.stub.List(provider_pb2.ListRequest(token=life.type, limit=limit)))
    except grpc.RpcError as refusal:
        raise Refused(cast("grpc.Call", refusal).details()) from None
    return {one.result.id: one.result.name for one in found}


@pytest.mark.parametrize("field", FIRST_FIELDS, ids=lambda field: field.handler.name)
def test_an_import_is_followed_by_no_change(life: Callable[[str], PluginLife], sandbox: Sandbox, field: Field) -> None:
    """Nor by a refresh that shows one."""
    if field.handler.name != "Api":
        add_apis(sandbox)
    if field.handler.name == "Role":
        add_people(sandbox)
    made = life(field.handler.name)
    made.up(field.pair()[0])
    computed = field.handler.outputs_of(made.outputs)
    made.host.restart()
    imported = life(field.handler.name)
    found = read(imported, made.id)
    imported.id = found.id
    imported.inputs, imported.outputs = imported._bag(found.inputs), imported._bag(found.properties)
    assert imported.preview(imported.inputs) == "same"
    assert imported.refresh() == "same"
    assert field.handler.outputs_of(imported.outputs) == computed


def test_whoever_only_looks_sees_everything(life: Callable[[str], PluginLife]) -> None:
    """Whatever the program says of it; and the secret is one."""
    application = life("Application")
    application.up({"name": "orders"})
    for given in ({}, {"name": "orders"}):
        found = decode(read(application, application.id, inputs=given, properties=given).properties)
        assert found["advanced"]["saas"] is False
        assert is_secret(found["clientSecret"])
    again = read(application, application.id, inputs={}, properties=found)
    assert decode(again.properties) == found
    imported = read(application, application.id)
    assert is_secret(decode(imported.properties)["clientSecret"])
    assert "advanced" not in decode(imported.inputs) | decode(imported.properties)


def test_what_is_not_there_is_told_in_a_line(life: Callable[[str], PluginLife]) -> None:
    """To whoever imports or looks for the first time; a refresh takes it for gone."""
    application = life("Application")
    line = f"The application with the id {NOBODY} does not exist. Check the id and the organisation"
    nothing: dict[str, Any] = {"inputs": {}, "properties": {}}
    for given in ({}, nothing):
        with pytest.raises(Refused) as refused:
            read(application, NOBODY, **given)
        assert str(refused.value) == line
    application.up({"name": "orders"})
    for inputs in (application.inputs, {}):
        assert read(application, NOBODY, inputs=inputs, properties=application.outputs).id == ""
    with pytest.raises(Refused, match=r"^The id orders is not an id of Asgardeo"):
        read(application, "orders")


def test_all_objects_are_listed(life: Callable[[str], PluginLife]) -> None:
    """As many as are asked for."""
    apis = [life("Api") for _ in range(3)]
    for number, api in enumerate(apis):
        api.up({"identifier": f"urn:{number}", "name": f"API {number}"})
    assert listed(apis[0]) == {api.id: f"API {number}" for number, api in enumerate(apis)}
    assert len(listed(apis[0], limit=2)) == 2
    assert listed(life("Role")) == {}


def test_what_may_not_be_listed_is_told_in_a_line(life: Callable[[str], PluginLife], sandbox: Sandbox) -> None:
    """With the scope that is missing."""
    sandbox.store.asgardeo["sandbox"].management_scopes.remove("internal_api_resource_view")
    with pytest.raises(Refused, match=r"^Asgardeo: .*internal_api_resource_view.*$"):
        listed(life("Api"))


def test_a_preview_says_what_is_known(life: Callable[[str], PluginLife], sandbox: Sandbox) -> None:
    """Before a creation what follows from the settings, of an update all but what it computes anew; no request."""
    application = life("Application")
    checked, _ = application.check({"name": "orders"})
    mark = sandbox.ledger.mark()
    before = application.create_in_preview(checked)
    assert sandbox.ledger.mark() == mark
    assert before["clientId"] == before["clientSecret"] == UNKNOWN
    application.up({"name": "orders"})
    assert {key: value for key, value in before.items() if value != UNKNOWN}.items() <= application.outputs.items()
    assert before["tokenEndpoint"] == application.outputs["tokenEndpoint"]
    described, _ = application.check({"name": "orders", "description": "x"})
    assert application.update_in_preview(described) == application.outputs | {"description": "x"}
    rotated, _ = application.check({"name": "orders", "secretRotation": "1"})
    wanted = application.outputs | {"secretRotation": "1", "clientSecret": UNKNOWN}
    assert application.update_in_preview(rotated) == wanted
