"""Claims, the dialects that they are named in, and the scopes of OpenID Connect: kept as a console changes them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.conftest import code, made

if TYPE_CHECKING:
    import httpx

LOCAL, OIDC, USER = "http://wso2.org/claims", "http://wso2.org/oidc/claim", "urn:ietf:params:scim:schemas:core:2.0:User"
TIER = f"{LOCAL}/tier"
MAPPING = [{"mappedAttribute": "tier", "userstore": "DEFAULT"}]


def id_of(name: str) -> str:
    """The id of what is known by its name."""
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")


OF_OIDC, OF_TIER = f"/claim-dialects/{id_of(OIDC)}", f"/claim-dialects/local/claims/{id_of(TIER)}"


@pytest.fixture
def tier(asgardeo: httpx.Client) -> str:
    """A claim of one's own."""
    body = {"claimURI": TIER, "displayName": "Tier", "attributeMapping": MAPPING}
    return made(asgardeo.post("/claim-dialects/local/claims", json=body))


def test_a_claim_of_ones_own_reaches_tokens(asgardeo: httpx.Client, application: str, tier: str) -> None:
    """Made, named in OpenID Connect, put into a scope and among the attributes of an access token."""
    assert asgardeo.get(OF_TIER).json()["id"] == tier
    mapped = {"claimURI": "tier", "mappedLocalClaimURI": TIER}
    named = made(asgardeo.post(f"{OF_OIDC}/claims", json=mapped))
    assert asgardeo.get(f"{OF_OIDC}/claims/{named}").json()["mappedLocalClaimURI"] == TIER
    scope = {"name": "tiers", "displayName": "Tiers", "claims": ["tier"]}
    assert made(asgardeo.post("/oidc/scopes", json=scope)) == "tiers"
    assert asgardeo.get("/oidc/scopes/tiers").json() == {**scope, "description": ""}
    oidc = f"/applications/{application}/inbound-protocols/oidc"
    document = asgardeo.get(oidc).json()
    document["accessToken"]["accessTokenAttributes"] = ["tier"]
    assert asgardeo.put(oidc, json=document).status_code == 200
    assert code(asgardeo.delete(OF_TIER)) == (400, "CMT-50031")
    assert asgardeo.delete(f"{OF_OIDC}/claims/{named}").status_code == 204
    assert asgardeo.delete(OF_TIER).status_code == asgardeo.delete(OF_TIER).status_code == 204
    assert code(asgardeo.get(OF_TIER)) == (404, "CMT-50019")


def test_claims_are_changed(asgardeo: httpx.Client, tier: str) -> None:
    """One's own and the platform's; what is shown of one can be sent back."""
    for uri in (TIER, f"{LOCAL}/emailaddress"):
        path = f"/claim-dialects/local/claims/{id_of(uri)}"
        shown = asgardeo.get(path).json() | {"displayName": "Other", "required": True}
        assert asgardeo.put(path, json=shown).status_code == 200
        assert asgardeo.get(path).json() == shown
    country = f"{OF_OIDC}/claims/{id_of('country')}"
    assert asgardeo.put(country, json={"claimURI": "country", "mappedLocalClaimURI": TIER}).status_code == 200
    assert asgardeo.get(country).json()["mappedLocalClaimURI"] == TIER
    assert tier


def test_a_dialect_of_ones_own(asgardeo: httpx.Client, tier: str) -> None:
    """Made, filled, renamed with what it holds, deleted with it."""
    first = made(asgardeo.post("/claim-dialects", json={"dialectURI": "urn:a"}))
    asgardeo.post(f"/claim-dialects/{first}/claims", json={"claimURI": "t", "mappedLocalClaimURI": TIER})
    moved = asgardeo.put(f"/claim-dialects/{first}", json={"dialectURI": "urn:b"})
    second = moved.headers["Location"].rpartition("/")[2]
    assert asgardeo.get(f"/claim-dialects/{first}").status_code == 404
    assert [one["claimURI"] for one in asgardeo.get(f"/claim-dialects/{second}/claims").json()] == ["t"]
    assert asgardeo.delete(f"/claim-dialects/{second}").status_code == 204
    assert asgardeo.get(f"/claim-dialects/{second}").status_code == 404
    assert asgardeo.delete(f"/claim-dialects/local/claims/{tier}").status_code == 204


def test_the_dialects_of_scim(asgardeo: httpx.Client) -> None:
    """Each attribute is filled from a local claim that there is."""
    local = {one["claimURI"] for one in asgardeo.get("/claim-dialects/local/claims").json()}
    few = asgardeo.get("/claim-dialects/local/claims", params={"exclude-identity-claims": "true"}).json()
    assert {one for one in local if "/identity/" not in one} == {one["claimURI"] for one in few}
    others = [one for one in asgardeo.get("/claim-dialects").json() if one["id"] != "local"]
    claims = {
        claim["claimURI"]: claim["mappedLocalClaimURI"]
        for one in others
        for claim in asgardeo.get(f"/claim-dialects/{one['id']}/claims").json()
    }
    assert claims[f"{USER}:name.givenName"] == f"{LOCAL}/givenname"
    assert set(claims.values()) <= local


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("POST", "/claim-dialects", {"dialectURI": ""}, (400, "CMT-50028")),
        ("POST", "/claim-dialects", {"dialectURI": OIDC}, (409, "CMT-60002")),
        ("PUT", OF_OIDC, {"dialectURI": "urn:x"}, (403, "CMT-60007")),
        ("DELETE", OF_OIDC, None, (403, "CMT-60008")),
        ("GET", "/claim-dialects/odd/claims", None, (404, "CMT-50016")),
        ("POST", "/claim-dialects/local/claims", {"claimURI": TIER}, (400, "UE-10000")),
        *(
            (
                "POST",
                "/claim-dialects/local/claims",
                {"claimURI": "urn:x", "displayName": "X", "attributeMapping": MAPPING} | change,
                expected,
            )
            for change, expected in (
                ({"claimURI": ""}, (400, "CMT-60002")),
                ({"displayName": " "}, (400, "CMT-60003")),
                ({"claimURI": TIER}, (409, "CMT-50039")),
                ({"attributeMapping": [{"mappedAttribute": "x", "userstore": "OTHER"}]}, (400, "CMT-50026")),
                ({"attributeMapping": [{"mappedAttribute": "", "userstore": "DEFAULT"}]}, (400, "CMT-50030")),
            )
        ),
        (
            "PUT",
            OF_TIER,
            {"claimURI": "urn:x", "displayName": "X", "attributeMapping": MAPPING},
            (409, "CMT-50021"),
        ),
        ("DELETE", f"/claim-dialects/local/claims/{id_of(f'{LOCAL}/emailaddress')}", None, (403, "CMT-60006")),
        ("POST", f"{OF_OIDC}/claims", {"claimURI": "email", "mappedLocalClaimURI": TIER}, (409, "CMT-50038")),
        ("POST", f"{OF_OIDC}/claims", {"claimURI": "x", "mappedLocalClaimURI": "urn:odd"}, (400, "CMT-50036")),
        ("POST", f"{OF_OIDC}/claims", {"claimURI": "x", "mappedLocalClaimURI": f"{LOCAL}/dob"}, (400, "CMT-60004")),
        ("POST", "/claim-dialects/odd/claims", {"claimURI": "x", "mappedLocalClaimURI": TIER}, (404, "CMT-50027")),
        (
            "PUT",
            f"{OF_OIDC}/claims/{id_of('email')}",
            {"claimURI": "x", "mappedLocalClaimURI": TIER},
            (409, "CMT-50020"),
        ),
        ("POST", "/oidc/scopes", {"name": "email", "displayName": "E", "claims": []}, (409, "41004")),
        ("POST", "/oidc/scopes", {"name": "x", "displayName": "X", "claims": ["odd"]}, (400, "OAUTH-60001")),
        ("PUT", "/oidc/scopes/odd", {"displayName": "X", "claims": []}, (404, "41003")),
    ],
)
@pytest.mark.usefixtures("tier")
def test_what_of_claims_is_refused(
    asgardeo: httpx.Client, method: str, path: str, body: Any, expected: tuple[int, str]
) -> None:
    """Each by the code that the component has for it."""
    assert code(asgardeo.request(method, path, **({} if body is None else {"json": body}))) == expected


def test_the_name_of_a_scope_is_taken_for_apis_too(asgardeo: httpx.Client) -> None:
    """As that of a scope of the platform's is, until it is gone."""
    asgardeo.post("/oidc/scopes", json={"name": "tiers", "displayName": "T", "claims": []})
    api = {"name": "A", "identifier": "urn:a", "scopes": [{"name": "tiers"}]}
    assert code(asgardeo.post("/api-resources", json=api)) == (400, "API-RESOURCE-60009")
    assert asgardeo.put("/oidc/scopes/tiers", json={"displayName": "T", "claims": ["email"]}).status_code == 200
    assert asgardeo.delete("/oidc/scopes/tiers").status_code == 204
    assert asgardeo.post("/api-resources", json=api).status_code == 201
