"""Older, stricter and faulty control planes, as a foreign client meets them; each is chosen in a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import load_scenario, seed_store

from tests.sandbox.conftest import ORGANIZATION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

BODY = {"name": "orders", "throttlingPolicy": "Unlimited"}
MANAGEMENT = "sandbox-management"
PERSONAL = {"token": "chp_of-a-person"}
IMPORTING = {"Authorization": "Bearer chp_of-a-person"}
MAPPING = {"consumerKey": "c", "keyManager": "Asgardeo", "keyType": "PRODUCTION"}


def made(bijira: httpx.Client, **more: Any) -> str:
    """A new application."""
    return str(bijira.post("/applications", json={**BODY, **more}).json()["applicationId"])


def code(answer: httpx.Response) -> tuple[int, int]:
    """Status and code of a refusal."""
    return answer.status_code, int(answer.json()["code"])


def test_a_scenario_file_chooses_the_behaviour(tmp_path: Path) -> None:
    """In camelCase like the rest of it, and a word that means nothing is refused."""
    file = tmp_path / "scenario.yaml"
    file.write_text("bijira:\n- behaviour: {listsOauthKeys: false, absentStatus: 404}\n")
    assert not seed_store(load_scenario(file), "http://x").bijira[ORGANIZATION].lists_oauth_keys
    file.write_text("bijira:\n- behaviour: {listOauthKeys: false}\n")
    with pytest.raises(Exception, match="listOauthKeys"):
        load_scenario(file)


@pytest.mark.parametrize("status", [404, 405])
def test_where_oauth_keys_are_absent_their_older_addresses_do(serve: Callable[..., httpx.Client], status: int) -> None:
    """The portal's own server asks for `keys` alone."""
    absent = {"listsOauthKeys": False, "deletesOauthKeys": False, "absentStatus": status}
    bijira = serve(behaviour=absent)
    application = made(bijira)
    mapping = bijira.post(f"/applications/{application}/map-keys", json=MAPPING).json()["keyMappingId"]
    one = f"/applications/{application}/oauth-keys"
    assert bijira.get(one).status_code == status
    assert bijira.delete(f"{one}/{mapping}").status_code == status
    assert bijira.get(f"/applications/{application}/keys").json()["list"][0]["keyMappingId"] == mapping
    assert bijira.post(f"{one}/{mapping}/clean-up", json={}).status_code == 200
    other = made(bijira, name="other")
    assert bijira.post(f"/applications/{other}/map-keys", json=MAPPING).status_code == 200, "the client is free again"


def test_a_mapping_that_is_not_there_is_an_empty_answer_on_older_servers(serve: Callable[..., httpx.Client]) -> None:
    """200 without a byte, and the list may name the key manager by its id."""
    bijira = serve(behaviour={"tellsMissingMappings": False, "namesKeyManagers": False})
    application = made(bijira)
    empty = bijira.get(f"/applications/{application}/oauth-keys/none")
    assert (empty.status_code, empty.content) == (200, b"")
    bijira.post(f"/applications/{application}/map-keys", json=MAPPING)
    (row,) = bijira.get(f"/applications/{application}/oauth-keys").json()["list"]
    managers = bijira.get("/key-managers").json()["list"]
    assert row["keyManager"] == next(one["id"] for one in managers if one["name"] == "Asgardeo")


@pytest.mark.parametrize(
    ("how", "status", "has_object"), [("accepted", 202, True), ("created", 201, True), ("workflow", 202, False)]
)
def test_what_waits_for_approval_is_told_in_three_ways(
    serve: Callable[..., httpx.Client], how: str, status: int, has_object: bool
) -> None:
    """And nothing can be mapped or subscribed until somebody has approved it."""
    bijira = serve(behaviour={"approvesApplications": True, "pendingAnswer": how})
    answer = bijira.post("/applications", json=BODY)
    assert (answer.status_code, "applicationId" in answer.json()) == (status, has_object)
    (application,) = bijira.get("/applications").json()["list"]
    assert application["status"] == "CREATED"
    id_ = application["applicationId"]
    refused = bijira.post(f"/applications/{id_}/map-keys", json=MAPPING)
    assert code(refused) == (400, 400)
    api = bijira.get("/apis").json()["list"][0]["id"]
    body = {"applicationId": id_, "apiId": api, "throttlingPolicy": "Gold"}
    refused = bijira.post("/subscriptions", json=body)
    assert (code(refused), refused.json()["description"]) == ((400, 400), "Workflow status is not Approved")


def test_subscriptions_plans_and_deletions_can_wait_too(serve: Callable[..., httpx.Client]) -> None:
    """Each keeps what it was until then; a subscription on hold cannot be changed."""
    bijira = serve(behaviour={"approvesSubscriptions": True, "approvesPlanChanges": True, "approvesDeletions": True})
    application, api = made(bijira), bijira.get("/apis").json()["list"][0]["id"]
    body = {"applicationId": application, "apiId": api, "throttlingPolicy": "Gold"}
    held = bijira.post("/subscriptions", json=body)
    assert (held.status_code, held.json()["status"]) == (202, "ON_HOLD")
    path = f"/subscriptions/{held.json()['subscriptionId']}"
    change = {**body, "requestedThrottlingPolicy": "Silver", "status": "UNBLOCKED"}
    assert bijira.put(path, json=change).status_code == 400
    gone = bijira.delete(f"/applications/{application}")
    assert (gone.status_code, gone.json()["status"]) == (202, "DELETE_PENDING")
    assert bijira.get(f"/applications/{application}").status_code == 200
    assert bijira.delete(path).json()["status"] == "DELETE_PENDING"


def test_a_plan_change_that_waits_keeps_the_old_plan(serve: Callable[..., httpx.Client]) -> None:
    """The new one shows as requested; one that the API does not offer is taken and ignored as ever."""
    bijira = serve(behaviour={"approvesPlanChanges": True})
    application, api = made(bijira), bijira.get("/apis").json()["list"][0]["id"]
    body = {"applicationId": application, "apiId": api, "throttlingPolicy": "Gold"}
    path = f"/subscriptions/{bijira.post('/subscriptions', json=body).json()['subscriptionId']}"
    ignored = bijira.put(path, json={**body, "requestedThrottlingPolicy": "Lead", "status": "UNBLOCKED"})
    assert (ignored.status_code, ignored.json()["status"]) == (200, "UNBLOCKED")
    answer = bijira.put(path, json={**body, "requestedThrottlingPolicy": "Silver", "status": "UNBLOCKED"})
    found = answer.json()
    assert (answer.status_code, found["status"]) == (202, "TIER_UPDATE_PENDING")
    assert (found["throttlingPolicy"], found["requestedThrottlingPolicy"]) == ("Gold", "Silver")
    again = bijira.put(path, json={**body, "requestedThrottlingPolicy": "Silver", "status": "UNBLOCKED"})
    assert (again.status_code, again.json()["status"]) == (202, "TIER_UPDATE_PENDING")
    other = bijira.put(path, json={**body, "requestedThrottlingPolicy": "Bronze", "status": "UNBLOCKED"})
    assert other.status_code == 400


@pytest.mark.parametrize("listed", [True, False])
def test_a_mapping_that_failed_may_be_there_all_the_same(serve: Callable[..., httpx.Client], listed: bool) -> None:
    """It refuses the next attempt; where no list shows it, only the end of the application removes it."""
    bijira = serve(behaviour={"ghostMappings": 1, "listsGhosts": listed})
    application = made(bijira)
    path = f"/applications/{application}"
    assert code(bijira.post(f"{path}/map-keys", json=MAPPING)) == (500, 900967)
    assert code(bijira.post(f"{path}/map-keys", json=MAPPING)) == (409, 901409)
    for keys in ("oauth-keys", "keys"):
        assert bijira.get(f"{path}/{keys}").json()["count"] == int(listed)
    bijira.delete(path)
    assert bijira.post(f"/applications/{made(bijira)}/map-keys", json=MAPPING).status_code == 200


def test_a_new_key_manager_and_a_new_api_are_not_known_at_once(serve: Callable[..., httpx.Client]) -> None:
    """Mapping is refused with the code of an unknown key manager, and the search does not find the API yet."""
    bijira = serve(keyManagers=[{"notOperationalFor": 2}], apis=[{"name": "Orders API", "notFoundFor": 1}])
    path = f"/applications/{made(bijira)}/map-keys"
    for _ in range(2):
        assert code(bijira.post(path, json=MAPPING)) == (400, 901403)
    assert bijira.post(path, json=MAPPING).status_code == 200
    assert [bijira.get("/apis", params={"query": "name:Orders"}).json()["count"] for _ in range(2)] == [0, 1]


def test_the_search_for_applications_is_inexact_on_older_servers(serve: Callable[..., httpx.Client]) -> None:
    """Whoever takes the first row takes another application than it asked for; pages follow the order that is asked."""
    bijira = serve(behaviour={"searchesApplicationsExactly": False})
    for name in ("orders-2", "orders", "bills"):
        made(bijira, name=name)
    rows = bijira.get("/applications", params={"query": "orders"}).json()["list"]
    assert [row["name"] for row in rows] == ["orders-2", "orders"]
    page: dict[str, str | int] = {"limit": 1, "offset": 1, "sortBy": "name", "sortOrder": "desc"}
    found = bijira.get("/applications", params=page).json()
    assert [row["name"] for row in found["list"]] == ["orders"]
    assert found["pagination"]["total"] == 3
    assert "offset=2" in found["pagination"]["next"]
    assert "offset=0" in found["pagination"]["previous"]


def test_the_list_of_subscriptions_may_have_no_pages(serve: Callable[..., httpx.Client]) -> None:
    """Then it says nothing of its total."""
    bijira = serve(behaviour={"pagesSubscriptions": False})
    found = bijira.get("/subscriptions", params={"applicationId": made(bijira)}).json()
    assert found == {"count": 0, "list": []}


def test_only_defined_attributes_and_shared_groups_are_kept(serve: Callable[..., httpx.Client]) -> None:
    """An attribute that has no value is shown empty; without group sharing groups are dropped silently."""
    bijira = serve(behaviour={"applicationAttributes": ["team", "cost centre"]})
    body = {**BODY, "attributes": {"team": "shop", "other": "x"}, "groups": ["g"]}
    found = bijira.post("/applications", json=body).json()
    assert found["attributes"] == {"team": "shop", "cost centre": ""}
    assert found["groups"] == []
    sharing = serve(behaviour={"sharesGroups": True})
    assert sharing.post("/applications", json=body).json()["groups"] == ["g"]


def test_an_owner_counts_only_where_it_is_to_be_preserved(serve: Callable[..., httpx.Client]) -> None:
    """By one who may import; otherwise whoever makes an application owns it."""
    bijira = serve(personalTokens=[PERSONAL])
    query = {"organizationId": ORGANIZATION, "preserveOwner": "true"}
    assert bijira.post("/applications", json={**BODY, "owner": "ann"}, params=query).json()["owner"] == MANAGEMENT
    theirs = bijira.post("/applications", json={**BODY, "owner": "ann"}, params=query, headers=IMPORTING)
    assert (theirs.status_code, theirs.json()["owner"]) == (201, "ann")
    assert code(bijira.get(f"/applications/{theirs.json()['applicationId']}")) == (403, 403)
    hiding = serve(behaviour={"hidesApplicationsOfOthers": True}, personalTokens=[PERSONAL])
    theirs = hiding.post("/applications", json={**BODY, "owner": "ann"}, params=query, headers=IMPORTING)
    assert code(hiding.get(f"/applications/{theirs.json()['applicationId']}")) == (404, 404)


def test_whoever_imports_sets_up_for_the_owner_all_that_belongs_to_an_application(
    serve: Callable[..., httpx.Client],
) -> None:
    """In the order in which the portal's own server does it, with a token that a person made; another is no good."""
    bijira = serve(personalTokens=[PERSONAL])
    bijira.headers.update(IMPORTING)
    assert bijira.get("/key-managers", params={"devPortalAppEnv": "prod"}).status_code == 200
    query = {"organizationId": ORGANIZATION, "preserveOwner": "true"}
    application = bijira.post("/applications", json={**BODY, "owner": "ann"}, params=query).json()["applicationId"]
    plan = {"apiId": bijira.get("/apis").json()["list"][0]["id"], "throttlingPolicy": "Gold"}
    assert bijira.post("/subscriptions", json={**plan, "applicationId": application}).status_code == 201
    assert bijira.post(f"/applications/{application}/map-keys", json=MAPPING).status_code == 200
    assert bijira.get(f"/applications/{application}/oauth-keys").json()["count"] == 1
    assert [one["owner"] for one in bijira.get("/applications").json()["list"]] == ["ann"]
    assert bijira.get("/applications", headers={"Authorization": "Bearer chp_other"}).status_code == 401
