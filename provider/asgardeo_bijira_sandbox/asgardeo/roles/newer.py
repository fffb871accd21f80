"""What of roles is otherwise at `/scim2/v3/Roles`.

A role itself is its name and its permissions, which need no scope of their own. Users and groups have addresses of
their own, and are passed over without a word anywhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ...web.errors import ApiError
from ..exceptions import scim_error
from ..scim import Member, read, scim_answer
from ..scim_operations import Operation, decoded
from . import changes
from .bodies import RoleBody
from .documents import basic_document, document
from .handlers import make
from .lookup import known_role
from .patch import patch, replaces_all_users, with_operations

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from ..models import Role
    from ..request import TenantRequest

__all__ = ("create", "replace", "replacing", "update", "updating")

_FILTER = "value eq "


def create(request: TenantRequest) -> Response:
    """POST: a role without users and groups."""
    return make(request, read(request, RoleBody).model_copy(update={"users": [], "groups": []}))


def replace(request: TenantRequest) -> Response:
    """PUT: name and permissions."""
    body, role = read(request, RoleBody), known_role(request)
    changes.rename(request.tenant, role, body.display_name)
    changes.set_part(request.tenant, role, "permissions", body.ids("permissions"))
    return scim_answer(basic_document(request, role))


def update(request: TenantRequest) -> Response:
    """PATCH: name and permissions."""
    return _shown(request, patch(request, decoded(request), ("displayName", "permissions")))


def replacing(part: str) -> Callable[[TenantRequest], Response]:
    """PUT users or groups: a bare list of them."""

    def handler(request: TenantRequest) -> Response:
        wanted, role = _members(request), known_role(request)
        changes.set_part(request.tenant, role, part, wanted)
        return scim_answer(basic_document(request, role))

    return handler


def updating(part: str) -> Callable[[TenantRequest], Response]:
    """PATCH users or groups, which the operations need not name."""

    def handler(request: TenantRequest) -> Response:
        operations = [_formal(one, part) for one in decoded(request)]
        if part == "users" and replaces_all_users(operations):
            role = known_role(request)
            changes.set_part(request.tenant, role, part, with_operations(request.tenant, role, operations).ids(part))
            return scim_answer(basic_document(request, role))
        return _shown(request, patch(request, operations, (part,)))

    return handler


def _shown(request: TenantRequest, role: Role) -> Response:
    return scim_answer({name: value for name, value in document(request, role).items() if name != "users"})


def _members(request: TenantRequest) -> list[str]:
    try:
        sent: Any = request.json()
        found = [Member.model_validate(one) for one in sent] if isinstance(sent, list) else None
    except (ApiError, ValidationError):
        found = None
    if found is None:
        text = "Error while transforming groups payload for PUT request. Please ensure the input is a valid JSON array."
        raise scim_error(406, text)
    return list(dict.fromkeys(one.value for one in found))


def _formal(operation: Operation, part: str) -> Operation:
    """The operation with a path, and with a list for its value."""
    path, value = operation.path, operation.value
    if path is None and operation.op != "remove":
        path = part
    elif path is not None and path.startswith(_FILTER):
        path = f"{part}[{path}]"
    return Operation(operation.op, path, [value] if isinstance(value, dict) else value)
