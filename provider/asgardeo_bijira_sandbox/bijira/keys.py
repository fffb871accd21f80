"""The client ids of an application: `map-keys`, `oauth-keys` and their older addresses; and the key managers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.http import ApiError, answer, empty
from .exceptions import bad_request, conflict, not_found, refusal
from .models import KeyMapping, new_id

if TYPE_CHECKING:
    from starlette.responses import Response

    from .models import Application, KeyManager
    from .request import Call

__all__ = (
    "change",
    "clean_up",
    "delete",
    "generate",
    "key_managers",
    "listed",
    "listed_formerly",
    "map_client",
    "read",
    "read_formerly",
    "regenerate",
    "token",
)

_KEY_TYPES = ("PRODUCTION", "SANDBOX")
_RESIDENT = "Resident Key Manager"


def key_managers(call: Call) -> Response:
    """GET all key managers; they have no pages."""
    rows = [_key_manager(one) for one in call.organization.key_managers.values()]
    return answer({"count": len(rows), "list": rows})


def map_client(call: Call) -> Response:
    """POST a client id that exists elsewhere. Nobody asks there whether it does, unless the set-up says so."""
    application, body = call.application(), call.json()
    client_id, key_type = call.text(body, "consumerKey"), _key_type(body.get("keyType"))
    if application.status != "APPROVED":
        raise bad_request("Workflow status is not Approved")
    named = body.get("keyManager") or _RESIDENT
    manager = _usable(call, named)
    _check_free(call, application, manager, key_type, client_id)
    if call.organization.verifies_secrets or manager.verifies_secrets:
        _verify(call, client_id, body.get("consumerSecret"))
    mapping = _add(application, client_id, manager, key_type)
    if call.organization.ghost_mappings:
        call.organization.ghost_mappings -= 1
        mapping.ghost = True
        raise refusal(500, "General Error", "Server Error Occurred", 900967)
    return answer(_document(mapping, named))


def generate(call: Call) -> Response:
    """POST: a client of the platform's own; a key manager that only verifies tokens makes none."""
    application, body = call.application(), call.json()
    named = body.get("keyManager") or _RESIDENT
    manager, key_type = _usable(call, named), _key_type(body.get("keyType"))
    if manager.type != "default":
        raise bad_request("Key Manager doesn't support generating OAuth applications", 901405)
    _check_free(call, application, manager, key_type, "")
    mapping = _add(application, new_id(), manager, key_type)
    return answer({**_document(mapping, named), "consumerSecret": new_id(), "mode": "CREATED"})


def listed(call: Call) -> Response:
    """GET the mappings, where the server has this address."""
    if not call.organization.lists_oauth_keys:
        raise _absent(call)
    return listed_formerly(call)


def listed_formerly(call: Call) -> Response:
    """GET the mappings by the deprecated address; the key manager goes by its name."""
    shown = (one for one in call.application().mappings.values() if call.organization.lists_ghosts or not one.ghost)
    rows = [_document(one, _name(call, one)) for one in shown]
    return answer({"count": len(rows), "list": rows})


def read(call: Call) -> Response:
    """GET one mapping; older servers answer for one that is not there with nothing at all."""
    if not call.organization.tells_missing_mappings and call.part("mapping") not in call.application().mappings:
        return empty(200)
    mapping = _mapping(call)
    return answer(_document(mapping, _name(call, mapping)))


def read_formerly(call: Call) -> Response:
    """GET the first mapping of a key type."""
    found = [one for one in call.application().mappings.values() if one.key_type == call.part("keyType")]
    if not found:
        raise not_found("There is no key of this type")
    return answer(_document(found[0], _name(call, found[0])))


def change(call: Call) -> Response:
    """PUT: the client id and the key manager are taken and ignored."""
    call.json()
    return read(call)


def delete(call: Call) -> Response:
    """DELETE one mapping, where the server can; the client itself is not touched."""
    if not call.organization.deletes_oauth_keys:
        raise _absent(call)
    return clean_up(call)


def clean_up(call: Call) -> Response:
    """POST: forget one mapping."""
    del call.application().mappings[_mapping(call).id]
    return empty(200)


def regenerate(call: Call) -> Response:
    """POST: a client of somebody else's gets no new secret here."""
    _mapping(call)
    raise refusal(500, "General Error", "Server Error Occurred", 900967)


def token(call: Call) -> Response:
    """POST: nor a token."""
    _mapping(call)
    raise refusal(500, "General Error", "Error while generating the access token", 900967)


def _absent(call: Call) -> ApiError:
    """What a server answers that has not got an address."""
    if call.organization.absent_status == 404:
        return not_found("The requested resource is not available.")
    return ApiError(405)


def _usable(call: Call, named: str) -> KeyManager:
    manager = call.organization.key_manager(named)
    if manager is None or not manager.enabled:
        raise bad_request("Key Manager not Registered", 901403)
    if manager.token_type == "EXCHANGED":  # noqa: S105 - a kind of token
        raise bad_request("Key Manager doesn't support generating OAuth applications", 901405)
    if manager.not_operational_for:
        manager.not_operational_for -= 1
        raise bad_request("Key Manager not Registered", 901403)
    return manager


def _check_free(call: Call, application: Application, manager: KeyManager, key_type: str, client_id: str) -> None:
    here = any((one.key_manager, one.key_type) == (manager.id, key_type) for one in application.mappings.values())
    if here or call.organization.mapping_of(client_id, manager.id):
        text = f"Key Mappings already exists for application {application.name} or consumer key {client_id}"
        raise conflict(text, 901409, "Key Mappings already exists")


def _verify(call: Call, client_id: str, secret: object) -> None:
    clients = (tenant.client(client_id) for tenant in call.store.asgardeo.values())
    known = next((one.oidc for one in clients if one and one.oidc), None)
    if known is None or known.client_secret != secret:
        raise refusal(500, "General Error", "Error when mapping.", 900967)


def _add(application: Application, client_id: str, manager: KeyManager, key_type: str) -> KeyMapping:
    mapping = KeyMapping(client_id=client_id, key_manager=manager.id, key_type=key_type)
    application.mappings[mapping.id] = mapping
    return mapping


def _key_type(given: object) -> str:
    if given not in _KEY_TYPES:
        raise bad_request("The keyType is neither PRODUCTION nor SANDBOX", 904013)
    return str(given)


def _mapping(call: Call) -> KeyMapping:
    mapping = call.application().mappings.get(call.part("mapping"))
    if mapping is None or (mapping.ghost and not call.organization.lists_ghosts):
        raise not_found(f"Requested application consumer key with Id '{call.part('mapping')}' not found")
    return mapping


def _name(call: Call, mapping: KeyMapping) -> str:
    manager = call.organization.key_managers.get(mapping.key_manager)
    return manager.name if manager and call.organization.names_key_managers else mapping.key_manager


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
