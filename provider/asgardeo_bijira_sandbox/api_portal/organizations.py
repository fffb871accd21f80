"""The organisation, its one view and its one label: `/organizations`, `/views`, `/labels`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.responses import answer
from .exceptions import bad_values, handled
from .models import NOBODY, iso_now

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import PortalRequest

_SINGLE = (
    "This API Portal serves a single organization, which is configured and provisioned at startup. Organizations "
    "cannot be created, listed, or deleted through the API."
)
_FIXED_REFERENCE = (
    "The organization IDP reference cannot be changed through this API; it is what incoming tokens are matched against "
    "and is set by this portal's auth.idp_org_id configuration."
)


def no_such_method(request: PortalRequest) -> Response:
    """List, POST and DELETE: an organisation is made when the server is set up."""
    raise handled(405, "METHOD_NOT_ALLOWED", _SINGLE)


def read(request: PortalRequest) -> Response:
    """GET one's own."""
    _check_own(request)
    return answer(_document(request))


def update(request: PortalRequest) -> Response:
    """PUT its display name."""
    _check_own(request)
    body = request.members()
    if body["idpRefId"] != request.portal.handle:
        raise bad_values(_FIXED_REFERENCE)
    request.portal.display_name = body["displayName"]
    request.portal.updated_by, request.portal.updated_at = request.caller.name, iso_now()
    return answer(_document(request))


def views(request: PortalRequest) -> Response:
    """GET the one view that there is."""
    view = {"id": "default", "displayName": "default", "labels": ["default"], "createdBy": NOBODY}
    return request.page([{**view, "createdAt": request.portal.created_at, "updatedAt": request.portal.created_at}])


def labels(request: PortalRequest) -> Response:
    """GET the one label that there is."""
    return request.page([{"id": "default", "displayName": "default"}])


def _check_own(request: PortalRequest) -> None:
    if request.param("orgId") != request.portal.handle:
        text = "This operation is not available for the requested organization."
        raise handled(403, "FORBIDDEN", "Forbidden", text)


def _document(request: PortalRequest) -> dict[str, Any]:
    portal = request.portal
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
