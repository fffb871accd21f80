"""Configuration: which value counts, and what is said about those that are missing or wrong."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_asgardeo_bijira.settings import (
    EXPLICIT_MARKER,
    SANDBOX_VARIABLE,
    AsgardeoSettings,
    BijiraSettings,
    Settings,
    sandbox_environment,
)
from pulumi_asgardeo_bijira.transport import ConfigurationProblem

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


def test_an_explicit_provider_is_not_told_of_the_stacks_config() -> None:
    """It is given nothing of that; what it has itself stands above the environment."""
    settings = Settings({"asgardeo:organization": "acme", EXPLICIT_MARKER: "true"}, {})
    with pytest.raises(ConfigurationProblem) as caught:
        settings.asgardeo.client()
    advice = "Set it: give it to the explicit provider, or leave it out there and set ASGARDEO_CLIENT_ID=…"
    assert str(caught.value).endswith(advice)
    assert "pulumi config" not in str(caught.value)


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
        ({"asgardeo:baseUrl": "https://[::1"}, "tenant_url", "asgardeo:baseUrl is no address: check its host and"),
        ({"asgardeo:baseUrl": "https://x:99999"}, "tenant_url", "asgardeo:baseUrl is no address: check its host and"),
        ({"asgardeo:baseUrl": "https://:hunter2@x"}, "tenant_url", "a user name or password does not belong there"),
        ({"asgardeo:baseUrl": "https://x/\n"}, "tenant_url", "asgardeo:baseUrl has a control character"),
        ({"asgardeo:clientId": "id\r\nX: y"}, "client", "asgardeo:clientId has a control character"),
        ({"asgardeo:clientSecret": "\udcff"}, "secret", "asgardeo:clientSecret is no text in UTF-8"),
        ({"bijira:extraHeaders": '{"X": "a\\nb"}'}, "headers", "bijira:extraHeaders has a name or a value that no"),
        ({"bijira:extraHeaders": '{"X Y": "a"}'}, "headers", "bijira:extraHeaders has a name or a value that no"),
        ({"bijira:extraQuery": '{"x": "\\ud800"}'}, "query", "bijira:extraQuery has half a character"),
        ({"bijira:extraQuery": "[" * 100_000}, "query", "bijira:extraQuery is not a JSON object"),
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
            "bijira:subjectToken is not set (nor is bijira:subjectTokenFile), and bijira:grantType token_exchange",
        ),
        ({"bijira:grantType": "password"}, "token_form", "bijira:username is not set, and bijira:grantType password"),
        ({"bijira:extraQuery": "[]"}, "query", "bijira:extraQuery is not a JSON object"),
    ],
)
def test_what_is_missing_or_wrong_is_one_line_with_both_ways_to_set_it(
    change: dict[str, str], use: str, line: str
) -> None:
    """At first use, where the user reads it."""
    found = Settings({**CONFIG, **change}, {})
    key = next(iter(change))

    def used() -> None:
        group: Any = found.asgardeo if use == "tenant_url" or key.startswith("asgardeo") else found.bijira
        getattr(group, use)()

    with pytest.raises(ConfigurationProblem) as caught:
        used()
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


OWN = "https://am.example.com/api/am/devportal/v3"


@pytest.mark.parametrize(
    ("own", "use", "line"),
    [
        (
            {"bijira:baseUrl": OWN},
            "token_address",
            "bijira:tokenUrl is not set, and bijira:baseUrl leads to a host of your own: what signs in there would be "
            "sent to sts.choreo.dev. Set it",
        ),
        (
            {"bijira:adminBaseUrl": "https://am.example.com/admin"},
            "token_address",
            "bijira:adminBaseUrl leads to a host",
        ),
        (
            {"bijira:adminBaseUrl": "https://am.example.com/admin"},
            "portal_url",
            "bijira:baseUrl is not set, and bijira:a",
        ),
        (
            {"bijira:tokenUrl": "https://am.example.com/token"},
            "portal_url",
            "bijira:tokenUrl leads to a host of your own",
        ),
        ({"bijira:tokenUrl": "https://sts.choreo.dev:8443/token"}, "portal_url", "bijira:tokenUrl leads to a host of"),
    ],
)
def test_no_default_host_is_sent_what_belongs_to_an_address_of_ones_own(
    own: dict[str, str], use: str, line: str
) -> None:
    """A self-hosted server's client id and secret are nothing for the public cloud, nor is its token."""
    with pytest.raises(ConfigurationProblem) as caught:
        getattr(Settings({**CONFIG, **own}, {}).bijira, use)
    assert line in str(caught.value)


@pytest.mark.parametrize(
    "own",
    [
        {"bijira:baseUrl": OWN, "bijira:tokenUrl": "https://sts.choreo.dev/oauth2/token"},
        {"bijira:baseUrl": OWN, "bijira:tokenUrl": "https://am.example.com/token"},
        {"bijira:baseUrl": "https://sts.choreo.dev/api/am/devportal/v3"},
        {"bijira:tokenUrl": "https://sts.choreo.dev/other"},
        {},
    ],
)
def test_what_the_user_has_said_goes_there(own: dict[str, str]) -> None:
    """The default's address too, where it is set, and another path of the same host."""
    found = Settings({**CONFIG, **own}, {}).bijira
    assert found.portal_url.startswith("https://")
    assert found.token_address.startswith("https://")


def test_a_given_token_needs_no_token_endpoint() -> None:
    """And an endpoint that is not used does not matter."""
    given = {"bijira:accessToken": "x", "bijira:clientSecret": ""}
    assert Settings({**CONFIG, **given, "bijira:tokenUrl": "https://am.example.com/token"}, {}).bijira.portal_url
    assert Settings({**CONFIG, **given, "bijira:baseUrl": OWN}, {}).bijira.portal_url == OWN


def test_a_sandbox_beside_another_address_is_an_error_that_names_both() -> None:
    """Which of them is meant cannot be told; a command that brings its own sandbox means that."""
    url = "http://127.0.0.1:8000"
    for key in ("asgardeo:baseUrl", "bijira:baseUrl", "bijira:adminBaseUrl", "bijira:tokenUrl"):
        config = {**CONFIG, key: "https://real.example.com/api/am/devportal/v3"}
        group = key.partition(":")[0]
        with pytest.raises(ConfigurationProblem, match=f"{SANDBOX_VARIABLE} has the sandbox at {url} .* {key} leads"):
            getattr(Settings(config, {SANDBOX_VARIABLE: url}), group)
        assert getattr(Settings(config, sandbox_environment(url)), group).base_url.startswith(url)
        with pytest.raises(ConfigurationProblem, match=f"{key} leads"):
            getattr(Settings(config, {**sandbox_environment("http://127.0.0.1:1"), SANDBOX_VARIABLE: url}), group)
    same = {**CONFIG, "bijira:baseUrl": f"{url}/api/am/devportal/v3"}
    assert Settings(same, {SANDBOX_VARIABLE: url}).bijira.portal_url == f"{url}/api/am/devportal/v3"
    assert url in Settings({}, {SANDBOX_VARIABLE: url}).about_sandbox
    assert Settings({}, {}).about_sandbox == ""
    assert (
        Settings({}, {SANDBOX_VARIABLE: "https://api.asgardeo.io"}).about_sandbox == ""
    )  # refused, so it stands for none


@pytest.mark.parametrize("wrong", ["http://:hunter2@127.0.0.1:1", "http://[::1", "127.0.0.1:1", "http://127.0.0.1:0"])
def test_a_sandbox_that_is_nowhere_is_one_line(wrong: str) -> None:
    """That does not repeat it."""
    with pytest.raises(ConfigurationProblem, match=f"^{SANDBOX_VARIABLE} is .* Unset it, or start a sandbox") as caught:
        _ = Settings(CONFIG, {SANDBOX_VARIABLE: wrong}).asgardeo
    assert "hunter2" not in str(caught.value)


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
        assert all(field.metadata["doc"] for field in group.declared())
