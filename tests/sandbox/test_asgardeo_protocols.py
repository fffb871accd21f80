"""The protocols that an application speaks: their documents, and what a client needs to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from tests.sandbox.conftest import ABSENT, code, made

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

SAML: dict[str, Any] = {
    "issuer": "urn:saml",
    "assertionConsumerUrls": ["https://s/acs", "https://s/other"],
    "singleSignOnProfile": {"bindings": ["HTTP_POST", "HTTP_REDIRECT", "ARTIFACT"]},
}


def test_an_oidc_document_can_be_sent_back_as_it_was_read(asgardeo: httpx.Client, application: str) -> None:
    """With its state and its secret; so does the vendor's own library."""
    path = f"/applications/{application}/inbound-protocols/oidc"
    document = asgardeo.get(path).json()
    assert document["state"] == "ACTIVE"
    answer = asgardeo.put(path, json=document)
    assert (answer.status_code, answer.content) == (200, b"")
    assert asgardeo.get(path).json() == document
    assert code(asgardeo.put(path, json={**document, "clientSecretExpiresAt": 5})) == (400, "OAUTH-60001")
    assert code(asgardeo.put(path, json={**document, "grantTypes": None})) == (400, "UE-10000")
    assert code(asgardeo.put(path, json={**document, "nonsense": 1})) == (400, "UE-10000")
    without_id = {key: value for key, value in document.items() if key != "clientId"}
    assert code(asgardeo.put(path, json=without_id)) == (400, "OAUTH-60001")


def test_the_server_puts_some_settings_right(asgardeo: httpx.Client, application: str) -> None:
    """A lifetime of nothing becomes the default one, the grace of refresh tokens is cut; lists keep their order."""
    path = f"/applications/{application}/inbound-protocols/oidc"
    sent = {
        "clientId": asgardeo.get(path).json()["clientId"],
        "grantTypes": ["refresh_token", "client_credentials"],
        "callbackURLs": [""],
        "allowedOrigins": ["https://b.example", "https://a.example"],
        "accessToken": {
            "userAccessTokenExpiryInSeconds": 0,
            "accessTokenAttributes": ["email", "address"],
            "bindingType": "certificate",
        },
        "refreshToken": {
            "gracefulRefreshTokenRotationValidityPeriod": 600,
            "gracefulRefreshTokenReuseLimit": 50,
        },
        "isFAPIApplication": True,
    }
    assert asgardeo.put(path, json=sent).status_code == 200
    found = asgardeo.get(path).json()
    assert found["accessToken"]["userAccessTokenExpiryInSeconds"] == 3600
    assert found["refreshToken"]["gracefulRefreshTokenRotationValidityPeriod"] == 60
    assert found["refreshToken"]["gracefulRefreshTokenReuseLimit"] == 5
    assert (found["callbackURLs"], found["fapiProfile"]) == ([], "FAPI1_ADVANCED")
    assert found["grantTypes"] == sent["grantTypes"]
    assert found["allowedOrigins"] == sent["allowedOrigins"]


def test_the_encryption_of_request_objects_cannot_be_switched_off(asgardeo: httpx.Client, application: str) -> None:
    """It has an algorithm and a method alone; what else is sent for it is an unknown member."""
    path = f"/applications/{application}/inbound-protocols/oidc"
    document = asgardeo.get(path).json()
    del document["state"]
    assert set(document["requestObject"]["encryption"]) == {"algorithm", "method"}
    document["requestObject"]["encryption"]["enabled"] = False
    refused = asgardeo.put(path, json=document)
    assert (refused.status_code, refused.json()["code"]) == (400, "UE-10000")


def test_a_revoked_client_gets_no_token_until_its_secret_is_made_anew(
    sandbox: Sandbox, asgardeo: httpx.Client, application: str
) -> None:
    """The old secret is dead at once, and so is every token."""
    path = f"/applications/{application}/inbound-protocols/oidc"
    first = asgardeo.get(path).json()
    oauth = f"{sandbox.url}/t/sandbox/oauth2"

    def asked(client: dict[str, Any]) -> httpx.Response:
        auth = (client["clientId"], client["clientSecret"])
        return httpx.post(f"{oauth}/token", data={"grant_type": "client_credentials"}, auth=auth)

    token = asked(first).json()["access_token"]
    assert asgardeo.post(f"{path}/revoke").status_code == 200
    assert asgardeo.get(path).json()["state"] == "REVOKED"
    assert asked(first).status_code == 401
    second = asgardeo.post(f"{path}/regenerate-secret").json()
    assert (second["state"], second["clientId"]) == ("ACTIVE", first["clientId"])
    assert [asked(client).status_code for client in (first, second)] == [401, 200]
    auth = (second["clientId"], second["clientSecret"])
    assert httpx.post(f"{oauth}/introspect", data={"token": token}, auth=auth).json() == {"active": False}


def test_an_opaque_token_is_given_out_again_as_long_as_it_is_good(
    sandbox: Sandbox, asgardeo: httpx.Client, api: dict[str, Any]
) -> None:
    """With less time left, and with the scopes that it had: one authorised a moment ago is not in it."""
    oidc = {"grantTypes": ["client_credentials"], "accessToken": {"applicationAccessTokenExpiryInSeconds": 100}}
    body = {"name": "opaque", "inboundProtocolConfiguration": {"oidc": oidc}}
    application = made(asgardeo.post("/applications", json=body))
    client = asgardeo.get(f"/applications/{application}/inbound-protocols/oidc").json()
    form = {"grant_type": "client_credentials", "scope": "o:r openid internal_login"}
    auth, address = (client["clientId"], client["clientSecret"]), f"{sandbox.url}/t/sandbox/oauth2/token"
    first = httpx.post(address, data=form, auth=auth).json()
    assert "scope" not in first
    for token in sandbox.store.asgardeo["sandbox"].tokens.values():
        token.expires_at -= 30
    asgardeo.post(f"/applications/{application}/authorized-apis", json={"id": api["id"], "scopes": ["o:r"]})
    second = httpx.post(address, data=form, auth=auth).json()
    assert second["access_token"] == first["access_token"]
    assert second["expires_in"] <= first["expires_in"] - 30
    assert "scope" not in second
    assert httpx.post(address, data={**form, "scope": "o:r"}, auth=auth).json()["scope"] == "o:r"


def test_the_protocols_of_an_application_are_listed(asgardeo: httpx.Client, application: str) -> None:
    """By the path with and without a slash at its end; none is known by a friendly name."""
    path = f"/applications/{application}/inbound-protocols"
    self = f"/t/sandbox/api/server/v1{path}/oidc"
    expected = [{"type": "oauth2", "name": None, "self": self}]
    assert asgardeo.get(path).json() == asgardeo.get(f"{path}/").json() == expected
    assert asgardeo.get(f"/applications/{application}").json()["inboundProtocols"] == expected
    for other in ("saml", "passive-sts", "ws-trust"):
        assert code(asgardeo.get(f"{path}/{other}")) == (404, "APP-60502")
    assert code(asgardeo.get(f"{path}/cas")) == (400, "APP-60001")
    assert [asgardeo.delete(f"{path}/oidc").status_code for _ in range(2)] == [204, 204]
    assert asgardeo.delete(f"/applications/{ABSENT}/inbound-protocols/oidc").status_code == 204
    assert code(asgardeo.get(f"/applications/{ABSENT}/inbound-protocols/oidc")) == (404, "APP-60006")
    assert asgardeo.get(path).json() == []
    assert asgardeo.get(f"/applications/{application}").json()["clientId"] == ""
    assert asgardeo.put(f"{path}/oidc", json={"grantTypes": ["client_credentials"]}).status_code == 200
    assert asgardeo.get(f"{path}/oidc").json()["clientId"]


def test_a_saml_document_is_written_in_one_form_and_read_in_another(asgardeo: httpx.Client, application: str) -> None:
    """What is left out has its default; the two bindings cannot be left out; the issuer is unique."""
    path = f"/applications/{application}/inbound-protocols/saml"
    assert asgardeo.put(path, json={"manualConfiguration": SAML}).status_code == 200
    found = asgardeo.get(path).json()
    assert (found["issuer"], found["defaultAssertionConsumerUrl"]) == ("urn:saml", "https://s/acs")
    assert found["singleSignOnProfile"]["bindings"] == ["HTTP_POST", "HTTP_REDIRECT", "ARTIFACT"]
    assert found["singleLogoutProfile"]["logoutMethod"] == "BACKCHANNEL"
    assert asgardeo.get(f"/applications/{application}").json()["issuer"] == "urn:saml"
    one_binding = {**SAML, "singleSignOnProfile": {"bindings": ["HTTP_POST"]}}
    assert code(asgardeo.put(path, json={"manualConfiguration": one_binding})) == (409, "APP-60007")
    twice = {"name": "b", "inboundProtocolConfiguration": {"saml": {"manualConfiguration": SAML}}}
    assert code(asgardeo.post("/applications", json=twice)) == (409, "SAML-60002")
    assert code(asgardeo.put(path, json={"manualConfiguration": {"issuer": "x"}})) == (400, "UE-10000")
    consent = {**twice, "advancedConfigurations": {"useExternalConsentPage": True}}
    assert code(asgardeo.post("/applications", json=consent)) == (400, "APP-60506")
    assert [asgardeo.delete(path).status_code for _ in range(2)] == [204, 204]
    sts = {"realm": "r", "replyTo": "https://r"}
    assert asgardeo.put(path.replace("saml", "passive-sts"), json=sts).status_code == 200
    assert asgardeo.get(f"/applications/{application}").json()["realm"] == "r"
