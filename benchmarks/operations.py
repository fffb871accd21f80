"""What each operation on each kind costs: its requests, and how many of them wait for one another.

Round trips are told by the time that an operation takes beside a sandbox that answers late: so much later than anything
else takes that the ratio of the two is a whole number.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox import Fault, Sandbox
from asgardeo_bijira_sandbox.bijira.models import Application
from pulumi_asgardeo_bijira.settings import sandbox_environment

from benchmarks.tables import Table
from tests.support.host import Host, Life

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ("operations",)

_LATE_SECONDS = 0.2
_SELF_HOSTED = {"BIJIRA_BASE_URL": "https://apim.example.com:9443/api/am/devportal/v3"}
_ORDERS = {"apiName": "Orders API", "apiVersion": "1.0.0"}
_SHARED = "aaaaaaaa-0000-0000-0000-000000000001"
Bag = dict[str, Any]
_CONNECTOR = [{"name": name, "value": "hunter2"} for name in ("mgmt_client_id", "mgmt_client_secret")]
_KEY_MANAGER: Bag = {"name": "own", "organization": "sandbox", "connector": _CONNECTOR}
#: What another of the kind is given, which has the token and the list before anything is measured.
_WARM: dict[str, Bag] = {
    "Api": {"name": "warm", "identifier": "urn:warm"},
    "ApplicationClient": {"applicationName": "warm", "clientId": "warm", "keyManager": "Asgardeo"},
    "KeyManager": {**_KEY_MANAGER, "name": "warm"},
}


@dataclass(frozen=True)
class _Row:
    """A kind as it is first declared, what it may cost to make, read and delete, and edits with their limits."""

    label: str
    kind: str
    inputs: Bag
    create: int
    refresh: int
    delete: int
    edits: tuple[tuple[str, Bag, int], ...] = ()
    environment: Bag | None = None


def _rows(apis: list[str], scopes: list[str]) -> tuple[_Row, ...]:
    """The table of limits; the ids are those of APIs with these scopes that are there already."""
    one, two = ({"apiId": api, "scopes": [scope]} for api, scope in zip(apis, scopes, strict=True))
    people = {"name": "of", "permissions": scopes[:1]}
    return (
        _Row(
            "Api",
            "Api",
            {"identifier": "urn:a", "name": "A", "scopes": [{"name": "a:1"}, {"name": "a:2"}]},
            1,
            1,
            1,
            (
                ("name, description, a scope added", {"name": "B", "description": "x"}, 1),
                ("a scope removed", {"scopes": [{"name": "a:1"}]}, 1),
            ),
        ),
        _Row("Application", "Application", {"name": "bare"}, 2, 2, 1),
        _Row(
            "Application, 1 API",
            "Application",
            {"name": "one", "authorizedApis": [one]},
            3,
            3,
            1,
            (
                ("description", {"description": "x"}, 1),
                ("access token", {"accessToken": {"type": "JWT", "applicationAccessTokenExpiryInSeconds": 600}}, 2),
                ("another API", {"authorizedApis": [one, two]}, 1),
                ("rotation", {"secretRotation": "1"}, 2),
            ),
        ),
        _Row("Application, 2 APIs", "Application", {"name": "two", "authorizedApis": [one, two]}, 4, 3, 1),
        _Row("Role", "Role", people, 1, 1, 1, (("permissions", {"permissions": scopes}, 1),)),
        _Row(
            "Client, 1 subscription",
            "ApplicationClient",
            {"applicationName": "a", "clientId": "c-1", "keyManager": "Asgardeo", "subscriptions": [_ORDERS]},
            5,
            3,
            1,
            (("description", {"description": "x"}, 2), ("client id", {"clientId": "c-2"}, 2)),
        ),
        _Row(
            "Client, attached",
            "ApplicationClient",
            {"applicationId": _SHARED, "clientId": "c-3", "keyManager": "Asgardeo", "subscriptions": [_ORDERS]},
            4,
            3,
            2,
        ),
        _Row("Key manager", "KeyManager", _KEY_MANAGER, 1, 1, 1, (), _SELF_HOSTED),
    )


def operations() -> Iterator[Table]:
    """Each operation: requests beside their limit, and sequential round trips."""
    table = Table(
        "Requests and round trips",
        "Of one operation each, beside the fewest requests that the platforms allow. A list that is read once in a "
        "process before its first creation, and tokens, are not counted.",
        ("kind", "operation", "requests", "limit", "round trips"),
        names=2,
    )
    with Sandbox() as sandbox:
        rows = _seeded(sandbox)
        sandbox.faults.add(Fault(kind="slow", seconds=_LATE_SECONDS, times=0))
        for row in rows:
            with Host({}, {**sandbox_environment(sandbox.url), **(row.environment or {})}) as host:
                _walk(table, row, Life(host, row.kind, sandbox))
    yield table


def _seeded(sandbox: Sandbox) -> tuple[_Row, ...]:
    bijira = next(iter(sandbox.store.bijira.values()))
    bijira.applications[_SHARED] = Application(
        id=_SHARED, name="shared", owner="sandbox-management", throttling_policy="Unlimited"
    )
    with Host({}, sandbox_environment(sandbox.url)) as host:
        lives = [Life(host, "Api", sandbox) for _ in range(2)]
        for number, life in enumerate(lives):
            scopes = [{"name": f"shared:{number}"}]
            life.up({"identifier": f"urn:shared:{number}", "name": f"Shared {number}", "scopes": scopes})
        return _rows([life.id for life in lives], ["shared:0", "shared:1"])


def _walk(table: Table, row: _Row, life: Life) -> None:
    """One of a kind, from its creation to its deletion."""
    warm = Life(life.host, life.kind, life.sandbox)
    warm.up(_WARM.get(row.kind, {"name": "warm"}))

    def measure(operation: str, limit: int, action: Callable[[], object]) -> None:
        began = time.perf_counter()
        action()
        trips = int((time.perf_counter() - began) / _LATE_SECONDS)
        table.add(row.label, operation, sum(life.requests.values()), limit, trips)

    inputs = row.inputs
    measure("create", row.create, partial(life.up, inputs))
    measure("refresh", row.refresh, life.refresh)
    for label, edit, limit in row.edits:
        inputs = {**inputs, **edit}
        measure(f"update: {label}", limit, partial(life.up, inputs))
    life.host.restart()
    warm.refresh()
    measure("delete", row.delete, life.destroy)
    warm.destroy()
