"""The client ids of an application: `map-keys`, `generate-keys`, `oauth-keys` and their older addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.errors import ApiError
from ..web.responses import answer, empty
from .exceptions import bad_request, conflict, control_plane_error, not_found
from .models import RESIDENT, KeyMapping, new_id

if TYPE_CHECKING:
    from starlette.responses import Response

    from .models import Application, KeyManager
    from .request import ControlPlaneRequest, Shape

_KEY_TYPES = ("PRODUCTION", "SANDBOX")
_MAPPED: Shape = dict.fromkeys(("consumerKey", "consumerSecret", "keyManager", "keyType"), "text")
_GENERATED: Shape = {
    "keyManager": "text",
    "keyType": "text",
    "callbackUrl": "text",
    "grantTypesToBeSupported": "texts",
    "supportedGrantTypes": "texts",
    "scopes": "texts",
    "additionalProperties": "object",
}


def map_client(request: ControlPlaneRequest) -> Response:
    """POST a client id that exists elsewhere. Nobody asks there whether it does, unless the set-up says so."""
    application, body = request.application(), request.json_object(_MAPPED)
    client_id, key_type = request.text(body, "consumerKey"), _key_type(body.get("keyType"))
    if application.status != "APPROVED":
        raise bad_request("Workflow status is not Approved")
    named = body.get("keyManager") or RESIDENT
    manager = _usable(request, named)
    _check_free(request, application, manager, key_type, client_id)
    if request.organization.verifies_secrets or manager.verifies_secrets:
        _verify(request, client_id, body.get("consumerSecret"))
    mapping = _add(application, KeyMapping(client_id=client_id, key_manager=manager.id, key_type=key_type))
    if request.organization.ghost_mappings:
        request.organization.ghost_mappings -= 1
        mapping.ghost = True
        raise control_plane_error(500, "General Error", "Server Error Occurred", 900967)
    return answer(_document(mapping, named))


def generate(request: ControlPlaneRequest) -> Response:
    """POST: a client of the platform's own; a key manager that only verifies tokens makes none."""
    application, body = request.application(), request.json_object(_GENERATED)
    named = body.get("keyManager") or RESIDENT
    manager, key_type = _usable(request, named), _key_type(body.get("keyType"))
    if manager.type != "default":
        raise _makes_none(manager)
    _check_free(request, application, manager, key_type, "")
    made = KeyMapping(client_id=new_id(), client_secret=new_id(), key_manager=manager.id, key_type=key_type)
    _configure(made, {**body, "supportedGrantTypes": body.get("grantTypesToBeSupported")})
    return answer(_document(_add(application, made), named))


def listed(request: ControlPlaneRequest) -> Response:
    """GET the mappings, where the server has this address."""
    if not request.organization.lists_oauth_keys:
        raise _absent(request)
    return listed_formerly(request)


def listed_formerly(request: ControlPlaneRequest) -> Response:
    """GET the mappings by the deprecated address; the key manager goes by its name."""
    rows = [
        shown(request, one)
        for one in request.application().mappings.values()
        if request.organization.lists_ghosts or not one.ghost
    ]
    return answer({"count": len(rows), "list": rows})


def read(request: ControlPlaneRequest) -> Response:
    """GET one mapping; older servers answer for one that is not there with nothing at all."""
    if (
        not request.organization.tells_missing_mappings
        and request.param("mapping") not in request.application().mappings
    ):
        return empty(200)
    return answer(shown(request, known_mapping(request)))


def read_formerly(request: ControlPlaneRequest) -> Response:
    """GET the first mapping of a key type."""
    found = [one for one in request.application().mappings.values() if one.key_type == request.param("keyType")]
    if not found:
        raise not_found("There is no key of this type")
    return answer(shown(request, found[0]))


def update(request: ControlPlaneRequest) -> Response:
    """PUT how a client that was made here signs people in; its id and its key manager are taken and ignored."""
    body = request.json_object(_GENERATED)
    if request.param("mapping") in request.application().mappings:
        mapping = known_mapping(request)
        if mapping.client_secret is not None:
            _configure(mapping, body)
    return read(request)


def delete(request: ControlPlaneRequest) -> Response:
    """DELETE one mapping, where the server can; the client itself is not touched."""
    if not request.organization.deletes_oauth_keys:
        raise _absent(request)
    return clean_up(request)


def clean_up(request: ControlPlaneRequest) -> Response:
    """POST: forget one mapping."""
    del request.application().mappings[known_mapping(request).id]
    return empty(200)


def regenerate(request: ControlPlaneRequest) -> Response:
    """POST: a new secret; a client of somebody else's gets none here."""
    mapping = known_mapping(request)
    if mapping.client_secret is None:
        raise control_plane_error(500, "General Error", "Server Error Occurred", 900967)
    mapping.client_secret = new_id()
    return answer({"consumerKey": mapping.client_id, "consumerSecret": mapping.client_secret})


def shown(request: ControlPlaneRequest, mapping: KeyMapping) -> dict[str, Any]:
    """A key as it is read: its manager by name, or by id on some servers."""
    return _document(mapping, _name(request, mapping))


def known_mapping(request: ControlPlaneRequest) -> KeyMapping:
    """The mapping that the path names."""
    mapping = request.application().mappings.get(request.param("mapping"))
    if mapping is None or (mapping.ghost and not request.organization.lists_ghosts):
        raise not_found(f"Requested application consumer key with Id '{request.param('mapping')}' not found")
    return mapping


def _absent(request: ControlPlaneRequest) -> ApiError:
    """What a server answers that has not got an address."""
    if request.organization.absent_status == 404:
        return not_found("The requested resource is not available.")
    return ApiError(405)


def _usable(request: ControlPlaneRequest, named: str) -> KeyManager:
    manager = request.organization.key_manager(named)
    tenant = request.organization.uuid
    if manager is None or not manager.enabled:
        name = manager.name if manager else named
        raise _not_registered(f"Key Manager {name} doesn't exist in Tenant {tenant}")
    if manager.token_type == "EXCHANGED":  # noqa: S105 - a kind of token
        raise _makes_none(manager)
    if manager.not_operational_for:
        manager.not_operational_for -= 1
        raise _not_registered(f"Key Manager {manager.name} Couldn't initialized in tenant {tenant}.")
    return manager


def _not_registered(cause: str) -> ApiError:
    return control_plane_error(400, "Key Manager not Registered", cause, 901403)


def _makes_none(manager: KeyManager) -> ApiError:
    cause = f"Key Manager {manager.name} doesn't support to generate Client Application"
    return control_plane_error(400, "Key Manager doesn't support generating OAuth applications", cause, 901405)


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


def _add(application: Application, mapping: KeyMapping) -> KeyMapping:
    application.mappings[mapping.id] = mapping
    return mapping


def _key_type(given: object) -> str:
    if given not in _KEY_TYPES:
        raise bad_request("The keyType is neither PRODUCTION nor SANDBOX", 904013)
    return str(given)


def _configure(mapping: KeyMapping, body: dict[str, Any]) -> None:
    mapping.grant_types = body.get("supportedGrantTypes") or mapping.grant_types
    mapping.callback_url = body.get("callbackUrl") or None
    mapping.additional_properties = body.get("additionalProperties") or {}


def _name(request: ControlPlaneRequest, mapping: KeyMapping) -> str:
    manager = request.organization.key_managers.get(mapping.key_manager)
    return manager.name if manager and request.organization.names_key_managers else mapping.key_manager


def _document(mapping: KeyMapping, manager: str) -> dict[str, Any]:
    return {
        "keyMappingId": mapping.id,
        "keyManager": manager,
        "consumerKey": mapping.client_id,
        "consumerSecret": mapping.client_secret,
        "supportedGrantTypes": mapping.grant_types,
        "callbackUrl": mapping.callback_url,
        "keyState": "APPROVED",
        "keyType": mapping.key_type,
        "mode": "MAPPED" if mapping.client_secret is None else "CREATED",
        "groupId": None,
        "token": None,
        "additionalProperties": mapping.additional_properties,
    }
