"""Subscription plans: `/subscription-plans`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.responses import answer, empty
from .exceptions import not_found, taken
from .models import Plan

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import PortalRequest

__all__ = ("summary",)

_NO_BULK = (
    "Bulk creation of subscription plans is not allowed because 'organization.autoCreateSubscriptionPlans' is enabled "
    "in the API Portal."
)


def listed(request: PortalRequest) -> Response:
    """GET all, or the one of that name."""
    wanted = request.query("name")
    plans = sorted(request.portal.plans.values(), key=lambda plan: plan.id)
    rows = [_document(request, plan) for plan in plans if wanted in ("", plan.display_name)]
    return request.page([{key: value for key, value in row.items() if key != "updatedBy"} for row in rows])


def read(request: PortalRequest) -> Response:
    """GET one."""
    return answer(_document(request, _found(request)))


def create(request: PortalRequest) -> Response:
    """POST one; several at once are not taken, and said so with 200."""
    if isinstance(request.payload, list):
        return answer({"message": _NO_BULK})
    if request.members().get("id") in request.portal.plans:
        raise taken()
    return put(request)


def put(request: PortalRequest) -> Response:
    """PUT one whole: it is made where it is not there."""
    if isinstance(request.payload, list):
        return answer({"message": _NO_BULK})
    body = request.members()
    former = request.portal.plans.get(body.get("id") or "")
    plan = former or Plan(id=body.get("id") or request.portal.new_id(), display_name="", created_by=request.caller.name)
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
    plan.touch(request.caller.name)
    request.portal.plans[plan.id] = plan
    return answer(_document(request, plan), 200 if former else 201)


def delete(request: PortalRequest) -> Response:
    """DELETE one, also one in use: what was subscribed with it has none any more."""
    plan = _found(request)
    del request.portal.plans[plan.id]
    for api in request.portal.apis.values():
        api.plans = [one for one in api.plans if one != plan.id]
    for subscription in request.portal.subscriptions.values():
        subscription.plan = None if subscription.plan == plan.id else subscription.plan
    return empty(204)


def summary(plan: Plan) -> dict[str, Any]:
    """A plan as an API shows it."""
    return {"displayName": plan.display_name, "id": plan.id, "description": plan.description, "limits": plan.limits}


def _found(request: PortalRequest) -> Plan:
    found = request.portal.plans.get(request.param("planId"))
    if found is None:
        raise not_found("Not Found", "Subscription plan not found")
    return found


def _document(request: PortalRequest, plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "displayName": plan.display_name,
        "description": plan.description,
        "refId": plan.ref_id,
        "orgId": request.portal.uuid,
        "limits": plan.limits,
        "createdBy": plan.created_by,
        "updatedBy": plan.updated_by,
        "createdAt": plan.created_at,
        "updatedAt": plan.updated_at,
    }
