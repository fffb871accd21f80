"""Tokens that end before their time because a role or an authorisation changes.

The organisation forgets them: they cannot be refreshed, and introspection and its own APIs refuse them. A gateway that
verifies signed tokens by the key set alone does not hear of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..models import Application, Role, Tenant

__all__ = ("end_tokens_of_users", "withdraw_scopes")


def end_tokens_of_users(tenant: Tenant, users: Collection[str], role: Role | None = None) -> None:
    """End the tokens of users; where it is for a role, those of the applications alone in which the role counts."""
    clients = None if role is None else _clients(tenant, role)
    tenant.tokens = {
        key: token
        for key, token in tenant.tokens.items()
        if token.subject not in users or (clients is not None and token.client_id not in clients)
    }


def withdraw_scopes(tenant: Tenant, application: Application, scopes: Collection[str]) -> None:
    """End the tokens of an application that bear one of these scopes, whoever they are for."""
    client = application.oidc.client_id if application.oidc else None
    tenant.tokens = {
        key: token
        for key, token in tenant.tokens.items()
        if token.client_id != client or not set(token.scopes) & set(scopes)
    }


def _clients(tenant: Tenant, role: Role) -> set[str]:
    def counts(application: Application) -> bool:
        if role.audience_type == "application":
            return application.id == role.audience
        return bool(application.associated_roles["allowedAudience"] == "ORGANIZATION")

    return {one.oidc.client_id for one in tenant.applications.values() if one.oidc and counts(one)}
