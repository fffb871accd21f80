"""Applications, their OIDC part and the APIs that they may call: /applications."""

from collections.abc import Iterator
from typing import Any

from ..http import Connection, segment
from .wire import listed

__all__ = ("Applications",)

_BASE = "/api/server/v1/applications"
_VIEW = "internal_application_mgt_view"
_UPDATE = "internal_application_mgt_update"


def _path(id: str, *rest: str) -> str:
    return "/".join([_BASE, *(segment(part) for part in (id, *rest))])


class Applications:
    """The organisation's applications."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, body: dict[str, Any]) -> str:
        """Make an application and return its id."""
        doing = f"create the application {body['name']}"
        answer = self._connection.call("POST", _BASE, json=body, doing=doing, scope="internal_application_mgt_create")
        located = str(answer.headers.get("Location", "")).rstrip("/").rpartition("/")[2]
        return located or str(self._connection.document(answer, doing)["id"])

    def get(self, id: str) -> dict[str, Any] | None:
        """An application without its OIDC part; None where there is none."""
        return self._connection.get_or_none(_path(id), doing=f"read the application {id}", scope=_VIEW)

    def find(self, name: str) -> dict[str, Any] | None:
        """The application of exactly this name, in short; None where there is none."""
        doing = f"look up the application {name}"
        params: dict[str, str | int] = {"filter": f"name eq {name}", "limit": 30}
        answer = self._connection.call("GET", _BASE, doing=doing, params=params, scope=_VIEW)
        found = listed(self._connection.json(answer, doing), "applications")
        return next((application for application in found if application.get("name") == name), None)

    def all(self) -> Iterator[dict[str, Any]]:
        """The organisation's own applications, page by page, in short."""
        doing, offset = "list the applications", 0
        while True:
            params: dict[str, str | int] = {"limit": 100, "offset": offset}
            page = self._connection.ask("GET", _BASE, doing=doing, params=params, scope=_VIEW)
            rows = listed(page, "applications")
            yield from (row for row in rows if row.get("access") != "READ")
            offset += len(rows)
            if not rows or offset >= int(page.get("totalResults") or 0):
                return

    def count(self) -> int:
        """How many applications the organisation has."""
        doing = "count the applications"
        page = self._connection.ask("GET", _BASE, doing=doing, params={"limit": 1}, scope=_VIEW)
        return int(page.get("totalResults") or 0)

    def change(self, id: str, body: dict[str, Any]) -> None:
        """Change what lies on the application itself; what is left out stays."""
        self._connection.call(
            "PATCH", _path(id), json=body, doing=f"change the application {id}", scope=_UPDATE, retry_as="PUT"
        )

    def delete(self, id: str) -> None:
        """Delete an application; one that is not there is no failure."""
        self._connection.discard(
            _path(id), doing=f"delete the application {id}", scope="internal_application_mgt_delete"
        )

    def oidc(self, id: str) -> dict[str, Any] | None:
        """The OIDC part with the client id and, where the token may see it, the secret; None where there is none."""
        doing = f"read the OIDC part of the application {id}"
        found = self._connection.get_or_none(_path(id, "inbound-protocols", "oidc"), doing=doing, scope=_VIEW)
        return None if found is None else self._learn(found)

    def replace_oidc(self, id: str, document: dict[str, Any]) -> None:
        """Write the whole OIDC part; what is left out goes back to a default."""
        self._connection.call(
            "PUT",
            _path(id, "inbound-protocols", "oidc"),
            json=document,
            doing=f"change the OIDC part of the application {id}",
            scope=_UPDATE,
        )

    def regenerate_secret(self, id: str) -> dict[str, Any]:
        """A new client secret in the OIDC part that is returned; the old one ends at once."""
        doing = f"rotate the client secret of the application {id}"
        return self._learn(
            self._connection.ask(
                "POST",
                _path(id, "inbound-protocols", "oidc", "regenerate-secret"),
                doing=doing,
                scope="internal_application_mgt_client_secret_create",
            )
        )

    def authorized_apis(self, id: str) -> list[dict[str, Any]]:
        """The APIs that the application may call."""
        doing = f"read the authorized APIs of the application {id}"
        answer = self._connection.call("GET", _path(id, "authorized-apis"), doing=doing, scope=_VIEW)
        return listed(self._connection.json(answer, doing))

    def authorize(self, id: str, api_id: str, policy: str, scopes: list[str]) -> None:
        """Let the application call an API."""
        self._connection.call(
            "POST",
            _path(id, "authorized-apis"),
            json={"id": api_id, "policyIdentifier": policy, "scopes": scopes},
            doing=f"authorize the API {api_id} for the application {id}",
            scope=_UPDATE,
        )

    def change_authorized_scopes(self, id: str, api_id: str, added: list[str], removed: list[str]) -> None:
        """Change the scopes with which the application may call an API."""
        self._connection.call(
            "PATCH",
            _path(id, "authorized-apis", api_id),
            json={"addedScopes": added, "removedScopes": removed},
            doing=f"change the scopes of the API {api_id} for the application {id}",
            scope=_UPDATE,
        )

    def revoke(self, id: str, api_id: str) -> None:
        """The application may not call the API any more; one that it could not is no failure."""
        self._connection.discard(
            _path(id, "authorized-apis", api_id),
            doing=f"revoke the API {api_id} for the application {id}",
            scope=_UPDATE,
        )

    def _learn(self, document: dict[str, Any]) -> dict[str, Any]:
        self._connection.redact.learn(document.get("clientSecret"))
        return document
