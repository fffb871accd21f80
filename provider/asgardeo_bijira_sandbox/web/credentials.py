"""What a request brings in its `Authorization` header."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

__all__ = ("basic_credentials", "bearer_token")


def bearer_token(http: HTTPConnection) -> str | None:
    """The token of `Authorization: Bearer`."""
    return _authorization(http, "bearer")


def basic_credentials(http: HTTPConnection) -> tuple[str, str] | None:
    """Client id and secret of `Authorization: Basic`."""
    given = _authorization(http, "basic")
    if given is None:
        return None
    try:
        client, separator, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (client, secret) if separator else None


def _authorization(http: HTTPConnection, scheme: str) -> str | None:
    given, _, value = http.headers.get("authorization", "").partition(" ")
    return value.strip() if given.lower() == scheme and value.strip() else None
