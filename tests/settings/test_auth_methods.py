"""How the settings choose one way of signing in, and what is said where they choose two or half of one."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.settings import (
    EXPLICIT_MARKER,
    SANDBOX_VARIABLE,
    AsgardeoSettings,
    BijiraSettings,
    Settings,
)
from pulumi_asgardeo_bijira.transport import ConfigurationProblem

if TYPE_CHECKING:
    from pathlib import Path

FILE = "/run/secrets/token"
BASE = {"asgardeo:organization": "acme", "asgardeo:clientId": "id", "bijira:clientId": "id"}
ASGARDEO = ("clientSecret", "privateKey", "privateKeyFile", "clientAssertionFile", "accessToken")
BIJIRA_APART = [
    ("accessToken", "clientSecret"),
    ("accessToken", "password"),
    ("accessToken", "subjectToken"),
    ("accessToken", "subjectTokenFile"),
    ("subjectToken", "subjectTokenFile"),
    ("password", "subjectToken"),
    ("password", "subjectTokenFile"),
]


def ways(config: dict[str, str], environment: dict[str, str] | None = None) -> tuple[str, str]:
    """The chosen way for each platform."""
    found = Settings({**BASE, **config}, environment or {})
    return found.asgardeo.auth_method, found.bijira.auth_method


@pytest.mark.parametrize(
    ("config", "chosen"),
    [
        ({}, ("client_secret", "client_secret")),
        ({"asgardeo:privateKey": "x", "bijira:subjectToken": "x"}, ("private_key", "subject_token")),
        (
            {"asgardeo:privateKeyFile": FILE, "bijira:subjectTokenFile": FILE},
            ("private_key_file", "subject_token_file"),
        ),
        ({"asgardeo:clientAssertionFile": FILE, "bijira:password": "x"}, ("client_assertion_file", "password")),
        ({"asgardeo:accessToken": "x", "bijira:accessToken": "x"}, ("access_token", "access_token")),
        ({"bijira:clientSecret": "x", "bijira:subjectToken": "x"}, ("client_secret", "subject_token")),
        ({"bijira:clientSecret": "x", "bijira:password": "x"}, ("client_secret", "password")),
        ({"bijira:grantType": "password"}, ("client_secret", "password")),
        ({"bijira:grantType": "token_exchange"}, ("client_secret", "subject_token")),
    ],
)
def test_a_way_is_chosen_by_what_is_there(config: dict[str, str], chosen: tuple[str, str]) -> None:
    """Nobody has to name it."""
    assert ways(config) == chosen


@pytest.mark.parametrize(
    ("namespace", "one", "other"),
    [
        *(("asgardeo", one, other) for one, other in combinations(ASGARDEO, 2)),
        *(("bijira", one, other) for one, other in BIJIRA_APART),
    ],
)
@pytest.mark.parametrize("source", ["config", "environment", "provider"])
def test_two_ways_at_once_are_one_line_that_names_both(namespace: str, one: str, other: str, source: str) -> None:
    """And says how to remove either; which one was meant only the user knows."""
    group: Any = AsgardeoSettings if namespace == "asgardeo" else BijiraSettings
    names = [name for name in group.names() if group.key(name) in (f"{namespace}:{one}", f"{namespace}:{other}")]
    config = {group.key(name): "hunter2" for name in names}
    environment = {group.variable(name): "hunter2" for name in names} if source == "environment" else {}
    marker = {EXPLICIT_MARKER: "true"} if source == "provider" else {}
    found = Settings({**BASE, **marker, **({} if environment else config)}, environment)
    with pytest.raises(ConfigurationProblem) as caught:
        _ = getattr(found, namespace).auth_method
    text = str(caught.value)
    for name in names:
        assert f"pulumi config rm {group.key(name)} (or unset {group.variable(name)})" in text
    assert "two ways of signing in" in text
    assert "hunter2" not in text


@pytest.mark.parametrize(
    ("config", "line"),
    [
        ({"bijira:grantType": "client_credentials", "bijira:password": "x"}, "bijira:grantType and bijira:password"),
        ({"bijira:grantType": "password", "bijira:subjectToken": "x"}, "bijira:grantType and bijira:subjectToken"),
        ({"bijira:grantType": "password", "bijira:accessToken": "x"}, "bijira:grantType and bijira:accessToken"),
    ],
)
def test_a_grant_that_contradicts_what_is_there_is_named_with_it(config: dict[str, str], line: str) -> None:
    """A password that is set and not used would be a riddle."""
    with pytest.raises(ConfigurationProblem, match=line):
        ways(config)


@pytest.mark.parametrize(
    ("config", "environment", "chosen"),
    [
        ({"asgardeo:clientSecret": "x"}, {"ASGARDEO_ACCESS_TOKEN": "x"}, "access_token"),
        ({"asgardeo:accessToken": "x"}, {"ASGARDEO_CLIENT_SECRET": "x"}, "client_secret"),
        ({"asgardeo:clientSecret": "x"}, {"ASGARDEO_PRIVATE_KEY_FILE": FILE}, "private_key_file"),
        ({"asgardeo:privateKey": "x"}, {"ASGARDEO_PRIVATE_KEY_FILE": FILE}, "private_key_file"),
        ({"asgardeo:privateKey": "x"}, {"ASGARDEO_CLIENT_ASSERTION_FILE": FILE}, "client_assertion_file"),
        ({"asgardeo:clientSecret": "x"}, {"ASGARDEO_ACCESS_TOKEN": ""}, "client_secret"),
        ({"bijira:clientSecret": "x"}, {"BIJIRA_ACCESS_TOKEN": "x"}, "access_token"),
        ({"bijira:accessToken": "x"}, {"BIJIRA_CLIENT_SECRET": "x"}, "client_secret"),
        ({"bijira:grantType": "client_credentials"}, {"BIJIRA_PASSWORD": "x"}, "password"),
        ({"bijira:password": "x", "bijira:grantType": "password"}, {"BIJIRA_SUBJECT_TOKEN": "x"}, "subject_token"),
        ({"bijira:password": "x"}, {"BIJIRA_CLIENT_SECRET": "x"}, "password"),
    ],
)
def test_the_environment_decides_where_the_stack_has_another_way(
    config: dict[str, str], environment: dict[str, str], chosen: str
) -> None:
    """A destroy runs with the stack's old configuration: what the pipeline brings must be enough to repair it."""
    asgardeo, bijira = ways(config, environment)
    assert (asgardeo if "asgardeo" in str(config) else bijira) == chosen


def test_what_contradicts_nothing_stays() -> None:
    """The ids are no secrets: they stay in the stack's config, and the pipeline brings the key."""
    config = {**BASE, "asgardeo:keyId": "k1", "asgardeo:clientSecret": "old", "bijira:username": "ada"}
    found = Settings(config, {"ASGARDEO_PRIVATE_KEY": "pem", "BIJIRA_PASSWORD": "secret"})
    asgardeo, bijira = found.asgardeo, found.bijira
    assert (asgardeo.client(), asgardeo.key_id, asgardeo.private_key, asgardeo.client_secret) == (
        "id",
        "k1",
        "pem",
        None,
    )
    assert (bijira.username, bijira.password) == ("ada", "secret")


def test_the_arguments_of_a_provider_decide_over_the_environment() -> None:
    """They stand above it, way by way as value by value."""
    config = {**BASE, EXPLICIT_MARKER: "true", "asgardeo:clientSecret": "x"}
    found = Settings(config, {"ASGARDEO_ACCESS_TOKEN": "x", "BIJIRA_ACCESS_TOKEN": "y"})
    assert (found.asgardeo.auth_method, found.asgardeo.access_token) == ("client_secret", None)
    assert found.bijira.auth_method == "access_token"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (None, "which cannot be read: No such file or directory"),
        (b"", "which is empty"),
        (b" \n", "which is empty"),
        (b"one two", "which is not one token"),
        (b"\xff\xfe", "which is no text"),
    ],
)
@pytest.mark.parametrize("key", ["asgardeo:clientAssertionFile", "bijira:subjectTokenFile"])
def test_a_file_without_a_token_is_one_line(tmp_path: Path, key: str, content: bytes | None, line: str) -> None:
    """With the setting that names it and both ways to set that."""
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    found = Settings({**BASE, key: str(file)}, {})
    group: Any = found.asgardeo if "asgardeo" in key else found.bijira
    with pytest.raises(ConfigurationProblem) as caught:
        group.token_in_file("client_assertion_file" if "asgardeo" in key else "subject_token_file")
    option = "--plaintext " if "Token" in key else ""
    assert f"{key} names {file}, {line}. Set it: pulumi config set {option}{key} …, or " in str(caught.value)


def test_a_file_is_read_anew_each_time(tmp_path: Path) -> None:
    """A pipeline's token lives for minutes."""
    file = tmp_path / "token"
    found = Settings({**BASE, "bijira:subjectTokenFile": str(file)}, {}).bijira
    for token in ("first", "second"):
        file.write_text(f"{token}\n")
        assert found.token_form()["subject_token"] == token


@pytest.mark.parametrize("token", ["two words", "two\nlines", "täglich"])
def test_a_token_that_is_none_is_refused_before_it_is_sent(token: str) -> None:
    """In a header it would be an error of the network's."""
    with pytest.raises(ConfigurationProblem, match="asgardeo:accessToken is not one token") as caught:
        Settings({**BASE, "asgardeo:accessToken": token}, {}).asgardeo.token_text("access_token")
    assert token not in str(caught.value)
    assert Settings({**BASE, "asgardeo:accessToken": " t\n"}, {}).asgardeo.token_text("access_token") == "t"


def test_an_exchange_asks_for_what_the_settings_say() -> None:
    """With the types that can be set and the organisation's handle."""
    found = Settings({**BASE, "bijira:subjectToken": "s", "bijira:orgHandle": "acme"}, {}).bijira
    jwt = "urn:ietf:params:oauth:token-type:jwt"
    assert found.token_form() == {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token": "s",
        "subject_token_type": jwt,
        "requested_token_type": jwt,
        "orgHandle": "acme",
    }
    assert found.secret() is None, "a public client has no secret"
    other = {"bijira:subjectTokenType": "urn:x", "bijira:requestedTokenType": "urn:y"}
    form = Settings({**BASE, "bijira:subjectToken": "s", **other}, {}).bijira.token_form()
    assert (form["subject_token_type"], form["requested_token_type"]) == ("urn:x", "urn:y")


def test_a_sandbox_replaces_every_method_of_authentication() -> None:
    """A rehearsal needs none of the pipeline's secrets, and takes none of them along; two ways are no error there."""
    every = {f"asgardeo:{name}": f"hunter2-{name}" for name in ASGARDEO}
    every |= {f"bijira:{name}": f"hunter2-{name}" for pair in BIJIRA_APART for name in pair}
    found = Settings({**BASE, **every}, {SANDBOX_VARIABLE: "http://127.0.0.1:8000"})
    for group in (found.asgardeo, found.bijira):
        assert group.auth_method == "client_secret"
        assert "hunter2" not in str([getattr(group, name) for name in group.names()])
