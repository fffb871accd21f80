"""A client under another key manager or key type: in place, without a gap, and whole again after any fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault, Sandbox, left_behind
from asgardeo_bijira_sandbox.bijira.models import Application, KeyManager, KeyMapping

from tests.lifecycle.settled import settled
from tests.support.host import UNKNOWN, Life, Refused

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox.bijira.models import Organization

INPUTS: dict[str, Any] = {"applicationName": "orders", "clientId": "client-1", "keyManager": "Asgardeo"}
MAP, UNMAP = "POST /applications/{id}/map-keys", "DELETE /applications/{id}/oauth-keys/{mapping}"
LIST = "GET /key-managers"


@pytest.fixture(autouse=True)
def partners(bijira: Organization) -> KeyManager:
    """A second key manager."""
    other = KeyManager(
        name="Partners",
        issuer="https://issuer.example.com",
        token_endpoint="https://issuer.example.com/token",  # noqa: S106  # an address
        grant_types=["password"],
    )
    bijira.key_managers[other.id] = other
    return other


@pytest.fixture
def shared(bijira: Organization) -> Application:
    """An application that somebody made in the portal."""
    application = Application(name="shared", owner="sandbox-management", throttling_policy="Unlimited")
    bijira.applications[application.id] = application
    return application


def places(bijira: Organization) -> list[tuple[str, str, str]]:
    """Every mapping there is: client, key manager, key type."""
    return sorted(
        (mapping.client_id, bijira.key_managers[mapping.key_manager].name, mapping.key_type)
        for application in bijira.applications.values()
        for mapping in application.mappings.values()
    )


@pytest.mark.parametrize("attached", [False, True])
def test_another_key_manager_is_mapped_before_the_old_one_is_left(
    client: Life, bijira: Organization, partners: KeyManager, shared: Application, attached: bool
) -> None:
    """The id stays what it was at creation; outputs say what is, and whatever comes later goes by them."""
    inputs = {**INPUTS, "applicationId": shared.id} if attached else INPUTS
    inputs = {key: value for key, value in inputs.items() if not (attached and key == "applicationName")}
    client.up(inputs)
    id_, wanted = client.id, {**inputs, "keyManager": "Partners"}
    assert client.up(wanted) == "update"
    assert client.sent == [LIST, MAP, UNMAP]
    assert places(bijira) == [("client-1", "Partners", "PRODUCTION")]
    assert client.id == id_
    assert (client.outputs["keyManagerId"], client.outputs["keyManagerName"]) == (partners.id, "Partners")
    assert client.outputs["tokenEndpoint"] == "https://issuer.example.com/token"
    assert client.outputs["availableGrantTypes"] == ["password"]
    settled(client, wanted)
    assert client.up({**wanted, "clientId": "client-2"}) == "update"
    assert places(bijira) == [("client-2", "Partners", "PRODUCTION")]
    client.destroy()
    assert places(bijira) == []
    assert list(bijira.applications) == [shared.id]


def test_another_key_type_swaps_the_mapping(client: Life, bijira: Organization) -> None:
    """The platform takes a client once under a key manager, so here the old mapping goes first; with another client
    the new one comes first."""
    client.up(INPUTS)
    wanted = {**INPUTS, "keyType": "SANDBOX"}
    assert client.up(wanted) == "update"
    assert client.sent == [UNMAP, MAP]
    settled(client, wanted)
    assert client.id.endswith("/PRODUCTION")
    another = {**INPUTS, "clientId": "client-2"}
    assert client.up(another) == "update"
    assert client.sent == [MAP, UNMAP]
    settled(client, another)
    assert places(bijira) == [("client-2", "Asgardeo", "PRODUCTION")]


def test_a_mistyped_key_manager_is_refused_before_anything_changes(client: Life, bijira: Organization) -> None:
    """The mapping that works goes on working."""
    client.up(INPUTS)
    wanted = {**INPUTS, "keyManager": "Patrners", "applicationName": "orders-2", "keyType": "SANDBOX"}
    with pytest.raises(Refused, match=r"no key manager Patrners\. Set key_manager to one of: Asgardeo, Partners"):
        client.up(wanted)
    assert client.sent == [LIST]
    settled(client, INPUTS)
    assert places(bijira) == [("client-1", "Asgardeo", "PRODUCTION")]


@pytest.mark.parametrize("change", [{"clientId": "theirs"}, {"clientId": "theirs", "keyType": "SANDBOX"}])
def test_a_client_that_is_taken_costs_the_old_mapping_nothing(
    client: Life, bijira: Organization, shared: Application, change: dict[str, str]
) -> None:
    """It is there again, under another id, and the change goes through once the other is free."""
    manager = bijira.key_manager("Asgardeo")
    assert manager
    theirs = KeyMapping(client_id="theirs", key_manager=manager.id, key_type="PRODUCTION")
    shared.mappings[theirs.id] = theirs
    client.up(INPUTS)
    for _ in range(2):
        with pytest.raises(Refused, match="the client theirs is already mapped to another application under Asgardeo"):
            client.up({**INPUTS, **change})
        assert ("client-1", "Asgardeo", "PRODUCTION") in places(bijira)
    shared.mappings.clear()
    wanted = {**INPUTS, **change}
    client.up(wanted)
    settled(client, wanted)
    assert places(bijira) == [("theirs", "Asgardeo", change.get("keyType", "PRODUCTION"))]


CHANGES = [
    {"keyManager": "Partners"},
    {"keyType": "SANDBOX"},
    {"clientId": "client-2", "keyType": "SANDBOX"},
    {"clientId": "client-2", "keyManager": "Partners", "applicationName": "orders-2"},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: "+".join(change))
@pytest.mark.parametrize("kind", ["lose", "fail"])
@pytest.mark.parametrize("call", range(1, 5))
def test_a_move_can_be_repeated_from_the_old_state(
    client: Life, bijira: Organization, sandbox: Sandbox, change: dict[str, str], kind: Any, call: int
) -> None:
    """After a fault at every request, to the same end; and what a refresh between the two sees leads there too."""
    before = sandbox.store.snapshot()
    client.up(INPUTS)
    wanted = {**INPUTS, **change}
    sandbox.faults.add(Fault(kind=kind, platform="bijira", call=call, status=400, body={"code": 400, "message": "no"}))
    try:
        client.up(wanted)
    except Refused:
        if call % 2:
            client.refresh()
        client.up(wanted)
    sandbox.faults.clear()
    settled(client, wanted)
    declared = (wanted["clientId"], wanted["keyManager"], wanted.get("keyType", "PRODUCTION"))
    assert places(bijira) == [declared]
    client.destroy()
    assert left_behind(before, sandbox.store.snapshot()) == []


@pytest.mark.parametrize("how", ["name", "id"])
def test_a_key_manager_that_somebody_renamed_is_still_the_one(client: Life, bijira: Organization, how: str) -> None:
    """Declared by its id there is nothing to do; by its name, the line says what it is called now."""
    manager = bijira.key_manager("Asgardeo")
    assert manager
    inputs = {**INPUTS, "keyManager": manager.name if how == "name" else manager.id}
    client.up(inputs)
    manager.name = "Asgardeo EU"
    assert client.refresh() == "update"
    assert client.outputs["keyManagerName"] == "Asgardeo EU"
    assert client.inputs["clientId"] == "client-1"
    if how == "id":
        settled(client, inputs)
        return
    with pytest.raises(Refused, match=r"no key manager Asgardeo\. Set key_manager to one of: Asgardeo EU, Partners"):
        client.up(inputs)
    again = KeyManager(name="Asgardeo", issuer="https://again.example.com")
    bijira.key_managers[again.id] = again
    client.up(inputs)
    settled(client, inputs)
    assert places(bijira) == [("client-1", "Asgardeo", "PRODUCTION")]
    assert client.outputs["keyManagerId"] == again.id


@pytest.mark.parametrize("cascades", [True, False])
def test_a_key_manager_that_was_made_anew_gets_the_client_again(
    client: Life, bijira: Organization, cascades: bool
) -> None:
    """Whether or not its mappings went with it: a refresh sees it, and the next up maps."""
    client.up(INPUTS)
    manager = bijira.key_manager("Asgardeo")
    assert manager
    del bijira.key_managers[manager.id]
    if cascades:
        next(iter(bijira.applications.values())).mappings.clear()
    assert client.refresh() == "update"
    assert "clientId" not in client.inputs
    with pytest.raises(Refused, match="no key manager Asgardeo"):
        client.up(INPUTS)
    again = KeyManager(name="Asgardeo", issuer="https://again.example.com")
    bijira.key_managers[again.id] = again
    assert client.up(INPUTS) == "update"
    settled(client, INPUTS)
    assert client.outputs["keyManagerId"] == again.id
    assert places(bijira) == [("client-1", "Asgardeo", "PRODUCTION")]


def test_a_mapping_that_somebody_moved_is_brought_back(client: Life, bijira: Organization) -> None:
    """To the key type that is declared, where the application is ours; elsewhere the line says where it lies."""
    client.up(INPUTS)
    (application,) = bijira.applications.values()
    (mapping,) = application.mappings.values()
    mapping.key_type = "SANDBOX"
    assert client.refresh() == "update"
    assert client.up(INPUTS) == "update"
    settled(client, INPUTS)
    assert places(bijira) == [("client-1", "Asgardeo", "PRODUCTION")]


def test_an_attached_client_that_lies_elsewhere_is_told_as_that(
    client: Life, bijira: Organization, shared: Application
) -> None:
    """It is not ours to move."""
    manager = bijira.key_manager("Asgardeo")
    assert manager
    theirs = KeyMapping(client_id="client-1", key_manager=manager.id, key_type="SANDBOX")
    shared.mappings[theirs.id] = theirs
    with pytest.raises(Refused, match=r"is mapped to the application .* under Asgardeo as SANDBOX, .* set key_type"):
        client.up({"applicationId": shared.id, "clientId": "client-1", "keyManager": "Asgardeo"})
    assert list(shared.mappings) == [theirs.id]


def test_what_is_being_replaced_takes_the_client_with_it(client: Life, shared: Application) -> None:
    """The engine asks so of what refers to it; in its own turn a client waits for the id and changes in place."""
    client.up(INPUTS)
    assert client.preview({**INPUTS, "keyManager": UNKNOWN}) == "update"
    client.check(INPUTS)
    assert client._replaces({**client.inputs, "keyManager": UNKNOWN}) == ["keyManager"]
    client.destroy()
    attached = {"applicationId": shared.id, "clientId": "client-1", "keyManager": "Asgardeo"}
    client.up(attached)
    assert client._replaces({**client.inputs, "applicationId": UNKNOWN}) == ["applicationId"]
    assert client.preview({**attached, "keyManager": UNKNOWN}) == "update"


def test_an_application_with_clients_of_others_is_not_made_anew(
    client: Life, bijira: Organization, partners: KeyManager
) -> None:
    """A key manager that is replaced would take theirs with it; the line says how to go about it."""
    client.up(INPUTS)
    (application,) = bijira.applications.values()
    theirs = KeyMapping(client_id="theirs", key_manager=partners.id, key_type="PRODUCTION")
    application.mappings[theirs.id] = theirs
    client.host.restart()
    assert client._replaces({**client.inputs, "keyManager": UNKNOWN}) == ["keyManager"]
    with pytest.raises(Refused, match=r"there are other clients on it: theirs under Partners \(PRODUCTION\)"):
        client.delete()
    assert list(bijira.applications) == [application.id]
    del application.mappings[theirs.id]
    client.delete()
    assert not bijira.applications
