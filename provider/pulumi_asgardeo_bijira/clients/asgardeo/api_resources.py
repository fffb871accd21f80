"""API resources and their scopes: /api-resources."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from ...transport import REPEATABLE_WRITE, ApiProblem, Connection, ErrorBody, Items, segment
from ..paging import PAGE, every_page
from .api_models import (
    ApiChanges,
    ApiPage,
    ApiResource,
    ApiRow,
    ApiSettings,
    DetailsType,
    ListedApi,
    ListedScope,
    Scope,
    ScopeDescription,
)

__all__ = ("SCOPE_GONE", "SCOPE_TAKEN", "TYPE_GONE", "TYPE_TAKEN", "ApiResources")

R = TypeVar("R")

#: The code by which a change is refused when the API has no such scope.
SCOPE_GONE = "API-RESOURCE-60005"
#: The code of a conflict where an API has such a scope already.
SCOPE_TAKEN = "API-RESOURCE-60004"
#: The codes by which a change is refused when the API has no such type of authorization details, and when one has it.
TYPE_GONE, TYPE_TAKEN = "API-RESOURCE-60015", "API-RESOURCE-60018"
_BASE, _SCOPES = "/api/server/v1/api-resources", "/api/server/v1/scopes"
_VIEW = "internal_api_resource_view"
_UPDATE = "internal_api_resource_update"
_DELETE = "internal_api_resource_delete"


def _no_such(doing: str, code: str) -> ApiProblem:
    action = "Run pulumi refresh, then pulumi up"
    return ApiProblem("there is no such thing", subject=f"Asgardeo: {doing}", action=action, status=404, code=code)


def _only(type_: str) -> dict[str, str]:
    return {"filter": f"type eq {type_}"}


def _is_unknown(refusal: ErrorBody) -> bool:
    return refusal.code == "API-RESOURCE-60002"


class ApiResources:
    """The organisation's API resources."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, api: ApiSettings) -> ApiResource:
        """Make an API with its scopes, all or nothing."""
        return self._connection.request_json(
            "POST",
            _BASE,
            ApiResource,
            ok=(200, 201),
            json=api.whole(),
            doing=f"create the API {api.identifier}",
            scope="internal_api_resource_create",
        )

    def get(self, id: str) -> ApiResource | None:
        """An API with its scopes; None where there is none."""
        path, doing = f"{_BASE}/{segment(id)}", f"read the API {id}"
        return self._connection.get_or_none(path, ApiResource, doing=doing, scope=_VIEW, not_found=_is_unknown)

    def find(self, attribute: Literal["identifier", "name"], value: str) -> list[ApiRow]:
        """The APIs whose attribute is exactly this, without their scopes."""
        doing = f"look up the API with the {attribute} {value}"
        params: dict[str, str | int] = {"filter": f"{attribute} eq {value}", "limit": PAGE}
        page = self._connection.request_json("GET", _BASE, ApiPage[ApiRow], doing=doing, params=params, scope=_VIEW)
        return [row for row in page.rows if getattr(row, attribute) == value]

    def of_type(self, type_: str) -> Iterator[ApiRow]:
        """The APIs of a type, page by page, without their scopes: fewer pages than all."""
        return (row for page in self._pages(ApiPage[ApiRow], _only(type_)) for row in page)

    def listed(self, type_: str) -> Iterator[Mapping[str, ListedApi]]:
        """The APIs of a type, page by page, by their ids: what the lists of APIs and of all scopes show of them."""
        doing, scopes = "list the scopes", defaultdict[str, list[ListedScope]](list)
        rows = self._connection.request_json("GET", _SCOPES, Items[ListedScope], doing=doing, scope=_VIEW)
        for scope in rows:
            scopes[scope.api_id].append(scope)
        for page in self._pages(ApiPage[ListedApi], _only(type_)):
            yield {row.id: row.model_copy(update={"scopes": scopes[row.id]}) for row in page}

    def all(self) -> Iterator[ApiRow]:
        """The organisation's own APIs, page by page, without their scopes."""
        return (row for page in self._pages(ApiPage[ApiRow], {}) for row in page if row.is_own)

    def _pages(self, shape: "type[ApiPage[R]]", fixed: Mapping[str, str]) -> Iterator[Sequence[R]]:
        doing = "list the APIs"

        def ask(cursor: str) -> "ApiPage[R]":
            params: dict[str, str | int] = {**fixed, "limit": PAGE, **({"after": cursor} if cursor else {})}
            return self._connection.request_json("GET", _BASE, shape, doing=doing, params=params, scope=_VIEW)

        return every_page(ask, "", f"Asgardeo: {doing}")

    def change(self, id: str, changes: ApiChanges) -> None:
        """Change name and description, add scopes."""
        path, doing = f"{_BASE}/{segment(id)}", f"change the API {id}"
        self._connection.send("PATCH", path, json=changes.whole(), doing=doing, scope=_UPDATE, not_found=_is_unknown)

    def redescribe_scope(self, id: str, name: str, description: ScopeDescription) -> None:
        """Change a scope's display name and description."""
        doing = f"change the scope {name} of the API {id}"
        path = self._scope_path(id, name)
        if path is None:
            raise _no_such(doing, SCOPE_GONE)
        self._connection.send(
            "PATCH",
            path,
            ok=(200, 204),  # builds differ where it goes by id
            or_body=Scope,
            json=description.whole(),
            doing=doing,
            scope=_UPDATE,
            retry=REPEATABLE_WRITE,
            not_found=_is_unknown,
        )

    def remove_scope(self, id: str, name: str) -> None:
        """Remove a scope; one that is not there is no failure."""
        path = self._scope_path(id, name)
        if path is not None:
            self._discard(path, f"remove the scope {name} of the API {id}")

    def change_details_type(self, id: str, type_id: str, changes: DetailsType) -> None:
        """Change a type of authorization details, all of it but the type itself."""
        doing = f"change the authorization details type {changes.type} of the API {id}"
        if not type_id:
            raise _no_such(doing, TYPE_GONE)
        self._connection.send(
            "PATCH",
            f"{_BASE}/{segment(id)}/authorization-details-types/{segment(type_id)}",
            json=changes.whole(),
            doing=doing,
            scope=_UPDATE,
            retry=REPEATABLE_WRITE,
            not_found=_is_unknown,
        )

    def delete(self, id: str) -> None:
        """Delete an API with its scopes; one that is not there is no failure."""
        self._discard(f"{_BASE}/{segment(id)}", f"delete the API {id}")

    def _discard(self, path: str, doing: str) -> None:
        self._connection.delete(path, ok=(204,), doing=doing, scope=_DELETE, not_found=_is_unknown)

    def _scope_path(self, id: str, name: str) -> str | None:
        """By name, except where the name holds a slash: the server's router loses those, so they go by id, which has to
        be looked up; None where the API has no such scope."""
        if "/" not in name:
            return f"{_BASE}/{segment(id)}/scopes/{segment(name)}"
        api = self.get(id)
        found = next((scope.id for scope in (api.scopes if api else []) if scope.name == name), "")
        return f"{_BASE}/{segment(id)}/scopes/id/{segment(found)}" if found else None
