"""Applications: `/applications`. Names are unique for each owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..http import answer, empty
from .errors import bad_request, conflict
from .model import Application

if TYPE_CHECKING:
    from starlette.responses import Response

    from .calls import Call

__all__ = ("change", "create", "delete", "listed", "read")

_ILLEGAL = set("~!@#;%^*+={}|\\<>\"'/,")
_LONGEST_NAME, _LONGEST_DESCRIPTION = 100, 512


def listed(call: Call) -> Response:
    """GET a page of the caller's own; a query is the exact name."""
    own = [one for one in call.organization.applications.values() if one.owner == call.subject]
    wanted = call.query("query")
    rows = [_short(call, one) for one in own if wanted in ("", one.name)]
    return call.page(rows, "/applications")


def create(call: Call) -> Response:
    """POST: 202 where somebody has to approve it."""
    body = call.json()
    application = Application(name="", owner=call.subject, throttling_policy="")
    _apply(call, application, body)
    if call.organization.approves_applications:
        application.status = "CREATED"
    call.organization.applications[application.id] = application
    status = 202 if application.status == "CREATED" else 201
    return answer(_document(call, application), status, {"Location": f"/applications/{application.id}"})


def read(call: Call) -> Response:
    """GET one."""
    return answer(_document(call, call.application()))


def change(call: Call) -> Response:
    """PUT the whole application: what is left out is reset."""
    application = call.application()
    _apply(call, application, call.json())
    return answer(_document(call, application))


def delete(call: Call) -> Response:
    """DELETE with all mappings and subscriptions."""
    call.organization.forget_application(call.application().id)
    return empty(200)


def _apply(call: Call, application: Application, body: dict[str, Any]) -> None:
    name, policy = call.text(body, "name"), call.text(body, "throttlingPolicy")
    description = body.get("description") or ""
    if name != name.strip():
        raise bad_request("Application name cannot contain leading or trailing white spaces")
    if len(name) > _LONGEST_NAME or _ILLEGAL & set(name):
        raise bad_request("Application name cannot contain invalid characters")
    if len(description) > _LONGEST_DESCRIPTION:
        raise bad_request("The description is too long.")
    if policy not in call.organization.application_policies:
        raise bad_request(f"Specified tier {policy} is invalid")
    for other in call.organization.applications.values():
        if (other.name, other.owner) == (name, call.subject) and other.id != application.id:
            raise conflict(f"An application already exists with name {name}")
    application.name, application.throttling_policy, application.description = name, policy, description
    application.groups = body.get("groups") or []
    application.attributes = body.get("attributes") or {}
    application.subscription_scopes = body.get("subscriptionScopes") or []


def _short(call: Call, application: Application) -> dict[str, Any]:
    subscribed = [one for one in call.organization.subscriptions.values() if one.application_id == application.id]
    return {
        "applicationId": application.id,
        "name": application.name,
        "throttlingPolicy": application.throttling_policy,
        "description": application.description,
        "status": application.status,
        "groups": application.groups,
        "subscriptionCount": len(subscribed),
        "attributes": application.attributes,
        "owner": application.owner,
    }


def _document(call: Call, application: Application) -> dict[str, Any]:
    more = {
        "tokenType": "JWT",
        "keys": [],
        "subscriptionScopes": application.subscription_scopes,
        "hashEnabled": False,
    }
    return {**_short(call, application), **more}
