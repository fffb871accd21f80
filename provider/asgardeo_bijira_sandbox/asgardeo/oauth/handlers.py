"""The organisation as an OpenID provider: token endpoint, key set, discovery, introspection, revocation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from ...web.http import ApiError, answer, basic_credentials, empty, form_of
from .access_tokens import issuer, live
from .clients import authenticated
from .exceptions import refusal
from .grants import GRANTS

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ...store import Store
    from ..models import Tenant

__all__ = ("routes",)

_NOT_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}


def routes() -> list[BaseRoute]:
    """The endpoints, which need no management token."""
    found: list[BaseRoute] = []
    for prefix in ("/t/{org}", "/t/{org}/o"):
        found += [
            Route(f"{prefix}/oauth2/token", _token, methods=["POST"]),
            Route(f"{prefix}/oauth2/token/.well-known/openid-configuration", _discovery),
            Route(f"{prefix}/oauth2/jwks", _jwks),
            Route(f"{prefix}/oauth2/introspect", _introspect, methods=["POST"]),
            Route(f"{prefix}/oauth2/revoke", _revoke, methods=["POST"]),
        ]
    return found


def _tenant(request: Request) -> tuple[Store, Tenant]:
    store: Store = request.app.state.store
    tenant = store.tenant(request.path_params["org"])
    if tenant is None:
        raise ApiError(404)
    return store, tenant


async def _form(request: Request) -> dict[str, str]:
    """The form, each field once."""
    fields = form_of(await request.body())
    for name, values in fields.items():
        if len(values) > 1:
            raise refusal("invalid_request", f"Repeated parameter: {name}.")
    return {name: values[0] for name, values in fields.items()}


async def _token(request: Request) -> Response:
    form = await _form(request)
    store, tenant = _tenant(request)
    grant_type = form.get("grant_type")
    if not grant_type:
        raise refusal("invalid_request", "Missing grant_type parameter value")
    client = await authenticated(store, tenant, basic_credentials(request), form)
    if grant_type not in GRANTS:
        raise refusal("unsupported_grant_type", f"Unsupported grant_type value: {grant_type}")
    if not client.may(grant_type):
        raise refusal("unauthorized_client", "The authenticated client is not authorized to use this grant type.")
    return answer(GRANTS[grant_type](store, tenant, client, form), headers=_NOT_STORED)


async def _jwks(request: Request) -> Response:
    store, tenant = _tenant(request)
    return answer(store.signing_key(f"asgardeo/{tenant.name}").jwks())


async def _discovery(request: Request) -> Response:
    store, tenant = _tenant(request)
    base = f"{store.base_url}/t/{tenant.name}"
    return answer(
        {
            "issuer": issuer(store, tenant.name),
            "authorization_endpoint": f"{base}/oauth2/authorize",
            "token_endpoint": f"{base}/oauth2/token",
            "introspection_endpoint": f"{base}/oauth2/introspect",
            "revocation_endpoint": f"{base}/oauth2/revoke",
            "userinfo_endpoint": f"{base}/oauth2/userinfo",
            "jwks_uri": f"{base}/oauth2/jwks",
            "end_session_endpoint": f"{base}/oidc/logout",
            "grant_types_supported": list(GRANTS),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public", "pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256", "PS256", "ES256"],
            "scopes_supported": ["openid", "profile", "email"],
        }
    )


async def _introspect(request: Request) -> Response:
    form = await _form(request)
    store, tenant = _tenant(request)
    await authenticated(store, tenant, basic_credentials(request), form)
    token = live(store, tenant, form.get("token", ""))
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


async def _revoke(request: Request) -> Response:
    """Ends a token of the client's own; what is no such token is as good as revoked."""
    form = await _form(request)
    store, tenant = _tenant(request)
    client = await authenticated(store, tenant, basic_credentials(request), form)
    presented = form.get("token", "")
    found = live(store, tenant, presented) or tenant.tokens.get(presented)
    if found is not None and found.client_id == client.id:
        tenant.tokens = {key: token for key, token in tenant.tokens.items() if token is not found}
    return empty(200)
