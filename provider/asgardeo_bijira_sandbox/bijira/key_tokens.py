"""Tokens of an application's own clients: `generate-token`, as the portal's button asks for one.

The control plane signs in as the client at the token endpoint of its key manager, and passes on what comes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..asgardeo.oauth.clients import by_secret
from ..asgardeo.oauth.grants import granted
from ..web.errors import ApiError
from ..web.responses import answer
from .exceptions import bad_request, broken
from .keys import known_mapping
from .token_endpoint import issued_to_client, tenant_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from .models import KeyManager, KeyMapping
    from .request import ControlPlaneRequest, Shape

_BODY: Shape = {
    "consumerSecret": "text",
    "validityPeriod": "number",
    "scopes": "texts",
    "revokeToken": "text",
    "grantType": "text",
    "additionalProperties": "object",
}


def token(request: ControlPlaneRequest) -> Response:
    """POST: a token of the client itself. How long it should be good for must be said, and changes nothing."""
    mapping, body = known_mapping(request), request.json_object(_BODY)
    if body.get("validityPeriod") is None or ("scopes" in body and body["scopes"] is None):
        raise broken()
    manager = _generating(request, mapping)
    secret, scope = body.get("consumerSecret") or mapping.client_secret, " ".join(body.get("scopes", []))
    try:
        reply = _signed_in(request, manager, mapping, secret, scope)
    except ApiError as refused:
        cause = refused.body["error_description"]
        raise bad_request(f"Error occurred while calling token endpoint - {cause}", 900967) from None
    return answer(
        {
            "accessToken": reply["access_token"],
            "tokenScopes": reply.get("scope", "").split(),
            "validityTime": reply["expires_in"],
        }
    )


def _generating(request: ControlPlaneRequest, mapping: KeyMapping) -> KeyManager:
    manager = request.organization.key_managers.get(mapping.key_manager)
    if manager is None:
        raise bad_request(f"Key Manager {mapping.key_manager} couldn't found.", 901403)
    if not manager.enabled:
        raise bad_request(f"Key Manager {manager.name} not enabled", 901406)
    if manager.settings.get("enableTokenGeneration") is False:
        raise bad_request("Key Manager didn't support to generate token Generation From portal", 901405)
    return manager


def _signed_in(
    request: ControlPlaneRequest, manager: KeyManager, mapping: KeyMapping, secret: str | None, scope: str
) -> dict[str, Any]:
    """What the token endpoint of the key manager replies; one that is not in this sandbox does not answer."""
    if manager.type == "default":
        return issued_to_client(request.store, mapping.client_id, secret, scope)
    tenant = tenant_of(request.store, manager.issuer)
    if tenant is None:
        raise ApiError(502, {"error_description": f"{manager.token_endpoint} is not served here"})
    client = by_secret(tenant, mapping.client_id, secret)
    return granted(request.store, tenant, client, {"grant_type": "client_credentials", "scope": scope})
