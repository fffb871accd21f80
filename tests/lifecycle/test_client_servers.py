"""A client's life on control planes that are older, stricter or faulty; each is chosen in the scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Sandbox, Scenario
from asgardeo_bijira_sandbox.bijira.models import PublishedApi
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.lifecycle.settled import settled
from tests.support.host import Host, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asgardeo_bijira_sandbox.bijira.models import Organization

INPUTS: dict[str, Any] = {
    "applicationName": "orders",
    "clientId": "client-1",
    "subscriptions": [{"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}],
}


@pytest.fixture
def serve() -> Iterator[Callable[..., Life]]:
    """Starts a sandbox whose control plane behaves so, and a client's life in it."""
    ends: list[Callable[[], object]] = []

    def start(**behaviour: Any) -> Life:
        sandbox = Sandbox(Scenario.model_validate({"bijira": [{"behaviour": behaviour}]})).start()
        host = Host({}, {SANDBOX_VARIABLE: sandbox.url})
        ends.extend((host.close, sandbox.stop))
        return Life(host, "ApplicationClient", sandbox)

    yield start
    for end in ends:
        end()


def organization(client: Life) -> Organization:
    """The organisation as Bijira has it."""
    return next(iter(client.sandbox.store.bijira.values()))


@pytest.mark.parametrize("status", [404, 405])
def test_where_oauth_keys_are_absent_the_client_falls_back_to_keys(serve: Callable[..., Life], status: int) -> None:
    """The platform's own portal proves that list alone; a 404 of the newer one does not mean that all is gone."""
    client = serve(listsOauthKeys=False, absentStatus=status)
    client.up(INPUTS)
    settled(client, INPUTS)
    assert client.refresh() == "same"
    asked = [one for one in client.sent if "keys" in one]
    assert asked == ["GET /applications/{id}/oauth-keys", "GET /applications/{id}/keys"]
    next(iter(next(iter(organization(client).applications.values())).mappings.values())).client_id = "by-hand"
    client.refresh()
    assert client.inputs["clientId"] == "by-hand"


@pytest.mark.parametrize("how", ["accepted", "created", "workflow"])
def test_an_application_that_waits_is_taken_back_however_that_is_told(serve: Callable[..., Life], how: str) -> None:
    """One line says what it waits for, and nothing is left of it."""
    client = serve(approvesApplications=True, pendingAnswer=how)
    with pytest.raises(Refused, match=r"the application orders waits for approval \(status CREATED\)"):
        client.up(INPUTS)
    assert not organization(client).applications


@pytest.mark.parametrize("how", ["accepted", "created", "workflow"])
def test_a_subscription_that_waits_counts_as_made(serve: Callable[..., Life], how: str) -> None:
    """Somebody approves it later, and the gateway opens then."""
    client = serve(approvesSubscriptions=True, pendingAnswer=how)
    client.up(INPUTS)
    assert list(client.outputs["subscriptionIds"].values()) == list(organization(client).subscriptions)
    settled(client, INPUTS)
    client.destroy()


@pytest.mark.parametrize("how", ["accepted", "created", "workflow"])
def test_a_plan_that_waits_counts_as_the_plan(serve: Callable[..., Life], how: str) -> None:
    """It was asked for, so a refresh shows no drift; and one that the API does not offer is an error as ever."""
    client = serve(approvesPlanChanges=True, pendingAnswer=how)
    client.up(INPUTS)
    wanted = {**INPUTS, "subscriptions": [{**INPUTS["subscriptions"][0], "plan": "Silver"}]}
    client.up(wanted)
    settled(client, wanted)
    (subscription,) = organization(client).subscriptions.values()
    assert (subscription.plan, subscription.status) == ("Gold", "TIER_UPDATE_PENDING")


def planned(plan: str, *more: dict[str, str]) -> dict[str, Any]:
    """The client with another plan, and with more subscriptions."""
    return {**INPUTS, "subscriptions": [{**INPUTS["subscriptions"][0], "plan": plan}, *more]}


def approve(client: Life) -> None:
    """Somebody approves what waits."""
    for one in organization(client).subscriptions.values():
        one.plan, one.requested_plan, one.status = one.requested_plan or one.plan, None, "UNBLOCKED"


def second_api(client: Life) -> dict[str, str]:
    """A subscription to another API."""
    api = PublishedApi(name="Bills API", version="1.0.0", context="/bills/1.0.0")
    organization(client).apis[api.id] = api
    return {"apiId": api.id, "plan": "Bronze"}


@pytest.mark.parametrize("how", ["accepted", "created", "workflow"])
def test_a_plan_cannot_change_while_a_change_of_it_waits(serve: Callable[..., Life], how: str) -> None:
    """The line says what waits for whom, all else of the update is carried out, and once approved it goes on."""
    client = serve(approvesPlanChanges=True, pendingAnswer=how)
    client.up(INPUTS)
    client.up(planned("Silver"))
    wanted = planned("Bronze", second_api(client)) | {"description": "changed"}
    match = (
        r"^InvalidInput: Bijira: the subscription \S+ to Orders API waits for approval of its change from the plan "
        r"Gold to Silver \(TIER_UPDATE_PENDING\), and until then .* cannot become Bronze\. An approver .* in the "
        r"console "
    )
    for _ in range(2):
        with pytest.raises(Refused, match=match):
            client.up(wanted)
        (application,) = organization(client).applications.values()
        assert application.description == "changed"
        plans = [(one.plan, one.requested_plan) for one in organization(client).subscriptions.values()]
        assert plans == [("Gold", "Silver"), ("Bronze", None)]
    approve(client)
    assert client.up(wanted) == "update"
    settled(client, wanted)
    approve(client)
    settled(client, wanted)
    assert [one.plan for one in organization(client).subscriptions.values()] == ["Bronze", "Bronze"]
    assert "waits for approval of its change from the plan Gold to Silver" in client.host.close()


def test_the_plan_of_a_subscription_that_waits_itself_cannot_change(serve: Callable[..., Life]) -> None:
    """The same line, of the whole subscription."""
    client = serve(approvesSubscriptions=True)
    client.up(INPUTS)
    with pytest.raises(
        Refused, match=r"to Orders API waits for approval \(ON_HOLD\), and .* become Silver\. An approver"
    ):
        client.up(planned("Silver"))
    approve(client)
    client.up(planned("Silver"))
    settled(client, planned("Silver"))


def test_a_failed_update_of_an_attached_client_takes_back_what_it_subscribed(serve: Callable[..., Life]) -> None:
    """Its state knows nothing of it, and on somebody else's application the next one could not tell whose it is."""
    maker = serve(approvesPlanChanges=True)
    maker.up({"applicationName": "shared", "clientId": "first"})
    (shared,) = organization(maker).applications
    client = Life(maker.host, "ApplicationClient", maker.sandbox)
    attached = {"applicationId": shared, "keyType": "SANDBOX", "clientId": "client-1"}

    def inputs(plan: str, *more: dict[str, str]) -> dict[str, Any]:
        return {**attached, "subscriptions": planned(plan, *more)["subscriptions"]}

    client.up(inputs("Gold"))
    client.up(inputs("Silver"))
    wanted = inputs("Bronze", second_api(client))
    for _ in range(2):
        with pytest.raises(Refused, match="waits for approval of its change from the plan Gold to Silver"):
            client.up(wanted)
        assert len(organization(client).subscriptions) == 1
    approve(client)
    client.up(wanted)
    settled(client, wanted)


def test_a_subscription_that_somebody_ended_is_made_again_on_the_new_plan(serve: Callable[..., Life]) -> None:
    """The server does not say that it is gone: it misses its status, so the list is asked."""
    client = serve()
    client.up(INPUTS)
    organization(client).subscriptions.clear()
    client.up(planned("Silver"))
    assert [one.plan for one in organization(client).subscriptions.values()] == ["Silver"]
    settled(client, planned("Silver"))


@pytest.mark.parametrize("how", ["accepted", "created", "workflow"])
def test_a_deletion_that_waits_for_approval_says_so(serve: Callable[..., Life], how: str) -> None:
    """Nothing is wrong with it, but the application is still there."""
    client = serve(approvesDeletions=True, pendingAnswer=how)
    client.up(INPUTS)
    client.destroy()
    (application,) = organization(client).applications.values()
    assert application.status == "DELETE_PENDING"
    line = f"delete the application {application.id}: that waits for approval, and it stays until then. An approver"
    assert line in client.host.close()


def test_a_server_that_takes_a_change_while_another_waits_is_told_of(serve: Callable[..., Life]) -> None:
    """Approving both would lead to the wrong plan, so the former one is named."""
    client = serve(approvesPlanChanges=True, queuesPlanChanges=True)
    client.up(INPUTS)
    client.up(planned("Silver"))
    client.up(planned("Bronze"))
    settled(client, planned("Bronze"))
    assert "a change to the plan Silver that was asked for before may wait too" in client.host.close()


def test_a_mapping_that_failed_and_is_there_is_found(serve: Callable[..., Life]) -> None:
    """A 500 may come after the mapping was written: it is looked for before anything is sent again."""
    client = serve(ghostMappings=1)
    client.up(INPUTS)
    settled(client, INPUTS)


def test_somebody_elses_application_is_forbidden_and_not_gone(serve: Callable[..., Life]) -> None:
    """With another identity a refresh must fail, and not drop what is there from the state."""
    client = serve()
    client.up(INPUTS)
    next(iter(organization(client).applications.values())).owner = "somebody else"
    with pytest.raises(Refused, match="Only who made an application may change it"):
        client.refresh()


NEEDED = {"Cost Center": "4711", "team_name": "shop"}


def test_an_attribute_that_the_server_requires_is_named(serve: Callable[..., Life]) -> None:
    """At creation and as a change; of those that are declared each is kept, and somebody else's stays."""
    client = serve(requiredAttributes=list(NEEDED), applicationAttributes=["Floor"])
    missing = "the server requires attributes of every application, and these are missing: "
    with pytest.raises(Refused, match=missing + r"Cost Center, team_name\. Declare them in attributes"):
        client.up(INPUTS)
    assert client.sent[-1] == "GET /application-attributes"
    with pytest.raises(Refused, match=missing + "team_name"):
        client.up({**INPUTS, "attributes": {"Cost Center": "4711"}})
    assert not organization(client).applications
    client.up({**INPUTS, "attributes": NEEDED})
    (application,) = organization(client).applications.values()
    application.attributes["Floor"] = "2"
    wanted = {**INPUTS, "attributes": {**NEEDED, "team_name": "till"}}
    assert client.up(wanted) == "update"
    assert client.sent == ["GET /applications/{id}", "PUT /applications/{id}"]
    settled(client, wanted)
    assert application.attributes == {"Cost Center": "4711", "team_name": "till", "Floor": "2"}
    with pytest.raises(Refused, match=missing + "team_name"):
        client.up({**INPUTS, "attributes": {"team_name": ""}})
    application.attributes["team_name"] = "by hand"
    assert client.refresh() == "update"
    assert client.inputs["attributes"] == {"Cost Center": "4711", "team_name": "by hand"}


def test_what_the_server_does_not_keep_of_an_application_is_told(serve: Callable[..., Life]) -> None:
    """It drops that without a word; nothing is left of a creation."""
    client = serve(applicationAttributes=["Floor"])
    for more, line in (
        ({"attributes": {"Flor": "2"}}, r"does not keep the attributes Flor, .*There are: Floor"),
        ({"groups": ["shop"]}, "does not keep its groups: the server lets no groups share applications"),
    ):
        with pytest.raises(Refused, match=line):
            client.up({**INPUTS, **more})
        assert not organization(client).applications
