"""One call of the developer-portal API: who calls, in which organisation, with what.

A handler is a plain function of a call. As it awaits nothing, what it reads and what it commits belong together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from ..web.http import Malformed, answer, bearer_token, json_of
from .exceptions import bad_request, forbidden, not_found, unauthenticated
from .token_endpoint import claims_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ..store import Store
    from .models import Application, Organization

    Handler = Callable[["Call"], Response]

__all__ = ("ADMIN", "BASES", "Call", "Handler", "endpoints")

BASES = ("/api/am/devportal/v2", "/api/am/devportal/v3")
ADMIN = ("/api/am/admin/v4",)
_PAGE = 25


@dataclass(frozen=True)
class Call:
    """A call that may be made: the token is good and has one of the scopes of the endpoint."""

    store: Store
    organization: Organization
    request: Request
    body: bytes
    subject: str

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def query(self, name: str) -> str:
        """A query parameter."""
        return self.request.query_params.get(name, "")

    def number(self, name: str, default: int) -> int:
        """A query parameter that is a number."""
        given = self.query(name)
        if not given.isdecimal():
            return default
        return int(given)

    def json(self) -> dict[str, Any]:
        """The body, which must be an object."""
        try:
            found = json_of(self.body)
        except Malformed:
            found = None
        if not isinstance(found, dict):
            raise bad_request("The request body is not a JSON object.")
        return found

    def json_list(self) -> list[dict[str, Any]]:
        """The body, which must be a list of objects."""
        try:
            found = json_of(self.body)
        except Malformed:
            found = None
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
        wanted = id or self.part("id")
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


def endpoints(
    path: str, bases: tuple[str, ...] = BASES, **handlers: tuple[tuple[str, ...], Handler]
) -> list[BaseRoute]:
    """The routes of a path in all versions: for each verb the scopes of which one is needed, and its handler."""
    return [
        Route(base + path, _guarded(scopes, handler, needs_organization=base.endswith("/v2")), methods=[verb.upper()])
        for base in bases
        for verb, (scopes, handler) in handlers.items()
    ]


def _guarded(scopes: tuple[str, ...], handler: Handler, *, needs_organization: bool) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        body = await request.body()
        store: Store = request.app.state.store
        claims = claims_of(store, bearer_token(request))
        if claims is None:
            raise unauthenticated()
        granted = set(str(claims.get("scope", "")).split())
        named = request.query_params.get("organizationId")
        organization = store.bijira.get(named or "") if needs_organization else next(iter(store.bijira.values()), None)
        if organization is None:
            raise not_found(f"There is no organization {named}")
        if scopes and not granted & set(scopes) & set(organization.management_scopes):
            raise unauthenticated()
        return handler(Call(store, organization, request, body, str(claims["sub"])))

    return endpoint
