"""The APIs that an application may ask for scopes of: `/applications/{id}/authorized-apis`."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from ..http import answer, empty
from .errors import application_error, not_permitted
from .model import ApiResource, Application, AuthorizedApi
from .oidc import own_application
from .scopes import find_api
from .wire import Body

if TYPE_CHECKING:
    from starlette.responses import Response

    from .calls import Call

__all__ = ("add", "change", "listed", "remove")

_POLICIES = {"RBAC": "RBAC", "NO POLICY": "NO POLICY", "": "RBAC"}
_BUSINESS = "internal_application_business_api_update"
_INTERNAL = "internal_application_internal_api_update"


class AuthorizationBody(Body):
    """An API to authorise."""

    id: str
    policy_identifier: str = ""
    scopes: list[str] = []
    authorization_details_types: list[str] = []


class AuthorizationChange(Body):
    """Scopes to add and to remove."""

    added_scopes: list[str] = []
    removed_scopes: list[str] = []
    added_authorization_details_types: list[str] = []
    removed_authorization_details_types: list[str] = []


def add(call: Call) -> Response:
    """POST: answers 200 without a body."""
    application = own_application(call)
    body = call.read(AuthorizationBody)
    api = find_api(call.tenant, body.id)
    if api is None:
        raise application_error(400, "APP-60507", "API resource not found.", f"There is no API resource {body.id}.")
    _check_operation(call, api)
    policy = _POLICIES.get(body.policy_identifier.upper())
    if policy is None:
        raise application_error(400, "APP-60511", "Invalid policy.", "The policy is neither RBAC nor No Policy.")
    if api.requires_authorization and policy != "RBAC":
        text = "An API that requires authorization takes RBAC only."
        raise application_error(400, "APP-60512", "Invalid policy.", text)
    if api.id in application.authorized:
        text = "The API is authorized already."
        raise application_error(409, "APP-60509", "Conflict", text)
    application.authorized[api.id] = AuthorizedApi(policy=policy, scopes=_ids(api, body.scopes))
    return empty(200)


def listed(call: Call) -> Response:
    """GET: a bare array in no order."""
    application = own_application(call)
    rows = [_row(call, api_id, entry) for api_id, entry in application.authorized.items()]
    random.shuffle(rows)
    return answer(rows)


def change(call: Call) -> Response:
    """PATCH the scopes; those that are there already are no failure."""
    application, api = _both(call)
    body = call.read(AuthorizationChange)
    if api is None or api.id not in application.authorized:
        raise application_error(400, "APP-60510", "API is not authorized.", "The API is not authorized.")
    _check_operation(call, api)
    added, removed = _ids(api, body.added_scopes), _ids(api, body.removed_scopes)
    entry = application.authorized[api.id]
    kept = [scope for scope in entry.scopes if scope not in removed]
    entry.scopes = [*kept, *(scope for scope in added if scope not in kept)]
    return empty(200)


def remove(call: Call) -> Response:
    """DELETE: one that is not authorised is as good as removed."""
    application, api = _both(call)
    if api is not None:
        _check_operation(call, api)
    application.authorized.pop(call.part("apiId"), None)
    return empty(204)


def _both(call: Call) -> tuple[Application, ApiResource | None]:
    return own_application(call), find_api(call.tenant, call.part("apiId"))


def _check_operation(call: Call, api: ApiResource) -> None:
    if not call.holds(_INTERNAL if api.is_system else _BUSINESS):
        raise not_permitted()


def _ids(api: ApiResource, names: list[str]) -> list[str]:
    ids = []
    for name in names:
        scope = api.scope(name)
        if scope is None:
            text = f"The scope {name} is not one of the API {api.identifier}."
            raise application_error(400, "APP-60508", "Scope not found.", text)
        ids.append(scope.id)
    return ids


def _row(call: Call, api_id: str, entry: AuthorizedApi) -> dict[str, Any]:
    api = find_api(call.tenant, api_id)
    scopes = [scope for scope in api.scopes if scope.id in entry.scopes] if api else []
    return {
        "id": api_id,
        "identifier": api.identifier if api else None,
        "displayName": api.name if api else None,
        "policyId": entry.policy,
        "type": api.type if api else None,
        "authorizedScopes": [{"id": one.id, "name": one.name, "displayName": one.display_name} for one in scopes],
        "authorizedAuthorizationDetailsTypes": [],
    }
