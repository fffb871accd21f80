"""Key managers as users of the portal see them: `/key-managers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..web.responses import answer
from .request import V2

if TYPE_CHECKING:
    from starlette.responses import Response

    from .models import KeyManager
    from .request import ControlPlaneRequest


def listed(request: ControlPlaneRequest) -> Response:
    """GET all, or in v2 those that are selected for an environment of the portal; they have no pages."""
    environment = request.query("devPortalAppEnv") if request.base == V2 else ""
    rows = [
        _document(one)
        for one in request.organization.key_managers.values()
        if not environment or environment in one.portal_environments
    ]
    return answer({"count": len(rows), "list": rows})


def _document(manager: KeyManager) -> dict[str, Any]:
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
