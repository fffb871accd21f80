"""What stands around applications in Asgardeo: claims, metadata, templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sandbox.conftest import ABSENT, code, made

if TYPE_CHECKING:
    import httpx
    from asgardeo_bijira_sandbox import Sandbox


def test_claims_and_scopes_can_be_looked_up(asgardeo: httpx.Client) -> None:
    """Each scope with its claims, each claim with the local one that it is filled from, by ids that are names."""
    scopes = {scope["name"]: scope["claims"] for scope in asgardeo.get("/oidc/scopes").json()}
    assert "email" in scopes["email"]
    assert asgardeo.get("/oidc/scopes/email").json()["claims"] == scopes["email"]
    assert asgardeo.get("/oidc/scopes/nothing").status_code == 404
    dialects = {one["dialectURI"]: one["id"] for one in asgardeo.get("/claim-dialects").json()}
    oidc = f"/claim-dialects/{dialects['http://wso2.org/oidc/claim']}/claims"
    claims = {one["claimURI"]: one for one in asgardeo.get(oidc).json()}
    assert claims["email"]["mappedLocalClaimURI"] == "http://wso2.org/claims/emailaddress"
    assert asgardeo.get(f"{oidc}/{claims['email']['id']}").json() == claims["email"]
    assert all(name in claims for names in scopes.values() for name in names)
    local = {one["claimURI"]: one for one in asgardeo.get("/claim-dialects/local/claims").json()}
    assert {one["mappedLocalClaimURI"] for one in claims.values()} <= set(local)
    assert asgardeo.get(f"/claim-dialects/{dialects['http://wso2.org/oidc/claim']}").json()["link"]["rel"] == "claims"
    assert asgardeo.get("/claim-dialects/bm90aGluZw").status_code == 404
    assert asgardeo.get("/claim-dialects/bm90aGluZw/claims").status_code == 404
    assert asgardeo.get(f"{oidc}/bm90aGluZw").status_code == 404


def test_what_an_oidc_document_may_hold_can_be_looked_up(asgardeo: httpx.Client) -> None:
    """And every grant type that is offered is taken."""
    meta = "/applications/meta/inbound-protocols"
    assert {one["name"] for one in asgardeo.get(meta).json()} == {"saml", "oidc", "ws-trust"}
    assert asgardeo.get(meta, params={"customOnly": "true"}).json() == []
    found = asgardeo.get(f"{meta}/oidc").json()
    grants = {one["name"]: one["publicClientAllowed"] for one in found["allowedGrantTypes"]["options"]}
    assert (grants["client_credentials"], grants["authorization_code"]) == (False, True)
    oidc = {
        "grantTypes": list(grants),
        "callbackURLs": ["https://a"],
        "cibaAuthenticationRequest": {"authReqExpiryTime": 60},
    }
    made(asgardeo.post("/applications", json={"name": "every", "inboundProtocolConfiguration": {"oidc": oidc}}))
    without = {"grantTypes": list(grants), "callbackURLs": ["https://a"]}
    refused = asgardeo.post("/applications", json={"name": "b", "inboundProtocolConfiguration": {"oidc": without}})
    assert code(refused) == (500, "APP-65006")
    assert asgardeo.get(f"{meta}/saml").json()["certificateAlias"]["options"]
    assert code(asgardeo.get(f"{meta}/ws-trust")) == (404, "APP-60504")
    assert code(asgardeo.get(f"{meta}/cas")) == (404, "APP-60501")
    assert asgardeo.get("/applications/meta/adaptive-auth-templates").json()["templatesJSON"]
    assert asgardeo.get("/applications/meta/groups").json() == []


def test_templates_are_listed_without_pages(asgardeo: httpx.Client) -> None:
    """Under the ids by which applications tell where they come from."""
    templates = asgardeo.get("/applications/templates").json()["templates"]
    assert {"m2m-application", "mobile-application", "custom-application-oidc"} <= {one["id"] for one in templates}
    assert asgardeo.get("/applications/templates/m2m-application").json()["application"]["name"]
    assert asgardeo.get("/applications/templates/x").status_code == 404
    assert code(asgardeo.get("/applications/templates", params={"limit": 1})) == (501, "APP-65004")


def test_the_organisation_and_the_owners_of_its_applications(
    sandbox: Sandbox, asgardeo: httpx.Client, application: str
) -> None:
    """An owner must exist."""
    tenant = sandbox.store.asgardeo["sandbox"]
    assert asgardeo.get("/organizations/self").json()["id"] == tenant.id
    assert "provisioningConfigurations" in asgardeo.get("/applications/resident").json()
    owner = f"/applications/{application}/owner"
    assert asgardeo.put(owner, json={"id": next(iter(tenant.users))}).status_code == 200
    assert code(asgardeo.put(owner, json={"id": ABSENT})) == (400, "APP-60504")
