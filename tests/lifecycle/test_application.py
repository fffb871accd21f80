"""An application's life, request by request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox.asgardeo.oauth.callbacks import is_callback

from tests.lifecycle.settled import settled
from tests.support.host import UNKNOWN, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

M2M: dict[str, Any] = {"name": "orders-m2m"}
WEB: dict[str, Any] = {
    "name": "orders-web",
    "applicationType": "web",
    "callbackUrls": ["https://b.example.com/cb?x=1", "https://a.example.com/cb"],
    "allowedOrigins": ["https://a.example.com"],
    "accessToken": {"userAccessTokenExpiryInSeconds": 900},
}


@pytest.fixture
def application(life: Callable[[str], Life]) -> Life:
    """An application that is not yet there."""
    return life("Application")


@pytest.fixture
def apis(life: Callable[[str], Life]) -> list[Life]:
    """Two APIs that are there."""
    made = []
    for name in ("orders", "bills"):
        api = life("Api")
        api.up({"identifier": f"urn:{name}", "name": name, "scopes": [{"name": f"{name}:{verb}"} for verb in "abc"]})
        made.append(api)
    return made


def test_a_minimal_application_takes_two_requests(application: Life) -> None:
    """POST, and GET for what the server made up; the issuer and its endpoints cost nothing."""
    application.up(M2M)
    assert application.sent == ["POST /applications", "GET /applications/{id}/inbound-protocols/oidc"]
    outputs = application.outputs
    assert outputs["clientId"]
    assert outputs["clientSecret"]
    assert outputs["issuer"] == f"{application.sandbox.url}/t/sandbox/oauth2/token"
    assert outputs["jwksEndpoint"].endswith("/t/sandbox/oauth2/jwks")
    settled(application, M2M)
    assert application.requests == {"asgardeo": 2}


def test_each_authorized_api_is_one_more_request(application: Life, apis: list[Life]) -> None:
    """And a refresh one more, however many there are."""
    inputs = {**M2M, "authorizedApis": [{"apiId": api.id, "scopes": [f"{api.inputs['name']}:a"]} for api in apis]}
    application.up(inputs)
    assert application.requests == {"asgardeo": 4}
    settled(application, inputs)
    assert application.requests == {"asgardeo": 3}


def test_a_logout_return_url_takes_one_more_since_a_creation_ignores_it(application: Life) -> None:
    """The user need not know."""
    inputs = {**M2M, "logoutReturnUrl": "https://a.example.com/bye"}
    application.up(inputs)
    assert application.requests == {"asgardeo": 3}
    settled(application, inputs)
    cleared = {**M2M, "logoutReturnUrl": ""}
    application.up(cleared)
    settled(application, cleared)


@pytest.mark.parametrize("kind", ["web", "spa", "mobile"])
def test_types_for_users_work_with_a_callback_alone(application: Life, kind: str) -> None:
    """What a type brings along goes into the creation and is never compared."""
    inputs = {"name": "orders", "applicationType": kind, "callbackUrls": ["https://a.example.com/cb"]}
    application.up(inputs)
    settled(application, inputs)
    found = application.get(application.id)
    assert found["grantTypes"] == ["authorization_code", "refresh_token"]
    assert found["publicClient"] is (kind != "web")
    assert found["pkce"]["mandatory"] is (kind != "web")
    assert found["applicationType"] == kind


def test_many_callbacks_survive_the_platforms_one_expression(application: Life) -> None:
    """Several URLs are one escaped expression there, and a list here."""
    application.up(WEB)
    settled(application, WEB)
    assert application.inputs["callbackUrls"] == sorted(WEB["callbackUrls"])


def test_every_documented_part_settles(application: Life) -> None:
    """The whole OIDC document, claims and the advanced settings, without a false difference."""
    inputs: dict[str, Any] = {
        **WEB,
        "description": "of the shop",
        "accessUrl": "https://a.example.com",
        "imageUrl": "https://a.example.com/logo.png",
        "enabled": True,
        "grantTypes": ["refresh_token", "authorization_code", "password"],
        "pkce": {"mandatory": True, "supportPlainTransformAlgorithm": False},
        "accessToken": {
            "type": "JWT",
            "userAccessTokenExpiryInSeconds": 900,
            "applicationAccessTokenExpiryInSeconds": 901,
            "bindingType": "None",
            "revokeTokensWhenIdpSessionTerminated": False,
            "validateTokenBinding": False,
            "accessTokenAttributes": ["email", "address"],
        },
        "refreshToken": {"expiryInSeconds": 1000, "renewRefreshToken": False},
        "idToken": {"expiryInSeconds": 1000, "audience": ["b", "a"]},
        "logout": {"backChannelLogoutUrl": "https://a.example.com/logout"},
        "clientAuthentication": {"tokenEndpointAuthMethod": "client_secret_basic"},
        "allowedAudience": "APPLICATION",
        "claims": {
            "dialect": "LOCAL",
            "requestedClaims": [
                {"claim": "http://wso2.org/claims/username", "mandatory": True},
                {"claim": "http://wso2.org/claims/emailaddress"},
            ],
            "subject": {"claim": "http://wso2.org/claims/userid", "includeUserDomain": False},
        },
        "advanced": {"skipLoginConsent": True, "enableApiBasedAuthentication": True},
    }
    application.up(inputs)
    settled(application, inputs)
    changed = {**inputs, "claims": {**inputs["claims"], "requestedClaims": []}, "description": ""}
    application.up(changed)
    assert application.sent == ["GET /applications/{id}", "PATCH /applications/{id}"]
    settled(application, changed)


def test_top_level_fields_are_one_request_however_many(application: Life) -> None:
    """One PATCH, with nothing in it that did not change."""
    application.up(M2M)
    wanted = {"name": "orders-2", "description": "x", "enabled": False, "accessUrl": "https://a.example.com"}
    assert application.up(wanted) == "update"
    assert application.sent == ["PATCH /applications/{id}"]
    settled(application, wanted)


def test_what_was_not_declared_survives_a_change_of_the_oidc_part(
    application: Life, sandbox_application: Callable[[str], Any]
) -> None:
    """The platform replaces that document whole; what somebody set in the console must not be lost."""
    application.up(M2M)
    before = dict(sandbox_application(application.id).oidc.settings)
    wanted = {**M2M, "refreshToken": {"expiryInSeconds": 77}}
    application.up(wanted)
    assert application.sent == [
        "GET /applications/{id}/inbound-protocols/oidc",
        "PUT /applications/{id}/inbound-protocols/oidc",
    ]
    settled(application, wanted)
    after = dict(sandbox_application(application.id).oidc.settings)
    assert after["refreshToken"]["expiryInSeconds"] == 77
    before["refreshToken"] = after["refreshToken"]
    assert after == before


def test_authorizations_change_by_their_difference(application: Life, apis: list[Life]) -> None:
    """One request per API that changed; two where the policy did."""
    orders, bills = apis
    first = [{"apiId": orders.id, "scopes": ["orders:a", "orders:b"]}]
    application.up({**M2M, "authorizedApis": first})
    wanted = {
        **M2M,
        "authorizedApis": [{"apiId": orders.id, "scopes": ["orders:b", "orders:c"]}, {"apiId": bills.id, "scopes": []}],
    }
    application.up(wanted)
    assert sorted(application.sent) == [
        "PATCH /applications/{id}/authorized-apis/{apiId}",
        "POST /applications/{id}/authorized-apis",
    ]
    settled(application, wanted)
    emptied: dict[str, Any] = {**M2M, "authorizedApis": []}
    application.up(emptied)
    assert application.sent == ["DELETE /applications/{id}/authorized-apis/{apiId}"] * 2
    settled(application, emptied)
    application.up({**M2M, "authorizedApis": first})
    assert application.up(M2M) == "update"
    assert application.requests == {}
    settled(application, M2M)


def test_a_changed_policy_is_two_requests(application: Life, life: Callable[[str], Life]) -> None:
    """The platform cannot change it in place."""
    api = life("Api")
    api.up({"identifier": "urn:open", "name": "open", "requiresAuthorization": False, "scopes": [{"name": "o:a"}]})
    inputs = {**M2M, "authorizedApis": [{"apiId": api.id, "policy": "No Policy", "scopes": ["o:a"]}]}
    application.up(inputs)
    settled(application, inputs)
    wanted = {**M2M, "authorizedApis": [{"apiId": api.id, "policy": "RBAC", "scopes": ["o:a"]}]}
    application.up(wanted)
    assert application.requests == {"asgardeo": 2}
    settled(application, wanted)


def test_a_scope_removed_from_api_and_authorization_at_once_works(application: Life, apis: list[Life]) -> None:
    """The commonest edit: the platform has cascaded by the time that the application is changed."""
    orders = apis[0]
    application.up({**M2M, "authorizedApis": [{"apiId": orders.id, "scopes": ["orders:a", "orders:b"]}]})
    application.host.restart()
    orders.up({**orders.inputs, "scopes": [{"name": "orders:a"}]})
    wanted = {**M2M, "authorizedApis": [{"apiId": orders.id, "scopes": ["orders:a"]}]}
    assert application.up(wanted) == "update"
    settled(application, wanted)


def test_a_secret_rotates_once_for_each_new_text(application: Life) -> None:
    """At creation the text is only remembered; removing it does nothing."""
    application.up({**M2M, "secretRotation": "2026"})
    first = application.outputs["clientSecret"]
    assert application.up({**M2M, "secretRotation": "2026"}) == "same"
    assert application.up({**M2M, "secretRotation": "2027"}) == "update"
    assert application.requests == {"asgardeo": 2}, "it is read first"
    second = application.outputs["clientSecret"]
    assert second != first
    settled(application, {**M2M, "secretRotation": "2027"})
    application.up(M2M)
    assert application.requests == {}
    assert application.outputs["clientSecret"] == second
    application.up({**M2M, "secretRotation": "2028"})
    assert application.outputs["clientSecret"] != second


def test_a_type_is_replaced(application: Life) -> None:
    """It decides what the console shows and what came with the creation."""
    application.up(M2M)
    wanted = {**M2M, "applicationType": "standard", "grantTypes": ["client_credentials"]}
    assert application.preview(wanted) == "replace"


@pytest.mark.parametrize(
    ("declared", "opened", "others"),
    [
        (["http://127.0.0.1/cb"], "http://127.0.0.1:49152/cb", "http://127.0.0.1:49152/other"),
        (["http://[::1]/cb", "https://a.example.com/cb"], "http://[::1]:49152/cb", "http://[::1]:49152/other"),
        (["http://[::1]:8080/cb", "https://a.example.com/cb"], "http://[::1]:49152/cb", "http://[::2]:8080/cb"),
        (["http://127.0.0.1/cb", "http://[::1]/cb"], "http://[::1]:49152/cb", "http://localhost:49152/cb"),
        (["regexp=http://localhost:[0-9]+/cb"], "http://localhost:49152/cb", "http://localhost.example.com:49152/cb"),
    ],
)
def test_a_loopback_callback_without_a_port_is_one_with_any(
    application: Life, sandbox_application: Callable[[str], Any], declared: list[str], opened: str, others: str
) -> None:
    """As programs on a desktop listen (RFC 8252); no port is drift, and nothing is warned of."""
    inputs = {"name": "desktop", "applicationType": "mobile", "callbackUrls": declared}
    application.up(inputs)
    settled(application, inputs)
    stored = sandbox_application(application.id).oidc.settings["callbackURLs"]
    assert is_callback(stored, opened)
    assert not is_callback(stored, others)
    assert "callback_urls" not in application.host.close()


def test_a_callback_in_the_clear_is_warned_of_once(application: Life) -> None:
    """It names the property and the address, and is no error; this machine's own addresses are no danger."""
    urls = ["http://app.example.com/cb", "http://localhost:3000/cb", "http://127.0.0.1/cb", "http://[::1]/cb"]
    application.up({"name": "web", "applicationType": "web", "callbackUrls": urls})
    application.preview({"name": "web", "applicationType": "web", "callbackUrls": [UNKNOWN, *urls]})
    odd = [
        r"regexp=(http://localhost:[0-9]+/cb|http://b\.example\.com/cb)",
        r"regexp=https?:\/\/b\.example\.com/cb",
        "regexp=(http|https)://b.example.com/cb",
        "regexp=http://(localhost|b.example.com)/cb",
        "http://localhost:3000@b.example.com/cb",
    ]
    for url in (*odd, "regexp=http://(localhost|127.0.0.1):[0-9]+/cb", r"regexp=http://\[::1\]:[0-9]+/cb"):
        application.preview({"name": "web", "applicationType": "web", "callbackUrls": [url]})
    said = [line for line in application.host.close().splitlines() if "callback_urls" in line]
    assert len(said) == 1 + len(odd)
    assert "The application web has http://app.example.com/cb among its callback_urls: whoever is on the way" in said[0]
    assert all(url in line for url, line in zip(odd, said[1:], strict=True))


def test_a_lost_oidc_part_is_made_again(application: Life, sandbox_application: Callable[[str], Any]) -> None:
    """Somebody removed the protocol in the console: refresh shows it, up repairs it."""
    application.up(M2M)
    sandbox_application(application.id).oidc = None
    assert application.refresh() == "update"
    assert "clientId" not in application.outputs
    application.up(M2M)
    assert application.outputs["clientId"]
    settled(application, M2M)


def test_a_taken_name_is_an_error_and_adopt_takes_it_over(application: Life, life: Callable[[str], Life]) -> None:
    """What exists is brought to what is declared; the rest of it stays."""
    application.up({**M2M, "description": "kept"})
    other = life("Application")
    with pytest.raises(Refused, match=f"exists already, its id is {application.id}"):
        other.up(M2M)
    wanted = {**M2M, "adopt": True, "enabled": False, "refreshToken": {"expiryInSeconds": 55}, "secretRotation": "1"}
    other.up(wanted)
    assert other.id == application.id
    assert other.outputs["clientSecret"] == application.outputs["clientSecret"]
    settled(other, wanted)
    assert other.get(other.id)["description"] == "kept"


@pytest.mark.parametrize(
    ("row", "line", "asked"),
    [
        (
            {"apiId": "11111111-1111-1111-1111-111111111111", "scopes": ["x"]},
            "APP-60507 there is no API with the id 11111111-1111-1111-1111-111111111111. There are: urn:bills (id ",
            "GET /api-resources",
        ),
        (
            {"scopes": ["orders:a", "orders:none"]},
            "APP-60508 the API urn:orders has no scope orders:none. It has: orders:a, orders:b, orders:c (trace id ",
            "GET /api-resources/{id}",
        ),
        (
            {"authorizationDetailsTypes": ["payment"]},
            "APP-60519 the API urn:orders has no type of authorization details payment. It has: none (trace id ",
            "GET /api-resources/{id}",
        ),
    ],
)
def test_a_wrong_authorization_is_told_what_there_is(
    application: Life, apis: list[Life], row: dict[str, Any], line: str, asked: str
) -> None:
    """A creation leaves nothing, and an application that is there has what it had."""
    tenant = application.sandbox.store.asgardeo["sandbox"]
    before, wanted = dict(tenant.applications), {**M2M, "authorizedApis": [{"apiId": apis[0].id, **row}]}
    for _ in ("create", "update"):
        with pytest.raises(Refused) as refused:
            application.up(wanted)
        assert line in str(refused.value)
        assert asked in application.sent
        if not application.id:
            assert tenant.applications == before
            application.up(M2M)
    assert not tenant.applications[application.id].authorized


def test_a_secret_that_is_not_shown_keeps_its_value(application: Life) -> None:
    """A right that was taken away must not empty the state."""
    application.up(M2M)
    secret = application.outputs["clientSecret"]
    scopes = application.sandbox.store.asgardeo["sandbox"].management_scopes
    scopes.remove("internal_application_mgt_client_secret_view")
    application.refresh()
    assert application.outputs["clientSecret"] == secret


def test_what_is_read_has_no_mapping_that_nobody_made(application: Life) -> None:
    """The server shows each requested claim as mapped to itself; a program that declared it so would fix it there."""
    claim = "http://wso2.org/claims/username"
    application.up({**M2M, "claims": {"requestedClaims": [{"claim": claim}]}})
    shown = application.get(application.id)["claims"]
    assert [one["claim"] for one in shown["requestedClaims"]] == [claim]
    assert not shown.get("claimMappings")
    custom = {"dialect": "CUSTOM", "claimMappings": [{"applicationClaim": "user", "localClaim": claim}]}
    application.up({**M2M, "claims": custom})
    assert application.get(application.id)["claims"]["claimMappings"] == custom["claimMappings"]


def test_authorizations_that_become_managed_are_the_whole_list_at_once(application: Life, apis: list[Life]) -> None:
    """The list, and the scopes of one in it."""
    orders, bills = apis
    both = [{"apiId": orders.id, "scopes": ["orders:a", "orders:b"]}, {"apiId": bills.id, "scopes": ["bills:a"]}]
    application.up({**M2M, "authorizedApis": both})
    application.up(M2M)
    one: dict[str, Any] = {**M2M, "authorizedApis": [{"apiId": orders.id}]}
    assert application.up(one) == "update"
    assert application.sent == [
        "GET /applications/{id}/authorized-apis",
        "DELETE /applications/{id}/authorized-apis/{apiId}",
    ]
    settled(application, one)
    scoped = {**M2M, "authorizedApis": [{"apiId": orders.id, "scopes": ["orders:b"]}]}
    assert application.up(scoped) == "update"
    assert application.sent == [
        "GET /applications/{id}/authorized-apis",
        "PATCH /applications/{id}/authorized-apis/{apiId}",
    ]
    settled(application, scoped)


def test_a_claim_that_is_requested_twice_counts_once(
    application: Life, sandbox_application: Callable[[str], Any]
) -> None:
    """As consoles have left it: no drift, and required where one of them says so, which an update puts right."""
    email, country = (f"http://wso2.org/claims/{name}" for name in ("emailaddress", "country"))
    inputs = {**M2M, "claims": {"requestedClaims": [{"claim": email, "mandatory": False}, {"claim": country}]}}
    application.up(inputs)
    live = sandbox_application(application.id).claims["requestedClaims"]
    live.append({"claim": {"uri": email}, "mandatory": False})
    assert application.refresh() == "same"
    assert [one["claim"] for one in application.get(application.id)["claims"]["requestedClaims"]] == [country, email]
    live[-1]["mandatory"] = True
    assert application.refresh() == "update"
    assert application.up(inputs) == "update"
    assert len(sandbox_application(application.id).claims["requestedClaims"]) == 2
    settled(application, inputs)
