"""Applications, their OIDC part and the APIs that they may call: /applications."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from ...transport import REPEATABLE_WRITE, Connection, ErrorBody, Items, segment
from ..paging import PAGE, every_page
from .models import (
    Application,
    ApplicationLocation,
    ApplicationPage,
    ApplicationRow,
    ApplicationSettings,
    AuthorizationChanges,
    AuthorizedApi,
    Claims,
    ListedApplication,
    NewApplication,
)
from .oidc_models import Oidc, OidcSettings, RotatedOidc

__all__ = ("Applications",)

_BASE = "/api/server/v1/applications"
_VIEW = "internal_application_mgt_view"
_UPDATE = "internal_application_mgt_update"
#: What the server shows of the OIDC part and does not take back.
_NOT_WRITTEN = ("state", "clientSecret", "clientSecretExpiresAt", "multipleClientSecretsConfigured")


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

    def create(self, application: NewApplication) -> str:
        """Make an application and return its id."""
        doing, scope = f"create the application {application.name}", "internal_application_mgt_create"
        body = application.whole()
        return self._connection.locate("POST", _BASE, ApplicationLocation, json=body, doing=doing, scope=scope).id

    def get(self, id: str) -> Application | None:
        """An application without its OIDC part; None where there is none."""
        doing = f"read the application {id}"
        return self._connection.get_or_none(_path(id), Application, doing=doing, scope=_VIEW, not_found=_is_unknown)

    def find(self, name: str) -> ApplicationRow | None:
        """The application of exactly this name, in short; None where there is none."""
        page = self._page(f"look up the application {name}", filter=f"name eq {name}", limit=30)
        return next((row for row in page.rows if row.name == name), None)

    def of_client(self, client_id: str) -> Application | None:
        """The application of this client id, without its OIDC part; None where there is none."""
        page = self._page(f"look up the application of the client {client_id}", filter=f"clientId eq {client_id}")
        found = (self.get(row.id) for row in page.rows)
        return next((one for one in found if one is not None and one.client_id == client_id), None)

    def all(self) -> Iterator[ApplicationRow]:
        """The organisation's own applications, page by page, in short."""
        return (row for page in self._pages() for row in page if row.is_own)

    def with_clients(self) -> Iterator[ApplicationRow]:
        """The same with their client ids, for which the server reads each of them: not for what is done often."""
        return (row for page in self._pages(attributes="clientId") for row in page if row.is_own)

    def listed(self) -> Iterator[Mapping[str, ListedApplication]]:
        """The organisation's own applications, page by page, by their ids: what a list shows of them."""
        return ({row.id: row for row in page if row.is_own} for page in self._pages())

    def count(self) -> int:
        """How many applications the organisation has."""
        return self._page("count the applications", limit=1).total

    def change(self, id: str, changes: ApplicationSettings) -> None:
        """Change what lies on the application itself; what is left out stays.

        Its claims are replaced whole by the server, so they are read before.
        """
        doing = f"change the application {id}"
        if "claims" in changes.model_fields_set:
            asked = self._connection.request_json(
                "GET", _path(id), Application, doing=doing, scope=_VIEW, not_found=_is_unknown
            )
            changes = changes.model_copy(update={"claims": _laid_over(asked.claims, changes.claims)})
        self._connection.send(
            "PATCH",
            _path(id),
            ok=(200,),
            or_body=Application,
            json=changes.whole(),
            doing=doing,
            scope=_UPDATE,
            retry=REPEATABLE_WRITE,
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

    def change_oidc(
        self, id: str, changes: OidcSettings, refuse: Callable[[Oidc], None] = lambda _: None
    ) -> Oidc | None:
        """Read the OIDC part and write it back changed, for the server replaces it whole; what was read is returned,
        None where there is none. `refuse` raises where what was read cannot be changed so."""
        found = self.oidc(id)
        if found is None:
            return None
        refuse(found)
        kept = {key: value for key, value in found.whole().items() if value is not None and key not in _NOT_WRITTEN}
        self.replace_oidc(id, OidcSettings.model_validate(kept).overlaid(changes))
        return found

    def replace_oidc(self, id: str, document: OidcSettings) -> None:
        """Write the whole OIDC part; what is left out goes back to a default."""
        self._connection.send(
            "PUT",
            _path(id, "inbound-protocols", "oidc"),
            ok=(200, 201),
            or_body=Oidc,
            json=document.written(),
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

    def authorize(self, id: str, api: AuthorizedApi) -> None:
        """Let the application call an API."""
        self._connection.send(
            "POST",
            _path(id, "authorized-apis"),
            ok=(200, 201),
            or_body=AuthorizedApi,
            json=api.model_dump(by_alias=True, exclude_none=True),
            doing=f"authorize the API {api.api_id} for the application {id}",
            scope=_UPDATE,
            not_found=_is_unknown,
        )

    def change_authorization(self, id: str, api_id: str, changes: AuthorizationChanges) -> None:
        """Change the scopes with which the application may call an API, and the types of authorization details."""
        self._connection.send(
            "PATCH",
            _path(id, "authorized-apis", api_id),
            ok=(200,),
            or_body=AuthorizedApi,
            json=changes.whole(),
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

    def _pages(self, **params: str) -> Iterator[Sequence[ListedApplication]]:
        doing = "list the applications"
        return every_page(lambda at: self._page(doing, limit=PAGE, offset=at, **params), 0, f"Asgardeo: {doing}")

    def _page(self, doing: str, **params: str | int) -> ApplicationPage:
        return self._connection.request_json("GET", _BASE, ApplicationPage, doing=doing, params=params, scope=_VIEW)


def _laid_over(live: Claims, changes: Claims) -> Claims:
    """The claims as they are to be. Mappings that nobody made follow from the requested claims: sent back, they would
    have the server drop a claim that they do not name."""
    body = live.overlaid(changes).model_dump(by_alias=True, exclude_unset=True, exclude_none=True)
    claims = Claims.model_validate(body)
    if "claim_mappings" in changes.model_fields_set or claims.are_mapped:
        return claims
    return Claims.model_validate({key: value for key, value in body.items() if key != "claimMappings"})
