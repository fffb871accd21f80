"""The platform's own token service: `/oauth2/token`, for calls of the control plane."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from ..http import Refusal, answer, basic_credentials, form_of
from ..tokens import BadToken
from .model import SCOPES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ..world import World

__all__ = ("MANAGEMENT_CLIENT", "MANAGEMENT_SECRET", "claims_of", "routes")

MANAGEMENT_CLIENT = "sandbox-management"
MANAGEMENT_SECRET = "sandbox-secret"  # noqa: S105 - published, and worth nothing outside of a sandbox
_LIFETIME = 3600
_KEY = "bijira"
_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"


def routes() -> list[BaseRoute]:
    """The token endpoint and its key set."""
    return [Route("/oauth2/token", _token, methods=["POST"]), Route("/oauth2/jwks", _jwks)]


def claims_of(world: World, presented: str | None) -> dict[str, Any] | None:
    """The claims of a token of this service; None if it is missing or no good."""
    if presented is None:
        return None
    try:
        claims = world.signing_key(_KEY).verify(presented)
    except BadToken:
        return None
    return claims if claims.get("iss") == _issuer(world) else None


def _issuer(world: World) -> str:
    return f"{world.base_url}/oauth2/token"


async def _token(request: Request) -> Response:
    form = {name: values[0] for name, values in form_of(await request.body()).items()}
    world: World = request.app.state.world
    grant = form.get("grant_type", "")
    if grant == _EXCHANGE:
        client, subject = form.get("client_id", ""), _subject_of(form)
    else:
        client, secret = basic_credentials(request) or (form.get("client_id", ""), form.get("client_secret", ""))
        if (client, secret) != (MANAGEMENT_CLIENT, MANAGEMENT_SECRET):
            raise _refused("invalid_client", "Client Authentication failed.", 401)
        subject = client
    if grant not in ("client_credentials", "password", _EXCHANGE):
        raise _refused("unsupported_grant_type", "Unsupported grant_type value")
    if grant == "password":
        subject = form.get("username", "")
    return answer(_issued(world, client, subject, form))


def _subject_of(form: dict[str, str]) -> str:
    """A stand-in knows no users of the console: whoever presents a token is taken for the one it was issued to."""
    if not form.get("subject_token"):
        raise _refused("invalid_request", "Missing parameters: subject_token")
    return f"user of {form.get('client_id', '')}"


def _issued(world: World, client: str, subject: str, form: dict[str, str]) -> dict[str, Any]:
    handle = form.get("orgHandle")
    organizations = [one for one in world.bijira.values() if handle in (None, one.handle)]
    portal = world.api_portal.organizations.get(organizations[0].handle) if organizations else None
    allowed = {scope for one in organizations for scope in one.management_scopes} or set(SCOPES)
    allowed |= set(portal.management_scopes if portal else ())
    scopes = [scope for scope in form.get("scope", "").split() if scope in allowed]
    now = int(time.time())
    claims: dict[str, Any] = {
        "iss": _issuer(world),
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
    token = world.signing_key(_KEY).issue(claims)
    return {"access_token": token, "scope": claims["scope"], "token_type": "Bearer", "expires_in": _LIFETIME}


async def _jwks(request: Request) -> Response:
    world: World = request.app.state.world
    return answer(world.signing_key(_KEY).jwks())


def _refused(error: str, description: str, status: int = 400) -> Refusal:
    return Refusal(status, {"error": error, "error_description": description})
