"""Programs of many resources of one kind, and the empty provider that they are compared with."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

__all__ = ("EMPTY", "KINDS", "write_program")

EMPTY = "empty"
_API = 'api = wso2.AsgardeoApi("api", identifier="urn:shared", scopes=[{"name": "s:read"}, {"name": "s:write"}])\n'
_SCOPES = '["s:read", "s:write"]'
#: Each kind: what its program needs once, and one of many, whose number is `n` and whose description is `text`.
KINDS: dict[str, tuple[str, str]] = {
    EMPTY: ("", 'Nothing(f"one-{n}", description=text, scopes=["s:read", "s:write"])'),
    "Api": (
        "",
        'wso2.AsgardeoApi(f"one-{n}", identifier=f"urn:{n}", description=text, scopes=[{"name": f"{n}:read"}])',
    ),
    "Application": (
        _API,
        'wso2.AsgardeoApplication(f"one-{n}", description=text, '
        f'authorized_apis=[{{"api_id": api.id, "scopes": {_SCOPES}}}])',
    ),
    "ApplicationClient": (
        "",
        'wso2.BijiraApplicationClient(f"one-{n}", client_id=f"client-{n}", key_manager="Asgardeo", description=text, '
        'subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}])',
    ),
    "Role": (_API, f'wso2.AsgardeoRole(f"one-{{n}}", name=f"{{text}}-{{n}}", permissions={_SCOPES}, opts=after(api))'),
}


def write_program(folder: Path, kind: str, size: int, *, changed: bool = False) -> None:
    """A program of so many of a kind; changed, the first of them is described anew."""
    once, many = KINDS[kind]
    package = "from empty_provider import Nothing" if kind == EMPTY else "import pulumi_asgardeo_bijira as wso2"
    copy(Path(__file__).with_name("empty_provider.py"), folder)
    (folder / "__main__.py").write_text(
        f"import pulumi\n{package}\n\n\ndef after(*others):\n"
        "    return pulumi.ResourceOptions(depends_on=list(others))\n\n\n"
        f'{once}for n in range({size}):\n    text = "new" if n == 0 and {changed} else "old"\n    {many}\n'
    )
