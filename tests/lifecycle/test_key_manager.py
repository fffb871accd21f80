"""The life of a key manager in a self-hosted API Manager, request by request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from asgardeo_bijira_sandbox import Fault, left_behind
from asgardeo_bijira_sandbox.bijira.models import Application, KeyManager, KeyMapping
from pulumi_asgardeo_bijira.settings import sandbox_environment

from tests.lifecycle.settled import settled
from tests.support.host import UNKNOWN, Host, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asgardeo_bijira_sandbox import Sandbox
    from asgardeo_bijira_sandbox.bijira.models import Organization

SELF_HOSTED = {"BIJIRA_BASE_URL": "https://apim.example.com:9443/api/am/devportal/v3"}
SECRET = "hunter2-of-the-connector"  # noqa: S105  # not a real one
CONNECTOR = [{"name": "mgmt_client_id", "value": "Kq3vTz81"}, {"name": "mgmt_client_secret", "value": SECRET}]
INPUTS: dict[str, Any] = {"name": "acme", "organization": "sandbox", "connector": CONNECTOR}
ALL = "/api/am/admin/v4/key-managers"
CREATE, LIST = f"POST {ALL}", f"GET {ALL}"
READ, WRITE, DELETE = f"GET {ALL}/{{id}}", f"PUT {ALL}/{{id}}", f"DELETE {ALL}/{{id}}"
BY_HAND = "set-by-hand"


@pytest.fixture
def host(sandbox: Sandbox) -> Iterator[Host]:
    """A provider process that takes the sandbox for a self-hosted API Manager."""
    with Host({}, {**sandbox_environment(sandbox.url), **SELF_HOSTED}) as running:
        yield running


@pytest.fixture
def manager(life: Callable[[str], Life]) -> Life:
    """A key manager that is not yet there."""
    return life("KeyManager")


def stored(bijira: Organization, name: str = "acme") -> KeyManager:
    """The key manager as the API Manager has it."""
    found = bijira.key_manager(name)
    assert found
    return found


def used(bijira: Organization, manager: KeyManager) -> Application:
    """An application with a client that is mapped under it."""
    mapping = KeyMapping(client_id="c", key_manager=manager.id, key_type="PRODUCTION")
    one = Application(name="a", owner="x", throttling_policy="Unlimited", mappings={mapping.id: mapping})
    bijira.applications[one.id] = one
    return one


def test_an_organisation_and_the_connectors_secrets_are_all_that_it_takes(
    manager: Life, bijira: Organization, sandbox: Sandbox
) -> None:
    """One request; the addresses, the claims and the rest of the connector's settings follow."""
    manager.up(INPUTS)
    assert manager.sent == [CREATE]
    tenant = f"{sandbox.url}/t/sandbox"
    made = stored(bijira)
    assert manager.id == made.id
    assert (made.type, made.enabled, made.token_type, made.verifies_secrets) == ("Asgardeo", True, "DIRECT", False)
    assert made.issuer == made.token_endpoint == f"{tenant}/oauth2/token"
    assert made.settings["certificates"] == {"type": "JWKS", "value": f"{tenant}/oauth2/jwks"}
    assert made.settings["additionalProperties"]["org_name"] == "sandbox"
    assert made.settings["additionalProperties"]["mgmt_client_secret"] == SECRET
    settled(manager, INPUTS)
    assert manager.requests == {"bijira": 1}
    assert manager.inputs == INPUTS
    outputs = ("issuer", "tokenEndpoint", "jwksEndpoint", "authorizeEndpoint", "revokeEndpoint")
    assert [manager.outputs[key].removeprefix(tenant) for key in outputs] == [
        "/oauth2/token",
        "/oauth2/token",
        "/oauth2/jwks",
        "/oauth2/authorize",
        "/oauth2/revoke",
    ]
    manager.destroy()
    assert manager.sent == [DELETE]
    assert bijira.key_manager("acme") is None


def test_its_token_is_one_of_its_own_with_an_administrators_scopes(manager: Life, sandbox: Sandbox) -> None:
    """Who manages no key managers needs no administrator."""
    manager.up(INPUTS)
    asked = [exchange.request_body["scope"] for exchange in sandbox.ledger if exchange.platform == "token"]
    assert asked == ["apim:admin apim:admin_operations"]


@pytest.mark.parametrize(
    ("changed", "field", "value"),
    [
        ({"displayName": "Acme"}, "displayName", "Acme"),
        ({"description": "of acme"}, "description", "of acme"),
        ({"consumerKeyClaim": "client_id"}, "consumerKeyClaim", "client_id"),
        ({"scopesClaim": "scp"}, "scopesClaim", "scp"),
        ({"availableGrantTypes": ["password"]}, "availableGrantTypes", ["password"]),
        ({"enabled": False}, "enabled", False),
        ({"provisionedAppValidation": True}, "enableProvisionedAppValidation", True),
    ],
)
def test_a_change_reads_and_writes_the_whole_and_keeps_what_others_set(
    manager: Life, bijira: Organization, changed: dict[str, Any], field: str, value: object
) -> None:
    """The platform replaces it whole, and what is not sent is gone; a masked secret stays what it is."""
    manager.up(INPUTS)
    made = stored(bijira)
    made.settings["permissions"] = {"permissionType": "ALLOW", "roles": ["a"]}
    made.settings["additionalProperties"]["Password"] = BY_HAND
    assert manager.up({**INPUTS, **changed}) == "update"
    assert manager.sent == [READ, WRITE]
    sent = next(exchange for exchange in manager.sandbox.ledger if exchange.method == "PUT")
    assert sent.request_body[field] == value
    settled(manager, {**INPUTS, **changed})
    assert made.settings["permissions"] == {"permissionType": "ALLOW", "roles": ["a"]}
    assert made.settings["additionalProperties"]["Password"] == BY_HAND
    assert made.settings["additionalProperties"]["mgmt_client_secret"] == SECRET
    assert manager.up(INPUTS) == "update", "left out"
    assert manager.requests == {}
    settled(manager, INPUTS)


def test_another_organisation_moves_every_address_in_place(
    manager: Life, bijira: Organization, sandbox: Sandbox
) -> None:
    """Its mappings stay, so it is no replacement."""
    manager.up(INPUTS)
    used(bijira, stored(bijira))
    wanted = {**INPUTS, "organization": "other"}
    assert manager.up(wanted) == "update"
    assert manager.sent == [READ, WRITE]
    assert "sandbox" not in json.dumps(stored(bijira).model_dump(exclude={"portal_environments"}))
    assert manager.outputs["jwksEndpoint"] == f"{sandbox.url}/t/other/oauth2/jwks"
    settled(manager, wanted)


def test_an_address_that_somebody_changed_shows_as_another_organisation(manager: Life, bijira: Organization) -> None:
    """And the next up brings it back."""
    manager.up(INPUTS)
    stored(bijira).revoke_endpoint = "https://elsewhere.example.com/revoke"
    assert manager.refresh() == "update"
    assert manager.inputs["organization"] == "https://elsewhere.example.com/revoke"
    assert manager.up(INPUTS) == "update"
    settled(manager, INPUTS)


def test_addresses_can_be_said_one_by_one(manager: Life, bijira: Organization, sandbox: Sandbox) -> None:
    """Of an Asgardeo token endpoint the others follow at creation; later only what is declared is changed."""
    endpoint = f"{sandbox.url}/t/sandbox/oauth2/token"
    inputs = {**INPUTS, "endpoints": {"tokenEndpoint": endpoint}}
    del inputs["organization"]
    manager.up(inputs)
    settled(manager, inputs)
    assert stored(bijira).issuer == endpoint
    wanted = {**inputs, "endpoints": {"tokenEndpoint": endpoint, "issuer": "https://issuer.example.com"}}
    assert manager.up(wanted) == "update"
    settled(manager, wanted)
    assert stored(bijira).issuer == "https://issuer.example.com"
    assert stored(bijira).revoke_endpoint == f"{sandbox.url}/t/sandbox/oauth2/revoke"
    assert manager.up(INPUTS) == "update", "from one form to the other"
    settled(manager, INPUTS)
    foreign = {**inputs, "endpoints": {"tokenEndpoint": "https://idp.example.com/token"}}
    manager.destroy()
    with pytest.raises(Refused, match="endpoints must have issuer and jwks_endpoint too"):
        manager.up(foreign)
    assert manager.requests == {}


def test_the_connectors_settings_are_never_shown_and_their_removal_is_sent(manager: Life, bijira: Organization) -> None:
    """What the platform masks cannot be compared; what the program changes is written."""
    inputs = {**INPUTS, "connector": [*CONNECTOR, {"name": "extra", "value": "1"}]}
    manager.up(inputs)
    settled(manager, inputs)
    stored(bijira).settings["additionalProperties"]["mgmt_client_secret"] = BY_HAND
    assert manager.refresh() == "same"
    another = "hunter2-another"
    changed = [CONNECTOR[0], {"name": "mgmt_client_secret", "value": another}]
    assert manager.up({**INPUTS, "connector": changed}) == "update"
    properties = stored(bijira).settings["additionalProperties"]
    assert properties["mgmt_client_secret"] == another
    assert "extra" not in properties
    ledger = json.dumps([exchange.as_json() for exchange in manager.sandbox.ledger])
    assert SECRET not in ledger
    assert "hunter2" not in json.dumps(manager.sandbox.store.snapshot())


@pytest.mark.parametrize("change", [{"name": "acme-2"}, {"type": "WSO2-IS"}])
def test_what_the_platform_cannot_change_replaces(manager: Life, change: dict[str, Any]) -> None:
    """Known values that differ; an unknown one never threatens to."""
    manager.up({**INPUTS, "type": "Asgardeo"})
    wanted = {**INPUTS, "type": "Asgardeo", **change}
    assert manager.preview(wanted) == "replace"
    assert manager.preview({**wanted, next(iter(change)): UNKNOWN}) == "update"


@pytest.mark.parametrize("detects", [True, False])
def test_it_stays_as_long_as_a_client_is_mapped(
    manager: Life, bijira: Organization, fault: Callable[[Fault], None], detects: bool
) -> None:
    """Deleted or replaced; older servers have nothing but a general error for it."""
    manager.up(INPUTS)
    application = used(bijira, stored(bijira))
    if not detects:
        body = {"code": 900967, "message": "General Error", "description": "Server Error Occurred"}
        fault(Fault(kind="fail", match="DELETE .*", status=500, body=body))
    code = "412 902015" if detects else "500 900967"
    line = rf"the key manager {manager.id} cannot be deleted \({code}\), nor replaced, .* Remove its clients first"
    with pytest.raises(Refused, match=line):
        manager.destroy()
    if detects:
        with pytest.raises(Refused, match=line):
            manager.up({**INPUTS, "name": "acme-2"})
    settled(manager, INPUTS)
    application.mappings.clear()
    manager.sandbox.faults.clear()
    state = (manager.id, manager.inputs, manager.outputs)
    manager.destroy()
    manager.id, manager.inputs, manager.outputs = state
    manager.destroy()


def test_a_taken_name_is_an_error_and_adopt_takes_it_over(
    manager: Life, life: Callable[[str], Life], bijira: Organization
) -> None:
    """By the fewest writes: none where it is as declared."""
    manager.up({**INPUTS, "description": "theirs"})
    other = life("KeyManager")
    with pytest.raises(Refused, match=rf"the key manager acme exists already, its id is {manager.id}\. .* set adopt"):
        other.up(INPUTS)
    equal = {"name": "acme", "organization": "sandbox", "adopt": True}
    other.up(equal)
    assert other.sent == [CREATE, LIST, READ]
    assert other.id == manager.id
    settled(other, equal)
    other = life("KeyManager")
    wanted = {**equal, "description": "mine", "scopesClaim": "scp"}
    other.up(wanted)
    assert other.sent == [CREATE, LIST, READ, READ, WRITE]
    settled(other, wanted)
    assert stored(bijira).settings["additionalProperties"]["mgmt_client_secret"] == SECRET
    with pytest.raises(Refused, match="has the type Asgardeo, which cannot be changed"):
        life("KeyManager").up({**equal, "type": "WSO2-IS"})
    with pytest.raises(Refused, match="is the platform's own and cannot be adopted"):
        life("KeyManager").up({**equal, "name": "Resident Key Manager"})


def test_what_is_wrong_is_told_with_what_to_do(manager: Life, bijira: Organization) -> None:
    """The platform's code, and the property to change."""
    with pytest.raises(
        Refused, match=r"901401 .*mgmt_client_id,mgmt_client_secret is/are required\. Add what the text"
    ):
        manager.up({"name": "acme", "organization": "sandbox"})
    with pytest.raises(Refused, match=r"901400 .*\. The server has no connector of this type"):
        manager.up({**INPUTS, "type": "Keycloak"})
    assert bijira.key_manager("acme") is None


def test_without_an_administrators_scope_nothing_is_sent(
    sandbox: Sandbox, bijira: Organization, life: Callable[[str], Life]
) -> None:
    """The token endpoint says what it granted."""
    bijira.management_scopes = [scope for scope in bijira.management_scopes if "admin" not in scope]
    manager = life("KeyManager")
    with pytest.raises(Refused, match=r"the token lacks the scope apim:admin or apim:admin_operations\. Grant"):
        manager.up(INPUTS)
    assert manager.sent == []
    bijira.management_scopes.append("apim:admin_operations")
    with Host({}, {**sandbox_environment(sandbox.url), **SELF_HOSTED}) as another:
        Life(another, "KeyManager", sandbox).up(INPUTS)


def test_one_that_was_deleted_by_hand_is_made_again(manager: Life, bijira: Organization) -> None:
    """Refresh finds it gone; an update that meets it says what to do."""
    manager.up(INPUTS)
    del bijira.key_managers[manager.id]
    with pytest.raises(Refused, match="Run pulumi refresh, then pulumi up"):
        manager.up({**INPUTS, "description": "x"})
    assert manager.refresh() == "gone"
    manager.up(INPUTS)
    settled(manager, INPUTS)


def test_get_reads_everything_but_secrets(manager: Life, bijira: Organization) -> None:
    """With the addresses one by one, since nobody said that they are an organisation's."""
    manager.up(INPUTS)
    found = manager.get(manager.id)
    assert manager.sent == [READ]
    assert found["endpoints"]["issuer"] == manager.outputs["issuer"] == found["issuer"]
    assert found["type"] == "Asgardeo"
    assert "connector" not in found
    with pytest.raises(Refused, match="The key manager with the id nothing does not exist"):
        manager.get("nothing")


def test_a_client_under_a_new_key_manager_opens_the_api(
    manager: Life, life: Callable[[str], Life], sandbox: Sandbox, bijira: Organization
) -> None:
    """It is listed at once, mapped under as soon as the server has loaded it, and its tokens are then taken."""
    for one in list(bijira.key_managers.values()):
        if one.type != "default":
            del bijira.key_managers[one.id]
    sandbox.store.api_portal.organizations[bijira.handle].key_managers.clear()
    bijira.loads_key_managers_after = 2
    manager.up(INPUTS)
    application = life("Application")
    application.up({"name": "app"})
    client = life("ApplicationClient")
    client.up(
        {
            "applicationName": "app",
            "clientId": application.outputs["clientId"],
            "keyManager": manager.id,
            "subscriptions": [{"apiName": "Orders API", "apiVersion": "1.0.0"}],
        }
    )
    assert client.sent.count("POST /applications/{id}/map-keys") == 3
    next(iter(bijira.apis.values())).operations[0].scopes.clear()
    credentials = (application.outputs["clientId"], application.outputs["clientSecret"])
    token = httpx.post(manager.outputs["tokenEndpoint"], data={"grant_type": "client_credentials"}, auth=credentials)
    headers = {"Authorization": f"Bearer {token.json()['access_token']}"}
    address = f"{sandbox.url}/orders/1.0.0/orders"
    assert httpx.get(address, headers=headers).status_code == 200
    manager.up({**INPUTS, "enabled": False})
    assert httpx.get(address, headers=headers).status_code in (401, 403)


def test_the_cloud_has_no_api_for_it(sandbox: Sandbox) -> None:
    """Whatever is asked of it: the line names the pages of the console, and nothing is sent."""
    before = sandbox.store.snapshot()
    with Host({}, sandbox_environment(sandbox.url)) as cloud:
        manager = Life(cloud, "KeyManager", sandbox)
        with pytest.raises(Refused) as refused:
            manager.up(INPUTS)
        for part in (
            "Bijira's cloud has no API that makes key managers",
            "Admin, Settings, Key Managers (+ Key Manager, Asgardeo",
            "https://api.asgardeo.io/t/<organisation>/oauth2/token/.well-known/openid-configuration",
            "Settings, Developer Portal, Key Managers",
            "bijira:adminBaseUrl",
        ):
            assert part in str(refused.value)
        with pytest.raises(Refused, match="has no API that makes key managers"):
            manager.get("x")
    assert len(sandbox.ledger) == 0
    assert left_behind(before, sandbox.store.snapshot()) == []


def test_an_admin_api_elsewhere_can_be_said(sandbox: Sandbox, bijira: Organization) -> None:
    """Whatever the developer portal's address looks like."""
    environment = {
        **sandbox_environment(sandbox.url),
        "BIJIRA_ADMIN_BASE_URL": "https://admin.example.com/api/am/admin/v4",
    }
    with Host({}, environment) as host:
        manager = Life(host, "KeyManager", sandbox)
        manager.up(INPUTS)
        settled(manager, INPUTS)
    assert bijira.key_manager("acme")


def test_a_missing_key_manager_is_explained_as_the_place_wants_it(
    life: Callable[[str], Life], bijira: Organization
) -> None:
    """Self-hosted there is no console to click through: a resource makes it."""
    client = life("ApplicationClient")
    inputs = {"applicationName": "a", "clientId": "c"}
    stored(bijira, "Asgardeo").enabled = False
    with pytest.raises(Refused, match=r"no enabled external key manager \(there are: Asgardeo\)\. Set enabled to true"):
        client.up(inputs)
    with pytest.raises(
        Refused, match=r"the key manager Asgardeo is disabled\. Set enabled to true on its BijiraKeyMan"
    ):
        client.up({**inputs, "keyManager": "Asgardeo"})
    del bijira.key_managers[stored(bijira, "Asgardeo").id]
    with pytest.raises(Refused, match=r"no enabled external key manager \(there are: none\)\. Declare a BijiraKeyMan"):
        client.up(inputs)
    with pytest.raises(
        Refused, match=r"no key manager acme\. Set key_manager to one of: none; or have it there: Declare"
    ):
        client.up({**inputs, "keyManager": "acme"})
    bijira.key_managers.clear()
    with pytest.raises(Refused, match=r"lists no key manager\. Check that the token's user belongs to the tenant"):
        client.up(inputs)
