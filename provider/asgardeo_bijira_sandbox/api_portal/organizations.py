"""The organisation: `/organizations`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.responses import answer
from .exceptions import bad_values, handled
from .models import iso_now

if TYPE_CHECKING:
    from starlette.responses import Response

    from .models import Portal
    from .request import PortalRequest

_SINGLE = (
    "This API Portal serves a single organization, which is configured and provisioned at startup. Organizations "
    "cannot be created, listed, or deleted through the API."
)
_FIXED_HANDLE = (
    "The organization handle cannot be changed; it is fixed to '{}' by this portal's organization.handle configuration."
)
_FIXED_REFERENCE = (
    "The organization IDP reference cannot be changed through this API; it is what incoming tokens are matched against "
    "and is set by this portal's auth.idp_org_id configuration."
)
_CONTACTS = ("businessOwner", "businessOwnerContact", "businessOwnerEmail", "cpRefId")


def no_such_method(request: PortalRequest) -> Response:
    """List, POST and DELETE: an organisation is made when the server is set up."""
    raise handled(405, "METHOD_NOT_ALLOWED", _SINGLE)


def read(request: PortalRequest) -> Response:
    """GET one's own."""
    return answer(_document(_own(request)))


def update(request: PortalRequest) -> Response:
    """PUT its names and contacts whole; what it is told apart by is set up with the server."""
    body, portal = request.members(), _own(request)
    if body["id"] and body["id"].lower() != portal.handle:
        raise bad_values(_FIXED_HANDLE.format(portal.handle))
    if body["idpRefId"] != portal.handle:
        raise bad_values(_FIXED_REFERENCE)
    portal.display_name = body["displayName"]
    portal.contacts = {name: body.get(name) for name in _CONTACTS}
    portal.configuration = body.get("configuration", portal.configuration)
    portal.updated_by, portal.updated_at = request.caller.name, iso_now()
    return answer(_document(portal))


def _own(request: PortalRequest) -> Portal:
    """The caller's by its handle or name; whoever names none in his token has them all."""
    given = request.param("orgId")
    for portal in request.store.api_portal.organizations.values():
        if request.portal.uuid in ("", portal.uuid) and (
            given.lower() == portal.handle or given == portal.display_name
        ):
            return portal
    text = "This operation is not available for the requested organization."
    raise handled(403, "FORBIDDEN", "Forbidden", text)


def _document(portal: Portal) -> dict[str, Any]:
    return {
        "id": portal.handle,
        "displayName": portal.display_name,
        **{name: portal.contacts.get(name) for name in _CONTACTS[:3]},
        "idpRefId": portal.handle,
        "cpRefId": portal.contacts.get("cpRefId"),
        "configuration": portal.configuration,
        "createdBy": portal.created_by,
        "updatedBy": portal.updated_by,
        "createdAt": portal.created_at,
        "updatedAt": portal.updated_at,
    }
