"""Client assertions (`private_key_jwt`, RFC 7523), verified with what is registered of the client's key.

The server looks at the claims before the signature, and says what is wrong with them (400 `invalid_request`); of a
signature that is not the client's it says no more than of a wrong secret (401 `invalid_client`).
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey
from starlette.concurrency import run_in_threadpool

from ...pem import pem_text
from ...tokens import BadToken, unverified
from ..exceptions import not_authenticated, oauth_error
from .access_tokens import issuer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...store import Store
    from ..models import Tenant

__all__ = ("ASSERTION_TYPE", "Assertion", "Registered")

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_MANDATORY = ("iss", "sub", "aud", "exp", "jti")
#: With a certificate the server verifies RSA signatures only; from a key set it takes elliptic curves too.
_RSA = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]
_ANY = [*_RSA, "ES256", "ES384", "ES512"]
_SECONDS = 5


@dataclass(frozen=True)
class Registered:
    """What an organisation knows of a client that signs assertions."""

    client_id: str
    certificate: Mapping[str, Any] | None
    algorithm: str = ""
    may_reuse: bool = False


@dataclass(frozen=True)
class Assertion:
    """A client assertion as it came, not verified yet."""

    text: str
    header: dict[str, Any]
    claims: dict[str, Any]

    @classmethod
    def parse(cls, text: str) -> Assertion:
        """Read it; what is no signed token is refused."""
        try:
            header, claims = unverified(text)
        except BadToken:
            raise oauth_error("invalid_request", "Error while parsing the JWT.") from None
        return cls(text, header, claims)

    @property
    def client_id(self) -> str:
        """The client that it speaks for."""
        return str(self.claims.get("sub", ""))

    async def verify(self, store: Store, tenant: Tenant, registered: Registered) -> None:
        """Refuse it unless it is the client's own, meant for this organisation, in time and used for the first time."""
        self._check_claims(store, tenant, registered)
        if not await self._is_signed_with(registered.certificate or {}):
            raise not_authenticated("Client credentials are invalid.")
        self._spend(tenant, may_reuse=registered.may_reuse)

    def _check_claims(self, store: Store, tenant: Tenant, registered: Registered) -> None:
        for name in _MANDATORY:
            if self.claims.get(name) is None:
                raise oauth_error("invalid_request", f"Mandatory field :{name} is missing in the JWT assertion.")
        if self.claims["iss"] != registered.client_id:
            raise oauth_error("invalid_request", f"Invalid issuer '{self.claims['iss']}' is found in the JWT. ")
        if registered.algorithm and self.header.get("alg") != registered.algorithm:
            raise not_authenticated("Signature algorithm used in the request is invalid.")
        audience = self.claims["aud"]
        if issuer(store, tenant.name) not in (audience if isinstance(audience, list) else [audience]):
            raise oauth_error("invalid_request", "Failed to match audience values.")
        now = time.time()
        if not _is_time(self.claims["exp"]) or now > self.claims["exp"]:
            raise oauth_error("invalid_request", f"JWT Token is expired. Expired Time: {self.claims['exp']}")
        if _is_time(self.claims.get("nbf")) and now < self.claims["nbf"]:
            raise oauth_error("invalid_request", "The token is used before the nbf claim value.")

    async def _is_signed_with(self, certificate: Mapping[str, Any]) -> bool:
        value = str(certificate.get("value") or "")
        if not value:
            return False
        try:
            if certificate.get("type") == "JWKS":
                jws.deserialize_compact(self.text, await run_in_threadpool(_published, value), algorithms=_ANY)
            else:
                jws.deserialize_compact(self.text, RSAKey.import_key(pem_text(value)), algorithms=_RSA)
        except (JoseError, ValueError, TypeError, OSError):
            return False
        return True

    def _spend(self, tenant: Tenant, *, may_reuse: bool) -> None:
        now, jti = time.time(), str(self.claims["jti"])
        tenant.spent_assertions = {key: ends for key, ends in tenant.spent_assertions.items() if ends > now}
        if jti in tenant.spent_assertions and not may_reuse:
            raise oauth_error("invalid_request", f"JWT Token with jti: {jti} has been replayed")
        tenant.spent_assertions[jti] = float(self.claims["exp"])


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _published(address: str) -> KeySet:
    """The key set at an address of this machine; a sandbox asks no other."""
    parts = urlsplit(address)
    if parts.scheme != "http" or parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ValueError(f"{address} is not on this machine")
    with urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310  # the scheme and the host are checked above
        return KeySet.import_key_set(json.load(answer))
