"""What a handler sees of a request. Each platform adds who calls, and what its handlers ask for again and again."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .bodies import form_of, json_of

if TYPE_CHECKING:
    from starlette.requests import Request as HttpRequest

    from ..store import Store

__all__ = ("Request", "integer")

_INTEGER = re.compile(r"[+-]?\d{1,10}")
_SMALLEST, _LARGEST = -(2**31), 2**31 - 1


def integer(text: str) -> int | None:
    """A whole number as servers in Java read it: of 32 bits, or it is none."""
    found = int(text) if _INTEGER.fullmatch(text) else None
    return found if found is not None and _SMALLEST <= found <= _LARGEST else None


@dataclass(frozen=True)
class Request:
    """A request that may be handled.

    A handler is a plain function of it. As it awaits nothing, what it reads and what it commits belong together.
    """

    http: HttpRequest
    store: Store
    body: bytes

    def param(self, name: str) -> str:
        """A parameter of the path."""
        return str(self.http.path_params[name])

    def query(self, name: str) -> str:
        """A parameter of the query; empty where there is none."""
        return str(self.http.query_params.get(name, ""))

    def json(self) -> Any:
        """The body as JSON; raises `Malformed`."""
        return json_of(self.body)

    def form(self) -> dict[str, list[str]]:
        """The fields of the body as a form, each with all its values."""
        return form_of(self.body)

    def bearer_token(self) -> str | None:
        """The token of an `Authorization: Bearer` header."""
        return self._authorization("bearer")

    def basic_credentials(self) -> tuple[str, str] | None:
        """Client id and secret of an `Authorization: Basic` header."""
        given = self._authorization("basic")
        if given is None:
            return None
        try:
            client, separator, secret = base64.b64decode(given, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return (client, secret) if separator else None

    def _authorization(self, scheme: str) -> str | None:
        given, _, value = self.http.headers.get("authorization", "").partition(" ")
        return value.strip() if given.lower() == scheme and value.strip() else None
