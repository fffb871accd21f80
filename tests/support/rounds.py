"""What each operation on each kind may send: the requests of each round trip, in one table for tests and benchmarks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox.asgardeo.models import ApiResource, Scope
from asgardeo_bijira_sandbox.bijira.models import Application, PublishedApi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asgardeo_bijira_sandbox import Sandbox

    from tests.support.host import Life

__all__ = ("ROWS", "WARM", "Rounds", "Row", "add_what_is_referred_to")

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
    #: What a program's `.get()` sends, where that is more: all there is, and the key managers.
    get: Rounds = ()
    edits: tuple[tuple[Bag, Rounds], ...] = ()
    environment: Bag | None = None

    def steps(self, life: Life) -> Iterator[tuple[str, Callable[[], object], Rounds]]:
        """From its creation to its deletion: the name of each operation, itself, and what it may send."""
        inputs = self.inputs
        yield "create", partial(life.up, inputs), self.create
        yield "refresh", life.refresh, self.refresh
        yield "get", lambda: life.get(life.id), self.get or self.refresh
        for number, (edit, rounds) in enumerate(self.edits, 1):
            inputs = inputs | edit
            yield f"update {number}: {', '.join(edit)}", partial(life.up, inputs), rounds
        yield "delete", life.destroy, self.delete


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
    Row("an application", "Application", {"name": "bare"}, create=(1, 1), refresh=(2,), delete=(1,), get=(3,)),
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
        get=(4,),
        delete=(1,),
        edits=(({"description": "x"}, (1, 1)), ({"clientId": "c-2"}, (1, 1))),
    ),
    Row(
        "a client with several subscriptions",
        "ApplicationClient",
        {"applicationName": "a", **CLIENT, "subscriptions": SUBSCRIBED},
        create=(1, 1, 4),
        refresh=(3,),
        get=(4,),
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
        get=(4,),
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


def add_what_is_referred_to(sandbox: Sandbox) -> None:
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
