"""Roles: `/scim2/v2/Roles`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ...web.errors import ApiError
from ...web.responses import empty
from ..bodies import shown
from ..exceptions import scim_error
from ..filters import BadFilter, conditions
from ..models import Role
from .bodies import Audience, RoleBody, RoleChange, RoleSearch, scim_answer
from .permissions import checked_permissions, scope_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from ..request import TenantRequest

_ROLE = "urn:ietf:params:scim:schemas:extension:2.0:Role"
_LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
_PARTS = ("permissions", "users", "groups")
_SELECTED = re.compile(r"^(\w+)\[value eq \"?([^\"\]]+)\"?\]$")


def create(request: TenantRequest) -> Response:
    """POST: answers without what the role permits and whom it has."""
    body = _read(request, RoleBody)
    _check_operations(request, {part for part in _PARTS if getattr(body, part)})
    kind, audience = _audience(request, body.audience or Audience())
    _check_name(request, body.display_name, audience)
    role = Role(name=body.display_name, audience_type=kind, audience=audience)
    _put(request, role, body)
    request.tenant.roles[role.id] = role
    document = {
        key: value for key, value in _document(request, role).items() if key not in (*_PARTS, "associatedApplications")
    }
    return scim_answer(document, 201, request.url(f"/Roles/{role.id}"))


def read(request: TenantRequest) -> Response:
    """GET one."""
    return scim_answer(_document(request, _known(request)))


def listed(request: TenantRequest) -> Response:
    """GET a page."""
    if request.query("sortBy") or request.query("sortOrder"):
        raise scim_error(501, "Sorting is not supported.")
    count = request.number("count", 0) if request.query("count") else None
    return _found(request, request.query("filter"), request.number("startIndex", 1), count)


def searched(request: TenantRequest) -> Response:
    """POST a search."""
    body = _read(request, RoleSearch)
    return _found(request, body.filter, body.start_index, body.count)


def replace(request: TenantRequest) -> Response:
    """PUT: the name and everything that the role has; its audience stays."""
    body, role = _read(request, RoleBody), _known(request)
    _check_operations(request, {part for part in _PARTS if getattr(body, part)})
    if body.display_name != role.name:
        _check_name(request, body.display_name, role.audience)
    _put(request, role, body)
    role.name = body.display_name
    return scim_answer(_document(request, role))


def update(request: TenantRequest) -> Response:
    """PATCH, step by step: all or nothing. What is no part of a role is of no effect."""
    body, role = _read(request, RoleChange), _known(request)
    changed = role.model_copy(deep=True)
    for operation in body.operations:
        for part, value in _changes(operation.path, operation.value).items():
            if part == "displayName" and operation.op != "remove" and str(value) != role.name:
                _check_name(request, str(value), role.audience)
                changed.name = str(value)
            elif part in _PARTS:
                _check_operations(request, {part})
                _change_part(request, changed, part, operation.op, value)
    request.tenant.roles[role.id] = changed
    return scim_answer(_document(request, changed))


def delete(request: TenantRequest) -> Response:
    """DELETE: unlike applications, a role that is not there is not deleted."""
    del request.tenant.roles[_known(request).id]
    return empty(204)


def _known(request: TenantRequest) -> Role:
    role = request.tenant.roles.get(request.param("id"))
    if role is None:
        raise scim_error(404, f"Role id: {request.param('id')} does not exist in the system.")
    return role


def _read(request: TenantRequest, model: type[Any]) -> Any:
    try:
        return model.model_validate(request.json())
    except (ValidationError, ApiError):
        raise scim_error(400, "Request body is not valid.", "invalidSyntax") from None


def _check_operations(request: TenantRequest, parts: Iterable[str]) -> None:
    if not all(request.holds(f"internal_role_mgt_{part}_update") for part in parts):
        raise scim_error(403, "Operation is not permitted. You do not have permissions to make this request.")


def _check_name(request: TenantRequest, name: str, audience: str) -> None:
    if not name.strip() or "/" in name:
        raise scim_error(400, f"The role name {name} is not valid.", "invalidValue")
    if any((role.name, role.audience) == (name, audience) for role in request.tenant.roles.values()):
        raise scim_error(409, f"Role already exist for the role name: {name}")


def _audience(request: TenantRequest, sent: Audience) -> tuple[Any, str]:
    kind = sent.type.lower()
    if kind == "organization" and sent.value in (None, request.tenant.id):
        return kind, request.tenant.id
    if kind != "application" or sent.value is None:
        raise scim_error(400, "Invalid audience", "invalidValue")
    application = request.tenant.applications.get(sent.value)
    if application is None:
        raise scim_error(400, f"Application: {sent.value} does not exist", "invalidValue")
    if application.associated_roles["allowedAudience"] != "APPLICATION":
        raise scim_error(400, f"Application: {sent.value} does not have Application role audience type", "invalidValue")
    return kind, application.id


def _put(request: TenantRequest, role: Role, body: RoleBody) -> None:
    """Everything is checked before anything is set."""
    parts = {part: [member.value for member in getattr(body, part)] for part in _PARTS}
    checked = {part: _checked(request, role, part, values) for part, values in parts.items()}
    role.permissions, role.users, role.groups = checked["permissions"], checked["users"], checked["groups"]


def _changes(path: str | None, value: Any) -> dict[str, Any]:
    """What a step speaks of: the part of its path, or those of its value."""
    if path is None:
        return value if isinstance(value, dict) else {}
    selected = _SELECTED.match(path)
    return {selected[1]: [{"value": selected[2]}]} if selected else {path: value}


def _change_part(request: TenantRequest, role: Role, part: str, op: str, value: Any) -> None:
    values = [str(one["value"] if isinstance(one, dict) else one) for one in value or []]
    current: list[str] = getattr(role, part)
    if op == "remove":
        gone = set(_ids(request, part, values)) if values else set(current)
        setattr(role, part, [one for one in current if one not in gone])
        return
    sent = _checked(request, role, part, values)
    setattr(role, part, sent if op == "replace" else list(dict.fromkeys([*current, *sent])))


def _checked(request: TenantRequest, role: Role, part: str, values: list[str]) -> list[str]:
    """The ids to keep; a role of an application permits only what the application is authorised for."""
    if part == "users" and not set(values) <= set(request.tenant.users):
        raise scim_error(500, "Error occurred while updating the users of the role.")
    if part != "permissions":
        return list(dict.fromkeys(values))
    return checked_permissions(request.tenant, role, values)


def _ids(request: TenantRequest, part: str, values: list[str]) -> list[str]:
    known = scope_ids(request.tenant)
    return [known.get(value, value) for value in values] if part == "permissions" else values


def _found(request: TenantRequest, expression: str | None, start: int, count: int | None) -> Response:
    roles = [role for role in request.tenant.roles.values() if _holds(role, expression)]
    start = max(start, 1)
    page = roles[start - 1 :][: None if count is None else max(count, 0)]
    resources = {"Resources": [_document(request, role) for role in page]} if page else {}
    counts = {"totalResults": len(roles), "startIndex": start, "itemsPerPage": len(page)}
    return scim_answer({"schemas": [_LIST], **counts, **resources})


def _holds(role: Role, expression: str | None) -> bool:
    if not expression:
        return True
    known = {"displayName": role.name, "audience.value": role.audience, "audience.type": role.audience_type}
    try:
        wanted = conditions(expression)
        return all(one.holds(known[one.attribute]) for one in wanted)
    except (BadFilter, KeyError):
        raise scim_error(400, "Given filter operator is not supported.", "invalidFilter") from None


def _document(request: TenantRequest, role: Role) -> dict[str, Any]:
    tenant = request.tenant
    application = tenant.applications.get(role.audience)
    location = request.url(f"/Roles/{role.id}")
    names = {id_: name for name, id_ in scope_ids(request.tenant).items()}
    associated = [application] if application else []
    return shown(
        schemas=[_ROLE],
        id=role.id,
        displayName=role.name,
        audience={
            "type": role.audience_type,
            "value": role.audience,
            "display": application.name if application else tenant.name,
        },
        permissions=[{"value": names[id_], "display": names[id_]} for id_ in role.permissions if id_ in names],
        users=[{"value": id_, "display": tenant.users[id_].username} for id_ in role.users if id_ in tenant.users],
        groups=[{"value": id_} for id_ in role.groups],
        associatedApplications=[{"value": one.id, "display": one.name} for one in associated],
        meta={"location": location},
    )
