"""Who signs in with a password, at the token endpoint or on the login page."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from ..models import USER_STORE

if TYPE_CHECKING:
    from ..models import Tenant, User

__all__ = ("plain_name", "signed_in")


def plain_name(tenant: Tenant, given: str) -> str:
    """A user's name without the organisation's after it and the user store's before it."""
    return given.removesuffix(f"@{tenant.name}").removeprefix(USER_STORE)


def signed_in(tenant: Tenant, given: str, password: str) -> User | None:
    """The user of this name and password, unless the account is locked or disabled."""
    name = plain_name(tenant, given)
    user = next((user for user in tenant.users.values() if user.username == name), None)
    if user is None or not user.active:
        return None
    return user if compare_digest(user.password.encode(), password.encode()) else None
