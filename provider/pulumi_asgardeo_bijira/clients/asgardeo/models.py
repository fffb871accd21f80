"""What Asgardeo answers, as far as it is used; its names in Python are those of the wire in snake_case.

What is written back whole keeps what nobody here knows of it.
"""

from typing import Annotated

from pydantic import AliasChoices, Field, StringConstraints

from ...transport import Document, Items, Rows, Text, Whole

__all__ = (
    "ApiPage",
    "ApiResource",
    "ApiRow",
    "Application",
    "ApplicationPage",
    "ApplicationRow",
    "AuthorizedApi",
    "Link",
    "NewApplication",
    "Oidc",
    "RotatedOidc",
    "Scope",
    "Uuid",
)

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

#: An id of Asgardeo's; whatever else stands where one should leads elsewhere.
Uuid = Annotated[str, StringConstraints(pattern=rf"^{_UUID}$")]


class Scope(Document):
    """A scope of an API."""

    name: str
    id: Text = ""
    display_name: Text = ""
    description: Text = ""


class ApiRow(Document):
    """An API as the list shows it."""

    id: Uuid
    name: str
    identifier: Text = ""
    type: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is the organisation's and not the system's."""
        return self.type in (None, "BUSINESS", "MCP")


class ApiResource(ApiRow):
    """An API with its scopes."""

    identifier: str
    description: Text = ""
    requires_authorization: bool = True
    scopes: Rows[Scope]


class Link(Document):
    """Where another page of a list is."""

    rel: Text = ""
    href: Text = ""


class ApiPage(Document):
    """A page of the list of APIs; builds differ in the spelling."""

    rows: Items[ApiRow] = Field(validation_alias=AliasChoices("apiResources", "APIResources", "items"))
    links: Rows[Link] = []


class ApplicationRow(Document):
    """An application as the list shows it."""

    id: Uuid
    name: str
    access: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is the organisation's and not the system's."""
        return self.access != "READ"


class ApplicationPage(Document):
    """A page of the list of applications."""

    rows: Items[ApplicationRow] = Field(validation_alias="applications")
    total: int = Field(validation_alias="totalResults")


class NewApplication(Document):
    """Where an application was made, which is all that is said of it."""

    location: str = Field(alias="Location", pattern=rf"^(?:https?://[^?#\s]+)?/[^?#\s]*/applications/{_UUID}/?$")

    @property
    def id(self) -> str:
        """The end of the address."""
        return self.location.rstrip("/").rpartition("/")[2]


class _Claim(Whole):
    uri: Text = ""


class _ClaimMapping(Whole):
    application_claim: str
    local_claim: _Claim


class _RequestedClaim(Whole):
    claim: _Claim
    mandatory: bool | None = None


class _SubjectClaim(Whole):
    claim: _Claim | None = None
    include_user_domain: bool | None = None
    include_tenant_domain: bool | None = None
    use_mapped_local_subject: bool | None = None


class _RoleClaim(Whole):
    claim: _Claim | None = None
    include_user_domain: bool | None = None


class _Claims(Whole):
    profile: str | None = None
    claim_mappings: Items[_ClaimMapping] | None = None
    requested_claims: Items[_RequestedClaim] | None = None
    subject: _SubjectClaim | None = None
    role: _RoleClaim | None = None


class _Advanced(Whole):
    saas: bool | None = None
    discoverable_by_end_users: bool | None = None
    skip_login_consent: bool | None = None
    skip_logout_consent: bool | None = None
    return_authenticated_idp_list: bool | None = None
    enable_authorization: bool | None = None
    enable_api_based_authentication: bool | None = Field(default=None, alias="enableAPIBasedAuthentication")


class _AssociatedRoles(Document):
    allowed_audience: str | None = None


class Application(ApplicationRow):
    """An application without its OIDC part."""

    description: Text = ""
    access_url: Text = ""
    image_url: Text = ""
    logout_return_url: Text = ""
    application_enabled: bool | None = None
    client_id: Text = ""
    template_id: Text = ""
    associated_roles: _AssociatedRoles | None = None
    claim_configuration: _Claims | None = None
    advanced_configurations: _Advanced | None = None


class _Pkce(Whole):
    mandatory: bool | None = None
    support_plain_transform_algorithm: bool | None = None


class _AccessToken(Whole):
    type: str | None = None
    user_access_token_expiry_in_seconds: int | None = None
    application_access_token_expiry_in_seconds: int | None = None
    binding_type: str | None = None
    revoke_tokens: bool | None = Field(default=None, alias="revokeTokensWhenIDPSessionTerminated")
    validate_token_binding: bool | None = None
    access_token_attributes: Items[str] | None = None
    enable_jwt_scope_as_array: bool | None = None


class _RefreshToken(Whole):
    expiry_in_seconds: int | None = None
    renew_refresh_token: bool | None = None
    extend_renewed_refresh_token_expiry_time: bool | None = None


class _Encryption(Whole):
    enabled: bool | None = None
    algorithm: str | None = None
    method: str | None = None


class _IdToken(Whole):
    expiry_in_seconds: int | None = None
    audience: Items[str] | None = None
    id_token_signed_response_alg: str | None = None
    encryption: _Encryption | None = None


class _Logout(Whole):
    back_channel_logout_url: str | None = None
    front_channel_logout_url: str | None = None


class _ClientAuthentication(Whole):
    token_endpoint_auth_method: str | None = None
    token_endpoint_allow_reuse_pvt_key_jwt: bool | None = None
    token_endpoint_auth_signing_alg: str | None = None
    tls_client_auth_subject_dn: str | None = None


class Oidc(Whole):
    """The OIDC part of an application."""

    client_id: str = Field(min_length=1)
    client_secret: str | None = Field(default=None, repr=False)
    grant_types: Items[str] | None = None
    callback_urls: Items[str] | None = Field(default=None, alias="callbackURLs")
    allowed_origins: Items[str] | None = None
    public_client: bool | None = None
    pkce: _Pkce | None = None
    access_token: _AccessToken | None = None
    refresh_token: _RefreshToken | None = None
    id_token: _IdToken | None = None
    logout: _Logout | None = None
    client_authentication: _ClientAuthentication | None = None


class RotatedOidc(Oidc):
    """The OIDC part with the secret that was just made."""

    client_secret: str = Field(min_length=1, repr=False)


class _AuthorizedScope(Document):
    name: str


class AuthorizedApi(Document):
    """An API that an application may call."""

    id: Uuid
    policy_id: Text = ""
    authorized_scopes: Rows[_AuthorizedScope]
