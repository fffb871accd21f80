"""The gateway: what no other endpoint takes is meant for a published API, and must bring a token that opens it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from .http import Refusal, answer
from .tokens import BadToken

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from .bijira.model import KeyManager, Operation, Organization, PublishedApi
    from .world import World

__all__ = ("routes",)

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
_CHALLENGE = 'Bearer realm="Choreo Connect", error="invalid_token", error_description="The provided token is invalid"'
_THREE_PARTS = re.compile(r"(?i:bearer)\s+[\w=-]+\.[\w=-]+\.[\w=-]*\s*$")
_INVALID = "Make sure you have provided the correct security credentials"


def routes(world: World) -> list[BaseRoute]:
    """Everything else."""
    return [Route("/{path:path}", _invoked, methods=_METHODS)]


@dataclass(frozen=True)
class _Target:
    """An operation of an API, found by the path."""

    organization: Organization
    api: PublishedApi
    operation: Operation
    path: str


async def _invoked(request: Request) -> Response:
    world: World = request.app.state.world
    target = _target(world, request)
    claims, manager = _authenticated(world, target, request.headers.get("authorization", ""))
    _check_subscription(target, claims, manager)
    granted = _scopes(claims.get(manager.scopes_claim))
    if target.operation.scopes and not granted & set(target.operation.scopes):
        text = f"User is NOT authorized to access the Resource: {target.path}. Scope validation failed."
        raise _refused(403, "900910", "The access token does not allow you to access the requested resource", text)
    return answer(
        {
            "api": target.api.name,
            "version": target.api.version,
            "method": request.method,
            "resource": target.path,
            "subject": claims.get("sub"),
            "scope": sorted(granted),
        }
    )


def _target(world: World, request: Request) -> _Target:
    path = request.url.path
    for organization in world.bijira.values():
        for api in organization.apis.values():
            if path != api.context and not path.startswith(f"{api.context}/"):
                continue
            resource = path.removeprefix(api.context) or "/"
            matching = [one for one in api.operations if _covers(one.path, resource)]
            for operation in matching:
                if operation.method == request.method:
                    return _Target(organization, api, operation, resource)
            if matching:
                raise _router(405, "900906", "Method not allowed for given API resource")
    raise _router(404, "404", "The requested resource is not available.", "Not Found")


def _covers(pattern: str, path: str) -> bool:
    parts = [
        r"[^/]+" if part.startswith("{") else ".*" if part == "*" else re.escape(part) for part in pattern.split("/")
    ]
    return re.fullmatch("/".join(parts), path.rstrip("/") or "/") is not None


def _authenticated(world: World, target: _Target, header: str) -> tuple[dict[str, Any], KeyManager]:
    if not header or not _THREE_PARTS.match(header):
        raise _refused(401, "900901", "Invalid Credentials", _INVALID)
    token = header.split()[1]
    for name, tenant in world.asgardeo.items():
        try:
            claims = world.signing_key(f"asgardeo/{name}").verify(token)
        except BadToken:
            continue
        issuer = claims.get("iss")
        managers = (one for one in target.organization.key_managers.values() if one.enabled and one.issuer == issuer)
        manager = next(managers, None)
        if manager is None:
            raise _refused(401, "900900", "Unclassified Authentication Failure", "Unclassified Authentication Failure")
        if str(claims.get("jti")) not in tenant.tokens:
            raise _refused(401, "900901", "Invalid Credentials", "Invalid JWT token. " + _INVALID)
        return claims, manager
    raise _refused(401, "900901", "Invalid Credentials", "Invalid JWT token. " + _INVALID)


def _check_subscription(target: _Target, claims: dict[str, Any], manager: KeyManager) -> None:
    found = target.organization.mapping_of(str(claims.get(manager.consumer_key_claim)), manager.id)
    subscription = next(
        (
            one
            for one in target.organization.subscriptions.values()
            if found and (one.application_id, one.api_id) == (found[0].id, target.api.id)
        ),
        None,
    )
    if found is None or subscription is None:
        text = "User is NOT authorized to access the Resource. API Subscription validation failed."
        raise _refused(403, "900908", "Resource forbidden ", text)
    if subscription.status == "BLOCKED":
        raise _refused(403, "900907", "The requested API is temporarily blocked", "API is blocked")
    if subscription.status in ("ON_HOLD", "REJECTED"):
        raise _refused(403, "900909", "The subscription to the API is inactive", "Subscription is inactive")
    if found[1].key_type != target.api.deployment_type:
        text = "The access token is not authorized to access the environment."
        raise _refused(403, "900912", "Invalid Environment", text)


def _scopes(claim: object) -> set[str]:
    return set(claim) if isinstance(claim, list) else set(str(claim or "").split())


def _refused(status: int, code: str, message: str, description: str) -> Refusal:
    """The enforcer's answer."""
    body = {"error_message": message, "code": code, "error_description": description}
    return Refusal(status, body, {"www-authenticate": _CHALLENGE, "X-TRACE-KEY": str(uuid.uuid4())})


def _router(status: int, code: str, description: str, message: str = "Method Not Allowed") -> Refusal:
    """The router's answer, which has other keys."""
    return Refusal(status, {"code": code, "message": message, "description": description})
