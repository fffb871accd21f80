"""Refresh tokens that are renewed: used up at once, or good for a while longer where the application says so."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from ..models import Grace

if TYPE_CHECKING:
    from ..models import IssuedToken, Tenant

__all__ = ("is_good", "renew")


def is_good(token: IssuedToken) -> bool:
    """Whether a refresh token may be used, for the first time or in its grace."""
    now = time.time()
    return token.expires_at > now and (token.grace is None or (token.grace.uses > 0 and token.grace.ends_at > now))


def renew(tenant: Tenant, settings: dict[str, Any], used: str, successor: str) -> None:
    """What becomes of a token that was used. Used again it revokes its successor; once that is used, it ends."""
    known = tenant.tokens.pop(used)
    for key in [key for key, token in tenant.tokens.items() if token.grace and token.grace.successor == used]:
        del tenant.tokens[key]
    before = known.grace
    if before is not None:
        tenant.tokens.pop(before.successor, None)
    if settings["gracefulRefreshTokenRotationEnabled"]:
        ends = before.ends_at if before else time.time() + settings["gracefulRefreshTokenRotationValidityPeriod"]
        uses = before.uses - 1 if before else settings["gracefulRefreshTokenReuseLimit"]
        tenant.tokens[used] = known.model_copy(update={"grace": Grace(ends_at=ends, uses=uses, successor=successor)})
