"""The APIs that an application may ask for scopes of: `/applications/{id}/authorized-apis`."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from ...web.responses import empty
from ..api_resources.lookup import find_api
from ..bodies import Body
from ..exceptions import application_error, not_permitted
from ..models import ApiResource, AuthorizedApi
from ..oauth.revocation import withdraw_scopes
from .lookup import find_application, own_application

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from ..models import Application
    from ..request import TenantRequest

_POLICIES = {"RBAC": "RBAC", "NO POLICY": "NO POLICY", "": "RBAC"}
_BUSINESS = "internal_application_business_api_update"
_INTERNAL = "internal_application_internal_api_update"


class AuthorizationBody(Body):
    """An API to authorise."""

    id: str = ""
    policy_identifier: str = ""
    scopes: list[str] = []
    authorization_details_types: list[str] = []


class AuthorizationChange(Body):
    """Scopes and types of authorization details to add and to remove. What is in both is removed."""

    added_scopes: list[str] = []
    removed_scopes: list[str] = []
    added_authorization_details_types: list[str] = []
    removed_authorization_details_types: list[str] = []


def add(request: TenantRequest) -> Response:
    """POST: answers 200 without a body."""
    body, application = request.read(AuthorizationBody), own_application(request)
    if body.id in application.authorized:
        text = f"API resource with id: {body.id} is already authorized for the application with id: {application.id}."
        raise application_error(409, "APP-60509", "API resource already authorized.", text)
    api = _known_api(request, body.id)
    _check_operation(request, api)
    entry = AuthorizedApi(
        policy="RBAC",
        scopes=_scope_ids(api, body.scopes),
        details_types=_type_ids(api, body.authorization_details_types),
    )
    entry.policy = _policy(api, body.policy_identifier)
    if application.shared:
        raise application_error(400, "APP-60001", "Invalid Request.", "APIs of a shared application are inherited.")
    application.authorized[api.id] = entry
    return empty(200)


def listed(request: TenantRequest) -> Response:
    """GET: a bare array in no order."""
    application = find_application(request)
    rows = [_row(request, api_id, entry) for api_id, entry in application.authorized.items()]
    random.shuffle(rows)
    return request.show(rows)


def update(request: TenantRequest) -> Response:
    """PATCH: what is there already, or not there to be removed, is no failure."""
    body, application = request.read(AuthorizationChange), own_application(request)
    api = _known_api(request, request.param("apiId"))
    _check_operation(request, api)
    scopes = _scope_ids(api, _without(body.added_scopes, body.removed_scopes))
    removed = body.removed_authorization_details_types
    types = _type_ids(api, _without(body.added_authorization_details_types, removed))
    entry = application.authorized.get(api.id)
    if entry is None:
        text = f"API resource with id: {api.id} is not authorized for the application with id: {application.id}."
        raise application_error(400, "APP-60510", "API resource not authorized for the application.", text)
    gone = {scope.id for scope in api.scopes if scope.name in body.removed_scopes}
    entry.scopes = _merged(entry.scopes, scopes, gone)
    _narrow(request, application, api, gone)
    entry.details_types = _merged(
        entry.details_types, types, {one.id for one in api.details_types if one.type in removed}
    )
    return empty(200)


def remove(request: TenantRequest) -> Response:
    """DELETE: one that is not authorised is no error."""
    application, api = own_application(request), find_api(request.tenant, request.param("apiId"))
    if api is not None:
        _check_operation(request, api)
    entry = application.authorized.pop(request.param("apiId"), None)
    if entry is not None and api is not None:
        _narrow(request, application, api, set(entry.scopes))
    return empty(204)


def _narrow(request: TenantRequest, application: Application, api: ApiResource, gone: set[str]) -> None:
    """What an application is not authorised for its own roles cannot permit, nor its tokens carry."""
    for role in request.tenant.roles_of(application.id):
        role.permissions = [scope for scope in role.permissions if scope not in gone]
    withdraw_scopes(request.tenant, application, [scope.name for scope in api.scopes if scope.id in gone])


def _known_api(request: TenantRequest, id: str) -> ApiResource:
    api = find_api(request.tenant, id)
    if api is None:
        text = f"API resource with id: {id} is not found in the tenant domain: {request.tenant.name}."
        raise application_error(400, "APP-60507", "API resource not found.", text)
    return api


def _check_operation(request: TenantRequest, api: ApiResource) -> None:
    if not request.holds(_INTERNAL if api.is_system else _BUSINESS):
        raise not_permitted()


def _policy(api: ApiResource, sent: str) -> str:
    policy = _POLICIES.get(sent.strip().upper())
    if policy is None:
        text = "Invalid policy id value. It should be 'RBAC' or 'No Policy'."
        raise application_error(400, "APP-60511", "Invalid policy id value provided.", text)
    if api.requires_authorization and policy != "RBAC":
        text = f"API resource with id: {api.id} doesn't allow the provided policy type: {policy}."
        raise application_error(400, "APP-60512", "Invalid policy type provided for the API resource.", text)
    return policy


def _scope_ids(api: ApiResource, names: Sequence[str]) -> list[str]:
    known = {scope.name: scope.id for scope in api.scopes}
    if not set(names) <= set(known):
        text = f"One or more scopes in the request is not found for the API resource with Id: {api.id}."
        raise application_error(400, "APP-60508", "API scopes not found.", text)
    return [known[name] for name in dict.fromkeys(names)]


def _type_ids(api: ApiResource, types: Sequence[str]) -> list[str]:
    known = {one.type: one.id for one in api.details_types}
    if not set(types) <= set(known):
        text = f"One or more authorization detail types were not found for the API resource with ID '{api.id}'."
        raise application_error(400, "APP-60519", "API authorization details types not found.", text)
    return [known[type_] for type_ in dict.fromkeys(types)]


def _without(added: list[str], removed: list[str]) -> list[str]:
    return [one for one in added if one not in removed]


def _merged(current: list[str], added: list[str], gone: set[str]) -> list[str]:
    return [one for one in dict.fromkeys([*current, *added]) if one not in gone]


def _row(request: TenantRequest, api_id: str, entry: AuthorizedApi) -> dict[str, Any]:
    api = find_api(request.tenant, api_id)
    scopes = [scope for scope in api.scopes if scope.id in entry.scopes] if api else []
    types = [one for one in api.details_types if one.id in entry.details_types] if api else []
    return {
        "id": api_id,
        "identifier": api.identifier if api else None,
        "displayName": api.name if api else None,
        "policyId": entry.policy,
        "type": api.type if api else None,
        "authorizedScopes": [{"id": one.id, "name": one.name, "displayName": one.display_name} for one in scopes],
        "authorizedAuthorizationDetailsTypes": [{"id": one.id, "type": one.type, "name": one.name} for one in types],
    }
