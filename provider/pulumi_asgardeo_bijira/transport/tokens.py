"""Where access tokens come from.

A token is fetched when it is first needed, by one thread for all, and again shortly before it ends or once after a 401.
Time is monotonic, so a wrong clock or a change of it does no harm.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from .answers import Document, Text, Token
from .client_authentication import ClientAuthentication
from .connection import Connection
from .deadline import SYSTEM_CLOCK, Clock, alone
from .problems import ApiProblem, ConfigurationProblem, TokenRefused
from .retry import SIGN_IN

__all__ = ("FetchedToken", "GivenToken", "TokenAnswer")

_SECRET_FIELDS = ("client_assertion", "password", "subject_token")
_EARLY_SECONDS = 60.0


#: Where a token endpoint says nothing of the end.
_USUAL_SECONDS = 3600.0
_LONGEST_SECONDS = 86400.0


def _seconds(value: Any) -> Any:
    """The life of a token: some servers write it as a text, and those that know no end as -1 or a huge number."""
    if value is None:
        return _USUAL_SECONDS
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return value
    seconds = float(value) if isinstance(value, str) else value
    return float(min(max(seconds, 0), _LONGEST_SECONDS))


class TokenAnswer(Document):
    """What a token endpoint answers."""

    access_token: Annotated[Token, Field(alias="access_token", repr=False)]
    expires_in: Annotated[float, BeforeValidator(_seconds), Field(alias="expires_in")] = _USUAL_SECONDS
    scope: Text = ""


class GivenToken:
    """A token that the user gave; nothing is known of its scopes or its end."""

    def __init__(self, token: str, advice: str = "") -> None:
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ConfigurationProblem(
                "holds characters that no token has", subject="the access token", action="Give it as it was issued"
            )
        self._token = token
        self.advice = advice

    def __repr__(self) -> str:
        return "GivenToken([secret])"

    def token(self) -> str:
        """The token as given."""
        return self._token

    def renewed(self, refused: str) -> None:
        """There is no other."""

    def granted(self) -> None:
        """Nobody said."""


class FetchedToken:
    """Tokens from a token endpoint, fetched by a client with whatever the grant asks for.

    `grant` gives the form fields of the grant and is asked at each sign-in, since what it reads may have been renewed.
    The connection's profile says what to do about a refusal. Several threads that wait for the same sign-in share its
    refusal too.
    """

    def __init__(
        self,
        connection: Connection,
        client: ClientAuthentication,
        *,
        scopes: tuple[str, ...],
        grant: Callable[[], Mapping[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
        silence_grants_all: bool = False,
        advice: str = "",
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self.advice = advice
        self._connection = connection
        self._client = client
        self._granted_in_silence = None if silence_grants_all else frozenset[str]()
        self._grant = grant or (lambda: {"grant_type": "client_credentials"})
        self._headers = dict(headers or {})
        self._scopes = scopes
        self._clock = clock
        self._lock = threading.Lock()
        self._finished = 0
        self._refusal: ApiProblem | None = None
        self._token = ""
        self._ends = 0.0
        self._granted: frozenset[str] | None = None

    def __repr__(self) -> str:
        return f"FetchedToken({self._client!r})"

    def token(self) -> str:
        """The token in hand, or a new one if that ends within a minute."""
        return self._in_one_flight(lambda: not self._token or self._clock.monotonic() >= self._ends)

    def renewed(self, refused: str) -> str:
        """A new token, unless another thread has fetched one since."""
        return self._in_one_flight(lambda: self._token == refused)

    def granted(self) -> frozenset[str] | None:
        """The scopes that the token endpoint said it granted; where it says none, none or nobody knows."""
        self.token()
        return self._granted

    def _in_one_flight(self, needs_another: Callable[[], bool]) -> str:
        finished = self._finished
        with alone(self._lock, self._clock):
            if needs_another():
                if self._refusal and self._finished > finished:
                    raise TokenRefused.like(self._refusal)
                self._refusal = None
                try:
                    self._fetch()
                finally:
                    self._finished += 1
            return self._token

    def _form(self) -> dict[str, str]:
        fields = {**self._grant(), **self._client.form(), "scope": " ".join(self._scopes)}
        self._connection.redact.add(*(fields.get(name) for name in _SECRET_FIELDS))
        return fields

    def _fetch(self) -> None:
        doing = f"fetch a token for the client {self._client.client_id} at {self._connection.base_url}"
        headers = {**self._headers, **self._client.headers()}
        self._connection.redact.add(headers.get("Authorization", "").removeprefix("Basic "))
        try:
            answer = self._connection.request_json(
                "POST", "", TokenAnswer, doing=doing, form=self._form, headers=headers, retry=SIGN_IN
            )
        except ApiProblem as refusal:
            self._refusal = refusal
            raise TokenRefused.like(refusal) from None
        self._token = answer.access_token
        self._connection.redact.add(self._token)
        self._granted = frozenset(answer.scope.split()) if answer.scope else self._granted_in_silence
        self._ends = self._clock.monotonic() + answer.expires_in - min(_EARLY_SECONDS, answer.expires_in / 2)
