"""What to add to a scenario when a program expects something to exist that the sandbox does not have.

A problem names what is missing as data, but the engine hands on its line alone. So a rehearsal has the processes of the
run record their problems in a file of its own, and reads there what was missing, on every engine alike.
"""

import json
import re
from collections.abc import Iterable

from ..transport import Missing

__all__ = ("scenario_lines",)


def scenario_lines(missing: Iterable[Missing]) -> list[str]:
    """The lines for a scenario file that make these objects exist."""
    everything = list(dict.fromkeys(missing))
    lines = []
    for manager in (one for one in everything if one.kind == "key manager"):
        lines += ["    keyManagers:", f"      - name: {json.dumps(manager.name)}"]
    apis = [one for one in everything if one.kind == "API"]
    lines += ["    apis:"] if apis else []
    for api in apis:
        context = "/" + "-".join(re.findall(r"[a-z0-9]+", api.name.lower())) + f"/{api.version}"
        lines += [
            f"      - name: {json.dumps(api.name)}",
            f"        version: {json.dumps(api.version)}",
            f"        context: {json.dumps(context)}",
            "        resources: [{method: GET, path: /, scopes: []}]",
        ]
    if not lines:
        return []
    return [
        "If it exists on the real platform, let the sandbox have it too: --scenario FILE, with",
        "bijira:",
        "  -",
        *lines,
    ]
