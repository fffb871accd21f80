"""The bodies of identity providers: what may be sent to make one, and to change each of its parts."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from ..applications.bodies import Claim
from ..bodies import Body

__all__ = (
    "Association",
    "Authenticators",
    "Certificate",
    "Claims",
    "Group",
    "OneAuthenticator",
    "ProviderBody",
    "Provisioning",
    "Roles",
    "SentAuthenticator",
)


class ClaimMapping(Body):
    """A claim of the provider's, and the organisation's own that it fills."""

    idp_claim: str
    local_claim: Claim


class ProvisionedClaim(Body):
    """A claim that is copied with a user, and its value where there is none."""

    claim: Claim
    default_value: str | None = None


class Claims(Body):
    """The claims of a provider."""

    user_id_claim: Claim | None = None
    role_claim: Claim | None = None
    mappings: list[ClaimMapping] = []
    provisioning_claims: list[ProvisionedClaim] = []


class RoleMapping(Body):
    """A role of the provider's, and the organisation's own that it stands for."""

    idp_role: str
    local_role: str


class Roles(Body):
    """The roles of a provider."""

    mappings: list[RoleMapping] = []
    outbound_provisioning_roles: list[str] = []


class Group(Body):
    """A group that a provider tells of."""

    name: str
    id: str | None = None


class Property(Body):
    """A property of an authenticator."""

    key: str
    value: str | None = None


class EndpointAuthentication(Body):
    """How somebody's own authentication service is signed in to."""

    type: Literal["NONE", "BEARER", "API_KEY", "BASIC", "CLIENT_CREDENTIAL"]
    properties: dict[str, Any] | None = None


class Endpoint(Body):
    """Somebody's own authentication service."""

    uri: str = Field(pattern="^https?://.+")
    authentication: EndpointAuthentication
    allowed_headers: list[str] | None = None
    allowed_parameters: list[str] | None = None


class OneAuthenticator(Body):
    """A way to sign in at a provider. Its name and tags are shown, and of no effect when sent."""

    authenticator_id: str | None = None
    name: str | None = None
    is_enabled: bool = False
    is_default: bool = False
    defined_by: Literal["SYSTEM", "USER"] | None = None
    tags: list[str] | None = None
    properties: list[Property] | None = None
    endpoint: Endpoint | None = None


class SentAuthenticator(OneAuthenticator):
    """One of several."""

    authenticator_id: str


class Authenticators(Body):
    """The ways to sign in at a provider."""

    default_authenticator_id: str
    authenticators: list[SentAuthenticator] = []


class AccountLookup(Body):
    """By which attributes an account is found."""

    local_attribute: str
    federated_attribute: str


class Provisioning(Body):
    """Whether users who sign in at a provider get an account here."""

    is_enabled: bool
    scheme: Literal[
        "PROMPT_USERNAME_PASSWORD_CONSENT", "PROMPT_PASSWORD_CONSENT", "PROMPT_CONSENT", "PROVISION_SILENTLY"
    ] = "PROVISION_SILENTLY"
    userstore: str = "DEFAULT"
    associate_local_user: bool = False
    skip_jit_for_lookup_failure: bool = Field(default=False, alias="skipJITForLookupFailure")
    account_lookup_attribute_mappings: list[AccountLookup] = []
    attribute_sync_method: Literal["OVERRIDE_ALL", "NONE", "PRESERVE_LOCAL"] = "OVERRIDE_ALL"
    idp_group_sync_method: Literal["OVERRIDE_ALL", "MERGE_WITH_EXISTING"] = "MERGE_WITH_EXISTING"


class Connector(Body):
    """Where users and groups are copied to."""

    connector_id: str
    name: str | None = None
    is_enabled: bool = False
    is_default: bool = False
    blocking_enabled: bool = False
    rules_enabled: bool = False
    properties: list[Property] = []


class Connectors(Body):
    """All of them."""

    default_connector_id: str
    connectors: list[Connector] = []


class BothWays(Body):
    """The accounts that are made of a provider's users, and the copies of the organisation's own."""

    jit: Provisioning | None = None
    outbound_connectors: Connectors | None = None


class Association(Body):
    """Whether accounts are linked by what they have in common."""

    is_enabled: bool = False
    lookup_attribute: list[str] = []


class Certificate(Body):
    """A provider's certificates, or where its keys or its metadata are published."""

    certificates: list[str] | None = None
    jwks_uri: str | None = None
    saml_metadata_uri: str | None = None


class ProviderBody(Body):
    """A provider to make. That it shall be the primary one has no effect."""

    name: str
    description: str | None = None
    image: str | None = None
    template_id: str | None = None
    is_primary: bool = False
    is_federation_hub: bool = False
    home_realm_identifier: str | None = None
    certificate: Certificate | None = None
    alias: str | None = None
    idp_issuer_name: str | None = None
    claims: Claims | None = None
    roles: Roles | None = None
    groups: list[Group] = []
    federated_authenticators: Authenticators | None = None
    provisioning: BothWays | None = None
    implicit_association: Association | None = None
