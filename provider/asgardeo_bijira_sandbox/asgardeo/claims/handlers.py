"""Which claims and scopes there are: `/claim-dialects` and `/oidc/scopes`, read-only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.responses import answer
from ..exceptions import application_error
from ..ids import encoded
from .data import LOCAL_CLAIMS, LOCAL_DIALECT, OIDC_CLAIMS, OIDC_DIALECT, OIDC_SCOPE_CLAIMS

if TYPE_CHECKING:
    from starlette.responses import Response

    from ...web.errors import ApiError
    from ..request import TenantRequest


def scopes(request: TenantRequest) -> Response:
    """GET the scopes of OpenID Connect, each with its claims."""
    return answer([_scope(name) for name in OIDC_SCOPE_CLAIMS])


def scope(request: TenantRequest) -> Response:
    """GET one scope of OpenID Connect; its id is its name."""
    name = request.param("id")
    if name not in OIDC_SCOPE_CLAIMS:
        raise application_error(404, "41003", "Scope not found.", f"There is no OIDC scope {name}.")
    return answer(_scope(name))


def dialects(request: TenantRequest) -> Response:
    """GET the dialects that claims are named in."""
    return answer([_dialect(request, "local", LOCAL_DIALECT), _dialect(request, encoded(OIDC_DIALECT), OIDC_DIALECT)])


def dialect(request: TenantRequest) -> Response:
    """GET one dialect."""
    known = {"local": LOCAL_DIALECT, encoded(LOCAL_DIALECT): LOCAL_DIALECT, encoded(OIDC_DIALECT): OIDC_DIALECT}
    uri = known.get(_given(request))
    if uri is None:
        raise _no_dialect(request)
    return answer(_dialect(request, request.param("id"), uri))


def local_claims(request: TenantRequest) -> Response:
    """GET the organisation's own claims."""
    return answer([_local_claim(uri) for uri in LOCAL_CLAIMS])


def local_claim(request: TenantRequest) -> Response:
    """GET one of the organisation's own claims."""
    return answer(_local_claim(_by_id(request, list(LOCAL_CLAIMS), "CMT-50019")))


def claims(request: TenantRequest) -> Response:
    """GET the claims of a dialect, each with the local claim that it is filled from."""
    _check_external(request)
    return answer([_external_claim(name) for name in OIDC_CLAIMS])


def claim(request: TenantRequest) -> Response:
    """GET one claim of a dialect."""
    _check_external(request)
    return answer(_external_claim(_by_id(request, list(OIDC_CLAIMS), "CMT-50018")))


def _scope(name: str) -> dict[str, Any]:
    title, names = OIDC_SCOPE_CLAIMS[name]
    return {"name": name, "displayName": title, "description": "", "claims": list(names)}


def _dialect(request: TenantRequest, id: str, uri: str) -> dict[str, Any]:
    link = {"href": request.path(f"/claim-dialects/{id}/claims"), "rel": "claims"}
    return {"id": id, "dialectURI": uri, "link": link}


def _local_claim(uri: str) -> dict[str, Any]:
    return {
        "id": encoded(uri),
        "claimURI": uri,
        "dialectURI": LOCAL_DIALECT,
        "description": LOCAL_CLAIMS[uri],
        "displayOrder": 0,
        "displayName": LOCAL_CLAIMS[uri],
        "readOnly": False,
        "required": False,
        "supportedByDefault": False,
        "attributeMapping": [{"mappedAttribute": uri.rpartition("/")[2], "userstore": "DEFAULT"}],
        "properties": [],
    }


def _external_claim(name: str) -> dict[str, Any]:
    return {
        "id": encoded(name),
        "claimURI": name,
        "claimDialectURI": OIDC_DIALECT,
        "mappedLocalClaimURI": OIDC_CLAIMS[name],
        "properties": [],
    }


def _check_external(request: TenantRequest) -> None:
    if _given(request) != encoded(OIDC_DIALECT):
        raise _no_dialect(request)


def _by_id(request: TenantRequest, known: list[str], code: str) -> str:
    found = next((one for one in known if encoded(one) == request.param("claim").rstrip("=")), None)
    if found is None:
        raise application_error(404, code, "Resource not found.", f"There is no claim {request.param('claim')}.")
    return found


def _no_dialect(request: TenantRequest) -> ApiError:
    text = f"There is no claim dialect {request.param('id')}."
    return application_error(404, "CMT-50016", "Resource not found.", text)


def _given(request: TenantRequest) -> str:
    return request.param("id").rstrip("=")
