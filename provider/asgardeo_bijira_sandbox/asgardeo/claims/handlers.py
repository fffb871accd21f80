"""The claims of an organisation and of other dialects: `/claim-dialects`.

What the platform brings can be changed, and is not deleted: neither a dialect of its own nor a local claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.responses import answer, empty
from ..exceptions import application_error
from ..ids import decoded, encoded
from .bodies import DialectBody, ExternalClaimBody, LocalClaimBody
from .catalogue import dialects, external_claims, local_claims
from .data import EXTERNAL_CLAIMS, LOCAL_CLAIMS, LOCAL_DIALECT

if TYPE_CHECKING:
    from starlette.responses import Response

    from ...web.errors import ApiError
    from ..request import TenantRequest

_PATH = "/claim-dialects"
_LOCAL, _STORE = "local", "DEFAULT"


def listed(request: TenantRequest) -> Response:
    """GET the dialects that claims are named in."""
    return answer([_dialect(request, uri) for uri in dialects(request.tenant)])


def read(request: TenantRequest) -> Response:
    """GET one dialect."""
    return answer(_dialect(request, _known_dialect(request)))


def create(request: TenantRequest) -> Response:
    """POST: answers with the address alone."""
    uri = request.read(DialectBody).uri
    _check_new_dialect(request, uri)
    request.tenant.claims.dialects[uri] = {}
    return _made(request, f"{_PATH}/{encoded(uri)}")


def rename(request: TenantRequest) -> Response:
    """PUT: another URI, and so another address. Of a dialect that there is not nothing is changed, and nothing said."""
    former, uri = decoded(request.param("id").rstrip("=")), request.read(DialectBody).uri
    kept = request.tenant.claims.dialects
    if uri != former:
        _refuse_system("CMT-60007", f"Cannot rename dialect {former} as it is a system dialect", _is_system(former))
        _check_new_dialect(request, uri)
        if former in kept:
            kept[uri] = kept.pop(former)
    return empty(200, {"Location": request.url(f"{_PATH}/{encoded(uri)}")})


def delete(request: TenantRequest) -> Response:
    """DELETE a dialect with its claims; one that does not exist is no error."""
    uri = decoded(request.param("id").rstrip("="))
    _refuse_system("CMT-60008", f"Cannot delete dialect {uri} as it is a system dialect", _is_system(uri))
    request.tenant.claims.dialects.pop(uri or "", None)
    return empty(204)


def local(request: TenantRequest) -> Response:
    """GET the organisation's own claims, those of the account's management unless they shall be left out."""
    spared = f"{LOCAL_DIALECT}/identity/" if request.flag("exclude-identity-claims") else None
    found = local_claims(request.tenant).items()
    return answer([_local_claim(uri, kept) for uri, kept in found if not spared or not uri.startswith(spared)])


def read_local(request: TenantRequest) -> Response:
    """GET one of the organisation's own claims."""
    uri, kept = _known_claim(request, local_claims(request.tenant), "CMT-50019")
    return answer(_local_claim(uri, kept))


def create_local(request: TenantRequest) -> Response:
    """POST one."""
    body, tenant = request.read(LocalClaimBody), request.tenant
    if not body.uri.strip():
        raise _refused(400, "CMT-60002", "Empty claim URI", "Claim URI is not specified in the request.")
    _check_local(body)
    if body.uri in local_claims(tenant):
        text = "Local claim URI already exists. Local claim URI must be unique."
        raise _refused(409, "CMT-50039", "Unable to add local claim.", text)
    tenant.claims.local[body.uri] = body.kept()
    return _made(request, f"{_PATH}/{_LOCAL}/claims/{encoded(body.uri)}")


def update_local(request: TenantRequest) -> Response:
    """PUT one: its URI stays."""
    body, uri = request.read(LocalClaimBody), decoded(request.param("claim").rstrip("="))
    if body.uri != uri:
        text = f"Existing local claim uri {uri} cannot be changed."
        raise _refused(409, "CMT-50021", "Unable to update local claim.", text)
    _check_local(body)
    if uri not in local_claims(request.tenant):
        text = f"Local claim URI: {uri}  does not exist."
        raise _refused(400, "CMT-60011", text, text)
    request.tenant.claims.local[uri] = body.kept()
    return empty(200)


def delete_local(request: TenantRequest) -> Response:
    """DELETE one; one that does not exist is no error. One that claims of another dialect are filled from stays."""
    uri, tenant = decoded(request.param("claim").rstrip("=")), request.tenant
    _refuse_system("CMT-60006", f"Cannot delete claim {uri} as it is a system claim", uri in LOCAL_CLAIMS)
    mapped = (kept for dialect in dialects(tenant) for kept in external_claims(tenant, dialect).values())
    if any(kept["mappedLocalClaimURI"] == uri for kept in mapped):
        text = "Unable to remove local claim while having associations with external claims."
        raise _refused(400, "CMT-50031", "Unable to remove local claim.", text)
    tenant.claims.local.pop(uri or "", None)
    return empty(204)


def claims(request: TenantRequest) -> Response:
    """GET the claims of a dialect, each with the local claim that it is filled from."""
    dialect = _known_external(request)
    found = external_claims(request.tenant, dialect).items()
    return answer([_external_claim(dialect, name, kept) for name, kept in found])


def claim(request: TenantRequest) -> Response:
    """GET one claim of a dialect."""
    dialect = _known_external(request)
    name, kept = _known_claim(request, external_claims(request.tenant, dialect), "CMT-50018")
    return answer(_external_claim(dialect, name, kept))


def create_claim(request: TenantRequest) -> Response:
    """POST one: a dialect has one claim at most for each local one."""
    dialect, body, tenant = _known_external(request, "CMT-50027"), request.read(ExternalClaimBody), request.tenant
    if not body.uri.strip():
        raise _refused(400, "CMT-50032", "Empty external claim URI.", "External claim URI cannot be empty.")
    known = external_claims(tenant, dialect)
    if body.uri in known:
        text = "External claim URI already exists. External claim URI must be unique."
        raise _refused(409, "CMT-50038", "Unable to add external claim.", text)
    _check_mapping(request, dialect, body)
    tenant.claims.dialects.setdefault(dialect, {})[body.uri] = body.kept()
    return _made(request, f"{_PATH}/{encoded(dialect)}/claims/{encoded(body.uri)}")


def update_claim(request: TenantRequest) -> Response:
    """PUT one: its name stays."""
    dialect, body = decoded(request.param("id").rstrip("=")) or "", request.read(ExternalClaimBody)
    name = decoded(request.param("claim").rstrip("="))
    if body.uri != name:
        text = f"Existing external claim uri {name} in dialect identifier {request.param('id')} cannot be changed."
        raise _refused(409, "CMT-50020", "Unable to update external claim.", text)
    if name not in external_claims(request.tenant, dialect):
        text = f"External claim URI: {name} in dialect: {dialect} does not exist."
        raise _refused(400, "CMT-60010", text, text)
    _check_mapping(request, dialect, body)
    request.tenant.claims.dialects.setdefault(dialect, {})[name] = body.kept()
    return empty(200)


def delete_claim(request: TenantRequest) -> Response:
    """DELETE one; one that does not exist is no error."""
    dialect, name = decoded(request.param("id").rstrip("=")) or "", decoded(request.param("claim").rstrip("="))
    if name in external_claims(request.tenant, dialect):
        request.tenant.claims.dialects.setdefault(dialect, {})[name] = None
    return empty(204)


def _dialect(request: TenantRequest, uri: str) -> dict[str, Any]:
    id_ = _LOCAL if uri == LOCAL_DIALECT else encoded(uri)
    link = {"href": request.path(f"{_PATH}/{id_}/claims"), "rel": "claims"}
    return {"id": id_, "dialectURI": uri, "link": link}


def _local_claim(uri: str, kept: dict[str, Any]) -> dict[str, Any]:
    return {"id": encoded(uri), "claimURI": uri, "dialectURI": LOCAL_DIALECT, **kept}


def _external_claim(dialect: str, name: str, kept: dict[str, Any]) -> dict[str, Any]:
    return {"id": encoded(name), "claimURI": name, "claimDialectURI": dialect, "properties": [], **kept}


def _is_system(dialect: str | None) -> bool:
    return dialect == LOCAL_DIALECT or dialect in EXTERNAL_CLAIMS


def _known_dialect(request: TenantRequest) -> str:
    given = request.param("id")
    uri = LOCAL_DIALECT if given == _LOCAL else decoded(given.rstrip("="))
    if uri not in dialects(request.tenant):
        text = f"Unable to find a resource matching the provided claim dialect identifier {given}."
        raise _refused(404, "CMT-50016", "Resource not found.", text)
    return uri


def _known_external(request: TenantRequest, code: str = "CMT-50016") -> str:
    """The dialect of the path, which is not the organisation's own."""
    given = request.param("id")
    uri = decoded(given.rstrip("="))
    if uri == LOCAL_DIALECT or uri not in dialects(request.tenant):
        text = f"Unable to find a resource matching the provided claim dialect identifier {given}."
        raise _refused(404, code, "Resource not found.", text)
    return uri


def _known_claim(request: TenantRequest, known: dict[str, dict[str, Any]], code: str) -> tuple[str, dict[str, Any]]:
    given = request.param("claim")
    uri = decoded(given.rstrip("="))
    if uri is None or uri not in known:
        text = f"Unable to find a resource matching the provided claim identifier {given}."
        raise _refused(404, code, "Resource not found.", text)
    return uri, known[uri]


def _check_new_dialect(request: TenantRequest, uri: str) -> None:
    if not uri.strip():
        raise _refused(400, "CMT-50028", "Empty claim dialect URI.", "Claim dialect URI cannot be empty.")
    if uri in dialects(request.tenant):
        text = f"Claim dialect: {uri} already exists"
        raise _refused(409, "CMT-60002", text, text)


def _check_local(body: LocalClaimBody) -> None:
    if not body.display_name.strip():
        raise _refused(400, "CMT-60003", "Empty display name", "Claim display name is not specified in the request.")
    for mapping in body.attribute_mapping:
        if not mapping.userstore.strip():
            text = "Userstore is not specified in the attribute mappings."
            raise _refused(400, "CMT-60005", "Userstore not specified", text)
        if mapping.userstore.upper() not in (_STORE, "PRIMARY"):
            text = f"Invalid userstore {mapping.userstore} provided in attribute mapping."
            raise _refused(400, "CMT-50026", "Invalid attribute mapping.", text)
        if not mapping.mapped_attribute.strip():
            raise _refused(400, "CMT-50030", "Empty mapped attributes.", "Mapped attributes cannot be empty.")


def _check_mapping(request: TenantRequest, dialect: str, body: ExternalClaimBody) -> None:
    uri = body.mapped
    if uri not in local_claims(request.tenant):
        raise _refused(400, "CMT-50036", "Invalid mapped local claim URI.", "Mapped local claim URI is invalid.")
    others = (kept for name, kept in external_claims(request.tenant, dialect).items() if name != body.uri)
    if any(kept["mappedLocalClaimURI"] == uri for kept in others):
        text = f"Local claim URI : {uri} is already mapped in claim dialect: {dialect}"
        raise _refused(400, "CMT-60004", text, text)


def _refuse_system(code: str, text: str, is_system: bool) -> None:
    if is_system:
        raise _refused(403, code, text, text)


def _refused(status: int, code: str, message: str, description: str) -> ApiError:
    return application_error(status, code, message, description)


def _made(request: TenantRequest, path: str) -> Response:
    return empty(201, {"Location": request.url(path)})
