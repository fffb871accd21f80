"""The client ids of an application: `map-keys`, `oauth-keys` and their older addresses; and the key managers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.errors import ApiError
from ..web.responses import answer, empty
from .exceptions import bad_request, conflict, control_plane_error, not_found
from .models import KeyMapping, new_id

if TYPE_CHECKING:
    from starlette.responses import Response

    from .models import Application, KeyManager
    from .request import ControlPlaneRequest

_KEY_TYPES = ("PRODUCTION", "SANDBOX")
_RESIDENT = "Resident Key Manager"


def key_managers(request: ControlPlaneRequest) -> Response:
    """GET all key managers; they have no pages."""
    rows = [_key_manager(one) for one in request.organization.key_managers.values()]
    return answer({"count": len(rows), "list": rows})


def map_client(request: ControlPlaneRequest) -> Response:
    """POST a client id that exists elsewhere. Nobody asks there whether it does, unless the set-up says so."""
    application, body = request.application(), request.json_object()
    client_id, key_type = request.text(body, "consumerKey"), _key_type(body.get("keyType"))
    if application.status != "APPROVED":
        raise bad_request("Workflow status is not Approved")
    named = body.get("keyManager") or _RESIDENT
    manager = _usable(request, named)
    _check_free(request, application, manager, key_type, client_id)
    if request.organization.verifies_secrets or manager.verifies_secrets:
        _verify(request, client_id, body.get("consumerSecret"))
    mapping = _add(application, client_id, manager, key_type)
    if request.organization.ghost_mappings:
        request.organization.ghost_mappings -= 1
        mapping.ghost = True
        raise control_plane_error(500, "General Error", "Server Error Occurred", 900967)
    return answer(_document(mapping, named))


def generate(request: ControlPlaneRequest) -> Response:
    """POST: a client of the platform's own; a key manager that only verifies tokens makes none."""
    application, body = request.application(), request.json_object()
    named = body.get("keyManager") or _RESIDENT
    manager, key_type = _usable(request, named), _key_type(body.get("keyType"))
    if manager.type != "default":
        raise bad_request("Key Manager doesn't support generating OAuth applications", 901405)
    _check_free(request, application, manager, key_type, "")
    mapping = _add(application, new_id(), manager, key_type)
    return answer({**_document(mapping, named), "consumerSecret": new_id(), "mode": "CREATED"})


def listed(request: ControlPlaneRequest) -> Response:
    """GET the mappings, where the server has this address."""
    if not request.organization.lists_oauth_keys:
        raise _absent(request)
    return listed_formerly(request)


def listed_formerly(request: ControlPlaneRequest) -> Response:
    """GET the mappings by the deprecated address; the key manager goes by its name."""
    shown = (
        one for one in request.application().mappings.values() if request.organization.lists_ghosts or not one.ghost
    )
    rows = [_document(one, _name(request, one)) for one in shown]
    return answer({"count": len(rows), "list": rows})


def read(request: ControlPlaneRequest) -> Response:
    """GET one mapping; older servers answer for one that is not there with nothing at all."""
    if (
        not request.organization.tells_missing_mappings
        and request.param("mapping") not in request.application().mappings
    ):
        return empty(200)
    mapping = _mapping(request)
    return answer(_document(mapping, _name(request, mapping)))


def read_formerly(request: ControlPlaneRequest) -> Response:
    """GET the first mapping of a key type."""
    found = [one for one in request.application().mappings.values() if one.key_type == request.param("keyType")]
    if not found:
        raise not_found("There is no key of this type")
    return answer(_document(found[0], _name(request, found[0])))


def update(request: ControlPlaneRequest) -> Response:
    """PUT: the client id and the key manager are taken and ignored."""
    request.json_object()
    return read(request)


def delete(request: ControlPlaneRequest) -> Response:
    """DELETE one mapping, where the server can; the client itself is not touched."""
    if not request.organization.deletes_oauth_keys:
        raise _absent(request)
    return clean_up(request)


def clean_up(request: ControlPlaneRequest) -> Response:
    """POST: forget one mapping."""
    del request.application().mappings[_mapping(request).id]
    return empty(200)


def regenerate(request: ControlPlaneRequest) -> Response:
    """POST: a client of somebody else's gets no new secret here."""
    _mapping(request)
    raise control_plane_error(500, "General Error", "Server Error Occurred", 900967)


def token(request: ControlPlaneRequest) -> Response:
    """POST: nor a token."""
    _mapping(request)
    raise control_plane_error(500, "General Error", "Error while generating the access token", 900967)


def _absent(request: ControlPlaneRequest) -> ApiError:
    """What a server answers that has not got an address."""
    if request.organization.absent_status == 404:
        return not_found("The requested resource is not available.")
    return ApiError(405)


def _usable(request: ControlPlaneRequest, named: str) -> KeyManager:
    manager = request.organization.key_manager(named)
    if manager is None or not manager.enabled:
        raise bad_request("Key Manager not Registered", 901403)
    if manager.token_type == "EXCHANGED":  # noqa: S105 - a kind of token
        raise bad_request("Key Manager doesn't support generating OAuth applications", 901405)
    if manager.not_operational_for:
        manager.not_operational_for -= 1
        raise bad_request("Key Manager not Registered", 901403)
    return manager


def _check_free(
    request: ControlPlaneRequest, application: Application, manager: KeyManager, key_type: str, client_id: str
) -> None:
    here = any((one.key_manager, one.key_type) == (manager.id, key_type) for one in application.mappings.values())
    if here or request.organization.mapping_of(client_id, manager.id):
        text = f"Key Mappings already exists for application {application.name} or consumer key {client_id}"
        raise conflict(text, 901409, "Key Mappings already exists")


def _verify(request: ControlPlaneRequest, client_id: str, secret: object) -> None:
    clients = (tenant.client(client_id) for tenant in request.store.asgardeo.values())
    known = next((one.oidc for one in clients if one and one.oidc), None)
    if known is None or known.client_secret != secret:
        raise control_plane_error(500, "General Error", "Error when mapping.", 900967)


def _add(application: Application, client_id: str, manager: KeyManager, key_type: str) -> KeyMapping:
    mapping = KeyMapping(client_id=client_id, key_manager=manager.id, key_type=key_type)
    application.mappings[mapping.id] = mapping
    return mapping


def _key_type(given: object) -> str:
    if given not in _KEY_TYPES:
        raise bad_request("The keyType is neither PRODUCTION nor SANDBOX", 904013)
    return str(given)


def _mapping(request: ControlPlaneRequest) -> KeyMapping:
    mapping = request.application().mappings.get(request.param("mapping"))
    if mapping is None or (mapping.ghost and not request.organization.lists_ghosts):
        raise not_found(f"Requested application consumer key with Id '{request.param('mapping')}' not found")
    return mapping


def _name(request: ControlPlaneRequest, mapping: KeyMapping) -> str:
    manager = request.organization.key_managers.get(mapping.key_manager)
    return manager.name if manager and request.organization.names_key_managers else mapping.key_manager


def _document(mapping: KeyMapping, manager: str) -> dict[str, Any]:
    return {
        "keyMappingId": mapping.id,
        "keyManager": manager,
        "consumerKey": mapping.client_id,
        "consumerSecret": None,
        "supportedGrantTypes": ["client_credentials"],
        "callbackUrl": None,
        "keyState": "APPROVED",
        "keyType": mapping.key_type,
        "mode": "MAPPED",
        "groupId": None,
        "token": None,
        "additionalProperties": {},
    }


def _key_manager(manager: KeyManager) -> dict[str, Any]:
    return {
        "id": manager.id,
        "name": manager.name,
        "type": manager.type,
        "displayName": manager.settings.get("displayName") or manager.name,
        "description": manager.settings.get("description") or "",
        "enabled": manager.enabled,
        "availableGrantTypes": manager.grant_types,
        "tokenEndpoint": manager.token_endpoint,
        "revokeEndpoint": manager.revoke_endpoint,
        "userInfoEndpoint": "",
        "enableTokenGeneration": manager.type == "default",
        "enableTokenEncryption": False,
        "enableTokenHashing": False,
        "enableOAuthAppCreation": manager.type == "default",
        "enableMapOAuthConsumerApps": False,
        "applicationConfiguration": [],
        "additionalProperties": {},
        "tokenType": manager.token_type,
    }
