"""Roles as they are served. A list that is empty is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..applications.lookup import portals
from ..system import system_apis
from .lookup import PARTS

if TYPE_CHECKING:
    from ..models import ApiResource, Application, Role, Scope, Tenant
    from ..request import TenantRequest
    from ..scim import Search

__all__ = ("audience_name", "basic_document", "document", "list_item")

_ROLE = "urn:ietf:params:scim:schemas:extension:2.0:Role"


def audience_name(tenant: Tenant, role: Role) -> str | None:
    """The name of the organisation or application whose role it is; an application may be gone."""
    if role.audience_type == "organization":
        return tenant.name
    application = _application(tenant, role)
    return application.name if application else None


def basic_document(request: TenantRequest, role: Role) -> dict[str, Any]:
    """A role without what it holds."""
    tenant = request.tenant
    version = "v3" if "/scim2/v3/" in request.http.url.path else "v2"
    meta = {"location": request.url(f"/{version}/Roles/{role.id}"), **({"systemRole": True} if role.system else {})}
    audience = {"value": role.audience, "display": audience_name(tenant, role), "type": role.audience_type}
    return {"schemas": [_ROLE], "id": role.id, "displayName": role.name, "audience": audience, "meta": meta}


def document(request: TenantRequest, role: Role) -> dict[str, Any]:
    """A role with all that it holds."""
    tenant = request.tenant
    application = _application(tenant, role)
    held = {
        "permissions": _permissions(request, role),
        "users": [
            _member(request, f"/Users/{id_}", id_, tenant.users[id_].display)
            for id_ in role.users
            if id_ in tenant.users
        ],
        "groups": [_group(request, id_) for id_ in role.groups if id_ in tenant.groups],
        "associatedApplications": [_associated(request, application)] if application else [],
    }
    return {**basic_document(request, role), **{name: items for name, items in held.items() if items}}


def list_item(request: TenantRequest, role: Role, search: Search) -> dict[str, Any]:
    """A role in a list, which by default holds nothing that was not asked for."""
    whole = document(request, role)
    if request.tenant.roles_listed_whole:
        return whole
    return {
        name: value
        for name, value in whole.items()
        if name not in (*PARTS, "associatedApplications") or search.wants(name)
    }


def _application(tenant: Tenant, role: Role) -> Application | None:
    return tenant.applications.get(role.audience) or portals(tenant.name).get(role.audience)


def _permissions(request: TenantRequest, role: Role) -> list[dict[str, Any]]:
    apis = (*system_apis(request.tenant.name), *request.tenant.apis.values())
    known = {scope.id: (api, scope) for api in apis for scope in api.scopes}
    return [_permission(request, *known[id_]) for id_ in role.permissions if id_ in known]


def _permission(request: TenantRequest, api: ApiResource, scope: Scope) -> dict[str, Any]:
    where = f"{request.server_url}/api-resources/{api.id}/scopes/{scope.name}"
    return {"value": scope.name, "display": scope.display_name, "$ref": where}


def _group(request: TenantRequest, id: str) -> dict[str, Any]:
    group = request.tenant.groups[id]
    if group.identity_provider is None:
        return _member(request, f"/Groups/{id}", id, group.display)
    where = f"{request.server_url}/identity-providers/{group.identity_provider}/groups/{id}"
    return {"value": id, "display": group.display, "$ref": where}


def _associated(request: TenantRequest, application: Application) -> dict[str, Any]:
    where = f"{request.server_url}/applications/{application.id}"
    return {"value": application.id, "display": application.name, "$ref": where}


def _member(request: TenantRequest, path: str, id: str, display: str) -> dict[str, Any]:
    return {"value": id, "display": display, "$ref": request.url(path)}
