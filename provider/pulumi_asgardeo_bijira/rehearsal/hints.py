"""What to add to a scenario when a program expects something to exist that the sandbox does not have.

A problem names what is missing as data, but the engine hands on its line alone. So a rehearsal has the processes of the
run record their problems in a file of its own, and reads there what was missing, on every engine alike.
"""

import json
import re
from collections.abc import Iterable

from ..transport import Missing

__all__ = ("scenario_lines",)

_IF = "If it exists on the real platform, let the sandbox have it too: --scenario FILE, with"


def scenario_lines(missing: Iterable[Missing]) -> list[str]:
    """The lines for a scenario file that make these objects exist."""
    everything = list(dict.fromkeys(missing))
    lines = [*_tenants(everything), *_published(everything), *_stacks(everything)]
    return [_IF, *lines] if lines else []


def _tenants(missing: Iterable[Missing]) -> list[str]:
    """Organisations of Asgardeo, and whoever is missing in the first, or in the only one."""
    names = [f"  - organization: {json.dumps(one.name)}" for one in missing if one.kind == "organization"]
    return ["asgardeo:", *names] if names else _people(missing)


def _stacks(missing: Iterable[Missing]) -> list[str]:
    """Other stacks, with room for what the program reads of them."""
    names = [json.dumps(one.name) for one in missing if one.kind == "stack"]
    return ["stacks:", *(f"  {name}: {{outputs: {{}}, secretOutputs: []}}" for name in names)] if names else []


def _people(missing: Iterable[Missing]) -> list[str]:
    """Users and groups; a group has these users, or else the one that a rehearsal signs in as."""
    users = [one.name for one in missing if one.kind == "user"]
    groups = [one.name for one in missing if one.kind == "group"]
    lines = ["    users:"] if users else []
    lines += [f"      - {{username: {json.dumps(name)}, password: sandbox-password}}" for name in users]
    lines += ["    groups:"] if groups else []
    members = json.dumps(users or ["sandbox-user"])
    lines += [f"      - {{name: {json.dumps(name)}, members: {members}}}" for name in groups]
    return ["asgardeo:", "  -", *lines] if lines else []


def _published(missing: Iterable[Missing]) -> list[str]:
    """What Bijira has: key managers and APIs."""
    lines = []
    for manager in (one for one in missing if one.kind == "key manager"):
        lines += ["    keyManagers:", f"      - name: {json.dumps(manager.name)}"]
    apis = [one for one in missing if one.kind == "API"]
    lines += ["    apis:"] if apis else []
    for api in apis:
        context = "/" + "-".join(re.findall(r"[a-z0-9]+", api.name.lower())) + f"/{api.version}"
        lines += [
            f"      - name: {json.dumps(api.name)}",
            f"        version: {json.dumps(api.version)}",
            f"        context: {json.dumps(context)}",
            "        resources: [{method: GET, path: /, scopes: []}]",
        ]
    return ["bijira:", "  -", *lines] if lines else []
