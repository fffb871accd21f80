"""Programs of many resources of one kind, and the empty provider that they are compared with."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

__all__ = ("EMPTY", "KINDS", "write_program")

EMPTY = "empty"
_API = 'api = wso2.AsgardeoApi("api", identifier=f"urn:{prefix}", scopes=[{"name": one} for one in scopes])\n'
#: Each kind: what its program needs once, and one of many, whose number is `n` and whose description is `text`.
KINDS: dict[str, tuple[str, str]] = {
    EMPTY: ("", 'Nothing(f"{prefix}-{n}", description=text, scopes=scopes)'),
    "Api": (
        "",
        'wso2.AsgardeoApi(f"{prefix}-{n}", identifier=f"urn:{n}", description=text, scopes=[{"name": f"{n}:read"}])',
    ),
    "Application": (
        _API,
        'wso2.AsgardeoApplication(f"{prefix}-{n}", description=text, '
        'authorized_apis=[{"api_id": api.id, "scopes": scopes}])',
    ),
    "ApplicationClient": (
        "",
        'wso2.BijiraApplicationClient(f"{prefix}-{n}", client_id=f"client-{n}", key_manager="Asgardeo", '
        'description=text, subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}])',
    ),
    "Role": (
        _API,
        'wso2.AsgardeoRole(f"{prefix}-{n}", name=f"{prefix}-{text}-{n}", permissions=scopes, '
        "opts=pulumi.ResourceOptions(depends_on=[api]))",
    ),
}


def write_program(folder: Path, kind: str, size: int, *, changed: bool = False, prefix: str = "one") -> None:
    """A program of so many of a kind, named by the prefix; changed, the first of them is described anew."""
    once, many = KINDS[kind]
    package = "from empty_provider import Nothing" if kind == EMPTY else "import pulumi_asgardeo_bijira as wso2"
    copy(Path(__file__).with_name("empty_provider.py"), folder)
    (folder / "__main__.py").write_text(
        f'import pulumi\n{package}\n\nprefix = "{prefix}"\nscopes = [prefix + ":read", prefix + ":write"]\n'
        f'{once}for n in range({size}):\n    text = "new" if n == 0 and {changed} else "old"\n    {many}\n'
    )
