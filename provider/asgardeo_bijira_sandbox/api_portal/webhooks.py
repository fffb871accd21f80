"""Webhook subscribers: `/webhook-subscribers`. They are kept; the sandbox sends them nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.responses import answer, empty
from .exceptions import bad_values, conflict, failed, not_found
from .models import WebhookSubscriber

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import PortalRequest


def listed(request: PortalRequest) -> Response:
    """GET a page."""
    kept = sorted(request.portal.webhook_subscribers.items())
    return request.page([_document(request, id_, one) for id_, one in kept])


def read(request: PortalRequest) -> Response:
    """GET one, without its secret."""
    return answer(_document(request, request.param("subscriberId"), _found(request)))


def create(request: PortalRequest) -> Response:
    """POST one; the answer has no times."""
    body, portal = request.members(), request.portal
    missing = [name for name in ("displayName", "targetUrl") if not body.get(name)]
    if missing:
        raise bad_values(f"Missing required fields: {', '.join(missing)}")
    if not portal.is_somewhere:
        raise failed("Error while creating webhook subscriber")
    id_ = body.get("id") or portal.new_id()
    _check_free(request, id_)
    made = WebhookSubscriber(display_name="", target_url="", created_by=request.caller.name)
    _apply(made, body)
    made.updated_by = request.caller.name
    portal.webhook_subscribers[id_] = made
    shown = _document(request, id_, made)
    return answer({name: value for name, value in shown.items() if not name.endswith("At")}, 201)


def update(request: PortalRequest) -> Response:
    """PUT: what is empty stays as it is, but what is left out and has a default takes that. Another id renames it."""
    body, former, one = request.members(), request.param("subscriberId"), _found(request)
    id_ = body.get("id") or former
    if id_ != former:
        _check_free(request, id_)
    _apply(one, body)
    one.touch(request.caller.name)
    portal = request.portal
    portal.webhook_subscribers = {id_ if key == former else key: it for key, it in portal.webhook_subscribers.items()}
    return answer(_document(request, id_, one))


def delete(request: PortalRequest) -> Response:
    """DELETE one."""
    _found(request)
    del request.portal.webhook_subscribers[request.param("subscriberId")]
    return empty(204)


def _apply(one: WebhookSubscriber, body: dict[str, Any]) -> None:
    one.display_name = body.get("displayName") or one.display_name
    one.target_url = body.get("targetUrl") or one.target_url
    one.events = body.get("events", one.events)
    one.enabled = body.get("enabled", True)
    one.timeout_ms = body.get("timeoutMs", 5000) or one.timeout_ms
    one.has_secret = one.has_secret or bool(body.get("secret"))


def _check_free(request: PortalRequest, id_: str) -> None:
    if id_ in request.portal.webhook_subscribers:
        raise conflict(f'A webhook subscriber with id "{id_}" already exists in this organization.')


def _found(request: PortalRequest) -> WebhookSubscriber:
    found = request.portal.webhook_subscribers.get(request.param("subscriberId"))
    if found is None:
        raise not_found("Webhook subscriber not found")
    return found


def _document(request: PortalRequest, id_: str, one: WebhookSubscriber) -> dict[str, Any]:
    return {
        "id": id_,
        "orgId": request.portal.uuid,
        "displayName": one.display_name,
        "targetUrl": one.target_url,
        "enabled": one.enabled,
        "events": one.events,
        "timeoutMs": one.timeout_ms,
        "hasSecret": one.has_secret,
        **one.audit(),
    }
