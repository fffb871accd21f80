"""The organisation: `/organizations`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.responses import answer
from .documents import document_of, kind_of
from .exceptions import bad_values, failed, handled, objection
from .models import iso_now
from .values import is_true, member, stored, text_of

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
_OF_DOCUMENT = ("displayName", "idpRefId", "businessOwner", "businessOwnerContact", "businessOwnerEmail", "cpRefId")
_CONTACTS = ("businessOwner", "businessOwnerContact", "businessOwnerEmail", "cpRefId")


def no_such_method(request: PortalRequest) -> Response:
    """List, POST and DELETE: an organisation is made when the server is set up."""
    raise handled(405, "METHOD_NOT_ALLOWED", _SINGLE)


def read(request: PortalRequest) -> Response:
    """GET one's own."""
    return answer(_document(_own(request)))


def update(request: PortalRequest) -> Response:
    """PUT its names and contacts whole; what it is told apart by is set up with the server."""
    body = _body(request)
    portal = _own(request)
    if body.get("id") and text_of(body["id"]).lower() != portal.handle:
        raise bad_values(_FIXED_HANDLE.format(portal.handle))
    if "idpRefId" in body and body["idpRefId"] != portal.handle:
        raise bad_values(_FIXED_REFERENCE)
    if any(body.get(name) is None for name in ("displayName", "idpRefId")) or body.get("configuration", {}) is None:
        raise failed()
    portal.display_name = stored(body["displayName"]) or ""
    portal.contacts = {name: stored(body.get(name)) for name in _CONTACTS}
    portal.configuration = body.get("configuration", portal.configuration)
    portal.updated_by, portal.updated_at = request.caller.name, iso_now()
    return answer(_document(portal))


def _body(request: PortalRequest) -> dict[str, Any]:
    """JSON, the fields of a form, or a form's YAML file."""
    file = request.file("organization")
    if file is None:
        return request.members()
    document = document_of(file, "organization YAML file", "Organization YAML file is empty or invalid")
    if not isinstance(document, dict) or document.get("kind") != "Organization":
        text = f"Unknown organization YAML kind '{kind_of(document)}'. Expected 'Organization'"
        raise objection(text)
    spec = document.get("spec", {})
    if spec is None or document.get("metadata", {}) is None:
        raise failed()
    found = {name: spec[name] for name in _OF_DOCUMENT if isinstance(spec, dict) and name in spec}
    found = {"displayName": None, "handle": member(document.get("metadata"), "name"), "idpRefId": None, **found}
    missing = [name for name in ("displayName", "handle", "idpRefId") if not is_true(found[name])]
    if missing:
        text = f"Invalid organization YAML: missing required field(s): {', '.join(missing)}"
        raise objection(text)
    configuration = member(spec, "configuration")
    return {"id": found.pop("handle"), "configuration": configuration if is_true(configuration) else None, **found}


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
        **portal.audit(),
    }
