"""Applications: `/applications`. A handle is unique in the organisation, over all users; a name is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.responses import answer, page
from .exceptions import bad_values, failed, not_found, taken
from .models import Application, iso_now, slug, sql_now
from .parsing import yaml_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import PortalRequest


def listed(request: PortalRequest) -> Response:
    """GET a page of the caller's own, in the order in which they were made."""
    own = [one for one in request.portal.applications.values() if one.owner == request.caller.subject]
    return request.page([_without(_document(one), "updatedBy") for one in own])


def create(request: PortalRequest) -> Response:
    """POST: 201, without the times. Without an id the handle is made of the name."""
    body = _body(request)
    if "displayName" not in body or not request.portal.is_somewhere:
        raise failed()
    handle = str(body.get("id") or "").strip() or slug(body["displayName"]) or request.portal.new_id()
    if handle in request.portal.applications:
        raise taken()
    now = sql_now()
    made = Application(
        id=handle,
        owner=request.caller.subject,
        display_name=body["displayName"],
        description=body.get("description"),
        created_by=request.caller.name,
        updated_by=request.caller.name,
        created_at=now,
        updated_at=now,
    )
    request.portal.applications[handle] = made
    shown = _without(_document(made), "createdAt", "updatedAt")
    return answer(shown if "description" in body else _without(shown, "description"), 201)


def read(request: PortalRequest) -> Response:
    """GET one. What is mapped to it is not shown."""
    return answer(_document(request.own()))


def update(request: PortalRequest) -> Response:
    """PUT name and description; the handle stays, whatever the body says."""
    application, body = request.own(), _body(request)
    if "displayName" not in body:
        raise failed()
    application.display_name, application.description = body["displayName"], body.get("description")
    application.updated_by, application.updated_at = request.caller.name, iso_now()
    return answer(_document(application))


def delete(request: PortalRequest) -> Response:
    """DELETE with all mappings."""
    del request.portal.applications[request.own().id]
    return page("Resource Deleted Successfully", 200)


def api_keys(request: PortalRequest) -> Response:
    """GET the API keys of an application; nothing here makes any."""
    request.own(lambda: not_found("Application not found"))
    return request.page([])


def _body(request: PortalRequest) -> dict[str, Any]:
    """JSON, the fields of a form, or a form's YAML file."""
    if request.form_data is None or "application" not in request.form_data.files:
        return request.members()
    document = yaml_of(request.form_data.files["application"])
    spec, metadata = document.get("spec") or {}, document.get("metadata") or {}
    if not spec.get("displayName"):
        raise bad_values("Bad Request", "Missing required application field: displayName")
    found = {"id": metadata.get("name"), **spec}
    return {key: found[key] for key in ("id", "displayName", "description") if key in found}


def _document(application: Application) -> dict[str, Any]:
    return {
        "id": application.id,
        "displayName": application.display_name,
        "description": application.description,
        "createdBy": application.created_by,
        "updatedBy": application.updated_by,
        "createdAt": application.created_at,
        "updatedAt": application.updated_at,
    }


def _without(document: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in names}
