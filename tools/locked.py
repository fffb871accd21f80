"""Of what the lock has, what the plugin needs: the package's own dependencies and theirs, not those of its tests."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

__all__ = ("EXTRA", "ROOT", "constraints", "locked", "project")

ROOT = Path(__file__).parents[1]
#: The extra that the plugin has: signing in with a key.
EXTRA = "private-key"


def project() -> dict[str, Any]:
    """What the package says of itself."""
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def locked() -> list[str]:
    """Each with its version and hashes, without the lock's remarks on who needs it."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    blocks = {_name(block): block for block in re.split(r"\n(?=\S)", lock.rstrip())}
    needed_by = {name: set(re.findall(r"#(?: via)? +(\S+)", block)) for name, block in blocks.items()}
    needed = (*project()["dependencies"], *project()["optional-dependencies"][EXTRA])
    reached = {_name(one) for one in needed}
    while found := {name for name, by in needed_by.items() if by & reached} - reached:
        reached |= found
    return [re.sub(r"\n *#.*", "", blocks[name]) for name in sorted(reached)]


def constraints() -> str:
    """The versions alone: pip takes no folder where anything has a hash, and the plugin's is one."""
    head = "# The versions that requirements.lock has of what the plugin needs: make generate writes them."
    return "\n".join((head, *(block.partition(" \\")[0] for block in locked()), ""))


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
