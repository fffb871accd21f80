"""Groups: `/scim2/Groups`. Those that an identity provider tells of are not among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...web.responses import empty
from ..exceptions import scim_error
from ..models import USER_STORE, Group
from ..oauth.users import plain_name
from ..scim import Search, conditions_of, listed, matching, read, scim_answer, selected
from ..scim_operations import decoded, steps_of
from .bodies import GroupBody
from .documents import group_document

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..models import Tenant
    from ..request import TenantRequest

_ATTRIBUTES = ("displayName", "members")


def create(request: TenantRequest) -> Response:
    """POST: in the one store that there is."""
    body, tenant = read(request, GroupBody), request.tenant
    group = Group(name=_free_name(tenant, body.display_name))
    group.members = _checked(tenant, [member.value for member in body.members])
    tenant.groups[group.id] = group
    return scim_answer(group_document(request, group), 201, request.url(f"/Groups/{group.id}"))


def replace(request: TenantRequest) -> Response:
    """PUT: name and members as they are sent."""
    group, body, tenant = _known(request), read(request, GroupBody), request.tenant
    members = _checked(tenant, [member.value for member in body.members])
    group.name, group.members = _free_name(tenant, body.display_name, group), members
    return scim_answer(group_document(request, group), location=request.url(f"/Groups/{group.id}"))


def update(request: TenantRequest) -> Response:
    """PATCH: name and members, in the order of the operations."""
    steps = [steps_of(operation, _ATTRIBUTES)[0] for operation in decoded(request)]
    group, tenant = _known(request), request.tenant
    for step in steps:
        if step.attribute == "displayName":
            group.name = _free_name(tenant, step.name, group)
        elif step.op == "remove":
            group.members = [id_ for id_ in group.members if step.members and id_ not in step.values]
        else:
            group.members = _checked(tenant, [*(group.members if step.op == "add" else []), *step.values])
    return scim_answer(group_document(request, group))


def delete(request: TenantRequest) -> Response:
    """DELETE: what was given to the group goes with it."""
    request.tenant.forget_group(_known(request).id)
    return empty(204)


def read_one(request: TenantRequest) -> Response:
    """GET one."""
    return scim_answer(selected(group_document(request, _known(request)), Search.of_query(request)))


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


def _known(request: TenantRequest) -> Group:
    id_ = request.param("id")
    group = next((group for group in _own(request.tenant) if group.id == id_), None)
    if group is None:
        raise scim_error(404, "Group not found in the user store.")
    return group


def _free_name(tenant: Tenant, given: str, besides: Group | None = None) -> str:
    name = plain_name(tenant, given)
    if any(group.name == name and group is not besides for group in _own(tenant)):
        raise scim_error(409, f"Group with name: {USER_STORE}{name} already exists in the system.")
    return name


def _checked(tenant: Tenant, members: list[str]) -> list[str]:
    if not set(members) <= set(tenant.users):
        raise scim_error(400, "One or more group members do not exist in the same user store.", "invalidValue")
    return list(dict.fromkeys(members))


def _own(tenant: Tenant) -> list[Group]:
    return [group for group in tenant.groups.values() if group.identity_provider is None]
