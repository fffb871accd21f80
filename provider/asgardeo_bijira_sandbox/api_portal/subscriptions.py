"""Subscriptions: `/subscriptions`. Each is a user's to an API, and nothing keeps a user from having several."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from .exceptions import Reply, bad_values, not_found
from .models import Subscription

if TYPE_CHECKING:
    from .request import Call

__all__ = ("change", "change_plan", "create", "delete", "listed", "read", "renew")


def listed(call: Call) -> Reply:
    """GET a page of the caller's own, or of those to one API."""
    wanted = call.query.get("artifactId")
    if wanted is not None and wanted not in call.portal.apis:
        raise not_found("Not Found", "API not found")
    own = (one for one in call.portal.subscriptions.values() if one.owner == call.caller.subject)
    rows = [_document(one) for one in sorted(own, key=lambda one: one.id) if wanted in (None, one.api_id)]
    return call.page([{key: value for key, value in row.items() if key != "updatedBy"} for row in rows])


def create(call: Call) -> Reply:
    """POST another one; the answer, like every later one, holds the token."""
    body = call.body()
    api = call.portal.apis.get(body["artifactId"])
    if api is None:
        raise not_found("Not Found", "API not found")
    if not api.plans:
        raise bad_values("Bad Request", "This API does not support subscriptions")
    _check_plan(call, api.id, body["subscriptionPlanId"])
    made = Subscription(
        id=call.portal.new_id(),
        owner=call.caller.subject,
        api_id=api.id,
        plan=body["subscriptionPlanId"],
        created_by=call.caller.name,
        updated_by=call.caller.name,
    )
    made.updated_at = made.created_at
    call.portal.subscriptions[made.id] = made
    return Reply(201, _document(made))


def read(call: Call) -> Reply:
    """GET one."""
    return Reply(200, _document(_own(call)))


def change(call: Call) -> Reply:
    """PUT: whether it is in force."""
    subscription = _own(call)
    subscription.status = call.body()["status"]
    subscription.touch(call.caller.name)
    return Reply(200, _document(subscription))


def change_plan(call: Call) -> Reply:
    """POST another plan."""
    subscription, body = _own(call), call.body()
    if body.get("artifactId", subscription.api_id) != subscription.api_id:
        raise bad_values("Bad Request", "artifactId does not match this subscription")
    _check_plan(call, subscription.api_id, body["planId"])
    subscription.plan = body["planId"]
    subscription.touch(call.caller.name)
    return Reply(200, _document(subscription))


def renew(call: Call) -> Reply:
    """POST: another token in place of the one that is out."""
    subscription = _own(call)
    subscription.token = secrets.token_hex(32)
    subscription.touch(call.caller.name)
    return Reply(200, _document(subscription))


def delete(call: Call) -> Reply:
    """DELETE one."""
    del call.portal.subscriptions[_own(call).id]
    return Reply(200, {"message": "Subscription deleted successfully"})


def _check_plan(call: Call, api_id: str, plan: str) -> None:
    if plan not in call.portal.apis[api_id].plans:
        raise bad_values("Bad Request", "Subscription plan not found for this API")


def _own(call: Call) -> Subscription:
    found = call.portal.subscriptions.get(call.part("subId"))
    if found is None or found.owner != call.caller.subject:
        raise not_found("Not Found", "Subscription not found")
    return found


def _document(subscription: Subscription) -> dict[str, Any]:
    return {
        "subscriptionId": subscription.id,
        "subscriptionToken": subscription.token,
        "status": subscription.status,
        "artifactId": subscription.api_id,
        "subscriptionPlanName": subscription.plan,
        "createdBy": subscription.created_by,
        "updatedBy": subscription.updated_by,
        "createdAt": subscription.created_at,
        "updatedAt": subscription.updated_at,
    }
