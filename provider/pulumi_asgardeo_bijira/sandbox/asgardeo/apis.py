"""API resources: `/api-resources`."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from ..http import answer, empty
from .errors import api_error
from .filters import BadFilter, conditions
from .model import ApiResource
from .scopes import ScopeBody, api_not_found, checked, find_api, own_api, scope_document
from .system import system_apis
from .wire import Body, shown

if TYPE_CHECKING:
    from starlette.responses import Response

    from .calls import Call

__all__ = ("change", "create", "delete", "listed", "read")

_DEFAULT_LIMIT = 10
_COLUMN = 255


class ApiBody(Body):
    """An API to make."""

    name: str = ""
    identifier: str = ""
    description: str | None = None
    requires_authorization: bool = True
    scopes: list[ScopeBody] = []
    authorization_details_types: list[dict[str, Any]] = []
    resource_type: str = "BUSINESS"


class ApiChange(Body):
    """A change of an API. `removed_scopes` is known only to be refused."""

    name: str | None = None
    description: str | None = None
    added_scopes: list[ScopeBody] = []
    removed_scopes: list[str] | None = None
    added_authorization_details_types: list[dict[str, Any]] = []
    removed_authorization_details_types: list[str] = []


def create(call: Call) -> Response:
    """POST: all or nothing."""
    body = call.read(ApiBody)
    if not body.name.strip():
        raise api_error(400, 60003, "API resource name is required.")
    if not body.identifier.strip():
        raise api_error(400, 60004, "API resource identifier is required.")
    tenant = call.tenant
    if tenant.api_limit is not None and len(tenant.apis) >= tenant.api_limit:
        raise api_error(403, 60001, "Maximum number of allowed API resources have been reached.")
    _check_lengths(body.name, body.identifier, body.description)
    everything = [*system_apis(tenant.name), *tenant.apis.values()]
    if any(api.identifier == body.identifier for api in everything):
        raise api_error(409, 60003, "API resource already exists.", "An API resource with this identifier exists.")
    api = ApiResource(
        number=tenant.last_number + 1,
        name=body.name,
        identifier=body.identifier,
        description=body.description,
        type=body.resource_type if body.resource_type in ("BUSINESS", "MCP") else "BUSINESS",
        requires_authorization=body.requires_authorization,
        scopes=checked(tenant, body.scopes),
    )
    tenant.last_number = api.number
    tenant.apis[api.id] = api
    return answer(_document(api), 201, {"Location": call.url(f"/api-resources/{api.id}")})


def read(call: Call) -> Response:
    """GET one."""
    api = find_api(call.tenant, call.part("id"))
    if api is None:
        raise api_not_found()
    return answer(_document(api))


def change(call: Call) -> Response:
    """PATCH: name, description and more scopes."""
    api = own_api(call.tenant, call.part("id"))
    if api is None:
        raise api_not_found()
    body = call.read(ApiChange)
    if body.removed_scopes is not None:
        raise api_error(501, 60006, "Removing scopes by PATCH is not supported.")
    _check_lengths(body.name, body.description)
    api.scopes += checked(call.tenant, body.added_scopes)
    api.name = body.name or api.name
    if body.description is not None:
        api.description = body.description
    return empty(204)


def delete(call: Call) -> Response:
    """DELETE: one that is not there is as good as deleted."""
    api = own_api(call.tenant, call.part("id"))
    if api is not None:
        call.tenant.forget_api(api)
    return empty(204)


def listed(call: Call) -> Response:
    """GET a page, counted by cursors."""
    limit = call.number("limit", _DEFAULT_LIMIT)
    before, after = call.query("before"), call.query("after")
    if limit <= 0:
        raise api_error(400, 60010, "Invalid limit.", "The limit must be above 0.")
    if before and after:
        raise api_error(400, 60011, "Both before and after are given.")
    if call.query("attributes") not in (None, "properties"):
        raise api_error(400, 60013, "Invalid attribute.")
    found = _matching(call)
    page, earlier, later = _page(found, limit, before, after)
    links = []
    if later:
        links.append({"rel": "next", "href": _link(call, limit, "after", page[-1])})
    if earlier:
        links.append({"rel": "previous", "href": _link(call, limit, "before", page[0])})
    shown_properties = call.query("attributes") is not None
    items = [_item(call, api, shown_properties) for api in page]
    return answer({"totalResults": len(found), "links": links, "apiResources": items})


def _matching(call: Call) -> list[ApiResource]:
    """All APIs that the filter lets pass, oldest first."""
    everything = [*system_apis(call.tenant.name), *call.tenant.apis.values()]
    expression = call.query("filter")
    if not expression:
        return everything
    try:
        wanted = conditions(expression, "and", ("eq", "ne", "co", "sw", "ew"))
    except BadFilter:
        raise api_error(400, 60001, "Invalid filter format.") from None
    if any(condition.attribute not in ("name", "identifier", "type") for condition in wanted):
        raise api_error(400, 60007, "Invalid search attribute.")
    if not all(condition.value for condition in wanted):
        raise api_error(400, 60005, "Invalid filter value.")
    return [
        api
        for api in everything
        if all(condition.holds(str(getattr(api, condition.attribute))) for condition in wanted)
    ]


def _page(
    found: list[ApiResource], limit: int, before: str | None, after: str | None
) -> tuple[list[ApiResource], bool, bool]:
    """A page, and whether there is something before and after it."""
    if before:
        end = sum(api.number < _number(before) for api in found)
        start = max(0, end - limit)
    else:
        start = sum(api.number <= _number(after) for api in found) if after else 0
        end = start + limit
    page = found[start:end]
    return page, bool(page) and start > 0, bool(page) and end < len(found)


def _number(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True))
    except (binascii.Error, ValueError):
        raise api_error(400, 60002, "Invalid cursor.") from None


def _link(call: Call, limit: int, direction: str, api: ApiResource) -> str:
    """An absolute address; the cursor in it is not percent-encoded."""
    expression = call.query("filter")
    chosen = f"&filter={quote_plus(expression)}" if expression else ""
    cursor = base64.b64encode(str(api.number).encode()).decode()
    return call.url(f"/api-resources?limit={limit}{chosen}&{direction}={cursor}")


def _item(call: Call, api: ApiResource, with_properties: bool) -> dict[str, Any]:
    return shown(
        id=api.id,
        name=api.name,
        identifier=api.identifier,
        type=api.type,
        requiresAuthorization=api.requires_authorization,
        properties=[] if with_properties else None,
        self=call.path(f"/api-resources/{api.id}"),
    )


def _document(api: ApiResource) -> dict[str, Any]:
    return shown(
        id=api.id,
        name=api.name,
        description=api.description,
        identifier=api.identifier,
        type=api.type,
        requiresAuthorization=api.requires_authorization,
        scopes=[scope_document(scope) for scope in api.scopes],
        authorizationDetailsTypes=[],
        properties=[],
    )


def _check_lengths(*values: str | None) -> None:
    """The platform's table has no room for more, and says so only as an error of its own."""
    if any(value is not None and len(value) > _COLUMN for value in values):
        raise api_error(500, 65003, "Error while storing the API resource.")
