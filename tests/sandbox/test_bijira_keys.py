"""Clients of an application as the portal's pages show them: whose key managers, which scopes, tokens at a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.sandbox.test_bijira import code

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

ORDERS = "/orders/1.0.0/orders"
WANTED = {"validityPeriod": 3600, "scopes": ["orders:read", "orders:delete"]}


def subscribed(bijira: httpx.Client) -> str:
    """An application with a subscription to the published API."""
    body = {"name": "orders", "throttlingPolicy": "Unlimited"}
    application = str(bijira.post("/applications", json=body).json()["applicationId"])
    plan = {"apiId": bijira.get("/apis").json()["list"][0]["id"], "throttlingPolicy": "Gold"}
    assert bijira.post("/subscriptions", json={**plan, "applicationId": application}).status_code == 201
    return f"/applications/{application}"


def generated(bijira: httpx.Client, path: str, **more: Any) -> dict[str, Any]:
    """A client that the platform makes."""
    body = {"keyType": "PRODUCTION", "grantTypesToBeSupported": ["client_credentials"], **more}
    made: dict[str, Any] = bijira.post(f"{path}/generate-keys", json=body).json()
    return made


@pytest.mark.parametrize(
    ("organization", "prod", "all_of_them"),
    [
        ({}, ["Asgardeo"], ["Resident Key Manager", "Asgardeo"]),
        (
            {"residentKeyManager": "selected"},
            ["Resident Key Manager", "Asgardeo"],
            ["Resident Key Manager", "Asgardeo"],
        ),
        ({"residentKeyManager": "absent"}, ["Asgardeo"], ["Asgardeo"]),
        ({"keyManagers": [{"portalEnvironments": ["sandbox"]}]}, [], ["Resident Key Manager", "Asgardeo"]),
    ],
)
def test_the_portal_is_shown_the_key_managers_that_are_selected_for_it(
    serve: Callable[..., httpx.Client], organization: dict[str, Any], prod: list[str], all_of_them: list[str]
) -> None:
    """Its pages show no external one beside the platform's own; whoever does not say for whom is told all."""
    bijira = serve(**organization)

    def names(**query: str) -> list[str]:
        return [one["name"] for one in bijira.get("/key-managers", params=query).json()["list"]]

    assert (names(devPortalAppEnv="prod"), names()) == (prod, all_of_them)
    assert "Asgardeo" in names(devPortalAppEnv="sandbox")


def test_a_server_of_ones_own_knows_no_environments_of_a_portal(sandbox: Sandbox, bijira: httpx.Client) -> None:
    """They are the cloud's alone."""
    rows = bijira.get(f"{sandbox.url}/api/am/devportal/v3/key-managers", params={"devPortalAppEnv": "prod"}).json()
    assert [one["name"] for one in rows["list"]] == ["Resident Key Manager", "Asgardeo"]


def test_an_application_shows_the_scopes_of_what_it_is_subscribed_to(bijira: httpx.Client) -> None:
    """Read alone; neither what is sent as its scopes nor a list has them."""
    path = subscribed(bijira)
    assert [one["key"] for one in bijira.get(path).json()["subscriptionScopes"]] == ["orders:read", "orders:write"]
    body = {"name": "orders", "throttlingPolicy": "Unlimited", "subscriptionScopes": [{"key": "mine"}]}
    assert bijira.put(path, json=body).json()["subscriptionScopes"] == []
    (row,) = bijira.get("/subscriptions", params={"applicationId": path.rpartition("/")[2]}).json()["list"]
    bijira.delete(f"/subscriptions/{row['subscriptionId']}")
    assert bijira.get(path).json()["subscriptionScopes"] == []


def test_a_client_that_was_made_here_stays_one(bijira: httpx.Client) -> None:
    """It is read as it was made, until its settings are changed, or its secret is."""
    path = subscribed(bijira)
    made = generated(bijira, path, callbackUrl="https://a.example", additionalProperties={"a": 1})
    assert (made["mode"], made["keyManager"], made["callbackUrl"]) == (
        "CREATED",
        "Resident Key Manager",
        "https://a.example",
    )
    one = f"{path}/oauth-keys/{made['keyMappingId']}"
    for shown in (
        bijira.get(one).json(),
        bijira.get(f"{path}/keys/PRODUCTION").json(),
        *bijira.get(f"{path}/oauth-keys").json()["list"],
        *bijira.get(f"{path}/keys").json()["list"],
        *bijira.get(path).json()["keys"],
    ):
        assert shown == made
    grants = ["client_credentials", "password"]
    changed = bijira.put(one, json={"supportedGrantTypes": grants, "consumerKey": "ignored"}).json()
    assert changed == {**made, "supportedGrantTypes": grants, "callbackUrl": None, "additionalProperties": {}}
    renewed = bijira.post(f"{one}/regenerate-secret").json()
    assert renewed == {"consumerKey": made["consumerKey"], "consumerSecret": renewed["consumerSecret"]}
    assert bijira.get(one).json()["consumerSecret"] == renewed["consumerSecret"] != made["consumerSecret"]


def test_a_token_of_its_own_client_opens_the_api(sandbox: Sandbox, bijira: httpx.Client) -> None:
    """With the scopes of what it is subscribed to, for as long as the client says; a wrong secret gets none."""
    path = subscribed(bijira)
    made = generated(bijira, path, additionalProperties={"application_access_token_expiry_time": 900})
    one = f"{path}/oauth-keys/{made['keyMappingId']}/generate-token"
    given = bijira.post(one, json={**WANTED, "consumerSecret": made["consumerSecret"]}).json()
    assert (given["tokenScopes"], given["validityTime"]) == (["orders:read"], 900)
    form = {"grant_type": "client_credentials", "scope": "orders:read"}
    auth = (made["consumerKey"], made["consumerSecret"])
    direct = httpx.post(f"{sandbox.url}/oauth2/token", data=form, auth=auth).json()["access_token"]
    for access in (given["accessToken"], direct):
        answer = httpx.get(sandbox.url + ORDERS, headers={"Authorization": f"Bearer {access}"})
        assert (answer.status_code, answer.json()["subject"]) == (200, made["consumerKey"])
    refused = bijira.post(one, json={**WANTED, "consumerSecret": "other"})
    assert (*code(refused), refused.json()["description"].partition(" - ")[0]) == (
        400,
        900967,
        "Error occurred while calling token endpoint",
    )
    for missing in ("validityPeriod", "scopes"):
        assert code(bijira.post(one, json={**WANTED, missing: None})) == (500, 500)
    for wrong in ({"validityPeriod": "long"}, {"scopes": "orders:read"}):
        assert code(bijira.post(one, json={**WANTED, **wrong})) == (400, 400)


def test_a_token_of_a_mapped_client_comes_from_its_key_manager(
    sandbox: Sandbox, asgardeo: httpx.Client, application: str, bijira: httpx.Client
) -> None:
    """It knows the client and its secret, and grants what it would grant; a key manager may be told to give none."""
    client = asgardeo.get(f"/applications/{application}/inbound-protocols/oidc").json()
    path = subscribed(bijira)
    mapping = {"consumerKey": client["clientId"], "keyManager": "Asgardeo", "keyType": "PRODUCTION"}
    one = f"{path}/oauth-keys/{bijira.post(f'{path}/map-keys', json=mapping).json()['keyMappingId']}/generate-token"
    wanted = {**WANTED, "consumerSecret": client["clientSecret"]}
    given = bijira.post(one, json=wanted).json()
    assert given["accessToken"].count(".") == 2
    answer = httpx.post(f"{sandbox.url}{ORDERS}", headers={"Authorization": f"Bearer {given['accessToken']}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "900910"), "known, and without the scope"
    for secret in ("other", ""):
        assert code(bijira.post(one, json={**wanted, "consumerSecret": secret})) == (400, 900967)
    manager = next(iter(sandbox.store.bijira.values())).key_manager("Asgardeo")
    assert manager
    manager.settings["enableTokenGeneration"] = False
    assert code(bijira.post(one, json=wanted)) == (400, 901405)
    manager.enabled = False
    assert code(bijira.post(one, json=wanted)) == (400, 901406)


@pytest.mark.parametrize(
    ("manager", "named", "cause"),
    [
        ({}, "none", "Key Manager none doesn't exist in Tenant"),
        ({"enabled": False}, "Asgardeo", "Key Manager Asgardeo doesn't exist in Tenant"),
        ({"notOperationalFor": 1}, "Asgardeo", "Key Manager Asgardeo Couldn't initialized in tenant"),
    ],
)
def test_a_key_manager_that_cannot_be_used_is_refused_with_the_cause(
    serve: Callable[..., httpx.Client], manager: dict[str, Any], named: str, cause: str
) -> None:
    """One code for all: which of them it is, only the text tells."""
    bijira = serve(keyManagers=[manager])
    body = {"consumerKey": "c", "keyManager": named, "keyType": "PRODUCTION"}
    answer = bijira.post(f"{subscribed(bijira)}/map-keys", json=body)
    assert (code(answer), answer.json()["message"]) == ((400, 901403), "Key Manager not Registered")
    assert answer.json()["description"].startswith(cause)
