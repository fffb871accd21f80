"""What servers call otherwise, there and back."""

from __future__ import annotations

from typing import Any

from pulumi_asgardeo_bijira.clients.bijira import KeyManagerSettings
from pulumi_asgardeo_bijira.clients.bijira.devportal.key_manager_models import KeyManagerDocument, settings_on_the_wire
from pulumi_asgardeo_bijira.clients.bijira.devportal.models import DevPortalKeyManager, DevPortalSubscription
from pulumi_asgardeo_bijira.resources.property_maps import properties_of

ISSUER = "https://api.asgardeo.io/t/acme/oauth2/token"
ROW = {"id": "km", "name": "Asgardeo", "type": "Asgardeo"}


def test_a_key_managers_settings_go_and_come_as_they_were_said() -> None:
    """Addresses stand beside each other there, keys among certificates; what nobody here knows keeps its name."""
    said: dict[str, Any] = {
        "displayName": "Asgardeo",
        "provisionedAppValidation": True,
        "tokenValidation": [{"enable": True}],
        "endpoints": {"issuer": ISSUER, "jwksEndpoint": f"{ISSUER}/jwks"},
    }
    sent = settings_on_the_wire(KeyManagerSettings.model_validate(said))
    assert sent == {
        "displayName": "Asgardeo",
        "enableProvisionedAppValidation": True,
        "tokenValidation": [{"enable": True}],
        "issuer": ISSUER,
        "certificates": {"type": "JWKS", "value": f"{ISSUER}/jwks"},
    }
    shown = properties_of(KeyManagerDocument.model_validate(ROW | sent).shown())
    assert {key: shown[key] for key in said} == said | {"endpoints": shown["endpoints"]}
    assert {key: shown["endpoints"][key] for key in said["endpoints"]} == said["endpoints"]


def test_what_a_server_leaves_out_of_a_key_manager_is_empty() -> None:
    """A declared text that is not there is drift, and an enabled one need not say so."""
    shown = properties_of(KeyManagerDocument.model_validate({**ROW, "description": None}).shown())
    assert (shown["description"], shown["displayName"], shown["availableGrantTypes"]) == ("", "", [])
    assert shown["enabled"]
    assert "connector" not in shown, "nobody can see it"


def test_a_key_manager_without_an_id_goes_by_its_name() -> None:
    """Older servers show none."""
    found = DevPortalKeyManager.model_validate({"name": "Asgardeo", "id": None, "enabled": None})
    assert (found.id, found.display_name, found.enabled) == ("Asgardeo", "Asgardeo", True)
    assert found.is_called("Asgardeo")
    assert DevPortalKeyManager.model_validate({"name": "Resident Key Manager"}).is_internal


def test_the_plan_of_a_subscription_is_the_one_that_was_asked_for_last() -> None:
    """While it waits for approval the former one is in force; its API's id stands in either of two places."""
    row = {"subscriptionId": "s", "apiId": "a", "throttlingPolicy": "Gold", "requestedThrottlingPolicy": "Silver"}
    waiting = DevPortalSubscription.model_validate({**row, "status": "TIER_UPDATE_PENDING"})
    assert (waiting.plan, waiting.plan_in_force, waiting.is_pending) == ("Silver", "Gold", True)
    settled = DevPortalSubscription.model_validate({**row, "status": "UNBLOCKED", "apiInfo": {"name": "Orders"}})
    assert (settled.plan, settled.is_pending, settled.api.id, settled.api.name) == ("Gold", False, "a", "Orders")
