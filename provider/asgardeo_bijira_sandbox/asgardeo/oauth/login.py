"""The pages that a user sees between a client's request and its answer: sign-in, consent, and what went wrong."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ...web.responses import empty, page
from .users import signed_in

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..request import TenantRequest

_FORM = """<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in to {organization}</h1>{failed}
<form action="{action}" method="post">
<label>Username <input name="username" autofocus></label>
<label>Password <input name="password" type="password" autocomplete="off"></label>
<input name="sessionDataKey" type="hidden" value="{key}">
<button type="submit">Sign in</button>
</form></body></html>"""
_CONSENT = """<!doctype html><html><head><title>Allow access</title></head><body>
<h1>{application} asks {user} for access</h1><p>{scope}</p>
<form action="{action}" method="post">
<input name="sessionDataKeyConsent" type="hidden" value="{key}">
<button name="consent" value="approve">Allow</button>
<button name="consent" value="approveAlways">Allow always</button>
<button name="consent" value="deny">Deny</button>
</form></body></html>"""
_SAID = "<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
_FAILED = "<p>Login failed! Please check your username and password and try again.</p>"
_EXPIRED = "suspicious.authentication.attempts"


def login(request: TenantRequest) -> Response:
    """GET: the form that a user signs in with."""
    return page(
        _FORM.format(
            organization=escape(request.tenant.name),
            failed=_FAILED if request.flag("authFailure") else "",
            action=escape(request.path("/commonauth")),
            key=escape(request.query("sessionDataKey")),
        )
    )


def consent(request: TenantRequest) -> Response:
    """GET: the form in which a user lets an application have what it asks for."""
    return page(
        _CONSENT.format(
            application=escape(request.query("application")),
            user=escape(request.query("loggedInUser")),
            scope=escape(request.query("scope")),
            action=escape(request.path("/oauth2/authorize")),
            key=escape(request.query("sessionDataKeyConsent")),
        )
    )


def failure(request: TenantRequest) -> Response:
    """GET: what was wrong with an authorization request."""
    code, message = request.query("oauthErrorCode"), request.query("oauthErrorMsg")
    return page(_SAID.format(title=escape(code) or "Error", text=escape(message)))


def retry(request: TenantRequest) -> Response:
    """GET: that a sign-in belongs to no request."""
    return page(_SAID.format(title=escape(request.query("status")), text=escape(request.query("statusMsg"))))


def common_auth(request: TenantRequest) -> Response:
    """POST: name and password. Who signed in goes on to the authorization endpoint, anybody else back to the form."""
    form = {name: values[0] for name, values in request.form().items()}
    key = form.get("sessionDataKey", "")
    asked = request.tenant.authorizations.get(key)
    pages = request.url("/authenticationendpoint")
    if asked is None:
        return _redirected(f"{pages}/retry.do", {"status": _EXPIRED, "statusMsg": f"{_EXPIRED}.description"})
    user = signed_in(request.tenant, form.get("username", ""), form.get("password", ""))
    if user is None:
        failed = {"sessionDataKey": key, "authFailure": "true", "authFailureMsg": "login.fail.message"}
        return _redirected(f"{pages}/login.do", failed)
    asked.user = user.id
    return _redirected(request.url("/oauth2/authorize"), {"sessionDataKey": key})


def _redirected(address: str, query: dict[str, str]) -> Response:
    return empty(302, {"Location": f"{address}?{urlencode(query)}"})
