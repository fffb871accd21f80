"""Taking over what exists: by the fewest writes, and not at all where it is somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault
from asgardeo_bijira_sandbox.bijira.models import PublishedApi

from tests.lifecycle.settled import settled
from tests.support.host import Life, PropertyMap, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox.bijira.models import Organization

ORDERS = {"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}
CLIENT: PropertyMap = {"applicationName": "orders", "clientId": "client-1", "subscriptions": [ORDERS]}
API: PropertyMap = {"identifier": "urn:orders", "name": "Orders", "scopes": [{"name": "o:r"}, {"name": "o:w"}]}
#: Each kind: what exists, what to declare besides, and the writes that make the one the other.
CASES: dict[str, tuple[PropertyMap, PropertyMap, list[str]]] = {
    "Api": (
        API,
        {"description": "mine", "scopes": [{"name": "o:r"}]},
        ["PATCH /api-resources/{id}", "DELETE /api-resources/{id}/scopes/{name}"],
    ),
    "Application": (
        {"name": "orders", "refreshToken": {"expiryInSeconds": 5}},
        {"description": "mine", "refreshToken": {"expiryInSeconds": 6}},
        ["PATCH /applications/{id}", "PUT /applications/{id}/inbound-protocols/oidc"],
    ),
    "ApplicationClient": (
        CLIENT,
        {"description": "mine", "subscriptions": [{**ORDERS, "plan": "Bronze"}]},
        ["PUT /applications/{id}", "PUT /subscriptions/{id}"],
    ),
    "Role": (
        {"name": "reader", "permissions": ["internal_role_mgt_view"], "users": []},
        {"permissions": []},
        ["PATCH /scim2/v2/Roles/{id}"],
    ),
}
#: The attempt to make it, which meets what exists.
ATTEMPTS = {
    "Api": ["POST /api-resources"],
    "Application": ["POST /applications"],
    "ApplicationClient": ["POST /applications", "POST /applications/{id}/map-keys", "POST /subscriptions"],
    "Role": ["POST /scim2/v2/Roles"],
}
EACH = pytest.mark.parametrize("kind", sorted(CASES))


def writes(life: Life) -> list[str]:
    """What was sent besides reads."""
    return sorted(call for call in life.sent if not call.startswith("GET"))


@EACH
def test_what_is_as_declared_is_taken_over_without_a_change(kind: str, life: Callable[[str], Life]) -> None:
    """Nothing is written but the attempt to make it."""
    inputs = CASES[kind][0]
    first, second = life(kind), life(kind)
    first.up(inputs)
    before = first.sandbox.store.snapshot()
    assert second.up({**inputs, "adopt": True}) == "create"
    assert writes(second) == sorted(ATTEMPTS[kind])
    assert second.id == first.id
    assert first.sandbox.store.snapshot() == before
    settled(second, {**inputs, "adopt": True})


@EACH
def test_what_differs_is_brought_to_what_is_declared(kind: str, life: Callable[[str], Life]) -> None:
    """One write for each part that differs."""
    inputs, others, expected = CASES[kind]
    first, second = life(kind), life(kind)
    first.up(inputs)
    wanted = {**inputs, **others, "adopt": True}
    second.up(wanted)
    assert writes(second) == sorted([*ATTEMPTS[kind], *expected])
    assert second.id == first.id
    settled(second, wanted)


def test_a_declared_list_of_subscriptions_is_the_whole_list_of_an_adopted_application(
    life: Callable[[str], Life], bijira: Organization
) -> None:
    """Else the next refresh would show one more, and the next up end it."""
    bills = PublishedApi(name="Bills", version="1", context="/bills/1")
    bijira.apis[bills.id] = bills
    first, second = life("ApplicationClient"), life("ApplicationClient")
    first.up({**CLIENT, "subscriptions": [ORDERS, {"apiId": bills.id}]})
    second.up({**CLIENT, "adopt": True})
    settled(second, {**CLIENT, "adopt": True})
    assert [one.api_id for one in bijira.subscriptions.values()] != [bills.id]
    assert len(bijira.subscriptions) == 1


@EACH
def test_without_the_option_the_error_names_object_id_and_option(kind: str, life: Callable[[str], Life]) -> None:
    """And nothing is changed."""
    inputs = CASES[kind][0]
    first = life(kind)
    first.up(inputs)
    before = first.sandbox.store.snapshot()
    with pytest.raises(Refused) as refused:
        life(kind).up({**inputs, **CASES[kind][1]})
    line = str(refused.value)
    assert (inputs.get("identifier") or inputs.get("applicationName") or inputs["name"]) in line
    assert first.id.split("/")[0] in line
    assert "Another stack may own it" in line
    assert line.index("get_stack in it, or ") < line.index("Only where nobody manages it, set adopt to true")
    assert "\n" not in line
    assert first.sandbox.store.snapshot() == before


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [
        ("Api", {"identifier": "/api/server/v1/applications", "name": "x"}),
        ("Application", {"name": "Console"}),
        ("Application", {"name": "My Account"}),
    ],
)
def test_what_belongs_to_the_system_is_not_taken_over(
    kind: str, inputs: PropertyMap, life: Callable[[str], Life]
) -> None:
    """In one line, and nothing is changed."""
    one = life(kind)
    before = one.sandbox.store.snapshot()
    with pytest.raises(Refused) as refused:
        one.up({**inputs, "adopt": True})
    assert "\n" not in str(refused.value)
    assert one.sandbox.store.snapshot() == before


def test_an_application_with_another_client_is_not_taken_over(
    life: Callable[[str], Life], bijira: Organization
) -> None:
    """It works for somebody: nothing of it is changed."""
    life("ApplicationClient").up(CLIENT)
    before = bijira.model_dump()
    with pytest.raises(Refused, match=r"has the client client-1 under Asgardeo \(PRODUCTION\) already"):
        life("ApplicationClient").up({**CLIENT, "clientId": "client-2", "description": "mine", "adopt": True})
    assert bijira.model_dump() == before


@pytest.mark.parametrize("attached", [False, True], ids=["taken over", "attached"])
@pytest.mark.parametrize("mapped", [False, True], ids=["without client", "with this client"])
def test_a_creation_that_fails_takes_back_only_what_it_made(
    life: Callable[[str], Life], bijira: Organization, attached: bool, mapped: bool
) -> None:
    """What was there before stays, the client's mapping as well; what was not, goes."""
    first = life("ApplicationClient")
    first.up({key: value for key, value in CLIENT.items() if key != "subscriptions"})
    application = next(iter(bijira.applications.values()))
    if not mapped:
        application.mappings.clear()
    bills = PublishedApi(name="Bills", version="1", context="/bills/1")
    bijira.apis[bills.id] = bills
    before = bijira.model_dump()
    body = {"code": "900967", "description": "switched on"}
    first.sandbox.faults.add(Fault(kind="fail", match="POST .*/subscriptions", after=1, status=400, body=body))
    place: dict[str, Any] = {"applicationId": application.id} if attached else {"applicationName": "orders"}
    wanted = {**place, "clientId": "client-1", "subscriptions": [ORDERS, {"apiId": bills.id}], "adopt": True}
    with pytest.raises(Refused, match="switched on"):
        life("ApplicationClient").up(wanted)
    assert bijira.model_dump() == before
