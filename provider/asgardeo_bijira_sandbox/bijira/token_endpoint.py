"""The platform's own token service: `/oauth2/token`, for requests to the control plane."""

from __future__ import annotations

import re
import time
import uuid
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from ..asgardeo.oauth.access_tokens import live
from ..tokens import BadToken, unverified
from ..web.errors import ApiError
from ..web.responses import answer
from .models import SCOPES

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..asgardeo.models import Tenant
    from ..store import Store
    from ..web.request import Request
    from .models import Application, KeyMapping, Organization

__all__ = (
    "KEY",
    "MANAGEMENT_CLIENT",
    "MANAGEMENT_SECRET",
    "PUBLIC_CLIENT",
    "claims_of",
    "issued_to_client",
    "jwks",
    "tenant_of",
    "token",
)

MANAGEMENT_CLIENT = "sandbox-management"
MANAGEMENT_SECRET = "sandbox-secret"  # noqa: S105 - published, and worth nothing outside of a sandbox
#: Has no secret, and may do nothing but exchange a token.
PUBLIC_CLIENT = "sandbox-public"
_LIFETIME = 3600
_NOT_AUTHENTICATED = "Client Authentication failed."
_MAY_NOT = "The authenticated client is not authorized to use this grant type."
#: Who signs its tokens.
KEY = "bijira"
_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
_JWT = "urn:ietf:params:oauth:token-type:jwt"
_ISSUER = re.compile(r"/t/([^/]+)/oauth2/token$")


def claims_of(store: Store, presented: str | None) -> dict[str, Any] | None:
    """The claims of a token of this service, or of one that a person made; None if it is missing or invalid."""
    if presented is None:
        return None
    for known in (one for organization in store.bijira.values() for one in organization.personal_tokens):
        if compare_digest(known.token.encode(), presented.encode()):
            return {"sub": known.subject, "scope": " ".join(known.scopes)}
    try:
        claims = store.signing_key(KEY).verify(presented)
    except BadToken:
        return None
    return claims if claims.get("iss") == _issuer(store) else None


def _issuer(store: Store) -> str:
    return f"{store.base_url}/oauth2/token"


def token(request: Request) -> Response:
    """POST: a token, for the client itself, for a user, or for a token of an Asgardeo organisation."""
    store, form = request.store, {name: values[0] for name, values in request.form().items()}
    grant = form.get("grant_type", "")
    credentials = request.basic_credentials() or (form.get("client_id", ""), form.get("client_secret"))
    if grant == "client_credentials" and _generated(store, credentials[0]):
        return answer(issued_to_client(store, *credentials, form.get("scope", "")))
    client = _client(credentials)
    if grant not in ("client_credentials", "password", _EXCHANGE):
        raise _refused("unsupported_grant_type", "Unsupported grant_type value")
    if client == PUBLIC_CLIENT and grant != _EXCHANGE:
        raise _refused("unauthorized_client", _MAY_NOT)
    subject, more = client, {}
    if grant == "password":
        subject = form.get("username", "")
    elif grant == _EXCHANGE:
        subject, more = _exchanged(store, form), {"issued_token_type": _JWT}
    return answer({**_issued(store, client, subject, form), **more})


def jwks(request: Request) -> Response:
    """GET the key set that tokens are verified with."""
    return answer(request.store.signing_key(KEY).jwks())


def _client(credentials: tuple[str, str | None]) -> str:
    """The client that signs in; the public one has no secret, and the other needs its own."""
    client, secret = credentials
    if credentials == (MANAGEMENT_CLIENT, MANAGEMENT_SECRET) or (client == PUBLIC_CLIENT and not secret):
        return client
    raise _refused("invalid_client", _NOT_AUTHENTICATED, 401)


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
    tenant = tenant_of(store, claims.get("iss"))
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
    claims = _claims(store, client, subject, scopes, _LIFETIME)
    if organizations:
        claims["organization"] = {"uuid": organizations[0].uuid, "handle": organizations[0].handle}
    if portal:
        claims |= {"org_handle": portal.handle, "org_name": portal.handle, "roles": portal.roles}
    return _reply(store, claims)


def issued_to_client(store: Store, client_id: str, secret: str | None, scope: str) -> dict[str, Any]:
    """A token of a client that was made here: of the scopes asked for those of the APIs it is subscribed to."""
    found = _generated(store, client_id)
    if found is None or secret is None or not compare_digest(str(found[2].client_secret).encode(), secret.encode()):
        raise _refused("invalid_client", _NOT_AUTHENTICATED, 401)
    organization, application, mapping = found
    if "client_credentials" not in mapping.grant_types:
        raise _refused("unauthorized_client", _MAY_NOT)
    scopes = sorted(set(scope.split()) & set(organization.scopes_of(application)))
    lifetime = mapping.additional_properties.get("application_access_token_expiry_time")
    seconds = lifetime if isinstance(lifetime, int) and lifetime > 0 else _LIFETIME
    return _reply(store, _claims(store, client_id, client_id, scopes, seconds))


def _generated(store: Store, client_id: str) -> tuple[Organization, Application, KeyMapping] | None:
    """A client that was made here, and whose it is."""
    found = ((one, one.generated(client_id)) for one in store.bijira.values())
    return next(((organization, *made) for organization, made in found if made), None)


def tenant_of(store: Store, issuer: object) -> Tenant | None:
    """The Asgardeo organisation of this sandbox that issues such tokens."""
    named = _ISSUER.search(str(issuer))
    return store.asgardeo.get(named[1]) if named else None


def _claims(store: Store, client: str, subject: str, scopes: list[str], lifetime: int) -> dict[str, Any]:
    now = int(time.time())
    return {
        "iss": _issuer(store),
        "sub": subject,
        "azp": client,
        "aud": client,
        "iat": now,
        "exp": now + lifetime,
        "jti": str(uuid.uuid4()),
        "scope": " ".join(scopes) or "default",
    }


def _reply(store: Store, claims: dict[str, Any]) -> dict[str, Any]:
    token = store.signing_key(KEY).issue(claims)
    lifetime = claims["exp"] - claims["iat"]
    return {"access_token": token, "scope": claims["scope"], "token_type": "Bearer", "expires_in": lifetime}


def _refused(error: str, description: str, status: int = 400) -> ApiError:
    return ApiError(status, {"error": error, "error_description": description})
