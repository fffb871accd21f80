"""The API Portal's key managers: a name, which is their id, and where tokens come from.

https://wso2.com/api-platform/docs/api-portal/1.0.0/
"""

import re
from typing import Any

from ....transport import ApiProblem, Connection, InvalidInput, segment
from ...paging import PAGE, OffsetPage, every_row
from ..models import KeyManagerEndpoints, KeyManagerSettings, ManagedKeyManager
from ..protocol import still_mapped
from .models import PortalKeyManager, PortalKeyManagerAlone, missing

__all__ = ("PortalKeyManagers",)

_ID = re.compile(r"[A-Za-z0-9_-]+")
_MISSING = missing(("RESOURCE_NOT_FOUND", "Key manager not found"))


class PortalKeyManagers:
    """The key managers of one organisation, over a connection that is signed in as its administrator."""

    lists_disabled = False
    lacks: frozenset[str] = frozenset(
        {
            "description",
            "type",
            "endpoints.issuer",
            "endpoints.jwks_endpoint",
            "endpoints.authorize_endpoint",
            "endpoints.revoke_endpoint",
            "consumer_key_claim",
            "scopes_claim",
            "available_grant_types",
            "provisioned_app_validation",
            "connector",
        }
    )

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def wrong_name(self, name: str) -> InvalidInput | None:
        """One that cannot be an id."""
        if _ID.fullmatch(name):
            return None
        return InvalidInput(
            "is the key manager's id in the API Portal, where an id may hold letters, digits, _ and - only",
            subject=f"name {name}",
            action="Choose another name, and set `display_name` to what people are shown",
        )

    def validate(self, settings: KeyManagerSettings) -> None:
        """Refuse a name that cannot be an id."""
        if wrong := self.wrong_name(settings.name or ""):
            raise wrong

    def create(self, settings: KeyManagerSettings) -> ManagedKeyManager:
        """Make a key manager whose id is its name: so a repetition is a conflict and not a second one."""
        self.validate(settings)
        name = settings.name
        body = {"id": name, "displayName": name, "enabled": True} | _kept(settings)
        doing = f"create the key manager {name}"
        made = self.connection.request_json(
            "POST", "/key-managers", PortalKeyManagerAlone, doing=doing, json=body, ok=(201,)
        )
        return _shown(made)

    def get(self, id: str) -> ManagedKeyManager | None:
        """A key manager, disabled ones too, or None where there is none."""
        doing = f"read the key manager {id}"
        found = self.connection.get_or_none(_path(id), PortalKeyManagerAlone, doing=doing, not_found=_MISSING)
        return None if found is None else _shown(found)

    def find(self, name: str) -> ManagedKeyManager | None:
        """The key manager that a creation with this name would have made."""
        return self.get(name)

    def all(self) -> list[ManagedKeyManager]:
        """The enabled ones; the portal lists no others."""
        doing = "list the key managers"

        def ask(offset: int) -> "OffsetPage[PortalKeyManager]":
            path = f"/key-managers?limit={PAGE}&offset={offset}"
            return self.connection.request_json("GET", path, OffsetPage[PortalKeyManager], doing=doing)

        rows = every_row(ask, 0, f"API Portal: {doing}")
        return [ManagedKeyManager.model_validate({"id": row.id, "name": row.id}) for row in rows]

    def change(self, id: str, settings: KeyManagerSettings) -> ManagedKeyManager:
        """One PUT of what changed, for the server leaves alone what it is not sent, but for `enabled`: left out, it
        counts as true. Where the settings do not say it, it is read before."""
        doing = f"change the key manager {id}"
        body = _kept(settings)
        if "enabled" not in body:
            current = self.connection.request_json(
                "GET", _path(id), PortalKeyManagerAlone, doing=doing, not_found=_MISSING
            )
            body["enabled"] = current.enabled
        found = self.connection.request_json(
            "PUT", _path(id), PortalKeyManagerAlone, doing=doing, json=body, not_found=_MISSING
        )
        return _shown(found)

    def delete(self, id: str) -> None:
        """Delete a key manager. The portal only notices by an error of its own that it is in use."""
        try:
            self.connection.delete(_path(id), doing=f"delete the key manager {id}", ok=(204,), not_found=_MISSING)
        except ApiProblem as refusal:
            if (refusal.status, refusal.code) != (500, "INTERNAL_SERVER_ERROR"):
                raise
            raise still_mapped("API Portal", id, refusal) from None


def _path(id: str) -> str:
    return f"/key-managers/{segment(id)}"


def _kept(settings: KeyManagerSettings) -> dict[str, Any]:
    """Of the settings what the portal keeps; it refuses every other property."""
    given = {
        "displayName": settings.display_name,
        "enabled": settings.enabled,
        "tokenEndpoint": settings.endpoints.token_endpoint,
    }
    return {key: value for key, value in given.items() if value is not None}


def _shown(found: PortalKeyManagerAlone) -> ManagedKeyManager:
    """A key manager there, of which the name is the id."""
    return ManagedKeyManager.model_validate(
        {
            "id": found.id,
            "name": found.id,
            "displayName": found.name,
            "enabled": found.enabled,
            "endpoints": KeyManagerEndpoints.model_validate({"tokenEndpoint": found.token_endpoint}),
        }
    )
