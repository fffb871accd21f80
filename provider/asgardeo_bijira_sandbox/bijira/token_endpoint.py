"""The platform's own token service: `/oauth2/token`, for requests to the control plane."""

from __future__ import annotations

import re
import time
import uuid
from typing import TYPE_CHECKING, Any

from ..asgardeo.oauth.access_tokens import live
from ..tokens import BadToken, unverified
from ..web.errors import ApiError
from ..web.responses import answer
from .models import SCOPES

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..store import Store
    from ..web.request import Request

__all__ = (
    "MANAGEMENT_CLIENT",
    "MANAGEMENT_SECRET",
    "PUBLIC_CLIENT",
    "claims_of",
    "jwks",
    "token",
)

MANAGEMENT_CLIENT = "sandbox-management"
MANAGEMENT_SECRET = "sandbox-secret"  # noqa: S105 - published, and worth nothing outside of a sandbox
#: Has no secret, and may do nothing but exchange a token.
PUBLIC_CLIENT = "sandbox-public"
_LIFETIME = 3600
_KEY = "bijira"
_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
_JWT = "urn:ietf:params:oauth:token-type:jwt"
_ISSUER = re.compile(r"/t/([^/]+)/oauth2/token$")


def claims_of(store: Store, presented: str | None) -> dict[str, Any] | None:
    """The claims of a token of this service; None if it is missing or invalid."""
    if presented is None:
        return None
    try:
        claims = store.signing_key(_KEY).verify(presented)
    except BadToken:
        return None
    return claims if claims.get("iss") == _issuer(store) else None


def _issuer(store: Store) -> str:
    return f"{store.base_url}/oauth2/token"


def token(request: Request) -> Response:
    """POST: a token, for the client itself, for a user, or for a token of an Asgardeo organisation."""
    store, form = request.store, {name: values[0] for name, values in request.form().items()}
    grant = form.get("grant_type", "")
    client = _client(request.basic_credentials() or (form.get("client_id", ""), form.get("client_secret")))
    if grant not in ("client_credentials", "password", _EXCHANGE):
        raise _refused("unsupported_grant_type", "Unsupported grant_type value")
    if client == PUBLIC_CLIENT and grant != _EXCHANGE:
        raise _refused("unauthorized_client", "The authenticated client is not authorized to use this grant type.")
    subject, more = client, {}
    if grant == "password":
        subject = form.get("username", "")
    elif grant == _EXCHANGE:
        subject, more = _exchanged(store, form), {"issued_token_type": _JWT}
    return answer({**_issued(store, client, subject, form), **more})


def jwks(request: Request) -> Response:
    """GET the key set that tokens are verified with."""
    return answer(request.store.signing_key(_KEY).jwks())


def _client(credentials: tuple[str, str | None]) -> str:
    """The client that signs in; the public one has no secret, and the other needs its own."""
    client, secret = credentials
    if credentials == (MANAGEMENT_CLIENT, MANAGEMENT_SECRET) or (client == PUBLIC_CLIENT and not secret):
        return client
    raise _refused("invalid_client", "Client Authentication failed.", 401)


def _exchanged(store: Store, form: dict[str, str]) -> str:
    """Whom a token of one of the sandbox's Asgardeo organisations stands for."""
    if not form.get("subject_token"):
        raise _refused("invalid_request", "Missing parameters: subject_token")
    for name in ("subject_token_type", "requested_token_type"):
        if form.get(name, "" if name == "subject_token_type" else _JWT) != _JWT:
            raise _refused("invalid_request", f"Unsupported {name}.")
    try:
        _, claims = unverified(form["subject_token"])
    except BadToken:
        claims = {}
    organization = _ISSUER.search(str(claims.get("iss")))
    tenant = store.asgardeo.get(organization[1]) if organization else None
    token = live(store, tenant, form["subject_token"]) if tenant else None
    if token is None:
        raise _refused("invalid_grant", "The subject token is invalid, has ended, or its issuer is not trusted.")
    return token.subject


def _issued(store: Store, client: str, subject: str, form: dict[str, str]) -> dict[str, Any]:
    handle = form.get("orgHandle")
    organizations = [one for one in store.bijira.values() if handle in (None, one.handle)]
    portal = store.api_portal.organizations.get(organizations[0].handle) if organizations else None
    allowed = {scope for one in organizations for scope in one.management_scopes} or set(SCOPES)
    allowed |= set(portal.management_scopes if portal else ())
    scopes = [scope for scope in form.get("scope", "").split() if scope in allowed]
    now = int(time.time())
    claims: dict[str, Any] = {
        "iss": _issuer(store),
        "sub": subject,
        "azp": client,
        "aud": client,
        "iat": now,
        "exp": now + _LIFETIME,
        "jti": str(uuid.uuid4()),
        "scope": " ".join(scopes) or "default",
    }
    if organizations:
        claims["organization"] = {"uuid": organizations[0].uuid, "handle": organizations[0].handle}
    if portal:
        claims |= {"org_handle": portal.handle, "org_name": portal.handle, "roles": portal.roles}
    token = store.signing_key(_KEY).issue(claims)
    return {"access_token": token, "scope": claims["scope"], "token_type": "Bearer", "expires_in": _LIFETIME}


def _refused(error: str, description: str, status: int = 400) -> ApiError:
    return ApiError(status, {"error": error, "error_description": description})
