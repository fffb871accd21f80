"""What the stand-in of the API Portal has to do with the rest: the token service, the gateway, the scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import pytest
from asgardeo_bijira_sandbox import Sandbox, Scenario
from asgardeo_bijira_sandbox.api_portal.models import Api
from asgardeo_bijira_sandbox.scenario import KeyManagerSeed, OrganizationSeed, PublishedApiSeed

from tests.sandbox.conftest import token

if TYPE_CHECKING:
    from collections.abc import Iterator

SCOPES = "dp:application:manage dp:application_key:manage"


@pytest.fixture
def portal(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client of the portal, signed in at the sandbox's token service."""
    headers = {"Authorization": f"Bearer {token(f'{sandbox.url}/oauth2/token', SCOPES)}"}
    with httpx.Client(base_url=f"{sandbox.url}/api-portal/api/v0.9", headers=headers) as client:
        yield client


@pytest.fixture
def machine(asgardeo: httpx.Client) -> dict[str, Any]:
    """An application in Asgardeo that may read orders: its client id and secret."""
    scopes = [{"name": "orders:read"}]
    api = asgardeo.post("/api-resources", json={"name": "O", "identifier": "urn:o", "scopes": scopes}).json()["id"]
    oidc = {"grantTypes": ["client_credentials"], "accessToken": {"type": "JWT"}}
    made = asgardeo.post("/applications", json={"name": "a", "inboundProtocolConfiguration": {"oidc": oidc}})
    path = "/applications/" + made.headers["Location"].rpartition("/")[2]
    asgardeo.post(f"{path}/authorized-apis", json={"id": api, "scopes": ["orders:read"]})
    found: dict[str, Any] = asgardeo.get(f"{path}/inbound-protocols/oidc").json()
    return found


def call(sandbox: Sandbox, machine: dict[str, Any], **headers: str) -> tuple[int, str]:
    """Call the API with a token of the machine's: status, and the code of a refusal."""
    form = {"grant_type": "client_credentials", "scope": "orders:read"}
    auth = (machine["clientId"], machine["clientSecret"])
    access = httpx.post(f"{sandbox.url}/t/sandbox/oauth2/token", data=form, auth=auth).json()["access_token"]
    answer = httpx.get(f"{sandbox.url}/orders/1.0.0/orders", headers={"Authorization": f"Bearer {access}", **headers})
    return answer.status_code, answer.json().get("code", "")


def mapped(portal: httpx.Client, machine: dict[str, Any], kind: str = "PRODUCTION", manager: str = "asgardeo") -> str:
    """Map the machine's client id to an application, which is made if need be; the mapping's id."""
    portal.post("/applications", json={"id": "orders", "displayName": "Orders", "description": ""})
    body = {"keyManager": manager, "consumerKey": machine["clientId"], "type": kind}
    return str(portal.post("/applications/orders/generate-keys", json=body).json()["keyMappingId"])


def test_a_mapping_opens_an_api_that_needs_no_subscription(
    sandbox: Sandbox, portal: httpx.Client, machine: dict[str, Any]
) -> None:
    """As long as it is there, and for the deployment that its type is of."""
    assert call(sandbox, machine) == (403, "900908")
    mapping = mapped(portal, machine)
    assert call(sandbox, machine) == (200, "")
    assert portal.delete(f"/applications/orders/oauth-keys/{mapping}").status_code == 200
    assert call(sandbox, machine) == (403, "900908")
    mapped(portal, machine, "SANDBOX")
    assert call(sandbox, machine) == (403, "900912")


def test_an_api_with_plans_asks_for_the_token_of_a_subscription(
    sandbox: Sandbox, portal: httpx.Client, machine: dict[str, Any]
) -> None:
    """Which is a user's and not an application's, so the call must bring it."""
    organization = next(iter(sandbox.store.api_portal.organizations.values()))
    (api,) = organization.apis.values()
    api.plans = ["Gold"]
    mapped(portal, machine)
    assert call(sandbox, machine) == (403, "900908")
    made = portal.post("/subscriptions", json={"artifactId": api.id, "subscriptionPlanId": "Gold"}).json()
    key = {"Subscription-Key": made["subscriptionToken"]}
    assert call(sandbox, machine, **key) == (200, "")
    portal.put(f"/subscriptions/{made['subscriptionId']}", json={"status": "INACTIVE"})
    assert call(sandbox, machine, **key) == (403, "900908")
    assert made["subscriptionToken"] not in str([exchange.as_json() for exchange in sandbox.ledger])


def test_a_key_manager_that_the_portal_alone_has_lets_its_issuers_tokens_in(
    sandbox: Sandbox, portal: httpx.Client, machine: dict[str, Any]
) -> None:
    """The gateway then knows who issued them."""
    next(iter(sandbox.store.bijira.values())).key_managers.clear()
    assert call(sandbox, machine)[0] == 403
    portal.put("/key-managers/asgardeo", json={"enabled": False})
    assert call(sandbox, machine) == (401, "900900")
    endpoint = f"{sandbox.url}/t/sandbox/oauth2/token"
    portal.post("/key-managers", json={"id": "mine", "displayName": "Mine", "tokenEndpoint": endpoint})
    mapped(portal, machine, manager="mine")
    assert call(sandbox, machine) == (200, "")


def test_the_portal_asks_for_a_token_of_the_client_it_maps(portal: httpx.Client, machine: dict[str, Any]) -> None:
    """At its key manager's token endpoint, which in the sandbox is Asgardeo's; a wrong secret is 401 as there."""
    path = f"/applications/orders/oauth-keys/{mapped(portal, machine)}/generate-token"
    asked = {"consumerSecret": machine["clientSecret"], "scopes": ["orders:read"]}
    found = portal.post(path, json=asked)
    assert (found.status_code, found.json()["tokenScopes"]) == (200, ["orders:read"])
    assert portal.post(path, json={"consumerSecret": "wrong"}).status_code == 401


def test_a_token_endpoint_of_another_machine_is_not_called(portal: httpx.Client, machine: dict[str, Any]) -> None:
    """A stand-in keeps to itself."""
    body = {"id": "far", "displayName": "Far", "tokenEndpoint": "https://api.asgardeo.io/t/acme/oauth2/token"}
    portal.post("/key-managers", json=body)
    path = f"/applications/orders/oauth-keys/{mapped(portal, machine, manager='far')}/generate-token"
    refused = portal.post(path, json={"consumerSecret": "x"})
    assert (refused.status_code, refused.json()["message"]) == (
        500,
        "Token generation failed: getaddrinfo ENOTFOUND api.asgardeo.io",
    )


def test_what_the_management_client_may_do_is_up_to_the_scenario() -> None:
    """Roles by default, scopes where the portal goes by them; handles follow from names."""
    seed = OrganizationSeed(
        handle="acme",
        management_scopes=["dp:application:read"],
        key_managers=[KeyManagerSeed(name="Asgardeo (EU)"), KeyManagerSeed(name="off", enabled=False)],
        apis=[PublishedApiSeed(portal_plans=["Gold"])],
    )
    for by_scopes in (False, True):
        with Sandbox(Scenario(bijira=[seed], portal_by_scopes=by_scopes)) as sandbox:
            headers = {"Authorization": f"Bearer {token(f'{sandbox.url}/oauth2/token', 'dp:application:read')}"}
            with httpx.Client(base_url=f"{sandbox.url}/api-portal/api/v0.9", headers=headers) as portal:
                assert portal.get("/applications").status_code == 200
                managers = portal.get("/key-managers")
                assert managers.status_code == (403 if by_scopes else 200)
                if not by_scopes:
                    assert [row["id"] for row in managers.json()["list"]] == ["asgardeo-eu"]
                    plans = portal.get("/apis").json()["list"][0]["subscriptionPlans"]
                    assert [plan["id"] for plan in plans] == ["Gold"]


def test_a_change_of_a_key_manager_that_does_not_say_enabled_enables_it(portal: httpx.Client) -> None:
    """The validator fills in the default of the description, also in a change of one property."""
    portal.put("/key-managers/asgardeo", json={"enabled": False})
    changed = portal.put("/key-managers/asgardeo", json={"displayName": "Renamed"}).json()
    assert (changed["displayName"], changed["enabled"]) == ("Renamed", True)
    changed = portal.put("/key-managers/asgardeo", json={"displayName": "Again", "enabled": False}).json()
    assert (changed["displayName"], changed["enabled"]) == ("Again", False)


def test_a_search_goes_through_stored_json_and_a_name_is_compared(sandbox: Sandbox, portal: httpx.Client) -> None:
    """So a search misses what stands escaped in it; both as a user's own client would see it."""
    organization = next(iter(sandbox.store.api_portal.organizations.values()))
    organization.apis.clear()
    for id_, name in (("quote", 'The "best"'), ("back", "back\\slash"), ("plain", "Plain API")):
        organization.apis[id_] = Api(id=id_, name=name, version="1")

    def found(parameter: str, text: str) -> list[str]:
        rows = portal.get(f"/apis?{parameter}={quote(text, safe='')}").json()["list"]
        return [row["id"] for row in rows]

    for id_, name in (("quote", 'The "best"'), ("back", "back\\slash")):
        assert found("name", name) == [id_]
        assert found("query", name) == []
    assert found("query", "plain api") == ["plain"]
    assert found("query", "pl%n_API") == ["plain"]
    assert found("name", "plain api") == []


def test_an_older_state_file_has_no_portal_and_is_read_all_the_same(sandbox: Sandbox) -> None:
    """Whoever kept one has the control plane as before."""
    kept = sandbox.store.model_dump(mode="json", exclude={"api_portal"})
    store = type(sandbox.store).model_validate(kept)
    assert store.api_portal.organizations == {}
    assert store.bijira.keys() == sandbox.store.bijira.keys()
