"""Access tokens of an organisation: issued, remembered, verified."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any

from ...tokens import BadToken

if TYPE_CHECKING:
    from ...store import Store
    from ..models import IssuedToken, Tenant

__all__ = ("issue_jwt", "issue_opaque", "issuer", "live", "remember", "scopes_of")


def issuer(store: Store, organization: str) -> str:
    """The issuer of an organisation's tokens, which is the address of its token endpoint."""
    return f"{store.base_url}/t/{organization}/oauth2/token"


def remember(tenant: Tenant, key: str, token: IssuedToken) -> None:
    """Keep a token that was given out, and forget those that have ended."""
    now = time.time()
    for ended in [known for known, kept in tenant.tokens.items() if kept.expires_at <= now]:
        del tenant.tokens[ended]
    tenant.tokens[key] = token


def issue_jwt(store: Store, tenant: Tenant, token: IssuedToken, claims: dict[str, Any]) -> str:
    """A signed token; `claims` are those besides the ones that every token has."""
    now = int(time.time())
    jti = str(uuid.uuid4())
    remember(tenant, jti, token)
    every = {
        "iss": issuer(store, tenant.name),
        "sub": token.subject,
        "azp": token.client_id,
        "client_id": token.client_id,
        "aut": token.kind,
        "iat": now,
        "nbf": now,
        "exp": int(token.expires_at),
        "jti": jti,
        "org_id": tenant.id,
        "org_name": tenant.name,
    }
    return store.signing_key(f"asgardeo/{tenant.name}").issue({**every, **claims})


def issue_opaque(tenant: Tenant, token: IssuedToken) -> str:
    """A token that says nothing; one that is still good is given out again."""
    for key, known in tenant.tokens.items():
        same = (known.client_id, known.subject, known.requested) == (token.client_id, token.subject, token.requested)
        if known.opaque and same and known.expires_at > time.time():
            return key
    key = str(uuid.uuid4())
    remember(tenant, key, token)
    return key


def live(store: Store, tenant: Tenant, presented: str) -> IssuedToken | None:
    """What is known of an access token, if it was given out here and is still good."""
    key = presented
    if "." in presented:
        try:
            claims = store.signing_key(f"asgardeo/{tenant.name}").verify(presented)
        except BadToken:
            return None
        if claims.get("iss") != issuer(store, tenant.name):
            return None
        key = str(claims.get("jti"))
    token = tenant.tokens.get(key)
    if token is None or token.expires_at <= time.time() or token.kind == "REFRESH":
        return None
    return token


def scopes_of(store: Store, tenant: Tenant, presented: str | None) -> frozenset[str] | None:
    """The scopes of an access token; None if it is missing or invalid."""
    token = live(store, tenant, presented) if presented else None
    return None if token is None else frozenset(token.scopes)
