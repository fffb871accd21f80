"""The protocols of an application besides OpenID Connect: `/applications/{id}/inbound-protocols`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.responses import answer, empty
from ..exceptions import application_error
from .bodies import PassiveSts, WsTrust
from .documents import PROTOCOLS, inbound_key, protocols
from .lookup import find_application, own_application, portals
from .saml import SamlConfiguration, checked_saml

if TYPE_CHECKING:
    from starlette.responses import Response

    from ...web.errors import ApiError
    from ..models import Application, Tenant
    from ..request import TenantRequest
    from .bodies import InboundProtocols

__all__ = ("drop_protocol", "not_configured", "speak")


def listed(request: TenantRequest) -> Response:
    """GET what the application speaks."""
    return answer(protocols(request, find_application(request)))


def read(request: TenantRequest) -> Response:
    """GET one document."""
    application, protocol = find_application(request), _known(request)
    if protocol not in application.protocols:
        raise not_configured(PROTOCOLS[protocol][0], application)
    return answer(application.protocols[protocol])


def update(request: TenantRequest) -> Response:
    """PUT one document, which replaces the former one."""
    application, protocol = own_application(request), _known(request)
    _keep(request.tenant, application, protocol, _read_document(request, protocol))
    return empty(200)


def delete(request: TenantRequest) -> Response:
    """DELETE one document; neither a missing document nor a missing application is an error."""
    protocol = _known(request)
    drop_protocol(request, protocol)
    return empty(204)


def drop_protocol(request: TenantRequest, protocol: str) -> None:
    """Take a protocol from the application of the path, if there is one."""
    id_ = request.param("id")
    if id_ not in request.tenant.applications and id_ not in portals(request.tenant.name):
        return
    application = own_application(request)
    if protocol == "oidc" and application.oidc is not None:
        request.tenant.end_tokens(application.oidc.client_id)
        application.oidc = None
    application.protocols.pop(protocol, None)


def speak(tenant: Tenant, application: Application, inbound: InboundProtocols) -> None:
    """Give a new application its protocols besides OpenID Connect."""
    if inbound.saml is not None:
        _keep(tenant, application, "saml", checked_saml(inbound.saml))
    if inbound.passive_sts is not None:
        _keep(tenant, application, "passive-sts", inbound.passive_sts.document())
    if inbound.ws_trust is not None:
        _keep(tenant, application, "ws-trust", inbound.ws_trust.document())
    if inbound.custom:
        raise _unknown(inbound.custom[0].name)


def not_configured(type_: str, application: Application) -> ApiError:
    """The application does not speak the protocol."""
    text = f"Inbound protocol: {type_} not configured for application id: {application.id}."
    return application_error(404, "APP-60502", "Inbound protocol not configured.", text)


def _keep(tenant: Tenant, application: Application, protocol: str, document: dict[str, Any]) -> None:
    key = str(document[PROTOCOLS[protocol][1]])
    others = (other for other in tenant.applications.values() if other.id != application.id)
    if any(inbound_key(other, protocol) == key for other in others):
        code = "SAML-60002" if protocol == "saml" else "APP-60009"
        raise application_error(409, code, "Conflict", f"{key} is the {protocol} key of another application.")
    application.protocols[protocol] = document


def _read_document(request: TenantRequest, protocol: str) -> dict[str, Any]:
    if protocol == "saml":
        return checked_saml(request.read(SamlConfiguration))
    return request.read(PassiveSts if protocol == "passive-sts" else WsTrust).document()


def _known(request: TenantRequest) -> str:
    """The protocol of the path; no extension brings further ones."""
    protocol = request.param("protocol")
    if protocol not in PROTOCOLS:
        raise _unknown(protocol)
    return protocol


def _unknown(protocol: str) -> ApiError:
    return application_error(400, "APP-60001", "Invalid Request.", f"Unknown inbound type: {protocol}")
