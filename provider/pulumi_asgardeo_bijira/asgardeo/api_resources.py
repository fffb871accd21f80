"""API resources and their scopes: /api-resources."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from ..http import ApiProblem, Connection, segment
from .wire import listed

__all__ = ("SCOPE_GONE", "ApiResources")

#: The code by which a change is refused when the API has no such scope.
SCOPE_GONE = "API-RESOURCE-60005"
_BASE = "/api/server/v1/api-resources"

_PAGE = 100


def _cursor(link: str) -> str:
    """The cursor in a link, whose `=` signs are not encoded."""
    parts = (part.partition("=") for part in link.partition("?")[2].split("&"))
    return next((unquote(value) for name, _, value in parts if name == "after"), "")


class ApiResources:
    """The organisation's API resources."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, body: dict[str, Any]) -> dict[str, Any]:
        """Make an API with its scopes, all or nothing."""
        doing = f"create the API {body['identifier']}"
        return self._connection.ask("POST", _BASE, json=body, doing=doing, scope="internal_api_resource_create")

    def get(self, id: str) -> dict[str, Any] | None:
        """An API with its scopes; None where there is none."""
        return self._connection.get_or_none(
            f"{_BASE}/{segment(id)}", doing=f"read the API {id}", scope="internal_api_resource_view"
        )

    def find(self, attribute: str, value: str) -> list[dict[str, Any]]:
        """The APIs whose attribute (`identifier` or `name`) is exactly this, without their scopes."""
        doing = f"look up the API with the {attribute} {value}"
        params: dict[str, str | int] = {"filter": f"{attribute} eq {value}", "limit": 100}
        answer = self._connection.call("GET", _BASE, doing=doing, params=params, scope="internal_api_resource_view")
        found = listed(self._connection.json(answer, doing), "apiResources", "APIResources", "items")
        return [api for api in found if api.get(attribute) == value]

    def all(self) -> Iterator[dict[str, Any]]:
        """The organisation's own APIs, page by page, without their scopes."""
        doing, after, seen = "list the APIs", "", {""}
        while True:
            params: dict[str, str | int] = {"limit": _PAGE, **({"after": after} if after else {})}
            page = self._connection.ask("GET", _BASE, doing=doing, params=params, scope="internal_api_resource_view")
            rows = listed(page, "apiResources", "APIResources", "items")
            yield from (row for row in rows if row.get("type", "BUSINESS") in ("BUSINESS", "MCP"))
            links = [link.get("href", "") for link in page.get("links") or [] if link.get("rel") == "next"]
            after = _cursor(links[0]) if links else ""
            if after in seen:  # the last page, or one that leads back to a page that has been read
                return
            seen.add(after)

    def change(self, id: str, body: dict[str, Any]) -> None:
        """Change name and description, add scopes."""
        self._connection.call(
            "PATCH",
            f"{_BASE}/{segment(id)}",
            json=body,
            doing=f"change the API {id}",
            scope="internal_api_resource_update",
        )

    def redescribe_scope(self, id: str, name: str, body: dict[str, Any]) -> None:
        """Change a scope's display name and description."""
        doing = f"change the scope {name} of the API {id}"
        path = self._scope_path(id, name)
        if path is None:
            raise ApiProblem(f"Asgardeo: {doing}: there is no such scope", status=404, code=SCOPE_GONE)
        self._connection.call(
            "PATCH", path, json=body, doing=doing, scope="internal_api_resource_update", retry_as="PUT"
        )

    def remove_scope(self, id: str, name: str) -> None:
        """Remove a scope; one that is not there is no failure."""
        path = self._scope_path(id, name)
        if path is not None:
            self._connection.discard(
                path, doing=f"remove the scope {name} of the API {id}", scope="internal_api_resource_delete"
            )

    def delete(self, id: str) -> None:
        """Delete an API with its scopes; one that is not there is no failure."""
        self._connection.discard(
            f"{_BASE}/{segment(id)}", doing=f"delete the API {id}", scope="internal_api_resource_delete"
        )

    def _scope_path(self, id: str, name: str) -> str | None:
        """By name, except where the name holds a slash: the server's router loses those, so they go by id, which has to
        be looked up; None where the API has no such scope."""
        if "/" not in name:
            return f"{_BASE}/{segment(id)}/scopes/{segment(name)}"
        scopes = (self.get(id) or {}).get("scopes") or []
        found = next((scope["id"] for scope in scopes if scope["name"] == name), None)
        return f"{_BASE}/{segment(id)}/scopes/id/{segment(found)}" if found else None
