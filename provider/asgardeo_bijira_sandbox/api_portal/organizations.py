"""The organisation, its one view and its one label: `/organizations`, `/views`, `/labels`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .exceptions import Reply, bad_values, handled
from .models import NOBODY, iso_now

if TYPE_CHECKING:
    from .request import Call

__all__ = ("change", "labels", "no_such_method", "read", "views")

_SINGLE = (
    "This API Portal serves a single organization, which is configured and provisioned at startup. Organizations "
    "cannot be created, listed, or deleted through the API."
)
_FIXED_REFERENCE = (
    "The organization IDP reference cannot be changed through this API; it is what incoming tokens are matched against "
    "and is set by this portal's auth.idp_org_id configuration."
)


def no_such_method(call: Call) -> Reply:
    """List, POST and DELETE: an organisation is made when the server is set up."""
    raise handled(405, "METHOD_NOT_ALLOWED", _SINGLE)


def read(call: Call) -> Reply:
    """GET one's own."""
    _check_own(call)
    return Reply(200, _document(call))


def change(call: Call) -> Reply:
    """PUT its display name."""
    _check_own(call)
    body = call.body()
    if body["idpRefId"] != call.portal.handle:
        raise bad_values(_FIXED_REFERENCE)
    call.portal.display_name = body["displayName"]
    call.portal.updated_by, call.portal.updated_at = call.caller.name, iso_now()
    return Reply(200, _document(call))


def views(call: Call) -> Reply:
    """GET the one view that there is."""
    view = {"id": "default", "displayName": "default", "labels": ["default"], "createdBy": NOBODY}
    return call.page([{**view, "createdAt": call.portal.created_at, "updatedAt": call.portal.created_at}])


def labels(call: Call) -> Reply:
    """GET the one label that there is."""
    return call.page([{"id": "default", "displayName": "default"}])


def _check_own(call: Call) -> None:
    if call.part("orgId") != call.portal.handle:
        text = "This operation is not available for the requested organization."
        raise handled(403, "FORBIDDEN", "Forbidden", text)


def _document(call: Call) -> dict[str, Any]:
    portal = call.portal
    return {
        "id": portal.handle,
        "displayName": portal.display_name,
        "businessOwner": None,
        "businessOwnerContact": None,
        "businessOwnerEmail": None,
        "idpRefId": portal.handle,
        "cpRefId": None,
        "configuration": {},
        "createdBy": portal.created_by,
        "updatedBy": portal.updated_by,
        "createdAt": portal.created_at,
        "updatedAt": portal.updated_at,
    }
