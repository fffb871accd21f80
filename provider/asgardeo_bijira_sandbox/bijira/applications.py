"""Applications: `/applications`. Names are unique for each owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.responses import answer, empty
from .apis import scope_info
from .exceptions import bad_request, conflict
from .keys import shown
from .models import IMPORT_EXPORT, Application

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import ControlPlaneRequest, Shape

__all__ = ("BODY", "apply", "in_short")

_ILLEGAL = set("~!@#;%^*+={}|\\<>\"'/,")
_LONGEST_NAME, _LONGEST_DESCRIPTION = 100, 512
BODY: Shape = {
    "name": "text",
    "throttlingPolicy": "text",
    "description": "text",
    "owner": "text",
    "tokenType": "text",
    "groups": "texts",
    "attributes": "object",
    "subscriptionScopes": "list",
}


def listed(request: ControlPlaneRequest) -> Response:
    """GET a page of what the caller may use; a query is the exact name, or a part of it on older servers."""
    own = [one for one in request.organization.applications.values() if request.may_use(one)]
    wanted, exactly = request.query("query"), request.organization.searches_applications_exactly
    found = [one for one in own if wanted in ("", one.name) or (not exactly and wanted.lower() in one.name.lower())]
    if request.query("sortBy") == "name":
        found.sort(key=lambda one: one.name, reverse=request.query("sortOrder") == "desc")
    return request.page([in_short(request, one) for one in found], "/applications")


def create(request: ControlPlaneRequest) -> Response:
    """POST. Its maker owns it, whoever is named as the owner, unless one who may import has the owner preserved."""
    body = request.json_object(BODY)
    preserved = request.query("preserveOwner") == "true" and IMPORT_EXPORT in request.granted
    owner = request.text(body, "owner") if preserved else request.subject
    application = Application(name="", owner=owner, throttling_policy="")
    apply(request, application, body)
    request.organization.applications[application.id] = application
    if request.organization.approves_applications:
        application.status = "CREATED"
        return request.pending(_document(request, application), 201)
    return answer(_document(request, application), 201, {"Location": f"/applications/{application.id}"})


def read(request: ControlPlaneRequest) -> Response:
    """GET one, with its keys and the scopes of the APIs that it is subscribed to."""
    application = request.application()
    scopes = [scope_info(scope) for scope in request.organization.scopes_of(application)]
    keys = [shown(request, one) for one in application.mappings.values()]
    return answer({**_document(request, application), "keys": keys, "subscriptionScopes": scopes})


def update(request: ControlPlaneRequest) -> Response:
    """PUT the whole application: what is left out is reset."""
    application = request.application()
    apply(request, application, request.json_object(BODY))
    return answer(_document(request, application))


def delete(request: ControlPlaneRequest) -> Response:
    """DELETE with all mappings and subscriptions; where that waits for approval, it stays until then."""
    application = request.application()
    if request.organization.approves_deletions:
        application.status = "DELETE_PENDING"
        return request.pending(_document(request, application), 200)
    request.organization.forget_application(application.id)
    return empty(200)


def apply(request: ControlPlaneRequest, application: Application, body: dict[str, Any]) -> None:
    """Make an application what a body of its shape says."""
    name, policy = request.text(body, "name"), request.text(body, "throttlingPolicy")
    description = body.get("description") or ""
    if name != name.strip():
        raise bad_request("Application name cannot contain leading or trailing white spaces")
    if len(name) > _LONGEST_NAME or _ILLEGAL & set(name):
        raise bad_request("Application name cannot contain invalid characters")
    if len(description) > _LONGEST_DESCRIPTION:
        raise bad_request("The description is too long.")
    if policy not in request.organization.application_policies:
        raise bad_request(f"Specified tier {policy} is invalid")
    attributes = body.get("attributes") or {}
    if any(not attributes.get(required) for required in request.organization.required_attributes):
        raise bad_request("Bad Request. Required application attribute not provided")
    for other in request.organization.applications.values():
        if (other.name, other.owner) == (name, application.owner) and other.id != application.id:
            raise conflict(f"An application already exists with name {name}")
    application.name, application.throttling_policy, application.description = name, policy, description
    application.groups = (body.get("groups") or []) if request.organization.shares_groups else []
    application.attributes = attributes


def attributes(request: ControlPlaneRequest) -> Response:
    """GET the attributes that applications can have, and whether they must."""
    organization = request.organization
    names = [*organization.required_attributes, *(organization.application_attributes or [])]
    rows = [
        {
            "attribute": name,
            "description": "",
            "type": "",
            "tooltip": "",
            "required": str(name in organization.required_attributes).lower(),
            "hidden": "false",
        }
        for name in dict.fromkeys(names)
    ]
    return answer({"count": len(rows), "list": rows})


def in_short(request: ControlPlaneRequest, application: Application) -> dict[str, Any]:
    """An application as a row of a list shows it."""
    organization = request.organization
    subscribed = [one for one in organization.subscriptions.values() if one.application_id == application.id]
    return {
        "applicationId": application.id,
        "name": application.name,
        "throttlingPolicy": application.throttling_policy,
        "description": application.description,
        "status": application.status,
        "groups": application.groups,
        "subscriptionCount": sum(organization.apis[one.api_id].checks_subscriptions for one in subscribed),
        "attributes": _attributes(request, application),
        "owner": application.owner,
    }


def _attributes(request: ControlPlaneRequest, application: Application) -> dict[str, Any]:
    """Where the server defines them, all of those and no others."""
    defined = request.organization.application_attributes
    if defined is None:
        return application.attributes
    names = [*request.organization.required_attributes, *defined]
    return {name: application.attributes.get(name, "") for name in names}


def _document(request: ControlPlaneRequest, application: Application) -> dict[str, Any]:
    more = {"tokenType": "JWT", "keys": [], "subscriptionScopes": [], "hashEnabled": False}
    return {**in_short(request, application), **more}
