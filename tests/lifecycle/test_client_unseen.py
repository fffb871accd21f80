"""What becomes of a client where nobody can read a mapping, or where a state knows no mapping's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault, Sandbox, left_behind
from asgardeo_bijira_sandbox.api_portal.models import Application, KeyManager, KeyMapping
from asgardeo_bijira_sandbox.bijira.models import Application as Shared
from pulumi_asgardeo_bijira.dynamic import IMPORTING_VARIABLE
from pulumi_asgardeo_bijira.resources import resource_handlers
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.lifecycle.settled import settled
from tests.support.host import Host, Life, Refused

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox.api_portal.models import Portal

PORTAL = {"bijira:backend": "api-portal"}
INPUTS: dict[str, Any] = {"applicationName": "orders", "clientId": "client-1"}
KEYS, UNMAP = (
    f"{verb}"
    for verb in (
        "POST /applications/{applicationId}/generate-keys",
        "DELETE /applications/{applicationId}/oauth-keys/{keyMappingId}",
    )
)


@pytest.fixture
def host(sandbox: Sandbox) -> Any:
    """A provider process whose back end is the portal."""
    with Host(PORTAL, {SANDBOX_VARIABLE: sandbox.url}) as running:
        yield running


@pytest.fixture
def client(host: Host, sandbox: Sandbox) -> Life:
    """A client that is not yet there."""
    return Life(host, "ApplicationClient", sandbox)


@pytest.fixture
def asgardeo(portal: Portal) -> KeyManager:
    """The key manager that is there."""
    found = portal.key_manager("asgardeo")
    assert found
    return found


@pytest.fixture
def shared(portal: Portal) -> Application:
    """An application that somebody made by hand."""
    made = Application(id="shared", owner="sandbox-management", display_name="shared")
    portal.applications["shared"] = made
    return made


def imported(sandbox: Sandbox, config: dict[str, str], inputs: dict[str, Any], host: Host) -> Life:
    """What exists, in a state as an import leaves it."""
    with Host(config, {SANDBOX_VARIABLE: sandbox.url, IMPORTING_VARIABLE: "1"}) as importing:
        found = Life(importing, "ApplicationClient", sandbox)
        found.up(inputs)
    declared = resource_handlers()["ApplicationClient"].inputs.keys()
    bag = found.outputs
    return Life(
        host,
        "ApplicationClient",
        sandbox,
        id=found.id,
        outputs=bag,
        inputs={key: value for key, value in bag.items() if key in declared},
    )


def seeded(portal: Portal, application: Application, manager: KeyManager, client_id: str) -> KeyMapping:
    """A mapping that somebody made by hand."""
    mapping = KeyMapping(id=portal.new_id(), client_id=client_id, key_manager=manager.uid, type="PRODUCTION")
    application.mappings[mapping.id] = mapping
    return mapping


def clients(application: Application) -> list[str]:
    """The client ids of an application."""
    return [mapping.client_id for mapping in application.mappings.values()]


def test_an_import_states_no_client_that_nobody_can_read(
    sandbox: Sandbox, host: Host, portal: Portal, shared: Application, asgardeo: KeyManager
) -> None:
    """So the next up maps what is declared, whatever was there; before, it said nothing and left the old client."""
    seeded(portal, shared, asgardeo, "former")
    inputs = {"applicationName": "shared", "clientId": "client-1"}
    one = imported(sandbox, PORTAL, inputs, host)
    assert "clientId" not in one.inputs
    assert one.refresh() == "same"
    assert one.up(inputs) == "update"
    assert KEYS in one.sent
    assert clients(shared) == ["client-1"]
    settled(one, inputs)


def test_an_attached_client_that_was_imported_says_what_it_leaves(
    sandbox: Sandbox, portal: Portal, shared: Application, asgardeo: KeyManager
) -> None:
    """In the portal nobody can tell its mapping's id; an up before the destroy learns it."""
    seeded(portal, shared, asgardeo, "client-1")
    inputs = {"applicationId": "shared", "clientId": "client-1"}
    host = Host(PORTAL, {SANDBOX_VARIABLE: sandbox.url})
    imported(sandbox, PORTAL, inputs, host).destroy()
    assert "a client may stay mapped to the application shared under the key manager asgardeo" in host.close()
    assert clients(shared) == ["client-1"]
    with Host(PORTAL, {SANDBOX_VARIABLE: sandbox.url}) as host:
        one = imported(sandbox, PORTAL, inputs, host)
        one.up(inputs)
    with Host(PORTAL, {SANDBOX_VARIABLE: sandbox.url}) as host:
        one.host = host
        one.destroy()
    assert clients(shared) == []


def test_elsewhere_a_mapping_without_an_id_in_the_state_is_found(sandbox: Sandbox) -> None:
    """An attached client whose state lacks it, as those of some imports do, leaves nothing."""
    bijira = next(iter(sandbox.store.bijira.values()))
    application = Shared(name="shared", owner="sandbox-management", throttling_policy="Unlimited")
    bijira.applications[application.id] = application
    before = sandbox.store.snapshot()
    inputs = {"applicationId": application.id, "clientId": "client-1"}
    with Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        one = Life(host, "ApplicationClient", sandbox)
        one.up(inputs)
    del one.outputs["keyMappingId"]
    with Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        one.host = host
        one.destroy()
    assert one.sent == ["GET /applications/{id}/oauth-keys", "DELETE /applications/{id}/oauth-keys/{mapping}"]
    assert left_behind(before, sandbox.store.snapshot()) == []


@pytest.mark.parametrize("how", ["renamed", "deleted"])
def test_a_key_manager_that_is_gone_shows_as_a_client_to_be_mapped(
    client: Life, portal: Portal, asgardeo: KeyManager, how: str
) -> None:
    """Whether it was renamed, which keeps its mappings, or deleted: the next up maps under the one that is there."""
    inputs = {**INPUTS, "keyManager": "asgardeo"}
    client.up(inputs)
    settled(client, inputs)
    if how == "renamed":
        asgardeo.id = "asgardeo-eu"
    else:
        portal.applications["orders"].mappings.clear()
        del portal.key_managers[asgardeo.uid]
    assert client.refresh() == "update"
    assert "clientId" not in client.inputs
    with pytest.raises(Refused, match=r"API Portal (has no key manager asgardeo|lists no key manager)"):
        client.up(inputs)
    again = KeyManager(
        uid="again",
        id="asgardeo",
        display_name="Asgardeo",
        token_endpoint="https://a.example.com",  # noqa: S106
    )
    portal.key_managers["again"] = again
    assert client.up(inputs) == "update"
    settled(client, inputs)
    (mapping,) = portal.applications["orders"].mappings.values()
    assert mapping.key_manager == "again"


def test_who_may_not_see_key_managers_is_not_told_that_they_are_gone(client: Life, portal: Portal) -> None:
    """A subscriber's refresh is quiet."""
    portal.roles = ["ap_subscriber"]
    inputs = {**INPUTS, "keyManager": "asgardeo"}
    client.up(inputs)
    settled(client, inputs)


@pytest.mark.parametrize("attached", [False, True])
def test_another_key_manager_is_mapped_before_the_old_mapping_goes(
    client: Life, portal: Portal, shared: Application, asgardeo: KeyManager, attached: bool
) -> None:
    """The old one by its id, for nothing else is known of it; repeated after a lost half, to the same end."""
    partners = KeyManager(uid="p", id="partners", display_name="P", token_endpoint="https://p.example.com")  # noqa: S106
    portal.key_managers["p"] = partners
    inputs = {**INPUTS, "keyManager": "asgardeo"}
    if attached:
        inputs = {"applicationId": "shared", "clientId": "client-1", "keyManager": "asgardeo"}
    client.up(inputs)
    with pytest.raises(Refused, match="API Portal has no key manager patrners"):
        client.up({**inputs, "keyManager": "patrners"})
    settled(client, inputs)
    wanted = {**inputs, "keyManager": "partners", "keyType": "SANDBOX"}
    client.sandbox.faults.add(Fault(kind="fail", match="DELETE .*/oauth-keys/", status=403, body={"code": 403}))
    with pytest.raises(Refused, match="403"):
        client.up(wanted)
    assert client.up(wanted) == "update"
    assert client.sent == ["GET /key-managers", KEYS, UNMAP]
    settled(client, wanted)
    application = portal.applications[client.id.split("/")[0]]
    assert [(one.key_manager, one.type) for one in application.mappings.values()] == [("p", "SANDBOX")]
    assert client.outputs["tokenEndpoint"] == "https://p.example.com"
    assert asgardeo.id in client.id


def test_what_may_have_been_there_is_not_undone(client: Life, portal: Portal, shared: Application) -> None:
    """An application is taken over, and its description fails to be set: nothing has been mapped yet."""
    there = seeded(portal, shared, next(iter(portal.key_managers.values())), "theirs")
    client.sandbox.faults.add(Fault(kind="fail", match="PUT .*/applications/", status=403, body={"code": 403}))
    with pytest.raises(Refused, match="403"):
        client.up({"applicationName": "shared", "clientId": "client-1", "description": "mine", "adopt": True})
    assert (list(shared.mappings), clients(shared)) == ([there.id], ["theirs"])
