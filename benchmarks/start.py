"""What the processes of a command take: the provider's until it can serve, and the program's for each resource.

Time is that of the processor, in processes of their own whose modules are compiled already, the least of several.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.programs import EMPTY, KINDS
from benchmarks.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ("start",)

_ROUNDS, _RESOURCES = 7, 200
_SERVE = """
import json, time
from pulumi.dynamic import Config, ConfigureRequest
import dill, grpc
{provider}
provider.configure(ConfigureRequest(Config({{"asgardeo:organization": "acme"}}, "bench")))
checked = provider.check({{}}, {inputs})
assert not checked.failures
{then}
print(json.dumps([time.process_time()]))
"""
_LOADED = "from pulumi_asgardeo_bijira.dynamic import load; provider = load({!r})"
_CONNECTED = (
    "from pulumi_asgardeo_bijira.transport import ApiProfile, Connection, Problem\n"
    "try: Connection('https://127.0.0.1:9', ApiProfile('x')).call('GET', '/', doing='look')\n"
    "except Problem: pass"
)
_EMPTY = "from empty_provider import EmptyProvider; provider = EmptyProvider()"
_API = {"name": "a", "identifier": "urn:a"}
#: What is served, by what provider, with what inputs, and what is done then.
_PROVIDERS = {
    "an empty provider": (_EMPTY, {}, ""),
    "an Api, checked": (_LOADED.format("Api"), _API, ""),
    "an Application, checked": (_LOADED.format("Application"), {"name": "a"}, ""),
    "a Role, checked": (_LOADED.format("Role"), {"name": "a", "permissions": ["a:1"]}, ""),
    "an Api, and a first request by HTTPS": (_LOADED.format("Api"), _API, _CONNECTED),
}
_PROGRAM = """
import json, time
import pulumi
from pulumi.runtime import Mocks, set_mocks
{package}
imported = time.process_time()

class Nothing_(Mocks):
    def new_resource(self, args): return args.name, args.inputs
    def call(self, args): return {{}}

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4

made, prefix, scopes, text = [], "one", ["s:read", "s:write"], "old"
set_mocks(Nothing_())

@pulumi.runtime.test
def make(first, last):
    {once}
    for n in range(first, last):
        made.append({many})

make(0, 1)
kept, began = resident(), time.process_time()
make(1, {size} + 1)
print(json.dumps([imported, (time.process_time() - began) / {size}, (resident() - kept) / {size}]))
"""


def _run(code: str) -> list[float]:
    command = [sys.executable, "-c", code]
    folder = Path(__file__).parent
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    found: list[float] = json.loads(done.stdout)
    return found


def _least(codes: Mapping[str, str]) -> dict[str, list[float]]:
    """The least that each figure of each script was in several rounds, so that all have the same noise around them."""
    rounds = [{name: _run(code) for name, code in codes.items()} for _ in range(_ROUNDS)]
    return {name: [min(figures) for figures in zip(*(one[name] for one in rounds), strict=True)] for name in codes}


def _servers() -> Table:
    table = Table(
        "Start of the provider's process",
        "Milliseconds of the processor until it has answered, and as a ratio to an empty provider's.",
        ("served", "ms", "to empty"),
    )
    codes = {
        name: _SERVE.format(provider=provider, inputs=inputs, then=then)
        for name, (provider, inputs, then) in _PROVIDERS.items()
    }
    found = {name: figures[0] for name, figures in _least(codes).items()}
    floor = next(iter(found.values()))
    for name, seconds in found.items():
        table.add(name, round(seconds * 1000), round(seconds / floor, 2))
    return table


def _program(kind: str) -> str:
    once, many = KINDS[kind]
    package = "from empty_provider import Nothing" if kind == EMPTY else "import pulumi_asgardeo_bijira as wso2"
    return _PROGRAM.format(package=package, once=once.strip() or "pass", many=many, size=_RESOURCES)


def _programs() -> Table:
    table = Table(
        "A program's own cost",
        "Milliseconds of the processor to import what it uses, and for each resource; kilobytes for each resource.",
        ("kind", "import ms", "to empty", "ms each", "kB each"),
    )
    found = _least({kind: _program(kind) for kind in KINDS})
    for kind, (imported, each, kept) in found.items():
        ratio = round(imported / found[EMPTY][0], 2)
        table.add(kind, round(imported * 1000), ratio, round(each * 1000, 2), round(kept))
    return table


def start() -> Iterator[Table]:
    """What both processes take."""
    yield _servers()
    yield _programs()
