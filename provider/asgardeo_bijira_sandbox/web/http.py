"""Small helpers that every handler of both platforms needs."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

__all__ = ("ApiError", "Malformed", "answer", "basic_credentials", "bearer_token", "empty", "form_of", "json_of")


class ApiError(Exception):
    """An answer that a handler gives by raising: status, body and headers."""

    def __init__(self, status: int, body: Any = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """The answer."""
        if self.body is None:
            return empty(self.status, self.headers)
        return answer(self.body, self.status, self.headers)


class Malformed(ValueError):
    """A request body that is no JSON."""


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer."""
    return JSONResponse(body, status, dict(headers or {}))


def empty(status: int, headers: Mapping[str, str] | None = None) -> Response:
    """An answer without a body."""
    return Response(status_code=status, headers=dict(headers or {}))


def json_of(body: bytes) -> Any:
    """The JSON of a request body; raises `Malformed`."""
    try:
        return json.loads(body)
    except ValueError as problem:
        raise Malformed(str(problem)) from None


def form_of(body: bytes) -> dict[str, list[str]]:
    """The fields of a form, each with all its values."""
    fields: dict[str, list[str]] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True):
        fields.setdefault(name, []).append(value)
    return fields


def bearer_token(request: Request) -> str | None:
    """The token of an `Authorization: Bearer` header."""
    return _authorization(request, "bearer")


def basic_credentials(request: Request) -> tuple[str, str] | None:
    """Client id and secret of an `Authorization: Basic` header."""
    given = _authorization(request, "basic")
    if given is None:
        return None
    try:
        client, separator, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (client, secret) if separator else None


def _authorization(request: Request, scheme: str) -> str | None:
    given, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if given.lower() == scheme and value.strip() else None
