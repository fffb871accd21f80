"""Who calls: the token's subject, the organisation that it names, and what its roles or scopes allow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..tokens import BadToken
from ..web.errors import ApiError
from .exceptions import security
from .models import NOBODY, ROLES, Portal

if TYPE_CHECKING:
    from ..store import Store

__all__ = ("Caller", "caller_of", "nowhere")


@dataclass(frozen=True)
class Caller:
    """Somebody with a good token."""

    portal: Portal
    subject: str
    scopes: frozenset[str]

    @property
    def name(self) -> str:
        """What is written down as the maker of something."""
        return self.subject or NOBODY

    def may(self, scopes: tuple[str, ...]) -> bool:
        """Whether an operation is allowed that asks for one of these scopes."""
        return bool(self.scopes & set(scopes))


def caller_of(store: Store, authorization: str) -> Caller | None:
    """The caller; None without a bearer token. A bad token is refused, and so is a foreign organisation."""
    scheme, _, rest = authorization.partition(" ")
    presented = rest.partition(" ")[0]
    if scheme.lower() != "bearer" or not presented:
        return None
    server = store.api_portal
    try:
        claims = store.signing_key("bijira").verify(presented, strictly=False)
    except BadToken:
        raise security(401) from None
    if server.by_scopes and not _is_meant_for(claims, f"{store.base_url}/oauth2/token", server.audience):
        raise security(401)
    scopes = _words(claims, "scope", "scp") if server.by_scopes else _granted(_words(claims, "roles"))
    return Caller(_portal(store, claims), str(claims.get("sub") or ""), scopes)


def _is_meant_for(claims: dict[str, Any], issuer: str, audience: str | None) -> bool:
    given = claims.get("aud")
    return claims.get("iss") == issuer and (
        audience is None or audience in (given if isinstance(given, list) else [given])
    )


def nowhere() -> Portal:
    """The organisation of who names none: nothing is in it."""
    return Portal(uuid="", handle="", display_name="", plans={}, views={}, labels={})


def _portal(store: Store, claims: dict[str, Any]) -> Portal:
    server = store.api_portal
    named = (claims.get("org_name") if server.by_scopes else None) or claims.get("org_handle")
    if not named and server.by_scopes:
        raise ApiError(403, {"code": 403, "message": "Missing organization claim in token"})
    if not named:
        return nowhere()
    for portal in server.organizations.values():
        if named == portal.display_name or str(named).lower() == portal.handle:
            return portal
    raise security(403)


def _granted(roles: frozenset[str]) -> frozenset[str]:
    """What the roles stand for; one that the server does not know stands for nothing."""
    return frozenset(scope for role in roles for scope in ROLES.get(role, ()))


def _words(claims: dict[str, Any], *names: str) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        value = claims.get(name)
        found |= set(map(str, value)) if isinstance(value, list) else set(re.split(r"[\s,]+", str(value or "")))
    return frozenset(found)
