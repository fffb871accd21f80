"""Whatever fails on the way, nothing is made twice, nothing is left over, and the next run finishes."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault, left_behind
from pulumi_asgardeo_bijira.resources import resource_handlers
from pulumi_asgardeo_bijira.settings import sandbox_environment

from tests.lifecycle.settled import settled
from tests.support.host import Host, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asgardeo_bijira_sandbox import Sandbox

PropertyMap = dict[str, Any]

API: tuple[PropertyMap, PropertyMap] = (
    {"identifier": "urn:a", "name": "A", "scopes": [{"name": "a:1"}, {"name": "a:2"}]},
    {
        "identifier": "urn:a",
        "name": "B",
        "scopes": [{"name": "a:1", "displayName": "One"}, {"name": "a:3"}],
    },
)
KEY_MANAGER: tuple[PropertyMap, PropertyMap] = (
    {
        "name": "acme",
        "organization": "acme",
        "connector": [{"name": "mgmt_client_id", "value": "m"}, {"name": "mgmt_client_secret", "value": "hunter2"}],
    },
    {
        "name": "acme",
        "organization": "other",
        "description": "x",
        "connector": [{"name": "mgmt_client_id", "value": "m"}, {"name": "mgmt_client_secret", "value": "hunter3"}],
    },
)
CLIENT: tuple[PropertyMap, PropertyMap] = (
    {
        "applicationName": "orders",
        "clientId": "client-1",
        "subscriptions": [{"apiName": "Orders API", "apiVersion": "1.0.0"}],
    },
    {
        "applicationName": "orders-2",
        "clientId": "client-2",
        "subscriptions": [{"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}],
    },
)

ROLE: tuple[PropertyMap, PropertyMap] = (
    {"name": "reader", "permissions": ["r:1"], "users": []},
    {"name": "clerk", "permissions": ["r:2"], "groups": []},
)


def application(api_id: str) -> tuple[PropertyMap, PropertyMap]:
    """An application's inputs before and after a change of every part."""
    return (
        {
            "name": "orders",
            "logoutReturnUrl": "https://a.example.com",
            "authorizedApis": [{"apiId": api_id, "scopes": ["x:1"]}],
        },
        {
            "name": "orders-2",
            "logoutReturnUrl": "",
            "refreshToken": {"expiryInSeconds": 5},
            "claims": {"requestedClaims": [{"claim": "http://wso2.org/claims/username"}]},
            "authorizedApis": [{"apiId": api_id, "scopes": ["x:2"]}],
            "secretRotation": "now",
        },
    )


@pytest.fixture
def host(sandbox: Sandbox) -> Iterator[Host]:
    """A provider process on a self-hosted API Manager, where each kind of resource can be made."""
    address = "https://apim.example.com/api/am/devportal/v3"
    with Host({}, {**sandbox_environment(sandbox.url), "BIJIRA_BASE_URL": address}) as running:
        yield running


@pytest.fixture(params=sorted(resource_handlers()))
def subject(
    request: pytest.FixtureRequest, life: Callable[[str], Life], sandbox: Sandbox
) -> tuple[Life, PropertyMap, PropertyMap]:
    """A resource of each kind, with inputs to create it and inputs to change it to."""
    kind = str(request.param)
    if kind == "Role":
        life("Api").up({"identifier": "urn:r", "name": "R", "scopes": [{"name": "r:1"}, {"name": "r:2"}]})
        people = sandbox.store.asgardeo["sandbox"]
        given = {"users": sorted(people.users), "groups": sorted(people.groups)}
        return life(kind), ROLE[0] | given, ROLE[1] | {"users": given["users"][:1]}
    if kind == "Application":
        api = life("Api")
        api.up({"identifier": "urn:x", "name": "X", "scopes": [{"name": "x:1"}, {"name": "x:2"}]})
        return life(kind), *application(api.id)
    return life(kind), *{"Api": API, "ApplicationClient": CLIENT, "KeyManager": KEY_MANAGER}[kind]


def calls(life: Life, inputs: PropertyMap) -> int:
    """How many requests it takes when all goes well."""
    life.up(inputs)
    return sum(life.requests.values()) + life.listing


@pytest.mark.parametrize("kind", ["lose", "fail"])
def test_a_creation_survives_or_undoes_a_fault_at_every_request(
    subject: tuple[Life, PropertyMap, PropertyMap], sandbox: Sandbox, kind: str
) -> None:
    """A lost answer is looked up; a refusal takes back what was made; either way the next run finishes."""
    life, inputs, _ = subject
    before = sandbox.store.snapshot()
    number = calls(life, inputs)
    life.destroy()
    for call in range(1, number + 1):
        sandbox.faults.add(_fault(kind, call))
        with suppress(Refused):
            life.up(inputs)
        sandbox.faults.clear()
        if not life.id:
            assert left_behind(before, sandbox.store.snapshot()) == [], call
            life.up(inputs)
        settled(life, inputs)
        life.destroy()
        assert left_behind(before, sandbox.store.snapshot()) == [], call


@pytest.mark.parametrize("kind", ["lose", "fail"])
def test_an_update_can_be_repeated_after_a_fault_at_every_request(
    subject: tuple[Life, PropertyMap, PropertyMap], sandbox: Sandbox, kind: str
) -> None:
    """The state keeps the old inputs when an update fails, and the same update then finishes."""
    life, inputs, changed = subject
    before = sandbox.store.snapshot()
    life.up(inputs)
    number = calls(life, changed)
    life.destroy()
    for call in range(1, number + 1):
        life.up(inputs)
        sandbox.faults.add(_fault(kind, call))
        with suppress(Refused):
            life.up(changed)
        sandbox.faults.clear()
        life.up(changed)
        settled(life, changed)
        life.destroy()
        assert left_behind(before, sandbox.store.snapshot()) == [], call


def test_a_deletion_whose_answer_is_lost_is_done(
    subject: tuple[Life, PropertyMap, PropertyMap], sandbox: Sandbox
) -> None:
    """Deleting again what is gone is no failure."""
    life, inputs, _ = subject
    before = sandbox.store.snapshot()
    life.up(inputs)
    sandbox.faults.add(Fault(kind="lose", call=1))
    life.destroy()
    assert left_behind(before, sandbox.store.snapshot()) == []


def _fault(kind: str, call: int) -> Fault:
    """The management tokens are at hand by then, so the k-th request is the operation's k-th."""
    if kind == "lose":
        return Fault(kind="lose", call=call)
    body = {"code": "900967", "message": "General Error", "description": "switched on"}
    return Fault(kind="fail", call=call, status=400, body=body)
