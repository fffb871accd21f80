"""An application's OpenID Connect document: what is read, and the default of all that is left out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..bodies import Body

__all__ = ("LIFETIME", "CibaRequest", "Encryption", "OidcBody", "Subject")

LIFETIME = 3600


class Pkce(Body):
    """Proof key for code exchange."""

    mandatory: bool = False
    support_plain_transform_algorithm: bool = True


class HybridFlow(Body):
    """The hybrid flow."""

    enable: bool = False
    response_type: str | None = None


class AccessToken(Body):
    """Access tokens."""

    type: Literal["JWT", "Default"] = "Default"
    user_access_token_expiry_in_seconds: int = LIFETIME
    application_access_token_expiry_in_seconds: int = LIFETIME
    binding_type: str = "None"
    revoke_tokens_when_idp_session_terminated: bool = Field(default=False, alias="revokeTokensWhenIDPSessionTerminated")
    validate_token_binding: bool = False
    access_token_attributes: list[str] = []
    enable_jwt_scope_as_array: bool = False


class RefreshToken(Body):
    """Refresh tokens."""

    expiry_in_seconds: int = 86400
    renew_refresh_token: bool = True
    extend_renewed_refresh_token_expiry_time: bool = False
    graceful_refresh_token_rotation_enabled: bool = False
    graceful_refresh_token_rotation_validity_period: int = 0
    graceful_refresh_token_reuse_limit: int = 1


class SubjectToken(Body):
    """Subject tokens."""

    enable: bool = False
    application_subject_token_expiry_in_seconds: int = LIFETIME


class Encryption(Body):
    """Encryption of ID tokens."""

    enabled: bool = False
    algorithm: str = ""
    method: str = ""


class IdToken(Body):
    """ID tokens."""

    expiry_in_seconds: int = LIFETIME
    audience: list[str] = []
    id_token_signed_response_alg: str = "RS256"  # noqa: S105 - the name of an algorithm
    encryption: Encryption = Field(default_factory=Encryption)


class Logout(Body):
    """Logout at the application."""

    back_channel_logout_url: str = ""
    front_channel_logout_url: str = ""


class ClientAuthentication(Body):
    """How the client proves itself."""

    token_endpoint_auth_method: str | None = None
    token_endpoint_allow_reuse_pvt_key_jwt: bool | None = None
    token_endpoint_auth_signing_alg: str = ""
    tls_client_auth_subject_dn: str = ""


class RequestEncryption(Body):
    """Encryption of request objects."""

    algorithm: str = ""
    method: str = ""


class RequestObject(Body):
    """Request objects."""

    request_object_signing_alg: str = ""
    encryption: RequestEncryption = Field(default_factory=RequestEncryption)


class PushAuthorizationRequest(Body):
    """Pushed authorization requests."""

    require_push_authorization_request: bool = False


class Subject(Body):
    """Subject identifiers."""

    subject_type: str = "public"
    sector_identifier_uri: str = ""


class CibaRequest(Body):
    """Authentication requests of the client-initiated back channel."""

    auth_req_expiry_time: int = 0
    notification_channels: list[str] = []
    skip_user_validation: bool = False
    allow_federated_users: bool = False


class Issuer(Body):
    """The issuer of the application's tokens, where the organisation shares its own."""

    value: str | None = None
    organization_id: str | None = None
    tenant_domain: str | None = None


class OidcBody(Body):
    """The document. Whatever is left out of one that is written gets its default; its state may come back as shown."""

    client_id: str | None = None
    client_secret: str | None = None
    client_secret_expires_at: int | None = None
    multiple_client_secrets_configured: bool | None = None
    state: Literal["ACTIVE", "REVOKED"] | None = None
    grant_types: list[str]
    callback_urls: list[str] = Field(default=[], alias="callbackURLs")
    allowed_origins: list[str] = []
    public_client: bool = False
    pkce: Pkce = Field(default_factory=Pkce)
    hybrid_flow: HybridFlow = Field(default_factory=HybridFlow)
    access_token: AccessToken = Field(default_factory=AccessToken)
    refresh_token: RefreshToken = Field(default_factory=RefreshToken)
    subject_token: SubjectToken = Field(default_factory=SubjectToken)
    id_token: IdToken = Field(default_factory=IdToken)
    logout: Logout = Field(default_factory=Logout)
    validate_request_object_signature: bool = False
    scope_validators: list[str] = []
    client_authentication: ClientAuthentication = Field(default_factory=ClientAuthentication)
    request_object: RequestObject = Field(default_factory=RequestObject)
    push_authorization_request: PushAuthorizationRequest = Field(default_factory=PushAuthorizationRequest)
    subject: Subject = Field(default_factory=Subject)
    is_fapi_application: bool = Field(default=False, alias="isFAPIApplication")
    fapi_profile: Literal["FAPI1_ADVANCED", "FAPI2_SECURITY"] | None = None
    ciba_authentication_request: CibaRequest | None = None
    issuer: Issuer | None = None
