"""A client's key and its certificate, and assertions that are signed with it, right or wrong in one point."""

from __future__ import annotations

import time
import uuid
from functools import cache
from typing import Any

import trustme
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

__all__ = ("assertion", "certified_key", "elliptic_key")


@cache
def certified_key(name: str = "client") -> tuple[str, str]:
    """An RSA key and a certificate of it, as PEM texts."""
    made = trustme.CA().issue_cert(f"{name}@example.com", key_type=trustme.KeyType.RSA)
    return made.private_key_pem.bytes().decode(), made.cert_chain_pems[0].bytes().decode()


@cache
def elliptic_key() -> str:
    """An EC key as PEM text."""
    return ECKey.generate_key("P-256").as_pem(private=True).decode()


def assertion(client_id: str, audience: str, key: str = "", header: dict[str, Any] | None = None, **claims: Any) -> str:
    """An assertion of the client; a claim that is None is left out."""
    now = int(time.time())
    right = {"iss": client_id, "sub": client_id, "aud": audience, "exp": now + 60, "jti": str(uuid.uuid4())}
    said = {name: value for name, value in {**right, **claims}.items() if value is not None}
    complete = {"alg": "RS256", **(header or {})}
    signer = RSAKey.import_key(key or certified_key()[0])
    return jwt.encode(complete, said, signer, algorithms=[complete["alg"]])
