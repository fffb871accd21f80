"""Identity providers, and the ways to sign in that an application's steps can name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Sandbox
from asgardeo_bijira_sandbox.scenario import Scenario

from tests.sandbox.conftest import ABSENT, code, made, token

if TYPE_CHECKING:
    import httpx

GOOGLE, OIDC = "R29vZ2xlT0lEQ0F1dGhlbnRpY2F0b3I", "T3BlbklEQ29ubmVjdEF1dGhlbnRpY2F0b3I"
OWN = "bXktc2VydmljZQ"
EMAIL = "http://wso2.org/claims/emailaddress"
SERVICE = {"uri": "https://sign.in", "authentication": {"type": "BASIC", "properties": {"username": "u"}}}


def ways(*rows: dict[str, Any], default: str = "") -> dict[str, Any]:
    """The ways to sign in, of a body."""
    return {"defaultAuthenticatorId": default, "authenticators": list(rows)}


def google(*properties: tuple[str, str]) -> dict[str, Any]:
    """One of the platform's."""
    rows = [{"key": key, "value": value} for key, value in properties]
    return {"authenticatorId": GOOGLE, "isEnabled": True, "properties": rows}


@pytest.fixture
def provider(asgardeo: httpx.Client) -> str:
    """A provider with one way to sign in and two groups."""
    authenticators = ways(google(("ClientId", "1"), ("ClientSecret", "hidden")), default=GOOGLE)
    body = {"name": "Google", "federatedAuthenticators": authenticators, "groups": [{"name": "a"}, {"name": "b"}]}
    return made(asgardeo.post("/identity-providers", json=body))


def test_the_life_of_a_provider(asgardeo: httpx.Client, provider: str) -> None:
    """Made, listed, changed in each of its parts, deleted."""
    path = f"/identity-providers/{provider}"
    listed = asgardeo.get("/identity-providers", params={"requiredAttributes": "isPrimary,alias"}).json()
    assert (listed["totalResults"], listed["links"]) == (1, [])
    own = {"id": provider, "name": "Google", "isEnabled": True, "isPrimary": False}
    assert listed["identityProviders"] == [{**own, "self": f"/t/sandbox/api/server/v1{path}"}]
    shown = asgardeo.get(path).json()
    assert shown["federatedAuthenticators"]["defaultAuthenticatorId"] == GOOGLE
    assert shown["federatedAuthenticators"]["authenticators"][0]["tags"] == ["Social-Login", "OIDC"]
    changes = [
        {"operation": "REPLACE", "path": f"/{name}", "value": value}
        for name, value in (("name", "G"), ("isEnabled", "false"))
    ]
    changed = asgardeo.patch(path, json=changes).json()
    assert (changed["name"], changed["isEnabled"]) == ("G", False)
    kept = {group["name"]: group["id"] for group in shown["groups"]}
    groups = asgardeo.put(f"{path}/groups", json=[{"name": "b"}, {"name": "c"}]).json()
    assert [group["name"] for group in groups] == ["b", "c"]
    assert groups[0]["id"] == kept["b"]
    mapping = [{"idpClaim": "mail", "localClaim": {"uri": EMAIL}}]
    claims = asgardeo.put(f"{path}/claims", json={"userIdClaim": {"uri": "mail"}, "mappings": mapping}).json()
    assert claims["mappings"][0]["localClaim"]["displayName"] == "Email"
    assert asgardeo.get(path).json()["claims"] == claims
    jit = asgardeo.put(f"{path}/provisioning/jit", json={"isEnabled": True}).json()
    assert asgardeo.get(f"{path}/provisioning").json()["jit"] == jit
    assert asgardeo.delete(path).status_code == asgardeo.delete(path).status_code == 204
    assert code(asgardeo.get(path)) == (404, "IDP-60002")


def test_the_ways_to_sign_in_at_a_provider(asgardeo: httpx.Client, provider: str) -> None:
    """One is added, made the default and replaced; how one's own service is signed in to is not told."""
    path = f"/identity-providers/{provider}/federated-authenticators"
    assert asgardeo.get(f"{path}/{GOOGLE}").json()["properties"][1] == {"key": "ClientSecret", "value": "hidden"}
    assert code(asgardeo.get(f"{path}/{OIDC}")) == (404, "IDP-60022")
    oidc = {"isEnabled": True, "isDefault": True, "properties": [{"key": "Scopes", "value": "email"}]}
    assert asgardeo.put(f"{path}/{OIDC}", json=oidc).json()["isDefault"] is True
    assert code(asgardeo.put(f"{path}/{OIDC}", json=oidc)) == (400, "IDP-60038"), "an ID token is asked for"
    assert asgardeo.get(path).json()["defaultAuthenticatorId"] == OIDC
    own = {"authenticatorId": OWN, "definedBy": "USER", "isEnabled": True, "endpoint": SERVICE}
    assert asgardeo.put(path, json=ways(own, default=OWN)).status_code == 200
    assert asgardeo.get(f"{path}/{OWN}").json()["endpoint"] == {
        "uri": "https://sign.in",
        "authentication": {"type": "BASIC"},
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "UE-10000")),
        ({"name": "x", "odd": 1}, (400, "UE-10000")),
        ({"name": "Google"}, (409, "IDP-60001")),
        ({"name": "SSO"}, (400, "IDP-65002")),
        ({"name": "x", "certificate": {"certificates": ["***"]}}, (400, "IDP-60036")),
        ({"name": "x", "federatedAuthenticators": ways(google(), default=OIDC)}, (400, "IDP-60027")),
        ({"name": "x", "federatedAuthenticators": ways({"authenticatorId": "***"})}, (400, "IDP-60042")),
        ({"name": "x", "federatedAuthenticators": ways(google(("a", "1"), ("a", "2")))}, (400, "IDP-60025")),
        ({"name": "x", "federatedAuthenticators": ways({**google(), "endpoint": SERVICE})}, (400, "IDP-60039")),
        (
            {"name": "x", "federatedAuthenticators": ways({"authenticatorId": OWN, "definedBy": "USER"})},
            (400, "IDP-60041"),
        ),
        (
            {
                "name": "x",
                "federatedAuthenticators": ways(
                    {"authenticatorId": OWN, "definedBy": "USER", "endpoint": SERVICE}, google()
                ),
            },
            (400, "IDP-60044"),
        ),
    ],
)
@pytest.mark.usefixtures("provider")
def test_a_provider_that_is_refused(asgardeo: httpx.Client, body: dict[str, Any], expected: tuple[int, str]) -> None:
    """Each by the code that the component has for it, and nothing is made."""
    assert code(asgardeo.post("/identity-providers", json=body)) == expected
    assert asgardeo.get("/identity-providers").json()["totalResults"] == 1


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("", [{"operation": "ADD", "path": "/name", "value": "x"}], (400, "IDP-60025")),
        ("", [{"operation": "REPLACE", "path": "/odd", "value": "x"}], (400, "IDP-60025")),
        ("", [{"operation": "REMOVE", "path": "/certificate/jwksUri"}], (404, "IDP-65005")),
        ("", [{"operation": "REPLACE", "path": "/certificate/certificates/0", "value": "YQ=="}], (404, "IDP-65005")),
        ("", {"operation": "REPLACE", "path": "/name", "value": "x"}, (400, "UE-10000")),
        ("/claims", {"userIdClaim": {"uri": "odd"}}, (400, "IDP-60033")),
        (
            "/claims",
            {"roleClaim": {"uri": "odd"}, "mappings": [{"idpClaim": "m", "localClaim": {"uri": EMAIL}}]},
            (400, "IDP-60031"),
        ),
        ("/claims", {"mappings": [{"idpClaim": "m", "localClaim": {"uri": "odd"}}]}, (400, "IDP-60032")),
    ],
)
def test_a_change_that_is_refused(
    asgardeo: httpx.Client, provider: str, path: str, body: Any, expected: tuple[int, str]
) -> None:
    """A change of what there is not, or to what there is not."""
    send = asgardeo.put if path else asgardeo.patch
    assert code(send(f"/identity-providers/{provider}{path}", json=body)) == expected


def test_an_application_names_a_provider(asgardeo: httpx.Client, application: str, provider: str) -> None:
    """Its steps name what there is; a provider that is named stays, and its new name is known to the application."""

    def steps(idp: str, authenticator: str) -> dict[str, Any]:
        step = {"id": 1, "options": [{"idp": idp, "authenticator": authenticator}]}
        return {"authenticationSequence": {"type": "USER_DEFINED", "steps": [step]}}

    path = f"/applications/{application}"
    for idp, authenticator in (("LOCAL", "odd"), ("odd", "odd"), ("Google", "OpenIDConnectAuthenticator")):
        assert code(asgardeo.patch(path, json=steps(idp, authenticator))) == (400, "APP-60001")
    assert asgardeo.patch(path, json=steps("Google", "GoogleOIDCAuthenticator")).status_code == 200
    connected = asgardeo.get(f"/identity-providers/{provider}/connected-apps").json()
    assert [one["appId"] for one in connected["connectedApps"]] == [application]
    assert code(asgardeo.delete(f"/identity-providers/{provider}")) == (400, "IDP-65004")
    asgardeo.patch(f"/identity-providers/{provider}", json=[{"operation": "REPLACE", "path": "/name", "value": "G"}])
    assert asgardeo.get(path).json()["authenticationSequence"]["steps"][0]["options"][0]["idp"] == "G"
    assert asgardeo.delete(f"/identity-providers/{provider}", params={"force": "true"}).status_code == 204
    assert asgardeo.get(path).json()["authenticationSequence"]["steps"] == []


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("name eq Google", ["Google"]),
        ("name sw p", ["FIDOAuthenticator", "push-notification-authenticator"]),
        ("tag eq social-login", ["Google"]),
        ("name sw p and (tag eq passwordless or tag eq odd)", ["FIDOAuthenticator"]),
        ("name co x", (501, "AUT-65005")),
        ("tag sw x", (501, "AUT-65004")),
        ("name eq x and name eq y", (501, "AUT-65006")),
        ("odd eq x", (400, "AUT-60002")),
        ("odd", (400, "AUT-60001")),
    ],
)
@pytest.mark.usefixtures("provider")
def test_a_filter_of_the_ways_to_sign_in(asgardeo: httpx.Client, expression: str, expected: Any) -> None:
    """By one name and any of some tags; the organisation's own go by their titles."""
    answer = asgardeo.get("/authenticators", params={"filter": expression})
    found = [one["name"] for one in answer.json()] if answer.status_code == 200 else code(answer)
    assert found == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"filter": "name sw G and isEnabled eq true"}, 1),
        ({"filter": "isEnabled eq false"}, 0),
        ({"filter": "odd eq 1"}, (400, "IDP-60007")),
        ({"requiredAttributes": "odd"}, (400, "IDP-60009")),
        ({"limit": "-1"}, (400, "UE-10000")),
        ({"offset": "-1"}, (400, "IDP-65003")),
    ],
)
@pytest.mark.usefixtures("provider")
def test_a_query_of_providers(asgardeo: httpx.Client, query: dict[str, str], expected: Any) -> None:
    """By what they are."""
    answer = asgardeo.get("/identity-providers", params=query)
    assert (answer.json()["totalResults"] if answer.status_code == 200 else code(answer)) == expected


def test_a_scope_of_its_own(sandbox: Sandbox, asgardeo: httpx.Client) -> None:
    """Applications and providers are looked at with different scopes."""
    access = token(f"{sandbox.url}/t/sandbox/oauth2/token", "internal_idp_view")
    asgardeo.headers["Authorization"] = f"Bearer {access}"
    assert asgardeo.get("/identity-providers").status_code == 200
    assert asgardeo.get("/authenticators").status_code == 403
    assert asgardeo.delete(f"/identity-providers/{ABSENT}").status_code == 403


@pytest.mark.usefixtures("provider")
def test_the_secret_of_a_way_to_sign_in_is_not_shown_elsewhere(sandbox: Sandbox) -> None:
    """Neither in the ledger nor in the snapshot, although only a value beside a key carries it."""
    seen = json.dumps([exchange.as_json() for exchange in sandbox.ledger], default=str)
    assert "ClientSecret" in seen
    assert "hidden" not in seen + json.dumps(sandbox.store.snapshot())


def test_a_provider_of_the_scenario() -> None:
    """It is there at the start, and so is one that only a group names."""
    seed = {
        "organization": "sandbox",
        "identityProviders": [{"name": "Partner", "authenticator": "SAMLSSOAuthenticator"}],
        "groups": [{"name": "staff", "identityProvider": "Partner"}, {"name": "others", "identityProvider": "Other"}],
    }
    with Sandbox(Scenario.model_validate({"asgardeo": [seed]})) as sandbox:
        providers = sandbox.store.asgardeo["sandbox"].identity_providers.values()
        assert [one.name for one in providers] == ["Partner", "Other"]
        whose = [group.identity_provider for group in sandbox.store.asgardeo["sandbox"].groups.values()]
        assert whose == [one.id for one in providers]
