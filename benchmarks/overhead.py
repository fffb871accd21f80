"""What an operation without I/O takes above an empty provider's, in the same host process."""

from __future__ import annotations

import time
from itertools import count
from statistics import median
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox import Sandbox
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.runtime.proto import provider_pb2
from pulumi_asgardeo_bijira.dynamic import PROVIDER_KEY, payload
from pulumi_asgardeo_bijira.settings import sandbox_environment
from pulumi_asgardeo_bijira.wire import decode, encode

from benchmarks.empty_provider import EmptyProvider
from benchmarks.programs import EMPTY
from benchmarks.tables import Table
from tests.support.host import Host
from tests.support.rounds import KEY_MANAGER, SELF_HOSTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ("overhead",)

_ROUNDS = 300
_ID = "11111111-1111-1111-1111-111111111111"
#: Every kind takes it for one of its own.
_PATH = f"{_ID}/{_ID}/PRODUCTION"
#: What is declared of each kind: what a program of some size would say.
_DECLARED: dict[str, dict[str, Any]] = {
    "Api": {"name": "a", "identifier": "urn:a", "scopes": [{"name": f"a:{number}"} for number in range(5)]},
    "Application": {
        "name": "a",
        "applicationType": "web",
        "callbackUrls": ["https://a.example.com/callback"],
        "accessToken": {"userAccessTokenExpiryInSeconds": 900},
        "authorizedApis": [{"apiId": _ID, "scopes": ["a:1", "a:2"]}],
    },
    "ApplicationClient": {
        "applicationName": "a",
        "clientId": "c",
        "keyManager": "Asgardeo",
        "subscriptions": [{"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}],
    },
    "Role": {"name": "a", "permissions": ["a:1", "a:2"], "groups": [_ID]},
    "KeyManager": KEY_MANAGER,
}


def overhead() -> Iterator[Table]:
    """Check and diff of each kind, each beside the empty provider given the same inputs."""
    table = Table(
        "Overhead of an operation without I/O",
        f"Milliseconds over gRPC, the median of {_ROUNDS} calls, each followed by one of an empty provider in the same "
        "host with the same inputs.",
        ("kind", "operation", "ms", "empty ms", "ms above"),
        names=2,
    )
    with Sandbox() as sandbox, Host({}, sandbox_environment(sandbox.url) | SELF_HOSTED) as host:
        empty = serialize_provider(EmptyProvider())
        for kind, declared in _DECLARED.items():
            calls = [_calls(host, kind, declared, provider) for provider in (payload(kind), empty)]
            for operation, (ours, floor) in {name: [one[name] for one in calls] for name in calls[0]}.items():
                taken = _side_by_side(ours, floor)
                table.add(kind, operation, *taken, round(taken[0] - taken[1], 2))
    yield table


def _calls(host: Host, kind: str, declared: dict[str, Any], provider: object) -> dict[str, Callable[[], object]]:
    """The operations of a resource that has just been checked, each under a name of its own."""
    numbers = count()

    def urn() -> str:
        return f"urn:pulumi:bench::bench::pulumi-python:dynamic/{EMPTY}:{kind}::one-{next(numbers)}"

    def check() -> Any:
        return host.stub.Check(provider_pb2.CheckRequest(urn=urn(), news=encode({**declared, PROVIDER_KEY: provider})))

    answer = check()
    if answer.failures:  # what is wrong takes longer, and is not what is measured
        raise RuntimeError(answer.failures[0].reason)
    checked = {**decode(answer.inputs), PROVIDER_KEY: provider}

    def diff() -> Any:
        bag = encode(checked)
        return host.stub.Diff(provider_pb2.DiffRequest(urn=urn(), id=_PATH, olds=bag, news=bag))

    return {"check": check, "diff": diff}


def _side_by_side(*calls: Callable[[], object]) -> list[float]:
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(_ROUNDS):
        for call, times in zip(calls, taken, strict=True):
            began = time.perf_counter()
            call()
            times.append(time.perf_counter() - began)
    return [round(median(times) * 1000, 2) for times in taken]
