"""What to add to a scenario when a program expects something to exist that the sandbox does not have."""

import json
import re

__all__ = ("scenario_lines",)

_API = re.compile(r"Bijira has no published API (?P<name>.+?) with the version (?P<version>\S+?)\. ")
_KEY_MANAGER = re.compile(r"(?:Bijira|API Portal) has no key manager (?P<name>.+?)\. Set key_manager")


def scenario_lines(text: str) -> list[str]:
    """The lines for a scenario file that make the objects exist whose absence the text reports."""
    lines = []
    for found in _KEY_MANAGER.finditer(text):
        lines += ["    keyManagers:", f"      - name: {json.dumps(found['name'])}"]
    apis = list(dict.fromkeys(_API.findall(text)))
    if apis:
        lines.append("    apis:")
    for name, version in apis:
        context = "/" + "-".join(re.findall(r"[a-z0-9]+", name.lower())) + f"/{version}"
        lines += [
            f"      - name: {json.dumps(name)}",
            f"        version: {json.dumps(version)}",
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
