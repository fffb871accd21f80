"""Applications: `/applications`. A handle is unique in the organisation, over all users; a name is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.responses import answer, page
from .documents import document_of
from .exceptions import failed, objection, taken
from .models import Application, iso_now, slug, sql_now
from .values import is_true, member, stored, text_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import PortalRequest


def listed(request: PortalRequest) -> Response:
    """GET a page of the caller's own, in the order in which they were made."""
    own = [one for one in request.portal.applications.values() if one.owner == request.caller.subject]
    return request.page([_document(one) for one in own])


def create(request: PortalRequest) -> Response:
    """POST: 201, without the times. Without an id the handle is made of the name."""
    body = _body(request)
    if "displayName" not in body or not request.portal.is_somewhere:
        raise failed()
    handle = text_of(body["id"]).strip() if body.get("id") is not None else ""
    handle = handle or slug(text_of(body["displayName"])) or request.portal.new_id()
    if handle in request.portal.applications:
        raise taken()
    now = sql_now()
    made = Application(
        id=handle,
        owner=request.caller.subject,
        display_name=stored(body["displayName"]) or "",
        description=stored(body.get("description")),
        created_by=request.caller.name,
        updated_by=request.caller.name,
        created_at=now,
        updated_at=now,
    )
    request.portal.applications[handle] = made
    sent = {name: body[name] for name in ("displayName", "description") if name in body}
    return answer({"id": handle, **sent, "createdBy": made.created_by, "updatedBy": made.updated_by}, 201)


def read(request: PortalRequest) -> Response:
    """GET one. What is mapped to it is not shown."""
    return answer(_document(request.own()))


def update(request: PortalRequest) -> Response:
    """PUT name and description; the handle stays, whatever the body says."""
    application, body = request.own(), _body(request)
    if "displayName" not in body:
        raise failed()
    application.display_name = stored(body["displayName"]) or ""
    application.description = stored(body.get("description"))
    application.updated_by, application.updated_at = request.caller.name, iso_now()
    return answer(_document(application))


def delete(request: PortalRequest) -> Response:
    """DELETE with all mappings; keys of APIs are nobody's then."""
    application = request.own()
    del request.portal.applications[application.id]
    for key in request.portal.api_keys.values():
        key.application = None if key.application == application.id else key.application
    return page("Resource Deleted Successfully", 200)


def _body(request: PortalRequest) -> dict[str, Any]:
    """JSON, the fields of a form, or a form's YAML file."""
    file = request.file("application")
    if file is None:
        return request.members()
    document = document_of(file, "application YAML", "Invalid application YAML: expected an object")
    spec = member(document, "spec")
    if not is_true(member(spec, "displayName")):
        raise objection("Missing required application field: displayName")
    named = {key: spec[key] for key in ("displayName", "description") if key in spec}
    return {"id": member(member(document, "metadata"), "name"), **named}


def _document(application: Application) -> dict[str, Any]:
    return {
        "id": application.id,
        "displayName": application.display_name,
        "description": application.description,
        **application.audit(),
    }
