"""Subscriptions of applications to APIs: `/subscriptions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.http import ApiError, answer, empty
from .apis import info
from .exceptions import bad_request, conflict, forbidden, not_found
from .models import Subscription

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import Call

__all__ = ("change", "create", "create_many", "delete", "listed", "read")

_CHANGEABLE = ("UNBLOCKED", "PROD_ONLY_BLOCKED", "TIER_UPDATE_PENDING")


def listed(call: Call) -> Response:
    """GET a page, of an application or of an API."""
    api_id, application_id = call.query("apiId"), call.query("applicationId")
    if not api_id and not application_id:
        raise bad_request("Either applicationId or apiId should be available")
    if application_id:
        call.application(application_id)
    rows = [
        _document(call, one)
        for one in call.organization.subscriptions.values()
        if api_id in ("", one.api_id) and application_id in ("", one.application_id) and _is_own(call, one)
    ]
    if not call.organization.pages_subscriptions:
        return answer({"count": len(rows), "list": rows})
    return call.page(rows, "/subscriptions")


def create(call: Call) -> Response:
    """POST."""
    made = _made(call, call.json())
    return _told(call, made, made.status == "ON_HOLD", 201)


def create_many(call: Call) -> Response:
    """POST several: each by itself, those that fail are told of and hinder no other."""
    results = []
    bodies = call.json_list()
    for body in bodies:
        try:
            results.append(_document(call, _made(call, body)))
        except ApiError as problem:
            results.append(_rejected(body, problem))
    return answer(results)


def read(call: Call) -> Response:
    """GET one."""
    return answer(_document(call, _own(call)))


def change(call: Call) -> Response:
    """PUT another plan; one that the API does not offer is taken and ignored. A subscription that is not there has no
    status, and that is what is refused."""
    if call.part("id") not in call.organization.subscriptions:
        raise bad_request("Request must contain the status of a subscription.")
    subscription, body = _own(call), call.json()
    if body.get("status") not in _CHANGEABLE or subscription.status not in _CHANGEABLE:
        raise bad_request("The subscription is blocked, on hold or rejected, or no status is given.")
    wanted = body.get("requestedThrottlingPolicy") or body.get("throttlingPolicy")
    waits = subscription.status == "TIER_UPDATE_PENDING" and not call.organization.queues_plan_changes
    if waits and wanted != subscription.requested_plan:
        raise bad_request("The subscription is blocked, on hold or rejected: a change of its plan waits for approval.")
    if wanted in (subscription.plan, None) or wanted not in call.organization.apis[subscription.api_id].plans:
        return answer(_document(call, subscription))
    if call.organization.approves_plan_changes:
        subscription.requested_plan, subscription.status = str(wanted), "TIER_UPDATE_PENDING"
        return _told(call, subscription, True, 200)
    subscription.plan = str(wanted)
    return answer(_document(call, subscription))


def delete(call: Call) -> Response:
    """DELETE one; where that waits for approval, it stays until then."""
    subscription = _own(call)
    if call.organization.approves_deletions:
        subscription.status = "DELETE_PENDING"
        return _told(call, subscription, True, 200)
    del call.organization.subscriptions[subscription.id]
    return empty(200)


def _told(call: Call, subscription: Subscription, waits: bool, usual: int) -> Response:
    document = _document(call, subscription)
    return call.pending(document, usual) if waits else answer(document, usual)


def _rejected(body: dict[str, Any], problem: ApiError) -> dict[str, Any]:
    told = {
        name: body[name] for name in ("applicationId", "apiId", "throttlingPolicy") if isinstance(body.get(name), str)
    }
    return {**told, "status": "REJECTED", "redirectionParams": problem.body["description"]}


def _made(call: Call, body: dict[str, Any]) -> Subscription:
    application = call.application(call.text(body, "applicationId"))
    plan, api_id = call.text(body, "throttlingPolicy"), call.text(body, "apiId")
    api = call.organization.apis.get(api_id)
    if api is None:
        raise not_found(f"Requested API with Id '{api_id}' not found")
    if application.status != "APPROVED":
        raise bad_request("Workflow status is not Approved")
    if plan not in api.plans:
        raise forbidden(
            f"Tier {plan} is not allowed for API {api.name}-{api.version}. Only these tiers are: {api.plans}"
        )
    for other in call.organization.subscriptions.values():
        if (other.api_id, other.application_id) == (api.id, application.id):
            text = f"Specified subscription already exists for API {api.name}, for application {application.name}"
            raise conflict(text)
    status = "ON_HOLD" if call.organization.approves_subscriptions else "UNBLOCKED"
    made = Subscription(application_id=application.id, api_id=api.id, plan=plan, status=status)
    call.organization.subscriptions[made.id] = made
    return made


def _own(call: Call) -> Subscription:
    found = call.organization.subscriptions.get(call.part("id"))
    if found is None:
        raise not_found(f"Requested subscription with Id '{call.part('id')}' not found")
    call.application(found.application_id)
    return found


def _is_own(call: Call, subscription: Subscription) -> bool:
    application = call.organization.applications.get(subscription.application_id)
    return application is not None and application.owner == call.subject


def _document(call: Call, subscription: Subscription) -> dict[str, Any]:
    api = call.organization.apis[subscription.api_id]
    application = call.organization.applications[subscription.application_id]
    return {
        "subscriptionId": subscription.id,
        "applicationId": subscription.application_id,
        "apiId": subscription.api_id,
        "apiInfo": info(api),
        "applicationInfo": {"applicationId": application.id, "name": application.name},
        "throttlingPolicy": subscription.plan,
        "requestedThrottlingPolicy": subscription.requested_plan or subscription.plan,
        "status": subscription.status,
        "redirectionParams": None,
    }
