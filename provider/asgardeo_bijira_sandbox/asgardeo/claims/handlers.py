"""What tells a client which claims and scopes there are: `/claim-dialects` and `/oidc/scopes`, to be read only."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from ...web.http import answer
from ..exceptions import application_error
from .data import LOCAL_CLAIMS, LOCAL_DIALECT, OIDC_CLAIMS, OIDC_DIALECT, OIDC_SCOPE_CLAIMS

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..request import Call

__all__ = ("claim", "claims", "dialect", "dialects", "local_claim", "local_claims", "scope", "scopes")


def scopes(call: Call) -> Response:
    """GET the scopes of OpenID Connect, each with its claims."""
    return answer([_scope(name) for name in OIDC_SCOPE_CLAIMS])


def scope(call: Call) -> Response:
    """GET one scope of OpenID Connect; its id is its name."""
    name = call.part("id")
    if name not in OIDC_SCOPE_CLAIMS:
        raise application_error(404, "41003", "Scope not found.", f"There is no OIDC scope {name}.")
    return answer(_scope(name))


def dialects(call: Call) -> Response:
    """GET the dialects that claims are named in."""
    return answer([_dialect(call, "local", LOCAL_DIALECT), _dialect(call, _id(OIDC_DIALECT), OIDC_DIALECT)])


def dialect(call: Call) -> Response:
    """GET one dialect."""
    known = {"local": LOCAL_DIALECT, _id(LOCAL_DIALECT): LOCAL_DIALECT, _id(OIDC_DIALECT): OIDC_DIALECT}
    uri = known.get(_given(call))
    if uri is None:
        raise _no_dialect(call)
    return answer(_dialect(call, call.part("id"), uri))


def local_claims(call: Call) -> Response:
    """GET the organisation's own claims."""
    return answer([_local_claim(uri) for uri in LOCAL_CLAIMS])


def local_claim(call: Call) -> Response:
    """GET one of the organisation's own claims."""
    return answer(_local_claim(_by_id(call, list(LOCAL_CLAIMS), "CMT-50019")))


def claims(call: Call) -> Response:
    """GET the claims of a dialect, each with the local claim that it is filled from."""
    _check_external(call)
    return answer([_external_claim(name) for name in OIDC_CLAIMS])


def claim(call: Call) -> Response:
    """GET one claim of a dialect."""
    _check_external(call)
    return answer(_external_claim(_by_id(call, list(OIDC_CLAIMS), "CMT-50018")))


def _scope(name: str) -> dict[str, Any]:
    title, names = OIDC_SCOPE_CLAIMS[name]
    return {"name": name, "displayName": title, "description": "", "claims": list(names)}


def _dialect(call: Call, id: str, uri: str) -> dict[str, Any]:
    link = {"href": call.path(f"/claim-dialects/{id}/claims"), "rel": "claims"}
    return {"id": id, "dialectURI": uri, "link": link}


def _local_claim(uri: str) -> dict[str, Any]:
    return {
        "id": _id(uri),
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
        "id": _id(name),
        "claimURI": name,
        "claimDialectURI": OIDC_DIALECT,
        "mappedLocalClaimURI": OIDC_CLAIMS[name],
        "properties": [],
    }


def _check_external(call: Call) -> None:
    if _given(call) != _id(OIDC_DIALECT):
        raise _no_dialect(call)


def _by_id(call: Call, known: list[str], code: str) -> str:
    found = next((one for one in known if _id(one) == call.part("claim").rstrip("=")), None)
    if found is None:
        raise application_error(404, code, "Resource not found.", f"There is no claim {call.part('claim')}.")
    return found


def _no_dialect(call: Call) -> Exception:
    text = f"There is no claim dialect {call.part('id')}."
    return application_error(404, "CMT-50016", "Resource not found.", text)


def _given(call: Call) -> str:
    return call.part("id").rstrip("=")


def _id(text: str) -> str:
    """Ids are the names themselves, in a form that fits into a path."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
