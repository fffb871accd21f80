"""The API Portal's key managers: a name, which is their id, and where tokens come from.

https://wso2.com/api-platform/docs/api-portal/1.0.0/
"""

import re
from typing import Any

from ..http import ApiProblem, Connection, InvalidInput, segment
from .model import still_mapped

__all__ = ("PORTAL_ADMIN_SCOPES", "PortalKeyManagers")

PORTAL_ADMIN_SCOPES = ("dp:key_manager:manage", "dp:key_manager:read")
_ID = re.compile(r"[A-Za-z0-9_-]+")
_PAGE = 100


class PortalKeyManagers:
    """The key managers of one organisation, over a connection that is signed in as its administrator."""

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

    def create(self, values: dict[str, Any]) -> dict[str, Any]:
        """Make a key manager whose id is its name: so a repetition is a conflict and not a second one."""
        name = values["name"]
        if not _ID.fullmatch(name):
            raise InvalidInput(
                f"name: {name} is the key manager's id in the API Portal, where an id may hold letters, digits, _ and -"
                " only. Choose another name, and set display_name to what people are shown"
            )
        body = {"id": name, "displayName": name, "enabled": True} | _to_wire(values)
        return _from_wire(self._call("POST", "/key-managers", f"create the key manager {name}", json=body))

    def get(self, id: str) -> dict[str, Any] | None:
        """A key manager, disabled ones too, or None where there is none."""
        document = self.connection.get_or_none(_path(id), doing=f"read the key manager {id}")
        return None if document is None else _from_wire(document)

    def find(self, name: str) -> dict[str, Any] | None:
        """The key manager that a creation with this name would have made."""
        return self.get(name)

    def all(self) -> list[dict[str, Any]]:
        """The enabled ones; the portal lists no others."""
        rows: list[dict[str, Any]] = []
        while True:
            page = self._call("GET", f"/key-managers?limit={_PAGE}&offset={len(rows)}", "list the key managers")
            rows += page.get("list") or []
            if not page.get("list") or len(rows) >= int((page.get("pagination") or {}).get("total") or 0):
                return [{"id": row["id"], "name": row["id"]} for row in rows]

    def change(self, id: str, values: dict[str, Any]) -> dict[str, Any]:
        """One PUT of what changed, for the server leaves alone what it is not sent, but for `enabled`: left out, it
        counts as true. Where the values do not say it, it is read before."""
        doing = f"change the key manager {id}"
        if "enabled" not in values:
            values = {**values, "enabled": _from_wire(self._call("GET", _path(id), doing))["enabled"]}
        return _from_wire(self._call("PUT", _path(id), doing, json=_to_wire(values)))

    def delete(self, id: str) -> None:
        """Delete a key manager. The portal only notices by an error of its own that it is in use."""
        try:
            self.connection.discard(_path(id), doing=f"delete the key manager {id}")
        except ApiProblem as refusal:
            if refusal.status != 500:
                raise
            raise still_mapped("API Portal", id, refusal) from None

    def _call(self, method: str, path: str, doing: str, **details: Any) -> dict[str, Any]:
        return self.connection.ask(method, path, doing=doing, **details)


def _path(id: str) -> str:
    return f"/key-managers/{segment(id)}"


def _to_wire(values: dict[str, Any]) -> dict[str, Any]:
    body = {key: values[key] for key in ("displayName", "enabled") if key in values}
    endpoint = values.get("endpoints", {}).get("tokenEndpoint")
    return body | ({"tokenEndpoint": endpoint} if endpoint is not None else {})


def _from_wire(document: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": document["id"],
        "name": document["id"],
        "displayName": document["displayName"],
        "enabled": document.get("enabled") is not False,
        "endpoints": {"tokenEndpoint": document.get("tokenEndpoint") or ""},
    }
