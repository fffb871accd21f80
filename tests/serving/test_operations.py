"""What a resource's life shows through the plugin and through no host of dynamic providers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault, left_behind
from pulumi.runtime.proto import engine_pb2, provider_pb2
from pulumi_asgardeo_bijira.wire import UNKNOWN, contains_secret, decode, encode, is_secret, secret

from tests.support.host import Refused
from tests.support.plugin import Plugin, PluginLife

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

OPERATIONS = 64
MARKED = "hunter2-that-a-program-marks"


def test_a_life_from_a_preview_to_the_end(life: Callable[[str], PluginLife], sandbox: Sandbox) -> None:
    """A preview sends nothing and says what is known; the name is the resource's own."""
    before, mark = sandbox.store.snapshot(), sandbox.ledger.mark()
    api, declared = life("Api"), {"identifier": "urn:orders", "scopes": [{"name": "read"}]}
    checked, _ = api.check(declared)
    assert checked["name"] == f"trial-{api.number}"
    assert api.create_in_preview(checked) == {**checked, "organization": "sandbox"}
    assert sandbox.ledger.mark() == mark
    assert api.up(declared) == "create"
    assert api.preview(declared) == "same"
    assert api.refresh() == "same"
    added = {**declared, "scopes": [{"name": "a"}, {"name": "read"}]}
    assert dict(api.diff(api.check(added)[0]).detailedDiff) == {
        "scopes[0]": provider_pb2.PropertyDiff(kind=provider_pb2.PropertyDiff.ADD, inputDiff=True)
    }
    assert api.up(added) == "update"
    replaced = {**added, "identifier": "urn:others"}
    found = api.diff(api.check(replaced)[0])
    assert list(found.replaces) == ["identifier"]
    assert found.detailedDiff["identifier"].kind == provider_pb2.PropertyDiff.UPDATE_REPLACE
    assert api.up(replaced) == "replace"
    api.destroy()
    assert left_behind(before, sandbox.store.snapshot()) == []


def test_an_update_in_a_preview_keeps_what_it_will_not_change(
    life: Callable[[str], PluginLife], sandbox: Sandbox
) -> None:
    """So what depends on it is not shown as changing, and what does change is not shown as it was."""
    application = life("Application")
    application.up({"name": "orders"})
    mark, known = sandbox.ledger.mark(), application.outputs
    described = application.update_in_preview({**application.inputs, "description": "of orders"})
    assert described == {**known, "description": "of orders"}
    rotated = application.update_in_preview({**application.inputs, "secretRotation": "1"})
    assert rotated == {**known, "secretRotation": "1", "clientSecret": UNKNOWN}
    assert sandbox.ledger.mark() == mark


def test_the_id_of_a_clients_application_is_an_output_although_nothing_stores_it(
    life: Callable[[str], PluginLife],
) -> None:
    """Python's dynamic class takes it from the id; a program in another language has outputs alone."""
    client, declared = life("ApplicationClient"), {"clientId": "abc", "applicationName": "orders"}
    assert client.create_in_preview(client.check(declared)[0])["applicationId"] == UNKNOWN
    client.up(declared)
    application_id = client.id.partition("/")[0]
    assert client.outputs["applicationId"] == application_id
    assert client.refresh() == "same"
    changed = {**client.inputs, "description": "of orders"}
    assert client.update_in_preview(changed)["applicationId"] == application_id
    assert client.up({**declared, "description": "of orders"}) == "update"
    assert client.outputs["applicationId"] == application_id
    assert "applicationId" not in client.inputs


def test_what_is_no_longer_declared_is_no_change_and_never_sent(
    life: Callable[[str], PluginLife], sandbox: Sandbox
) -> None:
    """The inputs follow at once, and from then on the old value is no longer compared."""
    api = life("Api")
    api.up({"identifier": "urn:a", "name": "a", "description": "once"})
    mark = sandbox.ledger.mark()
    assert api.up({"identifier": "urn:a", "name": "a"}) == "same"
    assert sandbox.ledger.mark() == mark
    tenant = sandbox.store.asgardeo["sandbox"]
    next(iter(tenant.apis.values())).description = "by somebody else"
    api.refresh()
    assert "description" not in api.inputs
    assert api.preview({"identifier": "urn:a", "name": "a"}) == "same"
    assert api.up({"identifier": "urn:a", "name": "a", "description": "once"}) == "update"


def asked(plugin: Plugin, method: str, request: Any, kind: str, **fields: Any) -> Any:
    """What the plugin answers, with its marks."""
    type_ = f"asgardeo-bijira:index:{kind}"
    urn = f"urn:pulumi:trial::trial::{type_}::one"
    carried = {name: encode(value) if isinstance(value, dict) else value for name, value in fields.items()}
    return plugin.call(method, request(urn=urn, name="one", type=type_, **carried))


def test_secrets_of_the_program_stay_sealed_at_every_depth(plugin: Plugin) -> None:
    """In what is checked and in what has been made, beside those that are secret by themselves."""
    declared = {
        "description": secret(MARKED),
        "pkce": {"mandatory": secret(value=True)},
        "callbackUrls": ["https://a.example.com", secret("https://b.example.com/cb")],
        "grantTypes": ["authorization_code"],
    }
    answer = asked(plugin, "Check", provider_pb2.CheckRequest, "AsgardeoApplication", news=declared)
    assert not answer.failures
    checked = decode(answer.inputs)
    made = decode(
        asked(plugin, "Create", provider_pb2.CreateRequest, "AsgardeoApplication", properties=checked).properties
    )
    for found in (checked, made):
        assert is_secret(found["description"])
        assert contains_secret(found["pkce"])
        assert contains_secret(found["callbackUrls"])
        assert not contains_secret(found["name"])
    assert is_secret(made["clientSecret"])
    assert not is_secret(made["clientId"])


def test_what_is_secret_and_not_known_yet_passes_a_preview(plugin: Plugin) -> None:
    """As the password of another resource that is yet to be made."""
    declared = {"applicationName": "orders", "clientId": UNKNOWN, "clientSecret": secret(UNKNOWN)}
    found = asked(plugin, "Check", provider_pb2.CheckRequest, "BijiraApplicationClient", news=declared)
    assert not found.failures
    checked = decode(found.inputs)
    assert checked["clientId"] == UNKNOWN
    assert checked["clientSecret"] == secret(UNKNOWN)
    planned = asked(
        plugin, "Create", provider_pb2.CreateRequest, "BijiraApplicationClient", properties=checked, preview=True
    )
    assert decode(planned.properties)["keyMappingId"] == UNKNOWN


def test_no_line_has_a_secret_that_was_marked(plugin: Plugin, sandbox: Sandbox) -> None:
    """A platform may repeat it, and a line is one line."""
    body = {"code": "X", "description": f"repeats\n{MARKED}"}
    sandbox.faults.add(Fault(kind="fail", match="POST .*/applications", status=400, body=body))
    declared = {"name": "orders", "description": secret(MARKED)}
    checked = decode(asked(plugin, "Check", provider_pb2.CheckRequest, "AsgardeoApplication", news=declared).inputs)
    with pytest.raises(Refused) as refused:
        asked(plugin, "Create", provider_pb2.CreateRequest, "AsgardeoApplication", properties=checked)
    assert MARKED not in str(refused.value)
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith("Asgardeo: create the application orders: 400")


def test_what_is_wrong_is_told_without_a_value(life: Callable[[str], PluginLife]) -> None:
    """All of it, and in the spelling that programs of every language share."""
    _, failures = life("Application").check({"applicationType": MARKED, "callbackURLs": ["https://a.example.com"]})
    assert len(failures) == 2
    assert not any(MARKED in line for line in failures)
    assert any(line.startswith("applicationType: must be one of") for line in failures)


def test_warnings_are_told_at_the_resource_that_they_are_about(
    plugin: Plugin, life: Callable[[str], PluginLife], sandbox: Sandbox
) -> None:
    """The engine shows them there; what is about the whole run stands at the stack."""
    sandbox.store.asgardeo["sandbox"].management_scopes.remove("internal_application_mgt_client_secret_view")
    application = life("Application")
    application.up({"name": "orders"})
    assert [(one.severity, one.urn) for one in plugin.engine.said] == [
        (engine_pb2.WARNING, ""),
        (engine_pb2.WARNING, application.urn),
    ]
    assert plugin.engine.said[1].message.startswith("Asgardeo does not show the client secret of the application ord")


def test_as_many_operations_run_at_once_as_the_engine_sends(
    plugin: Plugin, life: Callable[[str], PluginLife], sandbox: Sandbox
) -> None:
    """No request is answered until all have arrived."""
    lives = [life("Api") for _ in range(OPERATIONS)]
    checked = [one.check({"name": f"{n}", "identifier": f"urn:{n}"})[0] for n, one in enumerate(lives)]
    lives[0].create(checked[0])  # which lists what there was
    sandbox.faults.add(Fault(kind="gather", limit=OPERATIONS - 1, match="POST .*api-resources", status=418, seconds=20))
    with ThreadPoolExecutor(OPERATIONS) as engine:
        list(engine.map(PluginLife.create, lives[1:], checked[1:]))
    assert len(sandbox.store.asgardeo["sandbox"].apis) >= OPERATIONS
    tokens = [one for one in sandbox.ledger.since(0) if one.platform == "token"]
    assert len(tokens) == 1
    plugin.restart()
    with ThreadPoolExecutor(OPERATIONS) as engine:
        list(engine.map(PluginLife.delete, lives))
    assert not sandbox.store.asgardeo["sandbox"].apis


@pytest.mark.parametrize(
    ("function", "arguments", "line"),
    [
        ("getApi", {}, "getApi: identifier: is required"),
        ("getApi", {"identifier": "urn:none"}, "Asgardeo has no API with the identifier urn:none"),
        ("getKeyManager", {"named": "x"}, "getKeyManager: named: is not a property, did you mean name?"),
        ("getNothing", {}, "getNothing is no function of this plugin. There are: getApi, "),
    ],
)
def test_a_look_up_that_fails_says_what_to_do(plugin: Plugin, function: str, arguments: Any, line: str) -> None:
    """In one line."""
    request = provider_pb2.InvokeRequest(tok=f"asgardeo-bijira:index:{function}", args=encode(arguments))
    with pytest.raises(Refused) as refused:
        plugin.call("Invoke", request)
    assert str(refused.value).startswith(line)


def test_a_look_up_finds_what_there_is(plugin: Plugin, life: Callable[[str], PluginLife]) -> None:
    """By the name that people know."""
    api = life("Api")
    api.up({"identifier": "urn:a", "name": "a"})
    for function, arguments, key, value in (
        ("getApi", {"identifier": "urn:a"}, "id", api.id),
        ("getKeyManager", {}, "name", "Asgardeo"),
        ("getBijiraApi", {"name": "Orders API", "version": "1.0.0"}, "name", "Orders API"),
    ):
        request = provider_pb2.InvokeRequest(tok=f"asgardeo-bijira:index:{function}", args=encode(arguments))
        assert decode(getattr(plugin.call("Invoke", request), "return"))[key] == value


def test_others_may_be_checked_before_a_client_is_compared(life: Callable[[str], PluginLife]) -> None:
    """An engine that compares many at once does so; a key manager that is not known yet is no other one. It is where an
    engine asks of a client that no program has declared in this run: then the key manager is being replaced."""
    clients = [life("ApplicationClient") for _ in range(3)]
    for number, client in enumerate(clients):
        client.up({"clientId": f"client-{number}", "applicationName": f"app-{number}", "keyManager": "Asgardeo"})
    declared = [{**client.inputs, "keyManager": UNKNOWN} for client in clients]
    checked = [client.check(inputs)[0] for client, inputs in zip(clients[:2], declared, strict=False)]
    assert [list(client.diff(one).replaces) for client, one in zip(clients, checked, strict=False)] == [[], []]
    assert list(clients[2].diff(declared[2]).replaces) == ["keyManager"]


def test_an_item_that_is_not_known_yet_is_no_text(life: Callable[[str], PluginLife]) -> None:
    """The protocol's text for it has no form that a property asks for, in whatever list it stands, sealed or not."""
    application = life("Application")
    declared = {"applicationType": "web", "allowedOrigins": [UNKNOWN], "accessUrl": UNKNOWN, "grantTypes": [UNKNOWN]}
    for callback in (UNKNOWN, secret(UNKNOWN)):
        checked, failures = application.check({**declared, "callbackUrls": ["https://b", callback, "https://a"]})
        assert not failures
        assert checked["callbackUrls"] == ["https://a", "https://b", UNKNOWN]
        assert application.create_in_preview(checked)["allowedOrigins"] == [UNKNOWN]
