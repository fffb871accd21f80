"""Refresh tokens that are renewed, as a client meets them whose answers get lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.sandbox.conftest import made

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

GRACE = {"gracefulRefreshTokenRotationEnabled": True, "gracefulRefreshTokenReuseLimit": 2}


@pytest.fixture
def client(asgardeo: httpx.Client, sandbox: Sandbox) -> Callable[[dict[str, Any]], Callable[..., str]]:
    """Makes an application with these settings and signs a user in; what it gives fetches a refresh token for one."""

    def start(settings: dict[str, Any]) -> Callable[..., str]:
        oidc = {"grantTypes": ["password", "refresh_token"], "refreshToken": settings}
        id_ = made(asgardeo.post("/applications", json={"name": "app", "inboundProtocolConfiguration": {"oidc": oidc}}))
        document = asgardeo.get(f"/applications/{id_}/inbound-protocols/oidc").json()
        credentials = (document["clientId"], document["clientSecret"])

        def fetch(token: str = "") -> str:
            form = {"grant_type": "refresh_token", "refresh_token": token}
            if not token:
                form = {"grant_type": "password", "username": "sandbox-user", "password": "sandbox-password"}
            answered = httpx.post(f"{sandbox.url}/t/sandbox/oauth2/token", data=form, auth=credentials)
            return str(answered.json().get("refresh_token", answered.json().get("error")))

        return fetch

    return start


def test_without_grace_a_renewed_token_ends(client: Callable[[dict[str, Any]], Callable[..., str]]) -> None:
    """At once: a client whose answer was lost has to have its user sign in again."""
    fetch = client({})
    first = fetch()
    assert fetch(first) != "invalid_grant"
    assert fetch(first) == "invalid_grant"


def test_with_grace_a_lost_answer_is_asked_for_again(
    client: Callable[[dict[str, Any]], Callable[..., str]],
) -> None:
    """So many times; each time what was lost is good no longer."""
    fetch = client(GRACE)
    first = fetch()
    lost = fetch(first)
    again = fetch(first)
    assert again not in (lost, first, "invalid_grant")
    assert fetch(lost) == "invalid_grant"
    once_more = fetch(first)
    assert once_more != "invalid_grant"
    assert fetch(first) == "invalid_grant", "the limit is two"
    assert fetch(again) == "invalid_grant"
    assert fetch(once_more) != "invalid_grant"


def test_the_grace_ends_when_what_came_after_is_used(client: Callable[[dict[str, Any]], Callable[..., str]]) -> None:
    """The answer has arrived then."""
    fetch = client(GRACE)
    first = fetch()
    second = fetch(first)
    assert fetch(second) != "invalid_grant"
    assert fetch(first) == "invalid_grant"


def test_the_grace_ends_with_its_time(client: Callable[[dict[str, Any]], Callable[..., str]], sandbox: Sandbox) -> None:
    """However often it was used."""
    fetch = client(GRACE)
    first = fetch()
    fetch(first)
    grace = sandbox.store.asgardeo["sandbox"].tokens[first].grace
    assert grace
    grace.ends_at = 0
    assert fetch(first) == "invalid_grant"
