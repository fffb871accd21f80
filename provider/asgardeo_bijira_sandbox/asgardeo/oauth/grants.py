"""The grants of the token endpoint. What is not authorised is left out of the granted scopes, without an error."""

from __future__ import annotations

import time
import uuid
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, Literal

from ..exceptions import oauth_error
from ..models import IssuedToken
from ..system import OIDC_SCOPES
from .access_tokens import issue_jwt, issue_opaque, issuer, remember

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...store import Store
    from ..models import Tenant, User
    from .clients import Client

    Grant = Callable[["Store", "Tenant", "Client", dict[str, str]], dict[str, Any]]

__all__ = ("GRANTS", "Grant")

_LIFETIME = 3600


def client_credentials(store: Store, tenant: Tenant, client: Client, form: dict[str, str]) -> dict[str, Any]:
    """The client in its own name."""
    requested = form.get("scope", "").split()
    authorized = client.own_scopes()
    wanted = set(requested) - {"openid", "internal_login"}
    if "SYSTEM" in wanted:
        wanted |= {scope for scope in authorized if scope.startswith(("internal_", "console:"))}
    lifetime = _lifetime(client, "applicationAccessTokenExpiryInSeconds")
    token = _token(client, client.id, requested, wanted & authorized, lifetime, "APPLICATION")
    return _reply(store, tenant, client, token)


def password(store: Store, tenant: Tenant, client: Client, form: dict[str, str]) -> dict[str, Any]:
    """The client in the name of a user who gave it a password."""
    user = _user(tenant, form)
    requested = form.get("scope", "").split()
    granted = set(requested) & (client.scopes_for(user) | set(OIDC_SCOPES))
    return _for_user(store, tenant, client, user.id, requested, granted)


def refresh_token(store: Store, tenant: Tenant, client: Client, form: dict[str, str]) -> dict[str, Any]:
    """A new access token for one that ends; the refresh token is used up where the application renews them."""
    presented = form.get("refresh_token", "")
    known = tenant.tokens.get(presented)
    if known is None or known.kind != "REFRESH" or known.client_id != client.id or known.expires_at <= time.time():
        raise oauth_error("invalid_grant", "Persisted access token data not found")
    asked = form.get("scope", "").split()
    granted = set(known.scopes) & set(asked) if asked else set(known.scopes)
    if client.settings["refreshToken"]["renewRefreshToken"]:
        del tenant.tokens[presented]
        return _for_user(store, tenant, client, known.subject, known.requested, granted)
    return {**_for_user(store, tenant, client, known.subject, known.requested, granted), "refresh_token": presented}


GRANTS: dict[str, Grant] = {
    "client_credentials": client_credentials,
    "password": password,
    "refresh_token": refresh_token,
}


def _user(tenant: Tenant, form: dict[str, str]) -> User:
    if "username" not in form or "password" not in form:
        raise oauth_error("invalid_request", "Missing parameters: username, password")
    name = form["username"].removesuffix(f"@{tenant.name}").removeprefix("DEFAULT/")
    user = next((user for user in tenant.users.values() if user.username == name), None)
    if user is None or not compare_digest(user.password.encode(), form["password"].encode()):
        raise oauth_error("invalid_grant", f"Authentication failed for {name}")
    return user


def _for_user(
    store: Store, tenant: Tenant, client: Client, subject: str, requested: list[str], granted: set[str]
) -> dict[str, Any]:
    lifetime = _lifetime(client, "userAccessTokenExpiryInSeconds")
    token = _token(client, subject, requested, granted, lifetime, "APPLICATION_USER")
    reply = _reply(store, tenant, client, token)
    if client.may("refresh_token"):
        key = str(uuid.uuid4())
        ends = client.settings["refreshToken"]["expiryInSeconds"]
        remember(tenant, key, _token(client, subject, requested, granted, ends, "REFRESH"))
        reply["refresh_token"] = key
    if "openid" in granted:
        reply["id_token"] = _id_token(store, tenant, client, subject)
    return reply


def _lifetime(client: Client, setting: str) -> int:
    return int(client.settings["accessToken"][setting]) if client.settings else _LIFETIME


def _token(
    client: Client,
    subject: str,
    requested: list[str],
    granted: set[str],
    lifetime: int,
    kind: Literal["APPLICATION", "APPLICATION_USER", "REFRESH"],
) -> IssuedToken:
    return IssuedToken(
        client_id=client.id,
        subject=subject,
        requested=sorted(requested),
        scopes=sorted(granted),
        expires_at=time.time() + lifetime,
        kind=kind,
    )


def _reply(store: Store, tenant: Tenant, client: Client, token: IssuedToken) -> dict[str, Any]:
    if client.settings and client.settings["accessToken"]["type"] != "JWT":
        value = issue_opaque(tenant, token.model_copy(update={"opaque": True}))
        token = tenant.tokens[value]
    else:
        value = issue_jwt(store, tenant, token, _claims(client, token))
    reply = {"access_token": value, "token_type": "Bearer", "expires_in": round(token.expires_at - time.time())}
    return {**reply, "scope": " ".join(token.scopes)} if token.scopes else reply


def _claims(client: Client, token: IssuedToken) -> dict[str, Any]:
    audience = [client.id, *client.settings.get("idToken", {}).get("audience", [])]
    claims: dict[str, Any] = {"aud": audience[0] if len(audience) == 1 else audience}
    if token.scopes:
        as_array = client.settings.get("accessToken", {}).get("enableJwtScopeAsArray")
        claims["scope"] = token.scopes if as_array else " ".join(token.scopes)
    return claims


def _id_token(store: Store, tenant: Tenant, client: Client, subject: str) -> str:
    now = int(time.time())
    claims = {
        "iss": issuer(store, tenant.name),
        "sub": subject,
        "aud": [client.id, *client.settings["idToken"]["audience"]],
        "azp": client.id,
        "iat": now,
        "exp": now + int(client.settings["idToken"]["expiryInSeconds"]),
    }
    return store.signing_key(f"asgardeo/{tenant.name}").issue(claims)
