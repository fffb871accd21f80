"""Whether tracebacks are shown, which nobody sees who has not asked for them."""

import os

__all__ = ("DEBUG_VARIABLE", "shows_tracebacks")

#: Set to anything, it shows tracebacks.
DEBUG_VARIABLE = "ASGARDEO_BIJIRA_DEBUG"


def shows_tracebacks() -> bool:
    """Whether somebody has asked."""
    return bool(os.environ.get(DEBUG_VARIABLE))
