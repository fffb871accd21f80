"""API resources: `/api-resources`."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from ...web.responses import answer, empty
from ..bodies import Body, shown
from ..exceptions import api_resource_error
from ..filters import conditions_on_apis
from ..models import ApiResource
from ..system import system_apis
from .authorization_details import DetailsTypeBody, checked_types, type_document
from .lookup import known_api, own_api, refuse_system
from .scopes import ScopeBody, checked, scope_document

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..request import TenantRequest

_DEFAULT_LIMIT = 10
_COLUMN = 255


class ApiBody(Body):
    """An API to make."""

    name: str
    identifier: str
    description: str | None = None
    requires_authorization: bool = True
    scopes: list[ScopeBody] = []
    authorization_details_types: list[DetailsTypeBody] = []
    resource_type: str = "BUSINESS"


class ApiChange(Body):
    """A change of an API. `removed_scopes` is known only to be refused."""

    name: str | None = None
    description: str | None = None
    added_scopes: list[ScopeBody] = []
    removed_scopes: list[str] | None = None
    added_authorization_details_types: list[DetailsTypeBody] = []
    removed_authorization_details_types: list[str] = []


def create(request: TenantRequest) -> Response:
    """POST: all or nothing, and never in an organisation below the tenant."""
    body = request.read(ApiBody)
    if request.in_organization:
        raise api_resource_error(400, 60006, "API resources cannot be created in an organization below the tenant.")
    if not body.name.strip():
        raise api_resource_error(400, 60003, "Invalid API resource name provided.", "API resource name is required.")
    if not body.identifier.strip():
        text = "API resource identifier is required."
        raise api_resource_error(400, 60004, "Invalid API resource identifier provided.", text)
    tenant = request.tenant
    if tenant.api_limit is not None and len(tenant.apis) >= tenant.api_limit:
        text = "Maximum number of allowed API resources have been reached."
        raise api_resource_error(403, 60001, "Unable to create an API resource.", text)
    _check_lengths(body.name, body.identifier, body.description)
    everything = [*system_apis(tenant.name), *tenant.apis.values()]
    if any(api.identifier == body.identifier for api in everything):
        raise api_resource_error(
            409, 60003, "API resource already exists.", "An API resource with this identifier exists."
        )
    api = ApiResource(
        number=tenant.last_number + 1,
        name=body.name,
        identifier=body.identifier,
        description=body.description,
        type=body.resource_type if body.resource_type in ("BUSINESS", "MCP") else "BUSINESS",
        requires_authorization=body.requires_authorization,
        scopes=checked(tenant, body.scopes),
        details_types=checked_types(tenant, body.authorization_details_types),
    )
    tenant.last_number = api.number
    tenant.apis[api.id] = api
    return request.show(_document(api), 201, {"Location": request.url(f"/api-resources/{api.id}")})


def read(request: TenantRequest) -> Response:
    """GET one."""
    return request.show(_document(known_api(request)))


def update(request: TenantRequest) -> Response:
    """PATCH: name, description and more scopes; the types of authorization details after all that, on their own."""
    body = request.read(ApiChange)
    api = known_api(request)
    refuse_system(api)
    if body.removed_scopes is not None:
        text = "Removed scopes patching is not supported yet for API resources."
        raise api_resource_error(501, 60006, "Removed scopes patching is not supported yet.", text)
    _check_lengths(body.name, body.description)
    api.scopes += checked(request.tenant, body.added_scopes)
    api.name = api.name if body.name is None else body.name
    api.description = api.description if body.description is None else body.description
    added = checked_types(request.tenant, body.added_authorization_details_types)
    removed = set(body.removed_authorization_details_types)
    api.details_types = [one for one in api.details_types if one.type not in removed] + added
    return empty(204)


def delete(request: TenantRequest) -> Response:
    """DELETE: one that does not exist is no error."""
    api = own_api(request.tenant, request.param("id"))
    if api is not None:
        request.tenant.forget_api(api)
    return empty(204)


def listed(request: TenantRequest) -> Response:
    """GET a page, counted by cursors."""
    limit = request.number("limit", _DEFAULT_LIMIT)
    before, after = request.query("before"), request.query("after")
    if limit <= 0:
        raise api_resource_error(400, 60010, "Invalid limit provided.", "Limit should be a positive integer.")
    if before and after:
        text = "Both before and after parameters cannot be provided at the same time."
        raise api_resource_error(400, 60011, "Invalid before/after provided.", text)
    attributes = request.query("attributes").rstrip(",")
    if attributes and set(attributes.split(",")) != {"properties"}:
        text = "Invalid attribute name provided as required attribute."
        raise api_resource_error(400, 60013, "Invalid attribute name.", text)
    found = _matching(request)
    page, earlier, later = _page(found, limit, before, after)
    links = []
    if earlier:
        links.append({"rel": "previous", "href": _link(request, limit, "before", page[0])})
    if later:
        links.append({"rel": "next", "href": _link(request, limit, "after", page[-1])})
    items = [_item(request, api, bool(attributes)) for api in page]
    return answer({"totalResults": len(found) if page else 0, "links": links, "apiResources": items})


def _matching(request: TenantRequest) -> list[ApiResource]:
    """All APIs that the filter lets pass, oldest first."""
    everything = [*system_apis(request.tenant.name), *request.tenant.apis.values()]
    wanted = conditions_on_apis(request.query("filter"), "name", "identifier", "type")
    if not all(condition.value for condition in wanted):
        raise api_resource_error(400, 60005, "Invalid filter value.")
    return [
        api
        for api in everything
        if all(condition.holds(str(getattr(api, condition.attribute))) for condition in wanted)
    ]


def _page(found: list[ApiResource], limit: int, before: str, after: str) -> tuple[list[ApiResource], bool, bool]:
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
        raise api_resource_error(400, 60002, "Invalid cursor.") from None


def _link(request: TenantRequest, limit: int, direction: str, api: ApiResource) -> str:
    """An absolute address; the cursor in it is not percent-encoded."""
    expression = request.query("filter")
    chosen = f"&filter={quote_plus(expression)}" if expression else ""
    cursor = base64.b64encode(str(api.number).encode()).decode()
    return request.url(f"/api-resources?limit={limit}{chosen}&{direction}={cursor}")


def _item(request: TenantRequest, api: ApiResource, with_properties: bool) -> dict[str, Any]:
    return shown(
        id=api.id,
        name=api.name,
        identifier=api.identifier,
        type=api.type,
        requiresAuthorization=api.requires_authorization,
        properties=[] if with_properties else None,
        self=request.path(f"/api-resources/{api.id}"),
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
        authorizationDetailsTypes=[type_document(one) for one in api.details_types],
        properties=[],
    )


def _check_lengths(*values: str | None) -> None:
    """The platform's table has no room for more, and says so only as an error of its own."""
    if any(value is not None and len(value) > _COLUMN for value in values):
        raise api_resource_error(500, 65003, "Error while storing the API resource.")
