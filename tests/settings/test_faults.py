"""What settings alone tell to be missing, wrong or contradictory, before a platform is asked for anything."""

from __future__ import annotations

import pytest
from pulumi_asgardeo_bijira.settings import EXPLICIT_MARKER, SANDBOX_VARIABLE, Settings

WHOLE = {
    "asgardeo:organization": "acme",
    "asgardeo:clientId": "id",
    "asgardeo:clientSecret": "hunter2",
    "bijira:organizationId": "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10",
    "bijira:clientId": "id",
    "bijira:clientSecret": "hunter2",
}
PORTAL = {"bijira:backend": "api-portal", "bijira:baseUrl": "https://portal.example.com/api-portal/api/v0.9"}


def faults(config: dict[str, str], environment: dict[str, str] | None = None) -> list[str]:
    """The lines about both platforms."""
    settings = Settings(config, environment or {})
    return [line for platform in ("asgardeo", "bijira") for line in settings.faults(platform)]


def test_what_is_whole_has_no_faults() -> None:
    """Whichever way it signs in; files are not looked into, and a sandbox needs nothing."""
    assert faults(WHOLE) == []
    assert faults({**WHOLE, EXPLICIT_MARKER: "true"}) == []
    assert faults(WHOLE, {"ASGARDEO_PRIVATE_KEY_FILE": "/nowhere", "BIJIRA_SUBJECT_TOKEN_FILE": "/nowhere"}) == []
    assert faults(WHOLE, {"ASGARDEO_ACCESS_TOKEN": "t", "BIJIRA_ACCESS_TOKEN": "t", "BIJIRA_CLIENT_ID": ""}) == []
    assert faults({**WHOLE, **PORTAL, "bijira:tokenUrl": "https://portal.example.com/oauth2/token"}) == []
    assert faults({}, {SANDBOX_VARIABLE: "http://127.0.0.1:1"}) == []


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({"asgardeo:organization": ""}, ["asgardeo:organization is not set"]),
        ({"asgardeo:clientId": ""}, ["asgardeo:clientId is not set"]),
        ({"asgardeo:clientSecret": ""}, ["asgardeo:clientSecret is not set (nor is asgardeo:privateKey,"]),
        ({"asgardeo:accessToken": "t"}, ["asgardeo:clientSecret and asgardeo:accessToken are two ways of signing in"]),
        ({"asgardeo:baseUrl": "http://x.example.com"}, ["asgardeo:baseUrl is plain http"]),
        ({"asgardeo:requestsPerMinute": "many"}, ["asgardeo:requestsPerMinute is no whole number"]),
        ({"asgardeo:roleWarnings": "no"}, ["asgardeo:roleWarnings is neither on nor off"]),
        ({"asgardeo:strictSettings": "yes"}, ["asgardeo:strictSettings is neither on nor off"]),
        ({"asgardeo:organisation": "x"}, ["asgardeo:organisation is not a setting. Did you mean"] * 2),
        ({"bijira:backend": "portal"}, ["bijira:backend is neither devportal nor api-portal"]),
        (
            {"bijira:backend": "api-portal"},
            ["bijira:baseUrl is not set, and backend api-portal", "bijira:tokenUrl is not set, and backend api-portal"],
        ),
        (PORTAL, ["bijira:tokenUrl is not set, and backend api-portal has no default"]),
        ({"bijira:organizationId": "acme"}, ["bijira:organizationId is not a UUID"]),
        ({"bijira:organizationId": ""}, ["bijira:organizationId is not set, and an address that ends in /v2"]),
        ({"bijira:extraHeaders": "[]"}, ["bijira:extraHeaders is not a JSON object"]),
        ({"bijira:extraTokenParams": "x"}, ["bijira:extraTokenParams is not a JSON object"]),
        ({"bijira:grantType": "implicit"}, ["bijira:grantType is none of client_credentials"]),
        ({"bijira:grantType": "password"}, ["bijira:username is not set"]),
        ({"bijira:requestsPerMinute": "-1"}, ["bijira:requestsPerMinute is no whole number"]),
        (
            dict.fromkeys(WHOLE, ""),
            [
                "asgardeo:organization is not set. Set it",
                "asgardeo:clientId is not set (nor is asgardeo:privateKey,",
                "bijira:organizationId is not set, and an address that ends in /v2 needs it",
                "bijira:clientId is not set (nor is bijira:password",
            ],
        ),
    ],
)
def test_each_fault_is_a_line(change: dict[str, str], lines: list[str]) -> None:
    """Once, with what to do; no value of a secret in it."""
    found = faults({**WHOLE, **change})
    assert len(found) == len(lines), found
    for said, line in zip(found, lines, strict=True):
        assert line in said
        assert "hunter2" not in said
