"""An application as an OpenID Connect client: `/applications/{id}/inbound-protocols/oidc`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.responses import empty
from ..claims.catalogue import oidc_claims
from .inbound_protocols import drop_protocol, not_configured
from .lookup import find_application, own_application
from .oidc_bodies import OidcBody
from .oidc_settings import checked_settings, new_client, new_secret, refused

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..models import Application, Oidc
    from ..request import TenantRequest

_SECRET_VIEW = "internal_application_mgt_client_secret_view"  # noqa: S105 - the name of a scope


def read(request: TenantRequest) -> Response:
    """GET; the secret only for a token that may see it."""
    return request.show(_document(_oidc(find_application(request)), request.holds(_SECRET_VIEW)))


def update(request: TenantRequest) -> Response:
    """PUT the whole document; what it leaves out goes back to its default. Makes the part where there was none."""
    application = own_application(request)
    body = request.read(OidcBody)
    if application.oidc is None:
        application.oidc = new_client(request.tenant, body)
        return empty(200)
    settings = checked_settings(body, oidc_claims(request.tenant))
    if body.client_id != application.oidc.client_id:
        raise refused("Invalid ClientID provided for update.")
    if body.client_secret is not None and body.client_secret != application.oidc.client_secret:
        raise refused("Invalid ClientSecret provided for update.")
    if body.client_secret_expires_at:
        raise refused("Client secret expiry time cannot be changed.")
    application.oidc.settings = settings
    return empty(200)


def delete(request: TenantRequest) -> Response:
    """DELETE the part; the application stays. Neither a missing part nor a missing application is an error."""
    drop_protocol(request, "oidc")
    return empty(204)


def regenerate(request: TenantRequest) -> Response:
    """POST: another secret; all tokens end, and a revoked client is active again."""
    oidc = _oidc(own_application(request))
    oidc.client_secret, oidc.state = new_secret(), "ACTIVE"
    request.tenant.end_tokens(oidc.client_id)
    return request.show(_document(oidc, with_secret=True))


def revoke(request: TenantRequest) -> Response:
    """POST: the client gets no more tokens."""
    oidc = _oidc(own_application(request))
    oidc.state = "REVOKED"
    request.tenant.end_tokens(oidc.client_id)
    return empty(200)


def _oidc(application: Application) -> Oidc:
    if application.oidc is None:
        raise not_configured("oauth2", application)
    return application.oidc


def _document(oidc: Oidc, with_secret: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"clientId": oidc.client_id}
    if with_secret:
        shown |= {"clientSecret": oidc.client_secret, "clientSecretExpiresAt": 0}
    return {**shown, "state": oidc.state, **oidc.settings}
