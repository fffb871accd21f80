"""What clients ask for at the authorization endpoint, and what may be wrong with it; asked there or pushed before."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

from ...web.responses import answer
from ..exceptions import oauth_error
from .callbacks import is_callback
from .clients import authenticated
from .forms import fields_of
from .pkce import refusal_of_challenge
from .sessions import AuthorizationRequest, PushedRequest

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..models import Tenant
    from ..request import TenantRequest
    from .clients import Client

__all__ = ("PREFIX", "Wrong", "asked_for", "pulled", "push", "wrong_client", "wrong_request")

#: What begins the name of a pushed request.
PREFIX = "urn:ietf:params:oauth:par:request_uri:"
_LIFETIME = 60
#: An error's code and what is wrong.
Wrong = tuple[str, str]


def wrong_client(client: Client | None, form: dict[str, str]) -> Wrong | None:
    """What is wrong with the client or with where it wants its user back."""
    if client is None:
        return "invalid_client", "Cannot find an application associated with the given client_id"
    if not client.callback_urls:
        return "unauthorized_client", "not.authorized.to.use.requested.grant.type"
    if not is_callback(client.callback_urls, form["redirect_uri"]):
        return "invalid_callback", "callback.not.match"
    return None


def asked_for(form: dict[str, str]) -> AuthorizationRequest:
    """What a form asks for."""
    return AuthorizationRequest(
        client_id=form["client_id"],
        redirect_uri=form["redirect_uri"],
        scopes=form.get("scope", "").split(),
        state=form.get("state"),
        nonce=form.get("nonce"),
        challenge=form.get("code_challenge"),
        challenge_method=form.get("code_challenge_method"),
    )


def wrong_request(client: Client, form: dict[str, str]) -> Wrong | None:
    """What is wrong with the rest."""
    if form.get("response_type") != "code":
        what = "Invalid" if form.get("response_type") else "Missing"
        return "invalid_request", f"{what} response_type parameter value"
    challenge, method = form.get("code_challenge"), form.get("code_challenge_method")
    if refusal := refusal_of_challenge(client.settings["pkce"], challenge, method):
        return "invalid_request", refusal
    return None


async def push(request: TenantRequest) -> Response:
    """POST: a request whose client proves who it is first; what it is kept under is good once and for a minute."""
    form = fields_of(request)
    if "request_uri" in form:
        raise oauth_error("invalid_request", "Request with request_uri not allowed.")
    client = await authenticated(request, form)
    form = {**form, "client_id": client.id}
    if not form.get("redirect_uri", "").strip():
        raise oauth_error("invalid_request", "invalid.redirect.uri")
    if wrong := wrong_client(client, form) or wrong_request(client, form):
        raise oauth_error("invalid_request" if wrong[0] == "invalid_callback" else wrong[0], wrong[1])
    key, now = str(uuid.uuid4()), time.time()
    tenant = request.tenant
    tenant.pushed_requests = {one: kept for one, kept in tenant.pushed_requests.items() if kept.expires_at > now}
    secrets = ("client_secret", "client_assertion", "client_assertion_type")
    asked = {name: value for name, value in form.items() if name not in secrets}
    tenant.pushed_requests[key] = PushedRequest(form=asked, expires_at=now + _LIFETIME)
    return answer({"request_uri": f"{PREFIX}{key}", "expires_in": _LIFETIME}, 201)


def pulled(tenant: Tenant, form: dict[str, str]) -> dict[str, str] | Wrong:
    """What was pushed under the name in a form, or what is wrong with that; then it is gone."""
    kept = tenant.pushed_requests.pop(form["request_uri"].removeprefix(PREFIX), None)
    if kept is None:
        return "invalid_request_uri", "invalid.request.uri"
    if kept.expires_at <= time.time():
        return "invalid_request_uri", "request.uri.expired"
    if kept.form["client_id"] != form.get("client_id"):
        return "invalid_request", "client.ids.not.match"
    return kept.form
