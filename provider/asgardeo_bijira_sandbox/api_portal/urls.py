"""Every endpoint of the portal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.routing import Mount

from . import (
    api_keys,
    apis,
    applications,
    key_managers,
    keys,
    organizations,
    plans,
    schemas,
    subscriptions,
    views,
    webhooks,
)
from .exceptions import PREFIX
from .request import PortalApp, not_served
from .request import PortalRoute as Route
from .validation import PAGING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

__all__ = ("ROUTES", "UNSERVED", "routes")


def _may(thing: str, verb: str) -> tuple[str, ...]:
    return f"dp:{thing}:{verb}", f"dp:{thing}:manage"


_JSON = ("application/json",)
_FORM = ("multipart/form-data",)
_BOTH = (*_JSON, *_FORM)
_OF_APPLICATION = schemas.form("application", "displayName", "id", "description")
_OF_KEY_MANAGER, _OF_PLAN = schemas.form("keymanager"), schemas.form("subscriptionPlan")
_OF_API = schemas.form("definition", "artifact", "metadata")
_OF_ORGANIZATION = schemas.form("organization", needed="organization")

_ONE = "/applications/{applicationId}"
_READ, _CREATE, _UPDATE, _DELETE = (_may("application", verb) for verb in ("read", "create", "update", "delete"))
_APPLICATIONS = (
    Route("GET", "/applications", applications.listed, _READ, parameters=PAGING),
    Route(
        "POST",
        "/applications",
        applications.create,
        _CREATE,
        schema=schemas.APPLICATION,
        form=_OF_APPLICATION,
        accepts=_BOTH,
    ),
    Route("GET", _ONE, applications.read, _READ),
    Route("PUT", _ONE, applications.update, _UPDATE, schema=schemas.APPLICATION, form=_OF_APPLICATION, accepts=_BOTH),
    Route("DELETE", _ONE, applications.delete, _DELETE),
    Route("GET", f"{_ONE}/api-keys", api_keys.listed_of_application, _may("api_key", "read"), parameters=PAGING),
)

_MAPPING, _MAP = f"{_ONE}/oauth-keys/{{keyMappingId}}", _may("application_key", "create")
_KEYS = (
    Route("POST", f"{_ONE}/generate-keys", keys.map_client, _MAP, schema=schemas.KEYS, accepts=_JSON),
    Route(
        "POST", f"{_MAPPING}/generate-token", keys.token, _MAP, schema=schemas.TOKEN, accepts=_JSON, needs_body=False
    ),
    Route("DELETE", _MAPPING, keys.unmap, ("dp:application_key:revoke",)),
)

_ONE = "/key-managers/{kmId}"
_LIST = ("dp:key_manager:read", "dp:application_key_mapping:read")
_READ, _CREATE, _UPDATE, _DELETE = (_may("key_manager", verb) for verb in ("read", "create", "update", "delete"))
_KEY_MANAGERS = (
    Route("GET", "/key-managers", key_managers.listed, _LIST, parameters=PAGING),
    Route(
        "POST",
        "/key-managers",
        key_managers.create,
        _CREATE,
        schema=schemas.NEW_KEY_MANAGER,
        form=_OF_KEY_MANAGER,
        accepts=_BOTH,
    ),
    Route("GET", _ONE, key_managers.read, _READ),
    Route("PUT", _ONE, key_managers.update, _UPDATE, schema=schemas.KEY_MANAGER, form=_OF_KEY_MANAGER, accepts=_BOTH),
    Route("DELETE", _ONE, key_managers.delete, _DELETE),
)

_ALL, _ONE = "/subscription-plans", "/subscription-plans/{planId}"
_READ, _CREATE, _UPDATE, _DELETE = (_may("subscription_plan", verb) for verb in ("read", "create", "update", "delete"))
_PLANS = (
    Route("GET", _ALL, plans.listed, _READ, parameters=("name",)),
    Route("POST", _ALL, plans.create, _CREATE, schema=schemas.PLANS, form=_OF_PLAN, accepts=_BOTH),
    Route("PUT", _ALL, plans.put, _UPDATE, schema=schemas.PLANS, form=_OF_PLAN, accepts=_BOTH),
    Route("GET", _ONE, plans.read, _READ),
    Route("DELETE", _ONE, plans.delete, _DELETE),
)

_ALL, _ONE = "/subscriptions", "/subscriptions/{subId}"
_READ, _CREATE, _UPDATE, _DELETE = (_may("subscription", verb) for verb in ("read", "create", "update", "delete"))
_SUBSCRIPTIONS = (
    Route("GET", _ALL, subscriptions.listed, _READ, parameters=("artifactId", *PAGING)),
    Route("POST", _ALL, subscriptions.create, _CREATE, schema=schemas.NEW_SUBSCRIPTION, accepts=_JSON),
    Route("GET", _ONE, subscriptions.read, _READ),
    Route("PUT", _ONE, subscriptions.update, _UPDATE, schema=schemas.CHANGED_SUBSCRIPTION, accepts=_JSON),
    Route("DELETE", _ONE, subscriptions.delete, _DELETE),
    Route(
        "POST", f"{_ONE}/change-plan", subscriptions.change_plan, _UPDATE, schema=schemas.CHANGED_PLAN, accepts=_JSON
    ),
    Route("POST", f"{_ONE}/regenerate-token", subscriptions.renew, ("dp:subscription:manage",)),
)

_FILTERS = ("query", "name", "version", "tags", "view", *PAGING)


def _published(every: str, one: str, thing: str, key: str) -> tuple[Route, ...]:
    """One kind of APIs, and their keys."""
    _read, _create, _update, _delete = (_may(thing, verb) for verb in ("read", "create", "update", "delete"))
    _look, _make, _change, _revoke = (_may(key, verb) for verb in ("read", "create", "update", "revoke"))
    actions = (
        ("generate", api_keys.generate, _make, schemas.NEW_API_KEY),
        ("regenerate", api_keys.regenerate, _change, schemas.RENEWED_API_KEY),
        ("revoke", api_keys.revoke, _revoke, schemas.API_KEY),
        ("associate", api_keys.associate, _change, schemas.API_KEY_OF_APPLICATION),
        ("dissociate", api_keys.dissociate, _change, schemas.API_KEY),
    )
    return (
        Route("GET", every, apis.listed, _read, parameters=_FILTERS),
        Route("POST", every, apis.create, _create, form=_OF_API, accepts=_FORM),
        Route("GET", one, apis.read, _read),
        Route("PUT", one, apis.update, _update, form=_OF_API, accepts=_FORM),
        Route("DELETE", one, apis.delete, _delete),
        Route("GET", f"{one}/api-keys", api_keys.listed_of_api, _look, parameters=("appId", *PAGING)),
        *(
            Route("POST", f"{one}/api-keys/{action}", handler, scopes, schema=schema, accepts=_JSON)
            for action, handler, scopes, schema in actions
        ),
    )


_APIS = (
    *_published("/apis", "/apis/{apiId}", "api", "api_key"),
    *_published("/mcp-servers", "/mcp-servers/{mcpServerId}", "mcp_server", "mcp_server_key"),
    Route("GET", "/api-keys", api_keys.listed, _may("api_key", "read"), parameters=PAGING),
)

_ALL, _ONE = "/webhook-subscribers", "/webhook-subscribers/{subscriberId}"
_READ, _CREATE, _UPDATE, _DELETE = (_may("webhook_subscriber", verb) for verb in ("read", "create", "update", "delete"))
_HOOK = schemas.WEBHOOK_SUBSCRIBER
_WEBHOOKS = (
    Route("GET", _ALL, webhooks.listed, _READ, parameters=PAGING),
    Route("POST", _ALL, webhooks.create, _CREATE, schema=_HOOK, accepts=_JSON),
    Route("GET", _ONE, webhooks.read, _READ),
    Route("PUT", _ONE, webhooks.update, _UPDATE, schema=_HOOK, accepts=_JSON),
    Route("DELETE", _ONE, webhooks.delete, _DELETE),
)

_ALL, _ONE = "/organizations", "/organizations/{orgId}"
_READ, _CREATE, _UPDATE, _DELETE = (_may("organization", verb) for verb in ("read", "create", "update", "delete"))
_ORGANIZATIONS = (
    Route("GET", _ALL, organizations.no_such_method, _READ),
    Route(
        "POST",
        _ALL,
        organizations.no_such_method,
        _CREATE,
        schema=schemas.NEW_ORGANIZATION,
        form=_OF_ORGANIZATION,
        accepts=_BOTH,
    ),
    Route("GET", _ONE, organizations.read, _READ),
    Route(
        "PUT", _ONE, organizations.update, _UPDATE, schema=schemas.ORGANIZATION, form=_OF_ORGANIZATION, accepts=_BOTH
    ),
    Route("DELETE", _ONE, organizations.no_such_method, _DELETE),
)

_ONE = "/views/{viewId}"
_READ, _CREATE, _UPDATE, _DELETE = (_may("view", verb) for verb in ("read", "create", "update", "delete"))
_VIEWS = (
    Route("GET", "/views", views.listed, _READ, parameters=PAGING),
    Route("POST", "/views", views.create, _CREATE, schema=schemas.NEW_VIEW, accepts=_JSON),
    Route("GET", _ONE, views.read, _READ),
    Route("PUT", _ONE, views.update, _UPDATE, schema=schemas.VIEW, accepts=_JSON),
    Route("DELETE", _ONE, views.delete, _DELETE),
)

_ONE = "/labels/{labelId}"
_READ, _CREATE, _UPDATE, _DELETE = (_may("label", verb) for verb in ("read", "create", "update", "delete"))
_LABELS = (
    Route("GET", "/labels", views.labels, _READ, parameters=PAGING),
    Route("POST", "/labels", views.create_label, _CREATE, schema=schemas.LABEL, accepts=_JSON),
    Route("GET", _ONE, views.read_label, _READ),
    Route("PUT", _ONE, views.update_label, _UPDATE, schema=schemas.LABEL, accepts=_JSON),
    Route("DELETE", _ONE, views.delete_label, _DELETE),
)

ROUTES = (
    *_APPLICATIONS,
    *_KEYS,
    *_KEY_MANAGERS,
    *_PLANS,
    *_SUBSCRIPTIONS,
    *_APIS,
    *_ORGANIZATIONS,
    *_VIEWS,
    *_LABELS,
    *_WEBHOOKS,
)

_VERBS = {"GET": "read", "POST": "create", "PUT": "update", "DELETE": "delete"}
_FLOWS, _FLOW, _THEME = "/views/{viewId}/api-workflows", "api_workflow", "organization_content"


def _left_out(methods: str, path: str, thing: str, *parameters: str) -> tuple[Route, ...]:
    """What the portal has and the sandbox has not; a caller must be let in to learn of it."""
    return tuple(
        Route(method, path, not_served, _may(thing, _VERBS[method]), parameters=parameters)
        for method in methods.split()
    )


#: What of the portal the sandbox does not serve. It stands in `differences.py`, too.
UNSERVED = (
    Route("GET", "/views/{viewId}/asset", not_served, parameters=("fileType", "fileName", "filePath", "orgId")),
    *(
        Route("POST", f"/views/{{viewId}}/{act}-theme", not_served, (f"dp:{_THEME}:manage", "dp:organization:manage"))
        for act in ("apply", "reset")
    ),
    Route("GET", "/views/{viewId}/export-theme", not_served, (f"dp:{_THEME}:read", "dp:organization:manage")),
    *_left_out("GET", _FLOWS, _FLOW, *PAGING),
    *_left_out("POST", _FLOWS, _FLOW),
    *_left_out("GET PUT DELETE", f"{_FLOWS}/{{apiWorkflowId}}", _FLOW),
    *_left_out("POST", f"{_FLOWS}/generate-prompt", _FLOW),
    Route("GET", "/apis/{apiId}/assets", not_served, parameters=("type", "fileName", "orgId")),
    *_left_out("POST PUT", "/apis/{apiId}/assets", "api_content"),
    *_left_out("DELETE", "/apis/{apiId}/assets", "api_content", "type", "fileName"),
    *_left_out("GET DELETE", "/mcp-servers/{mcpServerId}/assets", "mcp_server_content", "type", "fileName"),
    *_left_out("POST PUT", "/mcp-servers/{mcpServerId}/assets", "mcp_server_content"),
    *_left_out("GET", "/webhook-subscribers/{subscriberId}/deliveries", "webhook_subscriber"),
    Route("GET", "/webhook-events", not_served, ("dp:event:read",), parameters=("status", *PAGING)),
    Route("GET", "/webhook-events/{eventId}", not_served, ("dp:event:read",)),
)


def routes() -> list[BaseRoute]:
    """The portal as the server takes it, whatever signs there are in an id."""
    portal = Mount(PREFIX, app=PortalApp((*ROUTES, *UNSERVED)))
    portal.path_regex = re.compile(portal.path_regex.pattern, re.DOTALL)
    return [portal]
