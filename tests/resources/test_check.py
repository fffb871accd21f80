"""Bad input is refused by one clear line each, all of them at once, before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_asgardeo_bijira.naming import camel
from pulumi_asgardeo_bijira.resources import ResourceHandler, resource_handlers

from tests.resources.values import right_inputs
from tests.support.fields import FIELDS, Field

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = resource_handlers()
UUID = "3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10"
PropertyMap = dict[str, Any]

GOOD: dict[str, PropertyMap] = {
    "Api": {"identifier": "urn:a", "name": "A"},
    "Application": {"name": "A"},
    "ApplicationClient": {"applicationName": "A", "clientId": "c"},
    "KeyManager": {"name": "A", "organization": "acme"},
    "Role": {"name": "A"},
}


URL = "https://a.example.com"
CLAIM = {"claim": "http://wso2.org/claims/country"}
CIBA = "urn:openid:params:grant-type:ciba"
ENCRYPTED = {"enabled": True, "algorithm": "RSA-OAEP", "method": "A128GCM"}
PAY = {"type": "pay", "name": "Payment", "description": "d", "jsonSchema": '{"type": "object"}'}


class Unknown:
    """A value that is known only later."""


UNKNOWN = Unknown()


def is_unknown(value: object) -> bool:
    """The predicate that the bridge hands in."""
    return isinstance(value, Unknown)


#: A resource, what is wrong with it, and (a part of) the line that says so.
MISTAKES: list[tuple[str, PropertyMap, str]] = [
    ("Api", {"identifyer": "x"}, "identifyer: is not a property, did you mean identifier?"),
    ("Api", {"identifier": 5}, "identifier: must be text"),
    ("Api", {"identifier": None}, "identifier: is required"),
    ("Api", {"name": ""}, "name: is empty"),
    ("Api", {"name": " A"}, "name: begins or ends with whitespace, remove it"),
    ("Api", {"name": "A\x07"}, "name: contains a control character, remove it"),
    ("Api", {"requiresAuthorization": "yes"}, "requires_authorization: must be true or false"),
    (
        "Api",
        {"authorizationDetailsTypes": [{**PAY, "jsonSchema": "x"}]},
        "authorization_details_types[0].json_schema: is not JSON text, write it with json.dumps",
    ),
    (
        "Api",
        {"authorizationDetailsTypes": [{**PAY, "jsonSchema": "{}"}]},
        "authorization_details_types[0].json_schema: is not a JSON object with something in it",
    ),
    (
        "Api",
        {"authorizationDetailsTypes": [{**PAY, "name": "ab"}]},
        "authorization_details_types[0].name: must have at least 3 characters",
    ),
    (
        "Api",
        {"authorizationDetailsTypes": [PAY, {**PAY, "name": "again"}]},
        "authorization_details_types[1]: duplicates authorization_details_types[0], remove one",
    ),
    ("Api", {"resourceType": "SYSTEM"}, "resource_type: must be one of 'BUSINESS' or 'MCP'"),
    (
        "Application",
        {"certificate": {"type": "PEM", "value": URL}},
        "certificate.value: is not one certificate in PEM format, which begins with -----BEGIN CERTIFICATE-----",
    ),
    (
        "Application",
        {"certificate": {"type": "JWKS", "value": "jwks.json"}},
        "certificate.value: is not the URL of a key set such as https://app.example.com/jwks.json",
    ),
    (
        "Application",
        {"certificate": {"type": "PEM", "value": "-----BEGIN PRIVATE KEY-----"}},
        "certificate.value: holds a private key, which belongs to the application alone; declare the certificate",
    ),
    (
        "Application",
        {
            "certificate": {"type": "JWKS", "value": ""},
            "clientAuthentication": {"tokenEndpointAuthMethod": "private_key_jwt"},
        },
        "certificate.value: is empty, but client_authentication.token_endpoint_auth_method private_key_jwt needs a "
        "certificate",
    ),
    (
        "Application",
        {"certificate": {"type": "JWKS", "value": ""}, "idToken": {"encryption": ENCRYPTED}},
        "certificate.value: is empty, but id_token.encryption.enabled needs a certificate",
    ),
    *(
        (
            "Application",
            {"applicationType": "web", "callbackUrls": [f"http://{host}:*/callback"]},
            "callback_urls[0]: has no number for a port. Any port of 127.0.0.1 and [::1] counts where none is written, "
            "as in http://127.0.0.1/callback; for localhost write regexp=http://localhost:[0-9]+/callback",
        )
        for host in ("localhost", "127.0.0.1", "[::1]")
    ),
    (
        "Application",
        {"idToken": {"encryption": {**ENCRYPTED, "method": ""}}},
        "id_token.encryption.method: is required where enabled is true",
    ),
    (
        "Application",
        {"idToken": {"encryption": {"algorithm": "RSA-OAEP"}}},
        "id_token.encryption.algorithm: is dropped by Asgardeo unless enabled is true, declare that too",
    ),
    (
        "Application",
        {
            "clientAuthentication": {
                "tokenEndpointAuthMethod": "client_secret_basic",
                "tokenEndpointAllowReusePvtKeyJwt": False,
            }
        },
        "client_authentication.token_endpoint_allow_reuse_pvt_key_jwt: is for the "
        "token_endpoint_auth_method private_key_jwt alone, remove it",
    ),
    (
        "Application",
        {"hybridFlow": {"enable": True}},
        "hybrid_flow.response_type: is required where enable is true, name at least one response type",
    ),
    (
        "Application",
        {"hybridFlow": {"enable": True, "responseType": ["code"]}},
        "hybrid_flow.response_type[0]: must be one of 'code token', 'code id_token' or 'code id_token token'",
    ),
    (
        "Application",
        {"refreshToken": {"gracefulRefreshTokenRotationValidityPeriod": 61}},
        "refresh_token.graceful_refresh_token_rotation_validity_period: must be at most 60",
    ),
    (
        "Application",
        {"subject": {"sectorIdentifierUri": URL}},
        "subject.sector_identifier_uri: is for the subject_type pairwise alone, declare that too",
    ),
    (
        "Application",
        {"subject": {"subjectType": "pairwise", "sectorIdentifierUri": "http://a.example.com"}},
        "subject.sector_identifier_uri: must begin with https://",
    ),
    (
        "Application",
        {"subject": {"subjectType": "pairwise"}, "callbackUrls": [URL, f"{URL}/2"]},
        "subject.sector_identifier_uri: is required for the subject_type pairwise with several callback_urls",
    ),
    (
        "Application",
        {"fapiProfile": "FAPI2_SECURITY"},
        "fapi_profile: is dropped by Asgardeo unless is_fapi_application is true, declare that too",
    ),
    (
        "Application",
        {"isFapiApplication": True, "accessToken": {"bindingType": "cookie"}},
        "access_token.binding_type: must be certificate or DPoP where is_fapi_application is true",
    ),
    (
        "Application",
        {"isFapiApplication": True, "clientAuthentication": {"tokenEndpointAuthMethod": "client_secret_post"}},
        "client_authentication.token_endpoint_auth_method: must be private_key_jwt or tls_client_auth where "
        "is_fapi_application is true",
    ),
    (
        "Application",
        {"isFapiApplication": True, "requestObject": {"encryption": {"algorithm": "RSA1_5"}}},
        "request_object.encryption.algorithm: must be another than RSA1_5 where is_fapi_application is true",
    ),
    (
        "Application",
        {"grantTypes": [CIBA]},
        f"ciba_authentication_request: is required for the grant {CIBA}",
    ),
    (
        "Application",
        {"cibaAuthenticationRequest": {"authReqExpiryTime": 60}},
        f"ciba_authentication_request: is dropped by Asgardeo without the grant {CIBA}, add it to grant_types",
    ),
    (
        "Application",
        {
            "grantTypes": [CIBA],
            "cibaAuthenticationRequest": {"authReqExpiryTime": 60, "allowFederatedUsers": True},
        },
        "ciba_authentication_request.allow_federated_users: needs skip_user_validation to be true, declare that too",
    ),
    ("Api", {"scopes": "a"}, "scopes: must be a list"),
    ("Api", {"scopes": ["a"]}, "scopes[0]: must be an object"),
    ("Api", {"scopes": [{}]}, "scopes[0].name: is required"),
    (
        "Api",
        {"scopes": [{"name": "a b"}]},
        "scopes[0].name: contains whitespace, which separates scopes; remove it",
    ),
    (
        "Api",
        {"scopes": [{"name": "internal_x"}]},
        "scopes[0].name: begins with internal or console:, which are the platform's own; choose another name",
    ),
    (
        "Api",
        {"scopes": [{"name": "a"}, {"name": "b"}, {"name": "a"}]},
        "scopes[2]: duplicates scopes[0], remove one",
    ),
    ("Api", {"scopes": [{"name": "a", "displayname": "x"}]}, "did you mean display_name?"),
    (
        "Api",
        {"requires_authorization": True, "requiresAuthorization": True},
        "requires_authorization: is given twice, in two spellings; keep requires_authorization",
    ),
    (
        "Application",
        {"applicationType": "cli"},
        "application_type: must be one of 'm2m', 'web', 'spa', 'mobile' or",
    ),
    ("Application", {"applicationType": "standard"}, "grant_types: is required where application_type is standard"),
    ("Application", {"applicationType": "web"}, "callback_urls: is required for the grant authorization_code"),
    ("Application", {"grantTypes": []}, "grant_types: is empty, name at least one grant"),
    ("Application", {"grantTypes": ["client_credential"]}, "did you mean client_credentials?"),
    ("Application", {"grantTypes": ["password", "password"]}, "grant_types[1]: duplicates grant_types[0]"),
    (
        "Application",
        {"publicClient": True},
        "grant_types: has client_credentials, which a public client cannot use",
    ),
    ("Application", {"callbackUrls": ["/cb"]}, "callback_urls[0]: is not an absolute URL such as"),
    ("Application", {"callbackUrls": ["https:///cb"]}, "callback_urls[0]: has no host"),
    ("Application", {"callbackUrls": ["https://[a/cb"]}, "callback_urls[0]: is not a URL"),
    ("Application", {"callbackUrls": ["https://a/cb#x"]}, "callback_urls[0]: has a fragment"),
    ("Application", {"callbackUrls": ["https://a/c b"]}, "callback_urls[0]: contains whitespace"),
    (
        "Application",
        {"callbackUrls": ["regexp=(https://a)", "https://b"]},
        "callback_urls: has an entry that begins with regexp=, which must then be the only one",
    ),
    ("Application", {"allowedOrigins": ["https://a/x"]}, "allowed_origins[0]: is not an origin"),
    ("Application", {"logoutReturnUrl": ".*"}, "logout_return_url: is not an absolute URL"),
    (
        "Application",
        {"accessToken": {"userAccessTokenExpiryInSeconds": 0}},
        "access_token.user_access_token_expiry_in_seconds: must be at least 1",
    ),
    (
        "Application",
        {"refreshToken": {"expiryInSeconds": 1.5}},
        "refresh_token.expiry_in_seconds: must be a whole number",
    ),
    ("Application", {"accessToken": {"type": "jwt"}}, "access_token.type: must be one of 'JWT' or 'Default'"),
    (
        "Application",
        {"authorizedApis": [{"apiId": "orders"}]},
        "authorized_apis[0].api_id: is not an id of Asgardeo",
    ),
    (
        "Application",
        {"authorizedApis": [{"apiId": UUID, "policy": "X"}]},
        "authorized_apis[0].policy: must be one of",
    ),
    (
        "ApplicationClient",
        {"applicationName": None},
        "application_name: is required unless application_id is given",
    ),
    ("ApplicationClient", {"attributes": {"team_name": 5}}, "attributes: of team_name: must be text"),
    ("ApplicationClient", {"attributes": {"": "x"}}, "attributes: of : is empty"),
    ("ApplicationClient", {"attributes": "x"}, "attributes: must be a map"),
    ("ApplicationClient", {"applicationId": "x"}, "application_name: is given together with application_id"),
    (
        "ApplicationClient",
        {"applicationName": None, "applicationId": "x", "throttlingPolicy": "Gold"},
        "throttling_policy: is given together with application_id",
    ),
    ("ApplicationClient", {"keyType": "TEST"}, "key_type: must be one of 'PRODUCTION' or 'SANDBOX'"),
    (
        "ApplicationClient",
        {"subscriptions": [{"apiName": "a"}]},
        "subscriptions[0].api_version: is required beside",
    ),
    (
        "ApplicationClient",
        {"subscriptions": [{}]},
        "subscriptions[0].api_name: is required unless api_id is given",
    ),
    (
        "ApplicationClient",
        {"subscriptions": [{"apiId": "a", "apiName": "b", "apiVersion": "c"}]},
        "subscriptions[0].api_id: is given together with a name or version",
    ),
    ("Api", {"description": "x" * 3000}, "description: must have at most 255 characters"),
    (
        "Api",
        {"scopes": [{"name": "a", "description": "x" * 3000}]},
        "].description: must have at most 300 characters",
    ),
    (
        "Application",
        {"name": "shop@acme"},
        "name: may contain letters (a to z), digits, spaces and . _ - + ( ) only",
    ),
    ("Application", {"name": "My Account"}, "name: is an application of the platform's own; choose another name"),
    ("Application", {"description": "x" * 1025}, "description: must have at most 1024 characters"),
    ("Application", {"accessUrl": f"{URL}/{'x' * 1024}"}, "access_url: must have at most 1024 characters"),
    ("Application", {"imageUrl": "x" * 1025}, "image_url: must have at most 1024 characters"),
    (
        "Application",
        {"logoutReturnUrl": f"{URL}/{'x' * 255}"},
        "logout_return_url: must have at most 255 characters",
    ),
    (
        "Application",
        {"logout": {"backChannelLogoutUrl": f"{URL}/{'x' * 2047}"}},
        "logout.back_channel_logout_url: must have at most 2047 characters",
    ),
    (
        "Application",
        {"callbackUrls": [" regexp=(a)"]},
        "callback_urls[0]: begins or ends with whitespace, remove it",
    ),
    (
        "Application",
        {"callbackUrls": [f"{URL}/{n}{'x' * 1000}" for n in range(3)]},
        "callback_urls: is too long: written as one expression it has 3086 characters, and Asgardeo has",
    ),
    (
        "Application",
        {"authorizedApis": [{"apiId": UUID, "scopes": ["a b"]}]},
        "authorized_apis[0].scopes[0]: contains whitespace, which separates scopes; remove it",
    ),
    (
        "Application",
        {"claims": {"claimMappings": [{"applicationClaim": "a", "localClaim": "b"}], "requestedClaims": [CLAIM]}},
        "claims.requested_claims[0].claim: is not an application_claim of claim_mappings, so Asgardeo",
    ),
    ("Api", {"scopes": [{"name": "openid"}]}, "scopes[0].name: is a scope of OpenID Connect"),
    (
        "KeyManager",
        {"organization": None, "endpoints": {"tokenEndpoint": "https://a.example.com/x y"}},
        "endpoints.token_endpoint: is not an absolute URL",
    ),
    ("ApplicationClient", {"description": "x" * 513}, "description: must have at most 512 characters"),
    ("KeyManager", {"organization": None}, "organization: is required unless endpoints is given"),
    (
        "KeyManager",
        {"organization": "a/b"},
        "organization: may contain letters, digits, dots, hyphens and underscores",
    ),
    (
        "KeyManager",
        {"endpoints": {"tokenEndpoint": "https://a.example.com/token"}},
        "organization: is given together with endpoints; keep one of the two forms",
    ),
    (
        "KeyManager",
        {"organization": None, "endpoints": {"tokenEndpoint": "acme"}},
        "endpoints.token_endpoint: is not an absolute URL such as https://api.asgardeo.io/t/acme/oauth2/token",
    ),
    ("KeyManager", {"organization": None, "endpoints": {}}, "endpoints.token_endpoint: is required"),
    ("KeyManager", {"name": "x" * 101}, "name: must have at most 100 characters"),
    ("KeyManager", {"connector": [{"name": "a"}]}, "connector[0].value: is required"),
]


@pytest.mark.parametrize(("kind", "change", "line"), MISTAKES)
def test_each_mistake_has_its_line(kind: str, change: PropertyMap, line: str) -> None:
    """It names the property as the program spells it, and says what to do."""
    found = KINDS[kind].check({**GOOD[kind], **change})
    assert found.inputs == {}
    assert [failure for failure in found.failures if line in failure], found.failures
    assert all("\n" not in failure for failure in found.failures)


def test_all_mistakes_are_told_at_once_and_no_value_is() -> None:
    """One run, one list; values may be secrets."""
    secret = "hunter2-secret"  # noqa: S105  # made up
    inputs = {
        "name": [secret],
        "applicationType": secret,
        "grantTypes": [secret],
        "accessToken": {"type": secret},
        secret: 1,
    }
    found = KINDS["Application"].check(inputs)
    assert len(found.failures) == 5
    assert not [failure for failure in found.failures if secret in failure and not failure.startswith(secret)]


def test_defaults_are_filled_in_and_nothing_else_is() -> None:
    """What is filled in is managed from then on, so it must be little."""
    assert KINDS["Api"].check({**GOOD["Api"], "scopes": [{"name": "b"}, {"name": "a"}]}).inputs == {
        "identifier": "urn:a",
        "name": "A",
        "requiresAuthorization": True,
        "scopes": [{"name": "a", "displayName": "a"}, {"name": "b", "displayName": "b"}],
    }
    assert KINDS["Application"].check({"name": "A", "authorizedApis": [{"apiId": UUID}]}).inputs == {
        "name": "A",
        "applicationType": "m2m",
        "accessToken": {"type": "JWT"},
        "authorizedApis": [{"apiId": UUID, "policy": "RBAC"}],
    }
    made = {**GOOD["ApplicationClient"], "subscriptions": [{"apiId": "x"}]}
    assert KINDS["ApplicationClient"].check(made).inputs == {
        "applicationName": "A",
        "clientId": "c",
        "keyType": "PRODUCTION",
        "throttlingPolicy": "Unlimited",
        "subscriptions": [{"apiId": "x", "plan": "Unlimited"}],
    }
    attached = {"applicationId": "x", "clientId": "c"}
    assert KINDS["ApplicationClient"].check(attached).inputs == {**attached, "keyType": "PRODUCTION"}


def test_unknown_values_count_as_given_and_right() -> None:
    """A preview knows of an id only that there will be one."""
    found = KINDS["Application"].check(
        {
            "name": UNKNOWN,
            "applicationType": "standard",
            "grantTypes": UNKNOWN,
            "callbackUrls": ["https://b", UNKNOWN, "https://a"],
            "accessToken": UNKNOWN,
            "authorizedApis": [{"apiId": UNKNOWN, "scopes": [UNKNOWN, "a"]}, {"apiId": UUID, "scopes": UNKNOWN}],
        },
        is_unknown,
    )
    assert found.failures == ()
    assert found.inputs["callbackUrls"] == ["https://a", "https://b", UNKNOWN], "the unknown sort last"
    assert found.inputs["authorizedApis"] == [
        {"apiId": UUID, "policy": "RBAC", "scopes": UNKNOWN},
        {"apiId": UNKNOWN, "policy": "RBAC", "scopes": ["a", UNKNOWN]},
    ]


def leaves() -> st.SearchStrategy[Any]:
    """Values that a program may pass, good and bad."""
    texts = st.sampled_from(["", "a", "b c", UUID, "https://a.example.com/cb", "m2m", "web", "JWT", "RBAC", "password"])
    return st.one_of(texts, st.text(max_size=5), st.none(), st.booleans(), st.integers(), st.floats(), st.just(UNKNOWN))


def keys(kind: ResourceHandler) -> st.SearchStrategy[str]:
    """Property names of a kind at any depth, in both spellings, and others."""
    names: set[str] = set()

    def collect(model: Any) -> None:
        from pulumi_asgardeo_bijira.resources.schema import nested_model

        for name, field in model.model_fields.items():
            names.add(name)
            inner, _ = nested_model(field)
            if inner:
                collect(inner)

    collect(kind.inputs)
    return st.sampled_from(sorted(names | {camel(name) for name in names} | {"nonsense", ""}))


@pytest.mark.parametrize("name", sorted(KINDS))
@given(data=st.data())
def test_check_never_raises_and_is_done_after_one_time(name: str, data: st.DataObject) -> None:
    """Whatever JSON a program passes, with unknown values anywhere."""
    kind = KINDS[name]
    values = st.recursive(
        leaves(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys(kind), inner, max_size=4),
        max_leaves=12,
    )
    raw = data.draw(st.dictionaries(keys(kind), values, max_size=8))
    once = kind.check(
        raw if data.draw(st.booleans()) else {**data.draw(right_inputs(kind, unknown=False)), **raw}, is_unknown
    )
    if once.failures:
        assert once.inputs == {}
        return
    assert kind.check(once.inputs, is_unknown) == once


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_every_part_of_every_field_may_be_unknown(field: Field) -> None:
    """An item of a list of whatever it has, too."""
    declared, _ = field.pair()
    for place in places(declared):
        assert not field.handler.check(with_unknown(declared, place), is_unknown).failures, place


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything in a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (*path, key)
        yield from places(item, (*path, key))


def with_unknown(value: Any, path: tuple[Any, ...]) -> Any:
    """The same, with what lies there not known."""
    if not path:
        return UNKNOWN
    changed = value.copy()
    changed[path[0]] = with_unknown(value[path[0]], path[1:])
    return changed


@pytest.mark.parametrize("name", sorted(KINDS))
def test_an_unknown_value_replaces_nothing(name: str) -> None:
    """A preview must not threaten what an up will not do."""
    kind = KINDS[name]
    old = {**dict.fromkeys(kind.inputs.keys(), "old"), "keyManagerName": "old"}
    new = dict.fromkeys(kind.inputs.keys(), UNKNOWN)
    for key in {"ApplicationClient": ("applicationId", "keyManager"), "Role": ("applicationId",)}.get(name, ()):
        del old[key], new[key]
    assert kind.replaces("app/manager/PRODUCTION", old, new, is_unknown) == []


@pytest.mark.parametrize("field", ["imageUrl", "accessUrl", "logoutReturnUrl"])
@pytest.mark.parametrize("url", [" https://a.example.com", "https://a.example.com ", " "])
def test_what_the_platform_would_trim_is_refused(field: str, url: str) -> None:
    """It would differ from what is declared at every refresh."""
    failures = resource_handlers()["Application"].check({"name": "a", field: url}).failures
    assert len(failures) == 1
    assert "begins or ends with whitespace, remove it" in failures[0]


@pytest.mark.parametrize(
    "change",
    [
        {"callbackUrls": [f"regexp=({URL}/{'x' * 2000})"]},
        {"callbackUrls": [f"{URL}/{n}{'x' * 600}" for n in range(3)]},
        {"callbackUrls": [UNKNOWN, f"{URL}/{'x' * 1500}", f"{URL}/{'y' * 1500}"]},
        {"claims": {"claimMappings": [{"applicationClaim": UNKNOWN, "localClaim": "b"}], "requestedClaims": [CLAIM]}},
        {"claims": {"claimMappings": UNKNOWN, "requestedClaims": [CLAIM]}},
        {"claims": {"claimMappings": [UNKNOWN], "requestedClaims": [UNKNOWN, {"claim": UNKNOWN}]}},
        {"cibaAuthenticationRequest": {"authReqExpiryTime": 60}, "grantTypes": [UNKNOWN]},
        {"cibaAuthenticationRequest": {"authReqExpiryTime": 60}, "grantTypes": UNKNOWN},
        {"cibaAuthenticationRequest": UNKNOWN, "grantTypes": [CIBA]},
        {"fapiProfile": "FAPI2_SECURITY", "isFapiApplication": UNKNOWN},
        {"isFapiApplication": True, "accessToken": {"bindingType": UNKNOWN}, "clientAuthentication": UNKNOWN},
        {"isFapiApplication": True, "clientAuthentication": {"tokenEndpointAuthMethod": UNKNOWN}},
        {"isFapiApplication": True, "requestObject": UNKNOWN, "idToken": {"encryption": UNKNOWN}},
        {"hybridFlow": {"enable": True, "responseType": UNKNOWN}},
        {"hybridFlow": {"enable": UNKNOWN}},
        {"subject": {"subjectType": UNKNOWN, "sectorIdentifierUri": URL}},
        {"subject": {"subjectType": "pairwise", "sectorIdentifierUri": UNKNOWN}, "callbackUrls": [URL, f"{URL}/2"]},
        {"subject": {"subjectType": "pairwise"}, "callbackUrls": UNKNOWN},
        {"certificate": {"type": UNKNOWN, "value": "x"}},
        {"certificate": {"type": "PEM", "value": UNKNOWN}},
        {"idToken": {"encryption": {"enabled": UNKNOWN, "algorithm": "RSA-OAEP"}}},
        {"idToken": {"encryption": {"enabled": True, "algorithm": UNKNOWN, "method": UNKNOWN}}},
        {"claims": {"requestedClaims": [CLAIM]}},
        {"description": "x" * 1024, "logoutReturnUrl": f"{URL}/{'x' * 233}"},
    ],
)
def test_what_the_platform_has_room_for_is_taken(change: dict[str, object]) -> None:
    """Up to its bounds, and whatever is not known yet."""
    assert resource_handlers()["Application"].check({"name": "a", **change}, is_unknown).failures == ()
