"""Subscription plans: `/subscription-plans`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .exceptions import Reply, conflict, not_found
from .models import Plan

if TYPE_CHECKING:
    from .request import Call

__all__ = ("create", "delete", "listed", "put", "read", "summary")

_NO_BULK = (
    "Bulk creation of subscription plans is not allowed because 'organization.autoCreateSubscriptionPlans' is enabled "
    "in the API Portal."
)


def listed(call: Call) -> Reply:
    """GET all, or the one of that name."""
    wanted = call.query.get("name")
    plans = sorted(call.portal.plans.values(), key=lambda plan: plan.id)
    rows = [_document(call, plan) for plan in plans if wanted in (None, plan.display_name)]
    return call.page([{key: value for key, value in row.items() if key != "updatedBy"} for row in rows])


def read(call: Call) -> Reply:
    """GET one."""
    return Reply(200, _document(call, _found(call)))


def create(call: Call) -> Reply:
    """POST one; several at once are not taken, and said so with 200."""
    if isinstance(call.json, list):
        return Reply(200, {"message": _NO_BULK})
    if call.body().get("id") in call.portal.plans:
        raise conflict("Conflict", "A record with these values already exists.")
    return put(call)


def put(call: Call) -> Reply:
    """PUT one whole: it is made where it is not there."""
    if isinstance(call.json, list):
        return Reply(200, {"message": _NO_BULK})
    body = call.body()
    former = call.portal.plans.get(body.get("id") or "")
    plan = former or Plan(id=body.get("id") or call.portal.new_id(), display_name="", created_by=call.caller.name)
    plan.display_name, plan.description, plan.ref_id = body["displayName"], body.get("description"), body.get("refId")
    plan.limits = [
        {
            "limitType": one.get("limitType", "REQUEST_COUNT"),
            "timeUnit": one.get("timeUnit"),
            "timeAmount": one.get("timeAmount", 1),
            "limitCount": one["limitCount"],
        }
        for one in body.get("limits") or []
    ]
    plan.touch(call.caller.name)
    call.portal.plans[plan.id] = plan
    return Reply(200 if former else 201, _document(call, plan))


def delete(call: Call) -> Reply:
    """DELETE one, also one in use: what was subscribed with it has none any more."""
    plan = _found(call)
    del call.portal.plans[plan.id]
    for api in call.portal.apis.values():
        api.plans = [one for one in api.plans if one != plan.id]
    for subscription in call.portal.subscriptions.values():
        subscription.plan = None if subscription.plan == plan.id else subscription.plan
    return Reply(204)


def summary(plan: Plan) -> dict[str, Any]:
    """A plan as an API shows it."""
    return {"displayName": plan.display_name, "id": plan.id, "description": plan.description, "limits": plan.limits}


def _found(call: Call) -> Plan:
    found = call.portal.plans.get(call.part("planId"))
    if found is None:
        raise not_found("Not Found", "Subscription plan not found")
    return found


def _document(call: Call, plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "displayName": plan.display_name,
        "description": plan.description,
        "refId": plan.ref_id,
        "orgId": call.portal.uuid,
        "limits": plan.limits,
        "createdBy": plan.created_by,
        "updatedBy": plan.updated_by,
        "createdAt": plan.created_at,
        "updatedAt": plan.updated_at,
    }
