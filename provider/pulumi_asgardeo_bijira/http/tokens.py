"""Signing in: where access tokens come from, and how a request carries one.

A token is fetched when it is first needed, by one thread for all, and again shortly before it ends or once after a 401.
Time is monotonic, so a wrong clock or a change of it does no harm.
"""

import json
import threading
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Protocol

import httpx

from .deadline import SYSTEM_CLOCK, Clock
from .errors import ApiProblem, NotAnApiAnswer, TokenRefused

if TYPE_CHECKING:
    from .connection import Connection

__all__ = ("Bearer", "ClientCredentials", "GivenToken", "TokenSource")

_EARLY_SECONDS = 60.0


class TokenSource(Protocol):
    """Where a connection's access tokens come from."""

    def token(self) -> str:
        """A token that is good now."""

    def renewed(self, refused: str) -> str | None:
        """Another token than the refused one, or None where there is no other."""

    def granted(self) -> frozenset[str] | None:
        """The scopes of the token, or None where nobody said."""


class Bearer(httpx.Auth):
    """Carries the token, and tries once more with a new one after a 401."""

    def __init__(self, source: TokenSource) -> None:
        self._source = source

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """One request, or two where the first token was refused."""
        token = self._source.token()
        request.headers["Authorization"] = f"Bearer {token}"
        response = yield request
        if response.status_code == 401:
            another = self._source.renewed(token)
            if another is not None:
                request.headers["Authorization"] = f"Bearer {another}"
                yield request


class GivenToken:
    """A token that the user brought; nothing is known of its scopes or its end."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __repr__(self) -> str:
        return "GivenToken([secret])"

    def token(self) -> str:
        """The token as given."""
        return self._token

    def renewed(self, refused: str) -> None:
        """There is no other."""

    def granted(self) -> None:
        """Nobody said."""


class ClientCredentials:
    """Tokens from a token endpoint, for a client id and its secret (or whatever else the grant asks for)."""

    def __init__(
        self,
        connection: "Connection",
        client_id: str,
        client_secret: str,
        *,
        scopes: tuple[str, ...],
        grant: Mapping[str, str] | None = None,
        silence_grants_all: bool = False,
        advice: str = "",
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self._connection = connection
        self._client_id = client_id
        self._basic = httpx.BasicAuth(client_id, client_secret)
        self._granted_in_silence = None if silence_grants_all else frozenset[str]()
        self._form = {"grant_type": "client_credentials", **(grant or {}), "scope": " ".join(scopes)}
        self._advice = advice
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._ends = 0.0
        self._granted: frozenset[str] | None = None

    def __repr__(self) -> str:
        return f"ClientCredentials({self._client_id}, [secret])"

    def token(self) -> str:
        """The token in hand, or a new one if that ends within a minute."""
        with self._lock:
            if not self._token or self._clock.monotonic() >= self._ends:
                self._fetch()
            return self._token

    def renewed(self, refused: str) -> str:
        """A new token, unless another thread has fetched one since."""
        with self._lock:
            if self._token == refused:
                self._fetch()
            return self._token

    def granted(self) -> frozenset[str] | None:
        """The scopes that the token endpoint said it granted; where it says none, none or nobody knows."""
        self.token()
        return self._granted

    def _fetch(self) -> None:
        doing = f"fetch a token for the client {self._client_id}"
        header = next(self._basic.sync_auth_flow(httpx.Request("POST", "https://token"))).headers["Authorization"]
        self._connection.redact.learn(header.removeprefix("Basic "))
        try:
            answer = self._connection.call(
                "POST", "", doing=doing, form=self._form, headers={"Authorization": header}, retry_as="GET"
            )
        except ApiProblem as refusal:
            raise TokenRefused(f"{refusal} {self._advice}") from None
        try:
            body = json.loads(answer.content)
            token, seconds = body["access_token"], float(body.get("expires_in", 3600))
            if not isinstance(token, str) or not token:
                raise TypeError
        except (ValueError, KeyError, TypeError):
            raise NotAnApiAnswer(
                f"{self._connection.base_url} answered without a token to: {doing}. Check the address"
            ) from None
        self._token = token
        self._connection.redact.learn(token)
        self._granted = frozenset(str(body["scope"]).split()) if body.get("scope") else self._granted_in_silence
        self._ends = self._clock.monotonic() + max(seconds - min(_EARLY_SECONDS, seconds / 2), 0)
