"""An API's life, request by request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.lifecycle.settled import settled
from tests.support.host import UNKNOWN, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

READ = {"name": "orders:read", "displayName": "Read orders", "description": "See them"}
WRITE = {"name": "orders:write"}
INPUTS: dict[str, Any] = {"identifier": "https://api.example.com/orders", "name": "Orders", "scopes": [WRITE, READ]}


@pytest.fixture
def api(life: Callable[[str], Life]) -> Life:
    """An API that is not yet there."""
    return life("Api")


def test_creating_takes_one_request_and_then_nothing_is_left_to_do(api: Life) -> None:
    """The cheapest possible create, and an honest second preview."""
    assert api.up(INPUTS) == "create"
    assert api.requests == {"asgardeo": 1}
    settled(api, INPUTS)
    assert api.requests == {"asgardeo": 1}
    assert [scope["name"] for scope in api.inputs["scopes"]] == ["orders:read", "orders:write"]
    assert api.inputs["scopes"][1]["displayName"] == "orders:write"


def test_name_description_and_all_new_scopes_go_in_one_request(api: Life) -> None:
    """However much is added at once, it is one PATCH."""
    api.up(INPUTS)
    wanted = {
        **INPUTS,
        "name": "Orders API",
        "description": "of the shop",
        "scopes": [READ, WRITE, {"name": "orders:delete"}, {"name": "orders:export"}],
    }
    assert api.up(wanted) == "update"
    assert api.sent == ["PATCH /api-resources/{id}"]
    settled(api, wanted)


def test_each_scope_described_anew_or_removed_is_one_request(api: Life) -> None:
    """And nothing is ever sent that would strip the scopes from applications."""
    api.up(INPUTS)
    wanted = {**INPUTS, "scopes": [{**READ, "description": "Look at them"}]}
    assert api.up(wanted) == "update"
    assert api.sent == ["PATCH /api-resources/{id}/scopes/{name}", "DELETE /api-resources/{id}/scopes/{name}"]
    settled(api, wanted)


@pytest.mark.parametrize(("key", "value"), [("identifier", "urn:other"), ("requiresAuthorization", False)])
def test_what_cannot_be_changed_is_replaced_with_its_scopes(api: Life, key: str, value: object) -> None:
    """The old one goes first: scope names are unique in the organisation."""
    api.up(INPUTS)
    wanted = {**INPUTS, key: value}
    assert api.up(wanted) == "replace"
    assert api.requests == {"asgardeo": 2}
    settled(api, wanted)


def test_an_unknown_identifier_threatens_no_replacement(api: Life) -> None:
    """A preview must not say what an up will not do."""
    api.up(INPUTS)
    assert api.preview({**INPUTS, "identifier": UNKNOWN}) == "update"


def test_drift_is_seen_and_repaired(api: Life, sandbox_api: Callable[[str], Any]) -> None:
    """What somebody changed in the console shows after a refresh, and up changes it back."""
    api.up(INPUTS)
    stored = sandbox_api(api.id)
    stored.name = "Changed by hand"
    assert api.refresh() == "update"
    assert api.inputs["name"] == "Changed by hand"
    assert api.up(INPUTS) == "update"
    assert api.requests == {"asgardeo": 1}
    settled(api, INPUTS)


def test_scopes_that_are_not_declared_are_left_alone(api: Life, sandbox_api: Callable[[str], Any]) -> None:
    """A key manager may own them."""
    inputs = {"identifier": "urn:orders", "name": "Orders"}
    api.up(inputs)
    other = {**inputs, "scopes": [READ]}
    api.up(other)
    assert api.up(inputs) == "update"
    assert api.requests == {}
    settled(api, inputs)
    assert len(sandbox_api(api.id).scopes) == 1


def test_clearing_and_leaving_out_are_two_things(api: Life) -> None:
    """An empty text empties; a property that is left out keeps its value and is no longer compared."""
    described = {**INPUTS, "description": "of the shop"}
    api.up(described)
    assert api.up(INPUTS) == "update"
    assert api.requests == {}
    settled(api, INPUTS)
    assert api.get(api.id)["description"] == "of the shop"
    cleared = {**INPUTS, "description": ""}
    api.up(cleared)
    settled(api, cleared)
    assert api.get(api.id)["description"] == ""


def test_an_api_that_is_gone_is_gone_and_comes_back(api: Life, life: Callable[[str], Life]) -> None:
    """A refresh drops it, the next up makes it again; deleting what is not there is no failure."""
    api.up(INPUTS)
    other = life("Api")
    other.id, other.outputs = api.id, dict(api.outputs)
    other.destroy()
    assert api.refresh() == "gone"
    assert api.up(INPUTS) == "create"
    other.id, other.outputs = api.id, dict(api.outputs)
    other.destroy()
    api.destroy()
    assert api.requests == {"asgardeo": 1}


def test_updating_what_is_gone_says_to_refresh(api: Life, life: Callable[[str], Life]) -> None:
    """The line names the next command."""
    api.up(INPUTS)
    other = life("Api")
    other.id, other.outputs = api.id, dict(api.outputs)
    other.destroy()
    with pytest.raises(Refused, match=r"no longer exists|pulumi refresh"):
        api.up({**INPUTS, "name": "Another"})


def test_get_shows_everything_and_raises_for_what_is_not_there(api: Life) -> None:
    """A look-up of an id that is wrong is a mistake, not a resource that has gone."""
    api.up(INPUTS)
    found = api.get(api.id)
    assert api.requests == {"asgardeo": 1}
    assert found["scopes"][1] == {"name": "orders:write", "displayName": "orders:write", "description": ""}
    scopes = [READ, found["scopes"][1]]
    besides = {"description": "", "authorizationDetailsTypes": [], "resourceType": "BUSINESS"}
    assert found == {**api.inputs, **besides, "scopes": scopes, "organization": "sandbox"}
    with pytest.raises(Refused, match=r"The API with the id .* does not exist"):
        api.get("00000000-0000-0000-0000-000000000000")
    with pytest.raises(Refused, match="is not an id of Asgardeo"):
        api.get("orders")


def test_a_taken_identifier_is_an_error_that_names_the_id(api: Life, life: Callable[[str], Life]) -> None:
    """Nothing is taken over silently."""
    api.up(INPUTS)
    with pytest.raises(Refused, match=f"exists already, its id is {api.id}"):
        life("Api").up(INPUTS)


def test_adopting_takes_over_and_brings_it_to_what_is_declared(api: Life, life: Callable[[str], Life]) -> None:
    """One flag turns the error into an adoption, once."""
    api.up({**INPUTS, "description": "kept"})
    other = life("Api")
    wanted = {"identifier": INPUTS["identifier"], "name": "Adopted", "scopes": [READ], "adopt": True}
    assert other.up(wanted) == "create"
    assert other.id == api.id
    settled(other, wanted)
    assert other.get(other.id)["description"] == "kept"


def test_a_scope_name_that_another_api_has_is_refused(api: Life, life: Callable[[str], Life]) -> None:
    """Scope names are unique in the organisation."""
    api.up(INPUTS)
    with pytest.raises(Refused, match="API-RESOURCE-60004"):
        life("Api").up({"identifier": "urn:other", "name": "Other", "scopes": [READ]})


def test_an_update_that_was_half_done_can_be_repeated_from_the_old_state(api: Life) -> None:
    """The state still has the old inputs when an update failed on its way."""
    api.up(INPUTS)
    before = (dict(api.inputs), dict(api.outputs))
    wanted = {**INPUTS, "name": "New", "scopes": [READ, {"name": "orders:delete"}]}
    api.up(wanted)
    api.inputs, api.outputs = before
    assert api.up(wanted) == "update"
    settled(api, wanted)


def test_a_scope_that_somebody_has_removed_is_no_obstacle(api: Life, sandbox_api: Callable[[str], Any]) -> None:
    """Removing it succeeds, describing it makes it again; also where a slash in its name hides it from the router."""
    inputs = {**INPUTS, "scopes": [{"name": "orders/a"}, {"name": "orders/b"}, {"name": "orders:c"}]}
    api.up(inputs)
    sandbox_api(api.id).scopes.clear()
    wanted = {**INPUTS, "scopes": [{"name": "orders/b", "description": "x"}, {"name": "orders:c", "description": "y"}]}
    assert api.up(wanted) == "update"
    settled(api, wanted)


def test_scopes_that_become_managed_are_the_whole_list_at_once(api: Life) -> None:
    """What nobody declared until now is read first, so that the second run has nothing to do."""
    api.up(INPUTS)
    unmanaged = {key: value for key, value in INPUTS.items() if key != "scopes"}
    api.up(unmanaged)
    wanted = {**INPUTS, "scopes": [READ]}
    assert api.up(wanted) == "update"
    assert api.sent == ["GET /api-resources/{id}", "DELETE /api-resources/{id}/scopes/{name}"]
    settled(api, wanted)
