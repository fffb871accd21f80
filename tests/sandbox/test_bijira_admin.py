"""The admin API of a self-hosted API Manager as a foreign client meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.sandbox.conftest import token
from tests.sandbox.test_bijira import code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asgardeo_bijira_sandbox import Sandbox

BODY: dict[str, Any] = {
    "name": "idp",
    "type": "WSO2-IS",
    "displayName": "Identity Server",
    "issuer": "https://idp.example.com/oauth2/token",
    "tokenEndpoint": "https://idp.example.com/oauth2/token",
    "revokeEndpoint": "https://idp.example.com/oauth2/revoke",
    "introspectionEndpoint": "https://idp.example.com/oauth2/introspect",
    "clientRegistrationEndpoint": "https://idp.example.com/dcr",
    "certificates": {"type": "JWKS", "value": "https://idp.example.com/oauth2/jwks"},
    "availableGrantTypes": ["client_credentials"],
    "enableProvisionedAppValidation": False,
    "additionalProperties": {"Username": "admin", "Password": "hunter2", "self_validate_jwt": True},
}


@pytest.fixture
def admin(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client of the admin API."""
    headers = {"Authorization": f"Bearer {token(f'{sandbox.url}/oauth2/token', 'apim:admin')}"}
    with httpx.Client(base_url=f"{sandbox.url}/api/am/admin/v4", headers=headers) as client:
        yield client


def test_a_key_manager_is_made_read_changed_and_deleted(admin: httpx.Client, bijira: httpx.Client) -> None:
    """A change is of the whole; the developer portal lists it at once; its name stays."""
    made = admin.post("/key-managers", json=BODY)
    assert made.status_code == 201
    path = f"/key-managers/{made.json()['id']}"
    assert made.headers["Location"].endswith(path)
    assert admin.get(path).json() == made.json()
    short = admin.get("/key-managers").json()
    assert short["count"] == 3
    assert short["list"][-1].keys() == {"id", "name", "type", "description", "enabled", "tokenType"}
    portal = bijira.get("/key-managers").json()["list"][-1]
    assert (portal["id"], portal["displayName"]) == (made.json()["id"], "Identity Server")
    changed = admin.put(path, json={**BODY, "description": "x", "certificates": None})
    assert changed.json()["description"] == "x"
    assert admin.put(path, json=BODY).json()["description"] is None
    assert admin.put(path, json={**BODY, "name": "other"}).status_code == 400
    assert admin.delete(path).status_code == 200
    for answer in (admin.get(path), admin.put(path, json=BODY), admin.delete(path)):
        assert code(answer) == (404, 901411)


def test_a_secret_comes_back_as_a_mask_that_stands_for_it(admin: httpx.Client, sandbox: Sandbox) -> None:
    """Sent back it changes nothing; left out, the connector complains."""
    made = admin.post("/key-managers", json=BODY).json()
    path = f"/key-managers/{made['id']}"
    stored = next(iter(sandbox.store.bijira.values())).key_managers[made["id"]]
    assert made["additionalProperties"]["Password"] == "*****"  # noqa: S105
    assert admin.put(path, json=made).status_code == 200
    assert stored.settings["additionalProperties"]["Password"] == "hunter2"  # noqa: S105
    assert code(admin.put(path, json={**made, "additionalProperties": {"Username": "x"}})) == (400, 901401)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": "Asgardeo"}, (409, 901402)),
        ({"name": ""}, (400, 901404)),
        ({"type": "Nothing"}, (400, 901400)),
        ({"additionalProperties": {}}, (400, 901401)),
        ({"tokenEndpoint": ""}, (400, 901401)),
        ({"tokenType": "OTHER"}, (400, 400)),
        ({"description": "x" * 257}, (400, 400)),
    ],
)
def test_what_is_wrong_has_its_code(admin: httpx.Client, change: dict[str, Any], expected: tuple[int, int]) -> None:
    """Clients branch on the code."""
    assert code(admin.post("/key-managers", json={**BODY, **change})) == expected


def test_one_that_is_in_use_and_the_resident_one_stay(admin: httpx.Client, bijira: httpx.Client) -> None:
    """412, with a code of its own."""
    made = admin.post("/key-managers", json=BODY).json()
    application = bijira.post("/applications", json={"name": "a", "throttlingPolicy": "Unlimited"}).json()
    mapping = {"consumerKey": "c", "keyManager": "idp", "keyType": "PRODUCTION"}
    path = f"/applications/{application['applicationId']}"
    assert bijira.post(f"{path}/map-keys", json=mapping).status_code == 200
    assert code(admin.delete(f"/key-managers/{made['id']}")) == (412, 902015)
    resident = admin.get("/key-managers").json()["list"][0]["id"]
    assert code(admin.delete(f"/key-managers/{resident}")) == (412, 902015)
    bijira.delete(path)
    assert admin.delete(f"/key-managers/{made['id']}").status_code == 200


def test_only_an_administrator_may(sandbox: Sandbox, admin: httpx.Client) -> None:
    """Either scope is enough; none is a 401."""
    for scope, status in (("apim:admin_operations", 200), ("apim:subscribe", 401)):
        headers = {"Authorization": f"Bearer {token(f'{sandbox.url}/oauth2/token', scope)}"}
        assert admin.get("/key-managers", headers=headers).status_code == status


def test_whether_clients_are_verified_is_the_key_managers(admin: httpx.Client, bijira: httpx.Client) -> None:
    """By default they are looked up where they were made, and the secret is compared."""
    body = {key: value for key, value in BODY.items() if key != "enableProvisionedAppValidation"}
    assert admin.post("/key-managers", json=body).json()["enableProvisionedAppValidation"] is True
    application = bijira.post("/applications", json={"name": "a", "throttlingPolicy": "Unlimited"}).json()
    mapping = {"consumerKey": "c", "keyManager": "idp", "keyType": "PRODUCTION"}
    refused = bijira.post(f"/applications/{application['applicationId']}/map-keys", json=mapping)
    assert code(refused) == (500, 900967)
