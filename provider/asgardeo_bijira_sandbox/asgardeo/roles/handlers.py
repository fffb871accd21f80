"""Roles: `/scim2/v2/Roles`, and what of `/scim2/v3/Roles` is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.responses import empty
from ..exceptions import scim_error, scim_refusal
from ..models import Role
from ..scim import Search, listed, matching, read, scim_answer, selected
from . import changes
from .bodies import Audience, RoleBody
from .documents import basic_document, document, list_item
from .lookup import PARTS, check_held, check_name_is_free, every_role, known_role
from .patch import operations_of, patch, replaces_all_users, with_operations
from .permissions import checked_permissions

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..models import Tenant
    from ..request import TenantRequest

_RESERVED = "system_"


def create(request: TenantRequest) -> Response:
    """POST: answers without what the role holds, or with nothing at all where somebody must approve it first."""
    body = read(request, RoleBody)
    check_held(request, (part for part in PARTS if getattr(body, part)))
    return make(request, body)


def make(request: TenantRequest, body: RoleBody) -> Response:
    """A new role of a body that was read."""
    tenant = request.tenant
    if body.display_name.lower().startswith(_RESERVED):
        raise scim_refusal(f"Invalid role name: {body.display_name}. Names with the prefix: {_RESERVED} are reserved.")
    changes.check_new_name(body.display_name)
    kind, audience = _audience(tenant, body.audience or Audience())
    role = Role(name=body.display_name, audience_type=kind, audience=audience)
    role.permissions = checked_permissions(tenant, role, body.ids("permissions"))
    role.users, role.groups = body.ids("users"), [id_ for id_ in body.ids("groups") if id_ in tenant.groups]
    if not set(role.users) <= set(tenant.users):
        raise scim_error(500, f"Error occurred while adding a new role: {role.name}")
    check_name_is_free(tenant, role.name, role.audience)
    if tenant.role_approval:
        return empty(202)
    tenant.roles[role.id] = role
    document = basic_document(request, role)
    return scim_answer(document, 201, document["meta"]["location"])


def read_one(request: TenantRequest) -> Response:
    """GET one."""
    search = Search.of_query(request)
    return scim_answer(selected(document(request, known_role(request)), search))


def list_by_query(request: TenantRequest) -> Response:
    """GET a page."""
    return _found(request, Search.of_query(request))


def list_by_body(request: TenantRequest) -> Response:
    """POST a search."""
    return _found(request, read(request, Search))


def replace(request: TenantRequest) -> Response:
    """PUT: the name and all that the role holds, in this order; its audience stays."""
    body = read(request, RoleBody)
    check_held(request, (part for part in PARTS if part in body.model_fields_set))
    return _replaced(request, known_role(request), body)


def update(request: TenantRequest) -> Response:
    """PATCH: answers without users. Where it replaces all users it goes the way of PUT."""
    operations = operations_of(request)
    if replaces_all_users(operations):
        role = known_role(request)
        return _replaced(request, role, with_operations(request.tenant, role, operations))
    role = patch(request, operations)
    return scim_answer({name: value for name, value in document(request, role).items() if name != "users"})


def delete(request: TenantRequest) -> Response:
    """DELETE: unlike an application, one that is gone is an error, and may be the wrong one."""
    role_id, tenant = request.param("id"), request.tenant
    if tenant.absent_role_breaks_deletion and role_id not in tenant.roles:
        raise scim_error(500, f"Error occurred while deleting the role: {role_id}")
    changes.delete(tenant, known_role(request))
    return empty(204)


def _audience(tenant: Tenant, sent: Audience) -> tuple[Any, str]:
    kind = sent.type.lower()
    if kind == "organization":
        if sent.value not in (None, tenant.id):
            text = f"Invalid audience. Given Organization id: {sent.value} is invalid"
            raise scim_error(400, text, "invalidValue")
        return kind, tenant.id
    if kind != "application":
        raise scim_error(400, "Invalid role audience", "invalidValue")
    application = tenant.applications.get(sent.value or "")
    if application is None:
        raise scim_error(
            400, f"Invalid audience. No application found with application id: {sent.value}", "invalidValue"
        )
    if application.associated_roles["allowedAudience"] != "APPLICATION":
        text = f"Application: {sent.value} does not have Application role audience type"
        raise scim_error(400, text, "invalidValue")
    return kind, application.id


def _replaced(request: TenantRequest, role: Role, body: RoleBody) -> Response:
    """Part by part: what a later part cannot do leaves the earlier ones done."""
    changes.rename(request.tenant, role, body.display_name)
    for part in ("users", "groups", "permissions"):
        changes.set_part(request.tenant, role, part, body.ids(part))
    return scim_answer(basic_document(request, role))


def _found(request: TenantRequest, search: Search) -> Response:
    known = {
        "displayName": lambda role: role.name,
        "audience.value": lambda role: role.audience,
        "audience.type": lambda role: role.audience_type,
    }
    roles = matching(every_role(request.tenant), search, known)
    return listed(roles, search, lambda role: list_item(request, role, search))
