"""The bodies of `/applications`: what may be sent to make an application, and what to change one."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from ..bodies import Body
from .oidc_bodies import OidcBody
from .saml import SamlConfiguration

__all__ = (
    "Advanced",
    "ApplicationBody",
    "ApplicationChange",
    "Authentication",
    "AuthenticationOption",
    "Claim",
    "ClaimConfiguration",
    "CustomProtocol",
    "InboundProtocols",
    "PassiveSts",
    "Roles",
    "WsTrust",
)


class Claim(Body):
    """A claim by its URI; what else is served of it may be sent back."""

    uri: str
    id: str | None = None
    display_name: str | None = None


class ClaimMapping(Body):
    """A claim under another name."""

    application_claim: str
    local_claim: Claim


class RequestedClaim(Body):
    """A claim that is asked for."""

    claim: Claim
    mandatory: bool = False


class SubjectClaim(Body):
    """The subject claim: which claim identifies a user."""

    claim: Claim = Field(default_factory=lambda: Claim(uri="http://wso2.org/claims/userid"))
    include_user_domain: bool = False
    include_tenant_domain: bool = False
    use_mapped_local_subject: bool = False
    mapped_local_subject_mandatory: bool = False


class RoleMapping(Body):
    """A role under the application's name for it."""

    local_role: str
    application_role: str


class RoleClaim(Body):
    """How roles are shown."""

    mappings: list[RoleMapping] = []
    include_user_domain: bool = True
    claim: Claim = Field(default_factory=lambda: Claim(uri="http://wso2.org/claims/roles"))


class ClaimConfiguration(Body):
    """The claims of an application."""

    dialect: Literal["LOCAL", "CUSTOM"] = "LOCAL"
    claim_mappings: list[ClaimMapping] = []
    requested_claims: list[RequestedClaim] = []
    subject: SubjectClaim = Field(default_factory=SubjectClaim)
    role: RoleClaim = Field(default_factory=RoleClaim)


class Certificate(Body):
    """The application's certificate, or where its keys are published."""

    type: str | None = None
    value: str | None = None


class Advanced(Body):
    """Advanced settings. `fragment` is shown, and of no effect when sent."""

    saas: bool = False
    discoverable_by_end_users: bool = False
    certificate: Certificate | None = None
    skip_login_consent: bool = False
    skip_logout_consent: bool = False
    use_external_consent_page: bool = False
    return_authenticated_idp_list: bool = False
    enable_authorization: bool = True
    fragment: bool = False
    enable_api_based_authentication: bool = Field(default=False, alias="enableAPIBasedAuthentication")
    attestation_meta_data: dict[str, Any] | None = None
    trusted_app_configuration: dict[str, Any] | None = None
    additional_sp_properties: list[dict[str, Any]] | None = None
    discoverable_groups: list[dict[str, Any]] | None = None


class AssociatedRole(Body):
    """A role by its id; its name is shown."""

    id: str
    name: str | None = None


class Roles(Body):
    """Whose roles count."""

    allowed_audience: Literal["APPLICATION", "ORGANIZATION"] = "ORGANIZATION"
    roles: list[AssociatedRole] = []


class AuthenticationOption(Body):
    """One way to pass a step."""

    idp: str
    authenticator: str


class AuthenticationStep(Body):
    """One step of signing in."""

    id: int
    options: list[AuthenticationOption] = Field(min_length=1)


class Authentication(Body):
    """How users sign in."""

    type: Literal["DEFAULT", "USER_DEFINED"] = "DEFAULT"
    steps: list[AuthenticationStep] = []
    request_path_authenticators: list[str] = []
    script: str | None = None
    subject_step_id: int = 1
    attribute_step_id: int = 1


class ApplicationChange(Body):
    """What can be changed in place."""

    name: str | None = None
    description: str | None = None
    application_version: str | None = None
    image_url: str | None = None
    access_url: str | None = None
    logout_return_url: str | None = None
    template_id: str | None = None
    template_version: str | None = None
    application_enabled: bool | None = None
    enhanced_org_authentication_enabled: bool | None = None
    associated_roles: Roles | None = None
    claim_configuration: ClaimConfiguration | None = None
    authentication_sequence: Authentication | None = None
    advanced_configurations: Advanced | None = None
    provisioning_configurations: dict[str, Any] | None = None


class PassiveSts(Body):
    """An application as a WS-Federation party."""

    realm: str
    reply_to: str
    reply_to_logout: str | None = None


class WsTrust(Body):
    """An application as a WS-Trust party."""

    audience: str
    certificate_alias: str


class CustomProtocol(Body):
    """An application under a protocol that an extension brings."""

    name: str
    config_name: str | None = None
    properties: list[dict[str, Any]] = []


class InboundProtocols(Body):
    """The protocols of a new application."""

    oidc: OidcBody | None = None
    saml: SamlConfiguration | None = None
    passive_sts: PassiveSts | None = Field(default=None, alias="passiveSts")
    ws_trust: WsTrust | None = None
    custom: list[CustomProtocol] = []


class ApplicationBody(ApplicationChange):
    """An application to make. An id may be sent and says nothing."""

    id: str | None = None
    name: str
    is_management_app: bool = False
    is_b2b_self_service_app: bool = Field(default=False, alias="isB2BSelfServiceApp")
    inbound_protocol_configuration: InboundProtocols = Field(default_factory=InboundProtocols)
