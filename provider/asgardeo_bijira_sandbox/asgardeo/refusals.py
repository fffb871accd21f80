"""How the token endpoint says no."""

from __future__ import annotations

from ..http import Refusal

__all__ = ("not_authenticated", "refusal")

_BASIC = {"WWW-Authenticate": "Basic realm=sandbox"}


def refusal(error: str, description: str, status: int = 400) -> Refusal:
    """An OAuth error."""
    return Refusal(status, {"error": error, "error_description": description}, _BASIC if status == 401 else None)


def not_authenticated(description: str) -> Refusal:
    """The client did not prove who it is."""
    return refusal("invalid_client", description, 401)
