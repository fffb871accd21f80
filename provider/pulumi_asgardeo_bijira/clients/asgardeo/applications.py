"""Applications, their OIDC part and the APIs that they may call: /applications."""

from collections.abc import Iterator
from typing import Any

from ...transport import Connection, ErrorBody, Items, segment
from .models import Application, ApplicationPage, ApplicationRow, AuthorizedApi, NewApplication, Oidc, RotatedOidc

__all__ = ("Applications",)

_BASE = "/api/server/v1/applications"
_PAGE = 100
_VIEW = "internal_application_mgt_view"
_UPDATE = "internal_application_mgt_update"


def _is_unknown(refusal: ErrorBody) -> bool:
    return refusal.code == "APP-60006"


def _has_no_oidc(refusal: ErrorBody) -> bool:
    return refusal.code in ("APP-60006", "APP-60501", "APP-60502", "OAUTH-60002")


def _path(id: str, *rest: str) -> str:
    return "/".join([_BASE, *(segment(part) for part in (id, *rest))])


class Applications:
    """The organisation's applications."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, body: dict[str, Any]) -> str:
        """Make an application and return its id."""
        doing = f"create the application {body['name']}"
        scope = "internal_application_mgt_create"
        return self._connection.locate("POST", _BASE, NewApplication, json=body, doing=doing, scope=scope).id

    def get(self, id: str) -> Application | None:
        """An application without its OIDC part; None where there is none."""
        doing = f"read the application {id}"
        return self._connection.get_or_none(_path(id), Application, doing=doing, scope=_VIEW, not_found=_is_unknown)

    def find(self, name: str) -> ApplicationRow | None:
        """The application of exactly this name, in short; None where there is none."""
        page = self._page(f"look up the application {name}", filter=f"name eq {name}", limit=30)
        return next((row for row in page.rows if row.name == name), None)

    def all(self) -> Iterator[ApplicationRow]:
        """The organisation's own applications, page by page, in short."""
        offset = 0
        while True:
            page = self._page("list the applications", limit=_PAGE, offset=offset)
            yield from (row for row in page.rows if row.is_own)
            offset += len(page.rows)
            if not page.rows or offset >= page.total:
                return

    def count(self) -> int:
        """How many applications the organisation has."""
        return self._page("count the applications", limit=1).total

    def change(self, id: str, body: dict[str, Any]) -> None:
        """Change what lies on the application itself; what is left out stays."""
        self._connection.send(
            "PATCH",
            _path(id),
            ok=(200,),
            or_body=Application,
            json=body,
            doing=f"change the application {id}",
            scope=_UPDATE,
            retry_as="PUT",
            not_found=_is_unknown,
        )

    def delete(self, id: str) -> None:
        """Delete an application; one that is not there is no failure."""
        self._connection.delete(
            _path(id),
            ok=(204,),
            doing=f"delete the application {id}",
            scope="internal_application_mgt_delete",
            not_found=_is_unknown,
        )

    def oidc(self, id: str) -> Oidc | None:
        """The OIDC part with the client id and, where the token may see it, the secret; None where there is none."""
        doing = f"read the OIDC part of the application {id}"
        path = _path(id, "inbound-protocols", "oidc")
        found = self._connection.get_or_none(path, Oidc, doing=doing, scope=_VIEW, not_found=_has_no_oidc)
        self._connection.redact.add(found.client_secret if found else None)
        return found

    def replace_oidc(self, id: str, document: dict[str, Any]) -> None:
        """Write the whole OIDC part; what is left out goes back to a default."""
        self._connection.send(
            "PUT",
            _path(id, "inbound-protocols", "oidc"),
            ok=(200, 201),
            or_body=Oidc,
            json=document,
            doing=f"change the OIDC part of the application {id}",
            scope=_UPDATE,
            not_found=_is_unknown,
        )

    def regenerate_secret(self, id: str) -> RotatedOidc:
        """A new client secret in the OIDC part that is returned; the old one ends at once."""
        rotated = self._connection.request_json(
            "POST",
            _path(id, "inbound-protocols", "oidc", "regenerate-secret"),
            RotatedOidc,
            doing=f"rotate the client secret of the application {id}",
            scope="internal_application_mgt_client_secret_create",
            not_found=_has_no_oidc,
        )
        self._connection.redact.add(rotated.client_secret)
        return rotated

    def authorized_apis(self, id: str) -> list[AuthorizedApi]:
        """The APIs that the application may call."""
        path, doing = _path(id, "authorized-apis"), f"read the authorized APIs of the application {id}"
        return self._connection.request_json(
            "GET", path, Items[AuthorizedApi], doing=doing, scope=_VIEW, not_found=_is_unknown
        )

    def authorize(self, id: str, api_id: str, policy: str, scopes: list[str]) -> None:
        """Let the application call an API."""
        self._connection.send(
            "POST",
            _path(id, "authorized-apis"),
            ok=(200, 201),
            or_body=AuthorizedApi,
            json={"id": api_id, "policyIdentifier": policy, "scopes": scopes},
            doing=f"authorize the API {api_id} for the application {id}",
            scope=_UPDATE,
            not_found=_is_unknown,
        )

    def change_authorized_scopes(self, id: str, api_id: str, added: list[str], removed: list[str]) -> None:
        """Change the scopes with which the application may call an API."""
        self._connection.send(
            "PATCH",
            _path(id, "authorized-apis", api_id),
            ok=(200,),
            or_body=AuthorizedApi,
            json={"addedScopes": added, "removedScopes": removed},
            doing=f"change the scopes of the API {api_id} for the application {id}",
            scope=_UPDATE,
            not_found=_is_unknown,
        )

    def revoke(self, id: str, api_id: str) -> None:
        """The application may not call the API any more; one that it could not is no failure."""
        self._connection.delete(
            _path(id, "authorized-apis", api_id),
            ok=(204,),
            doing=f"revoke the API {api_id} for the application {id}",
            scope=_UPDATE,
            not_found=_is_unknown,
        )

    def _page(self, doing: str, **params: str | int) -> ApplicationPage:
        return self._connection.request_json("GET", _BASE, ApplicationPage, doing=doing, params=params, scope=_VIEW)
