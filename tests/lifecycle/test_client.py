"""The life of a client in Bijira, request by request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox.bijira.models import Application, KeyManager, PublishedApi

from tests.lifecycle.settled import settled
from tests.support.host import UNKNOWN, Host, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox.bijira.models import Organization

ORDERS = {"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}
INPUTS: dict[str, Any] = {"applicationName": "orders", "clientId": "client-1", "subscriptions": [ORDERS]}
OWNER = "sandbox-management"


@pytest.fixture
def bills(bijira: Organization) -> PublishedApi:
    """A second published API."""
    api = PublishedApi(name="Bills API", version="2.0.0", context="/bills/2.0.0")
    bijira.apis[api.id] = api
    return api


@pytest.fixture
def shared(bijira: Organization) -> Application:
    """An application that somebody made in the portal."""
    application = Application(name="shared", owner=OWNER, throttling_policy="Unlimited")
    bijira.applications[application.id] = application
    return application


def test_creating_sends_what_the_guide_clicks(client: Life, bijira: Organization) -> None:
    """One list of key managers, one look-up for each API named, one application, one mapping, one subscription each."""
    client.up(INPUTS)
    looked_up, made, on_it = client.sent[:2], client.sent[2], client.sent[3:]
    assert sorted(looked_up) == ["GET /apis", "GET /key-managers"]
    assert made == "POST /applications"
    assert sorted(on_it) == ["POST /applications/{id}/map-keys", "POST /subscriptions"]
    settled(client, INPUTS)
    assert client.requests == {"bijira": 3}
    application = next(iter(bijira.applications.values()))
    assert client.id.startswith(f"{application.id}/")
    assert client.id.endswith("/PRODUCTION")
    assert list(client.outputs["subscriptionIds"]) == list(bijira.apis)
    assert client.outputs["keyManagerName"] == "Asgardeo"


def test_what_the_plugin_shows_of_a_client_is_taken_back_as_it_is(client: Life, bijira: Organization) -> None:
    """Its outputs have the application's id besides: that is none to attach to, and the application stays ours."""
    client.up(INPUTS)
    client.outputs["applicationId"] = client.id.partition("/")[0]
    assert client.preview(INPUTS) == "same"
    assert client.up({**INPUTS, "description": "of orders"}) == "update"
    assert "applicationId" not in client.outputs
    client.outputs["applicationId"] = client.id.partition("/")[0]
    client.destroy()
    assert not bijira.applications


def test_without_subscriptions_a_refresh_takes_two_requests(client: Life) -> None:
    """What is not declared is not asked for."""
    inputs = {"applicationName": "orders", "clientId": "client-1"}
    client.up(inputs)
    assert client.requests == {"bijira": 3}
    settled(client, inputs)
    assert client.requests == {"bijira": 2}
    client.destroy()
    assert client.requests == {"bijira": 1}


def test_another_client_id_is_mapped_in_place(client: Life, bijira: Organization) -> None:
    """The Asgardeo application was replaced: application and subscriptions stay."""
    client.up(INPUTS)
    before = dict(bijira.subscriptions)
    wanted = {**INPUTS, "clientId": "client-2"}
    assert client.preview({**INPUTS, "clientId": UNKNOWN}) == "update"
    assert client.up(wanted) == "update"
    assert client.sent == [
        "DELETE /applications/{id}/oauth-keys/{mapping}",
        "POST /applications/{id}/map-keys",
    ]
    settled(client, wanted)
    assert bijira.subscriptions == before


def test_the_applications_own_fields_are_two_requests(client: Life, bijira: Organization) -> None:
    """Read and written back whole, so that what somebody else set in it stays."""
    client.up(INPUTS)
    application = next(iter(bijira.applications.values()))
    application.attributes = {"team": "shop"}
    wanted = {**INPUTS, "applicationName": "orders-2", "description": "x", "throttlingPolicy": "10PerMin"}
    assert client.up(wanted) == "update"
    assert client.sent == ["GET /applications/{id}", "PUT /applications/{id}"]
    settled(client, wanted)
    assert application.attributes == {"team": "shop"}


def test_each_subscription_that_changes_is_one_request(client: Life, bills: PublishedApi) -> None:
    """Those that stay are not touched, and a name that was looked up is not looked up again."""
    client.up(INPUTS)
    wanted = {**INPUTS, "subscriptions": [{**ORDERS, "plan": "Silver"}, {"apiId": bills.id}]}
    assert client.up(wanted) == "update"
    assert sorted(client.sent) == ["POST /subscriptions", "PUT /subscriptions/{id}"]
    settled(client, wanted)
    assert client.inputs["subscriptions"] == [
        {"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Silver"},
        {"apiId": bills.id, "plan": "Unlimited"},
    ]
    fewer = {**INPUTS, "subscriptions": [{"apiName": "Bills API", "apiVersion": "2.0.0", "plan": "Unlimited"}]}
    assert client.up(fewer) == "update"
    assert client.sent == ["GET /apis", "DELETE /subscriptions/{id}"]
    settled(client, fewer)


def test_a_plan_that_is_not_offered_is_an_error_although_the_platform_says_200(client: Life) -> None:
    """The platform takes it and keeps the old plan."""
    client.up(INPUTS)
    refused = "still has the plan Gold: the API does not offer Platinum. Set plan to one that it offers: Bronze, Silver"
    with pytest.raises(Refused, match=refused):
        client.up({**INPUTS, "subscriptions": [{**ORDERS, "plan": "Platinum"}]})
    assert client.sent == ["PUT /subscriptions/{id}", "GET /apis/{id}"]


def test_the_whole_list_is_declared_so_others_show_and_go(
    client: Life, bijira: Organization, bills: PublishedApi
) -> None:
    """A subscription that somebody added in the portal is drift where the application is ours."""
    client.up(INPUTS)
    other = next(iter(bijira.subscriptions.values())).model_copy(update={"id": "by-hand", "api_id": bills.id})
    bijira.subscriptions["by-hand"] = other
    assert client.refresh() == "update"
    assert {"apiId": bills.id, "plan": "Gold"} in client.inputs["subscriptions"]
    assert client.up(INPUTS) == "update"
    assert client.sent == ["DELETE /subscriptions/{id}"]
    settled(client, INPUTS)


def test_a_missing_mapping_is_mapped_again_and_a_wrong_one_replaced(client: Life, bijira: Organization) -> None:
    """A refresh shows both as a changed client id; the application is what decides whether the resource is gone."""
    client.up(INPUTS)
    application = next(iter(bijira.applications.values()))
    application.mappings.clear()
    assert client.refresh() == "update"
    assert "clientId" not in client.inputs
    assert client.up(INPUTS) == "update"
    assert client.sent == ["GET /key-managers", "POST /applications/{id}/map-keys"]
    settled(client, INPUTS)
    next(iter(application.mappings.values())).client_id = "by-hand"
    assert client.refresh() == "update"
    assert client.inputs["clientId"] == "by-hand"
    client.up(INPUTS)
    settled(client, INPUTS)
    bijira.forget_application(application.id)
    assert client.refresh() == "gone"


def test_the_same_key_manager_by_another_name_changes_nothing(client: Life, bijira: Organization) -> None:
    """Its id, its name, or leaving it out all mean the one that is there."""
    client.up(INPUTS)
    manager = bijira.key_manager("Asgardeo")
    assert manager
    other = KeyManager(name="Partners", issuer="https://issuer.example.com")
    bijira.key_managers[other.id] = other
    for same in ("Asgardeo", manager.id):
        assert client.preview({**INPUTS, "keyManager": same}) == "update"
    assert client.preview({**INPUTS, "keyManager": UNKNOWN}) == "update"
    named = {**INPUTS, "keyManager": "Asgardeo"}
    client.up(named)
    assert client.requests == {}
    assert client.preview(INPUTS) == "update"
    client.up(INPUTS)
    assert client.requests == {}
    settled(client, INPUTS)


def test_attaching_touches_nothing_but_what_is_declared(
    client: Life, bijira: Organization, shared: Application, bills: PublishedApi
) -> None:
    """An application of somebody else's is used, shown in part, and survives."""
    inputs = {"applicationId": shared.id, "clientId": "client-1", "subscriptions": [ORDERS]}
    client.up(inputs)
    assert [call for call in client.sent if "POST" in call] == [
        "POST /applications/{id}/map-keys",
        "POST /subscriptions",
    ]
    other = next(iter(bijira.subscriptions.values())).model_copy(update={"id": "theirs", "api_id": bills.id})
    bijira.subscriptions["theirs"] = other
    settled(client, inputs)
    client.destroy()
    assert client.requests == {"bijira": 2}
    assert list(bijira.applications) == [shared.id]
    assert list(bijira.subscriptions) == ["theirs"]
    assert not shared.mappings


def test_attaching_to_another_application_replaces(client: Life, bijira: Organization, shared: Application) -> None:
    """And so does making one instead; attaching to the one that was made does not, it only lets go of it."""
    client.up(INPUTS)
    own = client.id.split("/")[0]
    attached = {"clientId": "client-1", "subscriptions": [ORDERS]}
    assert client.preview({**attached, "applicationId": shared.id}) == "replace"
    assert client.preview({**attached, "applicationId": UNKNOWN}) == "update"
    assert client.up({**attached, "applicationId": own}) == "update"
    assert client.requests == {}
    settled(client, {**attached, "applicationId": own})
    assert client.preview({**INPUTS, "applicationName": "other"}) == "replace"
    with pytest.raises(Refused, match="makes the application orders, which exists already"):
        client.preview(INPUTS)
    client.destroy()
    assert own in bijira.applications


def test_what_exists_is_an_error_and_adopt_takes_it_over(
    client: Life, life: Callable[[str], Life], bijira: Organization
) -> None:
    """Application, mapping of this very client, and subscriptions."""
    client.up(INPUTS)
    other = life("ApplicationClient")
    with pytest.raises(Refused, match="the application orders exists already, its id is"):
        other.up(INPUTS)
    wanted = {**INPUTS, "adopt": True, "description": "mine", "subscriptions": [{**ORDERS, "plan": "Bronze"}]}
    other.up(wanted)
    assert other.id == client.id
    assert len(bijira.applications) == len(bijira.subscriptions) == 1
    settled(other, wanted)


def test_a_client_that_stands_for_another_application_is_refused_and_leaves_nothing(
    client: Life, life: Callable[[str], Life], bijira: Organization, host: Host
) -> None:
    """The platform's one code for it has three meanings; this one has a line of its own."""
    client.up(INPUTS)
    with pytest.raises(Refused, match="is already mapped to another application under Asgardeo"):
        life("ApplicationClient").up({**INPUTS, "applicationName": "other"})
    assert [one.name for one in bijira.applications.values()] == ["orders"]
    attached = {"applicationId": client.id.split("/")[0], "clientId": "client-2"}
    host.restart()
    with pytest.raises(Refused, match=r"has the client client-1 under Asgardeo \(PRODUCTION\) already"):
        life("ApplicationClient").up(attached)


def test_what_is_missing_is_an_error_that_says_where_to_look(client: Life, bijira: Organization) -> None:
    """Before anything is made."""
    with pytest.raises(Refused, match="no published API Nothing with the version 1"):
        client.up({**INPUTS, "subscriptions": [{"apiName": "Nothing", "apiVersion": "1"}]})
    with pytest.raises(Refused, match=r"no key manager Nobody\. Set key_manager to one of: Asgardeo"):
        client.up({**INPUTS, "keyManager": "Nobody"})
    second = KeyManager(name="Partners", issuer="https://issuer.example.com")
    bijira.key_managers[second.id] = second
    with pytest.raises(Refused, match="several enabled external key managers"):
        client.up(INPUTS)
    for manager in bijira.key_managers.values():
        manager.enabled = manager.name == "Resident Key Manager"
    with pytest.raises(Refused, match="no enabled external key manager"):
        client.up(INPUTS)
    bijira.key_managers.clear()
    with pytest.raises(Refused, match=r"lists no key manager\. Check bijira:organizationId"):
        client.up(INPUTS)
    assert not bijira.applications


def test_older_servers_are_served_by_their_older_addresses(client: Life, bijira: Organization) -> None:
    """They have `keys` and `clean-up` in place of listing and deleting `oauth-keys`."""
    bijira.lists_oauth_keys = bijira.deletes_oauth_keys = False
    client.up(INPUTS)
    settled(client, INPUTS)
    wanted = {**INPUTS, "clientId": "client-2"}
    client.up(wanted)
    settled(client, wanted)


def test_a_key_manager_that_is_still_loading_is_waited_for(client: Life, bijira: Organization) -> None:
    """A minute after it was registered the server may not know it yet."""
    manager = bijira.key_manager("Asgardeo")
    assert manager
    manager.not_operational_for = 1
    client.up(INPUTS)
    settled(client, INPUTS)


def test_an_application_that_waits_for_approval_is_taken_back(client: Life, bijira: Organization) -> None:
    """Nothing can be mapped to it, so nothing is left of it."""
    bijira.approves_applications = True
    with pytest.raises(Refused, match="waits for approval"):
        client.up(INPUTS)
    assert not bijira.applications


def test_get_shows_everything_with_one_request_more(client: Life) -> None:
    """The connection data is of no state, so the key managers are listed once more."""
    client.up(INPUTS)
    found = client.get(client.id)
    assert client.requests == {"bijira": 4}
    assert found["applicationName"] == "orders"
    assert found["keyManagerName"] == "Asgardeo"
    assert found["tokenEndpoint"].endswith("/oauth2/token")
    with pytest.raises(Refused, match="is not <application id>/<key manager id>"):
        client.get("orders")


def test_a_secret_is_sent_only_when_it_is_given(client: Life, bijira: Organization) -> None:
    """Bijira wants none; a self-hosted API Manager compares it."""
    bijira.verifies_secrets = True
    with pytest.raises(Refused, match="900967"):
        client.up(INPUTS)
    bijira.verifies_secrets = False
    client.up({**INPUTS, "clientSecret": "s3cr3t-value"})
    sent = [exchange for exchange in client.sandbox.ledger if exchange.route.endswith("/map-keys")]
    assert "consumerSecret" not in sent[0].request_body
    assert sent[-1].request_body["consumerSecret"] == "***"
    settled(client, {**INPUTS, "clientSecret": "s3cr3t-value"})


def test_subscriptions_that_become_managed_are_the_whole_list_at_once(client: Life, bills: PublishedApi) -> None:
    """Those of an application of ours are read first, so that the second run has nothing to do."""
    client.up({**INPUTS, "subscriptions": [ORDERS, {"apiId": bills.id}]})
    client.up({key: value for key, value in INPUTS.items() if key != "subscriptions"})
    assert client.up(INPUTS) == "update"
    assert client.sent == ["GET /subscriptions", "DELETE /subscriptions/{id}"]
    settled(client, INPUTS)


def test_a_subscription_of_an_attached_client_is_still_known_when_it_is_declared_again(
    client: Life, shared: Application
) -> None:
    """What was made for it is not taken for somebody else's."""
    attached = {"applicationId": shared.id, "clientId": "client-1"}
    client.up({**attached, "subscriptions": [ORDERS]})
    client.up(attached)
    wanted = {**attached, "subscriptions": [{**ORDERS, "plan": "Bronze"}]}
    assert client.up(wanted) == "update"
    assert client.sent == ["PUT /subscriptions/{id}"]
    settled(client, wanted)
