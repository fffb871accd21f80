"""How the token endpoint says no."""

from __future__ import annotations

from ...web.http import ApiError

__all__ = ("not_authenticated", "refusal")

_BASIC = {"WWW-Authenticate": "Basic realm=sandbox"}


def refusal(error: str, description: str, status: int = 400) -> ApiError:
    """An OAuth error."""
    return ApiError(status, {"error": error, "error_description": description}, _BASIC if status == 401 else None)


def not_authenticated(description: str) -> ApiError:
    """The client did not prove who it is."""
    return refusal("invalid_client", description, 401)
