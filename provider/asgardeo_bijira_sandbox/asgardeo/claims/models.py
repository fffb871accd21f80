"""What an organisation changed of its claims and of the scopes of OpenID Connect."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

__all__ = ("ClaimChanges",)


class ClaimChanges(BaseModel):
    """All that differs from the start, by URIs and names, in the form in which it is served; what is gone is none."""

    local: dict[str, dict[str, Any]] = {}
    dialects: dict[str, dict[str, dict[str, Any] | None]] = {}
    scopes: dict[str, dict[str, Any] | None] = {}
