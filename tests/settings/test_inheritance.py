"""What an explicit provider takes of the environment and of the stack, and what is never sent elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_asgardeo_bijira.settings import EXPLICIT_MARKER, STACK_PREFIX, Settings
from pulumi_asgardeo_bijira.transport import ConfigurationProblem

UUID, OTHER = "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10", "2f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e22"
HOST = "https://apim.example.com/api/am/devportal/v3"
STACK = {
    "asgardeo:organization": "acme",
    "asgardeo:baseUrl": "https://api.eu.asgardeo.io",
    "asgardeo:caBundle": "eu.pem",
    "asgardeo:clientId": "stack",
    "asgardeo:clientSecret": "hunter2",
    "asgardeo:requestsPerMinute": "50",
    "bijira:organizationId": UUID,
    "bijira:clientId": "stack",
    "bijira:clientSecret": "hunter2",
    "bijira:extraHeaders": '{"X-Key": "hunter2"}',
    "bijira:keyManager": "Asgardeo",
}


def settings(own: dict[str, str], environment: dict[str, str] | None = None) -> Settings:
    """An explicit provider's, in this stack."""
    stack = {STACK_PREFIX + key: value for key, value in STACK.items()}
    return Settings({**stack, **own, EXPLICIT_MARKER: "true"}, environment or {})


@pytest.mark.parametrize(
    ("own", "environment", "found"),
    [
        ({}, {}, {key: value for key, value in STACK.items() if key.startswith("bijira")}),
        ({}, {}, {key: value for key, value in STACK.items() if key.startswith("asgardeo")}),
        ({}, {"ASGARDEO_CLIENT_SECRET": "new"}, {"asgardeo:clientSecret": "new", "asgardeo:clientId": "stack"}),
        ({}, {"ASGARDEO_ACCESS_TOKEN": "t"}, {"asgardeo:clientSecret": None, "asgardeo:accessToken": "t"}),
        (
            {"asgardeo:requestsPerMinute": "9", "bijira:keyManager": "Own"},
            {"BIJIRA_KEY_MANAGER": "Variable"},
            {"asgardeo:requestsPerMinute": "9", "asgardeo:clientSecret": "hunter2", "bijira:keyManager": "Own"},
        ),
        ({"asgardeo:accessToken": "t"}, {}, {"asgardeo:clientSecret": None, "asgardeo:organization": "acme"}),
        ({"asgardeo:organization": "acme"}, {}, {"asgardeo:clientSecret": "hunter2"}),
        (
            {"asgardeo:baseUrl": "https://API.eu.asgardeo.io/t/acme/"},
            {},
            {"asgardeo:clientSecret": "hunter2", "asgardeo:caBundle": "eu.pem"},
        ),
        (
            {"asgardeo:organization": "second"},
            {},
            {"asgardeo:clientSecret": None, "asgardeo:clientId": None, "asgardeo:baseUrl": STACK["asgardeo:baseUrl"]},
        ),
        (
            {"asgardeo:organization": "second"},
            {"ASGARDEO_ORGANIZATION": "second"},
            {"asgardeo:clientSecret": "hunter2"},
        ),
        (
            {"asgardeo:baseUrl": "https://asgardeo.example.com"},
            {},
            {"asgardeo:clientSecret": None, "asgardeo:organization": None, "asgardeo:caBundle": None},
        ),
        (
            {"asgardeo:baseUrl": "https://api.eu.asgardeo.io/t/second"},
            {},
            {"asgardeo:clientSecret": None, "asgardeo:organization": None, "asgardeo:caBundle": "eu.pem"},
        ),
        (
            {"asgardeo:organization": "second"},
            {"ASGARDEO_BASE_URL": "https://asgardeo.example.com/t/acme"},
            {"asgardeo:clientSecret": None, "asgardeo:baseUrl": "https://asgardeo.example.com"},
        ),
        ({"asgardeo:clientId": "own"}, {}, {"asgardeo:clientSecret": None, "asgardeo:organization": "acme"}),
        (
            {"bijira:organizationId": OTHER},
            {},
            {"bijira:clientSecret": None, "bijira:extraHeaders": None, "bijira:keyManager": "Asgardeo"},
        ),
        (
            {"bijira:baseUrl": HOST, "bijira:clientId": "own", "bijira:clientSecret": "own"},
            {},
            {"bijira:clientSecret": "own", "bijira:organizationId": None, "bijira:extraHeaders": None},
        ),
        ({"bijira:tokenUrl": "https://idp.example.com/token"}, {}, {"bijira:clientSecret": None}),
    ],
)
def test_each_setting_comes_from_the_first_that_gives_it(
    own: dict[str, str], environment: dict[str, str], found: dict[str, str | None]
) -> None:
    """But credentials, and what belongs to an address or an organisation, from the stack only for where that leads."""
    given = settings(own, environment)
    for key, value in found.items():
        group: Any = given.asgardeo if key.startswith("asgardeo") else given.bijira
        assert {group.key(name): getattr(group, name) for name in group.names()}[key] == value, key


@pytest.mark.parametrize(
    ("own", "line"),
    [
        (
            {"asgardeo:organization": "second"},
            "the stack's is not taken, since the provider leads to another organisation",
        ),
        ({"asgardeo:baseUrl": "https://a.example.com"}, "is not taken, since the provider leads to another address"),
        ({"asgardeo:clientId": "own"}, "is not taken, since the provider signs in as another client"),
    ],
)
def test_what_is_missing_says_where_it_was_looked_for(own: dict[str, str], line: str) -> None:
    """On the provider, in the environment, and in the stack or why not there."""
    with pytest.raises(ConfigurationProblem) as caught:
        settings({"asgardeo:clientId": "own", **own}).asgardeo.secret()
    said = str(caught.value)
    assert "neither on the explicit provider, nor in ASGARDEO_CLIENT_SECRET; " in said
    assert line in said
    assert "hunter2" not in said
