"""The list of applications: `GET /applications`, counted by offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...web.responses import answer
from ..exceptions import application_error, invalid_input
from ..filters import BadFilter, alternatives
from .documents import inbound_key, list_item
from .lookup import portals

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..filters import Condition
    from ..models import Application
    from ..request import TenantRequest

_DEFAULT_LIMIT, _MOST = 30, 100
_FILTERED = ("name", "clientId", "issuer")
_ATTRIBUTES = (
    "advancedConfigurations",
    "templateId",
    "templateVersion",
    "clientId",
    "issuer",
    "applicationEnabled",
    "associatedRoles.allowedAudience",
)


def listed(request: TenantRequest) -> Response:
    """GET a page; its links are relative. A larger page than the server gives is cut silently."""
    if request.query("sortBy") or request.query("sortOrder"):
        text = "Sorting capability is not supported in this version of the API."
        raise application_error(501, "APP-65002", "Sorting not supported.", text)
    limit, offset = request.number("limit", _DEFAULT_LIMIT), max(request.number("offset", 0), 0)
    if limit < 1:
        raise invalid_input("limit must be greater than or equal to 1")
    limit = min(limit, _MOST)
    wanted = _filter(request)
    rows = [one for one in _all(request) if not wanted or any(_holds(every, one) for every in wanted)]
    page = rows[offset : offset + limit]
    attributes = _attributes(request) | {one.attribute for every in wanted for one in every} - {"name"}
    return answer(
        {
            "totalResults": len(rows),
            "startIndex": offset + 1,
            "count": len(page),
            "applications": [list_item(request, one, attributes) for one in page],
            "links": _links(request, limit, offset, len(rows)),
        }
    )


def _all(request: TenantRequest) -> list[Application]:
    own = list(request.tenant.applications.values())
    if request.flag("excludeSystemPortals"):
        return own
    return [*portals(request.tenant.name).values(), *own]


def _attributes(request: TenantRequest) -> set[str]:
    asked = request.query("attributes").rstrip(",")
    attributes = set(asked.split(",")) if asked else set()
    if not attributes <= set(_ATTRIBUTES):
        text = "Invalid attribute name provided as required attribute."
        raise application_error(400, "APP-60505", "Invalid attribute name.", text)
    return attributes


def _filter(request: TenantRequest) -> list[list[Condition]]:
    """Of the alternatives, all conditions of one must hold; no filter, no alternatives."""
    expression = request.query("filter")
    if not expression:
        return []
    try:
        wanted = alternatives(expression, ("eq", "co", "sw", "ew"))
    except BadFilter:
        text = "Filter needs to be in the format <attribute>+<operation>+<value>. Eg: name+eq+john"
        raise application_error(400, "APP-60004", "Invalid filter query format.", text) from None
    unknown = [one.attribute for every in wanted for one in every if one.attribute not in _FILTERED]
    if unknown:
        text = f"Filtering cannot be done with the '{unknown[0]}' attribute."
        message = "Filtering using the attempted attribute is not supported."
        raise application_error(400, "APP-60004", message, text)
    return wanted


def _holds(conditions: list[Condition], application: Application) -> bool:
    known = {
        "name": application.name,
        "clientId": inbound_key(application, "oidc"),
        "issuer": inbound_key(application, "saml"),
    }
    return all(one.holds(known[one.attribute]) for one in conditions)


def _links(request: TenantRequest, limit: int, offset: int, total: int) -> list[dict[str, str]]:
    """The next page and the previous one, which is shorter where there is not a whole one."""

    def link(rel: str, at: int, count: int) -> dict[str, str]:
        asked, expression = request.query("attributes"), request.query("filter")
        rest = f"&attributes={asked}" if asked else ""
        rest += "&filter=" + expression.replace(" ", "+") if expression else ""
        return {"rel": rel, "href": f"{request.path('/applications')}?offset={at}&limit={count}{rest}"}

    links = [link("next", offset + limit, limit)] if offset + limit < total else []
    if offset == 0:
        return links
    at = offset - limit
    while at >= max(total, 1):
        at -= limit
    return [*links, link("previous", at, limit) if at >= 0 else link("previous", 0, offset)]
