"""Subscription plans: `/subscription-plans`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.responses import answer, empty
from .exceptions import failed, handled, not_found, taken
from .models import Plan
from .plan_documents import plan_limits, plans_of
from .values import stored

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..web.errors import ApiError
    from .request import PortalRequest

__all__ = ("summary",)

_NOT_MADE = "Error while creating subscription plan"
_NO_BULK = (
    "Bulk {} of subscription plans is not allowed because 'organization.autoCreateSubscriptionPlans' is enabled "
    "in the API Portal."
)


def listed(request: PortalRequest) -> Response:
    """GET all, or the one of that name."""
    wanted = request.query("name")
    plans = sorted(request.portal.plans.values(), key=lambda plan: plan.id)
    rows = [_document(request, plan) for plan in plans if wanted in ("", plan.id)]
    return request.page(rows)


def read(request: PortalRequest) -> Response:
    """GET one."""
    return answer(_document(request, _found(request)))


def create(request: PortalRequest) -> Response:
    """POST one; several at once are not taken, and said so with 200."""
    body = _body(request)
    if isinstance(body, list):
        return answer({"message": _NO_BULK.format("creation")})
    if body.get("displayName") is not None and (body.get("id") or "") in request.portal.plans:
        raise taken()
    return _put(request, body, handled(500, "INTERNAL_SERVER_ERROR", "Internal Server Error", _NOT_MADE))


def put(request: PortalRequest) -> Response:
    """PUT one: it is made where it is not there. What it refers to, and its limits, stay where they are left out."""
    body = _body(request)
    if isinstance(body, list):
        return answer({"message": _NO_BULK.format("updating")})
    return _put(request, body, _no_plan())


def _put(request: PortalRequest, body: dict[str, Any], nowhere: ApiError) -> Response:
    wanted = body.get("id") or ""
    former = request.portal.plans.get(wanted)
    if body.get("displayName") is None:
        raise failed()
    limits = plan_limits(body["limits"]) if "limits" in body else former.limits if former else []
    if not request.portal.is_somewhere:
        raise nowhere
    plan = former or Plan(
        id=wanted if wanted.strip() else request.portal.new_id(), display_name="", created_by=request.caller.name
    )
    plan.display_name, plan.description = stored(body["displayName"]) or "", stored(body.get("description"))
    plan.ref_id = stored(body["refId"]) if "refId" in body else plan.ref_id
    plan.limits = limits
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


def _body(request: PortalRequest) -> Any:
    """One plan, or several: JSON, the fields of a form, or a form's YAML file."""
    if request.form_data is None:
        return request.payload
    file = request.file("subscriptionPlan")
    return request.members() if file is None else plans_of(file)


def summary(plan: Plan) -> dict[str, Any]:
    """A plan as an API shows it."""
    return {"displayName": plan.display_name, "id": plan.id, "description": plan.description, "limits": plan.limits}


def _found(request: PortalRequest) -> Plan:
    found = request.portal.plans.get(request.param("planId"))
    if found is None:
        raise _no_plan()
    return found


def _no_plan() -> ApiError:
    return not_found("Not Found", "Subscription plan not found")


def _document(request: PortalRequest, plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "displayName": plan.display_name,
        "description": plan.description,
        "refId": plan.ref_id,
        "orgId": request.portal.uuid,
        "limits": plan.limits,
        **plan.audit(),
    }
