"""Key managers: `/key-managers`. They have no type and no issuer, only a token endpoint."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from ..web.responses import answer, empty
from .core_yaml import BadYaml, load_yaml
from .exceptions import bad_values, conflict, failed, not_found
from .models import KeyManager
from .values import is_true, member, stored
from .web_addresses import is_url

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import PortalRequest

_BAD_ID = "Invalid 'id'. Must contain only letters, numbers, underscores, and hyphens."
_BAD_DOCUMENT = "Invalid payload format or validation failed."
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
    _check(body)
    handle = body.get("id")
    if handle is not None and not isinstance(handle, str):
        raise bad_values(_BAD_ID)
    handle = (handle or "").strip()
    if handle and not re.fullmatch(r"[A-Za-z0-9_-]+", handle):
        raise bad_values(_BAD_ID)
    if not request.portal.is_somewhere:
        raise failed("Error while creating key manager")
    handle = handle or request.portal.new_id()
    if request.portal.key_manager(handle):
        raise conflict(_TAKEN)
    made = KeyManager(
        uid=str(uuid.uuid4()),
        id=handle,
        display_name=stored(body["displayName"]) or "",
        token_endpoint=body["tokenEndpoint"],
        enabled=is_true(body.get("enabled", True)),
        created_by=request.caller.name,
        updated_by=request.caller.name,
    )
    made.updated_at = made.created_at
    request.portal.key_managers[made.uid] = made
    return answer({**_document(request, made), "displayName": body["displayName"]}, 201)


def read(request: PortalRequest) -> Response:
    """GET one, also one that is disabled."""
    return answer(_document(request, _found(request)))


def update(request: PortalRequest) -> Response:
    """PUT what is to be changed; another id renames it, and what is mapped under it stays. Without `enabled` it is
    enabled, for the validator fills in the default of the description."""
    body = _body(request)
    manager = _found(request)
    handle, name, endpoint = (
        stored(body[key]) if is_true(body.get(key)) else None for key in ("id", "displayName", "tokenEndpoint")
    )
    if handle and handle != manager.id and request.portal.key_manager(handle):
        raise conflict(_TAKEN)
    manager.id = handle or manager.id
    manager.display_name = name or manager.display_name
    manager.token_endpoint = endpoint or manager.token_endpoint
    manager.enabled = is_true(body["enabled"]) if "enabled" in body else manager.enabled
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


def _check(body: dict[str, Any]) -> None:
    missing = [name for name in ("displayName", "tokenEndpoint") if not is_true(body.get(name))]
    if missing:
        raise bad_values(f"Missing required fields: {', '.join(missing)}")
    endpoint = body["tokenEndpoint"]
    if not isinstance(endpoint, str):
        raise failed("Error while creating key manager")
    if not endpoint.strip():
        raise bad_values("tokenEndpoint must not be blank")
    if not is_url(endpoint.strip()):
        raise bad_values("tokenEndpoint must be a valid URL")


def _body(request: PortalRequest) -> dict[str, Any]:
    """JSON or a form's YAML file, in both of which what is left out is enabled; or the fields of a form."""
    if request.form_data is None:
        return {"enabled": True, **request.members()}
    file = request.file("keymanager")
    if file is None:
        return request.members()
    try:
        document = load_yaml(file)
    except BadYaml:
        raise bad_values(_BAD_DOCUMENT) from None
    if member(document, "kind") != "KeyManager":
        raise bad_values(_BAD_DOCUMENT)
    spec = document.get("spec")
    name = member(spec, "name")
    return {
        "id": _first(member(document.get("metadata"), "name"), name),
        "displayName": _first(member(spec, "displayName"), name),
        "enabled": True,
        **{key: spec[key] for key in ("enabled", "tokenEndpoint") if isinstance(spec, dict) and key in spec},
    }


def _first(one: Any, other: Any) -> Any:
    return one if is_true(one) else other


def _document(request: PortalRequest, manager: KeyManager) -> dict[str, Any]:
    return {
        "id": manager.id,
        "displayName": manager.display_name,
        "orgId": request.portal.uuid,
        "enabled": manager.enabled,
        "tokenEndpoint": manager.token_endpoint,
        **manager.audit(),
    }
