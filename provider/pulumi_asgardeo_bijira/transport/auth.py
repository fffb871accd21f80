"""How a request is signed in: it carries a token, and tries once more with another one after a 401."""

from collections.abc import Generator
from typing import Protocol

import httpx

__all__ = ("Bearer", "TokenSource")


class TokenSource(Protocol):
    """Where a connection's access tokens come from."""

    #: What to do where the platform refuses the token; empty where the platform's own advice fits.
    advice: str

    def token(self) -> str:
        """A token that is good now."""

    def renewed(self, refused: str) -> str | None:
        """Another token than the refused one, or None where there is no other."""

    def granted(self) -> frozenset[str] | None:
        """The scopes of the token, or None where nobody said."""


class Bearer(httpx.Auth):
    """Carries the token of a source."""

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
