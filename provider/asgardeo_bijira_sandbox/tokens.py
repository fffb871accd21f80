"""Signing keys and signed tokens: RS256 JSON Web Tokens that any client can verify against a published key set."""

import hashlib
from functools import cache
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry

from .web.bodies import json_of

__all__ = ("BadToken", "EndedToken", "SigningKey", "generated_key", "loaded_key", "unverified")

_ALGORITHM = "RS256"


class BadToken(Exception):
    """A token that is malformed, was not signed with this key, or has ended."""


class EndedToken(BadToken):
    """A token that was good and has ended."""


class SigningKey:
    """An RSA key that signs and verifies tokens."""

    def __init__(self, pem: str) -> None:
        self._pem = pem
        self._key = RSAKey.import_key(pem)
        self._id = hashlib.sha256(self._key.as_pem(private=False)).hexdigest()[:24]

    @property
    def pem(self) -> str:
        """The private key, for a state file."""
        return self._pem

    def issue(self, claims: dict[str, Any]) -> str:
        """A signed token with these claims."""
        return jwt.encode({"alg": _ALGORITHM, "typ": "at+jwt", "kid": self._id}, claims, self._key)

    def verify(self, token: str, *, strictly: bool = True) -> dict[str, Any]:
        """The claims of a token that this key signed and that has not ended.

        Some servers take one that never ends, and look at no claim besides the times between which it is good.
        """
        try:
            claims = jwt.decode(
                token, self._key, algorithms=[_ALGORITHM], registry=JWSRegistry(algorithms=[_ALGORITHM])
            ).claims
            checked: dict[str, Any] = (
                claims if strictly else {name: claims[name] for name in ("exp", "nbf") if name in claims}
            )
            jwt.JWTClaimsRegistry(exp={"essential": strictly}).validate(checked)
        except ExpiredTokenError as problem:
            raise EndedToken(str(problem)) from None
        except (JoseError, ValueError, RecursionError) as problem:
            raise BadToken(str(problem)) from None
        return claims

    def jwks(self) -> dict[str, Any]:
        """The published key set."""
        public = self._key.as_dict(private=False)
        return {"keys": [{**public, "kid": self._id, "use": "sig", "alg": _ALGORITHM}]}


@cache
def loaded_key(pem: str) -> SigningKey:
    """The key of a PEM text; reading one takes as long as many signatures."""
    return SigningKey(pem)


@cache
def generated_key(owner: str) -> SigningKey:
    """The key that this process made for an owner; making one takes long, so each owner has one in the process."""
    key = RSAKey.generate_key(2048, private=True)
    return SigningKey(key.as_pem(private=True).decode())


def unverified(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims as a token says them, only to find out who would have to have signed it."""
    try:
        parts = jws.extract_compact(token.encode())
        claims = json_of(parts.payload)
    except (JoseError, ValueError, RecursionError) as problem:
        raise BadToken(str(problem)) from None
    if not isinstance(claims, dict):
        raise BadToken("the claims are no object")
    return dict(parts.headers()), claims
