"""Users and groups as they are served, each with the roles that it has by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..models import SYSTEM_SCHEMA
from ..roles.documents import audience_name
from ..roles.lookup import every_role
from .schemas import CORE, ENTERPRISE, USER

if TYPE_CHECKING:
    from ..models import Group, Role, User
    from ..request import TenantRequest

__all__ = ("group_document", "user_document")


def user_document(request: TenantRequest, user: User) -> dict[str, Any]:
    """A user; everybody has the role for everyone."""
    roles = [role for role in every_role(request.tenant) if user.id in role.users or _is_everyones(role)]
    groups = [group for group in request.tenant.groups.values() if user.id in group.members]
    document = {
        "schemas": [USER, ENTERPRISE, SYSTEM_SCHEMA],
        "id": user.id,
        "userName": user.display,
        **user.attributes,
        "groups": [_entry(request, f"/Groups/{group.id}", group.id, group.display) for group in groups],
        "roles": [_role(request, role) for role in roles],
        "meta": {**_meta(request, f"/Users/{user.id}", user.created, user.modified), "resourceType": "User"},
    }
    return {name: value for name, value in document.items() if value != []}


def group_document(request: TenantRequest, group: Group) -> dict[str, Any]:
    """A group."""
    users = request.tenant.users
    document = {
        "schemas": [f"{CORE}:Group"],
        "id": group.id,
        "displayName": group.display,
        "members": [_entry(request, f"/Users/{id_}", id_, users[id_].display) for id_ in group.members if id_ in users],
        "roles": [_role(request, role) for role in every_role(request.tenant) if group.id in role.groups],
        "meta": _meta(request, f"/Groups/{group.id}", group.created),
    }
    return {name: value for name, value in document.items() if value}


def _is_everyones(role: Role) -> bool:
    return role.system and role.name == "everyone"


def _role(request: TenantRequest, role: Role) -> dict[str, Any]:
    audience = {
        "audienceValue": role.audience,
        "audienceDisplay": audience_name(request.tenant, role),
        "audienceType": role.audience_type,
    }
    return {**_entry(request, f"/v2/Roles/{role.id}", role.id, role.name), **audience}


def _entry(request: TenantRequest, path: str, id: str, display: str) -> dict[str, Any]:
    return {"value": id, "display": display, "$ref": request.url(path)}


def _meta(request: TenantRequest, path: str, created: str, modified: str | None = None) -> dict[str, Any]:
    return {"created": created, "lastModified": modified or created, "location": request.url(path)}
