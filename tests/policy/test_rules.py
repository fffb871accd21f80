"""Each rule on inputs that keep it and on inputs that break it, and what the rules name is what is declared."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_asgardeo_bijira.resources.catalog import RESOURCES

from policy.rules import LIFETIMES, RULES, UNKNOWN, kind_of
from tests.support.fields import FIELDS

#: By rule: the settings, inputs, and a piece of each line that they give.
ROWS: dict[str, list[tuple[dict[str, Any], dict[str, Any], list[str]]]] = {
    "allowed-grants": [
        ({}, {"grantTypes": ["client_credentials", "authorization_code", "refresh_token"]}, []),
        ({}, {"grantTypes": ["password", "implicit"]}, ["grant password is", "grant implicit is"]),
        ({}, {"grantTypes": UNKNOWN}, []),
        ({}, {"grantTypes": [UNKNOWN, "implicit"]}, ["grant implicit is"]),
        ({}, {"applicationType": "m2m"}, []),
        ({"forbidden": ["client_credentials"]}, {"grantTypes": ["password", "client_credentials"]}, ["client_cred"]),
    ],
    "pkce-for-public-clients": [
        ({}, {"applicationType": "web"}, []),
        ({}, {"applicationType": "spa"}, []),
        ({}, {"applicationType": "mobile", "pkce": {"mandatory": True}}, []),
        ({}, {"applicationType": "spa", "pkce": {"mandatory": False}}, ["needs PKCE"]),
        ({}, {"applicationType": "spa", "publicClient": False, "pkce": {"mandatory": False}}, []),
        ({}, {"applicationType": "web", "publicClient": True}, ["needs PKCE"]),
        ({}, {"applicationType": "web", "publicClient": UNKNOWN}, []),
        ({}, {"applicationType": UNKNOWN}, []),
        ({}, {"applicationType": "web", "publicClient": True, "pkce": UNKNOWN}, []),
        ({}, {"applicationType": "web", "publicClient": True, "pkce": {"mandatory": UNKNOWN}}, []),
        ({}, {"publicClient": True, "applicationType": "standard", "grantTypes": ["implicit"]}, []),
        ({}, {"publicClient": True, "applicationType": "standard", "grantTypes": [UNKNOWN]}, ["needs PKCE"]),
        (
            {},
            {"applicationType": "spa", "pkce": {"mandatory": True, "supportPlainTransformAlgorithm": True}},
            ["Plain challenges"],
        ),
    ],
    "token-lifetimes": [
        ({}, {"accessToken": {"type": "JWT"}}, []),
        (
            {},
            {
                "accessToken": {
                    "userAccessTokenExpiryInSeconds": 3600.0,
                    "applicationAccessTokenExpiryInSeconds": 3600.0,
                },
                "refreshToken": {"expiryInSeconds": 86400.0},
                "idToken": {"expiryInSeconds": 3600.0},
            },
            [],
        ),
        (
            {},
            {
                "accessToken": {
                    "userAccessTokenExpiryInSeconds": 3601.0,
                    "applicationAccessTokenExpiryInSeconds": 7200.0,
                },
                "refreshToken": {"expiryInSeconds": 86401.0},
                "idToken": {"expiryInSeconds": 9999.0},
            },
            ["user", "application", "refreshToken.expiryInSeconds is 86401 seconds, and at most 86400", "idToken"],
        ),
        ({"refreshToken": 600}, {"refreshToken": {"expiryInSeconds": 601}}, ["at most 600"]),
        ({}, {"accessToken": UNKNOWN, "refreshToken": {"expiryInSeconds": UNKNOWN}}, []),
    ],
    "https-callbacks": [
        ({}, {"callbackUrls": ["https://app.example.com/callback", "com.example.app://callback"]}, []),
        ({}, {"callbackUrls": ["http://localhost:3000/cb", "http://127.0.0.1:80/cb", "http://[::1]/cb"]}, []),
        ({}, {"callbackUrls": ["http://app.example.com/cb", "HTTP://x.example.com"]}, ["http://app", "HTTP://x"]),
        ({}, {"callbackUrls": ["http://localhost.example.com/cb"]}, ["localhost.example.com"]),
        ({}, {"callbackUrls": [r"regexp=(https://a\.example\.com/cb|http://localhost:8080/cb)"]}, []),
        ({}, {"callbackUrls": [r"regexp=(https://a\.example\.com|http://b\.example\.com)"]}, ["http://b.example.com"]),
        ({}, {"callbackUrls": ["regexp=https?://a.example.com"]}, ["https?://a"]),
        ({}, {"callbackUrls": ["regexp=.*"]}, ["callback .* cannot"]),
        ({}, {"callbackUrls": ["regexp=http://(127.0.0.1|localhost):[0-9]+/cb"]}, ["http://(127"]),
        ({}, {"callbackUrls": [r"regexp=http://127\.0\.0\.1:[0-9]+/cb", "regexp=http://localhost.*"]}, ["localhost.*"]),
        ({}, {"callbackUrls": ["regexp=https://app.example.com/(a|b)"]}, []),
        ({}, {"callbackUrls": ["regexp=(https://a)|(http://b)"]}, ["http://b"]),
        ({}, {"callbackUrls": ["http://localhost@b.example.com/", "http://localhost:x@b.example.com/"]}, ["@b", "@b"]),
        ({}, {"callbackUrls": UNKNOWN}, []),
        ({}, {"callbackUrls": [UNKNOWN, "https://app.example.com"]}, []),
    ],
    "policy-for-authorizations": [
        ({}, {"name": "a", "authorizedApis": [{"apiId": "1", "policy": "RBAC"}]}, []),
        ({}, {"name": "a", "authorizedApis": [{"apiId": "1", "policy": "No Policy"}]}, ["the API 1 has no policy"]),
        ({"apis": ["1"]}, {"name": "a", "authorizedApis": [{"apiId": "1", "policy": "No Policy"}]}, []),
        ({"applications": ["a"]}, {"name": "a", "authorizedApis": [{"apiId": "1", "policy": "No Policy"}]}, []),
        ({"applications": ["a"]}, {"name": "b", "authorizedApis": [{"apiId": "1", "policy": "No Policy"}]}, ["API 1"]),
        ({}, {"name": "a", "authorizedApis": [{"apiId": UNKNOWN, "policy": "No Policy"}]}, []),
        ({}, {"name": "a", "authorizedApis": [{"apiId": "1", "policy": UNKNOWN}, UNKNOWN]}, []),
        ({}, {"name": UNKNOWN, "authorizedApis": [{"apiId": "1", "policy": "No Policy"}]}, []),
    ],
    "apis-require-authorization": [
        ({}, {"name": "a", "identifier": "urn:a", "requiresAuthorization": True}, []),
        ({}, {"name": "a", "identifier": "urn:a", "requiresAuthorization": False}, ["API urn:a requires no"]),
        ({"apis": ["urn:a"]}, {"name": "a", "identifier": "urn:a", "requiresAuthorization": False}, []),
        ({"apis": ["a"]}, {"name": "a", "identifier": "urn:a", "requiresAuthorization": False}, []),
        ({}, {"name": "a", "identifier": UNKNOWN, "requiresAuthorization": False}, []),
        ({}, {"name": "a", "identifier": "urn:a", "requiresAuthorization": UNKNOWN}, []),
    ],
    "subscriptions-by-plan": [
        ({}, {"subscriptions": [{"apiName": "Orders API", "plan": "Gold"}]}, []),
        ({}, {"subscriptions": [{"apiName": "Orders API", "plan": "Unlimited"}]}, ["to Orders API has the plan Unli"]),
        ({}, {"subscriptions": [{"apiId": UNKNOWN}]}, ["to an API has the plan Unlimited"]),
        ({"allowed": ["Gold"]}, {"subscriptions": [{"apiId": "1", "plan": "Bronze"}]}, ["Name one of Gold"]),
        ({"allowed": ["Unlimited"]}, {"subscriptions": [{"apiId": "1", "plan": "Unlimited"}]}, []),
        ({}, {"subscriptions": [{"apiId": "1", "plan": UNKNOWN}, UNKNOWN]}, []),
        ({}, {"clientId": "x"}, []),
    ],
}
#: A type of each kind, in both spellings.
TYPES = {
    "application": ("pulumi-python:dynamic/asgardeo:Application", "asgardeo-bijira:index:AsgardeoApplication"),
    "api": ("pulumi-python:dynamic/asgardeo:Api", "asgardeo-bijira:index:AsgardeoApi"),
    "client": ("pulumi-python:dynamic/bijira:ApplicationClient", "asgardeo-bijira:index:BijiraApplicationClient"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_broken_by_what_it_forbids_and_by_nothing_else(rule: Any) -> None:
    """For both spellings of the type, and for no other type."""
    assert any(expected for _, _, expected in ROWS[rule.name])
    for settings, inputs, expected in ROWS[rule.name]:
        for token in (one for kind in rule.kinds for one in TYPES[kind]):
            lines = rule.broken_by(token, inputs, settings)
            assert len(lines) == len(expected), (inputs, lines)
            assert all(piece in line for piece, line in zip(expected, lines, strict=True)), lines
        assert rule.broken_by("asgardeo:index:Elsewhere", inputs, settings) == []


def test_every_rule_has_rows() -> None:
    """A rule without any would be held to nothing."""
    assert {rule.name for rule in RULES} == ROWS.keys()


def test_the_types_are_those_of_the_declarations() -> None:
    """The pack knows nothing of the package, so its words are compared with it here."""
    known = {token for one in RESOURCES for token in (one.dynamic_type, one.token)}
    assert {token for tokens in TYPES.values() for token in tokens} <= known
    assert all(kind_of(token) == kind for kind, tokens in TYPES.items() for token in tokens)


def test_every_lifetime_of_a_token_has_a_cap() -> None:
    """One that is declared later needs a cap too; that of a request to sign in is no token's."""
    declared = {
        field.keys
        for field in FIELDS
        if field.handler.name == "Application" and field.keys[-1].endswith("xpiryInSeconds")
    }
    assert declared == {path for path, _ in LIFETIMES.values()}
