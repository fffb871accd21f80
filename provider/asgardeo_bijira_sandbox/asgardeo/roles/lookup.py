"""The roles of an organisation, its own and the platform's, and who may touch what of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exceptions import scim_error, scim_refusal
from ..system import system_roles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..models import Role, Tenant
    from ..request import TenantRequest

__all__ = ("PARTS", "check_held", "check_name_is_free", "every_role", "known_role", "refuse_system_role")

#: The lists of a role, each of which needs a scope of its own.
PARTS = ("permissions", "users", "groups")


def every_role(tenant: Tenant) -> list[Role]:
    """The roles that there are; the platform's come first."""
    return [*system_roles(tenant.name, tenant.id), *tenant.roles.values()]


def known_role(request: TenantRequest) -> Role:
    """The role of the path."""
    id_ = request.param("id")
    role = next((role for role in every_role(request.tenant) if role.id == id_), None)
    if role is None:
        raise scim_error(404, f"Role id: {id_} does not exist in the tenant: {request.tenant.name}")
    return role


def check_held(request: TenantRequest, parts: Iterable[str]) -> None:
    """What a role holds may be touched with the scope for it."""
    if not all(request.holds(f"internal_role_mgt_{part}_update") for part in parts):
        raise scim_error(403, "Operation is not permitted. You do not have permissions to make this request.")


def check_name_is_free(tenant: Tenant, name: str, audience: str) -> None:
    """Names are unique in their audience."""
    if any((role.name, role.audience) == (name, audience) for role in every_role(tenant)):
        raise scim_error(409, f"Role already exist for the role name: {name} audienceId: {audience}")


def refuse_system_role(role: Role) -> None:
    """Nobody changes the platform's own."""
    if role.system:
        raise scim_refusal(f"Invalid operation. Role: {role.name} is a read only system role.")
