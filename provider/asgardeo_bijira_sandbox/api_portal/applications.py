"""Applications: `/applications`. A handle is unique in the organisation, over all users; a name is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .exceptions import Reply, bad_values, conflict, failed, not_found
from .models import Application, iso_now, slug, sql_now
from .parsing import yaml_of

if TYPE_CHECKING:
    from .request import Call

__all__ = ("api_keys", "change", "create", "delete", "listed", "read")


def listed(call: Call) -> Reply:
    """GET a page of the caller's own, in the order in which they were made."""
    own = [one for one in call.portal.applications.values() if one.owner == call.caller.subject]
    return call.page([_without(_document(one), "updatedBy") for one in own])


def create(call: Call) -> Reply:
    """POST: 201, without the times. Without an id the handle is made of the name."""
    body = _body(call)
    if "displayName" not in body or not call.portal.is_somewhere:
        raise failed()
    handle = str(body.get("id") or "").strip() or slug(body["displayName"]) or call.portal.new_id()
    if handle in call.portal.applications:
        raise conflict("Conflict", "A record with these values already exists.")
    now = sql_now()
    made = Application(
        id=handle,
        owner=call.caller.subject,
        display_name=body["displayName"],
        description=body.get("description"),
        created_by=call.caller.name,
        updated_by=call.caller.name,
        created_at=now,
        updated_at=now,
    )
    call.portal.applications[handle] = made
    shown = _without(_document(made), "createdAt", "updatedAt")
    return Reply(201, shown if "description" in body else _without(shown, "description"))


def read(call: Call) -> Reply:
    """GET one. What is mapped to it is not shown."""
    return Reply(200, _document(call.own()))


def change(call: Call) -> Reply:
    """PUT name and description; the handle stays, whatever the body says."""
    application, body = call.own(), _body(call)
    if "displayName" not in body:
        raise failed()
    application.display_name, application.description = body["displayName"], body.get("description")
    application.updated_by, application.updated_at = call.caller.name, iso_now()
    return Reply(200, _document(application))


def delete(call: Call) -> Reply:
    """DELETE with all mappings."""
    del call.portal.applications[call.own().id]
    return Reply(200, html="Resource Deleted Successfully")


def api_keys(call: Call) -> Reply:
    """GET the API keys of an application; nothing here makes any."""
    call.own(lambda: not_found("Application not found"))
    return call.page([])


def _body(call: Call) -> dict[str, Any]:
    """JSON, the fields of a form, or a form's YAML file."""
    if call.form is None or "application" not in call.form.files:
        return call.body()
    document = yaml_of(call.form.files["application"])
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
