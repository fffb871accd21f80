"""Configuration: which value counts, and what is said about those that are missing or wrong."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from pulumi_asgardeo_bijira.http import ConfigurationProblem
from pulumi_asgardeo_bijira.settings import (
    EXPLICIT_MARKER,
    SANDBOX_VARIABLE,
    AsgardeoSettings,
    BijiraSettings,
    Settings,
)

UUID = "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10"
CONFIG = {
    "asgardeo:organization": "acme",
    "asgardeo:clientId": "id",
    "asgardeo:clientSecret": "hunter2-asgardeo",
    "bijira:organizationId": UUID,
    "bijira:clientId": "id",
    "bijira:clientSecret": "hunter2-bijira",
}


def test_the_environment_wins_over_the_stack_and_an_explicit_provider_over_both() -> None:
    """A destroy runs with the stack's old configuration, and the environment is what repairs that."""
    environment = {"ASGARDEO_ORGANIZATION": "from-environment", "BIJIRA_CLIENT_ID": ""}
    found = Settings(CONFIG, environment)
    assert found.asgardeo.organization_name == "from-environment"
    assert found.bijira.client_id == "id", "an empty variable counts as unset"
    explicit = Settings({**CONFIG, EXPLICIT_MARKER: "true"}, environment)
    assert explicit.asgardeo.organization_name == "acme"


def test_nothing_is_judged_before_it_is_used() -> None:
    """Who touches one platform needs no settings of the other, and a preview needs none."""
    Settings({"asgardeo:nonsense": "x", "bijira:baseUrl": "ftp://x"}, {})
    only = Settings({key: value for key, value in CONFIG.items() if key.startswith("asgardeo")}, {})
    assert (only.asgardeo.client(), only.asgardeo.secret()) == ("id", "hunter2-asgardeo")


@pytest.mark.parametrize(
    ("change", "use", "line"),
    [
        ({"asgardeo:organization": ""}, "tenant_url", "asgardeo:organization is not set"),
        ({"asgardeo:clientId": ""}, "client", "asgardeo:clientId is not set. Set it"),
        (
            {"asgardeo:clientSecret": ""},
            "secret",
            "asgardeo:clientSecret is not set (nor is asgardeo:privateKey, asgardeo:privateKeyFile, "
            "asgardeo:clientAssertionFile or asgardeo:accessToken). Set it",
        ),
        ({"asgardeo:baseUrl": "http://api.asgardeo.io"}, "tenant_url", "asgardeo:baseUrl is plain http"),
        ({"asgardeo:baseUrl": "api.asgardeo.io"}, "tenant_url", "asgardeo:baseUrl is not an https address"),
        ({"asgardeo:baseUrl": "https://api.asgardeo.io/t/other"}, "tenant_url", "they must agree"),
        ({"asgardeo:organization": "a/b"}, "tenant_url", "may hold letters, digits"),
        ({"bijira:organizationId": ""}, "query", "bijira:organizationId is not set, and an address that ends in /v2"),
        ({"bijira:organizationId": "acme"}, "query", "bijira:organizationId is not a UUID"),
        ({"bijira:backend": "portal"}, "portal_url", "bijira:backend is neither devportal nor api-portal"),
        (
            {"bijira:backend": "api-portal"},
            "portal_url",
            "bijira:baseUrl is not set, and backend api-portal has no default",
        ),
        (
            {"bijira:backend": "api-portal", "bijira:baseUrl": "https://portal.example.com/api-portal/api/v0.9"},
            "token_address",
            "bijira:tokenUrl is not set, and backend api-portal has no default",
        ),
        ({"bijira:clientId": ""}, "client", "bijira:clientId is not set. Set it"),
        (
            {"bijira:clientSecret": ""},
            "secret",
            "bijira:clientSecret is not set (nor is bijira:password, bijira:subjectToken, bijira:subjectTokenFile or "
            "bijira:accessToken)",
        ),
        ({"bijira:grantType": "implicit"}, "token_form", "bijira:grantType is none of client_credentials, password"),
        (
            {"bijira:grantType": "token_exchange"},
            "token_form",
            "bijira:subjectToken is not set (nor is bijira:subjectTokenFile), and grantType token_exchange needs it",
        ),
        ({"bijira:grantType": "password"}, "token_form", "bijira:username is not set, and grantType password"),
        ({"bijira:extraQuery": "[]"}, "query", "bijira:extraQuery is not a JSON object"),
    ],
)
def test_what_is_missing_or_wrong_is_one_line_with_both_ways_to_set_it(
    change: dict[str, str], use: str, line: str
) -> None:
    """At first use, where the user reads it."""
    found = Settings({**CONFIG, **change}, {})
    key = next(iter(change))
    group: Any = found.asgardeo if use == "tenant_url" or key.startswith("asgardeo") else found.bijira
    with pytest.raises(ConfigurationProblem) as caught:
        getattr(group, use)()
    text = str(caught.value)
    assert line in text
    assert "pulumi config set" in text
    assert key.replace(":", "_").upper()[:5] in text
    assert "hunter2" not in text


def test_an_unknown_key_is_an_error_that_suggests_the_nearest() -> None:
    """A mistyped setting would otherwise be a default."""
    with pytest.raises(
        ConfigurationProblem, match=r"asgardeo:organisation is not a setting\. Did you mean asgardeo:org"
    ):
        _ = Settings({**CONFIG, "asgardeo:organisation": "x"}, {}).asgardeo
    _ = Settings({**CONFIG, "other:key": "x"}, {}).asgardeo


def test_the_organisation_may_stand_in_the_address() -> None:
    """However it was copied from the console."""
    found = Settings({"asgardeo:baseUrl": "https://api.eu.asgardeo.io/t/acme/"}, {}).asgardeo
    assert found.tenant_url == "https://api.eu.asgardeo.io/t/acme"


def test_the_self_hosted_version_needs_no_organisation() -> None:
    """Its tenant is that of the user."""
    found = Settings({"bijira:baseUrl": "https://apim.example.com:9443/api/am/devportal/v3"}, {}).bijira
    assert found.query == {}
    assert found.key_manager_environment is None
    assert Settings(CONFIG, {}).bijira.query == {"organizationId": UUID}
    assert Settings(CONFIG, {}).bijira.key_manager_environment == "prod"


def test_a_sandbox_stands_above_everything() -> None:
    """Also above what an explicit provider says; only who one is stays."""
    environment = {SANDBOX_VARIABLE: "http://127.0.0.1:8000/", "ASGARDEO_CLIENT_SECRET": "hunter2-real"}
    found = Settings({**CONFIG, EXPLICIT_MARKER: "true"}, environment)
    assert found.asgardeo.tenant_url == "http://127.0.0.1:8000/t/acme"
    assert found.bijira.portal_url == "http://127.0.0.1:8000/api/am/devportal/v2"
    assert found.bijira.query == {"organizationId": UUID}
    assert "hunter2" not in str([found.asgardeo.secrets, found.bijira.secrets])
    with pytest.raises(ConfigurationProblem, match="is not on this machine"):
        _ = Settings(CONFIG, {SANDBOX_VARIABLE: "https://sandbox.example.com"}).asgardeo


def test_no_secret_shows_and_equal_settings_are_known_as_such() -> None:
    """One token for each organisation and client in a process."""
    found = Settings(CONFIG, {})
    assert "hunter2" not in f"{found!r} {found.asgardeo!r} {found.bijira!r} {found.identity}"
    assert found.identity == Settings(dict(CONFIG), {}).identity
    assert found.identity != Settings({**CONFIG, "asgardeo:clientSecret": "x"}, {}).identity


def test_every_setting_is_documented() -> None:
    """Its text is what help and documents show."""
    for group in (AsgardeoSettings, BijiraSettings):
        assert all(field.metadata["doc"] for field in fields(group))
