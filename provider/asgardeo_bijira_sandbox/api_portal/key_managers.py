"""Key managers: `/key-managers`. They have no type and no issuer, only a token endpoint."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from .exceptions import Reply, bad_values, conflict, failed, not_found
from .models import KeyManager
from .parsing import yaml_of

if TYPE_CHECKING:
    from .request import Call

__all__ = ("change", "create", "delete", "listed", "read")

_TAKEN = "A key manager with that id already exists in this organization."


def listed(call: Call) -> Reply:
    """GET a page of the enabled ones, for admins too, and little of each."""
    enabled = sorted((one for one in call.portal.key_managers.values() if one.enabled), key=lambda one: one.id)
    return call.page(
        [{key: _document(call, one)[key] for key in ("id", "displayName", "tokenEndpoint")} for one in enabled]
    )


def create(call: Call) -> Reply:
    """POST: without an id it gets a UUID, so that a repetition makes another one."""
    body = _body(call)
    if not call.portal.is_somewhere:
        raise failed()
    missing = [name for name in ("displayName", "tokenEndpoint") if not body.get(name)]
    if missing:
        raise bad_values(f"Missing required fields: {', '.join(missing)}")
    handle = str(body.get("id") or "").strip()
    if handle and not re.fullmatch(r"[A-Za-z0-9_-]+", handle):
        raise bad_values("Invalid 'id'. Must contain only letters, numbers, underscores, and hyphens.")
    handle = handle or call.portal.new_id()
    if call.portal.key_manager(handle):
        raise conflict(_TAKEN)
    made = KeyManager(
        uid=str(uuid.uuid4()),
        id=handle,
        display_name=body["displayName"],
        token_endpoint=body["tokenEndpoint"],
        enabled=body.get("enabled", True),
        created_by=call.caller.name,
        updated_by=call.caller.name,
    )
    made.updated_at = made.created_at
    call.portal.key_managers[made.uid] = made
    return Reply(201, _document(call, made))


def read(call: Call) -> Reply:
    """GET one, also one that is disabled."""
    return Reply(200, _document(call, _found(call)))


def change(call: Call) -> Reply:
    """PUT what is to be changed; another id renames it, and what is mapped under it stays. Without `enabled` it is
    enabled, for the validator fills in the default of the description."""
    manager, body = _found(call), _body(call)
    if body.get("id") and body["id"] != manager.id and call.portal.key_manager(body["id"]):
        raise conflict(_TAKEN)
    manager.id = body.get("id") or manager.id
    manager.display_name = body.get("displayName") or manager.display_name
    manager.token_endpoint = body.get("tokenEndpoint") or manager.token_endpoint
    manager.enabled = body.get("enabled", manager.enabled)
    manager.touch(call.caller.name)
    return Reply(200, _document(call, manager))


def delete(call: Call) -> Reply:
    """DELETE one that nothing is mapped under."""
    manager = _found(call)
    if any(
        mapping.key_manager == manager.uid
        for application in call.portal.applications.values()
        for mapping in application.mappings.values()
    ):
        raise failed("Error while deleting key manager")
    del call.portal.key_managers[manager.uid]
    return Reply(204)


def _found(call: Call) -> KeyManager:
    found = call.portal.key_manager(call.part("kmId"))
    if found is None:
        raise not_found("Key manager not found")
    return found


def _body(call: Call) -> dict[str, Any]:
    """JSON or a form's YAML file, in both of which what is left out is enabled; or the fields of a form."""
    if call.form is None:
        return {"enabled": True, **call.body()}
    if "keymanager" not in call.form.files:
        return call.body()
    document = yaml_of(call.form.files["keymanager"])
    if document.get("kind") != "KeyManager":
        raise bad_values("Invalid payload format or validation failed.")
    spec, metadata = document.get("spec") or {}, document.get("metadata") or {}
    return {"id": metadata.get("name"), "enabled": True, **spec}


def _document(call: Call, manager: KeyManager) -> dict[str, Any]:
    return {
        "id": manager.id,
        "displayName": manager.display_name,
        "orgId": call.portal.uuid,
        "enabled": manager.enabled,
        "tokenEndpoint": manager.token_endpoint,
        "createdBy": manager.created_by,
        "updatedBy": manager.updated_by,
        "createdAt": manager.created_at,
        "updatedAt": manager.updated_at,
    }
