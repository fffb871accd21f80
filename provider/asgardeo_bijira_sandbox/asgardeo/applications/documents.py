"""An application as it is served, alone and in lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..bodies import shown

if TYPE_CHECKING:
    from ..models import Application
    from ..request import TenantRequest

__all__ = ("PROTOCOLS", "document", "inbound_key", "list_item", "protocols")

PROTOCOLS = {
    "saml": ("samlsso", "issuer"),
    "passive-sts": ("passivests", "realm"),
    "ws-trust": ("wstrust", "audience"),
}
"""By the path of each protocol: the type that it is listed under, and what the application is known by."""


def inbound_key(application: Application, protocol: str) -> str:
    """What an application is known by under a protocol; empty where it does not speak it."""
    if protocol == "oidc":
        return application.oidc.client_id if application.oidc else ""
    kept = application.protocols.get(protocol)
    return str(kept[PROTOCOLS[protocol][1]]) if kept else ""


def protocols(request: TenantRequest, application: Application) -> list[dict[str, Any]]:
    """The protocols that an application speaks. A friendly name is not known of any."""
    spoken = (["oidc"] if application.oidc else []) + list(application.protocols)
    return [
        {
            "type": "oauth2" if path == "oidc" else PROTOCOLS[path][0] if path in PROTOCOLS else path,
            "name": None,
            "self": request.path(f"/applications/{application.id}/inbound-protocols/{path}"),
        }
        for path in spoken
    ]


def document(request: TenantRequest, application: Application) -> dict[str, Any]:
    """An application with the effective defaults of everything; its issuer and realm are those of SAML and WS-Fed."""
    roles = application.associated_roles
    return shown(
        id=application.id,
        name=application.name,
        description=application.description,
        applicationVersion=application.version,
        imageUrl=application.image_url,
        accessUrl=application.access_url,
        logoutReturnUrl=application.logout_return_url,
        clientId=inbound_key(application, "oidc"),
        issuer=inbound_key(application, "saml"),
        realm=inbound_key(application, "passive-sts"),
        templateId=application.template_id,
        templateVersion=application.template_version,
        isManagementApp=application.is_management_app,
        isB2BSelfServiceApp=application.is_b2b_self_service_app,
        applicationEnabled=application.enabled,
        associatedRoles=_roles(request, application) if roles["allowedAudience"] == "APPLICATION" else _audience(roles),
        claimConfiguration=application.claims,
        inboundProtocols=protocols(request, application),
        authenticationSequence=application.authentication,
        advancedConfigurations={**application.advanced, "fragment": application.shared},
        provisioningConfigurations=application.provisioning,
        access=_access(application),
    )


def list_item(request: TenantRequest, application: Application, attributes: set[str]) -> dict[str, Any]:
    """An application in a list; some of its members only where they are asked for."""
    item = shown(
        id=application.id,
        name=application.name,
        description=application.description,
        applicationVersion=application.version,
        image=application.image_url,
        accessUrl=application.access_url,
        access=_access(application),
        self=request.path(f"/applications/{application.id}"),
    )
    if not attributes:
        return item
    whole = {**document(request, application), "associatedRoles": _audience(application.associated_roles)}
    wanted = {attribute.partition(".")[0] for attribute in attributes}
    return {**item, "realm": whole["realm"], **{name: whole[name] for name in sorted(wanted) if name in whole}}


def _roles(request: TenantRequest, application: Application) -> dict[str, Any]:
    """The roles that were associated, and those that the application has of its own."""
    associated = {role["id"]: role for role in application.associated_roles["roles"]}
    own = {role.id: {"id": role.id, "name": role.name} for role in request.tenant.roles_of(application.id)}
    return {"allowedAudience": "APPLICATION", "roles": list({**associated, **own}.values())}


def _audience(roles: dict[str, Any]) -> dict[str, Any]:
    return {"allowedAudience": roles["allowedAudience"]}


def _access(application: Application) -> str:
    return "READ" if application.system else "WRITE"
