"""The OIDC part of an application, as Asgardeo is told and answers."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, SerializationInfo

from ...transport import Items, Rows
from ..documents import Whole, spelt, within
from .callbacks import pack, unpack

__all__ = ("Oidc", "OidcSettings", "RotatedOidc")

_SIGNING, _REUSE = "private_key_jwt", "tokenEndpointAllowReusePvtKeyJwt"


def _separated(value: Any) -> Any:
    """Of a text with commas what stands between them."""
    return [part for part in value.split(",") if part] if isinstance(value, str) else value


def _joined(values: list[str] | None, info: SerializationInfo) -> Any:
    return ",".join(values) if values is not None and info.by_alias else values


class _Pkce(Whole):
    mandatory: bool | None = None
    support_plain_transform_algorithm: bool | None = None


class _AccessToken(Whole):
    type: str | None = None
    user_access_token_expiry_in_seconds: int | None = None
    application_access_token_expiry_in_seconds: int | None = None
    binding_type: str | None = None
    revoke_tokens_when_idp_session_terminated: bool | None = spelt(
        "revokeTokensWhenIDPSessionTerminated", "revokeTokensWhenIdpSessionTerminated"
    )
    validate_token_binding: bool | None = None
    access_token_attributes: Items[str] | None = None
    enable_jwt_scope_as_array: bool | None = None


class _RefreshToken(Whole):
    expiry_in_seconds: int | None = None
    renew_refresh_token: bool | None = None
    extend_renewed_refresh_token_expiry_time: bool | None = None
    graceful_refresh_token_rotation_enabled: bool | None = None
    graceful_refresh_token_rotation_validity_period: int | None = None
    graceful_refresh_token_reuse_limit: int | None = None


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


class _HybridFlow(Whole):
    enable: bool | None = None
    response_type: Annotated[
        Items[str] | None, BeforeValidator(_separated), PlainSerializer(_joined, return_type=Any)
    ] = None


class _RequestObjectEncryption(Whole):
    algorithm: str | None = None
    method: str | None = None


class _RequestObject(Whole):
    request_object_signing_alg: str | None = None
    encryption: _RequestObjectEncryption | None = None


class _Subject(Whole):
    subject_type: str | None = None
    sector_identifier_uri: str | None = None


class _CibaAuthenticationRequest(Whole):
    auth_req_expiry_time: int | None = None
    notification_channels: Items[str] | None = None
    skip_user_validation: bool | None = None
    allow_federated_users: bool | None = None


def _stored(urls: list[str], info: SerializationInfo) -> list[str]:
    return pack(urls) if info.by_alias else urls


_CallbackUrls = Annotated[Rows[str], AfterValidator(unpack), PlainSerializer(_stored)]


class OidcSettings(Whole):
    """What can be said of the OIDC part of an application."""

    grant_types: Items[str] | None = None
    callback_urls: _CallbackUrls = spelt("callbackURLs", "callbackUrls", default=[])
    allowed_origins: Rows[str] = []
    public_client: bool | None = None
    pkce: _Pkce | None = None
    access_token: _AccessToken | None = None
    refresh_token: _RefreshToken | None = None
    id_token: _IdToken | None = None
    logout: _Logout | None = None
    client_authentication: _ClientAuthentication | None = None
    hybrid_flow: _HybridFlow | None = None
    require_pushed_authorization_requests: Annotated[bool | None, *within("requirePushAuthorizationRequest")] = spelt(
        "pushAuthorizationRequest", "requirePushedAuthorizationRequests"
    )
    validate_request_object_signature: bool | None = None
    request_object: _RequestObject | None = None
    is_fapi_application: bool | None = spelt("isFAPIApplication", "isFapiApplication")
    fapi_profile: str | None = None
    subject: _Subject | None = None
    ciba_authentication_request: _CibaAuthenticationRequest | None = None

    def written(self) -> dict[str, Any]:
        """On the wire, whole. The server wants to be told of a client that signs assertions whether one may be used
        twice, and refuses to hear it of any other."""
        body = self.whole()
        authentication = body.get("clientAuthentication")
        if isinstance(authentication, dict):
            may_reuse = authentication.pop(_REUSE, None) or False
            if may_reuse or authentication.get("tokenEndpointAuthMethod") == _SIGNING:
                authentication[_REUSE] = may_reuse
        return body


class Oidc(OidcSettings):
    """The OIDC part of an application."""

    client_id: str = Field(min_length=1)
    client_secret: str | None = Field(default=None, repr=False)
    state: str | None = None


class RotatedOidc(Oidc):
    """The OIDC part with the secret that was just made."""

    client_secret: str = Field(min_length=1, repr=False)
