"""Requests to the control plane, and who may send them: whoever has a token with one of the scopes of the endpoint."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..web.bodies import Malformed
from ..web.errors import ApiError
from ..web.request import Request, integer
from ..web.responses import answer
from ..web.routes import Route
from .exceptions import bad_request, forbidden, not_found, unauthenticated
from .models import IMPORT_EXPORT
from .token_endpoint import claims_of

if TYPE_CHECKING:
    from starlette.requests import Request as HttpRequest
    from starlette.responses import Response

    from .models import Application, Organization

__all__ = ("ADMIN", "EVERYWHERE", "V2", "ControlPlaneRequest", "ControlPlaneRoute", "Shape", "shaped")

Kind = Literal["text", "texts", "list", "object", "number", "flag"]
#: What the members of a body are, where they are there.
Shape = Mapping[str, Kind]

V2, _V3 = "/api/am/devportal/v2", "/api/am/devportal/v3"
ADMIN = ("/api/am/admin/v4",)
EVERYWHERE = (V2, _V3, *ADMIN)
_PAGE = 25
_DISALLOWED = "One or more request body parameters contain disallowed values."


@dataclass(frozen=True)
class ControlPlaneRequest(Request):
    """A request that may be handled: the token is good and has one of the scopes of the endpoint."""

    base: str
    organization: Organization
    subject: str
    granted: frozenset[str]

    def number(self, name: str, default: int) -> int:
        """A query parameter that is a number; the platform does not find an endpoint for anything else."""
        given = self.query(name)
        found = integer(given) if given else default
        if found is None:
            raise ApiError(404)
        return max(found, 0)

    def json_object(self, shape: Shape) -> dict[str, Any]:
        """The body, which must be an object of this shape."""
        return shaped(self._json(), shape)

    def json_list(self, shape: Shape) -> list[dict[str, Any]]:
        """The body, which must be a list of objects of this shape."""
        found = self._json()
        if not isinstance(found, list):
            raise bad_request(_DISALLOWED)
        return [shaped(item, shape) for item in found]

    def text(self, body: dict[str, Any], name: str) -> str:
        """A member of the body that must be there."""
        value = body.get(name)
        if not isinstance(value, str) or not value:
            raise bad_request(f"{name} must not be null or empty.")
        return value

    def may_use(self, application: Application) -> bool:
        """Whether the caller owns it, or moves applications for their owners."""
        return application.owner == self.subject or IMPORT_EXPORT in self.granted

    def application(self, id: str | None = None) -> Application:
        """One that the caller may use; those of others are forbidden, or do not exist where they are hidden."""
        wanted = id or self.param("id")
        found = self.organization.applications.get(wanted)
        if found is not None and self.may_use(found):
            return found
        if found is None or self.organization.hides_applications_of_others:
            raise not_found(f"Requested application with Id '{wanted}' not found")
        raise forbidden(f"You don't have permission to access the application with Id {wanted}")

    def pending(self, document: dict[str, Any], usual: int) -> Response:
        """The answer to a request whose outcome waits for somebody's approval, as the server is set up."""
        how = self.organization.pending_answer
        if how == "workflow":
            return answer({"workflowStatus": "CREATED", "jsonPayload": ""}, 202)
        return answer(document, usual if how == "created" else 202)

    def page(self, rows: list[dict[str, Any]], path: str) -> Response:
        """A page of a list, with relative links."""
        limit, offset = self.number("limit", _PAGE), self.number("offset", 0)
        shown = rows[offset : offset + limit]
        paging: dict[str, Any] = {}
        if shown or not offset:
            following = f"{path}?limit={limit}&offset={offset + limit}" if offset + limit < len(rows) else ""
            former = f"{path}?limit={limit}&offset={max(0, offset - limit)}" if offset else ""
            paging = {"offset": offset, "limit": limit, "total": len(rows), "next": following, "previous": former}
        return answer({"count": len(shown), "list": shown, "pagination": paging})

    def _json(self) -> Any:
        if not self.body:
            raise bad_request("Request payload cannot be empty.")
        try:
            return self.json()
        except Malformed:
            raise bad_request("Malformed request body.") from None


def shaped(found: object, shape: Shape) -> dict[str, Any]:
    """An object of this shape, or a refusal."""
    if not isinstance(found, dict):
        raise bad_request(_DISALLOWED)
    return {name: _read(value, shape[name]) if name in shape else value for name, value in found.items()}


def _read(value: object, kind: Kind) -> Any:
    """A member as the server reads it: what is a number or a flag is a text too, and null is anything."""
    match kind, value:
        case _, None:
            return None
        case "text", str():
            return value
        case "text", bool() | int() | float():
            return json.dumps(value)
        case "texts", list():
            return [_read(one, "text") for one in value]
        case ("list", list()) | ("object", dict()) | ("flag", bool()):
            return value
        case "number", int() | float():
            return int(value)
    raise bad_request(_DISALLOWED)


@dataclass(frozen=True)
class ControlPlaneRoute(Route):
    """An endpoint of the developer-portal API in both versions, or of another."""

    bases: tuple[str, ...] = (V2, _V3)

    async def admit(self, http: HttpRequest, base: str) -> ControlPlaneRequest:
        """Token, organisation, scope. Only v2 names the organisation."""
        plain = await Route.admit(self, http, base)
        claims = claims_of(plain.store, plain.bearer_token())
        if claims is None:
            raise unauthenticated()
        named, organizations = http.query_params.get("organizationId"), plain.store.bijira
        organization = organizations.get(named or "") if base == V2 else next(iter(organizations.values()), None)
        if organization is None:
            raise not_found(f"There is no organization {named or 'without the query organizationId'}")
        granted = frozenset(str(claims.get("scope", "")).split()) & frozenset(organization.management_scopes)
        if self.scopes and not granted & set(self.scopes):
            raise unauthenticated()
        return ControlPlaneRequest(http, plain.store, plain.body, base, organization, str(claims["sub"]), granted)
