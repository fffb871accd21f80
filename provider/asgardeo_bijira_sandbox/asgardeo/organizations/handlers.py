"""Organisations below the tenant: they are kept, and applications are shared with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...web.responses import answer, empty
from ..bodies import Body, Operation, shown
from ..exceptions import organization_error
from ..filters import BadFilter, alternatives
from ..ids import decoded, encoded, new_id
from ..models import now
from ..paging import DEFAULT_LIMIT
from .models import Organization

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from ..filters import Condition
    from ..request import TenantRequest

__all__ = ("basic_document",)

_PATH = "/organizations"
_FILTERED: dict[str, Callable[[Organization], str | None]] = {
    "name": lambda one: one.name,
    "id": lambda one: one.id,
    "orgHandle": lambda one: one.handle,
    "parentId": lambda one: one.parent,
    "status": lambda one: one.status,
    "created": lambda one: one.created,
}
_FIELDS = {"/name": "name", "/description": "description", "/status": "status"}
_ATTRIBUTE, _VERSION = "/attributes/", "v1.0.0"


class Attribute(Body):
    """Something else to be kept."""

    key: str
    value: str


class OrganizationBody(Body):
    """An organisation to make."""

    name: str
    org_handle: str | None = None
    description: str | None = None
    type: Literal["TENANT", "STRUCTURAL"] = "TENANT"
    parent_id: str | None = None
    attributes: list[Attribute] = []


class OrganizationChange(Body):
    """What an organisation shall be."""

    name: str
    description: str | None = None
    status: Literal["ACTIVE", "DISABLED"]
    version: str | None = None
    attributes: list[Attribute] = []


class NameBody(Body):
    """A name, or a handle, that may be free."""

    name: str | None = None
    org_handle: str | None = None


def own(request: TenantRequest) -> Response:
    """GET the organisation itself."""
    tenant = request.tenant
    named = {"id": tenant.id, "name": tenant.name, "orgHandle": tenant.name, "status": "ACTIVE", "type": "TENANT"}
    since = {"version": _VERSION, "created": tenant.created, "lastModified": tenant.created}
    return answer({**named, **since, "hasChildren": bool(tenant.organizations)})


def create(request: TenantRequest) -> Response:
    """POST: answers with the organisation."""
    body, tenant = request.read(OrganizationBody), request.tenant
    parent = body.parent_id or tenant.id
    if parent != tenant.id:
        _known(request, parent)
    _check_name(request, body.name)
    id_ = new_id()
    handle = body.org_handle or id_
    if not _is_free(request, "orgHandle", handle):
        raise organization_error(400, 60017, "Organization name unavailable.", f"The handle {handle} is taken.")
    made = Organization(
        id=id_,
        number=max((one.number for one in tenant.organizations.values()), default=0) + 1,
        name=body.name,
        handle=handle,
        description=body.description,
        type=body.type,
        parent=parent,
        attributes={one.key: one.value for one in body.attributes},
        created=now(),
        modified=now(),
    )
    tenant.organizations[made.id] = made
    return answer(_document(request, made), 201, {"Location": request.url(f"{_PATH}/{made.id}")})


def listed(request: TenantRequest) -> Response:
    """GET a page of the children, or of all below, the newest first, counted by cursors."""
    limit = request.number("limit", DEFAULT_LIMIT)
    if limit < 0:
        raise organization_error(400, 60025, "Invalid pagination parameters.", "'limit' shouldn't be negative.")
    everywhere, wanted = request.flag("recursive"), _conditions(request)
    rows = [
        one
        for one in reversed(request.tenant.organizations.values())
        if (everywhere or one.parent == request.tenant.id)
        and all(condition.holds(_FILTERED[condition.attribute](one)) for condition in wanted)
    ]
    after, before = (_cursor(request, name) for name in ("after", "before"))
    if before is None:
        found = [one for one in rows if after is None or one.number < after]
        page, more = found[:limit], {"previous": after is not None, "next": len(found) > limit}
    else:
        found = [one for one in rows if one.number > before]
        page, more = found[max(len(found) - limit, 0) :], {"previous": len(found) > limit, "next": True}
    organizations = [basic_document(request, one) for one in page]
    return answer(shown(links=_links(request, page, limit, more) or None, organizations=organizations or None))


def read(request: TenantRequest) -> Response:
    """GET one."""
    return answer(_document(request, _known(request, request.param("id"))))


def replace(request: TenantRequest) -> Response:
    """PUT: attributes as they are sent."""
    found, body = _known(request, request.param("id")), request.read(OrganizationChange)
    _check_name(request, body.name, found)
    _check_status(request, found, body.status)
    found.name, found.description, found.status, found.modified = body.name, body.description, body.status, now()
    found.attributes = {one.key: one.value for one in body.attributes}
    return answer(_document(request, found))


def update(request: TenantRequest) -> Response:
    """PATCH: all of it or nothing."""
    found, operations = _known(request, request.param("id")), request.read_list(Operation)
    changed = found.model_copy(deep=True)
    for operation in operations:
        _apply(changed, operation)
    _check_name(request, changed.name, found)
    _check_status(request, found, changed.status)
    changed.modified = now()
    request.tenant.organizations[found.id] = changed
    return answer(_document(request, changed))


def delete(request: TenantRequest) -> Response:
    """DELETE: one with others below it stays. Applications are no longer shared with it."""
    id_ = request.param("id")
    if id_ == request.tenant.id:
        text = f"Organization {id_} can't be disabled or deleted."
        raise organization_error(400, 60050, "ROOT organization can't be disabled or deleted.", text)
    found = _known(request, id_)
    if _children(request, found.id):
        text = f"Organization with ID: {found.id} has one or more child organizations."
        raise organization_error(400, 60007, "Unable to delete the organization.", text)
    del request.tenant.organizations[found.id]
    for application in request.tenant.applications.values():
        application.shared_with.pop(found.id, None)
    return empty(204)


def check_name(request: TenantRequest) -> Response:
    """POST a name: whether it is free."""
    return answer({"available": _is_free(request, "name", request.read(NameBody).name or "")})


def check_handle(request: TenantRequest) -> Response:
    """POST a handle: whether it is free."""
    return answer({"available": _is_free(request, "orgHandle", request.read(NameBody).org_handle or "")})


def basic_document(request: TenantRequest, one: Organization) -> dict[str, Any]:
    """An organisation in a list."""
    return {
        "id": one.id,
        "name": one.name,
        "orgHandle": one.handle,
        "status": one.status,
        "version": _VERSION,
        "hasChildren": _children(request, one.id),
        "ref": request.path(f"{_PATH}/{one.id}"),
    }


def _document(request: TenantRequest, one: Organization) -> dict[str, Any]:
    basic = {name: value for name, value in basic_document(request, one).items() if name != "ref"}
    attributes = [{"key": key, "value": value} for key, value in one.attributes.items()]
    return shown(
        **basic,
        description=one.description,
        created=one.created,
        lastModified=one.modified,
        type=one.type,
        parent={"id": one.parent, "ref": request.path(f"{_PATH}/{one.parent}")},
        attributes=attributes or None,
    )


def _known(request: TenantRequest, id: str) -> Organization:
    found = request.tenant.organizations.get(id)
    if found is None:
        text = f"Organization with ID: {id} doesn't exist."
        raise organization_error(404, 60015, "Invalid organization.", text)
    return found


def _children(request: TenantRequest, id: str, status: str | None = None) -> bool:
    every = request.tenant.organizations.values()
    return any(one.parent == id and status in (None, one.status) for one in every)


def _is_free(request: TenantRequest, attribute: str, value: str) -> bool:
    every = request.tenant.organizations.values()
    return value != request.tenant.name and all(_FILTERED[attribute](one) != value for one in every)


def _check_name(request: TenantRequest, name: str, besides: Organization | None = None) -> None:
    if not name.strip() or not ((besides and besides.name == name) or _is_free(request, "name", name)):
        text = f"Creating an organization with name: {name} is restricted. Use a different organization name."
        raise organization_error(400, 60017, "Organization name unavailable.", text)


def _check_status(request: TenantRequest, found: Organization, status: str) -> None:
    if status not in ("ACTIVE", "DISABLED"):
        text = "Organization status must be 'ACTIVE' or 'DISABLED'."
        raise organization_error(400, 60028, "Unsupported status provided.", text)
    if status == "DISABLED" and _children(request, found.id, "ACTIVE"):
        text = f"Organization with ID: {found.id} can't be disabled as there are active child organizations."
        raise organization_error(400, 60029, "Active child organizations exist.", text)


def _apply(changed: Organization, operation: Operation) -> None:
    """A change of a member, or of an attribute, which alone can be removed."""
    op, path, value = operation.operation, operation.path, operation.value
    message = "Unable to patch the organization."
    if op != "REMOVE" and not value:
        text = "Value is mandatory for 'add' and 'replace' operations."
        raise organization_error(400, 60012, "Missing required value.", text)
    if path in _FIELDS:
        if path != "/description" and op != "REPLACE":
            text = f"Mandatory fields can only be replaced. Provided op : {op}, path : {path}"
            raise organization_error(400, 60013, message, text)
        setattr(changed, _FIELDS[path], None if op == "REMOVE" else value)
        return
    key = path.removeprefix(_ATTRIBUTE)
    if not path.startswith(_ATTRIBUTE) or not key:
        raise organization_error(400, 60011, message, f"Provided path :{path} is invalid.")
    if op != "ADD" and key not in changed.attributes:
        number = 60019 if op == "REMOVE" else 60020
        raise organization_error(400, number, message, f"Cannot {op.lower()} non existing attribute key: {key}")
    changed.attributes.pop(key, None)
    if op != "REMOVE" and value:
        changed.attributes[key] = value


def _conditions(request: TenantRequest) -> list[Condition]:
    expression = request.query("filter")
    if not expression:
        return []
    try:
        found = alternatives(expression, ("eq", "ne", "co", "sw", "ew"))
    except BadFilter:
        text = "Invalid format used for filtering."
        raise organization_error(400, 60022, "Unable to retrieve organizations.", text) from None
    if len(found) > 1:
        text = "The complex query used for filtering is not supported."
        raise organization_error(400, 60024, "Unsupported filter.", text)
    unknown = next((one.attribute for one in found[0] if one.attribute not in _FILTERED), None)
    if unknown is not None:
        text = f"The filter attribute '{unknown}' is not supported."
        raise organization_error(400, 60023, "Unsupported filter attribute.", text)
    return found[0]


def _cursor(request: TenantRequest, name: str) -> int | None:
    given = request.query(name)
    number = decoded(given.rstrip("=")) if given else None
    if given and (number is None or not number.isdecimal()):
        raise organization_error(400, 60026, "Unable to retrieve organizations.", "Invalid cursor used for pagination.")
    return int(number) if number else None


def _links(request: TenantRequest, page: list[Organization], limit: int, more: dict[str, bool]) -> list[dict[str, str]]:
    if not page:
        return []
    query = f"?limit={limit}&recursive={str(request.flag('recursive')).lower()}"
    ends = [("previous", "before", page[0]), ("next", "after", page[-1])]
    return [
        {"href": f"{request.path(_PATH)}{query}&{name}={encoded(str(one.number))}", "rel": rel}
        for rel, name, one in ends
        if more[rel]
    ]
