"""The protocols of an application besides OpenID Connect: `/applications/{id}/inbound-protocols`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.http import answer, empty
from ..exceptions import application_error
from .bodies import PassiveSts, WsTrust
from .documents import PROTOCOLS, inbound_key, protocols
from .lookup import find_application, own_application, portals
from .saml import SamlConfiguration, checked_saml

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..models import Application, Tenant
    from ..request import Call
    from .bodies import InboundProtocols

__all__ = ("change", "delete", "drop_protocol", "listed", "not_configured", "read", "speak")


def listed(call: Call) -> Response:
    """GET what the application speaks."""
    return answer(protocols(call, find_application(call)))


def read(call: Call) -> Response:
    """GET one document."""
    application, protocol = find_application(call), _known(call)
    if protocol not in application.protocols:
        raise not_configured(PROTOCOLS[protocol][0], application)
    return answer(application.protocols[protocol])


def change(call: Call) -> Response:
    """PUT one document, which replaces the former one."""
    application, protocol = own_application(call), _known(call)
    _keep(call.tenant, application, protocol, _read_document(call, protocol))
    return empty(200)


def delete(call: Call) -> Response:
    """DELETE one document; what is not there is as good as deleted, also the application."""
    protocol = _known(call)
    drop_protocol(call, protocol)
    return empty(204)


def drop_protocol(call: Call, protocol: str) -> None:
    """Take a protocol from the application of the path, if there is one."""
    id_ = call.part("id")
    if id_ not in call.tenant.applications and id_ not in portals(call.tenant.name):
        return
    application = own_application(call)
    if protocol == "oidc" and application.oidc is not None:
        call.tenant.end_tokens(application.oidc.client_id)
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


def not_configured(type_: str, application: Application) -> Exception:
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


def _read_document(call: Call, protocol: str) -> dict[str, Any]:
    if protocol == "saml":
        return checked_saml(call.read(SamlConfiguration))
    return call.read(PassiveSts if protocol == "passive-sts" else WsTrust).document()


def _known(call: Call) -> str:
    """The protocol of the path; no extension brings further ones."""
    protocol = call.part("protocol")
    if protocol not in PROTOCOLS:
        raise _unknown(protocol)
    return protocol


def _unknown(protocol: str) -> Exception:
    return application_error(400, "APP-60001", "Invalid Request.", f"Unknown inbound type: {protocol}")
