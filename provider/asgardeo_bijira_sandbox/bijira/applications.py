"""Applications: `/applications`. Names are unique for each owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.http import answer, empty
from .exceptions import bad_request, conflict
from .models import Application

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import Call

__all__ = ("change", "create", "delete", "listed", "read")

_ILLEGAL = set("~!@#;%^*+={}|\\<>\"'/,")
_LONGEST_NAME, _LONGEST_DESCRIPTION = 100, 512


def listed(call: Call) -> Response:
    """GET a page of the caller's own; a query is the exact name, or a part of it on older servers."""
    own = [one for one in call.organization.applications.values() if one.owner == call.subject]
    wanted, exactly = call.query("query"), call.organization.searches_applications_exactly
    found = [one for one in own if wanted in ("", one.name) or (not exactly and wanted.lower() in one.name.lower())]
    if call.query("sortBy") == "name":
        found.sort(key=lambda one: one.name, reverse=call.query("sortOrder") == "desc")
    return call.page([_short(call, one) for one in found], "/applications")


def create(call: Call) -> Response:
    """POST. Its maker owns it, whoever is named as the owner, unless the owner is to be preserved."""
    body = call.json()
    owner = call.text(body, "owner") if call.query("preserveOwner") == "true" else call.subject
    application = Application(name="", owner=owner, throttling_policy="")
    _apply(call, application, body)
    call.organization.applications[application.id] = application
    if call.organization.approves_applications:
        application.status = "CREATED"
        return call.pending(_document(call, application), 201)
    return answer(_document(call, application), 201, {"Location": f"/applications/{application.id}"})


def read(call: Call) -> Response:
    """GET one."""
    return answer(_document(call, call.application()))


def change(call: Call) -> Response:
    """PUT the whole application: what is left out is reset."""
    application = call.application()
    _apply(call, application, call.json())
    return answer(_document(call, application))


def delete(call: Call) -> Response:
    """DELETE with all mappings and subscriptions; where that waits for approval, it stays until then."""
    application = call.application()
    if call.organization.approves_deletions:
        application.status = "DELETE_PENDING"
        return call.pending(_document(call, application), 200)
    call.organization.forget_application(application.id)
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
        if (other.name, other.owner) == (name, application.owner) and other.id != application.id:
            raise conflict(f"An application already exists with name {name}")
    application.name, application.throttling_policy, application.description = name, policy, description
    application.groups = (body.get("groups") or []) if call.organization.shares_groups else []
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
        "attributes": _attributes(call, application),
        "owner": application.owner,
    }


def _attributes(call: Call, application: Application) -> dict[str, Any]:
    """Where the server defines them, all of those and no others."""
    defined = call.organization.application_attributes
    if defined is None:
        return application.attributes
    return {name: application.attributes.get(name, "") for name in defined}


def _document(call: Call, application: Application) -> dict[str, Any]:
    more = {
        "tokenType": "JWT",
        "keys": [],
        "subscriptionScopes": application.subscription_scopes,
        "hashEnabled": False,
    }
    return {**_short(call, application), **more}
