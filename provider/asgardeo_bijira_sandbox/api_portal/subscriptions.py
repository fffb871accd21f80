"""Subscriptions: `/subscriptions`. Each is a user's to an API, and nothing keeps a user from having several."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from ..web.responses import answer
from .exceptions import not_found, objection
from .models import Subscription

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import PortalRequest


def listed(request: PortalRequest) -> Response:
    """GET a page of the caller's own, or of those to one API."""
    wanted = request.query("artifactId")
    if wanted and wanted not in request.portal.apis:
        raise not_found("Not Found", "API not found")
    own = (one for one in request.portal.subscriptions.values() if one.owner == request.caller.subject)
    rows = [_document(request, one) for one in sorted(own, key=lambda one: one.id) if wanted in ("", one.api_id)]
    return request.page(rows)


def create(request: PortalRequest) -> Response:
    """POST another one; the answer, like every later one, holds the token."""
    body = request.members()
    if not body["artifactId"].strip():
        raise objection("artifactId is required")
    api = request.portal.apis.get(body["artifactId"])
    if api is None or not api.is_published:
        raise not_found("Not Found", "API not found")
    if not api.plans:
        raise objection("This API does not support subscriptions")
    _check_plan(request, api.id, body["subscriptionPlanId"])
    made = Subscription(
        id=request.portal.new_id(),
        owner=request.caller.subject,
        api_id=api.id,
        plan=body["subscriptionPlanId"],
        created_by=request.caller.name,
        updated_by=request.caller.name,
    )
    made.updated_at = made.created_at
    request.portal.subscriptions[made.id] = made
    return answer(_document(request, made), 201)


def read(request: PortalRequest) -> Response:
    """GET one."""
    return answer(_document(request, _own(request)))


def update(request: PortalRequest) -> Response:
    """PUT: whether it is in force."""
    subscription = _own(request)
    subscription.status = request.members()["status"]
    subscription.touch(request.caller.name)
    return answer(_document(request, subscription))


def change_plan(request: PortalRequest) -> Response:
    """POST another plan."""
    subscription, body = _own(request), request.members()
    if (body.get("artifactId") or subscription.api_id) != subscription.api_id:
        raise objection("artifactId does not match this subscription")
    if not request.portal.apis[subscription.api_id].is_published:
        raise not_found("Not Found", "API not found")
    _check_plan(request, subscription.api_id, body["planId"])
    subscription.plan = body["planId"]
    subscription.touch(request.caller.name)
    return answer(_document(request, subscription))


def renew(request: PortalRequest) -> Response:
    """POST: another token in place of the one that is out."""
    subscription = _own(request)
    subscription.token = secrets.token_hex(32)
    subscription.touch(request.caller.name)
    return answer(_document(request, subscription))


def delete(request: PortalRequest) -> Response:
    """DELETE one."""
    del request.portal.subscriptions[_own(request).id]
    return answer({"message": "Subscription deleted successfully"})


def _check_plan(request: PortalRequest, api_id: str, plan: str) -> None:
    if plan not in request.portal.apis[api_id].plans:
        raise objection("Subscription plan not found for this API")


def _own(request: PortalRequest) -> Subscription:
    found = request.portal.subscriptions.get(request.param("subId"))
    if found is None or found.owner != request.caller.subject:
        raise not_found("Not Found", "Subscription not found")
    return found


def _document(request: PortalRequest, subscription: Subscription) -> dict[str, Any]:
    plan = request.portal.plans.get(subscription.plan or "")
    return {
        "subscriptionId": subscription.id,
        "subscriptionToken": subscription.token,
        "status": subscription.status,
        "artifactId": subscription.api_id,
        "subscriptionPlanName": (plan.display_name or None) if plan else None,
        **subscription.audit(),
    }
