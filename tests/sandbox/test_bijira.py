"""The control plane as a foreign client meets it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from asgardeo_bijira_sandbox.differences import NOT_SERVED

from tests.sandbox.conftest import ORGANIZATION, token

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

RECORDED = Path(__file__).parents[1] / "data" / "control-plane-requests.json"
BODY = {"name": "orders", "throttlingPolicy": "Unlimited"}


@pytest.fixture
def application(bijira: httpx.Client) -> str:
    """An application."""
    return str(bijira.post("/applications", json=BODY).json()["applicationId"])


@pytest.fixture
def api(bijira: httpx.Client) -> str:
    """The id of the published API."""
    return str(bijira.get("/apis").json()["list"][0]["id"])


def code(answer: httpx.Response) -> tuple[int, int]:
    """Status and code of a refusal."""
    return answer.status_code, int(answer.json()["code"])


def test_key_managers_are_listed_with_the_internal_one(bijira: httpx.Client) -> None:
    """Whoever chooses must skip it; the portal is shown what is selected for it."""
    rows = bijira.get("/key-managers").json()["list"]
    assert bijira.get("/key-managers", params={"devPortalAppEnv": "prod"}).json()["list"] == rows[1:]
    assert [row["name"] for row in rows] == ["Resident Key Manager", "Asgardeo"]
    assert rows[1]["tokenEndpoint"].endswith("/t/sandbox/oauth2/token")
    assert rows[1]["enableMapOAuthConsumerApps"] is False


def test_applications(bijira: httpx.Client, application: str) -> None:
    """Names are unique for their owner, a change is of the whole, and a deletion takes everything along."""
    assert code(bijira.post("/applications", json=BODY)) == (409, 409)
    listed = bijira.get("/applications", params={"query": "orders", "limit": 1}).json()
    assert listed["pagination"]["total"] == 1
    assert bijira.get("/applications", params={"query": "order"}).json()["count"] == 0
    assert bijira.get("/applications", params={"offset": 9}).json()["pagination"] == {}
    path = f"/applications/{application}"
    changed = bijira.put(path, json={**BODY, "description": "x", "attributes": {"a": "b"}})
    assert changed.json()["attributes"] == {"a": "b"}
    assert bijira.put(path, json=BODY).json()["attributes"] == {}
    for wrong in ({"name": " x"}, {"name": "a/b"}, {"throttlingPolicy": "none"}, {"throttlingPolicy": None}):
        assert bijira.put(path, json={**BODY, **wrong}).status_code == 400
    assert bijira.delete(path).status_code == 200
    assert code(bijira.get(path)) == (404, 404)


def test_what_somebody_else_made_is_not_seen(sandbox: Sandbox, bijira: httpx.Client, application: str) -> None:
    """The token's subject is the owner: a list leaves out what others have, and using it is forbidden."""
    form = {"grant_type": "password", "username": "ann", "password": "x"}
    other = token(f"{sandbox.url}/oauth2/token", "apim:subscribe", **form)
    headers = {"Authorization": f"Bearer {other}"}
    assert bijira.get("/applications", headers=headers).json()["count"] == 0
    one = f"/applications/{application}"
    mapping = {"consumerKey": "c", "keyManager": "Asgardeo", "keyType": "PRODUCTION"}
    for method, path, body in (
        ("GET", one, None),
        ("PUT", one, BODY),
        ("DELETE", one, None),
        ("POST", f"{one}/map-keys", mapping),
        ("GET", f"{one}/oauth-keys", None),
    ):
        assert code(bijira.request(method, path, json=body, headers=headers)) == (403, 403), (method, path)
    theirs = {"organizationId": ORGANIZATION, "applicationId": application}
    assert code(bijira.get("/subscriptions", params=theirs, headers=headers)) == (403, 403)
    assert bijira.get("/applications/none", headers=headers).status_code == 404
    assert bijira.post("/applications", json=BODY, headers=headers).status_code == 201


def test_a_client_id_is_mapped_once(bijira: httpx.Client, application: str) -> None:
    """409 has three meanings and one code; a mapping is read back by id or by list."""
    path = f"/applications/{application}/map-keys"
    body = {"consumerKey": "c", "keyManager": "Asgardeo", "keyType": "PRODUCTION"}
    made = bijira.post(path, json=body)
    assert made.status_code == 200
    assert made.json()["keyManager"] == "Asgardeo"
    assert made.json()["consumerSecret"] is None
    other = bijira.post("/applications", json={**BODY, "name": "other"}).json()["applicationId"]
    for where, client in ((path, "c"), (path, "d"), (f"/applications/{other}/map-keys", "c")):
        assert code(bijira.post(where, json={**body, "consumerKey": client})) == (409, 901409)
    mapping = made.json()["keyMappingId"]
    for listed in ("oauth-keys", "keys"):
        rows = bijira.get(f"/applications/{application}/{listed}").json()["list"]
        assert [row["keyMappingId"] for row in rows] == [mapping]
    one = f"/applications/{application}/oauth-keys/{mapping}"
    assert bijira.put(one, json={**made.json(), "consumerKey": "ignored"}).json()["consumerKey"] == "c"
    assert bijira.delete(one).status_code == 200
    assert code(bijira.delete(one)) == (404, 404)
    for wrong, refusal in (
        ({"keyManager": "none"}, (400, 901403)),
        ({"keyType": "TEST"}, (400, 904013)),
        ({"consumerKey": ""}, (400, 400)),
    ):
        assert code(bijira.post(path, json={**body, **wrong})) == refusal


def test_a_key_manager_that_only_exchanges_tokens_takes_no_client(
    sandbox: Sandbox, bijira: httpx.Client, application: str
) -> None:
    """Nor does a disabled one."""
    manager = sandbox.store.bijira[ORGANIZATION].key_manager("Asgardeo")
    assert manager
    body = {"consumerKey": "c", "keyManager": manager.id, "keyType": "PRODUCTION"}
    manager.token_type = "EXCHANGED"  # noqa: S105
    assert code(bijira.post(f"/applications/{application}/map-keys", json=body)) == (400, 901405)
    manager.enabled = False
    assert code(bijira.post(f"/applications/{application}/map-keys", json=body)) == (400, 901403)


def test_subscriptions(bijira: httpx.Client, application: str, api: str) -> None:
    """One for each API; a plan that is not offered is refused at first and ignored later."""
    body = {"applicationId": application, "apiId": api, "throttlingPolicy": "Gold"}
    made = bijira.post("/subscriptions", json=body)
    assert made.status_code == 201
    assert made.json()["apiInfo"]["name"] == "Orders API"
    assert code(bijira.post("/subscriptions", json=body)) == (409, 409)
    assert bijira.post("/subscriptions", json={**body, "throttlingPolicy": "Lead"}).status_code == 403
    assert bijira.post("/subscriptions", json={**body, "apiId": "none"}).status_code == 404
    assert bijira.get("/subscriptions").status_code == 400
    path = f"/subscriptions/{made.json()['subscriptionId']}"
    wanted = {**body, "throttlingPolicy": "Gold", "requestedThrottlingPolicy": "Silver", "status": "UNBLOCKED"}
    assert bijira.put(path, json=wanted).json()["throttlingPolicy"] == "Silver"
    ignored = bijira.put(path, json={**wanted, "requestedThrottlingPolicy": "Lead"})
    assert (ignored.status_code, ignored.json()["throttlingPolicy"]) == (200, "Silver")
    assert bijira.put(path, json={**wanted, "status": None}).status_code == 400
    assert bijira.get("/subscriptions", params={"applicationId": application}).json()["count"] == 1
    shown = bijira.get("/subscriptions", params={"apiId": api, "applicationId": "ignored beside an API"}).json()["list"]
    assert [(one["applicationId"], one["apiId"]) for one in shown] == [(application, api)]
    assert bijira.get("/subscriptions", params={"apiId": "none"}).status_code == 404
    listed = bijira.get("/applications").json()["list"]
    assert {one["applicationId"]: one["subscriptionCount"] for one in listed}[application] == 1
    assert bijira.delete(path).status_code == 200
    assert bijira.delete(path).status_code == 404


def test_the_search_for_apis_finds_more_than_was_asked_for(bijira: httpx.Client, api: str) -> None:
    """It goes by an index; a client must compare."""
    for query, count in (
        ('name:"Orders API" version:1.0.0', 1),
        ("name:orders", 1),
        ("name:bills", 0),
        ("version:2", 0),
    ):
        assert bijira.get("/apis", params={"query": query}).json()["count"] == count
    found = bijira.get(f"/apis/{api}").json()
    assert found["endpointURLs"][0]["URLs"]["http"].endswith("/orders/1.0.0")
    assert [scope["key"] for scope in found["scopes"]] == ["orders:read", "orders:write"]
    assert [tier["tierName"] for tier in found["tiers"]] == bijira.get("/apis").json()["list"][0]["throttlingPolicies"]
    assert "throttlingPolicies" not in found, "one API names its plans as tiers, a row of the list as policies"


def test_a_missing_scope_is_401_and_a_wrong_organisation_404(sandbox: Sandbox, bijira: httpx.Client) -> None:
    """The first is not told from a bad token."""
    access = token(f"{sandbox.url}/oauth2/token", "apim:app_manage")
    headers = {"Authorization": f"Bearer {access}"}
    assert bijira.get("/applications", headers=headers).status_code == 200
    assert bijira.get("/key-managers", headers=headers).status_code == 401
    assert bijira.get("/applications", headers={"Authorization": "Bearer x"}).status_code == 401
    assert bijira.get("/applications", params={"organizationId": "other"}).status_code == 404
    base = f"{sandbox.url}/api/am/devportal/v3/applications"
    assert httpx.get(base, headers=headers).status_code == 200, "a self-hosted one has no such parameter"


def test_what_is_listed_as_not_served_is_said_to_be(bijira: httpx.Client) -> None:
    """Also where the path takes another method: that the platform did not take this one would be wrong."""
    for operation in NOT_SERVED["Bijira"]:
        method, path = re.sub(r"\{[^}]+\}", "some", operation).split(" ")
        answer = bijira.request(method, path)
        assert answer.status_code == 404, operation
        assert f"does not serve {method} {path}." in answer.json()["description"]


def test_the_token_service_refuses_as_it_should(sandbox: Sandbox) -> None:
    """A wrong secret, an unknown grant."""
    address = f"{sandbox.url}/oauth2/token"
    wrong = httpx.post(address, data={"grant_type": "client_credentials"}, auth=("sandbox-management", "x"))
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    unknown = httpx.post(address, data={"grant_type": "x"}, auth=("sandbox-management", "sandbox-secret"))
    assert (unknown.status_code, unknown.json()["error"]) == (400, "unsupported_grant_type")


def requests() -> list[dict[str, Any]]:
    """Each kind of request that the platform's own portal was seen to send."""
    found: list[dict[str, Any]] = json.loads(RECORDED.read_text())
    return found


@pytest.mark.parametrize("request_", requests(), ids=lambda one: f"{one['method']} {one['path']}")
def test_what_the_platforms_own_portal_sends_is_taken(
    bijira: httpx.Client, application: str, api: str, request_: dict[str, Any]
) -> None:
    """With a body on a GET and a DELETE too: no address is unknown, and nothing is refused for its form."""
    mapped = bijira.post(
        f"/applications/{application}/map-keys",
        json={"consumerKey": "c", "keyManager": "Asgardeo", "keyType": "PRODUCTION"},
    ).json()
    subscribed = bijira.post(
        "/subscriptions", json={"applicationId": application, "apiId": api, "throttlingPolicy": "Gold"}
    ).json()
    ids = {
        "{applicationId}": application,
        "{keyMappingId}": mapped["keyMappingId"],
        "{subscriptionId}": subscribed["subscriptionId"],
        "{apiId}": api,
    }

    def filled(text: str) -> str:
        for name, value in ids.items():
            text = text.replace(name, value)
        return text

    body = json.loads(filled(json.dumps(request_.get("body"))))
    query = f"?organizationId={ORGANIZATION}&{filled(request_['query'])}".rstrip("&")
    address = f"{str(bijira.base_url).rstrip('/')}{filled(request_['path'])}{query}"
    headers = {**bijira.headers, "Accept": "application/json, text/plain, */*"}
    answer = httpx.request(request_["method"], address, json=body, headers=headers)
    if request_["path"].endswith("generate-token"):
        expected = (400, 900967) if "validityPeriod" in body else (500, 500)
        assert code(answer) == expected, "nobody has this client, or it is not said how long the token should last"
    elif request_["method"] == "POST" and request_["path"] == "/subscriptions":
        assert code(answer) == (409, 409), "it is there already"
    elif request_["path"].endswith("map-keys"):
        expected = (409, 901409) if "consumerKey" in body else (400, 400)
        assert code(answer) == expected, "the application has its client already, or none is named"
    else:
        assert answer.status_code in (200, 201), answer.text


def test_plans_say_what_they_allow(bijira: httpx.Client) -> None:
    """Of an application or of a subscription; what is neither, and a name that is none, is not found."""
    gold = bijira.get("/throttling-policies/subscription/Gold").json()
    assert (gold["requestCount"], gold["unitTime"], gold["policyLevel"]) == (5000, 60_000, "subscription")
    assert gold in bijira.get("/throttling-policies/subscription").json()["list"]
    for path in ("/throttling-policies/api", "/throttling-policies/subscription/Lead", "/throttling-policies/api/Gold"):
        assert code(bijira.get(path)) == (404, 404)


def test_of_several_subscriptions_each_stands_for_itself(bijira: httpx.Client, application: str, api: str) -> None:
    """One that fails is told of in the shape of a subscription, and hinders no other."""
    good = {"applicationId": application, "apiId": api, "throttlingPolicy": "Gold"}
    rejected, made = bijira.post("/subscriptions/multiple", json=[{**good, "throttlingPolicy": "Lead"}, good]).json()
    assert made["status"] == "UNBLOCKED"
    assert (rejected["status"], rejected["apiId"]) == ("REJECTED", api)
    assert "Tier Lead is not allowed" in rejected["redirectionParams"]
    (again,) = bijira.post("/subscriptions/multiple", json=[{**good, "unknown": 1}]).json()
    assert set(again) == {*good, "status", "redirectionParams"}
