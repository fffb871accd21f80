"""The management scopes that a program takes, for whoever previews it to find that out.

While somebody does, nothing that exists is asked for in earnest: what a look-up does not find is unknown, and so is all
of what `.get()` reads, since a preview goes on with what is not known.
"""

import os
from collections.abc import Iterable

from .line_log import append

__all__ = ("SCOPE_LOG_VARIABLE", "are_asked_for", "record_scopes")

#: Where it is set, it names the file to which the scopes of a program are appended.
SCOPE_LOG_VARIABLE = "ASGARDEO_BIJIRA_SCOPE_LOG"


def are_asked_for() -> bool:
    """Whether somebody previews the program to learn what scopes it takes."""
    return bool(os.environ.get(SCOPE_LOG_VARIABLE))


def record_scopes(
    who: str, platform: str, scopes: Iterable[str], *, found: bool = True, elsewhere: bool = False
) -> None:
    """Append what a resource or a look-up takes: whether that found anything, and whether an explicit provider leads it
    to another place than the stack's settings."""
    row = {"who": who, "platform": platform, "scopes": sorted(set(scopes)), "found": found, "elsewhere": elsewhere}
    append(SCOPE_LOG_VARIABLE, row)
