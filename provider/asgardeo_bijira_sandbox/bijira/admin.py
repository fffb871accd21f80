"""The admin API of a self-hosted API Manager: `/key-managers`, as an administrator sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.responses import answer, empty
from .exceptions import bad_request, conflict, control_plane_error
from .models import KeyManager

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import ControlPlaneRequest, Shape

_MASK = "*****"
_MASKED = ("mgmt_client_secret", "Password")
_LONGEST = {"name": 100, "displayName": 100, "description": 256, "type": 45}
_TOKEN_TYPES = ("EXCHANGED", "DIRECT", "BOTH")
#: Kept as fields of their own; everything else as it was written.
_OWN = ("id", "name", "type", "enabled", "issuer", "tokenEndpoint", "revokeEndpoint", "tokenType")
_CLAIMS = ("availableGrantTypes", "consumerKeyClaim", "scopesClaim", "enableProvisionedAppValidation")
_TEXTS = (
    *_LONGEST,
    *_OWN,
    *("alias", "authorizeEndpoint", "clientRegistrationEndpoint", "consumerKeyClaim", "displayRevokeEndpoint"),
    *("displayTokenEndpoint", "introspectionEndpoint", "scopeManagementEndpoint", "scopesClaim", "userInfoEndpoint"),
    "wellKnownEndpoint",
)
_BODY: Shape = {
    **dict.fromkeys(_TEXTS, "text"),
    **dict.fromkeys(("enabled", "enableProvisionedAppValidation", "enableTokenGeneration"), "flag"),
    **dict.fromkeys(("enableMapOAuthConsumerApps", "enableOAuthAppCreation", "enableSelfValidationJWT"), "flag"),
    **dict.fromkeys(("additionalProperties", "certificates", "permissions"), "object"),
    **dict.fromkeys(("claimMapping", "tokenValidation"), "list"),
    **dict.fromkeys(("availableGrantTypes", "allowedOrganizations"), "texts"),
}
_NEEDED = ("tokenEndpoint", "revokeEndpoint", "introspectionEndpoint", "clientRegistrationEndpoint")


def listed(request: ControlPlaneRequest) -> Response:
    """GET all, in short; they have no pages."""
    names = ("id", "name", "type", "description", "enabled", "tokenType")
    rows = [{key: _document(one).get(key) for key in names} for one in request.organization.key_managers.values()]
    return answer({"count": len(rows), "list": rows})


def create(request: ControlPlaneRequest) -> Response:
    """POST. Its name is unique; it can be mapped under once the server has loaded it."""
    body = request.json_object(_BODY)
    if any(one.name == body.get("name") for one in request.organization.key_managers.values()):
        text = f"Key manager Already Exist by Name {body['name']} in tenant carbon.super"
        raise conflict(text, 901402, "Key Manager Already Exists")
    made = KeyManager(name="", not_operational_for=request.organization.loads_key_managers_after)
    _apply(request, made, body)
    request.organization.key_managers[made.id] = made
    return answer(_document(made), 201, {"Location": f"/key-managers/{made.id}"})


def read(request: ControlPlaneRequest) -> Response:
    """GET one; what its connector keeps secret is a mask."""
    return answer(_document(_key_manager(request)))


def update(request: ControlPlaneRequest) -> Response:
    """PUT the whole key manager: what is left out is reset, a mask stands for what is there, its name stays."""
    manager, body = _key_manager(request), request.json_object(_BODY)
    if body.get("name") != manager.name:
        raise bad_request("Key Manager name couldn't able to change")
    _apply(request, manager, body)
    return answer(_document(manager))


def delete(request: ControlPlaneRequest) -> Response:
    """DELETE one under which nothing is mapped; the resident one stays."""
    manager = _key_manager(request)
    if manager.type == "default" or request.organization.uses(manager.id):
        used = "Key Manager is already used by an API or an Application."
        text = "Resident Key Manager couldn't delete" if manager.type == "default" else used
        raise control_plane_error(
            412, "Key Manager Delete error", f"Error while deleting the Key Manager. {text}", 902015
        )
    del request.organization.key_managers[manager.id]
    return empty(200)


def _key_manager(request: ControlPlaneRequest) -> KeyManager:
    found = request.organization.key_managers.get(request.param("id"))
    if found is None:
        raise control_plane_error(404, "Key Manager not Found", "Requested KeyManager not found", 901411)
    return found


def _apply(request: ControlPlaneRequest, manager: KeyManager, body: dict[str, Any]) -> None:
    if not isinstance(body.get("name"), str) or not body["name"]:
        raise bad_request("Key Manager name cannot be empty", 901404)
    _check(request, body)
    former = manager.settings.get("additionalProperties", {})
    given = body.get("additionalProperties") or {}
    connector = {key: former.get(key, value) if value == _MASK else value for key, value in given.items()}
    manager.name, manager.type = body["name"], body["type"]
    manager.enabled = body.get("enabled", True)
    manager.issuer = body.get("issuer") or None
    manager.token_endpoint = body.get("tokenEndpoint") or ""
    manager.revoke_endpoint = body.get("revokeEndpoint") or ""
    manager.token_type = body.get("tokenType") or "DIRECT"
    manager.grant_types = body.get("availableGrantTypes") or []
    manager.consumer_key_claim = body.get("consumerKeyClaim") or "azp"
    manager.scopes_claim = body.get("scopesClaim") or "scope"
    manager.verifies_secrets = body.get("enableProvisionedAppValidation", True)
    kept = {key: value for key, value in body.items() if key not in (*_OWN, *_CLAIMS) and value != ""}
    manager.settings = {**kept, "additionalProperties": connector}


def _check(request: ControlPlaneRequest, body: dict[str, Any]) -> None:
    for key, longest in _LONGEST.items():
        if len(str(body.get(key) or "")) > longest:
            raise bad_request(f"{key}: size must be between 0 and {longest}")
    if body.get("tokenType", "DIRECT") not in _TOKEN_TYPES:
        raise bad_request("tokenType is none of EXCHANGED, DIRECT, BOTH")
    needed = request.organization.connectors.get(str(body.get("type")))
    if needed is None:
        raise bad_request(f"Key Manager Type {body.get('type')} is invalid.", 901400)
    missing = [key for key in needed if key not in (body.get("additionalProperties") or {})]
    if missing:
        raise bad_request(f"Key Manager Configuration value for {','.join(missing)} is/are required", 901401)
    missing = [key for key in _NEEDED if not body.get(key)]
    if missing:
        raise bad_request(f"Key Manager Endpoint Configuration value for {','.join(missing)} is/are required", 901401)


def _document(manager: KeyManager) -> dict[str, Any]:
    """The whole, with defaults for one that a scenario made."""
    connector = manager.settings.get("additionalProperties", {})
    return {
        "displayName": manager.name,
        "description": None,
        **manager.settings,
        "id": manager.id,
        "name": manager.name,
        "type": manager.type,
        "enabled": manager.enabled,
        "issuer": manager.issuer,
        "tokenEndpoint": manager.token_endpoint,
        "revokeEndpoint": manager.revoke_endpoint,
        "tokenType": manager.token_type,
        "availableGrantTypes": manager.grant_types,
        "consumerKeyClaim": manager.consumer_key_claim,
        "scopesClaim": manager.scopes_claim,
        "enableProvisionedAppValidation": manager.verifies_secrets,
        "additionalProperties": {key: _MASK if key in _MASKED else value for key, value in connector.items()},
    }
