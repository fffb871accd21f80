"""Asgardeo as a foreign client meets it, also where its published description says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.sandbox.conftest import ABSENT, code, token

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox


def test_an_api_is_made_with_201_location_and_body(asgardeo: httpx.Client) -> None:
    """And a scope is shown by its name unless it says otherwise."""
    made = asgardeo.post("/api-resources", json={"name": "A", "identifier": "urn:a", "scopes": [{"name": "a:1"}]})
    assert made.status_code == 201
    assert made.headers["Location"].endswith(f"/t/sandbox/api/server/v1/api-resources/{made.json()['id']}")
    assert made.json()["scopes"][0]["displayName"] == "a:1"
    assert made.json()["requiresAuthorization"] is True
    assert "self" not in made.json()


def test_identifiers_and_scope_names_are_unique_in_the_organisation(
    asgardeo: httpx.Client, api: dict[str, Any]
) -> None:
    """Scope names across all APIs."""
    twice = asgardeo.post("/api-resources", json={"name": "B", "identifier": "urn:orders"})
    assert code(twice) == (409, "API-RESOURCE-60003")
    assert "traceId" not in twice.json()
    scope = {"name": "B", "identifier": "urn:b", "scopes": [{"name": "o:r"}]}
    assert code(asgardeo.post("/api-resources", json=scope)) == (409, "API-RESOURCE-60004")
    assert code(asgardeo.patch(f"/api-resources/{api['id']}", json={"addedScopes": [{"name": "o:r"}]}))[0] == 409


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"identifier": "urn:x", "scopes": [{"name": "internal_x"}]}, (400, "API-RESOURCE-60008")),
        ({"identifier": "urn:x", "scopes": [{"name": "openid"}]}, (400, "API-RESOURCE-60009")),
        ({"identifier": "urn:x", "requiresAuthorization": "maybe"}, (400, "UE-10000")),
        ({"identifier": "urn:x", "nonsense": 1}, (400, "UE-10000")),
    ],
)
def test_a_bad_api_is_refused(asgardeo: httpx.Client, body: dict[str, Any], refusal: tuple[int, str]) -> None:
    """By the component, or by the dispatcher in front of it."""
    assert code(asgardeo.post("/api-resources", json={"name": "A", **body})) == refusal


def test_apis_change_and_go_as_the_server_has_it(asgardeo: httpx.Client, api: dict[str, Any]) -> None:
    """204 everywhere, scopes go one by one, and deleting what is not there is no failure."""
    path = f"/api-resources/{api['id']}"
    assert asgardeo.patch(path, json={"description": "x", "addedScopes": [{"name": "o:d"}]}).status_code == 204
    assert code(asgardeo.patch(path, json={"removedScopes": []})) == (501, "API-RESOURCE-60006")
    assert asgardeo.patch(f"{path}/scopes/o%3Ar", json={"displayName": "See"}).status_code == 204
    assert code(asgardeo.patch(f"{path}/scopes/none", json={"displayName": "x"})) == (404, "API-RESOURCE-60005")
    assert asgardeo.delete(f"{path}/scopes/o:w").status_code == 204
    assert asgardeo.delete(f"{path}/scopes/o:w").status_code == 204
    found = asgardeo.get(path).json()
    assert {scope["name"]: scope["displayName"] for scope in found["scopes"]} == {"o:r": "See", "o:d": "o:d"}
    assert found["description"] == "x"
    by_id = f"{path}/scopes/id/{found['scopes'][0]['id']}"
    assert asgardeo.patch(by_id, json={"description": "y"}).status_code == 200
    assert asgardeo.delete(path).status_code == 204
    assert asgardeo.delete(path).status_code == 204
    assert code(asgardeo.get(path)) == (404, "API-RESOURCE-60002")


def test_replacing_all_scopes_strips_them_from_applications(
    asgardeo: httpx.Client, api: dict[str, Any], application: str
) -> None:
    """The destructive call that nobody should use is as destructive here."""
    authorized = f"/applications/{application}/authorized-apis"
    asgardeo.post(authorized, json={"id": api["id"], "policyIdentifier": "RBAC", "scopes": ["o:r"]})
    assert asgardeo.put(f"/api-resources/{api['id']}/scopes", json=[{"name": "o:r"}]).status_code == 204
    assert asgardeo.get(authorized).json()[0]["authorizedScopes"] == []


def test_lists_of_apis_are_paged_by_cursors_and_filtered(asgardeo: httpx.Client, api: dict[str, Any]) -> None:
    """System APIs stand among them; links are absolute, with their signs as they are."""
    first = asgardeo.get("/api-resources", params={"limit": 3}).json()
    assert len(first["apiResources"]) == 3
    assert first["totalResults"] > 100
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    assert following.startswith(str(asgardeo.base_url).rstrip("/"))
    second = asgardeo.get(following).json()
    assert not {row["id"] for row in first["apiResources"]} & {row["id"] for row in second["apiResources"]}
    found = asgardeo.get("/api-resources", params={"filter": "identifier eq urn:orders"}).json()["apiResources"]
    assert [row["id"] for row in found] == [api["id"]]
    for query in ({"limit": 0}, {"before": "MQ==", "after": "MQ=="}, {"filter": "x eq y"}, {"attributes": "x"}):
        assert asgardeo.get("/api-resources", params=query).status_code == 400
    system = asgardeo.get("/api-resources", params={"filter": "type eq TENANT", "limit": 1}).json()["apiResources"][0]
    assert asgardeo.patch(f"/api-resources/{system['id']}", json={"name": "x"}).status_code == 403


def test_an_application_is_made_with_an_address_alone(asgardeo: httpx.Client, application: str) -> None:
    """The rest is read; everything that was not sent has its default."""
    found = asgardeo.get(f"/applications/{application}").json()
    assert found["templateId"] == "m2m-application"
    assert found["access"] == "WRITE"
    assert found["claimConfiguration"]["requestedClaims"] == []
    assert found["authenticationSequence"]["steps"], "the effective steps show although none were sent"
    assert "clientSecret" not in found
    oidc = asgardeo.get(f"/applications/{application}/inbound-protocols/oidc").json()
    assert oidc["clientSecret"]
    assert oidc["pkce"] == {"mandatory": False, "supportPlainTransformAlgorithm": True}
    assert oidc["refreshToken"]["expiryInSeconds"] == 86400
    assert code(asgardeo.get(f"/applications/{ABSENT}")) == (404, "APP-60006")
    assert asgardeo.delete(f"/applications/{ABSENT}").status_code == 204


def test_a_logout_url_is_dropped_at_creation_and_blank_becomes_everything(asgardeo: httpx.Client) -> None:
    """It takes a PATCH, and cannot be emptied."""
    body = {"name": "a", "logoutReturnUrl": "https://a", "inboundProtocolConfiguration": {"oidc": {"grantTypes": []}}}
    path = "/applications/" + asgardeo.post("/applications", json=body).headers["Location"].rpartition("/")[2]
    assert "logoutReturnUrl" not in asgardeo.get(path).json()
    for sent, shown in (("https://b", "https://b"), ("", ".*")):
        assert asgardeo.patch(path, json={"logoutReturnUrl": sent}).status_code == 200
        assert asgardeo.get(path).json()["logoutReturnUrl"] == shown


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"name": "app", "inboundProtocolConfiguration": {"oidc": {"grantTypes": []}}}, (409, "OAUTH-60008")),
        ({"name": "b", "inboundProtocolConfiguration": {"oidc": {}}}, (400, "UE-10000")),
        ({"name": "app"}, (409, "APP-60007")),
        ({"name": ""}, (400, "APP-60001")),
        ({"name": "test@failing.com"}, (400, "APP-60001")),
        ({"name": "Console"}, (400, "APP-60515")),
        ({"name": "b", "inboundProtocolConfiguration": {"oidc": {"grantTypes": ["x"]}}}, (400, "OAUTH-60001")),
        (
            {"name": "b", "inboundProtocolConfiguration": {"oidc": {"grantTypes": ["authorization_code"]}}},
            (400, "OAUTH-60001"),
        ),
        (
            {
                "name": "b",
                "inboundProtocolConfiguration": {"oidc": {"grantTypes": [], "allowedOrigins": ["https://a/x"]}},
            },
            (400, "APP-60001"),
        ),
        ({"name": "b", "inboundProtocolConfiguration": {"oidc": {"accessToken": {"type": "x"}}}}, (400, "UE-10000")),
    ],
)
def test_a_bad_application_is_refused(
    asgardeo: httpx.Client, application: str, body: dict[str, Any], refusal: tuple[int, str]
) -> None:
    """With a code and a trace id."""
    answer = asgardeo.post("/applications", json=body)
    assert code(answer) == refusal
    assert answer.json()["traceId"]


def test_the_oidc_document_is_replaced_whole(asgardeo: httpx.Client, application: str) -> None:
    """What is left out goes back to its default; the client id must be there and the same."""
    path = f"/applications/{application}/inbound-protocols/oidc"
    document = asgardeo.get(path).json()
    for key in ("state", "clientSecret", "clientSecretExpiresAt"):
        document.pop(key)
    written = asgardeo.put(path, json={**document, "refreshToken": {"expiryInSeconds": 5}})
    assert (written.status_code, written.content) == (200, b"")
    assert asgardeo.get(path).json()["refreshToken"]["expiryInSeconds"] == 5
    smallest = {"clientId": document["clientId"], "grantTypes": ["client_credentials"]}
    assert asgardeo.put(path, json=smallest).status_code == 200
    assert asgardeo.get(path).json()["accessToken"]["type"] == "Default"
    assert code(asgardeo.put(path, json={**smallest, "clientId": "other"})) == (400, "OAUTH-60001")
    assert code(asgardeo.put(path, json={**smallest, "clientSecret": "other"})) == (400, "OAUTH-60001")
    assert asgardeo.delete(path).status_code == 204
    assert code(asgardeo.get(path)) == (404, "APP-60502")


def test_the_secret_shows_only_to_whom_it_may(sandbox: Sandbox, asgardeo: httpx.Client, application: str) -> None:
    """Others get the document without it."""
    address = f"{sandbox.url}/t/sandbox/oauth2/token"
    headers = {"Authorization": f"Bearer {token(address, 'internal_application_mgt_view')}"}
    path = f"/applications/{application}/inbound-protocols/oidc"
    assert "clientSecret" not in asgardeo.get(path, headers=headers).json()
    first = asgardeo.get(path).json()["clientSecret"]
    second = asgardeo.post(f"{path}/regenerate-secret").json()["clientSecret"]
    assert first != second == asgardeo.get(path).json()["clientSecret"]


def test_lists_of_applications_are_paged_by_offsets_and_filtered(asgardeo: httpx.Client, application: str) -> None:
    """Links are relative, the platform's own applications stand among them."""
    page = asgardeo.get("/applications", params={"limit": 1}).json()
    assert (page["count"], page["startIndex"], page["totalResults"]) == (1, 1, 3)
    assert page["links"][0]["href"].startswith("/t/sandbox/api/server/v1/applications?offset=1")
    found = asgardeo.get("/applications", params={"filter": "name eq app", "attributes": "clientId"}).json()
    assert [row["id"] for row in found["applications"]] == [application]
    assert found["applications"][0]["clientId"]
    assert asgardeo.get("/applications", params={"excludeSystemPortals": "true"}).json()["totalResults"] == 1
    for query, status in (({"filter": "x eq y"}, 400), ({"attributes": "x"}, 400), ({"sortBy": "name"}, 501)):
        assert asgardeo.get("/applications", params=query).status_code == status
    console = next(row for row in asgardeo.get("/applications").json()["applications"] if row["access"] == "READ")
    assert asgardeo.patch(f"/applications/{console['id']}", json={"name": "x"}).status_code == 403


def test_authorizations(asgardeo: httpx.Client, api: dict[str, Any], application: str) -> None:
    """Made with 200 and no body, read under other names than written, each mistake with its code."""
    path = f"/applications/{application}/authorized-apis"
    made = asgardeo.post(path, json={"id": api["id"], "policyIdentifier": "rbac", "scopes": ["o:r"]})
    assert (made.status_code, made.content) == (200, b"")
    row = asgardeo.get(path).json()[0]
    assert (row["policyId"], [scope["name"] for scope in row["authorizedScopes"]]) == ("RBAC", ["o:r"])
    assert code(asgardeo.post(path, json={"id": api["id"]})) == (409, "APP-60509")
    assert code(asgardeo.post(path, json={"id": ABSENT})) == (400, "APP-60507")
    assert code(asgardeo.patch(f"{path}/{ABSENT}", json={"addedScopes": []})) == (400, "APP-60507")
    other = asgardeo.post("/api-resources", json={"name": "B", "identifier": "urn:b"}).json()["id"]
    assert code(asgardeo.patch(f"{path}/{other}", json={"addedScopes": []})) == (400, "APP-60510")
    assert code(asgardeo.patch(f"{path}/{api['id']}", json={"addedScopes": ["x"]})) == (400, "APP-60508")
    assert asgardeo.patch(f"{path}/{api['id']}", json={"addedScopes": ["o:w", "o:r"]}).status_code == 200
    assert asgardeo.delete(f"{path}/{ABSENT}").status_code == 204
    asgardeo.delete(f"/api-resources/{api['id']}")
    assert asgardeo.get(path).json() == []
    body = {"name": "Open", "identifier": "urn:open", "requiresAuthorization": False}
    free = asgardeo.post("/api-resources", json=body).json()["id"]
    assert asgardeo.post(path, json={"id": free, "policyIdentifier": "No Policy"}).status_code == 200
    assert asgardeo.get(path).json()[0]["policyId"] == "NO POLICY"
    strict = asgardeo.post("/api-resources", json={"name": "S", "identifier": "urn:s"}).json()["id"]
    assert code(asgardeo.post(path, json={"id": strict, "policyIdentifier": "No Policy"})) == (400, "APP-60512")
    assert code(asgardeo.post(path, json={"id": strict, "policyIdentifier": "X"})) == (400, "APP-60511")


def test_every_call_needs_its_scope(sandbox: Sandbox, asgardeo: httpx.Client, application: str) -> None:
    """No token is 401, a missing scope 403, a missing operation scope 403 with a code of its own."""
    assert httpx.get(f"{asgardeo.base_url}applications").status_code == 401
    address = f"{sandbox.url}/t/sandbox/oauth2/token"
    viewer = {"Authorization": f"Bearer {token(address, 'internal_application_mgt_view')}"}
    assert asgardeo.get("/applications", headers=viewer).status_code == 200
    assert asgardeo.delete(f"/applications/{application}", headers=viewer).status_code == 403
    assert asgardeo.get("/api-resources", headers=viewer).status_code == 403
    made = asgardeo.post("/api-resources", json={"name": "A", "identifier": "urn:a"}).json()["id"]
    updater = {"Authorization": f"Bearer {token(address, 'internal_application_mgt_update')}"}
    refused = asgardeo.post(f"/applications/{application}/authorized-apis", json={"id": made}, headers=updater)
    assert code(refused) == (403, "APP-60520")


def test_tokens_are_signed_and_verifiable_by_anybody(
    sandbox: Sandbox, asgardeo: httpx.Client, api: dict[str, Any], application: str
) -> None:
    """Against the published keys, with the scopes that were asked for and are authorised, and no others."""
    asgardeo.post(f"/applications/{application}/authorized-apis", json={"id": api["id"], "scopes": ["o:r"]})
    client = asgardeo.get(f"/applications/{application}/inbound-protocols/oidc").json()
    base = f"{sandbox.url}/t/sandbox/oauth2"
    discovery = httpx.get(f"{base}/token/.well-known/openid-configuration").json()
    form = {"grant_type": "client_credentials", "scope": "o:r o:w"}
    answer = httpx.post(discovery["token_endpoint"], data=form, auth=(client["clientId"], client["clientSecret"]))
    assert answer.json()["scope"] == "o:r"
    keys = KeySet.import_key_set(httpx.get(discovery["jwks_uri"]).json())
    claims = jwt.decode(answer.json()["access_token"], keys, algorithms=["RS256"]).claims
    assert claims["iss"] == discovery["issuer"] == f"{base}/token"
    assert (claims["azp"], claims["scope"], claims["aut"]) == (client["clientId"], "o:r", "APPLICATION")
    silent = httpx.post(
        f"{base}/token", data={**form, "scope": "o:w"}, auth=(client["clientId"], client["clientSecret"])
    )
    assert "scope" not in silent.json()
    wrong = httpx.post(f"{base}/token", data=form, auth=(client["clientId"], "wrong"))
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    unknown = httpx.post(f"{base}/token", data={"grant_type": "x"}, auth=(client["clientId"], client["clientSecret"]))
    assert (unknown.status_code, unknown.json()["error"]) == (400, "unsupported_grant_type")


def test_a_password_gets_what_the_users_roles_allow(
    sandbox: Sandbox, asgardeo: httpx.Client, api: dict[str, Any]
) -> None:
    """Under RBAC; the refresh token that comes along works once."""
    user = next(iter(sandbox.store.asgardeo["sandbox"].users.values()))
    user.permissions = ["o:r"]
    oidc = {"grantTypes": ["password", "refresh_token"], "accessToken": {"type": "JWT"}}
    made = asgardeo.post("/applications", json={"name": "p", "inboundProtocolConfiguration": {"oidc": oidc}})
    id_ = made.headers["Location"].rpartition("/")[2]
    asgardeo.post(f"/applications/{id_}/authorized-apis", json={"id": api["id"], "scopes": ["o:r", "o:w"]})
    client = asgardeo.get(f"/applications/{id_}/inbound-protocols/oidc").json()
    auth, address = (client["clientId"], client["clientSecret"]), f"{sandbox.url}/t/sandbox/oauth2/token"
    form = {"grant_type": "password", "username": "sandbox-user", "password": "sandbox-password", "scope": "o:r o:w"}
    first = httpx.post(address, data=form, auth=auth).json()
    assert first["scope"] == "o:r"
    again = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    assert httpx.post(address, data=again, auth=auth).json()["scope"] == "o:r"
    assert httpx.post(address, data=again, auth=auth).status_code == 400
    assert httpx.post(address, data={**form, "password": "no"}, auth=auth).json()["error"] == "invalid_grant"


def test_the_path_of_an_organisation_below_serves_the_same(asgardeo: httpx.Client, application: str) -> None:
    """Where a general client reads the secret."""
    base = str(asgardeo.base_url).replace("/api/server", "/o/api/server").rstrip("/")
    assert asgardeo.get(f"{base}/applications/{application}/inbound-protocols/oidc").json()["clientSecret"]
