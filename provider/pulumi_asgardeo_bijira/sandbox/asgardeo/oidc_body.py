"""An application's OpenID Connect document: what is read, and the default of all that is left out."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field

from .errors import application_error
from .wire import Body

__all__ = ("GRANT_TYPES", "OidcBody", "checked_settings")

GRANT_TYPES = (
    "account_switch",
    "authorization_code",
    "client_credentials",
    "implicit",
    "iwa:ntlm",
    "organization_switch",
    "password",
    "refresh_token",
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange",
    "urn:openid:params:grant-type:ciba",
)
_REDIRECTING = ("authorization_code", "implicit")
_LIFETIME = 3600


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
    user_access_token_expiry_in_seconds: int = _LIFETIME
    application_access_token_expiry_in_seconds: int = _LIFETIME
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
    graceful_refresh_token_rotation_validity_period: int = 60
    graceful_refresh_token_reuse_limit: int = 1


class SubjectToken(Body):
    """Subject tokens."""

    enable: bool = False
    application_subject_token_expiry_in_seconds: int = _LIFETIME


class Encryption(Body):
    """Encryption of ID tokens and request objects."""

    enabled: bool = False
    algorithm: str = ""
    method: str = ""


class IdToken(Body):
    """ID tokens."""

    expiry_in_seconds: int = _LIFETIME
    audience: list[str] = []
    id_token_signed_response_alg: str = "RS256"  # noqa: S105 - the name of an algorithm
    encryption: Encryption = Field(default_factory=Encryption)


class Logout(Body):
    """Logout at the application."""

    back_channel_logout_url: str = ""
    front_channel_logout_url: str = ""


class ClientAuthentication(Body):
    """How the client proves itself."""

    token_endpoint_auth_method: str = "client_secret_basic"  # noqa: S105 - the name of a method
    token_endpoint_allow_reuse_pvt_key_jwt: bool = False
    token_endpoint_auth_signing_alg: str = ""
    tls_client_auth_subject_dn: str = ""


class RequestObject(Body):
    """Request objects."""

    request_object_signing_alg: str = ""
    encryption: Encryption = Field(default_factory=Encryption)


class PushAuthorizationRequest(Body):
    """Pushed authorization requests."""

    require_push_authorization_request: bool = False


class Subject(Body):
    """Subject identifiers."""

    subject_type: str = "public"
    sector_identifier_uri: str = ""


class OidcBody(Body):
    """The document. Whatever is left out of one that is written gets its default."""

    client_id: str | None = None
    client_secret: str | None = None
    client_secret_expires_at: int | None = None
    multiple_client_secrets_configured: bool | None = None
    grant_types: list[str] = []
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
    fapi_profile: str | None = None
    ciba_authentication_request: dict[str, Any] | None = None
    issuer: str | None = None


_NO_SETTING = ("clientId", "clientSecret", "clientSecretExpiresAt", "multipleClientSecretsConfigured")


def checked_settings(body: OidcBody) -> dict[str, Any]:
    """The settings to keep, or a refusal."""
    unknown = [grant for grant in body.grant_types if grant not in GRANT_TYPES]
    if unknown:
        raise _invalid(f"{unknown[0]} not allowed")
    if len(body.callback_urls) > 1:
        text = "Multiple callbacks for OAuth2 are not supported yet. Please use regex to define multiple callbacks."
        raise application_error(501, "APP-65501", "Not implemented.", text)
    if not body.callback_urls and any(grant in body.grant_types for grant in _REDIRECTING):
        raise _invalid("RedirectUris property must have at least one URI value.")
    if any("#" in url for url in body.callback_urls if not url.startswith("regexp=")):
        raise _invalid("Redirect URI contains a fragment component.")
    for origin in body.allowed_origins:
        if not _is_origin(origin):
            raise application_error(400, "APP-60001", "Invalid Request.", f"{origin} is not a valid origin.")
    for token, name in ((body.access_token, "user"), (body.access_token, "application")):
        field = f"{name}_access_token_expiry_in_seconds"
        if getattr(token, field) == 0:
            setattr(token, field, _LIFETIME)
    return {key: value for key, value in body.document().items() if key not in _NO_SETTING}


def _invalid(description: str) -> Exception:
    return application_error(400, "OAUTH-60001", "Invalid Request.", description)


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return bool(parts.scheme and parts.netloc) and not (parts.path or parts.query or parts.fragment or "*" in text)
