"""The scopes of an API resource, alone and in the whole organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.http import answer, empty
from ..bodies import Body, shown
from ..exceptions import api_error
from ..filters import conditions_on_apis
from ..models import Scope
from ..system import OIDC_SCOPES, RESTRICTED_SCOPE_PREFIXES, system_apis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from ..models import ApiResource, Tenant
    from ..request import Call

__all__ = (
    "ScopeBody",
    "change",
    "change_by_id",
    "checked",
    "delete",
    "delete_by_id",
    "every",
    "find_api",
    "known_api",
    "listed",
    "own_api",
    "refuse_system",
    "replace",
    "scope_document",
)


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


def find_api(tenant: Tenant, id: str) -> ApiResource | None:
    """An API of the organisation or of the platform."""
    system = (api for api in system_apis(tenant.name) if api.id == id)
    return tenant.apis.get(id) or next(system, None)


def own_api(tenant: Tenant, id: str) -> ApiResource | None:
    """An API that may be changed; None where there is none."""
    api = find_api(tenant, id)
    if api is not None:
        refuse_system(api)
    return api


def known_api(call: Call) -> ApiResource:
    """The API of the path, be it the platform's."""
    api = find_api(call.tenant, call.part("id"))
    if api is None:
        text = f"Unable to find the API resource with the id: {call.part('id')} in the tenant domain."
        raise api_error(404, 60002, "Unable to find the API resource.", text)
    return api


def refuse_system(api: ApiResource) -> None:
    """What is the platform's own is not changed."""
    if api.is_system:
        text = "Cannot modify or delete the read-only System APIs."
        raise api_error(403, 60012, "Cannot modify or delete System APIs.", text)


def checked(tenant: Tenant, bodies: Iterable[ScopeBody], besides: ApiResource | None = None) -> list[Scope]:
    """New scopes, if the organisation may have them all; those of the API `besides` do not count as taken."""
    scopes: dict[str, Scope] = {}
    for body in bodies:
        _check_name(body.name)
        _check_lengths(body)
        scopes.setdefault(body.name, _new_scope(body))
    bodies_count = len(list(bodies))
    owners = [tenant.scope_owner(name) for name in scopes]
    if bodies_count != len(scopes) or any(owner is not None and owner is not besides for owner in owners):
        raise api_error(409, 60004, "Scope already exists.", "A scope with this name exists in the organization.")
    return list(scopes.values())


def listed(call: Call) -> Response:
    """GET the scopes of one API."""
    api = known_api(call)
    return answer([{**scope_document(scope), "apiID": api.id} for scope in api.scopes])


def every(call: Call) -> Response:
    """GET the scopes of the whole organisation."""
    apis = [*system_apis(call.tenant.name), *call.tenant.apis.values()]
    wanted = conditions_on_apis(call.query("filter"), "name")
    found = (scope for api in apis for scope in api.scopes if all(one.holds(scope.name) for one in wanted))
    return answer([scope_document(scope) for scope in found])


def replace(call: Call) -> Response:
    """PUT all scopes of an API: the former ones are deleted, with everything that hangs on them."""
    bodies, api = call.read_list(ScopeBody), known_api(call)
    refuse_system(api)
    scopes = checked(call.tenant, bodies, besides=api)
    call.tenant.forget_scopes({scope.id for scope in api.scopes})
    api.scopes = scopes
    return empty(204)


def change(call: Call) -> Response:
    """PATCH a scope by its name, which is looked up in the whole organisation."""
    body, api, name = call.read(ScopeChange), known_api(call), call.part("name")
    owner = call.tenant.scope_owner(name) or next(
        (one for one in system_apis(call.tenant.name) if one.scope(name)), None
    )
    scope = owner.scope(name) if owner else None
    if scope is None:
        raise api_error(404, 60005, "Invalid scope name provided.", "Scope name is required.")
    refuse_system(api)
    _apply(scope, body)
    return empty(204)


def change_by_id(call: Call) -> Response:
    """PATCH a scope of this API by its id; unlike the other changes it answers 200."""
    body, api = call.read(ScopeChange), known_api(call)
    scope = _by_id(api, call.part("scope"))
    if scope is None:
        raise api_error(404, 60017, "Invalid scope id provided.", "Scope id is required.")
    refuse_system(api)
    _apply(scope, body)
    return empty(200)


def delete(call: Call) -> Response:
    """DELETE a scope by its name; one that is not there is as good as deleted."""
    api = own_api(call.tenant, call.part("id"))
    _delete(call.tenant, api, api.scope(call.part("name")) if api else None)
    return empty(204)


def delete_by_id(call: Call) -> Response:
    """DELETE a scope by its id."""
    api = own_api(call.tenant, call.part("id"))
    _delete(call.tenant, api, _by_id(api, call.part("scope")))
    return empty(204)


def _check_name(name: str) -> None:
    if not name.strip():
        raise api_error(400, 60005, "Invalid scope name provided.", "Scope name is required.")
    if name.startswith(RESTRICTED_SCOPE_PREFIXES):
        raise api_error(400, 60008, "Restricted scope name provided.", "Scope name is restricted.")
    if name in OIDC_SCOPES:
        text = "An OpenID Connect scope with this name exists."
        raise api_error(400, 60009, "Existing OIDC scope name provided.", text)


def _new_scope(body: ScopeBody) -> Scope:
    shown = body.name if body.display_name is None else body.display_name
    return Scope(name=body.name, display_name=shown, description=body.description)


def _check_lengths(body: ScopeBody) -> None:
    """As with APIs, the table has no room for more."""
    room = ((body.name, 255), (body.display_name, 255), (body.description, 300))
    if any(value is not None and len(value) > most for value, most in room):
        raise api_error(500, 65003, "Error while storing the scope.")


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
