"""The API Portal's key managers: a name, which is their id, and where tokens come from.

https://wso2.com/api-platform/docs/api-portal/1.0.0/
"""

import re
from typing import Any

from ...transport import ApiProblem, Connection, InvalidInput, segment
from .models import still_mapped
from .paging import PAGE, Page, every_row
from .portal_models import KeyManagerAnswer, KeyManagerRow, missing

__all__ = ("PORTAL_ADMIN_SCOPES", "PortalKeyManagers")

PORTAL_ADMIN_SCOPES = ("dp:key_manager:manage", "dp:key_manager:read")
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
            "endpoints.jwksEndpoint",
            "endpoints.authorizeEndpoint",
            "endpoints.revokeEndpoint",
            "consumerKeyClaim",
            "scopesClaim",
            "availableGrantTypes",
            "provisionedAppValidation",
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
            action="Choose another name, and set display_name to what people are shown",
        )

    def judge(self, values: dict[str, Any]) -> None:
        """Refuse a name that cannot be an id."""
        if wrong := self.wrong_name(values["name"]):
            raise wrong

    def create(self, values: dict[str, Any]) -> dict[str, Any]:
        """Make a key manager whose id is its name: so a repetition is a conflict and not a second one."""
        self.judge(values)
        name = values["name"]
        body = {"id": name, "displayName": name, "enabled": True} | _to_wire(values)
        doing = f"create the key manager {name}"
        made = self.connection.request_json(
            "POST", "/key-managers", KeyManagerAnswer, doing=doing, json=body, ok=(201,)
        )
        return _values(made)

    def get(self, id: str) -> dict[str, Any] | None:
        """A key manager, disabled ones too, or None where there is none."""
        doing = f"read the key manager {id}"
        found = self.connection.get_or_none(_path(id), KeyManagerAnswer, doing=doing, not_found=_MISSING)
        return None if found is None else _values(found)

    def find(self, name: str) -> dict[str, Any] | None:
        """The key manager that a creation with this name would have made."""
        return self.get(name)

    def all(self) -> list[dict[str, Any]]:
        """The enabled ones; the portal lists no others."""
        doing = "list the key managers"

        def ask(offset: int) -> Page[KeyManagerRow]:
            path = f"/key-managers?limit={PAGE}&offset={offset}"
            return self.connection.request_json("GET", path, Page[KeyManagerRow], doing=doing)

        return [{"id": row.id, "name": row.id} for row in every_row(ask, f"API Portal: {doing}")]

    def change(self, id: str, values: dict[str, Any]) -> dict[str, Any]:
        """One PUT of what changed, for the server leaves alone what it is not sent, but for `enabled`: left out, it
        counts as true. Where the values do not say it, it is read before."""
        doing = f"change the key manager {id}"
        body = _to_wire(values)
        if "enabled" not in body:
            current = self.connection.request_json("GET", _path(id), KeyManagerAnswer, doing=doing, not_found=_MISSING)
            body["enabled"] = current.enabled
        found = self.connection.request_json(
            "PUT", _path(id), KeyManagerAnswer, doing=doing, json=body, not_found=_MISSING
        )
        return _values(found)

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


def _to_wire(values: dict[str, Any]) -> dict[str, Any]:
    body = {key: values[key] for key in ("displayName", "enabled") if key in values}
    endpoint = values.get("endpoints", {}).get("tokenEndpoint")
    return body | ({"tokenEndpoint": endpoint} if endpoint is not None else {})


def _values(found: KeyManagerAnswer) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.id,
        "displayName": found.display_name,
        "enabled": found.enabled,
        "endpoints": {"tokenEndpoint": found.token_endpoint},
    }
