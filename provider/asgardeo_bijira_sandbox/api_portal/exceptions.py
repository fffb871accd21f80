"""How the API Portal refuses: validator, handlers, applications that are not there, and pages.

A refusal of the validator has a number as its code and says where it lies, one of a handler has a word as its code, and
what never reached either is a page of HTML.
"""

from __future__ import annotations

import uuid
from typing import Any

from ..web.errors import ApiError

__all__ = (
    "BASE",
    "PREFIX",
    "bad_values",
    "conflict",
    "error_page",
    "failed",
    "handled",
    "invalid",
    "invalid_parameter",
    "no_application",
    "not_found",
    "objection",
    "security",
    "taken",
    "unexpected",
    "unhandled",
)

PREFIX = "/api-portal"
BASE = "/api/v0.9"
_PAGE = (
    '<!DOCTYPE html>\n<html>\n<head><meta charset="UTF-8"><title>API Portal</title></head>\n'
    "<body>Something went wrong ({status})</body>\n</html>\n"
)


_CODES = {
    400: "COMMON_VALIDATION_ERROR",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "RESOURCE_NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    409: "CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
}


def error_page(status: int) -> ApiError:
    """What never reached the API: a page for people."""
    return ApiError(status, _PAGE.format(status=status))


def security(status: int, path: str | None = None) -> ApiError:
    """401 or 403: with the operation's path where a token was missing or had no right, without it where it was bad."""
    message = "Authentication required" if status == 401 else "Forbidden"
    body: dict[str, Any] = {"code": status, "message": message}
    if path is not None:
        body["errors"] = [{"path": f"{PREFIX}{BASE}{path}", "message": message}]
    return ApiError(status, body)


def unhandled(status: int, path: str, message: str) -> ApiError:
    """What is refused before any value is looked at: method, content type, size."""
    return ApiError(status, {"code": status, "message": message, "errors": [{"path": path, "message": message}]})


def invalid(*violations: tuple[str, str, str, str]) -> ApiError:
    """400 of the validator: of each violation its subject, the path to tell, the message and the keyword."""
    message = ", ".join(f"request{subject} {text}" for subject, _, text, _ in violations)
    errors = [
        {"path": path, "message": text, "errorCode": f"{keyword}.openapi.validation"}
        for _, path, text, keyword in violations
    ]
    return ApiError(400, {"code": 400, "message": message, "errors": errors})


def invalid_parameter(name: str, message: str) -> ApiError:
    """400 of the validator for a parameter of the query that it does not take."""
    return unhandled(400, f"/query/{name}", message)


def handled(status: int, code: str, message: str, *details: str) -> ApiError:
    """A handler's refusal."""
    errors = [{"message": detail} for detail in details]
    return ApiError(status, {"status": "error", "code": code, "message": message, "errors": errors})


def bad_values(message: str, *details: str) -> ApiError:
    """400 of a handler."""
    return handled(400, "COMMON_VALIDATION_ERROR", message, *details)


def objection(text: str) -> ApiError:
    """400 of a handler to a value."""
    return bad_values("Bad Request", text)


def not_found(message: str, *details: str) -> ApiError:
    """404 of a handler."""
    return handled(404, "RESOURCE_NOT_FOUND", message, *details)


def conflict(message: str = "Conflict", *details: str) -> ApiError:
    """409."""
    return handled(409, "CONFLICT", message, *details)


def taken() -> ApiError:
    """409: the database holds something that is to be there once."""
    return conflict("Conflict", "A record with these values already exists.")


def failed(message: str = "Internal Server Error", status: int = 500) -> ApiError:
    """500, or what a token endpoint said to the portal."""
    return handled(status, _CODES.get(status, "INTERNAL_SERVER_ERROR"), message)


def unexpected() -> ApiError:
    """500 of what reads bodies; the id is for whoever reads the server's log."""
    text = "An unexpected error occurred."
    return ApiError(500, {"code": 500, "message": text, "tracking_id": str(uuid.uuid4())})


def no_application() -> ApiError:
    """404 of an application, whose code is the status."""
    return ApiError(404, {"status": "error", "code": "404", "message": "Application not found"})
