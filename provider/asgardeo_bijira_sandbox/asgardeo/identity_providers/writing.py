"""What bodies do to an identity provider, checked as the server checks them."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from ..claims.catalogue import local_claims
from ..exceptions import application_error
from ..ids import decoded
from .data import CONNECTORS, FEDERATED
from .models import FederatedAuthenticator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...web.errors import ApiError
    from ..models import Tenant
    from .bodies import Authenticators, Certificate, Claims, Connectors, OneAuthenticator, Property
    from .models import IdentityProvider

__all__ = (
    "checked_authenticator",
    "checked_claims",
    "encoded_certificates",
    "refusal",
    "set_authenticators",
    "set_connectors",
)

_REFUSALS = {
    60025: ("Invalid input.", "One of the given inputs is invalid.{}"),
    60027: ("Invalid default authenticator ID", "Provided value for the default authenticator ID is invalid."),
    60028: (
        "Invalid default outbound connector ID",
        "Provided value for the default outbound connector ID is invalid.",
    ),
    60030: ("Invalid user ID claim URI", "User ID claim URI: {} does not match with the claim mappings"),
    60031: ("Invalid role claim URI", "Role claim URI: {} does not match with the claim mappings"),
    60032: ("Invalid claim URI", "One or more local claim URIs do not exist"),
    60033: ("Invalid user ID claim URI", "User ID claim URI is not a local claim for tenant: {}"),
    60034: ("Invalid role claim URI", "Role claim URI is not a local claim for tenant: {}"),
    60036: ("Invalid IDP certificate format.", "One or more IDP certificate formats are invalid"),
    60037: (
        "Duplicate OIDC Scopes.",
        "Cannot set scopes in both Scopes and Additional Query Parameters. Recommend to use Scopes field.",
    ),
    60038: ("Invalid OIDC Scopes.", "Scopes must contain 'openid'."),
    60039: (
        "No endpoint configuration is allowed.",
        "No endpoint configuration must be provided for the system defined federated authenticators {}.",
    ),
    60040: (
        "No properties are allowed.",
        "No properties must be provided for the user defined federated authenticators {}.",
    ),
    60041: (
        "No endpoint provided.",
        "Endpoint configuration must be provided for the user defined federated authenticators {}.",
    ),
    60042: ("Non-decodable authenticator ID.", "Unable to decode the provided authenticator ID {}."),
    60044: (
        "Invalid federated authenticators combination.",
        "Allow to have only one user defined federated authenticator and no system authenticators.",
    ),
}
_PEM = "-----BEGIN CERTIFICATE-----"
_OIDC = "OpenIDConnectAuthenticator"


def refusal(number: int, what: str = "") -> ApiError:
    """A refusal of the identity-provider component."""
    message, description = _REFUSALS[number]
    return application_error(400, f"IDP-{number}", message, description.format(what))


def set_authenticators(provider: IdentityProvider, body: Authenticators | None) -> None:
    """The ways to sign in, one of which is the default unless none is named."""
    if body is None:
        return
    made = [checked_authenticator(provider, one.authenticator_id, one) for one in body.authenticators]
    if len(made) > 1 and any(one.defined_by == "USER" for one in made):
        raise refusal(60044)
    ids = {sent.authenticator_id: one.name for sent, one in zip(body.authenticators, made, strict=True)}
    default = body.default_authenticator_id
    if default.strip() and default not in ids:
        raise refusal(60027)
    provider.authenticators = made
    provider.default_authenticator = ids.get(default)


def checked_authenticator(provider: IdentityProvider, id: str, sent: OneAuthenticator) -> FederatedAuthenticator:
    """A way to sign in, as it is kept. What was one of the platform's or one's own stays so."""
    name, properties = decoded(id), sent.properties or []
    if name is None:
        raise refusal(60042, id)
    former = provider.authenticator(name)
    kind = former.defined_by if former else "SYSTEM" if name in FEDERATED else sent.defined_by or "SYSTEM"
    if kind == "SYSTEM" and sent.endpoint is not None:
        raise refusal(60039, name)
    if kind == "USER" and sent.properties is not None:
        raise refusal(60040, name)
    if kind == "USER" and sent.endpoint is None:
        raise refusal(60041, name)
    if len({one.key for one in properties}) < len(properties):
        raise refusal(60025, " Duplicate properties are found in the request.")
    if former is not None and name == _OIDC:
        _check_scopes(properties)
    return FederatedAuthenticator(
        name=name,
        enabled=sent.is_enabled,
        defined_by=kind,
        properties={one.key: one.value for one in properties},
        endpoint=sent.endpoint and sent.endpoint.document(),
    )


def _check_scopes(properties: Iterable[Property]) -> None:
    """Scopes are given in one place, and ask for an ID token."""
    given = {one.key: one.value or "" for one in properties}
    scopes = given.get("Scopes", "")
    if scopes.strip() and "scope=" in given.get("commonAuthQueryParams", ""):
        raise refusal(60037)
    if scopes.strip() and "openid" not in scopes:
        raise refusal(60038)


def set_connectors(provider: IdentityProvider, body: Connectors | None) -> None:
    """Where users and groups are copied to."""
    if body is None:
        return
    ids = [one.connector_id for one in body.connectors]
    if body.default_connector_id.strip() and body.default_connector_id not in ids:
        raise refusal(60028)
    rows = [{**one.document(), "name": decoded(one.connector_id)} for one in body.connectors]
    if any(row["name"] not in CONNECTORS for row in rows):
        raise refusal(60025)
    provider.connectors = {**body.document(), "connectors": rows}


def checked_claims(body: Claims, tenant: Tenant) -> None:
    """Without mappings a provider speaks of the organisation's own claims, with them of those that are mapped."""
    user, role = (one.uri if one else "" for one in (body.user_id_claim, body.role_claim))
    mapped, known = [one.idp_claim for one in body.mappings], local_claims(tenant)
    for uri, unmapped, unknown in ((user, 60030, 60033), (role, 60031, 60034)):
        if uri.strip() and mapped and uri not in mapped:
            raise refusal(unmapped, uri)
        if uri.strip() and not mapped and uri not in known:
            raise refusal(unknown, tenant.name)
    if any(one.local_claim.uri not in known for one in body.mappings):
        raise refusal(60032)


def encoded_certificates(body: Certificate) -> dict[str, str | list[str]]:
    """A place where keys are published comes before certificates, which are shown as encoded PEM."""
    for name, address in (("jwksUri", body.jwks_uri), ("samlMetadataUri", body.saml_metadata_uri)):
        if address and address.strip():
            return {name: address}
    return {"certificates": [encoded_certificate(one) for one in body.certificates]} if body.certificates else {}


def encoded_certificate(sent: str) -> str:
    """A certificate as it is shown, sent in that form or in PEM."""
    if sent.startswith(_PEM):
        return base64.b64encode(sent.encode()).decode()
    try:
        base64.b64decode(sent, validate=True)
    except (binascii.Error, ValueError):
        raise refusal(60036) from None
    return sent
