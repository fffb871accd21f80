"""Published APIs: `/apis`, and the plans: `/throttling-policies`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..web.responses import answer
from .exceptions import not_found
from .models import PLANS

if TYPE_CHECKING:
    from starlette.responses import Response

    from .models import PublishedApi
    from .request import ControlPlaneRequest

__all__ = ("info", "known_api", "scope_info")

_UNLIMITED = 2_147_483_647
_REQUESTS = {"Bronze": 1000, "Silver": 2000, "Gold": 5000, "10PerMin": 10, "20PerMin": 20, "50PerMin": 50}
_TERM = re.compile(r'(?:(?P<field>name|version|context):)?(?:"(?P<quoted>[^"]*)"|(?P<plain>\S+))')


def listed(request: ControlPlaneRequest) -> Response:
    """GET a page. The search goes by an index and finds whatever contains what is asked for."""
    query = request.query("query")
    rows = [_row(one) for one in request.organization.apis.values() if _found(one, query) and _indexed(one)]
    return request.page(rows, "/apis")


def read(request: ControlPlaneRequest) -> Response:
    """GET one, with its addresses, plans and scopes."""
    api = known_api(request, request.param("id"))
    address = f"{request.store.base_url}{api.context}"
    more = {
        "endpointURLs": [{"environmentName": "Default", "environmentType": "hybrid", "URLs": {"http": address}}],
        "tiers": [{"tierName": plan, "tierPlan": "FREE"} for plan in api.plans],
        "scopes": [scope_info(scope) for scope in api.scopes],
        "operations": [{"target": one.path, "verb": one.method} for one in api.operations],
        "securityScheme": ["oauth2"],
        "gatewayType": "wso2/synapse",
    }
    return answer({**info(api), **more})


def known_api(request: ControlPlaneRequest, id: str) -> PublishedApi:
    """A published API."""
    api = request.organization.apis.get(id)
    if api is None:
        raise not_found(f"Requested API with Id '{id}' not found")
    return api


def info(api: PublishedApi) -> dict[str, Any]:
    """An API in short."""
    return {
        "id": api.id,
        "name": api.name,
        "context": api.context,
        "version": api.version,
        "type": "HTTP",
        "provider": "sandbox",
        "lifeCycleStatus": "PUBLISHED",
    }


def scope_info(scope: str) -> dict[str, Any]:
    """A scope as an API or an application shows it."""
    return {"key": scope, "name": scope, "roles": [], "description": ""}


def _row(api: PublishedApi) -> dict[str, Any]:
    return {**info(api), "throttlingPolicies": api.plans}


def policies(request: ControlPlaneRequest) -> Response:
    """GET the plans, of applications or of subscriptions."""
    level = request.param("level")
    return request.page([_policy(name, level) for name in _names(request)], f"/throttling-policies/{level}")


def policy(request: ControlPlaneRequest) -> Response:
    """GET one plan."""
    if request.param("name") not in _names(request):
        raise not_found(f"Requested tier with Id '{request.param('name')}' not found")
    return answer(_policy(request.param("name"), request.param("level")))


def _names(request: ControlPlaneRequest) -> list[str]:
    level = request.param("level")
    if level == "application":
        return request.organization.application_policies
    if level == "subscription":
        return list(PLANS)
    raise not_found(f"There are no tiers of the level {level}")


def platform_subscriptions(request: ControlPlaneRequest) -> Response:
    """GET subscriptions of the newer gateway: there are none."""
    return request.page([], "/api-platform-subscriptions")


def api_keys(request: ControlPlaneRequest) -> Response:
    """GET API keys: there are none."""
    return request.page([], "/api-keys")


def _policy(name: str, level: str) -> dict[str, Any]:
    return {
        "name": name,
        "description": "",
        "policyLevel": level,
        "attributes": {},
        "requestCount": _REQUESTS.get(name, _UNLIMITED),
        "unitTime": 60_000,
        "timeUnit": "min",
        "tierPlan": "FREE",
        "stopOnQuotaReach": True,
    }


def _indexed(api: PublishedApi) -> bool:
    """Whether the index has it yet; it catches up with each search."""
    if not api.not_found_for:
        return True
    api.not_found_for -= 1
    return False


def _found(api: PublishedApi, query: str) -> bool:
    values = {"name": api.name, "version": api.version, "context": api.context}
    for term in _TERM.finditer(query):
        wanted = (term["quoted"] if term["quoted"] is not None else term["plain"]).lower()
        if wanted not in values[term["field"] or "name"].lower():
            return False
    return True
