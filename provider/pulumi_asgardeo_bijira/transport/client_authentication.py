"""How a client proves to a token endpoint who it is: by a secret, by a signed assertion (RFC 7523), or not at all.

An assertion is good for one use: each request gets one of its own, a repeated one too.
"""

import time
import uuid
from collections.abc import Callable
from typing import Any, Protocol

from .problems import ConfigurationProblem
from .redaction import redactor_with

__all__ = ("ClientAuthentication", "ClientSecret", "ProvidedAssertion", "PublicClient", "SignedAssertion")

#: Short, and longer than the five minutes by which a server may take its clock to be ahead.
_ASSERTION_SECONDS = 600
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ALGORITHMS = {
    "RSA": ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    "P-256": ("ES256",),
    "P-384": ("ES384",),
    "P-521": ("ES512",),
}


class ClientAuthentication(Protocol):
    """What a request to a token endpoint carries to prove who sends it."""

    client_id: str

    def headers(self) -> dict[str, str]:
        """The headers of it."""

    def form(self) -> dict[str, str]:
        """The form fields of it, for one request."""


class ClientSecret:
    """Client id and secret, in the header (`client_secret_basic`)."""

    def __init__(self, client_id: str, secret: str) -> None:
        self.client_id = client_id
        self._secret = secret

    def __repr__(self) -> str:
        return f"ClientSecret({self.client_id}, [secret])"

    def headers(self) -> dict[str, str]:
        """The Basic header."""
        import httpx

        basic = httpx.BasicAuth(self.client_id, self._secret)
        request = next(basic.sync_auth_flow(httpx.Request("POST", "https://token")))
        return {"Authorization": request.headers["Authorization"]}

    def form(self) -> dict[str, str]:
        """Nothing more."""
        return {}


class PublicClient:
    """A client that has nothing to prove itself with, and says its id alone."""

    def __init__(self, client_id: str) -> None:
        self.client_id = client_id

    def __repr__(self) -> str:
        return f"PublicClient({self.client_id})"

    def headers(self) -> dict[str, str]:
        """None."""
        return {}

    def form(self) -> dict[str, str]:
        """The id."""
        return {"client_id": self.client_id}


class ProvidedAssertion:
    """A client assertion that somebody else has signed, and may have renewed since the last time."""

    def __init__(self, client_id: str, read: Callable[[], str]) -> None:
        self.client_id = client_id
        self._read = read

    def __repr__(self) -> str:
        return f"ProvidedAssertion({self.client_id}, [secret])"

    def headers(self) -> dict[str, str]:
        """None."""
        return {}

    def form(self) -> dict[str, str]:
        """The assertion as it is now."""
        return _assertion_fields(self._read())


class SignedAssertion:
    """A client assertion that is signed here, for each request anew (`private_key_jwt`).

    `source` names the setting that the key is from, for the line about a key that is none; `audience` is the token
    endpoint.
    """

    def __init__(
        self,
        client_id: str,
        read_key: Callable[[], str],
        *,
        source: str,
        audience: str,
        key_id: str | None = None,
        algorithm: str | None = None,
    ) -> None:
        self.client_id = client_id
        self._read_key = read_key
        self._source = source
        self._audience = audience
        self._key_id = key_id
        self._algorithm = algorithm

    def __repr__(self) -> str:
        return f"SignedAssertion({self.client_id}, [secret])"

    def headers(self) -> dict[str, str]:
        """None."""
        return {}

    def form(self) -> dict[str, str]:
        """A new assertion."""
        text = self._read_key()
        redactor_with(text)
        jwt, key = self._key(text)
        algorithm = self._algorithm_for(key)
        now = int(time.time())
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self._audience,
            "iat": now,
            "exp": now + _ASSERTION_SECONDS,
            "jti": str(uuid.uuid4()),
        }
        header = {"alg": algorithm, "typ": "JWT"} | ({"kid": self._key_id} if self._key_id else {})
        return _assertion_fields(str(jwt.encode(header, claims, key, algorithms=[algorithm])))

    def _key(self, text: str) -> tuple[Any, Any]:
        try:
            from joserfc import jwt
            from joserfc.errors import JoseError
            from joserfc.jwk import ECKey, RSAKey
        except ModuleNotFoundError:
            raise ConfigurationProblem(
                "needs the package joserfc to sign with",
                subject=self._source,
                action="Install it beside this package: pip install joserfc",
            ) from None
        for kind in (RSAKey, ECKey):
            try:
                key = kind.import_key(text)
            except (JoseError, ValueError, TypeError):  # another kind of key, or none, or one under a passphrase
                continue
            if key.is_private:
                return jwt, key
        raise ConfigurationProblem(
            "is not the PEM text of a private RSA or EC key without passphrase",
            subject=self._source,
            action="Make one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem",
        )

    def _algorithm_for(self, key: Any) -> str:
        kind = "RSA" if key.key_type == "RSA" else str(key.curve_name)
        possible = _ALGORITHMS.get(kind, ())
        chosen = self._algorithm or next(iter(possible), "none")
        if chosen not in possible:
            raise ConfigurationProblem(
                f"cannot sign with {chosen}",
                subject=f"the {kind} key of {self._source}",
                action=f"Set `asgardeo:signingAlgorithm` to one of {', '.join(possible)}"
                if possible
                else "Use an RSA or EC key of another kind",
            )
        return chosen


def _assertion_fields(assertion: str) -> dict[str, str]:
    return {"client_assertion_type": _ASSERTION_TYPE, "client_assertion": assertion}
