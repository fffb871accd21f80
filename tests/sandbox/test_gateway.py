"""The gateway opens to the right token, and says why not to every other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox


@pytest.fixture
def way(sandbox: Sandbox, asgardeo: httpx.Client, bijira: httpx.Client) -> dict[str, Any]:
    """Everything that the guide sets up, by hand."""
    body = {"name": "O", "identifier": "urn:o", "scopes": [{"name": "orders:read"}, {"name": "orders:write"}]}
    api = asgardeo.post("/api-resources", json=body).json()["id"]
    oidc = {"grantTypes": ["client_credentials"], "accessToken": {"type": "JWT"}}
    made = asgardeo.post("/applications", json={"name": "a", "inboundProtocolConfiguration": {"oidc": oidc}})
    path = "/applications/" + made.headers["Location"].rpartition("/")[2]
    asgardeo.post(f"{path}/authorized-apis", json={"id": api, "scopes": ["orders:read", "orders:write"]})
    client = asgardeo.get(f"{path}/inbound-protocols/oidc").json()
    application = bijira.post("/applications", json={"name": "a", "throttlingPolicy": "Unlimited"}).json()[
        "applicationId"
    ]
    keys = {"consumerKey": client["clientId"], "keyManager": "Asgardeo", "keyType": "PRODUCTION"}
    bijira.post(f"/applications/{application}/map-keys", json=keys)
    published = bijira.get("/apis").json()["list"][0]["id"]
    plan = {"applicationId": application, "apiId": published, "throttlingPolicy": "Gold"}
    subscription = bijira.post("/subscriptions", json=plan).json()["subscriptionId"]
    return {"path": path, "client": client, "application": application, "subscription": subscription, "api": published}


def token(sandbox: Sandbox, way: dict[str, Any], scope: str = "orders:read") -> str:
    """A token of the application's."""
    client = way["client"]
    form = {"grant_type": "client_credentials", "scope": scope}
    auth = (client["clientId"], client["clientSecret"])
    return str(httpx.post(f"{sandbox.url}/t/sandbox/oauth2/token", data=form, auth=auth).json()["access_token"])


def call(
    sandbox: Sandbox, bearer: str | None = None, method: str = "GET", path: str = "/orders/1.0.0/orders"
) -> httpx.Response:
    """Call the API."""
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    return httpx.request(method, f"{sandbox.url}{path}", headers=headers)


def refused(answer: httpx.Response) -> tuple[int, str]:
    """Status and code; every refusal of the enforcer has a challenge and its own key names."""
    assert set(answer.json()) == {"error_message", "code", "error_description"}
    assert answer.headers["www-authenticate"].startswith("Bearer")
    return answer.status_code, answer.json()["code"]


def test_the_right_token_opens_it(sandbox: Sandbox, way: dict[str, Any]) -> None:
    """For the resource that its scopes cover."""
    reading = token(sandbox, way)
    assert call(sandbox, reading).json()["scope"] == ["orders:read"]
    assert refused(call(sandbox, reading, "POST")) == (403, "900910")
    assert call(sandbox, token(sandbox, way, "orders:read orders:write"), "POST").status_code == 200


def test_no_token_or_a_bad_one_is_401(sandbox: Sandbox, way: dict[str, Any], asgardeo: httpx.Client) -> None:
    """Missing, opaque, altered, of another issuer; one that was revoked is none, for nobody tells the gateway."""
    assert refused(call(sandbox)) == (401, "900901")
    assert refused(call(sandbox, "b8a1d0b0-opaque")) == (401, "900901")
    good = token(sandbox, way)
    assert refused(call(sandbox, good[:-6] + "AAAAAA")) == (401, "900901")
    other = httpx.post(
        f"{sandbox.url}/t/elsewhere/oauth2/token",
        data={"grant_type": "client_credentials", "scope": "SYSTEM"},
        auth=("sandbox-management", "sandbox-secret"),
    ).json()["access_token"]
    assert refused(call(sandbox, other)) == (401, "900900")
    asgardeo.post(f"{way['path']}/inbound-protocols/oidc/regenerate-secret")
    assert call(sandbox, good).status_code == 200


def test_how_a_bad_token_is_bad_shows(sandbox: Sandbox, way: dict[str, Any]) -> None:
    """No scheme, no JSON, ended: each has a code of its own, and the issuer is looked at before the signature."""
    good = token(sandbox, way)
    address = f"{sandbox.url}/orders/1.0.0/orders"
    assert refused(httpx.get(address, headers={"Authorization": good})) == (401, "900902")
    garbled = call(sandbox, "eyJ.bm8.c2ln")
    assert refused(garbled) == (401, "900901")
    assert garbled.json()["error_description"].startswith("Not a JWT token")
    organization = next(iter(sandbox.store.bijira.values()))
    key, manager = sandbox.store.signing_key("asgardeo/sandbox"), organization.key_manager("Asgardeo")
    assert manager
    claims = {"iss": manager.issuer, "azp": way["client"]["clientId"], "jti": "x", "exp": 1}
    assert refused(call(sandbox, key.issue(claims))) == (401, "900903")
    assert refused(call(sandbox, key.issue({**claims, "iss": "https://elsewhere.example.com"}))) == (401, "900900")


def test_the_last_of_several_key_managers_of_an_issuer_counts(sandbox: Sandbox, way: dict[str, Any]) -> None:
    """They overwrite one another, so what was mapped under the first one opens nothing any more."""
    organization = next(iter(sandbox.store.bijira.values()))
    first = organization.key_manager("Asgardeo")
    assert first
    bearer = token(sandbox, way)
    organization.key_managers["second"] = first.model_copy(update={"id": "second", "name": "Again"})
    assert refused(call(sandbox, bearer)) == (403, "900908")
    organization.key_managers["second"].enabled = False
    assert call(sandbox, bearer).status_code == 200


def test_a_subscription_covers_the_minor_versions_of_its_major_one(sandbox: Sandbox, way: dict[str, Any]) -> None:
    """And no other major version."""
    organization = next(iter(sandbox.store.bijira.values()))
    api, bearer = organization.apis[way["api"]], token(sandbox, way)
    for version, status in (("1.3.0", 200), ("2.0.0", 403)):
        id_ = f"orders {version}"
        more = {"id": id_, "version": version, "context": f"/orders/{version}"}
        organization.apis[id_] = api.model_copy(update=more)
        assert call(sandbox, bearer, path=f"/orders/{version}/orders").status_code == status


def test_a_client_without_a_subscription_or_mapping_is_403(
    sandbox: Sandbox, way: dict[str, Any], bijira: httpx.Client
) -> None:
    """The commonest mistake, and the only sign of a mistyped client id."""
    bearer = token(sandbox, way)
    organization = next(iter(sandbox.store.bijira.values()))
    subscription = organization.subscriptions[way["subscription"]]
    for status, code in (("BLOCKED", "900907"), ("ON_HOLD", "900909"), ("REJECTED", "900909")):
        subscription.status = status
        assert refused(call(sandbox, bearer)) == (403, code)
    subscription.status = "PROD_ONLY_BLOCKED"
    assert refused(call(sandbox, bearer)) == (403, "900907")
    subscription.status = "UNBLOCKED"
    organization.apis[way["api"]].deployment_type = "SANDBOX"
    assert refused(call(sandbox, bearer)) == (403, "900912")
    organization.apis[way["api"]].deployment_type = "PRODUCTION"
    bijira.delete(f"/subscriptions/{way['subscription']}")
    assert refused(call(sandbox, bearer)) == (403, "900908")


def test_the_router_has_answers_of_its_own(sandbox: Sandbox, way: dict[str, Any]) -> None:
    """Under other names than the enforcer's."""
    bearer = token(sandbox, way)
    missing = call(sandbox, bearer, path="/nothing/here")
    assert (missing.status_code, missing.json()["code"]) == (404, "404")
    assert call(sandbox, bearer, "DELETE").json()["code"] == "900906"
