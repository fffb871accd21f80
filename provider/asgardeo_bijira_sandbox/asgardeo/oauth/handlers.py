"""The endpoints of the OpenID provider: token endpoint, key set, discovery, introspection, revocation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.errors import ApiError
from ...web.responses import answer, empty
from ..exceptions import oauth_error
from .access_tokens import issuer, live
from .clients import authenticated
from .forms import fields_of
from .grants import GRANTS, granted
from .pkce import METHODS

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..request import TenantRequest

_NOT_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}


async def token(request: TenantRequest) -> Response:
    """POST: a token, by one of the grants."""
    form = fields_of(request)
    if not form.get("grant_type"):
        raise oauth_error("invalid_request", "Missing grant_type parameter value")
    client = await authenticated(request, form)
    return answer(granted(request.store, request.tenant, client, form), headers=_NOT_STORED)


def jwks(request: TenantRequest) -> Response:
    """GET the key set that tokens are verified with."""
    return answer(request.store.signing_key(f"asgardeo/{request.tenant.name}").jwks())


def discovery(request: TenantRequest) -> Response:
    """GET what the provider can do, and where."""
    base = f"{request.store.base_url}/t/{request.tenant.name}"
    return answer(
        {
            "issuer": issuer(request.store, request.tenant.name),
            "authorization_endpoint": f"{base}/oauth2/authorize",
            "pushed_authorization_request_endpoint": f"{base}/oauth2/par",
            "token_endpoint": f"{base}/oauth2/token",
            "introspection_endpoint": f"{base}/oauth2/introspect",
            "revocation_endpoint": f"{base}/oauth2/revoke",
            "userinfo_endpoint": f"{base}/oauth2/userinfo",
            "jwks_uri": f"{base}/oauth2/jwks",
            "grant_types_supported": list(GRANTS),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "code_challenge_methods_supported": list(METHODS),
            "subject_types_supported": ["public", "pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256", "PS256", "ES256"],
            "scopes_supported": ["openid", "profile", "email"],
        }
    )


async def introspect(request: TenantRequest) -> Response:
    """POST: what is known of a token."""
    form = fields_of(request)
    await authenticated(request, form)
    token = live(request.store, request.tenant, form.get("token", ""))
    if token is None:
        return answer({"active": False})
    described: dict[str, Any] = {
        "active": True,
        "client_id": token.client_id,
        "token_type": "Bearer",
        "exp": int(token.expires_at),
        "scope": " ".join(token.scopes),
        "aut": token.kind,
        "username": token.subject,
    }
    return answer(described)


async def revoke(request: TenantRequest) -> Response:
    """POST: ends a token of the client's own; anything else counts as revoked."""
    form = fields_of(request)
    client = await authenticated(request, form)
    presented = form.get("token", "")
    found = live(request.store, request.tenant, presented) or request.tenant.tokens.get(presented)
    if found is not None and found.client_id == client.id:
        request.tenant.tokens = {key: token for key, token in request.tenant.tokens.items() if token is not found}
    return empty(200)


def userinfo(request: TenantRequest) -> Response:
    """GET or POST: whose a token is, where that was asked for with `openid`."""
    presented = request.bearer_token() or next(iter(request.form().get("access_token", [])), None)
    if presented is None:
        raise _no_userinfo(400, "invalid_request", "Authorization or Content-Type header is missing")
    token = live(request.store, request.tenant, presented)
    if token is None:
        raise _no_userinfo(401, "invalid_token", "Access token validation failed")
    if "openid" not in token.scopes:
        raise _no_userinfo(403, "insufficient_scope", "Access token does not have the openid scope")
    return answer({"sub": token.subject}, headers=_NOT_STORED)


def _no_userinfo(status: int, error: str, description: str) -> ApiError:
    body = {"error": error, "error_description": description}
    return ApiError(status, body, {"WWW-Authenticate": f'Bearer error="{error}"'})
