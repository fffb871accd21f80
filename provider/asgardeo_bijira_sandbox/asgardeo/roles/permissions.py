"""What a role can permit: scopes of the organisation's APIs and of the platform's, by name and by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exceptions import scim_error
from ..system import system_apis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..models import Role, Tenant

__all__ = ("checked_permissions", "scope_ids")


def scope_ids(tenant: Tenant) -> dict[str, str]:
    """The id of every scope by its name."""
    apis = (*system_apis(tenant.name), *tenant.apis.values())
    return {scope.name: scope.id for api in apis for scope in api.scopes}


def checked_permissions(tenant: Tenant, role: Role, names: Iterable[str]) -> list[str]:
    """The ids of scopes; a role of an application permits only what the application is authorised for."""
    known, text = scope_ids(tenant), "Permission: {} not found"
    if role.audience_type == "application":
        entries = tenant.applications[role.audience].authorized.values()
        authorized = {id_ for entry in entries for id_ in entry.scopes}
        known = {name: id_ for name, id_ in known.items() if id_ in authorized}
        text = f"Permission : {{}} is not authorized for application with ID: {role.audience}"
    sent = list(dict.fromkeys(names))
    unknown = next((name for name in sent if name not in known), None)
    if unknown is not None:
        raise scim_error(400, text.format(unknown), "invalidValue")
    return [known[name] for name in sent]
