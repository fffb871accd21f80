"""Dynamic client registration in Asgardeo as a foreign client meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.sandbox.conftest import code, token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asgardeo_bijira_sandbox import Sandbox


@pytest.fixture
def registration(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client of dynamic client registration."""
    access = token(f"{sandbox.url}/t/sandbox/oauth2/token", "SYSTEM")
    base = f"{sandbox.url}/t/sandbox/api/identity/oauth2/dcr/v1.1"
    with httpx.Client(base_url=base, headers={"Authorization": f"Bearer {access}"}) as client:
        yield client


def test_a_registered_client_is_an_ordinary_application(
    sandbox: Sandbox, asgardeo: httpx.Client, registration: httpx.Client
) -> None:
    """It works at once, is found by its client id, and takes the application with it."""
    body = {
        "client_name": "registered",
        "grant_types": ["client_credentials"],
        "redirect_uris": ["https://a/cb?x=1", "https://b/cb"],
        "token_type_extension": "JWT",
        "ext_application_token_lifetime": 900,
        "ext_allowed_audience": "organization",
        "jwks_uri": "https://a/jwks",
    }
    answer = registration.post("/register", json=body)
    assert answer.status_code == 201
    client = answer.json()
    assert (client["client_name"], client["ext_token_type"], client["client_secret_expires_at"]) == (
        "registered",
        "JWT",
        0,
    )
    assert client["redirect_uris"] == [r"regexp=(https://a/cb\?x=1|https://b/cb)"]
    address = f"{sandbox.url}/t/sandbox/oauth2"
    auth = (client["client_id"], client["client_secret"])
    granted = httpx.post(f"{address}/token", data={"grant_type": "client_credentials"}, auth=auth).json()
    keys = KeySet.import_key_set(httpx.get(f"{address}/jwks").json())
    claims = jwt.decode(granted["access_token"], keys, algorithms=["RS256"]).claims
    assert claims["exp"] - claims["iat"] in (899, 900)
    query = {"filter": f"clientId eq {client['client_id']}"}
    (row,) = asgardeo.get("/applications", params=query).json()["applications"]
    found = asgardeo.get(f"/applications/{row['id']}").json()
    assert found["advancedConfigurations"]["certificate"] == {"type": "JWKS", "value": "https://a/jwks"}
    path = f"/register/{client['client_id']}"
    assert registration.get(path).json() == client
    assert registration.get("/register", params={"client_name": "registered"}).json() == client
    assert registration.delete(path).status_code == 204
    assert code(asgardeo.get(f"/applications/{row['id']}")) == (404, "APP-60006")


def test_a_registered_client_keeps_what_a_change_leaves_out(registration: httpx.Client) -> None:
    """Empty lists count as left out."""
    body = {
        "client_name": "c",
        "grant_types": ["client_credentials"],
        "redirect_uris": [],
        "ext_user_token_lifetime": 5,
    }
    client = registration.post("/register", json=body).json()
    path = f"/register/{client['client_id']}"
    change = {"client_name": "d", "grant_types": [], "redirect_uris": [], "ext_application_display_name": "D"}
    changed = registration.put(path, json=change)
    assert changed.status_code == 200
    expected = {**client, "client_name": "d", "ext_application_display_name": "D"}
    assert changed.json() == expected == registration.get(path).json()


def test_registration_refuses_in_its_own_way(
    asgardeo: httpx.Client, registration: httpx.Client, application: str
) -> None:
    """A taken name is 400, and an unknown client 401 without a word, though its description says otherwise."""
    taken = registration.post("/register", json={"client_name": "app", "redirect_uris": []})
    assert (taken.status_code, taken.json()["error"]) == (400, "invalid_client_metadata")
    assert taken.json()["traceId"]
    client = asgardeo.get(f"/applications/{application}").json()["clientId"]
    for body, error in (
        ({"redirect_uris": []}, "invalid_client_metadata"),
        ({"client_name": "a@b"}, "invalid_client_metadata"),
        ({"client_name": "b", "ext_param_client_id": client}, "invalid_client_metadata"),
        ({"client_name": "b", "grant_types": ["authorization_code"]}, "invalid_client_metadata"),
        ({"client_name": "b", "grant_types": ["nonsense"]}, "invalid_client_metadata"),
        ({"client_name": "b", "redirect_uris": ["nonsense"]}, "invalid_redirect_uri"),
    ):
        refused = registration.post("/register", json=body)
        assert (refused.status_code, refused.json()["error"]) == (400, error), body
    for unknown in (
        registration.get("/register/none"),
        registration.put("/register/none", json={"client_name": "x"}),
        registration.delete("/register/none"),
        registration.get("/register", params={"client_name": "none"}),
    ):
        assert (unknown.status_code, unknown.content) == (401, b"")
