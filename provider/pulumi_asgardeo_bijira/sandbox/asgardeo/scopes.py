"""The scopes of an API resource, alone and in the whole organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..http import answer, empty
from .errors import api_error
from .filters import BadFilter, conditions
from .model import Scope
from .system import OIDC_SCOPES, RESTRICTED_SCOPE_PREFIXES, system_apis
from .wire import Body, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from .calls import Call
    from .model import ApiResource, Tenant

__all__ = (
    "ScopeBody",
    "change",
    "change_by_id",
    "checked",
    "delete",
    "delete_by_id",
    "every",
    "find_api",
    "listed",
    "own_api",
    "replace",
    "scope_document",
)


class ScopeBody(Body):
    """A scope to make."""

    name: str = ""
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
    if api is not None and api.is_system:
        raise api_error(403, 60012, "System API resources cannot be modified.")
    return api


def checked(tenant: Tenant, bodies: Iterable[ScopeBody], besides: ApiResource | None = None) -> list[Scope]:
    """New scopes, if the organisation may have them all; those of the API `besides` do not count as taken."""
    scopes: dict[str, Scope] = {}
    for body in bodies:
        _check_name(body.name)
        scopes.setdefault(body.name, _new_scope(body))
    bodies_count = len(list(bodies))
    owners = [tenant.scope_owner(name) for name in scopes]
    if bodies_count != len(scopes) or any(owner is not None and owner is not besides for owner in owners):
        raise api_error(409, 60004, "Scope already exists.", "A scope with this name exists in the organization.")
    return list(scopes.values())


def listed(call: Call) -> Response:
    """GET the scopes of one API."""
    api = find_api(call.tenant, call.part("id"))
    if api is None:
        raise api_not_found()
    return answer([{**scope_document(scope), "apiID": api.id} for scope in api.scopes])


def every(call: Call) -> Response:
    """GET the scopes of the whole organisation."""
    apis = [*system_apis(call.tenant.name), *call.tenant.apis.values()]
    found = [scope for api in apis for scope in api.scopes]
    expression = call.query("filter")
    if expression:
        try:
            wanted = conditions(expression, "and", ("eq", "ne", "co", "sw", "ew"))
        except BadFilter:
            raise api_error(400, 60001, "Invalid filter format.") from None
        if any(condition.attribute != "name" for condition in wanted):
            raise api_error(400, 60007, "Invalid search attribute.")
        found = [scope for scope in found if all(condition.holds(scope.name) for condition in wanted)]
    return answer([scope_document(scope) for scope in found])


def replace(call: Call) -> Response:
    """PUT all scopes of an API: the former ones are deleted, with everything that hangs on them."""
    api = own_api(call.tenant, call.part("id"))
    if api is None:
        raise api_not_found()
    scopes = checked(call.tenant, call.read_list(ScopeBody), besides=api)
    call.tenant.forget_scopes({scope.id for scope in api.scopes})
    api.scopes = scopes
    return empty(204)


def change(call: Call) -> Response:
    """PATCH a scope by its name, which is looked up in the whole organisation."""
    own_api(call.tenant, call.part("id"))
    body = call.read(ScopeChange)
    owner = call.tenant.scope_owner(call.part("name"))
    _apply(owner.scope(call.part("name")) if owner else None, body)
    return empty(204)


def change_by_id(call: Call) -> Response:
    """PATCH a scope by its id; unlike the other changes it answers 200."""
    api = own_api(call.tenant, call.part("id"))
    body = call.read(ScopeChange)
    _apply(_by_id(api, call.part("scope")), body)
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


def api_not_found() -> Exception:
    """No such API."""
    return api_error(404, 60002, "API resource not found.", "No API resource is found with the given id.")


def _check_name(name: str) -> None:
    if not name.strip():
        raise api_error(400, 60005, "Scope name is required.")
    if name.startswith(RESTRICTED_SCOPE_PREFIXES):
        raise api_error(400, 60008, "Restricted scope.", "The scope name begins with a restricted prefix.")
    if name in OIDC_SCOPES:
        raise api_error(400, 60009, "Scope is an OIDC scope.", "An OpenID Connect scope with this name exists.")


def _new_scope(body: ScopeBody) -> Scope:
    return Scope(name=body.name, display_name=body.display_name or body.name, description=body.description)


def _by_id(api: ApiResource | None, id: str) -> Scope | None:
    return next((scope for scope in api.scopes if scope.id == id), None) if api else None


def _apply(scope: Scope | None, body: ScopeChange) -> None:
    if scope is None:
        raise api_error(404, 60005, "Scope not found.", "No scope is found with the given name.")
    if body.display_name:
        scope.display_name = body.display_name
    if body.description is not None:
        scope.description = body.description


def _delete(tenant: Tenant, api: ApiResource | None, scope: Scope | None) -> None:
    if api is not None and scope is not None:
        api.scopes.remove(scope)
        tenant.forget_scopes({scope.id})
