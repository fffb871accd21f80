"""Key managers: `/key-managers`. They have no type and no issuer, only a token endpoint."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from ..web.responses import answer, empty
from .exceptions import bad_values, conflict, failed, not_found
from .models import KeyManager
from .parsing import yaml_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import PortalRequest

_TAKEN = "A key manager with that id already exists in this organization."


def listed(request: PortalRequest) -> Response:
    """GET a page of the enabled ones, for admins too, and little of each."""
    enabled = sorted((one for one in request.portal.key_managers.values() if one.enabled), key=lambda one: one.id)
    return request.page(
        [{key: _document(request, one)[key] for key in ("id", "displayName", "tokenEndpoint")} for one in enabled]
    )


def create(request: PortalRequest) -> Response:
    """POST: without an id it gets a UUID, so that a repetition makes another one."""
    body = _body(request)
    if not request.portal.is_somewhere:
        raise failed()
    missing = [name for name in ("displayName", "tokenEndpoint") if not body.get(name)]
    if missing:
        raise bad_values(f"Missing required fields: {', '.join(missing)}")
    handle = str(body.get("id") or "").strip()
    if handle and not re.fullmatch(r"[A-Za-z0-9_-]+", handle):
        raise bad_values("Invalid 'id'. Must contain only letters, numbers, underscores, and hyphens.")
    handle = handle or request.portal.new_id()
    if request.portal.key_manager(handle):
        raise conflict(_TAKEN)
    made = KeyManager(
        uid=str(uuid.uuid4()),
        id=handle,
        display_name=body["displayName"],
        token_endpoint=body["tokenEndpoint"],
        enabled=body.get("enabled", True),
        created_by=request.caller.name,
        updated_by=request.caller.name,
    )
    made.updated_at = made.created_at
    request.portal.key_managers[made.uid] = made
    return answer(_document(request, made), 201)


def read(request: PortalRequest) -> Response:
    """GET one, also one that is disabled."""
    return answer(_document(request, _found(request)))


def update(request: PortalRequest) -> Response:
    """PUT what is to be changed; another id renames it, and what is mapped under it stays. Without `enabled` it is
    enabled, for the validator fills in the default of the description."""
    manager, body = _found(request), _body(request)
    if body.get("id") and body["id"] != manager.id and request.portal.key_manager(body["id"]):
        raise conflict(_TAKEN)
    manager.id = body.get("id") or manager.id
    manager.display_name = body.get("displayName") or manager.display_name
    manager.token_endpoint = body.get("tokenEndpoint") or manager.token_endpoint
    manager.enabled = body.get("enabled", manager.enabled)
    manager.touch(request.caller.name)
    return answer(_document(request, manager))


def delete(request: PortalRequest) -> Response:
    """DELETE one that nothing is mapped under."""
    manager = _found(request)
    if any(
        mapping.key_manager == manager.uid
        for application in request.portal.applications.values()
        for mapping in application.mappings.values()
    ):
        raise failed("Error while deleting key manager")
    del request.portal.key_managers[manager.uid]
    return empty(204)


def _found(request: PortalRequest) -> KeyManager:
    found = request.portal.key_manager(request.param("kmId"))
    if found is None:
        raise not_found("Key manager not found")
    return found


def _body(request: PortalRequest) -> dict[str, Any]:
    """JSON or a form's YAML file, in both of which what is left out is enabled; or the fields of a form."""
    if request.form_data is None:
        return {"enabled": True, **request.members()}
    if "keymanager" not in request.form_data.files:
        return request.members()
    document = yaml_of(request.form_data.files["keymanager"])
    if document.get("kind") != "KeyManager":
        raise bad_values("Invalid payload format or validation failed.")
    spec, metadata = document.get("spec") or {}, document.get("metadata") or {}
    return {"id": metadata.get("name"), "enabled": True, **spec}


def _document(request: PortalRequest, manager: KeyManager) -> dict[str, Any]:
    return {
        "id": manager.id,
        "displayName": manager.display_name,
        "orgId": request.portal.uuid,
        "enabled": manager.enabled,
        "tokenEndpoint": manager.token_endpoint,
        "createdBy": manager.created_by,
        "updatedBy": manager.updated_by,
        "createdAt": manager.created_at,
        "updatedAt": manager.updated_at,
    }
