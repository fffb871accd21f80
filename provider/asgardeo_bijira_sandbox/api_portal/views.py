"""Views and the labels by which they choose APIs: `/views`, `/labels`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.errors import ApiError
from ..web.responses import answer, empty
from .exceptions import failed, not_found, objection, taken
from .models import Label, View, iso_now
from .values import weak_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from .models import Api
    from .request import PortalRequest

__all__ = ("labels_of", "view_named")


def listed(request: PortalRequest) -> Response:
    """GET a page of the views."""
    return request.page([_document(id_, view) for id_, view in request.portal.views.items()])


def read(request: PortalRequest) -> Response:
    """GET one."""
    handle = request.param("viewId")
    if handle not in request.portal.views:
        raise not_found(f"View {handle} not found")
    return answer(_document(handle, request.portal.views[handle]))


def create(request: PortalRequest) -> Response:
    """POST one; without labels it shows nothing."""
    body, portal = request.members(), request.portal
    if not body["id"] or not portal.is_somewhere:
        raise failed()
    if body["id"] in portal.views:
        raise taken()
    view = View(display_name=body.get("displayName") or body["id"], created_by=request.caller.name)
    view.updated_by, view.labels = request.caller.name, _chosen(request, body.get("labels", []))
    portal.views[body["id"]] = view
    return answer({"message": "View added successfully"}, 201)


def update(request: PortalRequest) -> Response:
    """PUT what is to be changed. With a name the view is made where it is not there; another id renames it."""
    body, portal, handle = request.members(), request.portal, request.param("viewId")
    name, renamed = body.get("displayName"), body.get("id") or handle
    if not name:
        view_named(request, handle)
    elif not portal.is_somewhere:
        raise failed()
    view = portal.views.get(handle) or View(display_name=name or "", created_by=request.caller.name)
    labels = _chosen(request, body["labels"]) if "labels" in body else view.labels
    if renamed != handle and renamed in portal.views:
        text = f"A view with the handle '{renamed}' already exists"
        raise ApiError(409, {"status": "error", "code": "CONFLICT", "errors": [{"message": text}]})
    view.labels = labels
    if (name and handle in portal.views) or renamed != handle:
        view.display_name, view.updated_by, view.updated_at = name or view.display_name, request.caller.name, iso_now()
    elif name:
        view.updated_by = request.caller.name
    portal.views[handle] = view
    if renamed != handle:
        portal.views = {renamed if key == handle else key: value for key, value in portal.views.items()}
    return answer(body)


def delete(request: PortalRequest) -> Response:
    """DELETE one that is not the last. The tag is that of a text which no answer without content can hold."""
    handle = request.param("viewId")
    view_named(request, handle)
    if len(request.portal.views) == 1:
        raise objection("The last view cannot be deleted")
    del request.portal.views[handle]
    return empty(204, {"ETag": weak_tag(b"View Deleted Successfully")})


def labels(request: PortalRequest) -> Response:
    """GET a page of the labels."""
    return request.page([_label(id_, label) for id_, label in request.portal.labels.items()])


def read_label(request: PortalRequest) -> Response:
    """GET one."""
    return answer(_label(*_found(request)))


def create_label(request: PortalRequest) -> Response:
    """POST one."""
    body = request.members()
    if not body["id"] or not request.portal.is_somewhere:
        raise failed()
    if body["id"] in request.portal.labels:
        raise taken()
    request.portal.labels[body["id"]] = Label(display_name=body["displayName"])
    return answer(_label(body["id"], request.portal.labels[body["id"]]), 201)


def update_label(request: PortalRequest) -> Response:
    """PUT its name; the id stays, whatever the body says."""
    id_, label = _found(request)
    label.display_name = request.members()["displayName"]
    return answer(_label(id_, label))


def delete_label(request: PortalRequest) -> Response:
    """DELETE one: no view and no API has it any more."""
    id_, _ = _found(request)
    del request.portal.labels[id_]
    owners: tuple[View | Api, ...] = (*request.portal.views.values(), *request.portal.apis.values())
    for owner in owners:
        owner.labels = [one for one in owner.labels if one != id_]
    return empty(204)


def view_named(request: PortalRequest, handle: str) -> View:
    """The view with this handle."""
    if handle not in request.portal.views:
        raise not_found("Not Found", "View not found")
    return request.portal.views[handle]


def labels_of(request: PortalRequest, wanted: Iterable[str | None]) -> list[str]:
    """The labels of these ids, each of which must be there."""
    found: list[str] = []
    for id_ in wanted:
        if id_ is None or id_ not in request.portal.labels:
            raise not_found("Not Found", "Label not found")
        found.append(id_)
    return found


def _chosen(request: PortalRequest, wanted: Iterable[str]) -> list[str]:
    """The labels of a view, each of which can be named once."""
    found = labels_of(request, wanted)
    if len(set(found)) < len(found):
        raise taken()
    return found


def _found(request: PortalRequest) -> tuple[str, Label]:
    id_ = request.param("labelId")
    if id_ not in request.portal.labels:
        raise not_found("Not Found", "Label not found")
    return id_, request.portal.labels[id_]


def _label(id_: str, label: Label) -> dict[str, Any]:
    return {"id": id_, "displayName": label.display_name}


def _document(handle: str, view: View) -> dict[str, Any]:
    return {
        "id": handle,
        "displayName": view.display_name,
        "labels": view.labels,
        **view.audit(),
    }
