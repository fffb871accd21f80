"""The grants of the token endpoint. What is not authorised is left out of the granted scopes, without an error."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..exceptions import oauth_error
from ..models import IssuedToken
from ..system import SIGN_IN_SCOPE
from .access_tokens import issue_jwt, issue_opaque, issuer, remember
from .pkce import check_verifier
from .renewal import is_good, renew
from .users import plain_name, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...store import Store
    from ..models import Tenant, User
    from .clients import Client
    from .sessions import AuthorizationCode

    Grant = Callable[["Store", "Tenant", "Client", dict[str, str]], dict[str, Any]]

__all__ = ("GRANTS", "Grant", "granted")

_LIFETIME = 3600


@dataclass(frozen=True)
class _Granted:
    """What a user's token is issued for, and the code that it came by."""

    subject: str
    requested: list[str]
    scopes: set[str]
    code: str | None = None
    nonce: str | None = None


def client_credentials(store: Store, tenant: Tenant, client: Client, form: dict[str, str]) -> dict[str, Any]:
    """The client in its own name."""
    requested = form.get("scope", "").split()
    authorized = client.own_scopes()
    wanted = set(requested) - {"openid", SIGN_IN_SCOPE}
    if "SYSTEM" in wanted:
        wanted |= {scope for scope in authorized if scope.startswith(("internal_", "console:"))}
    lifetime = _lifetime(client, "applicationAccessTokenExpiryInSeconds")
    token = _token(client, client.id, requested, wanted & authorized, lifetime, "APPLICATION")
    return _reply(store, tenant, client, token)


def password(store: Store, tenant: Tenant, client: Client, form: dict[str, str]) -> dict[str, Any]:
    """The client in the name of a user who gave it a password."""
    user = _user(tenant, form)
    requested = form.get("scope", "").split()
    granted = set(requested) & client.scopes_for(user)
    return _for_user(store, tenant, client, _Granted(user.id, requested, granted))


def authorization_code(store: Store, tenant: Tenant, client: Client, form: dict[str, str]) -> dict[str, Any]:
    """The client in the name of a user who signed in; whatever comes of it, the code is good for no second time."""
    code = form.get("code", "")
    known = _code(tenant, client, code)
    known.state = "REVOKED"
    asked = known.request
    if form.get("redirect_uri") != asked.redirect_uri:
        raise oauth_error("invalid_grant", "Callback url mismatch")
    check_verifier(client.settings["pkce"], asked, form.get("code_verifier", ""))
    known.state = "INACTIVE"
    granted = _Granted(str(asked.user), asked.scopes, set(asked.granted), code, asked.nonce)
    return _for_user(store, tenant, client, granted)


def refresh_token(store: Store, tenant: Tenant, client: Client, form: dict[str, str]) -> dict[str, Any]:
    """A new access token for one that ends; the refresh token is used up where the application renews them."""
    presented = form.get("refresh_token", "")
    known = tenant.tokens.get(presented)
    if known is None or known.kind != "REFRESH" or known.client_id != client.id or not is_good(known):
        raise oauth_error("invalid_grant", "Persisted access token data not found")
    asked = form.get("scope", "").split()
    granted = set(known.scopes) & set(asked) if asked else set(known.scopes)
    issued = _Granted(known.subject, known.requested, granted, known.code)
    if client.settings["refreshToken"]["renewRefreshToken"]:
        reply = _for_user(store, tenant, client, issued)
        renew(tenant, client.settings["refreshToken"], presented, str(reply.get("refresh_token", "")))
        return reply
    return {**_for_user(store, tenant, client, issued), "refresh_token": presented}


GRANTS: dict[str, Grant] = {
    "client_credentials": client_credentials,
    "password": password,
    "authorization_code": authorization_code,
    "refresh_token": refresh_token,
}


def granted(store: Store, tenant: Tenant, client: Client, form: dict[str, str]) -> dict[str, Any]:
    """What a client is given that has signed in and asks by this form, where it may use the grant."""
    grant_type = form["grant_type"]
    if grant_type not in GRANTS:
        raise oauth_error("unsupported_grant_type", f"Unsupported grant_type value: {grant_type}")
    if not client.may(grant_type):
        raise oauth_error("unauthorized_client", "The authenticated client is not authorized to use this grant type.")
    return GRANTS[grant_type](store, tenant, client, form)


def _user(tenant: Tenant, form: dict[str, str]) -> User:
    if "username" not in form or "password" not in form:
        raise oauth_error("invalid_request", "Missing parameters: username, password")
    user = signed_in(tenant, form["username"], form["password"])
    if user is None:
        raise oauth_error("invalid_grant", f"Authentication failed for {plain_name(tenant, form['username'])}")
    return user


def _code(tenant: Tenant, client: Client, code: str) -> AuthorizationCode:
    """What a code stands for; one that was used already ends the tokens that it gave."""
    if not code:
        raise oauth_error("invalid_request", "Missing parameters: code")
    known = tenant.codes.get(code)
    if known is None or known.request.client_id != client.id:
        raise oauth_error("invalid_grant", "Invalid authorization code received from token request")
    if known.state == "INACTIVE":
        tenant.tokens = {key: token for key, token in tenant.tokens.items() if token.code != code}
        raise oauth_error("invalid_grant", "Inactive authorization code received from token request")
    if known.state == "REVOKED" or known.expires_at <= time.time():
        raise oauth_error("invalid_grant", "Expired or Revoked authorization code received from token request")
    return known


def _for_user(store: Store, tenant: Tenant, client: Client, granted: _Granted) -> dict[str, Any]:
    lifetime = _lifetime(client, "userAccessTokenExpiryInSeconds")
    reply = _reply(store, tenant, client, _user_token(client, granted, lifetime, "APPLICATION_USER"))
    if client.may("refresh_token"):
        key = str(uuid.uuid4())
        ends = client.settings["refreshToken"]["expiryInSeconds"]
        remember(tenant, key, _user_token(client, granted, ends, "REFRESH"))
        reply["refresh_token"] = key
    if "openid" in granted.scopes:
        reply["id_token"] = _id_token(store, tenant, client, granted)
    return reply


def _user_token(
    client: Client, granted: _Granted, lifetime: int, kind: Literal["APPLICATION_USER", "REFRESH"]
) -> IssuedToken:
    token = _token(client, granted.subject, granted.requested, granted.scopes, lifetime, kind)
    return token.model_copy(update={"code": granted.code})


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
    """An access token is for its client alone; further audiences are those of ID tokens."""
    claims: dict[str, Any] = {"aud": client.id}
    if token.scopes:
        as_array = client.settings.get("accessToken", {}).get("enableJwtScopeAsArray")
        claims["scope"] = token.scopes if as_array else " ".join(token.scopes)
    return claims


def _id_token(store: Store, tenant: Tenant, client: Client, granted: _Granted) -> str:
    now = int(time.time())
    claims = {
        "iss": issuer(store, tenant.name),
        "sub": granted.subject,
        "aud": [client.id, *client.settings["idToken"]["audience"]],
        "azp": client.id,
        "iat": now,
        "exp": now + int(client.settings["idToken"]["expiryInSeconds"]),
    }
    nonce = {} if granted.nonce is None else {"nonce": granted.nonce}
    return store.signing_key(f"asgardeo/{tenant.name}").issue({**claims, **nonce})
