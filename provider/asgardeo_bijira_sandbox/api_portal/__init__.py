"""The API Portal of WSO2 API Platform, v0.9: `/api-portal/api/v0.9/…`.

It follows what a real server answered, also where that differs from its published description. Not served: API keys,
webhooks, and what only its own pages use. A server has one organisation; this one has as many as the scenario.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Mount

from . import apis, applications, key_managers, keys, organizations, plans, subscriptions
from .exceptions import PREFIX
from .request import Door, Operation
from .validation import PAGING, Field, Schema

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from ..store import Store
    from .request import Handler

__all__ = ("routes",)

_JSON = ("application/json",)
_FORM = ("multipart/form-data",)
_TEXT = Field()

_APPLICATION = Schema({"displayName": _TEXT, "id": _TEXT, "description": _TEXT}, ("displayName", "description"))
_MANAGER_FIELDS = {
    "displayName": _TEXT,
    "id": _TEXT,
    "enabled": Field("boolean"),
    "tokenEndpoint": Field(uri=True),
}
_NEW_MANAGER = Schema(_MANAGER_FIELDS, ("displayName", "tokenEndpoint"), closed=True)
_MANAGER = Schema(_MANAGER_FIELDS, closed=True)
_KEYS = Schema(
    {"keyManager": _TEXT, "type": Field(allowed=("PRODUCTION", "SANDBOX")), "consumerKey": _TEXT},
    ("keyManager", "consumerKey"),
    closed=True,
)
_TOKEN = Schema(
    {"consumerSecret": _TEXT, "scopes": Field("array", items=_TEXT), "validityPeriod": Field("integer")},
    ("consumerSecret",),
)
_LIMIT = Schema(
    {
        "limitType": Field(allowed=("REQUEST_COUNT", "EVENT_COUNT", "BANDWIDTH", "TOTAL_TOKEN_COUNT")),
        "limitCount": Field("integer"),
        "timeAmount": Field("integer"),
    },
    ("limitCount",),
)
_PLAN = Schema(
    {"id": _TEXT, "refId": _TEXT, "displayName": _TEXT, "description": _TEXT, "limits": Field("array", items=_LIMIT)},
    ("displayName",),
    or_list=True,
)
_NEW_SUBSCRIPTION = Schema(
    {"artifactId": _TEXT, "subscriptionPlanId": _TEXT}, ("artifactId", "subscriptionPlanId"), closed=True
)
_SUBSCRIPTION = Schema({"status": Field(allowed=("ACTIVE", "INACTIVE"))}, ("status",), closed=True)
_CHANGED_PLAN = Schema({"artifactId": _TEXT, "planId": _TEXT}, ("planId",), closed=True)
_ORGANIZATION = Schema({"id": _TEXT, "displayName": _TEXT, "idpRefId": _TEXT}, ("displayName", "id", "idpRefId"))


def routes(store: Store) -> list[BaseRoute]:
    """Every endpoint; the store is looked up anew for each request, as it may be an older one."""
    operations = (*_applications(), *_keys(), *_key_managers(), *_plans(), *_subscriptions(), *_apis(), *_rest())
    return [Mount(PREFIX, app=Door(lambda scope: scope["app"].state.store, operations))]


def _scopes(thing: str, *verbs: str) -> tuple[str, ...]:
    return tuple(f"dp:{thing}:{verb}" for verb in verbs)


def _applications() -> list[Operation]:
    one, takes = "/applications/{applicationId}", (*_JSON, *_FORM)

    def may(verb: str) -> tuple[str, ...]:
        return _scopes("application", verb, "manage")

    return [
        Operation("GET", "/applications", applications.listed, may("read"), query=PAGING),
        Operation("POST", "/applications", applications.create, may("create"), body=_APPLICATION, takes=takes),
        Operation("GET", one, applications.read, may("read")),
        Operation("PUT", one, applications.change, may("update"), body=_APPLICATION, takes=takes),
        Operation("DELETE", one, applications.delete, may("delete")),
        Operation("GET", f"{one}/api-keys", applications.api_keys, _scopes("api_key", "read", "manage"), query=PAGING),
    ]


def _keys() -> list[Operation]:
    application = "/applications/{applicationId}"
    mapping, may = f"{application}/oauth-keys/{{keyMappingId}}", _scopes("application_key", "create", "manage")
    return [
        Operation("POST", f"{application}/generate-keys", keys.map_client, may, body=_KEYS, takes=_JSON),
        Operation("POST", f"{mapping}/generate-token", keys.token, may, body=_TOKEN, takes=_JSON, needs_body=False),
        Operation("DELETE", mapping, keys.unmap, _scopes("application_key", "revoke")),
    ]


def _key_managers() -> list[Operation]:
    one, takes = "/key-managers/{kmId}", (*_JSON, *_FORM)

    def operation(
        method: str,
        path: str,
        handler: Handler,
        scopes: tuple[str, ...],
        query: tuple[str, ...] = (),
        body: Schema | None = None,
    ) -> Operation:
        return Operation(method, path, handler, scopes, True, query, body, takes if body else ())

    return [
        operation(
            "GET",
            "/key-managers",
            key_managers.listed,
            ("dp:key_manager:read", "dp:application_key_mapping:read"),
            PAGING,
        ),
        operation(
            "POST", "/key-managers", key_managers.create, _scopes("key_manager", "create", "manage"), body=_NEW_MANAGER
        ),
        operation("GET", one, key_managers.read, _scopes("key_manager", "read", "manage")),
        operation("PUT", one, key_managers.change, _scopes("key_manager", "update", "manage"), body=_MANAGER),
        operation("DELETE", one, key_managers.delete, _scopes("key_manager", "delete", "manage")),
    ]


def _plans() -> list[Operation]:
    every, one = "/subscription-plans", "/subscription-plans/{planId}"

    def may(verb: str) -> tuple[str, ...]:
        return _scopes("subscription_plan", verb, "manage")

    return [
        Operation("GET", every, plans.listed, may("read"), query=("name",)),
        Operation("POST", every, plans.create, may("create"), admin=True, body=_PLAN, takes=_JSON),
        Operation("PUT", every, plans.put, may("update"), admin=True, body=_PLAN, takes=_JSON),
        Operation("GET", one, plans.read, may("read")),
        Operation("DELETE", one, plans.delete, may("delete"), admin=True),
    ]


def _subscriptions() -> list[Operation]:
    every, one = "/subscriptions", "/subscriptions/{subId}"

    def may(verb: str) -> tuple[str, ...]:
        return _scopes("subscription", verb, "manage")

    change = Operation("PUT", one, subscriptions.change, may("update"), body=_SUBSCRIPTION, takes=_JSON)
    plan = f"{one}/change-plan"
    return [
        Operation("GET", every, subscriptions.listed, may("read"), query=("artifactId", *PAGING)),
        Operation("POST", every, subscriptions.create, may("create"), body=_NEW_SUBSCRIPTION, takes=_JSON),
        Operation("GET", one, subscriptions.read, may("read")),
        change,
        Operation("DELETE", one, subscriptions.delete, may("delete")),
        Operation("POST", plan, subscriptions.change_plan, may("update"), body=_CHANGED_PLAN, takes=_JSON),
        Operation("POST", f"{one}/regenerate-token", subscriptions.renew, _scopes("subscription", "manage")),
    ]


def _apis() -> list[Operation]:
    every, one = "/apis", "/apis/{apiId}"
    filters = ("name", "version", "query", "tags", "view", *PAGING)

    def may(verb: str) -> tuple[str, ...]:
        return _scopes("api", verb, "manage")

    return [
        Operation("GET", every, apis.listed, may("read"), query=filters),
        Operation("POST", every, apis.create, may("create"), admin=True, takes=_FORM),
        Operation("GET", one, apis.read, may("read")),
        Operation("PUT", one, apis.change, may("update"), admin=True, takes=_FORM),
        Operation("DELETE", one, apis.delete, may("delete"), admin=True),
    ]


def _rest() -> list[Operation]:
    every, one, may = "/organizations", "/organizations/{orgId}", _scopes("organization", "read", "manage")
    return [
        Operation("GET", every, organizations.no_such_method, may),
        Operation("POST", every, organizations.no_such_method, may),
        Operation("GET", one, organizations.read, may),
        Operation(
            "PUT",
            one,
            organizations.change,
            _scopes("organization", "update", "manage"),
            True,
            (),
            _ORGANIZATION,
            _JSON,
        ),
        Operation("DELETE", one, organizations.no_such_method, may),
        Operation("GET", "/views", organizations.views, may, query=PAGING),
        Operation("GET", "/labels", organizations.labels, may, query=PAGING),
    ]
