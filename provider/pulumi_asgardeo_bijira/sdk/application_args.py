"""The objects within an application's inputs."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from .base import nested

__all__ = (
    "AccessTokenArgs",
    "AdvancedArgs",
    "AuthorizedApiArgs",
    "ClaimMappingArgs",
    "ClaimsArgs",
    "ClientAuthenticationArgs",
    "EncryptionArgs",
    "IdTokenArgs",
    "LogoutArgs",
    "PkceArgs",
    "RefreshTokenArgs",
    "RequestedClaimArgs",
    "RoleClaimArgs",
    "SubjectClaimArgs",
)


@nested
class PkceArgs:
    """Proof key for code exchange."""

    mandatory: pulumi.Input[bool] | None = pulumi.property("mandatory", default=None)
    """Whether a code is only given out against a challenge. Changes in place."""

    support_plain_transform_algorithm: pulumi.Input[bool] | None = pulumi.property(
        "supportPlainTransformAlgorithm", default=None
    )
    """Whether a plain challenge is taken besides a hashed one. Changes in place."""


@nested
class AccessTokenArgs:
    """Access tokens."""

    type: pulumi.Input[str] | None = pulumi.property("type", default=None)
    """`JWT`, which gateways can verify, or `Default`, an opaque token. Default: `JWT`. Changes in place."""

    user_access_token_expiry_in_seconds: pulumi.Input[int] | None = pulumi.property(
        "userAccessTokenExpiryInSeconds", default=None
    )
    """Lifetime of a user's token, in seconds. Changes in place."""

    application_access_token_expiry_in_seconds: pulumi.Input[int] | None = pulumi.property(
        "applicationAccessTokenExpiryInSeconds", default=None
    )
    """Lifetime of an application's own token, in seconds. Changes in place."""

    binding_type: pulumi.Input[str] | None = pulumi.property("bindingType", default=None)
    """What a token is bound to: `None`, `cookie`, `sso-session`, `device-flow`, `DPoP`, `certificate` or
    `client-request`. Changes in place."""

    revoke_tokens_when_idp_session_terminated: pulumi.Input[bool] | None = pulumi.property(
        "revokeTokensWhenIdpSessionTerminated", default=None
    )
    """Whether tokens end with the user's session. Changes in place."""

    validate_token_binding: pulumi.Input[bool] | None = pulumi.property("validateTokenBinding", default=None)
    """Whether the binding is checked when a token is used. Changes in place."""

    access_token_attributes: pulumi.Input[Sequence[pulumi.Input[str]]] | None = pulumi.property(
        "accessTokenAttributes", default=None
    )
    """OIDC claims that a JWT carries, such as `email`. Changes in place."""

    enable_jwt_scope_as_array: pulumi.Input[bool] | None = pulumi.property("enableJwtScopeAsArray", default=None)
    """Whether a JWT lists its scopes as an array instead of one text. Changes in place."""


@nested
class RefreshTokenArgs:
    """Refresh tokens."""

    expiry_in_seconds: pulumi.Input[int] | None = pulumi.property("expiryInSeconds", default=None)
    """Lifetime, in seconds. Changes in place."""

    renew_refresh_token: pulumi.Input[bool] | None = pulumi.property("renewRefreshToken", default=None)
    """Whether each use gives a new refresh token. Changes in place."""

    extend_renewed_refresh_token_expiry_time: pulumi.Input[bool] | None = pulumi.property(
        "extendRenewedRefreshTokenExpiryTime", default=None
    )
    """Whether a new one lives its full lifetime again. Changes in place."""


@nested
class EncryptionArgs:
    """Encryption of ID tokens."""

    enabled: pulumi.Input[bool] | None = pulumi.property("enabled", default=None)
    """Whether ID tokens are encrypted. Changes in place."""

    algorithm: pulumi.Input[str] | None = pulumi.property("algorithm", default=None)
    """Algorithm that the key is encrypted with, such as `RSA-OAEP`. Changes in place."""

    method: pulumi.Input[str] | None = pulumi.property("method", default=None)
    """Algorithm that the token is encrypted with, such as `A128GCM`. Changes in place."""


@nested
class IdTokenArgs:
    """ID tokens."""

    expiry_in_seconds: pulumi.Input[int] | None = pulumi.property("expiryInSeconds", default=None)
    """Lifetime, in seconds. Changes in place."""

    audience: pulumi.Input[Sequence[pulumi.Input[str]]] | None = pulumi.property("audience", default=None)
    """Further audiences, of JWT access tokens too. Changes in place."""

    id_token_signed_response_alg: pulumi.Input[str] | None = pulumi.property("idTokenSignedResponseAlg", default=None)
    """Signing algorithm, such as `RS256`. Changes in place."""

    encryption: pulumi.Input[EncryptionArgs | Mapping[str, Any]] | None = pulumi.property("encryption", default=None)
    """Encryption of ID tokens. Changes in place."""


@nested
class LogoutArgs:
    """Logout at the application when the session at Asgardeo ends."""

    back_channel_logout_url: pulumi.Input[str] | None = pulumi.property("backChannelLogoutUrl", default=None)
    """URL that Asgardeo calls, up to 2047 characters. `""` clears it. Changes in place."""

    front_channel_logout_url: pulumi.Input[str] | None = pulumi.property("frontChannelLogoutUrl", default=None)
    """URL that the browser is sent to, up to 2047 characters. `""` clears it. Changes in place."""


@nested
class ClientAuthenticationArgs:
    """How the application proves itself to the token endpoint."""

    token_endpoint_auth_method: pulumi.Input[str] | None = pulumi.property("tokenEndpointAuthMethod", default=None)
    """`client_secret_basic`, `client_secret_post`, `private_key_jwt` or `tls_client_auth`. Changes in place."""

    token_endpoint_allow_reuse_pvt_key_jwt: pulumi.Input[bool] | None = pulumi.property(
        "tokenEndpointAllowReusePvtKeyJwt", default=None
    )
    """Whether a signed assertion may be used again. Changes in place."""

    token_endpoint_auth_signing_alg: pulumi.Input[str] | None = pulumi.property(
        "tokenEndpointAuthSigningAlg", default=None
    )
    """Algorithm of signed assertions, such as `PS256`. Changes in place."""

    tls_client_auth_subject_dn: pulumi.Input[str] | None = pulumi.property("tlsClientAuthSubjectDn", default=None)
    """Subject of the client certificate, up to 2047 characters. Changes in place."""


@nested
class ClaimMappingArgs:
    """A claim under a name of the application's own."""

    application_claim: pulumi.Input[str] = pulumi.property("applicationClaim")
    """The application's name for the claim. Changes in place."""

    local_claim: pulumi.Input[str] = pulumi.property("localClaim")
    """URI of the claim, such as `http://wso2.org/claims/emailaddress`. Changes in place."""


@nested
class RequestedClaimArgs:
    """A claim that the application asks for."""

    claim: pulumi.Input[str] = pulumi.property("claim")
    """URI of the claim, or the application's name for it. Changes in place."""

    mandatory: pulumi.Input[bool] | None = pulumi.property("mandatory", default=None)
    """Whether a user without it cannot sign in. Changes in place."""


@nested
class SubjectClaimArgs:
    """What a user is told apart by."""

    claim: pulumi.Input[str] | None = pulumi.property("claim", default=None)
    """URI of the claim. Changes in place."""

    include_user_domain: pulumi.Input[bool] | None = pulumi.property("includeUserDomain", default=None)
    """Whether the user store's domain is put in front. Changes in place."""

    include_tenant_domain: pulumi.Input[bool] | None = pulumi.property("includeTenantDomain", default=None)
    """Whether the organisation is put behind. Changes in place."""

    use_mapped_local_subject: pulumi.Input[bool] | None = pulumi.property("useMappedLocalSubject", default=None)
    """Whether a federated user's local account counts. Changes in place."""


@nested
class RoleClaimArgs:
    """How roles are shown."""

    claim: pulumi.Input[str] | None = pulumi.property("claim", default=None)
    """URI of the claim. Changes in place."""

    include_user_domain: pulumi.Input[bool] | None = pulumi.property("includeUserDomain", default=None)
    """Whether the user store's domain is put in front. Changes in place."""


@nested
class ClaimsArgs:
    """The claims that the application is given."""

    dialect: pulumi.Input[str] | None = pulumi.property("dialect", default=None)
    """`LOCAL` for Asgardeo's claim names, `CUSTOM` for those of `claim_mappings`. Changes in place."""

    claim_mappings: pulumi.Input[Sequence[pulumi.Input[ClaimMappingArgs | Mapping[str, Any]]]] | None = pulumi.property(
        "claimMappings", default=None
    )
    """The application's own claim names, all of them. Changes in place."""

    requested_claims: pulumi.Input[Sequence[pulumi.Input[RequestedClaimArgs | Mapping[str, Any]]]] | None = (
        pulumi.property("requestedClaims", default=None)
    )
    """The claims that the application asks for, all of them. Changes in place."""

    subject: pulumi.Input[SubjectClaimArgs | Mapping[str, Any]] | None = pulumi.property("subject", default=None)
    """What a user is told apart by. Changes in place."""

    role: pulumi.Input[RoleClaimArgs | Mapping[str, Any]] | None = pulumi.property("role", default=None)
    """How roles are shown. Changes in place."""


@nested
class AdvancedArgs:
    """Settings that few applications need."""

    saas: pulumi.Input[bool] | None = pulumi.property("saas", default=None)
    """Whether users of other organisations may sign in. Changes in place."""

    discoverable_by_end_users: pulumi.Input[bool] | None = pulumi.property("discoverableByEndUsers", default=None)
    """Whether users find it in the My Account portal; needs `access_url`. Changes in place."""

    skip_login_consent: pulumi.Input[bool] | None = pulumi.property("skipLoginConsent", default=None)
    """Whether users are not asked for consent when they sign in. Changes in place."""

    skip_logout_consent: pulumi.Input[bool] | None = pulumi.property("skipLogoutConsent", default=None)
    """Whether users are not asked for consent when they sign out. Changes in place."""

    return_authenticated_idp_list: pulumi.Input[bool] | None = pulumi.property(
        "returnAuthenticatedIdpList", default=None
    )
    """Whether the identity providers that signed the user in are named. Changes in place."""

    enable_authorization: pulumi.Input[bool] | None = pulumi.property("enableAuthorization", default=None)
    """Whether signing in is subject to authorization policies. Changes in place."""

    enable_api_based_authentication: pulumi.Input[bool] | None = pulumi.property(
        "enableApiBasedAuthentication", default=None
    )
    """Whether users may sign in within the application, by API. Changes in place."""


@nested
class AuthorizedApiArgs:
    """An API that an application may call."""

    api_id: pulumi.Input[str] = pulumi.property("apiId")
    """Id of the API (an `AsgardeoApi`'s `id`), not its identifier. A change revokes one API and authorizes another."""

    policy: pulumi.Input[str] | None = pulumi.property("policy", default=None)
    """How scopes are granted: `RBAC` by roles, `No Policy` to everybody. An API that requires authorization takes
    `RBAC` only. Default: `RBAC`. A change makes the authorization again."""

    scopes: pulumi.Input[Sequence[pulumi.Input[str]]] | None = pulumi.property("scopes", default=None)
    """Names of the scopes that the application may ask for, all of them. Left out: scopes are not managed. Changes in
    place."""
