"""Identity providers as they are served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..bodies import shown
from ..claims.catalogue import local_claims
from ..ids import encoded
from .bodies import Association, Claims, Provisioning, Roles
from .data import FEDERATED
from .lookup import groups_of

if TYPE_CHECKING:
    from ..request import TenantRequest
    from .models import FederatedAuthenticator, IdentityProvider

__all__ = (
    "LISTED",
    "PATH",
    "association",
    "authenticator",
    "authenticators",
    "claims",
    "connectors",
    "document",
    "groups",
    "jit",
    "list_item",
    "provisioning",
    "roles",
    "tags_of",
)

PATH = "/identity-providers"
#: What a list shows of a provider where it is asked for.
LISTED = (
    "isPrimary",
    "isFederationHub",
    "homeRealmIdentifier",
    "certificate",
    "alias",
    "claims",
    "roles",
    "groups",
    "federatedAuthenticators",
    "provisioning",
)


def document(request: TenantRequest, provider: IdentityProvider) -> dict[str, Any]:
    """A provider with all its parts."""
    return shown(
        id=provider.id,
        name=provider.name,
        description=provider.description,
        templateId=provider.template_id,
        isEnabled=provider.enabled,
        isPrimary=provider.primary,
        image=provider.image,
        isFederationHub=provider.federation_hub,
        homeRealmIdentifier=provider.home_realm,
        certificate=provider.certificate or None,
        alias=provider.alias,
        idpIssuerName=provider.issuer,
        claims=claims(request, provider),
        roles=roles(request, provider),
        groups=groups(request, provider),
        federatedAuthenticators=authenticators(request, provider),
        provisioning=provisioning(request, provider),
        implicitAssociation=association(request, provider),
    )


def list_item(request: TenantRequest, provider: IdentityProvider, attributes: list[str]) -> dict[str, Any]:
    """A provider in a list."""
    whole = document(request, provider)
    always = ("id", "name", "description", "isEnabled", "image")
    here = {"self": request.path(f"{PATH}/{provider.id}")}
    return {**{name: whole[name] for name in (*always, *attributes) if name in whole}, **here}


def claims(request: TenantRequest, provider: IdentityProvider) -> dict[str, Any]:
    """Its claims; those of the organisation's own come with their names."""
    kept, own = {**Claims().document(), **provider.claims}, local_claims(request.tenant)

    def claim(uri: str) -> dict[str, Any]:
        named = {"id": encoded(uri), "displayName": own[uri]["displayName"]} if uri in own else {}
        return {"uri": uri, **named}

    mappings = [{**one, "localClaim": claim(one["localClaim"]["uri"])} for one in kept["mappings"]]
    given = [{**one, "claim": claim(one["claim"]["uri"])} for one in kept["provisioningClaims"]]
    each = {name: claim(kept.get(name, {}).get("uri", "")) for name in ("userIdClaim", "roleClaim")}
    return {**each, "mappings": mappings, "provisioningClaims": given}


def roles(request: TenantRequest, provider: IdentityProvider) -> dict[str, Any]:
    """Its roles."""
    found = {**Roles().document(), **provider.roles}
    return found if found["outboundProvisioningRoles"] else {"mappings": found["mappings"]}


def groups(request: TenantRequest, provider: IdentityProvider) -> list[dict[str, Any]]:
    """Its groups."""
    return [{"name": group.name, "id": group.id} for group in groups_of(request.tenant, provider)]


def authenticators(request: TenantRequest, provider: IdentityProvider) -> dict[str, Any]:
    """The ways to sign in at it."""
    default = provider.default_authenticator
    rows = [_authenticator_row(request, provider, one) for one in provider.authenticators]
    return shown(defaultAuthenticatorId=encoded(default) if default else None, authenticators=rows)


def authenticator(provider: IdentityProvider, one: FederatedAuthenticator) -> dict[str, Any]:
    """One of the ways to sign in at it; how a service of one's own is signed in to is not told."""
    properties = [{"key": key, "value": value} for key, value in one.properties.items()]
    endpoint = one.endpoint and {**one.endpoint, "authentication": {"type": one.endpoint["authentication"]["type"]}}
    return shown(
        **_identified(one),
        isDefault=one.name == provider.default_authenticator,
        properties=properties if one.endpoint is None else None,
        endpoint=endpoint,
    )


def jit(request: TenantRequest, provider: IdentityProvider) -> dict[str, Any]:
    """Whether its users get an account here."""
    return {**Provisioning(isEnabled=False).document(), **provider.provisioning}


def connectors(request: TenantRequest, provider: IdentityProvider) -> dict[str, Any]:
    """Where users and groups are copied to."""
    below = f"{PATH}/{provider.id}/provisioning/outbound-connectors"
    rows = [
        {
            "connectorId": one["connectorId"],
            "name": one["name"],
            "isEnabled": one["isEnabled"],
            "self": request.path(f"{below}/{one['connectorId']}"),
        }
        for one in provider.connectors.get("connectors", [])
    ]
    return shown(defaultConnectorId=provider.connectors.get("defaultConnectorId"), connectors=rows)


def provisioning(request: TenantRequest, provider: IdentityProvider) -> dict[str, Any]:
    """Both of that."""
    return {"jit": jit(request, provider), "outboundConnectors": connectors(request, provider)}


def association(request: TenantRequest, provider: IdentityProvider) -> dict[str, Any]:
    """Whether accounts are linked by what they have in common."""
    return {**Association().document(), **provider.association}


def tags_of(provider: IdentityProvider) -> list[str]:
    """The tags of the ways to sign in at it that are enabled."""
    enabled = (FEDERATED[one.name] for one in provider.authenticators if one.enabled and one.name in FEDERATED)
    return list(dict.fromkeys(tag for one in enabled for tag in one.tags))


def _authenticator_row(request: TenantRequest, provider: IdentityProvider, one: FederatedAuthenticator) -> Any:
    below = f"{PATH}/{provider.id}/federated-authenticators/{encoded(one.name)}"
    return shown(**_identified(one), self=request.path(below))


def _identified(one: FederatedAuthenticator) -> dict[str, Any]:
    tags = list(FEDERATED[one.name].tags) if one.name in FEDERATED else []
    return {
        "authenticatorId": encoded(one.name),
        "name": one.name,
        "isEnabled": one.enabled,
        "definedBy": one.defined_by,
        "tags": tags or None,
    }
