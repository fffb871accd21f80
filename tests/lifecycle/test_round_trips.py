"""What each operation on each kind sends, and how much of it at once: no more requests, and no more round trips.

The sandbox answers the requests of one round trip only when all of them have arrived. So an operation that waits for an
answer where it need not is refused, however fast anything is.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault, Sandbox
from asgardeo_bijira_sandbox.asgardeo.models import ApiResource, Scope
from asgardeo_bijira_sandbox.bijira.models import Application, PublishedApi
from pulumi_asgardeo_bijira.settings import sandbox_environment

from tests.support.host import Host, Life

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Bag = dict[str, Any]
Rounds = tuple[int, ...]

PORTAL = {"BIJIRA_BACKEND": "api-portal"}
SELF_HOSTED = {"BIJIRA_BASE_URL": "https://apim.example.com:9443/api/am/devportal/v3"}
SHARED = "aaaaaaaa-0000-0000-0000-000000000001"
#: APIs of Asgardeo and of Bijira under known ids, and a subscription by name.
APIS = [f"bbbbbbbb-0000-0000-0000-00000000000{number}" for number in range(3)]
ORDERS = {"apiName": "Orders API", "apiVersion": "1.0.0"}
AUTHORIZED = [{"apiId": id_, "scopes": [f"shared:{number}"]} for number, id_ in enumerate(APIS)]
SUBSCRIBED: list[Bag] = [{"apiId": id_} for id_ in APIS]
CLIENT = {"clientId": "c-1", "keyManager": "Asgardeo"}
CONNECTOR = [{"name": name, "value": "hunter2"} for name in ("mgmt_client_id", "mgmt_client_secret")]
KEY_MANAGER: Bag = {"name": "own", "organization": "sandbox", "connector": CONNECTOR}
#: What another of the kind is given, which has the token and the list before anything is measured.
WARM: dict[str, Bag] = {
    "Api": {"name": "warm", "identifier": "urn:warm"},
    "ApplicationClient": {"applicationName": "warm", "clientId": "warm", "keyManager": "Asgardeo"},
    "KeyManager": {**KEY_MANAGER, "name": "warm"},
}


@dataclass(frozen=True)
class Row:
    """A kind as it is first declared, and the requests of each round trip of its operations."""

    name: str
    kind: str
    inputs: Bag
    create: Rounds
    refresh: Rounds
    delete: Rounds
    edits: tuple[tuple[Bag, Rounds], ...] = ()
    environment: Bag | None = None


ROWS = (
    Row(
        "an API",
        "Api",
        {"identifier": "urn:a", "name": "A", "scopes": [{"name": "a:1"}, {"name": "a:2"}]},
        create=(1,),
        refresh=(1,),
        delete=(1,),
        edits=(({"name": "B", "description": "x"}, (1,)), ({"scopes": [{"name": "a:1"}]}, (1,))),
    ),
    Row("an application", "Application", {"name": "bare"}, create=(1, 1), refresh=(2,), delete=(1,)),
    Row(
        "an application that may call APIs",
        "Application",
        {"name": "calls", "authorizedApis": AUTHORIZED[:1]},
        create=(1, 2),
        refresh=(3,),
        delete=(1,),
        edits=(
            ({"description": "x", "accessUrl": "https://a.example.com"}, (1,)),
            ({"accessToken": {"type": "JWT", "applicationAccessTokenExpiryInSeconds": 600}}, (1, 1)),
            ({"authorizedApis": AUTHORIZED[:2]}, (1,)),
            ({"secretRotation": "1"}, (1, 1)),
        ),
    ),
    Row(
        "an application with all that it can have",
        "Application",
        {"name": "all", "logoutReturnUrl": "https://a.example.com", "authorizedApis": AUTHORIZED},
        create=(1, 1, 4),
        refresh=(3,),
        delete=(1,),
    ),
    Row(
        "a role",
        "Role",
        {"name": "reader", "permissions": ["shared:0"]},
        create=(1,),
        refresh=(1,),
        delete=(1,),
        edits=(({"permissions": ["shared:0", "shared:1"]}, (1,)),),
    ),
    Row(
        "a client",
        "ApplicationClient",
        {"applicationName": "a", **CLIENT, "subscriptions": [ORDERS]},
        create=(2, 1, 2),
        refresh=(3,),
        delete=(1,),
        edits=(({"description": "x"}, (1, 1)), ({"clientId": "c-2"}, (1, 1))),
    ),
    Row(
        "a client with several subscriptions",
        "ApplicationClient",
        {"applicationName": "a", **CLIENT, "subscriptions": SUBSCRIBED},
        create=(1, 1, 4),
        refresh=(3,),
        delete=(1,),
        edits=(
            ({"subscriptions": [ORDERS]}, (1, 3, 1)),
            ({"subscriptions": [ORDERS, *SUBSCRIBED]}, (3,)),
        ),
    ),
    Row(
        "a client of somebody else's application",
        "ApplicationClient",
        {"applicationId": SHARED, **CLIENT, "subscriptions": SUBSCRIBED},
        create=(1, 1, 3),
        refresh=(3,),
        delete=(4,),
    ),
    Row(
        "a client on the API Portal",
        "ApplicationClient",
        {"applicationName": "a", **CLIENT, "keyManager": "asgardeo"},
        create=(1, 1, 1),
        refresh=(2,),
        delete=(1,),
        environment=PORTAL,
    ),
    Row("a key manager", "KeyManager", KEY_MANAGER, create=(1,), refresh=(1,), delete=(1,), environment=SELF_HOSTED),
)


@contextmanager
def in_rounds(life: Life, rounds: Rounds) -> Iterator[None]:
    """What is sent inside is sent in these round trips: so many requests at once, and then the next."""
    before = 0
    for requests in rounds:
        if requests > 1:
            life.sandbox.faults.add(
                Fault(
                    kind="gather", limit=requests, after=before, match=r"^(?!.*/oauth2/token$)", status=418, seconds=10
                )
            )
        before += requests
    yield
    life.sandbox.faults.clear()
    assert sum(life.requests.values()) == sum(rounds), life.sent


@pytest.fixture(autouse=True)
def what_is_referred_to(sandbox: Sandbox) -> None:
    """APIs on each platform under known ids, and an application of somebody else's."""
    tenant = sandbox.store.asgardeo["sandbox"]
    bijira = next(iter(sandbox.store.bijira.values()))
    bijira.applications[SHARED] = Application(
        id=SHARED, name="shared", owner="sandbox-management", throttling_policy="Unlimited"
    )
    for number, id_ in enumerate(APIS):
        bijira.apis[id_] = PublishedApi(id=id_, name=f"Shared {number}", version="1", context=f"/shared/{number}/1")
        scopes = [Scope(name=f"shared:{number}", display_name="s")]
        tenant.apis[id_] = ApiResource(id=id_, number=number, name=id_, identifier=f"urn:{number}", scopes=scopes)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name.replace(" ", "-"))
def test_an_operation_takes_its_requests_in_as_few_round_trips_as_it_can(sandbox: Sandbox, row: Row) -> None:
    """From its creation to its deletion."""
    with Host({}, {**sandbox_environment(sandbox.url), **(row.environment or {})}) as host:
        life, warm = Life(host, row.kind, sandbox), Life(host, row.kind, sandbox)
        warm.up(WARM.get(row.kind, {"name": "warm"}))
        steps: list[tuple[Callable[[], object], Rounds]] = [
            (partial(life.up, row.inputs), row.create),
            (life.refresh, row.refresh),
        ]
        inputs = row.inputs
        for edit, rounds in row.edits:
            inputs = inputs | edit
            steps.append((partial(life.up, inputs), rounds))
        for step, rounds in (*steps, (life.destroy, row.delete)):
            with in_rounds(life, rounds):
                step()
