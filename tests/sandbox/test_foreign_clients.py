"""Two clients that were written for the real platform lead their whole lives against the sandbox.

Neither knows anything of it. Each checks the exact status of every answer and reads what it needs, as the programs do
that it stands for: the vendor's own library for Go, and the Terraform provider of the community.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

MACHINE, BROWSER, SERVER, PHONE = (
    "m2m-application",
    "6a90e4b0-fbff-42d7-bfde-1efd98f07cd7",
    "b9c5e11e-fc78-484b-9bec-015d247561b8",
    "mobile-application",
)
OIDC_DIALECT = "aHR0cDovL3dzbzIub3JnL29pZGMvY2xhaW0"
CREDENTIALS = ("sandbox-management", "sandbox-secret")
MANAGED = [
    *(f"internal_application_mgt_{verb}" for verb in ("create", "view", "update", "delete")),
    "internal_org_application_mgt_client_secret_view",
    "internal_api_resource_view",
    "internal_application_internal_api_update",
    "internal_application_business_api_update",
]


class VendorsLibrary:
    """What the library for Go sends and reads: a token for SYSTEM, exact statuses, types told by template ids."""

    def __init__(self, tenant: str) -> None:
        form = {"grant_type": "client_credentials", "scope": "SYSTEM"}
        answer = httpx.post(f"{tenant}/oauth2/token", data=form, auth=CREDENTIALS)
        assert answer.status_code == 200
        self._base = f"{tenant}/api/server/v1"
        self._headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def send(self, method: str, path: str, status: int, json: Any = None, **query: str) -> Any:
        """Send a request that must be answered in exactly this way; a body is read only if it says that it is JSON."""
        answer = httpx.request(method, self._base + path, json=json, params=query, headers=self._headers)
        assert answer.status_code == status, answer.text
        return answer.json() if "json" in answer.headers.get("Content-Type", "") else answer

    def make(self, name: str, template: str, oidc: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Make an application, and read what its type has: a public one has no use for a secret."""
        body = {
            "name": name,
            "templateId": template,
            "associatedRoles": {"allowedAudience": "APPLICATION", "roles": []},
            "authenticationSequence": {"type": "DEFAULT"},
            "inboundProtocolConfiguration": {"oidc": oidc},
            **more,
        }
        location = self.send("POST", "/applications", 201, body).headers["Location"]
        id_ = urlsplit(location).path.rpartition("/")[2]
        if oidc["publicClient"]:
            return {"id": id_, "clientId": self.send("GET", f"/applications/{id_}", 200)["clientId"]}
        document = self.send("GET", f"/applications/{id_}/inbound-protocols/oidc", 200)
        return {"id": id_, "clientId": document["clientId"], "clientSecret": document["clientSecret"]}

    def find(self, attribute: str, value: str, attributes: str) -> dict[str, Any]:
        """Look an application up, and tell its type and its scopes."""
        query = {"filter": f"{attribute} eq {value}", "excludeSystemPortals": "true", "attributes": attributes}
        rows = self.send("GET", "/applications", 200, **query)["applications"]
        row = next(row for row in rows if row[attribute] == value)
        path = f"/applications/{row['id']}"
        application = self.send("GET", path, 200)
        document = self.send("GET", f"{path}/inbound-protocols/oidc", 200)
        authorized = self.send("GET", f"{path}/authorized-apis", 200)
        scopes = [scope["name"] for api in authorized for scope in api["authorizedScopes"]]
        if application["templateId"] != MACHINE:
            scopes = self._oidc_scopes(application["claimConfiguration"]["requestedClaims"]) + scopes
        return {**application, "type": application["templateId"], "scopes": scopes, "oidc": document}

    def _oidc_scopes(self, requested: list[dict[str, Any]]) -> list[str]:
        """The scopes of OpenID Connect that carry the requested claims."""
        scopes = self.send("GET", "/oidc/scopes", 200)
        claims = self.send("GET", f"/claim-dialects/{OIDC_DIALECT}/claims", 200)
        names = {claim["mappedLocalClaimURI"]: claim["claimURI"] for claim in claims}
        wanted = {names[one["claim"]["uri"]] for one in requested if one["claim"]["uri"] in names}
        found = {scope["name"] for scope in scopes if wanted & set(scope["claims"])}
        return ["openid", *sorted(found - {"openid"})]


def test_the_vendors_library_leads_a_machine(sandbox: Sandbox) -> None:
    """From an API to a token: it authorises by 200 alone, and finds the application again by name and client id."""
    library = VendorsLibrary(f"{sandbox.url}/t/sandbox")
    body = {"name": "Orders", "identifier": "https://orders", "scopes": [{"name": "orders:read"}]}
    api = library.send("POST", "/api-resources", 201, body)
    rows = library.send("GET", "/api-resources", 200, filter="identifier eq https://orders")["apiResources"]
    assert rows[0]["id"] == api["id"], "it takes the first one that it is shown"
    assert library.send("GET", f"/api-resources/{api['id']}", 200)["scopes"][0]["name"] == "orders:read"
    made = library.make("My machine", MACHINE, {"grantTypes": ["client_credentials"], "publicClient": False})
    authorization = {"id": api["id"], "policyIdentifier": "RBAC", "scopes": ["orders:read"]}
    library.send("POST", f"/applications/{made['id']}/authorized-apis", 200, authorization)
    by_name = library.find("name", "My machine", "templateId,clientId")
    by_client = library.find("clientId", made["clientId"], "templateId,clientId,")
    assert by_name == by_client
    assert (by_name["type"], by_name["scopes"]) == (MACHINE, ["orders:read"])
    assert by_name["oidc"]["clientSecret"] == made["clientSecret"]
    form = {"grant_type": "client_credentials", "scope": "orders:read"}
    auth = (made["clientId"], made["clientSecret"])
    token = httpx.post(f"{sandbox.url}/t/sandbox/oauth2/token", data=form, auth=auth).json()
    assert (token["scope"], token["access_token"].count(".")) == ("orders:read", 0), "opaque, as it asked for no other"


def test_the_vendors_library_leads_an_application_of_each_kind_for_people(sandbox: Sandbox) -> None:
    """It tells them apart when it reads them, and changes one by what it has read of it."""
    library = VendorsLibrary(f"{sandbox.url}/t/sandbox")
    login = [{"claim": {"uri": "http://wso2.org/claims/username"}}, {"claim": {"uri": "http://wso2.org/claims/mobile"}}]
    basic = {"type": "DEFAULT", "steps": [{"id": 1, "options": [{"idp": "LOCAL", "authenticator": "basic"}]}]}
    more = {
        "advancedConfigurations": {
            "discoverableByEndUsers": False,
            "skipLogoutConsent": True,
            "skipLoginConsent": True,
        },
        "authenticationSequence": basic,
        "claimConfiguration": {"dialect": "LOCAL", "requestedClaims": login},
    }
    for name, template, public in (("browser", BROWSER, True), ("phone", PHONE, True), ("server", SERVER, False)):
        oidc = {
            "grantTypes": ["authorization_code", "refresh_token"],
            "callbackURLs": [f"https://{name}.example/cb"],
            "allowedOrigins": [] if name == "phone" else [f"https://{name}.example"],
            "publicClient": public,
            "pkce": {"mandatory": public, "supportPlainTransformAlgorithm": False},
            "accessToken": {"type": "JWT", "bindingType": "cookie", "revokeTokensWhenIDPSessionTerminated": True},
            "refreshToken": {"expiryInSeconds": 86400, "renewRefreshToken": True},
        }
        made = library.make(name, template, oidc, **more)
        found = library.find("name", name, "templateId,clientId")
        assert (found["type"], found["scopes"]) == (template, ["openid", "phone", "profile"])
        assert found["clientId"] == made["clientId"]
    path = f"/applications/{found['id']}"
    changed = {
        **found["oidc"],
        "callbackURLs": ["regexp=(https://a|https://b)"],
        "logout": {"frontChannelLogoutUrl": "x"},
    }
    library.send("PUT", f"{path}/inbound-protocols/oidc", 200, changed)
    library.send("PATCH", path, 200, {"name": "renamed", "description": "d", "logoutReturnUrl": "https://out"})
    library.send("PATCH", path, 200, {"claimConfiguration": {"dialect": "LOCAL", "requestedClaims": login[:1]}})
    after = library.find("name", "renamed", "templateId,clientId")
    assert (after["description"], after["logoutReturnUrl"]) == ("d", "https://out")
    assert after["scopes"] == ["openid", "profile"]
    assert after["oidc"]["callbackURLs"] == ["regexp=(https://a|https://b)"]
    assert after["oidc"]["logout"]["frontChannelLogoutUrl"] == "x"
    page = library.send("GET", "/applications", 200, limit="2", offset="0", excludeSystemPortals="true")
    assert (page["count"], page["totalResults"]) == (2, 3)
    local = library.send("GET", "/claim-dialects/local/claims", 200, **{"exclude-hidden-claims": "true"})
    assert all(claim["claimURI"] and claim["description"] for claim in local)


class Peer:
    """What the Terraform provider sends and reads: its own scopes, the secret by the organisation's path."""

    def __init__(self, host: str, organization: str) -> None:
        self._base = f"{host}/t/{organization}/api/server/v1"
        form = {"grant_type": "client_credentials", "scope": " ".join(MANAGED)}
        answer = httpx.post(f"{host}/t/{organization}/oauth2/token", data=form, auth=CREDENTIALS)
        assert set(answer.json()["scope"].split()) == set(MANAGED)
        assert answer.json()["expires_in"] > 60
        self._headers = {
            "Authorization": f"Bearer {answer.json()['access_token']}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        }

    def send(self, method: str, path: str, json: Any = None, *, below: bool = False) -> httpx.Response:
        """Send a request, with a content type even where there is nothing in it."""
        base = self._base.replace("/api/server/v1", "/o/api/server/v1", 1) if below else self._base
        return httpx.request(method, base + path, json=json, headers=self._headers)

    def read(self, id: str) -> dict[str, Any] | None:
        """An application with its OpenID Connect document and its secret; None when it is gone."""
        application = self.send("GET", f"/applications/{id}")
        if application.status_code == 404:
            return None
        assert application.status_code == 200
        document = self.send("GET", f"/applications/{id}/inbound-protocols/oidc", below=True)
        assert document.status_code in (200, 404)
        return {**application.json(), "oidc": document.json() if document.status_code == 200 else None}

    def create(self, body: dict[str, Any]) -> dict[str, Any]:
        """POST, then read."""
        answer = self.send("POST", "/applications", body)
        assert answer.status_code == 201, answer.text
        parts = urlsplit(answer.headers["Location"]).path.split("/")
        found = self.read(parts[parts.index("applications") + 1])
        assert found is not None
        return found

    def update(self, id: str, change: dict[str, Any], oidc: dict[str, Any]) -> dict[str, Any]:
        """PATCH, then PUT of a document made afresh; its answer has no body, so it is read."""
        assert self.send("PATCH", f"/applications/{id}", change).status_code == 200
        answer = self.send("PUT", f"/applications/{id}/inbound-protocols/oidc", oidc)
        assert (answer.status_code, answer.content) == (200, b"")
        found = self.read(id)
        assert found is not None
        return found

    def api(self, identifier: str) -> str:
        """The id of an API by its identifier, among what the first page shows."""
        answer = self.send("GET", "/api-resources?filter=identifier+eq+" + identifier.replace("/", "%2F"))
        assert answer.status_code == 200
        (match,) = [row for row in answer.json()["apiResources"] if row["identifier"] == identifier]
        return str(match["id"])

    def authorized(self, application: str, api: str) -> dict[str, Any] | None:
        """What an application is authorised for of an API."""
        rows = self.send("GET", f"/applications/{application}/authorized-apis").json()
        return next((row for row in rows if row["id"] == api), None)


def test_the_peer_leads_an_application_through_its_life(sandbox: Sandbox) -> None:
    """What it does not send is never drift for it; what its fresh document leaves out is lost."""
    peer = Peer(sandbox.url, "sandbox")
    oidc: dict[str, Any] = {
        "grantTypes": ["authorization_code", "refresh_token"],
        "callbackURLs": ["regexp=(https://a/cb|https://b/cb)"],
        "allowedOrigins": ["https://b", "https://a"],
        "pkce": {"mandatory": True, "supportPlainTransformAlgorithm": False},
        "accessToken": {"type": "JWT", "userAccessTokenExpiryInSeconds": 900},
        "refreshToken": {"expiryInSeconds": 7200, "renewRefreshToken": True},
        "idToken": {"audience": ["extra"]},
    }
    body = {
        "name": "peer",
        "description": "made",
        "logoutReturnUrl": "https://out",
        "applicationEnabled": True,
        "templateId": "custom-application-oidc",
        "inboundProtocolConfiguration": {"oidc": oidc},
        "advancedConfigurations": {"skipLoginConsent": True, "enableAPIBasedAuthentication": True},
        "claimConfiguration": {
            "dialect": "LOCAL",
            "requestedClaims": [{"claim": {"uri": "http://wso2.org/claims/emailaddress"}, "mandatory": True}],
        },
    }
    made = peer.create(body)
    assert (made["name"], made["description"], made["applicationEnabled"]) == ("peer", "made", True)
    assert "logoutReturnUrl" not in made, "taken and dropped"
    assert made["advancedConfigurations"]["skipLoginConsent"] is True
    assert made["claimConfiguration"]["requestedClaims"] == body["claimConfiguration"]["requestedClaims"]  # type: ignore[index]
    shown = made["oidc"]
    assert shown["clientSecret"], "what the path below and the twin of the scope are for"
    assert {key: shown[key] for key in ("callbackURLs", "allowedOrigins", "pkce")} == {
        key: oidc[key] for key in ("callbackURLs", "allowedOrigins", "pkce")
    }
    assert peer.read(made["id"]) == made, "a second look finds no drift"
    assert peer.send("GET", f"/applications/{made['id']}/inbound-protocols/saml").status_code == 404

    fresh = {key: oidc[key] for key in ("grantTypes", "callbackURLs", "accessToken")}
    change = {"name": "peer-2", "logoutReturnUrl": "https://out", "applicationEnabled": False}
    after = peer.update(made["id"], change, {**fresh, "clientId": shown["clientId"]})
    assert (after["name"], after["logoutReturnUrl"], after["applicationEnabled"]) == ("peer-2", "https://out", False)
    assert after["description"] == "made"
    assert after["oidc"]["clientSecret"] == shown["clientSecret"]
    assert (after["oidc"]["idToken"]["audience"], after["oidc"]["pkce"]["mandatory"]) == ([], False)
    (listed,) = [
        row for row in peer.send("GET", "/applications?limit=100").json()["applications"] if row["id"] == made["id"]
    ]
    assert (listed["name"], listed["access"]) == ("peer-2", "WRITE")

    assert [peer.send("DELETE", f"/applications/{made['id']}").status_code for _ in range(2)] == [204, 204]
    assert peer.read(made["id"]) is None


def test_the_peer_authorises_apis_of_both_kinds(sandbox: Sandbox, api: dict[str, Any]) -> None:
    """One of the organisation's own and one of the platform's, each found by its identifier."""
    peer = Peer(sandbox.url, "sandbox")
    body = {"name": "peer", "inboundProtocolConfiguration": {"oidc": {"grantTypes": ["client_credentials"]}}}
    application = peer.create(body)["id"]
    path = f"/applications/{application}/authorized-apis"
    for identifier, first, second, kind in (
        ("urn:orders", "o:r", "o:w", "BUSINESS"),
        ("/scim2/Users", "internal_user_mgt_view", "internal_user_mgt_list", "TENANT"),
    ):
        id_ = peer.api(identifier)
        created = peer.send("POST", path, {"id": id_, "policyIdentifier": "RBAC", "scopes": [first]})
        assert created.status_code == 200
        row = peer.authorized(application, id_)
        assert row is not None
        assert (row["identifier"], row["policyId"], row["type"]) == (identifier, "RBAC", kind)
        assert [scope["name"] for scope in row["authorizedScopes"]] == [first]
        change = {"addedScopes": [second], "removedScopes": [first]}
        assert peer.send("PATCH", f"{path}/{id_}", change).status_code == 200
        row = peer.authorized(application, id_)
        assert row is not None
        assert [scope["name"] for scope in row["authorizedScopes"]] == [second]
        assert [peer.send("DELETE", f"{path}/{id_}").status_code for _ in range(2)] == [204, 204]
        assert peer.authorized(application, id_) is None
    assert api["id"] == peer.api("urn:orders")


def test_the_peer_leads_a_saml_application(sandbox: Sandbox) -> None:
    """Made whole, read in the other form, and without an OpenID Connect document."""
    peer = Peer(sandbox.url, "sandbox")
    saml = {"issuer": "urn:sp", "assertionConsumerUrls": ["https://sp/acs"], "responseSigning": {"enabled": True}}
    body = {"name": "sp", "inboundProtocolConfiguration": {"saml": {"manualConfiguration": saml}}}
    made = peer.create(body)
    assert made["oidc"] is None
    assert made["inboundProtocols"][0]["type"] == "samlsso"
    assert peer.send("GET", f"/applications/{made['id']}/inbound-protocols/saml").json()["issuer"] == "urn:sp"
