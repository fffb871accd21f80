"""Groups: `/scim2/Groups`, read-only. Those that an identity provider tells of are not among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exceptions import scim_error
from ..models import USER_STORE
from ..scim import Search, conditions_of, listed, matching, read, scim_answer, selected
from .documents import group_document

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..models import Group, Tenant
    from ..request import TenantRequest


def read_one(request: TenantRequest) -> Response:
    """GET one."""
    id_ = request.param("id")
    group = next((group for group in _own(request.tenant) if group.id == id_), None)
    if group is None:
        raise scim_error(404, "Group not found in the user store.")
    return scim_answer(selected(group_document(request, group), Search.of_query(request)))


def list_by_query(request: TenantRequest) -> Response:
    """GET a page; a store that does not exist has no groups."""
    domain = request.query("domain")
    return _found(request, Search.of_query(request), here=not domain or f"{domain.upper()}/" == USER_STORE)


def list_by_body(request: TenantRequest) -> Response:
    """POST a search."""
    return _found(request, read(request, Search))


def _found(request: TenantRequest, search: Search, *, here: bool = True) -> Response:
    """A name is found with its store or without; several comparisons at once are not supported."""
    alternatives = conditions_of(search)
    if len(alternatives) > 1 or any(len(conditions) > 1 for conditions in alternatives):
        raise scim_error(501, "Complex filters are not supported yet")
    if any(condition.operator == "ne" for conditions in alternatives for condition in conditions):
        raise scim_error(400, "Filter operation: ne is not supported for groups filtering.", "invalidFilter")
    known = {"displayName": lambda group: group.name, "id": lambda group: group.id}
    groups = matching(_own(request.tenant) if here else [], search, known, USER_STORE)
    return listed(groups, search, lambda group: group_document(request, group))


def _own(tenant: Tenant) -> list[Group]:
    return [group for group in tenant.groups.values() if group.identity_provider is None]
