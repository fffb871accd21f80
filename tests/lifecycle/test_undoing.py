"""A creation that fails while more of it is on its way: that is waited for, and then all of it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Fault, left_behind
from asgardeo_bijira_sandbox.asgardeo.models import ApiResource, Scope
from asgardeo_bijira_sandbox.bijira.models import Application, PublishedApi

from tests.lifecycle.settled import settled
from tests.support.host import Life, PropertyMap, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox
    from asgardeo_bijira_sandbox.asgardeo.models import Tenant
    from asgardeo_bijira_sandbox.bijira.models import Organization

SHARED = "aaaaaaaa-0000-0000-0000-000000000001"
IDS = [f"bbbbbbbb-0000-0000-0000-00000000000{number}" for number in range(3)]
APPLICATION: PropertyMap = {
    "name": "orders",
    "authorizedApis": [{"apiId": id_, "scopes": [f"s:{number}"]} for number, id_ in enumerate(IDS)],
}
OWNED: PropertyMap = {
    "applicationName": "orders",
    "clientId": "c-1",
    "keyManager": "Asgardeo",
    "subscriptions": [{"apiId": id_} for id_ in IDS],
}
ATTACHED = {key: value for key, value in OWNED.items() if key != "applicationName"} | {"applicationId": SHARED}


@pytest.fixture(autouse=True)
def what_is_referred_to(tenant: Tenant, bijira: Organization) -> None:
    """APIs on both platforms, and an application of somebody else's."""
    bijira.applications[SHARED] = Application(
        id=SHARED, name="shared", owner="sandbox-management", throttling_policy="Unlimited"
    )
    for number, id_ in enumerate(IDS):
        scopes = [Scope(name=f"s:{number}", display_name="s")]
        tenant.apis[id_] = ApiResource(id=id_, number=number, name=id_, identifier=f"urn:{number}", scopes=scopes)
        bijira.apis[id_] = PublishedApi(id=id_, name=f"Shared {number}", version="1", context=f"/shared/{number}/1")


AUTHORIZING, READING = "POST .*/authorized-apis", "GET .*/inbound-protocols/oidc"
MAPPING, SUBSCRIBING = "POST .*/map-keys", "POST .*/subscriptions"


def refusal(match: str) -> Fault:
    """One request is refused."""
    return Fault(kind="fail", match=match, status=403)


def delay(match: str, *, after: int = 0, times: int = 1) -> Fault:
    """Some requests take a little longer."""
    return Fault(kind="slow", match=match, seconds=0.2, after=after, times=times)


@pytest.mark.parametrize(
    ("kind", "inputs", "refused", "others"),
    [
        ("Application", APPLICATION, refusal(READING), delay(AUTHORIZING, times=3)),
        ("Application", APPLICATION, refusal(AUTHORIZING), delay(READING)),
        ("ApplicationClient", OWNED, refusal(MAPPING), delay(SUBSCRIBING, times=3)),
        ("ApplicationClient", OWNED, refusal(SUBSCRIBING), delay(MAPPING)),
        ("ApplicationClient", ATTACHED, refusal(SUBSCRIBING), delay(SUBSCRIBING, after=1, times=2)),
    ],
    ids=["reading", "authorizing", "mapping", "subscribing", "subscribing-another"],
)
def test_what_runs_beside_a_failure_is_waited_for_and_taken_back(
    life: Callable[[str], Life], sandbox: Sandbox, kind: str, inputs: PropertyMap, refused: Fault, others: Fault
) -> None:
    """All are on their way, and the others are carried out after the refusal."""
    one, before = life(kind), sandbox.store.snapshot()
    routes = SUBSCRIBING if inputs is ATTACHED else "|".join((AUTHORIZING, READING, MAPPING, SUBSCRIBING))
    at_once = 3 if inputs is ATTACHED else 4
    sandbox.faults.add(Fault(kind="gather", match=routes, limit=at_once, seconds=10))
    sandbox.faults.add(refused)
    sandbox.faults.add(others)
    with pytest.raises(Refused, match="403"):
        one.up(inputs)
    assert left_behind(before, sandbox.store.snapshot()) == []
    beside = [exchange.number for exchange in sandbox.ledger if "gather" in (exchange.fault or "")]
    taken_back = [exchange.number for exchange in sandbox.ledger if exchange.method == "DELETE"]
    assert len(beside) == at_once
    assert max(beside) < min(taken_back)
    sandbox.faults.clear()
    one.up(inputs)
    settled(one, inputs)
