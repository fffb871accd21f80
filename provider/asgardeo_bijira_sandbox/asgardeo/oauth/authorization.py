"""The authorization endpoint, for the code flow.

A client's request that is in order leads to the login page. Whoever signed in there comes back to this endpoint with
the session data key, goes on to consent unless the application skips that, and then to the client with a code. What
is wrong with a client or its redirect URI is said on a page of the server's own, anything else to the client by its
redirect URI.
"""

from __future__ import annotations

import secrets
import time
import uuid
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

from ...web.responses import empty
from .authorization_requests import PREFIX, asked_for, pulled, wrong_client, wrong_request
from .clients import known_client
from .sessions import AuthorizationCode, AuthorizationRequest

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..models import Tenant
    from ..request import TenantRequest

__all__ = ("authorize",)

_LIFETIME = 300
_PAGES = "/authenticationendpoint"
_NOT_AUTHORIZED = "The authenticated client is not authorized to use this authorization grant type"


def authorize(request: TenantRequest) -> Response:
    """GET or POST: a client's request, or what comes of one when its user has signed in."""
    sent = {
        name: [str(value) for value in request.http.query_params.getlist(name)] for name in request.http.query_params
    }
    for name, values in request.form().items() if request.http.method == "POST" else ():
        sent.setdefault(name, []).extend(values)
    if any(len(values) > 1 for values in sent.values()):
        return _error_page(request, "invalid_request", "Invalid authorization request with repeated parameters")
    form = {name: values[0] for name, values in sent.items()}
    if "sessionDataKeyConsent" in form:
        return _decided(request, form)
    if "sessionDataKey" in form and "client_id" not in form:
        return _signed_in(request, form["sessionDataKey"])
    pushed = form.get("request_uri", "").startswith(PREFIX)
    found = pulled(request.tenant, form) if pushed else form
    if isinstance(found, tuple):
        return _error_page(request, *found)
    if not found.get("client_id", "").strip():
        return _error_page(request, "invalid_request", "Client Id is not present in the authorization request")
    if not found.get("redirect_uri", "").strip():
        return _error_page(request, "invalid_request", "invalid.redirect.uri")
    return _asked(request, found, pushed=pushed)


def _asked(request: TenantRequest, form: dict[str, str], *, pushed: bool) -> Response:
    client = known_client(request.tenant, form["client_id"])
    wrong = wrong_client(client, form)
    if client is None or wrong:
        return _error_page(request, *(wrong or ("", "")))
    asked = asked_for(form)
    if wrong := wrong_request(client, form):
        return _refused(asked, *wrong)
    if client.must_push and not pushed:
        return _refused(asked, "invalid_request", "PAR request is mandatory for the application.")
    if form.get("prompt") == "none":
        return _refused(asked, "login_required", "Request with 'prompt=none' but user session does not exist")
    key = str(uuid.uuid4())
    request.tenant.authorizations[key] = asked
    shown = {
        "client_id": client.id,
        "sessionDataKey": key,
        "type": "oidc",
        "authenticators": "BasicAuthenticator:LOCAL",
    }
    return _page(request, "login.do", shown)


def _signed_in(request: TenantRequest, key: str) -> Response:
    """On with whoever has signed in; what the user may have of what was asked for is decided here."""
    tenant = request.tenant
    asked = tenant.authorizations.get(key)
    user = tenant.users.get(asked.user or "") if asked and not asked.consenting else None
    if asked is None or user is None:
        return _error_page(request, "invalid_request", "Invalid authorization request")
    del tenant.authorizations[key]
    client = known_client(tenant, asked.client_id)
    if client is None or client.application is None:
        return _refused(asked, "unauthorized_client", _NOT_AUTHORIZED)
    asked.granted = sorted(set(asked.scopes) & client.scopes_for(user))
    if client.application.advanced["skipLoginConsent"] or user.id in tenant.consents.get(client.id, []):
        return _answered(tenant, asked)
    key = str(uuid.uuid4())
    tenant.authorizations[key] = asked.model_copy(update={"consenting": True})
    shown = {
        "loggedInUser": user.username,
        "application": client.application.name,
        "scope": " ".join(scope for scope in asked.granted if scope != "openid"),
        "sessionDataKeyConsent": key,
    }
    return _page(request, "oauth2_consent.do" if "openid" in asked.granted else "oauth2_authz.do", shown)


def _decided(request: TenantRequest, form: dict[str, str]) -> Response:
    """What a user says to the application's having this, for now or from now on."""
    tenant, decision = request.tenant, form.get("consent")
    asked = tenant.authorizations.get(form["sessionDataKeyConsent"])
    if asked is None or not asked.consenting or not decision:
        return _error_page(request, "invalid_request", "Invalid authorization request")
    del tenant.authorizations[form["sessionDataKeyConsent"]]
    if decision not in ("approve", "approveAlways"):
        return _refused(asked, "access_denied", "User denied the consent")
    if decision == "approveAlways":
        tenant.consents.setdefault(asked.client_id, []).append(str(asked.user))
    return _answered(tenant, asked)


def _answered(tenant: Tenant, asked: AuthorizationRequest) -> Response:
    """A code, good for whoever asked."""
    client = known_client(tenant, asked.client_id)
    if client is None or not client.may("authorization_code"):
        return _refused(asked, "unauthorized_client", _NOT_AUTHORIZED)
    now = time.time()
    tenant.codes = {code: kept for code, kept in tenant.codes.items() if kept.expires_at > now}
    code = str(uuid.uuid4())
    tenant.codes[code] = AuthorizationCode(request=asked, expires_at=now + _LIFETIME)
    session = {"session_state": secrets.token_urlsafe(32)} if "openid" in asked.granted else {}
    return _redirected(asked, {"code": code, **session})


def _refused(asked: AuthorizationRequest, error: str, description: str) -> Response:
    return _redirected(asked, {"error": error, "error_description": description})


def _redirected(asked: AuthorizationRequest, parameters: dict[str, str]) -> Response:
    """Back to the client, with what it gave to recognise its request by."""
    state = {} if asked.state is None else {"state": asked.state}
    parts = urlsplit(asked.redirect_uri)
    query = "&".join(filter(None, (parts.query, urlencode({**parameters, **state}))))
    return empty(302, {"Location": urlunsplit(parts._replace(query=query))})


def _error_page(request: TenantRequest, code: str, message: str) -> Response:
    return _page(request, "oauth2_error.do", {"oauthErrorCode": code, "oauthErrorMsg": message})


def _page(request: TenantRequest, name: str, parameters: dict[str, str]) -> Response:
    """To a page of the server's own."""
    return empty(302, {"Location": f"{request.url(f'{_PAGES}/{name}')}?{urlencode(parameters)}"})
