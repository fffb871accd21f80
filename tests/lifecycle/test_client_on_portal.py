"""The life of a client in the API Portal, request by request: what can be seen there is seen, the rest is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault, left_behind
from asgardeo_bijira_sandbox.api_portal.models import Application, KeyManager
from pulumi_asgardeo_bijira.clients.bijira.api_portal import handle_of
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.lifecycle.settled import settled
from tests.support.host import UNKNOWN, Host, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asgardeo_bijira_sandbox import Sandbox
    from asgardeo_bijira_sandbox.api_portal.models import Portal

INPUTS: dict[str, Any] = {"applicationName": "orders", "clientId": "client-1"}
OWNER = "sandbox-management"
CREATION = ["GET /key-managers", "POST /applications", "POST /applications/{applicationId}/generate-keys"]


@pytest.fixture
def host(sandbox: Sandbox) -> Iterator[Host]:
    """A provider process whose back end is the portal."""
    with Host({"bijira:backend": "api-portal"}, {SANDBOX_VARIABLE: sandbox.url}) as running:
        yield running


def application(portal: Portal, handle: str, name: str, owner: str = OWNER) -> Application:
    """An application that was there before."""
    made = Application(id=handle, owner=owner, display_name=name)
    portal.applications[handle] = made
    return made


def mapped(portal: Portal, handle: str) -> list[str]:
    """The client ids of an application."""
    return [mapping.client_id for mapping in portal.applications[handle].mappings.values()]


def test_creating_takes_three_requests_and_a_refresh_two(client: Life, portal: Portal) -> None:
    """The key managers, the application, the mapping; of a mapping no more can be read than that its key manager is
    there."""
    client.up(INPUTS)
    assert client.sent == CREATION
    assert client.id == "orders/asgardeo/PRODUCTION"
    assert client.outputs["keyManagerName"] == "Asgardeo"
    assert client.outputs["tokenEndpoint"].endswith("/t/sandbox/oauth2/token")
    assert client.outputs["throttlingPolicy"] == "Unlimited"
    assert list(portal.applications["orders"].mappings) == [client.outputs["keyMappingId"]]
    settled(client, INPUTS)
    assert sorted(client.sent) == ["GET /applications/{applicationId}", "GET /key-managers/{kmId}"]
    client.destroy()
    assert client.sent == ["DELETE /applications/{applicationId}"]
    assert not portal.applications


@pytest.mark.parametrize("change", [{"description": "x"}, {"applicationName": "orders-2"}])
def test_the_applications_own_fields_are_two_requests(client: Life, portal: Portal, change: dict[str, str]) -> None:
    """A rename keeps the handle, and with it the resource's id and the mapping."""
    client.up({**INPUTS, "description": ""})
    before = dict(portal.applications["orders"].mappings)
    wanted = {**INPUTS, "description": "", **change}
    assert client.up(wanted) == "update"
    assert client.sent == ["GET /applications/{applicationId}", "PUT /applications/{applicationId}"]
    settled(client, wanted)
    assert client.id == "orders/asgardeo/PRODUCTION"
    assert portal.applications["orders"].mappings == before
    assert portal.applications["orders"].display_name == wanted["applicationName"]


def test_another_client_id_is_one_request_and_keeps_the_mapping(client: Life, portal: Portal) -> None:
    """The portal replaces what was mapped there, so that there is no moment without a mapping."""
    client.up(INPUTS)
    mapping = client.outputs["keyMappingId"]
    wanted = {**INPUTS, "clientId": "client-2"}
    assert client.preview({**INPUTS, "clientId": UNKNOWN}) == "update"
    assert client.up(wanted) == "update"
    assert client.sent == ["POST /applications/{applicationId}/generate-keys"]
    settled(client, wanted)
    assert (client.outputs["keyMappingId"], mapped(portal, "orders")) == (mapping, ["client-2"])


def test_what_can_be_seen_is_drift_and_what_cannot_is_put_right_with_the_next_change(
    client: Life, portal: Portal
) -> None:
    """Name and description show; a mapping that somebody removed does not, until the next one has another id."""
    inputs = {**INPUTS, "description": "mine"}
    client.up(inputs)
    there = portal.applications["orders"]
    there.display_name, there.description = "renamed", "theirs"
    assert client.refresh() == "update"
    assert (client.inputs["applicationName"], client.inputs["description"]) == ("renamed", "theirs")
    client.up(inputs)
    settled(client, inputs)
    there.mappings.clear()
    assert client.refresh() == "same"
    former = client.outputs["keyMappingId"]
    client.up({**inputs, "clientId": "client-2"})
    assert mapped(portal, "orders") == ["client-2"]
    assert client.outputs["keyMappingId"] != former


def test_an_application_that_is_gone_takes_the_resource_with_it(client: Life, portal: Portal) -> None:
    """Whoever deleted it; an update before a refresh says so, and a deletion is done."""
    client.up(INPUTS)
    del portal.applications["orders"]
    with pytest.raises(Refused, match=r"Run pulumi refresh, then pulumi up|must exist"):
        client.up({**INPUTS, "clientId": "client-2"})
    assert client.refresh() == "gone"
    client.up(INPUTS)
    del portal.applications["orders"]
    client.destroy()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"subscriptions": [{"apiId": "x"}]}, "subscriptions: the API Portal ties a subscription to a user"),
        ({"throttlingPolicy": "Gold"}, "throttling_policy: the API Portal's applications have none"),
        ({"clientSecret": "hunter2"}, "client_secret: the API Portal takes a client id alone"),
    ],
)
def test_what_the_portal_has_no_place_for_is_told_before_anything_is_sent(
    client: Life, change: dict[str, Any], line: str
) -> None:
    """At a creation and at a change."""
    with pytest.raises(Refused, match=line):
        client.up({**INPUTS, **change})
    assert len(client.sandbox.ledger) == 0
    client.up(INPUTS)
    mark = client.sandbox.ledger.mark()
    with pytest.raises(Refused, match=line):
        client.up({**INPUTS, "description": "x", **change})
    assert client.sandbox.ledger.mark() == mark


def test_names_that_are_alike_get_handles_of_their_own(life: Callable[[str], Life], portal: Portal) -> None:
    """The portal itself would make one handle of all of these, and refuse the second."""
    names = ["weather app", "Weather App", "weather-app", "weather app!", "天気", "!!!"]
    for name in names:
        one = life("ApplicationClient")
        one.up({"applicationName": name, "clientId": name})
        settled(one, {"applicationName": name, "clientId": name})
    assert sorted(one.display_name for one in portal.applications.values()) == sorted(names)
    assert "weather-app" in portal.applications
    assert handle_of(handle_of("Weather App")) != handle_of("Weather App")


def test_what_exists_is_an_error_and_adopt_takes_it_over(
    client: Life, life: Callable[[str], Life], portal: Portal
) -> None:
    """By its name, under whatever handle it was made."""
    client.up(INPUTS)
    other = life("ApplicationClient")
    with pytest.raises(Refused, match=r"the application orders exists already, its id is orders\. .*set adopt to true"):
        other.up(INPUTS)
    wanted = {**INPUTS, "adopt": True, "description": "mine"}
    other.up(wanted)
    assert other.id == client.id
    settled(other, wanted)
    by_hand = application(portal, "weather-app", "Weather App")
    adopting = life("ApplicationClient")
    inputs = {"applicationName": "Weather App", "clientId": "client-2", "adopt": True}
    adopting.up(inputs)
    assert adopting.id == "weather-app/asgardeo/PRODUCTION"
    assert "POST /applications" not in adopting.sent
    settled(adopting, inputs)
    assert mapped(portal, by_hand.id) == ["client-2"]


def test_two_applications_of_one_name_are_not_chosen_between(client: Life, portal: Portal) -> None:
    """Names are not unique there."""
    for handle in ("a", "b"):
        application(portal, handle, "twice")
    with pytest.raises(Refused, match=r"several applications named twice, with the ids a, b\. Attach to one"):
        client.up({**INPUTS, "applicationName": "twice", "adopt": True})


def test_a_handle_of_somebody_elses_is_told_as_that(client: Life, portal: Portal) -> None:
    """The portal says 409 and then that there is nothing: it lies with another user, whom adopt cannot take it from."""
    application(portal, "orders", "orders", owner="ann")
    for inputs in (INPUTS, {**INPUTS, "adopt": True}):
        with pytest.raises(Refused, match=r"under the handle orders: 409 .*Another user of the organisation has"):
            client.up(inputs)
    assert portal.applications["orders"].owner == "ann"
    assert not portal.applications["orders"].mappings


def test_a_handle_that_a_renamed_application_kept_is_neither_ours_nor_adopted(
    client: Life, life: Callable[[str], Life], portal: Portal, fault: Callable[[Fault], None]
) -> None:
    """Neither when the answer to the creation was lost: what lies under the handle has another name."""
    client.up(INPUTS)
    client.up({**INPUTS, "applicationName": "invoices"})
    line = "the application invoices has the id orders, which one named orders would get; it was renamed"
    for inputs in (INPUTS, {**INPUTS, "adopt": True}):
        fault(Fault(kind="lose", match=r"POST .*/applications$"))
        with pytest.raises(Refused, match=line):
            life("ApplicationClient").up({**inputs, "clientId": "client-2"})
    assert mapped(portal, "orders") == ["client-1"]
    settled(client, {**INPUTS, "applicationName": "invoices"})


@pytest.mark.parametrize("call", range(1, 4))
@pytest.mark.parametrize("status", [0, 500, 503])
def test_a_creation_survives_or_undoes_a_fault_at_every_request(
    client: Life, sandbox: Sandbox, call: int, status: int
) -> None:
    """A lost answer is looked up by the handle, and what fails for good leaves nothing."""
    before = sandbox.store.snapshot()
    kind, body = (
        ("fail", {"status": "error", "code": "X", "message": "no luck", "errors": []}) if status else ("lose", None)
    )
    sandbox.faults.add(Fault(kind=kind, platform="bijira", call=call, status=status or 500, body=body))
    try:
        client.up(INPUTS)
    except Refused:
        assert left_behind(before, sandbox.store.snapshot()) == []
        client.up(INPUTS)
    settled(client, INPUTS)
    client.destroy()
    assert left_behind(before, sandbox.store.snapshot()) == []


def test_a_lost_answer_costs_one_look_up(client: Life, portal: Portal, fault: Callable[[Fault], None]) -> None:
    """The application is there under our handle; a lost mapping is sent again, as that does no harm."""
    fault(Fault(kind="lose", match=r"POST .*/applications$"))
    fault(Fault(kind="lose", match=r"POST .*/generate-keys$"))
    client.up(INPUTS)
    keys = "POST /applications/{applicationId}/generate-keys"
    assert client.sent == [*CREATION[:2], "GET /applications/{applicationId}", keys, keys]
    assert len(portal.applications["orders"].mappings) == 1
    settled(client, INPUTS)


@pytest.mark.parametrize("kind", ["lose", "fail"])
@pytest.mark.parametrize("call", range(1, 4))
def test_an_update_can_be_repeated_after_a_fault_at_every_request(
    client: Life, sandbox: Sandbox, kind: Any, call: int
) -> None:
    """From the old state, to the same end."""
    client.up(INPUTS)
    wanted = {"applicationName": "orders-2", "description": "x", "clientId": "client-2"}
    sandbox.faults.add(Fault(kind=kind, platform="bijira", call=call, status=400, body={"code": 400, "message": "no"}))
    try:
        client.up(wanted)
    except Refused:
        client.up(wanted)
    settled(client, wanted)


def test_attaching_leaves_the_application_alone(client: Life, portal: Portal) -> None:
    """Only the mapping is made and removed; its id may hold anything."""
    shared = application(portal, "a/b ü..%", "shared")
    inputs = {"applicationId": shared.id, "clientId": "client-1"}
    client.up(inputs)
    assert client.sent == [CREATION[0], CREATION[2]]
    settled(client, inputs)
    client.destroy()
    assert client.sent == ["DELETE /applications/{applicationId}/oauth-keys/{keyMappingId}"]
    assert portal.applications == {shared.id: shared}
    assert not shared.mappings
    with pytest.raises(Refused, match=r"Application not found.*Check application_id"):
        client.up({**inputs, "applicationId": ".."})


def test_the_key_manager_is_chosen_by_id_or_name(client: Life, portal: Portal) -> None:
    """Names are not unique; only enabled ones are listed, and none at all where the token names no organisation."""
    for handle in ("partners", "partners-2"):
        portal.key_managers[handle] = KeyManager(
            uid=handle,
            id=handle,
            display_name="Partners",
            token_endpoint="https://a.example.com",  # noqa: S106
        )
    with pytest.raises(Refused, match="several enabled external key managers"):
        client.up(INPUTS)
    with pytest.raises(Refused, match="several key managers Partners, with the ids partners, partners-2"):
        client.up({**INPUTS, "keyManager": "Partners"})
    client.up({**INPUTS, "keyManager": "partners-2"})
    assert client.id == "orders/partners-2/PRODUCTION"
    settled(client, {**INPUTS, "keyManager": "partners-2"})
    assert client.up({**INPUTS, "keyManager": "Asgardeo", "keyType": "SANDBOX"}) == "update"
    assert client.outputs["keyManagerId"] == "asgardeo"
    client.destroy()
    for manager in portal.key_managers.values():
        manager.enabled = False
    with pytest.raises(Refused, match=r"API Portal lists no key manager\. .* declare a BijiraKeyManager"):
        client.up(INPUTS)
    assert not portal.applications


def test_who_may_not_list_key_managers_names_one_by_its_id(client: Life, portal: Portal) -> None:
    """The role of a subscriber may map a client and not see what there is."""
    portal.roles = ["ap_subscriber"]
    with pytest.raises(Refused, match=r"403 Forbidden\. The token must name the portal's organisation"):
        client.up(INPUTS)
    inputs = {**INPUTS, "keyManager": "asgardeo"}
    client.up(inputs)
    assert client.outputs["tokenEndpoint"].endswith("/t/sandbox/oauth2/token")
    settled(client, inputs)
    client.destroy()
    with pytest.raises(Refused, match="There is no key manager of this id"):
        client.up({**INPUTS, "keyManager": "Asgardeo"})
    assert not portal.applications


def test_it_works_where_the_portal_goes_by_scopes(client: Life, sandbox: Sandbox, portal: Portal) -> None:
    """With the scopes that are asked for, and not without one of them."""
    sandbox.store.api_portal.by_scopes = True
    portal.roles = []
    client.up(INPUTS)
    settled(client, INPUTS)
    client.destroy()
    assert not portal.applications


def test_get_shows_all_but_the_mapping(client: Life) -> None:
    """Which is not to be had."""
    client.up(INPUTS)
    found = client.get(client.id)
    assert sorted(client.sent) == ["GET /applications/{applicationId}", "GET /key-managers"]
    assert (found["applicationName"], found["keyManagerName"]) == ("orders", "Asgardeo")
    assert found.get("clientId") is None
    with pytest.raises(Refused, match="The application client with the id nothing/asgardeo/PRODUCTION does not exist"):
        client.get("nothing/asgardeo/PRODUCTION")


def test_a_portal_that_can_make_nothing_names_the_organisation(client: Life, sandbox: Sandbox) -> None:
    """Without an organisation in the token the portal answers 500, which tells nobody anything."""
    sandbox.faults.add(Fault(kind="fail", match="POST .*/applications$", status=500, times=0))
    with pytest.raises(Refused, match=r"500 .*check that the token names the portal's organisation .*bijira:orgHandle"):
        client.up({**INPUTS, "keyManager": "asgardeo"})
