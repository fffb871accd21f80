"""How the API Portal answers and refuses: validator, handlers, applications that are not there, and pages.

A refusal of the validator has a number as its code and says where it lies, one of a handler has a word as its code, and
what never reached either is a page of HTML.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

__all__ = (
    "BASE",
    "PREFIX",
    "Refused",
    "Reply",
    "bad_values",
    "conflict",
    "failed",
    "handled",
    "invalid",
    "no_application",
    "not_found",
    "page",
    "security",
    "unhandled",
)

PREFIX = "/api-portal"
BASE = "/api/v0.9"
_PAGE = (
    '<!DOCTYPE html>\n<html>\n<head><meta charset="UTF-8"><title>API Portal</title></head>\n'
    "<body>Something went wrong ({status})</body>\n</html>\n"
)


@dataclass(frozen=True)
class Reply:
    """An answer: a status and JSON, HTML, or nothing at all."""

    status: int
    json: Any = None
    html: str | None = None
    text: str | None = None

    def response(self, method: str = "GET", condition: str = "") -> Response:
        """As it is sent: with a weak tag of its content, by which a reader may say that it knows it already."""
        if self.json is not None:
            kind, body = "application/json", json.dumps(self.json, ensure_ascii=False, separators=(",", ":")).encode()
        elif self.html is not None:
            kind, body = "text/html", self.html.encode()
        elif self.text is not None:
            kind, body = "text/plain", self.text.encode()
        else:
            return Response(status_code=self.status)
        digest = base64.b64encode(hashlib.sha1(body).digest()).decode()[:27]  # noqa: S324 - a tag, not a signature
        tag = f'W/"{len(body):x}-{digest}"'
        if condition == tag and method == "GET" and self.status == 200:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(body, self.status, {"ETag": tag, "Content-Type": f"{kind}; charset=utf-8"})


class Refused(Exception):
    """A reply that is given by raising it."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"{reply.status} {reply.json}")
        self.reply = reply


def page(status: int) -> Refused:
    """What never reached the API: a page for people."""
    return Refused(Reply(status, html=_PAGE.format(status=status)))


def security(status: int, path: str | None = None) -> Refused:
    """401 or 403: with the operation's path where a token was missing or had no right, without it where it was bad."""
    message = "Authentication required" if status == 401 else "Forbidden"
    body: dict[str, Any] = {"code": status, "message": message}
    if path is not None:
        body["errors"] = [{"path": f"{PREFIX}{BASE}{path}", "message": message}]
    return Refused(Reply(status, body))


def unhandled(status: int, path: str, message: str) -> Refused:
    """What is refused before any value is looked at: method, content type, size."""
    return Refused(Reply(status, {"code": status, "message": message, "errors": [{"path": path, "message": message}]}))


def invalid(path: str, message: str, code: str | None = None, *, subject: str = "") -> Refused:
    """400 of the validator for one value."""
    error = {"path": path, "message": message}
    if code:
        error["errorCode"] = f"{code}.openapi.validation"
    return Refused(Reply(400, {"code": 400, "message": f"{subject}{message}", "errors": [error]}))


def handled(status: int, code: str, message: str, *details: str) -> Refused:
    """A handler's refusal."""
    errors = [{"message": detail} for detail in details]
    return Refused(Reply(status, {"status": "error", "code": code, "message": message, "errors": errors}))


def bad_values(message: str, *details: str) -> Refused:
    """400 of a handler."""
    return handled(400, "COMMON_VALIDATION_ERROR", message, *details)


def not_found(message: str, *details: str) -> Refused:
    """404 of a handler."""
    return handled(404, "RESOURCE_NOT_FOUND", message, *details)


def conflict(message: str = "Conflict", *details: str) -> Refused:
    """409."""
    return handled(409, "CONFLICT", message, *details)


def failed(message: str = "Internal Server Error", status: int = 500) -> Refused:
    """500, or what a token endpoint said to the portal."""
    codes = {400: "COMMON_VALIDATION_ERROR", 401: "UNAUTHORIZED", 403: "FORBIDDEN"}
    return handled(status, codes.get(status, "INTERNAL_SERVER_ERROR"), message)


def no_application() -> Refused:
    """404 of an application, whose code is the status."""
    return Refused(Reply(404, {"status": "error", "code": "404", "message": "Application not found"}))
