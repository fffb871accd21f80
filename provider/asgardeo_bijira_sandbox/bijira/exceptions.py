"""How the control plane refuses: a code that is a number, a message, a description."""

from __future__ import annotations

from ..web.errors import ApiError

__all__ = ("bad_request", "broken", "conflict", "control_plane_error", "forbidden", "not_found", "unauthenticated")


def control_plane_error(status: int, message: str, description: str, code: int | None = None) -> ApiError:
    """An error; without a code of its own it has the status."""
    body = {"code": code or status, "message": message, "description": description, "moreInfo": "", "error": []}
    return ApiError(status, body)


def bad_request(description: str, code: int | None = None) -> ApiError:
    """400."""
    return control_plane_error(400, "Bad Request", description, code)


def unauthenticated() -> ApiError:
    """401: no token, an invalid one, or one without the scope; this API does not distinguish them."""
    return control_plane_error(
        401, "Unauthenticated request", "The access token is missing, no good, or lacks a scope."
    )


def broken() -> ApiError:
    """500: what the server's own code does not expect."""
    text = "The server encountered an internal error. Please contact administrator."
    return control_plane_error(500, "Internal server error", text)


def forbidden(description: str) -> ApiError:
    """403."""
    return control_plane_error(403, "Forbidden", description)


def not_found(description: str) -> ApiError:
    """404."""
    return control_plane_error(404, "Not Found", description)


def conflict(description: str, code: int | None = None, message: str = "Conflict") -> ApiError:
    """409."""
    return control_plane_error(409, message, description, code)
