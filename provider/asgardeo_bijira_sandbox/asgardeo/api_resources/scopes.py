"""The scopes of an API resource, alone and in the whole organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.responses import answer, empty
from ..bodies import Body, shown
from ..claims.catalogue import oidc_scopes
from ..exceptions import api_resource_error
from ..filters import conditions_on_apis
from ..models import Scope
from ..system import RESTRICTED_SCOPE_PREFIXES, system_apis
from .lookup import known_api, own_api, refuse_system

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from ..models import ApiResource, Tenant
    from ..request import TenantRequest

__all__ = ("ScopeBody", "checked", "scope_document")


class ScopeBody(Body):
    """A scope to make."""

    name: str
    display_name: str | None = None
    description: str | None = None


class ScopeChange(Body):
    """A scope to change."""

    display_name: str | None = None
    description: str | None = None


def scope_document(scope: Scope) -> dict[str, Any]:
    """A scope as it is served."""
    return shown(id=scope.id, name=scope.name, displayName=scope.display_name, description=scope.description)


def checked(tenant: Tenant, bodies: Iterable[ScopeBody], besides: ApiResource | None = None) -> list[Scope]:
    """New scopes, if the organisation may have them all; those of the API `besides` do not count as taken."""
    scopes: dict[str, Scope] = {}
    for body in bodies:
        _check_name(tenant, body.name)
        _check_lengths(body)
        scopes.setdefault(body.name, _new_scope(body))
    bodies_count = len(list(bodies))
    owners = [tenant.scope_owner(name) for name in scopes]
    if bodies_count != len(scopes) or any(owner is not None and owner is not besides for owner in owners):
        raise api_resource_error(
            409, 60004, "Scope already exists.", "A scope with this name exists in the organization."
        )
    return list(scopes.values())


def listed(request: TenantRequest) -> Response:
    """GET the scopes of one API."""
    api = known_api(request)
    return answer([{**scope_document(scope), "apiID": api.id} for scope in api.scopes])


def every(request: TenantRequest) -> Response:
    """GET the scopes of the whole organisation, each with the API that it belongs to."""
    apis = [*system_apis(request.tenant.name), *request.tenant.apis.values()]
    wanted = conditions_on_apis(request.query("filter"), "name")
    return answer(
        [
            {**scope_document(scope), "apiID": api.id}
            for api in apis
            for scope in api.scopes
            if all(one.holds(scope.name) for one in wanted)
        ]
    )


def replace(request: TenantRequest) -> Response:
    """PUT all scopes of an API: the former ones are deleted, with everything that hangs on them."""
    bodies, api = request.read_list(ScopeBody), known_api(request)
    refuse_system(api)
    scopes = checked(request.tenant, bodies, besides=api)
    request.tenant.forget_scopes({scope.id for scope in api.scopes})
    api.scopes = scopes
    return empty(204)


def update(request: TenantRequest) -> Response:
    """PATCH a scope by its name, which is looked up in the whole organisation."""
    body, api, name = request.read(ScopeChange), known_api(request), request.param("name")
    owner = request.tenant.scope_owner(name) or next(
        (one for one in system_apis(request.tenant.name) if one.scope(name)), None
    )
    scope = owner.scope(name) if owner else None
    if scope is None:
        raise api_resource_error(404, 60005, "Invalid scope name provided.", "Scope name is required.")
    refuse_system(api)
    _apply(scope, body)
    return empty(204)


def update_by_id(request: TenantRequest) -> Response:
    """PATCH a scope of this API by its id; unlike the other changes it answers 200."""
    body, api = request.read(ScopeChange), known_api(request)
    scope = _by_id(api, request.param("scope"))
    if scope is None:
        raise api_resource_error(404, 60017, "Invalid scope id provided.", "Scope id is required.")
    refuse_system(api)
    _apply(scope, body)
    return empty(200)


def delete(request: TenantRequest) -> Response:
    """DELETE a scope by its name; one that does not exist is no error."""
    api = own_api(request.tenant, request.param("id"))
    _delete(request.tenant, api, api.scope(request.param("name")) if api else None)
    return empty(204)


def delete_by_id(request: TenantRequest) -> Response:
    """DELETE a scope by its id."""
    api = own_api(request.tenant, request.param("id"))
    _delete(request.tenant, api, _by_id(api, request.param("scope")))
    return empty(204)


def _check_name(tenant: Tenant, name: str) -> None:
    if not name.strip():
        raise api_resource_error(400, 60005, "Invalid scope name provided.", "Scope name is required.")
    if name.startswith(RESTRICTED_SCOPE_PREFIXES):
        raise api_resource_error(400, 60008, "Restricted scope name provided.", "Scope name is restricted.")
    if name in oidc_scopes(tenant):
        text = "An OpenID Connect scope with this name exists."
        raise api_resource_error(400, 60009, "Existing OIDC scope name provided.", text)


def _new_scope(body: ScopeBody) -> Scope:
    shown = body.name if body.display_name is None else body.display_name
    return Scope(name=body.name, display_name=shown, description=body.description)


def _check_lengths(body: ScopeBody) -> None:
    """As with APIs, the table has no room for more."""
    room = ((body.name, 255), (body.display_name, 255), (body.description, 300))
    if any(value is not None and len(value) > most for value, most in room):
        raise api_resource_error(500, 65003, "Error while storing the scope.")


def _by_id(api: ApiResource | None, id: str) -> Scope | None:
    return next((scope for scope in api.scopes if scope.id == id), None) if api else None


def _apply(scope: Scope, body: ScopeChange) -> None:
    if body.display_name and body.display_name.strip():
        scope.display_name = body.display_name
    if body.description is not None:
        scope.description = body.description


def _delete(tenant: Tenant, api: ApiResource | None, scope: Scope | None) -> None:
    if api is not None and scope is not None:
        api.scopes.remove(scope)
        tenant.forget_scopes({scope.id})
