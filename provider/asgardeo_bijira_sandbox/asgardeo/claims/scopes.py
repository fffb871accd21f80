"""The scopes of OpenID Connect: `/oidc/scopes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.responses import answer, empty
from ..bodies import Body
from ..exceptions import application_error
from .catalogue import oidc_claims, oidc_scopes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from ..request import TenantRequest


class ScopeChange(Body):
    """What a scope shall be."""

    display_name: str
    description: str | None = None
    claims: list[str]


class ScopeBody(ScopeChange):
    """A scope to make."""

    name: str


def listed(request: TenantRequest) -> Response:
    """GET all of them, each with its claims."""
    return answer([{"name": name, **kept} for name, kept in oidc_scopes(request.tenant).items()])


def read(request: TenantRequest) -> Response:
    """GET one; its id is its name."""
    name = request.param("id")
    return answer({"name": name, **_known(request, name)})


def create(request: TenantRequest) -> Response:
    """POST: answers with the address alone."""
    body = request.read(ScopeBody)
    what = f"Server encountered an error while adding OIDC scope: {body.name}"
    if not body.name.strip():
        raise application_error(400, "OAUTH-60001", what, "The scope can't be empty.")
    if body.name in oidc_scopes(request.tenant):
        raise application_error(409, "41004", what, f"The scope name {body.name} already exists.")
    _check_claims(request, body.claims, what)
    request.tenant.claims.scopes[body.name] = _kept(body)
    return empty(201, {"Location": request.url(f"/oidc/scopes/{body.name}")})


def update(request: TenantRequest) -> Response:
    """PUT: claims as they are sent."""
    name, body = request.param("id"), request.read(ScopeChange)
    _known(request, name)
    _check_claims(request, body.claims, f"Server encountered an error while updating OIDC scope: {name}")
    request.tenant.claims.scopes[name] = _kept(body)
    return empty(200)


def delete(request: TenantRequest) -> Response:
    """DELETE: one that does not exist is no error."""
    name = request.param("id")
    if name in oidc_scopes(request.tenant):
        request.tenant.claims.scopes[name] = None
    return empty(204)


def _known(request: TenantRequest, name: str) -> dict[str, Any]:
    found = oidc_scopes(request.tenant).get(name)
    if found is None:
        what = f"Server encountered an error while retrieving OIDC scope: {name}"
        raise application_error(404, "41003", what, f"There is no OIDC scope {name}.")
    return found


def _kept(body: ScopeChange) -> dict[str, Any]:
    return {"displayName": body.display_name, "description": body.description or "", "claims": body.claims}


def _check_claims(request: TenantRequest, claims: Iterable[str], what: str) -> None:
    known = oidc_claims(request.tenant)
    unknown = next((one for one in claims if one not in known), None)
    if unknown is not None:
        raise application_error(400, "OAUTH-60001", what, f"There is no OIDC claim {unknown}.")
