"""Every endpoint of the portal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.routing import Mount

from . import apis, applications, key_managers, keys, organizations, plans, schemas, subscriptions, views
from .exceptions import PREFIX
from .request import PortalApp
from .request import PortalRoute as Route
from .validation import PAGING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

__all__ = ("ROUTES", "routes")


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
    Route("GET", f"{_ONE}/api-keys", applications.api_keys, _may("api_key", "read"), parameters=PAGING),
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

_ONE, _FILTERS = "/apis/{apiId}", ("query", "name", "version", "tags", "view", *PAGING)
_READ, _CREATE, _UPDATE, _DELETE = (_may("api", verb) for verb in ("read", "create", "update", "delete"))
_APIS = (
    Route("GET", "/apis", apis.listed, _READ, parameters=_FILTERS),
    Route("POST", "/apis", apis.create, _CREATE, form=_OF_API, accepts=_FORM),
    Route("GET", _ONE, apis.read, _READ),
    Route("PUT", _ONE, apis.update, _UPDATE, form=_OF_API, accepts=_FORM),
    Route("DELETE", _ONE, apis.delete, _DELETE),
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

ROUTES = (*_APPLICATIONS, *_KEYS, *_KEY_MANAGERS, *_PLANS, *_SUBSCRIPTIONS, *_APIS, *_ORGANIZATIONS, *_VIEWS, *_LABELS)


def routes() -> list[BaseRoute]:
    """The portal as the server takes it, whatever signs there are in an id."""
    portal = Mount(PREFIX, app=PortalApp(ROUTES))
    portal.path_regex = re.compile(portal.path_regex.pattern, re.DOTALL)
    return [portal]
