"""Requests to the control plane, and who may send them: whoever has a token with one of the scopes of the endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..web.bodies import Malformed
from ..web.request import Request
from ..web.responses import answer
from ..web.routes import Route
from .exceptions import bad_request, forbidden, not_found, unauthenticated
from .token_endpoint import claims_of

if TYPE_CHECKING:
    from starlette.requests import Request as HttpRequest
    from starlette.responses import Response

    from .models import Application, Organization

__all__ = ("ADMIN", "ControlPlaneRequest", "ControlPlaneRoute")

_V2, _V3 = "/api/am/devportal/v2", "/api/am/devportal/v3"
ADMIN = ("/api/am/admin/v4",)
_PAGE = 25


@dataclass(frozen=True)
class ControlPlaneRequest(Request):
    """A request that may be handled: the token is good and has one of the scopes of the endpoint."""

    organization: Organization
    subject: str

    def number(self, name: str, default: int) -> int:
        """A query parameter that is a number."""
        given = self.query(name)
        return int(given) if given.isdecimal() else default

    def json_object(self) -> dict[str, Any]:
        """The body, which must be an object."""
        found = self._json()
        if not isinstance(found, dict):
            raise bad_request("The request body is not a JSON object.")
        return found

    def json_list(self) -> list[dict[str, Any]]:
        """The body, which must be a list of objects."""
        found = self._json()
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise bad_request("The request body is not a JSON list of objects.")
        return found

    def text(self, body: dict[str, Any], name: str) -> str:
        """A member of the body that must be there."""
        value = body.get(name)
        if not isinstance(value, str) or not value:
            raise bad_request(f"{name} must not be null or empty.")
        return value

    def application(self, id: str | None = None) -> Application:
        """An application of the caller's; those of others are forbidden, or do not exist where they are hidden."""
        wanted = id or self.param("id")
        found = self.organization.applications.get(wanted)
        if found is not None and found.owner == self.subject:
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
        try:
            return self.json()
        except Malformed:
            return None


@dataclass(frozen=True)
class ControlPlaneRoute(Route):
    """An endpoint of the developer-portal API in both versions, or of another."""

    bases: tuple[str, ...] = (_V2, _V3)

    async def admit(self, http: HttpRequest, base: str) -> ControlPlaneRequest:
        """Token, organisation, scope. Only v2 names the organisation."""
        plain = await Route.admit(self, http, base)
        claims = claims_of(plain.store, plain.bearer_token())
        if claims is None:
            raise unauthenticated()
        named, organizations = http.query_params.get("organizationId"), plain.store.bijira
        organization = organizations.get(named or "") if base == _V2 else next(iter(organizations.values()), None)
        if organization is None:
            raise not_found(f"There is no organization {named}")
        granted = set(str(claims.get("scope", "")).split())
        if self.scopes and not granted & set(self.scopes) & set(organization.management_scopes):
            raise unauthenticated()
        return ControlPlaneRequest(http, plain.store, plain.body, organization, str(claims["sub"]))
