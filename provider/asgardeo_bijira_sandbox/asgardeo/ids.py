"""Ids as the platform gives them: random ones, and names in a form that fits into a path."""

from __future__ import annotations

import base64
import binascii
import uuid

__all__ = ("decoded", "encoded", "new_id")


def new_id() -> str:
    """An id that nothing else has."""
    return str(uuid.uuid4())


def encoded(name: str) -> str:
    """The id of what is known by its name alone."""
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")


def decoded(id: str) -> str | None:
    """The name in such an id; none where it holds no name."""
    try:
        return base64.b64decode(id + "=" * (-len(id) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return None
