"""The list of applications: `GET /applications`, counted by offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...web.responses import answer
from ..exceptions import application_error
from ..filters import BadFilter, alternatives
from ..paging import counted, limits
from .documents import inbound_key, list_item
from .lookup import portals

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..filters import Condition
    from ..models import Application
    from ..request import TenantRequest

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
    limit, offset = limits(request, 1)
    wanted = _filter(request)
    rows = [one for one in _all(request) if not wanted or any(_holds(every, one) for every in wanted)]
    attributes = _attributes(request) | {one.attribute for every in wanted for one in every} - {"name"}
    page, counts = counted(request, "/applications", rows, limit, max(offset, 0), _rest(request))
    return answer({**counts, "applications": [list_item(request, one, attributes) for one in page]})


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


def _rest(request: TenantRequest) -> str:
    """What else was asked, for the links."""
    asked, expression = request.query("attributes"), request.query("filter")
    rest = f"&attributes={asked}" if asked else ""
    return rest + "&filter=" + expression.replace(" ", "+") if expression else rest
