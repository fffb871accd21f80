"""The life of a key manager in the API Portal, request by request: a name, and where tokens come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault, left_behind
from asgardeo_bijira_sandbox.api_portal.models import KeyManager
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.lifecycle.settled import settled
from tests.support.host import Host, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asgardeo_bijira_sandbox import Sandbox
    from asgardeo_bijira_sandbox.api_portal.models import Portal

INPUTS: dict[str, Any] = {"name": "acme", "organization": "acme"}
READ, WRITE, DELETE = (f"{verb} /key-managers/{{kmId}}" for verb in ("GET", "PUT", "DELETE"))


@pytest.fixture
def host(sandbox: Sandbox) -> Iterator[Host]:
    """A provider process whose back end is the portal."""
    with Host({"bijira:backend": "api-portal"}, {SANDBOX_VARIABLE: sandbox.url}) as running:
        yield running


@pytest.fixture
def manager(life: Callable[[str], Life]) -> Life:
    """A key manager that is not yet there."""
    return life("KeyManager")


def test_each_operation_is_one_request(manager: Life, portal: Portal, sandbox: Sandbox) -> None:
    """The portal changes only what it is sent, so nothing is read before, where `enabled` is declared."""
    manager.up(INPUTS)
    assert manager.sent == ["POST /key-managers"]
    assert manager.id == "acme"
    settled(manager, INPUTS)
    assert manager.sent == [READ]
    assert manager.outputs["tokenEndpoint"] == f"{sandbox.url}/t/acme/oauth2/token"
    assert manager.outputs["jwksEndpoint"] == ""
    wanted = {**INPUTS, "organization": "other", "displayName": "Other", "enabled": False}
    assert manager.up(wanted) == "update"
    assert manager.sent == [WRITE]
    settled(manager, wanted)
    found = portal.key_manager("acme")
    assert found
    assert (found.display_name, found.enabled) == ("Other", False)
    found.token_endpoint = "https://elsewhere.example.com/token"  # noqa: S105  # an address
    assert manager.refresh() == "update"
    assert manager.up(wanted) == "update"
    settled(manager, wanted)
    manager.destroy()
    assert manager.sent == [DELETE]


def test_a_change_leaves_a_disabled_one_disabled(manager: Life, portal: Portal) -> None:
    """The portal enables it when it is not told otherwise: what is declared is sent, else what is there."""
    manager.up(INPUTS)
    found = portal.key_manager("acme")
    assert found
    found.enabled = False
    wanted = {**INPUTS, "displayName": "Renamed"}
    assert manager.up(wanted) == "update"
    assert manager.sent == [READ, WRITE]
    assert (found.display_name, found.enabled) == ("Renamed", False)
    settled(manager, wanted)
    declared = {**wanted, "enabled": False}
    manager.up(declared)
    again = {**declared, "displayName": "Again"}
    assert manager.up(again) == "update"
    assert manager.sent == [WRITE]
    assert (found.display_name, found.enabled) == ("Again", False)
    settled(manager, again)


def test_what_the_portal_does_not_keep_is_refused_before_anything_is_sent(manager: Life) -> None:
    """All of it in one line; also in an update."""
    given = {**INPUTS, "description": "x", "scopesClaim": "scp", "type": "Asgardeo"}
    with pytest.raises(Refused, match="description, scopes_claim, type: key managers in the API Portal have no such"):
        manager.up(given)
    endpoints = {"tokenEndpoint": "https://a.example.com/token", "issuer": "https://a.example.com"}
    with pytest.raises(Refused, match=r"endpoints\.issuer: key managers in the API Portal have no such"):
        manager.up({"name": "acme", "endpoints": endpoints})
    with pytest.raises(Refused, match="letters, digits, _ and - only"):
        manager.up({**INPUTS, "name": "Acme & Co"})
    assert len(manager.sandbox.ledger) == 0
    manager.up(INPUTS)
    mark = manager.sandbox.ledger.mark()
    with pytest.raises(Refused, match="description: key managers in the API Portal"):
        manager.up({**INPUTS, "description": "x"})
    assert manager.sandbox.ledger.mark() == mark


def test_a_client_is_mapped_under_it_and_keeps_it(manager: Life, life: Callable[[str], Life]) -> None:
    """The portal has nothing but a general error for it."""
    manager.up(INPUTS)
    client = life("ApplicationClient")
    client.up({"applicationName": "orders", "clientId": "c", "keyManager": manager.id})
    with pytest.raises(Refused, match=r"acme cannot be deleted \(500 INTERNAL_SERVER_ERROR\), nor replaced"):
        manager.destroy()
    client.destroy()
    manager.destroy()


def test_a_lost_answer_is_looked_up_and_a_taken_name_is_adopted_on_request(
    manager: Life, life: Callable[[str], Life], sandbox: Sandbox, portal: Portal
) -> None:
    """Its id is known beforehand, so there is never a second one."""
    before = sandbox.store.snapshot()
    count = len(portal.key_managers)
    sandbox.faults.add(Fault(kind="lose", match="POST .*/key-managers"))
    manager.up(INPUTS)
    assert manager.sent == ["POST /key-managers", READ]
    assert len(portal.key_managers) == count + 1
    settled(manager, INPUTS)
    other = life("KeyManager")
    wanted = {**INPUTS, "displayName": "Mine"}
    with pytest.raises(Refused, match="API Portal: the key manager acme exists already, its id is acme"):
        other.up(wanted)
    other.up({**wanted, "adopt": True})
    settled(other, {**wanted, "adopt": True})
    other.destroy()
    assert left_behind(before, sandbox.store.snapshot()) == []


def test_a_disabled_one_of_somebody_elses_is_not_taken_after_a_lost_answer(
    manager: Life, sandbox: Sandbox, portal: Portal
) -> None:
    """The list does not show it, so nothing proves that it was not there before."""
    endpoint = f"{sandbox.url}/t/acme/oauth2/token"
    theirs = KeyManager(uid="theirs", id="acme", display_name="acme", token_endpoint=endpoint, enabled=False)
    portal.key_managers[theirs.uid] = theirs
    sandbox.faults.add(Fault(kind="fail", match="POST .*/key-managers", status=500))
    with pytest.raises(Refused, match="acme"):
        manager.up(INPUTS)
    assert manager.id == ""
    assert portal.key_managers["theirs"].enabled is False


def test_it_is_told_apart_who_lacks_one(life: Callable[[str], Life], portal: Portal) -> None:
    """The list has enabled ones only."""
    portal.key_managers.clear()
    with pytest.raises(
        Refused,
        match=r"API Portal lists no key manager\. Check that the token names the organisation .*\. Then declare",
    ):
        life("ApplicationClient").up({"applicationName": "orders", "clientId": "c"})
