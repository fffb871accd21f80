"""Applications as files: exported in the format that is asked for, and imported from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Xml

import httpx
import pytest
import yaml

from tests.sandbox.conftest import code, made, token

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

FORMATS = {"application/json": "json", "application/yaml": "yml", "application/xml": "xml"}
WHOLE: dict[str, Any] = {
    "name": "Shop and Co",
    "description": "<sells> & buys\n",
    "accessUrl": "https://shop.example",
    "templateId": "custom-application-oidc",
    "associatedRoles": {"allowedAudience": "APPLICATION", "roles": []},
    "claimConfiguration": {
        "dialect": "CUSTOM",
        "claimMappings": [
            {"applicationClaim": "mail", "localClaim": {"uri": "http://wso2.org/claims/emailaddress"}},
            {"applicationClaim": "phone", "localClaim": {"uri": "http://wso2.org/claims/mobile"}},
        ],
        "requestedClaims": [{"claim": {"uri": "phone"}, "mandatory": True}],
        "subject": {"claim": {"uri": "http://wso2.org/claims/mobile"}, "includeTenantDomain": True},
    },
    "authenticationSequence": {
        "type": "USER_DEFINED",
        "steps": [
            {"id": 1, "options": [{"idp": "LOCAL", "authenticator": "BasicAuthenticator"}]},
            {"id": 2, "options": [{"idp": "LOCAL", "authenticator": "BasicAuthenticator"}]},
        ],
        "subjectStepId": 2,
        "script": "var onLoginRequest = function(context) { executeStep(1); };",
    },
    "advancedConfigurations": {"skipLoginConsent": True, "discoverableByEndUsers": True},
    "inboundProtocolConfiguration": {
        "oidc": {
            "grantTypes": ["authorization_code", "refresh_token"],
            "callbackURLs": ["regexp=(https://a.example|https://b.example)"],
            "pkce": {"mandatory": True, "supportPlainTransformAlgorithm": False},
            "accessToken": {
                "type": "JWT",
                "userAccessTokenExpiryInSeconds": 77,
                "accessTokenAttributes": ["email", "groups"],
            },
            "idToken": {"audience": ["one", "two"]},
        },
        "saml": {
            "manualConfiguration": {
                "issuer": "urn:shop",
                "assertionConsumerUrls": ["https://a.example/acs", "https://b.example/acs"],
                "singleLogoutProfile": {"enabled": False},
            }
        },
        "passiveSts": {"realm": "urn:realm", "replyTo": "https://shop.example/sts"},
    },
}


def documents(asgardeo: httpx.Client, application: str) -> list[Any]:
    """All that is served of an application, but for what is another one's or is left out of files."""
    path = f"/applications/{application}"
    whole = asgardeo.get(path).json()
    whole.pop("id")
    found = [asgardeo.get(f"{path}/inbound-protocols/{one}").json() for one in ("oidc", "saml", "passive-sts")]
    return [{**whole, "inboundProtocols": [one["type"] for one in whole["inboundProtocols"]]}, *found]


def exported(asgardeo: httpx.Client, application: str, accept: str, **query: str) -> httpx.Response:
    """The answer to who asks for a file."""
    path = f"/applications/{application}/exportFile"
    return asgardeo.get(path, params=query, headers={"Accept": accept})


@pytest.mark.parametrize("media_type", FORMATS)
def test_what_is_exported_can_be_imported(asgardeo: httpx.Client, media_type: str) -> None:
    """In each format it comes back the same, whatever is set, with its client and its secret where that is in it."""
    first = made(asgardeo.post("/applications", json=WHOLE))
    before = documents(asgardeo, first)
    assert before[0]["claimConfiguration"]["requestedClaims"] == WHOLE["claimConfiguration"]["requestedClaims"]
    file = exported(asgardeo, first, media_type, exportSecrets="true")
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["content-disposition"] == f'attachment; filename="Shop and Co.{FORMATS[media_type]}"'
    assert file.headers["cache-control"] == "no-cache, no-store, must-revalidate"
    sent = {"file": ("shop", file.content, media_type)}
    assert code(asgardeo.post("/applications/import", files=sent)) == (409, "OAUTH-60008"), "the name is taken"
    asgardeo.patch(f"/applications/{first}", json={"description": "another"})
    assert asgardeo.put("/applications/import", files=sent).headers["Location"].endswith(first)
    assert documents(asgardeo, first) == before
    asgardeo.delete(f"/applications/{first}")
    assert code(asgardeo.put("/applications/import", files=sent)) == (400, "APP-60001"), "there is none to change"
    second = made(asgardeo.post("/applications/import", files=sent))
    assert second != first
    assert documents(asgardeo, second) == before


def test_allowed_origins_are_in_no_file_and_stay(asgardeo: httpx.Client) -> None:
    """They are kept apart from applications."""
    oidc = {**WHOLE["inboundProtocolConfiguration"]["oidc"], "allowedOrigins": ["https://shop.example"]}
    first = made(asgardeo.post("/applications", json={**WHOLE, "inboundProtocolConfiguration": {"oidc": oidc}}))
    file = exported(asgardeo, first, "application/json")
    assert "allowedOrigins" not in file.text
    asgardeo.put("/applications/import", files={"file": ("shop", file.content, "application/json")})
    found = asgardeo.get(f"/applications/{first}/inbound-protocols/oidc").json()
    assert found["allowedOrigins"] == ["https://shop.example"]


def test_a_file_of_older_servers_has_the_client_as_a_text_of_its_own(asgardeo: httpx.Client) -> None:
    """XML in XML, with the names of the server's elements where they are not the members'."""
    client = (
        "<?xml version='1.0'?><oAuthAppDO><oauthConsumerKey>older</oauthConsumerKey><grantTypes>client_credentials"
        "</grantTypes><accessTokenClaims>email</accessTokenClaims><pkceMandatory>true</pkceMandatory></oAuthAppDO>"
    )
    mapping = (
        "<ClaimMapping><LocalClaim><ClaimUri>http://wso2.org/claims/mobile</ClaimUri></LocalClaim><RemoteClaim>"
        "<ClaimUri>phone</ClaimUri></RemoteClaim><RequestClaim>true</RequestClaim><MandatoryClaim>true</MandatoryClaim>"
        "</ClaimMapping>"
    )
    text = (
        "<ServiceProvider><ApplicationName>older</ApplicationName><IsSaaSApp>true</IsSaaSApp>"
        "<InboundAuthenticationConfig><InboundAuthenticationRequestConfigs><InboundAuthenticationRequestConfig>"
        "<InboundAuthKey>older</InboundAuthKey><InboundAuthType>oauth2</InboundAuthType><inboundConfiguration>"
        f"<![CDATA[{client}]]></inboundConfiguration></InboundAuthenticationRequestConfig>"
        "</InboundAuthenticationRequestConfigs></InboundAuthenticationConfig><ClaimConfig><LocalClaimDialect>false"
        f"</LocalClaimDialect><ClaimMappings>{mapping}</ClaimMappings></ClaimConfig>"
        "<LocalAndOutBoundAuthenticationConfig><UseTenantDomainInUsername>true</UseTenantDomainInUsername>"
        "</LocalAndOutBoundAuthenticationConfig></ServiceProvider>"
    )
    path = f"/applications/{made(asgardeo.post('/applications/import', files={'file': ('x', text, 'text/xml')}))}"
    application, oidc = asgardeo.get(path).json(), asgardeo.get(f"{path}/inbound-protocols/oidc").json()
    assert (application["clientId"], application["advancedConfigurations"]["saas"]) == ("older", True)
    assert (oidc["pkce"]["mandatory"], oidc["accessToken"]["accessTokenAttributes"]) == (True, ["email"])
    claims = application["claimConfiguration"]
    assert (claims["dialect"], claims["requestedClaims"][0]["mandatory"]) == ("CUSTOM", True)
    assert claims["subject"]["includeTenantDomain"] is True


def test_a_secret_is_in_it_only_if_it_is_asked_for_by_who_may_see_it(
    sandbox: Sandbox, asgardeo: httpx.Client, application: str
) -> None:
    """And without the right the file comes without it."""
    secret = asgardeo.get(f"/applications/{application}/inbound-protocols/oidc").json()["clientSecret"]
    access = token(f"{sandbox.url}/t/sandbox/oauth2/token", "internal_application_mgt_view")
    with httpx.Client(base_url=asgardeo.base_url, headers={"Authorization": f"Bearer {access}"}) as blind:
        for media_type in FORMATS:
            assert secret not in exported(asgardeo, application, media_type).text
            assert secret in exported(asgardeo, application, media_type, exportSecrets="true").text
            assert secret not in exported(blind, application, media_type, exportSecrets="true").text


def _json_members(text: str) -> Any:
    return json.loads(text)["inboundAuthenticationConfig"]["inboundAuthenticationRequestConfigs"][0]


def _xml_members(text: str) -> Any:
    (part,) = Xml.fromstring(text).iter("InboundAuthenticationRequestConfig")  # noqa: S314 - the sandbox's own
    (client,) = part.findall("InboundConfigurationProtocol")
    assert client.attrib == {"{http://www.w3.org/2001/XMLSchema-instance}type": "oAuthAppDO"}
    return {
        "inboundAuthType": part.findtext("InboundAuthType"),
        "inboundConfigurationProtocol": {"grantTypes": client.findtext("grantTypes")},
    }


def _yaml_members(text: str) -> Any:
    assert text.startswith("!!org.wso2.carbon.identity.application.common.model.ServiceProvider\n")
    assert "!!org.wso2.carbon.identity.oauth.dao.OAuthAppDO" in text
    plain = "\n".join(line.partition("!!")[0] if "!!org" in line else line for line in text.splitlines())
    return yaml.safe_load(plain)["inboundAuthenticationConfig"]["inboundAuthenticationRequestConfigs"][0]


@pytest.mark.parametrize(
    ("media_type", "read"),
    [("application/json", _json_members), ("application/yaml", _yaml_members), ("application/xml", _xml_members)],
)
def test_each_format_has_the_servers_names(
    asgardeo: httpx.Client, application: str, media_type: str, read: Callable[[str], Any]
) -> None:
    """Whoever edits such a file finds what he looks for."""
    part = read(exported(asgardeo, application, media_type).text)
    assert part["inboundAuthType"] == "oauth2"
    assert part["inboundConfigurationProtocol"]["grantTypes"] == "client_credentials"


@pytest.mark.parametrize(
    ("path", "accept", "expected"),
    [
        ("exportFile", "application/xml", "200 application/octet-stream"),
        ("exportFile", "application/json, text/plain", "200 application/octet-stream"),
        ("exportFile", "application/octet-stream", "500 application/json"),
        ("exportFile", "*/*", "500 application/json"),
        ("exportFile", "", "500 application/json"),
        ("exportFile", "text/yaml", "406 "),
        ("export", "application/xml", "406 "),
        ("export", "application/json", "200 application/json"),
        ("export", "*/*", "200 application/octet-stream"),
    ],
)
def test_the_format_is_what_accept_names(
    asgardeo: httpx.Client, application: str, path: str, accept: str, expected: str
) -> None:
    """The server takes a header that names no format of its own for a fault of its own."""
    answer = asgardeo.get(f"/applications/{application}/{path}", headers={"Accept": accept})
    assert f"{answer.status_code} {answer.headers.get('content-type', '')}" == expected


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        ("application/json", "{"),
        ("application/json", "[]"),
        ("application/json", "{}"),
        ("application/json", '{"applicationName": "x", "localAndOutBoundAuthenticationConfig": 5}'),
        ("application/json", '{"applicationName": "x", "applicationEnabled": "perhaps"}'),
        (
            "application/json",
            '{"applicationName": "x", "inboundAuthenticationConfig": {"inboundAuthenticationRequestConfigs": [5]}}',
        ),
        ("application/yaml", "!!org.wso2.carbon.X [1]"),
        ("application/yaml", "&a [*a]"),
        ("application/yaml", "applicationName: 2020-01-01"),
        ("application/json", "[" * 3000),
        ("application/yaml", "!!python/object/apply:os.getcwd []"),
        ("application/xml", "<ServiceProvider>"),
        ("application/xml", '<!DOCTYPE x [<!ENTITY y "z">]><ServiceProvider>&y;</ServiceProvider>'),
        ("text/plain", "words"),
        ("application/xml", ""),
    ],
)
def test_a_file_that_holds_no_application_is_refused(asgardeo: httpx.Client, media_type: str, text: str) -> None:
    """As the server does it: it fails."""
    answer = asgardeo.post("/applications/import", files={"file": ("x", text.encode(), media_type)})
    assert code(answer) == (500, "APP-65006")


@pytest.mark.parametrize("media_type", ["application/json", "application/yaml"])
def test_half_a_character_is_replaced(asgardeo: httpx.Client, media_type: str) -> None:
    """It can be written in a file and in no answer."""
    text = r'{"applicationName": "half", "description": "\ud800"}'
    path = f"/applications/{made(asgardeo.post('/applications/import', files={'file': ('x', text, media_type)}))}"
    assert asgardeo.get(path).json()["description"] == "\ufffd"


def test_an_import_is_a_form_with_a_file(asgardeo: httpx.Client) -> None:
    """Another body is not taken, and a form without the file is nothing to read."""
    assert asgardeo.post("/applications/import", json={}).status_code == 415
    assert code(asgardeo.post("/applications/import", files={"other": b"x"})) == (500, "SE-50000")
