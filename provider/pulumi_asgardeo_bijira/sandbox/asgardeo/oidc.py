"""An application as an OpenID Connect client: `/applications/{id}/inbound-protocols/oidc`."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from ..http import answer, empty
from .errors import application_error, application_not_found
from .model import Application, Oidc
from .oidc_body import OidcBody, checked_settings

if TYPE_CHECKING:
    from starlette.responses import Response

    from .calls import Call
    from .model import Tenant

__all__ = ("change", "client", "delete", "own_application", "read", "regenerate", "revoke")

_SECRET_VIEW = "internal_application_mgt_client_secret_view"  # noqa: S105 - the name of a scope


def client(tenant: Tenant, body: OidcBody) -> Oidc:
    """A new client; an id that is proposed must be free."""
    settings = checked_settings(body)
    if body.client_id and tenant.client(body.client_id):
        raise application_error(409, "OAUTH-60008", "Conflict", f"Client id {body.client_id} is in use.")
    return Oidc(
        client_id=body.client_id or _random(21), client_secret=body.client_secret or _random(32), settings=settings
    )


def own_application(call: Call) -> Application:
    """The application of the path."""
    id_ = call.part("id")
    application = call.tenant.applications.get(id_)
    if application is None:
        raise application_not_found(id_, call.tenant.name)
    return application


def read(call: Call) -> Response:
    """GET; the secret only for a token that may see it."""
    return answer(_document(_own(call), call.holds(_SECRET_VIEW)))


def change(call: Call) -> Response:
    """PUT the whole document; what it leaves out goes back to its default. Makes the part where there was none."""
    application = own_application(call)
    body = _body(call)
    if application.oidc is None:
        application.oidc = client(call.tenant, body)
        return empty(200)
    if body.client_id != application.oidc.client_id:
        raise _refused("Invalid ClientID provided for update.")
    if body.client_secret is not None and body.client_secret != application.oidc.client_secret:
        raise _refused("Invalid ClientSecret provided for update.")
    application.oidc.settings = checked_settings(body)
    return empty(200)


def delete(call: Call) -> Response:
    """DELETE the part; the application stays."""
    application = own_application(call)
    if application.oidc is not None:
        call.tenant.end_tokens(application.oidc.client_id)
        application.oidc = None
    return empty(204)


def regenerate(call: Call) -> Response:
    """POST: another secret; all tokens end, and a revoked client is active again."""
    oidc = _own(call)
    oidc.client_secret, oidc.state = _random(32), "ACTIVE"
    call.tenant.end_tokens(oidc.client_id)
    return answer(_document(oidc, with_secret=True))


def revoke(call: Call) -> Response:
    """POST: the client gets no more tokens."""
    oidc = _own(call)
    oidc.state = "REVOKED"
    call.tenant.end_tokens(oidc.client_id)
    return empty(200)


def _own(call: Call) -> Oidc:
    application = own_application(call)
    if application.oidc is None:
        raise application_error(
            404, "APP-60502", "Inbound protocol not found.", "The application has no OIDC protocol."
        )
    return application.oidc


def _body(call: Call) -> OidcBody:
    """The document; `state` is shown and may not be sent back."""
    return call.read(OidcBody)


def _document(oidc: Oidc, with_secret: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"clientId": oidc.client_id}
    if with_secret:
        shown |= {"clientSecret": oidc.client_secret, "clientSecretExpiresAt": 0}
    return {**shown, "state": oidc.state, **oidc.settings}


def _refused(description: str) -> Exception:
    return application_error(400, "OAUTH-60001", "Invalid Request.", description)


def _random(bytes_: int) -> str:
    return secrets.token_urlsafe(bytes_).replace("-", "a").replace("_", "b")
