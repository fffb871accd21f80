"""Types of authorization details, on an API and on an application that may ask for them; and APIs of MCP servers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault

from tests.lifecycle.settled import settled
from tests.support.host import Life, PropertyMap, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = json.dumps({"type": "object", "properties": {"type": {"enum": ["pay"]}, "snake_case": {}, "camelCase": {}}})
PAY: PropertyMap = {"type": "pay", "name": "Payment", "description": "d", "jsonSchema": SCHEMA}
SEE: PropertyMap = {**PAY, "type": "see", "name": "See"}
API: PropertyMap = {"identifier": "urn:orders", "name": "Orders"}
TYPES = "authorizationDetailsTypes"
DETAILS = "/authorization-details-types/{type}"


@pytest.fixture
def api(life: Callable[[str], Life]) -> Life:
    """An API that is not yet there."""
    return life("Api")


def test_types_come_and_go_in_the_requests_that_there_are_anyway(api: Life) -> None:
    """One for a creation, and one PATCH for all that comes and goes besides the description."""
    first = {**API, TYPES: [SEE, PAY], "scopes": [{"name": "a"}]}
    api.up(first)
    assert api.sent == ["POST /api-resources"]
    settled(api, first)
    assert api.requests == {"asgardeo": 1}
    second = {**first, TYPES: [SEE, {**PAY, "type": "buy"}], "description": "x"}
    api.up(second)
    assert api.sent == ["PATCH /api-resources/{id}"]
    settled(api, second)


def test_a_type_described_anew_keeps_its_authorizations(api: Life, life: Callable[[str], Life]) -> None:
    """It is found by its id, which nothing but a reading of the API tells."""
    api.up({**API, TYPES: [PAY, SEE]})
    application = life("Application")
    authorized = {"name": "orders", "authorizedApis": [{"apiId": api.id, TYPES: ["see", "pay"]}]}
    application.up(authorized)
    wanted = {**API, TYPES: [{**PAY, "jsonSchema": '{"type": "object"}'}, {**SEE, "name": "Look"}]}
    api.up(wanted)
    path = "/api-resources/{id}"
    assert api.sent == [f"GET {path}", f"PATCH {path}{DETAILS}", f"PATCH {path}{DETAILS}"]
    settled(api, wanted)
    settled(application, authorized)


def test_types_that_are_not_declared_stay(api: Life, sandbox_api: Callable[[str], Any]) -> None:
    """Those of a list that becomes managed and does not name them go."""
    api.up({**API, TYPES: [PAY, SEE]})
    api.up({**API, "description": "x"})
    assert [one.type for one in sandbox_api(api.id).details_types] == ["pay", "see"]
    settled(api, {**API, "description": "x"})
    api.up({**API, "description": "x", TYPES: [PAY]})
    assert api.sent == ["GET /api-resources/{id}", "PATCH /api-resources/{id}"]
    assert [one.type for one in sandbox_api(api.id).details_types] == ["pay"]


def test_a_type_that_somebody_removed_is_put_back(api: Life, sandbox_api: Callable[[str], Any]) -> None:
    """And what somebody changed is changed back."""
    inputs = {**API, TYPES: [PAY, SEE]}
    api.up(inputs)
    pay = sandbox_api(api.id).details_types.pop(0)
    sandbox_api(api.id).details_types[0].json_schema = {"type": "string"}
    assert pay.type == "pay"
    assert api.refresh() == "update"
    assert api.up(inputs) == "update"
    settled(api, inputs)


def test_a_change_of_types_can_be_repeated(api: Life) -> None:
    """The server carries out a PATCH in two parts; an answer is lost, and the state does not know."""
    api.up(API)
    wanted = {**API, TYPES: [PAY], "description": "x"}
    api.sandbox.faults.add(Fault(kind="lose", match="PATCH .*/api-resources/"))
    api.up(wanted)
    settled(api, wanted)
    changed = {**wanted, TYPES: [PAY, SEE]}
    before = api.inputs, api.outputs
    api.up(changed)
    api.inputs, api.outputs = before
    assert api.up(changed) == "update", "as after a process that died"
    settled(api, changed)


def test_a_type_is_given_once_in_an_organisation(api: Life, life: Callable[[str], Life]) -> None:
    """The line says what to do."""
    api.up({**API, TYPES: [PAY]})
    other = {"identifier": "urn:other", "name": "Other"}
    with pytest.raises(Refused, match=r"API-RESOURCE-60018 .*Choose another type"):
        life("Api").up({**other, TYPES: [PAY]})


def test_an_application_is_authorized_for_types_by_their_difference(api: Life, life: Callable[[str], Life]) -> None:
    """In the request that its scopes take."""
    api.up({**API, TYPES: [PAY, SEE], "scopes": [{"name": "a"}, {"name": "b"}]})
    application = life("Application")

    def declared(**authorized: Any) -> PropertyMap:
        return {"name": "orders", "authorizedApis": [{"apiId": api.id, **authorized}]}

    application.up(declared(scopes=["a"], authorizationDetailsTypes=["pay"]))
    assert application.requests == {"asgardeo": 3}
    settled(application, declared(scopes=["a"], authorizationDetailsTypes=["pay"]))
    changed = declared(scopes=["b"], authorizationDetailsTypes=["see"])
    application.up(changed)
    assert application.sent == ["PATCH /applications/{id}/authorized-apis/{apiId}"]
    settled(application, changed)
    application.up(declared(scopes=["b"]))
    assert application.requests == {}
    application.up(declared(scopes=["b"], authorizationDetailsTypes=[]))
    settled(application, declared(scopes=["b"], authorizationDetailsTypes=[]))
    with pytest.raises(Refused, match=r"APP-60519 .*each must be one of that API"):
        application.up(declared(scopes=["b"], authorizationDetailsTypes=["none"]))


def test_an_api_of_an_mcp_server_is_made_and_replaced(api: Life, sandbox_api: Callable[[str], Any]) -> None:
    """An API that was made without a type is one of business, and the type cannot change."""
    api.up(API)
    assert api.preview({**API, "resourceType": "BUSINESS"}) == "update"
    assert api.preview({**API, "resourceType": "MCP"}) == "replace"
    api.up({**API, "resourceType": "MCP"})
    assert sandbox_api(api.id).type == "MCP"
    settled(api, {**API, "resourceType": "MCP"})
    assert api.preview(API) == "replace", "left out, it is an API of business"


def test_an_mcp_api_whose_answer_was_lost_is_ours_once(api: Life) -> None:
    """It is looked for among its like."""
    api.sandbox.faults.add(Fault(kind="lose", match="POST .*/api-resources$"))
    api.up({**API, "resourceType": "MCP"})
    assert len(api.sandbox.store.asgardeo["sandbox"].apis) == 1
    settled(api, {**API, "resourceType": "MCP"})


def test_an_api_of_another_type_is_not_adopted_as_one(api: Life, life: Callable[[str], Life]) -> None:
    """Nothing could make it so, the one or the other."""
    api.up(API)
    with pytest.raises(Refused, match="has resource_type BUSINESS, which cannot be changed"):
        life("Api").up({**API, "resourceType": "MCP", "adopt": True})
    api.up({**API, "resourceType": "MCP"})
    with pytest.raises(Refused, match="has resource_type MCP, which cannot be changed"):
        life("Api").up({**API, "adopt": True})
