"""Other processes, and whether they end."""

from __future__ import annotations

import os
import select

__all__ = ("ended",)


def ended(pid: int, seconds: float = 15.0) -> bool:
    """Whether a process ends in time."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)
