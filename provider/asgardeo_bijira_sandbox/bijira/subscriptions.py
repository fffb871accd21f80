"""Subscriptions of applications to APIs: `/subscriptions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.errors import ApiError
from ..web.responses import answer, empty
from .apis import info, known_api
from .exceptions import bad_request, conflict, forbidden, not_found
from .models import Subscription

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import ControlPlaneRequest, Shape

_BODY: Shape = dict.fromkeys(("applicationId", "apiId", "throttlingPolicy", "requestedThrottlingPolicy"), "text")
_CHANGEABLE = ("UNBLOCKED", "PROD_ONLY_BLOCKED", "TIER_UPDATE_PENDING")


def listed(request: ControlPlaneRequest) -> Response:
    """GET a page: of an API, by the names of the applications; or where no API is named, of an application."""
    api_id, application_id = request.query("apiId"), request.query("applicationId")
    if not api_id and not application_id:
        raise bad_request("Either applicationId or apiId should be available")
    if api_id:
        known_api(request, api_id)
    else:
        request.application(application_id)
    rows = [
        _document(request, one)
        for one in request.organization.subscriptions.values()
        if (one.api_id == api_id if api_id else one.application_id == application_id) and _is_own(request, one)
    ]
    if api_id:
        rows.sort(key=lambda row: str(row["applicationInfo"]["name"]))
    if not request.organization.pages_subscriptions:
        return answer({"count": len(rows), "list": rows})
    return request.page(rows, "/subscriptions")


def create(request: ControlPlaneRequest) -> Response:
    """POST."""
    made = _made(request, request.json_object(_BODY))
    return _told(request, made, made.status == "ON_HOLD", 201)


def create_many(request: ControlPlaneRequest) -> Response:
    """POST several: each by itself; those that fail are reported and hinder no other."""
    results = []
    bodies = request.json_list(_BODY)
    for body in bodies:
        try:
            results.append(_document(request, _made(request, body)))
        except ApiError as problem:
            results.append(_rejected(body, problem))
    return answer(results)


def read(request: ControlPlaneRequest) -> Response:
    """GET one."""
    return answer(_document(request, _own(request)))


def update(request: ControlPlaneRequest) -> Response:
    """PUT another plan; one that the API does not offer is taken and ignored. A subscription that is not there has no
    status, and that is what is refused."""
    if request.param("id") not in request.organization.subscriptions:
        raise bad_request("Request must contain the status of a subscription.")
    subscription, body = _own(request), request.json_object(_BODY)
    if body.get("status") not in _CHANGEABLE or subscription.status not in _CHANGEABLE:
        raise bad_request("The subscription is blocked, on hold or rejected, or no status is given.")
    wanted = body.get("requestedThrottlingPolicy") or body.get("throttlingPolicy")
    waits = subscription.status == "TIER_UPDATE_PENDING" and not request.organization.queues_plan_changes
    if waits and wanted != subscription.requested_plan:
        raise bad_request("The subscription is blocked, on hold or rejected: a change of its plan waits for approval.")
    if wanted in (subscription.plan, None) or wanted not in request.organization.apis[subscription.api_id].plans:
        return answer(_document(request, subscription))
    if request.organization.approves_plan_changes:
        subscription.requested_plan, subscription.status = str(wanted), "TIER_UPDATE_PENDING"
        return _told(request, subscription, True, 200)
    subscription.plan = str(wanted)
    return answer(_document(request, subscription))


def delete(request: ControlPlaneRequest) -> Response:
    """DELETE one; where that waits for approval, it stays until then."""
    subscription = _own(request)
    if request.organization.approves_deletions:
        subscription.status = "DELETE_PENDING"
        return _told(request, subscription, True, 200)
    del request.organization.subscriptions[subscription.id]
    return empty(200)


def _told(request: ControlPlaneRequest, subscription: Subscription, waits: bool, usual: int) -> Response:
    document = _document(request, subscription)
    return request.pending(document, usual) if waits else answer(document, usual)


def _rejected(body: dict[str, Any], problem: ApiError) -> dict[str, Any]:
    told = {
        name: body[name] for name in ("applicationId", "apiId", "throttlingPolicy") if isinstance(body.get(name), str)
    }
    return {**told, "status": "REJECTED", "redirectionParams": problem.body["description"]}


def _made(request: ControlPlaneRequest, body: dict[str, Any]) -> Subscription:
    application = request.application(request.text(body, "applicationId"))
    plan, api_id = request.text(body, "throttlingPolicy"), request.text(body, "apiId")
    api = known_api(request, api_id)
    if application.status != "APPROVED":
        raise bad_request("Workflow status is not Approved")
    if plan not in api.plans:
        raise forbidden(
            f"Tier {plan} is not allowed for API {api.name}-{api.version}. Only these tiers are: {api.plans}"
        )
    for other in request.organization.subscriptions.values():
        if (other.api_id, other.application_id) == (api.id, application.id):
            text = f"Specified subscription already exists for API {api.name}, for application {application.name}"
            raise conflict(text)
    status = "ON_HOLD" if request.organization.approves_subscriptions else "UNBLOCKED"
    made = Subscription(application_id=application.id, api_id=api.id, plan=plan, status=status)
    request.organization.subscriptions[made.id] = made
    return made


def _own(request: ControlPlaneRequest) -> Subscription:
    found = request.organization.subscriptions.get(request.param("id"))
    if found is None:
        raise not_found(f"Requested subscription with Id '{request.param('id')}' not found")
    request.application(found.application_id)
    return found


def _is_own(request: ControlPlaneRequest, subscription: Subscription) -> bool:
    application = request.organization.applications.get(subscription.application_id)
    return application is not None and request.may_use(application)


def _document(request: ControlPlaneRequest, subscription: Subscription) -> dict[str, Any]:
    api = request.organization.apis[subscription.api_id]
    application = request.organization.applications[subscription.application_id]
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
