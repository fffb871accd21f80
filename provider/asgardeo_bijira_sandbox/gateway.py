"""The gateway: what no other endpoint takes is meant for a published API, and must bring a token that opens it.

A client is known to the control plane or to the API Portal. One that the control plane knows needs its application's
subscription to the API. The API Portal ties a subscription to a user and not to an application, so for a client that
only the portal knows, the portal's own entry of the API counts: without plans it needs no subscription, with plans the
request must carry the token of an active subscription to it, in the header `Subscription-Key`.

Tokens are verified by the key set of their organisation alone. The gateway keeps a list of revoked ones, but hears only
of those of its own control plane: what an external key manager revokes opens an API until it ends by itself.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .api_portal.models import Portal
from .bijira.token_endpoint import KEY
from .tokens import BadToken, EndedToken, unverified
from .web.errors import ApiError
from .web.responses import answer
from .web.routes import Route, mounted

if TYPE_CHECKING:
    from starlette.requests import Request as HttpRequest
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from .bijira.models import Application, KeyManager, KeyMapping, Operation, Organization, PublishedApi
    from .store import Store
    from .web.request import Request

__all__ = ("routes",)

_METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
_CHALLENGE = 'Bearer realm="Choreo Connect", error="invalid_token", error_description="The provided token is invalid"'
_THREE_PARTS = re.compile(r"[\w=-]+\.[\w=-]+\.[\w=-]*$")
_NO_BEARER = "Missing Credentials. Make sure your API invocation call has a header: Authorization: Bearer ACCESS_TOKEN"
_NO_JWT = "Not a JWT token. Failed to decode the token header. "
_INVALID = "Make sure you have provided the correct security credentials"


def routes() -> list[BaseRoute]:
    """Everything else."""
    return mounted([Route(_METHODS, "/{path:path}", _invoked)])


@dataclass(frozen=True)
class _Target:
    """An operation of an API, found by the path."""

    organization: Organization
    api: PublishedApi
    operation: Operation
    path: str


def _invoked(request: Request) -> Response:
    store, http = request.store, request.http
    target = _target(store, http)
    claims, manager = _authenticated(store, target, http.headers.get("authorization", ""))
    mapped = (
        target.organization.mapping_of(str(claims.get(manager.consumer_key_claim)), manager.id) if manager else None
    )
    if mapped:
        _check_subscription(target, *mapped)
    else:
        _check_at_portal(_portal(store, target), target, claims, http.headers.get("subscription-key"))
    granted = _scopes(claims.get(manager.scopes_claim if manager else "scope"))
    if target.operation.scopes and not granted & set(target.operation.scopes):
        text = f"User is NOT authorized to access the Resource: {target.path}. Scope validation failed."
        raise _refused(403, "900910", "The access token does not allow you to access the requested resource", text)
    return answer(
        {
            "api": target.api.name,
            "version": target.api.version,
            "method": http.method,
            "resource": target.path,
            "subject": claims.get("sub"),
            "scope": sorted(granted),
        }
    )


def _target(store: Store, http: HttpRequest) -> _Target:
    path = http.url.path
    for organization in store.bijira.values():
        for api in organization.apis.values():
            if path != api.context and not path.startswith(f"{api.context}/"):
                continue
            resource = path.removeprefix(api.context) or "/"
            matching = [one for one in api.operations if _covers(one.path, resource)]
            for operation in matching:
                if operation.method == http.method:
                    return _Target(organization, api, operation, resource)
            if matching:
                raise _router(405, "900906", "Method not allowed for given API resource")
    raise _router(404, "404", "The requested resource is not available.", "Not Found")


def _covers(pattern: str, path: str) -> bool:
    parts = [
        r"[^/]+" if part.startswith("{") else ".*" if part == "*" else re.escape(part) for part in pattern.split("/")
    ]
    return re.fullmatch("/".join(parts), path.rstrip("/") or "/") is not None


def _authenticated(store: Store, target: _Target, header: str) -> tuple[dict[str, Any], KeyManager | None]:
    scheme, _, token = header.strip().rpartition(" ")
    if not _THREE_PARTS.match(token):
        raise _invalid(_INVALID)
    if scheme.strip().lower() != "bearer":
        raise _refused(401, "900902", "Missing Credentials", _NO_BEARER)
    try:
        _, claims = unverified(token)
    except BadToken:
        raise _invalid(_NO_JWT + _INVALID) from None
    manager = target.organization.trusting(str(claims.get("iss")))
    if manager is None and not _portal(store, target).trusts(claims.get("iss")):
        raise _refused(401, "900900", "Unclassified Authentication Failure", "Unclassified Authentication Failure")
    _check_signature(store, token)
    return claims, manager


def _check_signature(store: Store, token: str) -> None:
    for owner in (KEY, *(f"asgardeo/{name}" for name in store.asgardeo)):
        try:
            store.signing_key(owner).verify(token)
        except EndedToken:
            raise _refused(401, "900903", "Access Token Expired", "Access token has expired. " + _INVALID) from None
        except BadToken:
            continue
        return
    raise _invalid("Invalid JWT token. " + _INVALID)


def _portal(store: Store, target: _Target) -> Portal:
    """The organisation in the API Portal; one that is not there knows nobody."""
    handle = target.organization.handle
    return store.api_portal.organizations.get(handle) or Portal(uuid="", handle=handle, display_name=handle)


def _check_subscription(target: _Target, application: Application, mapping: KeyMapping) -> None:
    subscription = target.organization.subscription_of(application, target.api)
    if subscription is None:
        raise _not_subscribed()
    production = target.api.deployment_type == "PRODUCTION"
    if subscription.status == "BLOCKED" or (subscription.status == "PROD_ONLY_BLOCKED" and production):
        raise _refused(403, "900907", "The requested API is temporarily blocked", "API is blocked")
    if subscription.status in ("ON_HOLD", "REJECTED"):
        raise _refused(403, "900909", "The subscription to the API is inactive", "Subscription is inactive")
    if mapping.key_type != target.api.deployment_type:
        raise _wrong_environment()


def _check_at_portal(portal: Portal, target: _Target, claims: dict[str, Any], key: str | None) -> None:
    types = portal.types_of(str(claims.get("azp")), claims.get("iss"))
    published = (
        one for one in portal.apis.values() if (one.name, one.version) == (target.api.name, target.api.version)
    )
    api = next(published, None)
    if not types or api is None:
        raise _not_subscribed()
    if api.plans and not any(
        (one.api_id, one.token, one.status) == (api.id, key, "ACTIVE") for one in portal.subscriptions.values()
    ):
        raise _not_subscribed()
    if target.api.deployment_type not in types:
        raise _wrong_environment()


def _not_subscribed() -> ApiError:
    text = "User is NOT authorized to access the Resource. API Subscription validation failed."
    return _refused(403, "900908", "Resource forbidden ", text)


def _wrong_environment() -> ApiError:
    text = "The access token is not authorized to access the environment."
    return _refused(403, "900912", "Invalid Environment", text)


def _scopes(claim: object) -> set[str]:
    return set(claim) if isinstance(claim, list) else set(str(claim or "").split())


def _invalid(description: str) -> ApiError:
    return _refused(401, "900901", "Invalid Credentials", description)


def _refused(status: int, code: str, message: str, description: str) -> ApiError:
    """The enforcer's answer."""
    body = {"error_message": message, "code": code, "error_description": description}
    return ApiError(status, body, {"www-authenticate": _CHALLENGE, "X-TRACE-KEY": str(uuid.uuid4())})


def _router(status: int, code: str, description: str, message: str = "Method Not Allowed") -> ApiError:
    """The router's answer, which has other keys."""
    return ApiError(status, {"code": code, "message": message, "description": description})
