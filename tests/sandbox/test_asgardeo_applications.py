"""Applications as the server's code treats them: what is refused, what a change does, what a list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.conftest import ABSENT, code, made

if TYPE_CHECKING:
    import httpx

USERNAME, EMAIL = "http://wso2.org/claims/username", "http://wso2.org/claims/emailaddress"


def with_oidc(**settings: Any) -> dict[str, Any]:
    """A body with an OpenID Connect part."""
    return {"name": "b", "inboundProtocolConfiguration": {"oidc": {"grantTypes": [], **settings}}}


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({}, (400, "UE-10000")),
        ({"name": "wso2carbon-local-sp"}, (409, "APP-60007")),
        ({"name": "My Account"}, (400, "APP-60515")),
        ({"name": "b", "enhancedOrgAuthenticationEnabled": True}, (400, "APP-60521")),
        ({"name": "b", "advancedConfigurations": {"discoverableByEndUsers": True}}, (400, "APP-60001")),
        (
            {"name": "b", "advancedConfigurations": {"additionalSpProperties": [{"name": "a", "value": "b"}]}},
            (400, "APP-60506"),
        ),
        ({"name": "b", "authenticationSequence": {"type": "USER_DEFINED"}}, (400, "APP-60001")),
        (
            {
                "name": "b",
                "claimConfiguration": {
                    "subject": {"useMappedLocalSubject": False, "mappedLocalSubjectMandatory": True}
                },
            },
            (400, "APP-60513"),
        ),
        (with_oidc(hybridFlow={"enable": True}), (400, "APP-60517")),
        (with_oidc(hybridFlow={"enable": True, "responseType": "code"}), (400, "APP-60518")),
        (with_oidc(accessToken={"accessTokenAttributes": ["nonsense"]}), (400, "OAUTH-60001")),
        (with_oidc(grantTypes=["implicit"], callbackURLs=[""]), (400, "OAUTH-60001")),
        (with_oidc(callbackURLs=["https://a/#x"]), (400, "OAUTH-60001")),
        (with_oidc(allowedOrigins=["https://*.a.example"]), (400, "APP-60001")),
        (with_oidc(fapiProfile="none"), (400, "UE-10000")),
        (with_oidc(publicClient=True, pkce={"mandatory": True}), (500, "APP-65006")),
    ],
)
def test_what_a_new_application_may_not_be(
    asgardeo: httpx.Client, body: dict[str, Any], refusal: tuple[int, str]
) -> None:
    """Nothing of it is made."""
    assert code(asgardeo.post("/applications", json=body)) == refusal
    assert asgardeo.get("/applications", params={"excludeSystemPortals": True}).json()["totalResults"] == 0


def test_two_things_the_platform_does_not_do(asgardeo: httpx.Client) -> None:
    """Make an application by a template, and take more than one callback; the latter without a code."""
    assert code(asgardeo.post("/applications", params={"template": "x"}, json={"name": "a"})) == (501, "APP-65501")
    several = asgardeo.post("/applications", json=with_oidc(callbackURLs=["https://a", "https://b"]))
    assert (several.status_code, "code" in several.json()) == (501, False)
    assert "regex" in several.json()["description"]
    one = with_oidc(callbackURLs=["regexp=(https://a|https://b)"])
    path = f"/applications/{made(asgardeo.post('/applications', json=one))}/inbound-protocols/oidc"
    assert asgardeo.get(path).json()["callbackURLs"] == ["regexp=(https://a|https://b)"]


def test_a_name_is_taken_in_three_ways(asgardeo: httpx.Client, application: str, api: dict[str, Any]) -> None:
    """With OpenID Connect in the body, without it, and an API that is authorised already: three codes for one 409."""
    assert code(asgardeo.post("/applications", json={**with_oidc(), "name": "app"})) == (409, "OAUTH-60008")
    assert code(asgardeo.post("/applications", json={"name": "app"})) == (409, "APP-60007")
    client = asgardeo.get(f"/applications/{application}").json()["clientId"]
    assert code(asgardeo.post("/applications", json=with_oidc(clientId=client))) == (409, "OAUTH-60008")
    path = f"/applications/{application}/authorized-apis"
    assert [asgardeo.post(path, json={"id": api["id"]}).status_code for _ in range(2)] == [200, 409]
    assert code(asgardeo.post(path, json={"id": api["id"]})) == (409, "APP-60509")


def test_a_change_keeps_what_is_null_and_empties_what_is_empty(asgardeo: httpx.Client, application: str) -> None:
    """Addresses are trimmed; advanced settings are merged, the audience of roles is replaced."""
    path = f"/applications/{application}"
    first = {
        "description": "d",
        "accessUrl": " https://a ",
        "imageUrl": "https://i",
        "applicationVersion": "v2.1.0",
        "advancedConfigurations": {"saas": True},
        "provisioningConfigurations": {"inboundProvisioning": {"proxyMode": True}},
        "associatedRoles": {"allowedAudience": "APPLICATION", "roles": []},
    }
    assert asgardeo.patch(path, json=first).status_code == 200
    changes = {"description": None, "accessUrl": None, "imageUrl": "", "advancedConfigurations": {"saas": None}}
    answer = asgardeo.patch(path, json={**changes, "applicationEnabled": False})
    assert (answer.status_code, answer.content) == (200, b"")
    found = asgardeo.get(path).json()
    assert (found["description"], found["accessUrl"], found["imageUrl"]) == ("d", "https://a", "")
    assert (found["applicationVersion"], found["applicationEnabled"]) == ("v2.1.0", False)
    assert found["advancedConfigurations"]["saas"] is True
    assert found["provisioningConfigurations"] == {"inboundProvisioning": {"proxyMode": True}}
    assert found["associatedRoles"] == {"allowedAudience": "APPLICATION", "roles": []}
    assert code(asgardeo.patch(path, json={"isManagementApp": True})) == (400, "UE-10000")
    assert code(asgardeo.patch(f"/applications/{ABSENT}", json={})) == (404, "APP-60006")


def test_renaming_has_its_own_refusals(asgardeo: httpx.Client, application: str) -> None:
    """A taken name, a portal's name, the resident application's name; its own name is none."""
    asgardeo.post("/applications", json={"name": "taken"})
    path = f"/applications/{application}"
    assert code(asgardeo.patch(path, json={"name": "taken"})) == (409, "APP-60007")
    assert code(asgardeo.patch(path, json={"name": "Console"})) == (400, "APP-60516")
    assert code(asgardeo.patch(path, json={"name": "wso2carbon-local-sp"})) == (403, "APP-60008")
    assert code(asgardeo.patch(path, json={"name": "a@b"})) == (400, "APP-60001")
    assert [asgardeo.patch(path, json={"name": name}).status_code for name in ("app", "new")] == [200, 200]
    assert asgardeo.get(path).json()["name"] == "new"


def test_requested_claims_are_mapped_to_themselves_or_lost(asgardeo: httpx.Client, application: str) -> None:
    """Leaving them out empties them; with mappings of its own an application gets no claim that is not among them."""
    path = f"/applications/{application}"

    def claims(**sent: Any) -> tuple[list[str], list[str]]:
        assert asgardeo.patch(path, json={"claimConfiguration": sent}).status_code == 200
        found = asgardeo.get(path).json()["claimConfiguration"]
        mapped = [one["applicationClaim"] for one in found["claimMappings"]]
        return mapped, [one["claim"]["uri"] for one in found["requestedClaims"]]

    requested = [{"claim": {"uri": USERNAME}}, {"claim": {"uri": EMAIL}, "mandatory": True}]
    assert claims(requestedClaims=requested) == ([USERNAME, EMAIL], [USERNAME, EMAIL])
    mapping = [{"applicationClaim": USERNAME, "localClaim": {"uri": USERNAME}}]
    assert claims(claimMappings=mapping, requestedClaims=requested) == ([USERNAME], [USERNAME])
    own = [{"applicationClaim": "mail", "localClaim": {"uri": EMAIL}}]
    asked = [{"claim": {"uri": "mail"}}, {"claim": {"uri": EMAIL}}]
    assert claims(dialect="CUSTOM", claimMappings=own, requestedClaims=asked) == (["mail"], ["mail"])
    assert claims(subject={"includeUserDomain": True}) == ([], [])
    asgardeo.patch(path, json={"claimConfiguration": {"subject": {"includeTenantDomain": True}}})
    subject = asgardeo.get(path).json()["claimConfiguration"]["subject"]
    assert subject["includeUserDomain"], "the rest of a group stays"
    assert subject["includeTenantDomain"]


def test_how_users_sign_in(asgardeo: httpx.Client, application: str) -> None:
    """The default shows the steps in effect whatever was sent; one's own steps must follow each other."""
    path = f"/applications/{application}"
    step = {"id": 1, "options": [{"idp": "LOCAL", "authenticator": "totp"}]}
    asgardeo.patch(path, json={"authenticationSequence": {"type": "DEFAULT", "steps": [step]}})
    shown = asgardeo.get(path).json()["authenticationSequence"]
    assert shown["steps"][0]["options"][0]["authenticator"] == "BasicAuthenticator"
    gap = {"type": "USER_DEFINED", "steps": [step, {**step, "id": 3}]}
    assert code(asgardeo.patch(path, json={"authenticationSequence": gap})) == (400, "APP-60001")
    own = {"type": "USER_DEFINED", "steps": [{**step, "id": 2}, step], "subjectStepId": 9}
    assert asgardeo.patch(path, json={"authenticationSequence": own}).status_code == 200
    found = asgardeo.get(path).json()["authenticationSequence"]
    assert ([one["id"] for one in found["steps"]], found["subjectStepId"]) == ([1, 2], 1)
    listed = asgardeo.get(f"{path}/authenticators").json()
    assert listed[0] == {
        "stepId": 1,
        "localAuthenticators": [{"name": "LOCAL", "type": "totp"}],
        "federatedAuthenticators": [],
    }
    assert asgardeo.put(f"{path}/authenticationSequence/script", json={"script": "x"}).status_code == 200
    assert asgardeo.get(path).json()["authenticationSequence"]["script"] == "x"


def test_roles_of_the_organisation_cannot_be_associated_by_a_change(asgardeo: httpx.Client, application: str) -> None:
    """What counts is whose roles the application has, not whose it is to have."""
    path = f"/applications/{application}"
    roles = {"allowedAudience": "APPLICATION", "roles": [{"id": ABSENT}]}
    assert code(asgardeo.patch(path, json={"associatedRoles": roles})) == (403, "APP-60008")
    assert asgardeo.patch(path, json={"associatedRoles": {**roles, "roles": []}}).status_code == 200


def test_portals_are_shown_and_not_changed(asgardeo: httpx.Client, api: dict[str, Any]) -> None:
    """By every verb; to delete what is not there is no failure, to delete a portal is."""
    (row,) = asgardeo.get("/applications", params={"filter": "name eq Console"}).json()["applications"]
    path = f"/applications/{row['id']}"
    found = asgardeo.get(path).json()
    assert (found["access"], found["clientId"], row["access"]) == ("READ", "CONSOLE", "READ")
    oidc = asgardeo.get(f"{path}/inbound-protocols/oidc").json()
    assert asgardeo.get(f"{path}/authorized-apis").json() == []
    answers = [
        asgardeo.patch(path, json={"description": "x"}),
        asgardeo.delete(path),
        asgardeo.put(f"{path}/inbound-protocols/oidc", json=oidc),
        asgardeo.delete(f"{path}/inbound-protocols/oidc"),
        asgardeo.post(f"{path}/inbound-protocols/oidc/regenerate-secret"),
        asgardeo.post(f"{path}/authorized-apis", json={"id": api["id"]}),
    ]
    assert {code(answer) for answer in answers} == {(403, "APP-60008")}


def test_filters_of_applications(asgardeo: httpx.Client, application: str) -> None:
    """`and` binds closer than `or`; values need no quotes; each mistake has one code."""
    saml = {"saml": {"manualConfiguration": {"issuer": "urn:saml", "assertionConsumerUrls": ["https://s"]}}}
    asgardeo.post("/applications", json={"name": "Second app", "inboundProtocolConfiguration": saml})
    client = asgardeo.get(f"/applications/{application}").json()["clientId"]

    def found(expression: str) -> list[str]:
        query = {"filter": expression, "excludeSystemPortals": "true"}
        return [row["name"] for row in asgardeo.get("/applications", params=query).json()["applications"]]

    assert found("name eq Second app") == ["Second app"]
    assert found('name eq "app"') == ["app"]
    assert found("name sw Sec") == ["Second app"]
    assert found("name ew app") == ["app", "Second app"]
    assert found(f"clientId eq {client}") == ["app"]
    assert found("issuer eq urn:saml") == ["Second app"], "the issuer of an application is its SAML issuer"
    assert found("name eq app or name co cond") == ["app", "Second app"]
    assert found("name eq app and clientId eq x or issuer sw urn") == ["Second app"]
    for expression in ("name ne app", "name", "id eq x", "name eq app or x eq y"):
        assert code(asgardeo.get("/applications", params={"filter": expression})) == (400, "APP-60004"), expression


def test_a_list_shows_what_is_asked_for(asgardeo: httpx.Client, application: str) -> None:
    """Also what the filter speaks of; an unknown member is refused, one comma too many is not."""
    plain = asgardeo.get("/applications", params={"filter": "name eq app"}).json()["applications"][0]
    assert not {"clientId", "templateId", "advancedConfigurations"} & set(plain)
    every = (
        "advancedConfigurations,templateId,templateVersion,clientId,issuer,applicationEnabled,"
        "associatedRoles.allowedAudience,"
    )
    query = {"filter": "name eq app", "attributes": every}
    row = asgardeo.get("/applications", params=query).json()["applications"][0]
    assert (row["templateId"], row["applicationEnabled"], row["issuer"]) == ("m2m-application", True, "")
    assert row["associatedRoles"] == {"allowedAudience": "ORGANIZATION"}
    assert row["advancedConfigurations"]["saas"] is False
    by_client = asgardeo.get("/applications", params={"filter": f"clientId eq {row['clientId']}"}).json()
    assert by_client["applications"][0]["clientId"] == row["clientId"]
    assert code(asgardeo.get("/applications", params={"attributes": "clientId,name"})) == (400, "APP-60505")
    for query in ({"sortBy": "name"}, {"sortOrder": "ASC"}):
        assert code(asgardeo.get("/applications", params=query)) == (501, "APP-65002")


def test_pages_of_applications_lead_there_and_back(asgardeo: httpx.Client) -> None:
    """By relative links; a page is cut at 100 without a word, and a page before the first is none."""
    for number in range(101):
        asgardeo.post("/applications", json={"name": f"a{number}" if number < 5 else f"b{number}"})
    cut = asgardeo.get("/applications", params={"limit": 500}).json()
    assert (cut["count"], cut["totalResults"]) == (100, 103)
    assert cut["links"][0]["href"].endswith("offset=100&limit=100")
    query: dict[str, Any] = {"filter": "name sw a", "attributes": "clientId", "limit": 2}
    first = asgardeo.get("/applications", params=query).json()
    assert (first["startIndex"], first["count"], first["totalResults"]) == (1, 2, 5)
    base = "/t/sandbox/api/server/v1/applications"
    rest = "&attributes=clientId&filter=name+sw+a"
    assert first["links"] == [{"rel": "next", "href": f"{base}?offset=2&limit=2{rest}"}]
    host = str(asgardeo.base_url).partition("/t/")[0]
    second = asgardeo.get(host + first["links"][0]["href"]).json()
    assert [row["name"] for row in second["applications"]] == ["a2", "a3"]
    assert {one["rel"]: one["href"] for one in second["links"]} == {
        "next": f"{base}?offset=4&limit=2{rest}",
        "previous": f"{base}?offset=0&limit=2{rest}",
    }
    shorter = asgardeo.get("/applications", params={**query, "offset": 1}).json()["links"][-1]
    assert shorter == {"rel": "previous", "href": f"{base}?offset=0&limit=1{rest}"}
    assert asgardeo.get("/applications", params={"offset": -1}).json()["startIndex"] == 1
    assert code(asgardeo.get("/applications", params={"limit": 0})) == (400, "UE-10000")


def test_authorising_meets_the_mistakes_in_the_servers_order(
    asgardeo: httpx.Client, api: dict[str, Any], application: str
) -> None:
    """And a scope that is to be added and removed is removed, one that is unknown can be removed."""
    path = f"/applications/{application}/authorized-apis"
    body = {"id": api["id"], "policyIdentifier": "No Policy", "scopes": ["o:x"]}
    assert code(asgardeo.post(path, json={})) == (400, "APP-60507")
    assert code(asgardeo.post(path, json=body)) == (400, "APP-60508")
    assert code(asgardeo.post(path, json={**body, "scopes": None})) == (400, "APP-60512")
    assert code(asgardeo.post(path, json={**body, "scopes": [], "policyIdentifier": "x"})) == (400, "APP-60511")
    assert asgardeo.post(path, json={"id": api["id"], "policyIdentifier": "", "scopes": ["o:r"]}).status_code == 200
    both = {"addedScopes": ["o:r", "o:w"], "removedScopes": ["o:r", "unknown"]}
    assert asgardeo.patch(f"{path}/{api['id']}", json=both).status_code == 200
    (row,) = asgardeo.get(path).json()
    assert (row["policyId"], [one["name"] for one in row["authorizedScopes"]]) == ("RBAC", ["o:w"])
    open_api = {"name": "Open", "identifier": "urn:open", "requiresAuthorization": False}
    open_id = asgardeo.post("/api-resources", json=open_api).json()["id"]
    assert asgardeo.post(path, json={"id": open_id, "policyIdentifier": "no policy"}).status_code == 200
    policies = {row["identifier"]: row["policyId"] for row in asgardeo.get(path).json()}
    assert policies == {"urn:orders": "RBAC", "urn:open": "NO POLICY"}
    assert [asgardeo.delete(f"{path}/{open_id}").status_code for _ in range(2)] == [204, 204]
    assert code(asgardeo.get(f"/applications/{ABSENT}/authorized-apis")) == (404, "APP-60006")


def test_a_login_flow_is_generated_that_an_application_takes(asgardeo: httpx.Client, application: str) -> None:
    """What a client that asks for one goes through, to its end."""
    available = {"local": [{"idp": "LOCAL", "name": "BasicAuthenticator", "description": "a name and a password"}]}
    wish = {"user_query": "a password", "user_claims": [], "available_authenticators": available}
    begun = asgardeo.post("/applications/loginflow/generate", json=wish)
    assert begun.status_code == 202
    operation = begun.json()["operation_id"]
    status = asgardeo.get(f"/applications/loginflow/status/{operation}").json()
    assert status["status"]["login_flow_generation_complete"] is True
    result = asgardeo.get(f"/applications/loginflow/result/{operation}").json()
    assert result["status"] == "COMPLETED"
    path = f"/applications/{application}"
    assert asgardeo.patch(path, json={"authenticationSequence": result["data"]}).status_code == 200
    assert asgardeo.get(path).json()["authenticationSequence"]["steps"] == result["data"]["steps"]
    assert asgardeo.get(f"/applications/loginflow/result/{ABSENT}").status_code == 404
    assert code(asgardeo.post("/applications/loginflow/generate", json={})) == (500, "SE-50000")
