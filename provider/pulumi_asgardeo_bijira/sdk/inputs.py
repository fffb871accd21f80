# Generated from the declarations by make generate: change those, not this.
"""Objects that a program makes, each as a class and as a plain dict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NotRequired, TypedDict

import pulumi

from .enums import (
    AccessTokenType,
    AuthorizedApiPolicy,
    CertificateType,
    ClaimsDialect,
    HybridFlowResponseType,
    SubjectSubjectType,
)
from .objects import InputObject, input_type

__all__ = (
    "AccessTokenArgs",
    "AccessTokenArgsDict",
    "AdvancedArgs",
    "AdvancedArgsDict",
    "ApiScopeArgs",
    "ApiScopeArgsDict",
    "AuthorizationDetailsTypeArgs",
    "AuthorizationDetailsTypeArgsDict",
    "AuthorizedApiArgs",
    "AuthorizedApiArgsDict",
    "CertificateArgs",
    "CertificateArgsDict",
    "CibaAuthenticationRequestArgs",
    "CibaAuthenticationRequestArgsDict",
    "ClaimMappingArgs",
    "ClaimMappingArgsDict",
    "ClaimsArgs",
    "ClaimsArgsDict",
    "ClientAuthenticationArgs",
    "ClientAuthenticationArgsDict",
    "ConnectorSettingArgs",
    "ConnectorSettingArgsDict",
    "EncryptionArgs",
    "EncryptionArgsDict",
    "HybridFlowArgs",
    "HybridFlowArgsDict",
    "IdTokenArgs",
    "IdTokenArgsDict",
    "KeyManagerEndpointsArgs",
    "KeyManagerEndpointsArgsDict",
    "LogoutArgs",
    "LogoutArgsDict",
    "PkceArgs",
    "PkceArgsDict",
    "RefreshTokenArgs",
    "RefreshTokenArgsDict",
    "RequestObjectArgs",
    "RequestObjectArgsDict",
    "RequestObjectEncryptionArgs",
    "RequestObjectEncryptionArgsDict",
    "RequestedClaimArgs",
    "RequestedClaimArgsDict",
    "RoleClaimArgs",
    "RoleClaimArgsDict",
    "SecuredApiRoleArgs",
    "SecuredApiRoleArgsDict",
    "SubjectArgs",
    "SubjectArgsDict",
    "SubjectClaimArgs",
    "SubjectClaimArgsDict",
    "SubscriptionArgs",
    "SubscriptionArgsDict",
)


@input_type
class ApiScopeArgs(InputObject):
    """A scope that an API defines."""

    name: pulumi.Input[str] = pulumi.property("name")
    """Name of the scope, as tokens carry it. Unique among all APIs of the organisation. Example: `orders:read`. A
    change removes the scope and adds another."""

    display_name: pulumi.Input[str] | None = pulumi.property("displayName", default=None)
    """Name that people see. Default: `name`. Example: `Read orders`. Changes in place."""

    description: pulumi.Input[str] | None = pulumi.property("description", default=None)
    """What the scope allows. At most 300 characters. Changes in place."""


@input_type
class AuthorizationDetailsTypeArgs(InputObject):
    """A type of authorization details (RFC 9396) that an API defines."""

    type: pulumi.Input[str] = pulumi.property("type")
    """The type, as requests name it. Unique among all APIs of the organisation. Example: `payment_initiation`. A change
    removes the type and adds another."""

    name: pulumi.Input[str] = pulumi.property("name")
    """Name that people see, of at least 3 characters. Example: `Payment initiation`. Changes in place."""

    description: pulumi.Input[str] = pulumi.property("description")
    """What the type is for. At most 255 characters. Changes in place."""

    json_schema: pulumi.Input[str] = pulumi.property("jsonSchema")
    """JSON Schema of such details, as JSON text. Example: `{"type": "object"}`. Changes in place."""


@input_type
class PkceArgs(InputObject):
    """Proof key for code exchange (PKCE)."""

    mandatory: pulumi.Input[bool] | None = pulumi.property("mandatory", default=None)
    """Require PKCE. Changes in place."""

    support_plain_transform_algorithm: pulumi.Input[bool] | None = pulumi.property(
        "supportPlainTransformAlgorithm", default=None
    )
    """Accept plain challenges besides hashed ones. Changes in place."""


@input_type
class AccessTokenArgs(InputObject):
    """Access tokens."""

    type: pulumi.Input[AccessTokenType] | None = pulumi.property("type", default=None)
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
    `client-request`. Example: `cookie`. Changes in place."""

    revoke_tokens_when_idp_session_terminated: pulumi.Input[bool] | None = pulumi.property(
        "revokeTokensWhenIdpSessionTerminated", default=None
    )
    """Revoke tokens when the user's session ends. Changes in place."""

    validate_token_binding: pulumi.Input[bool] | None = pulumi.property("validateTokenBinding", default=None)
    """Validate the binding when a token is used. Changes in place."""

    access_token_attributes: pulumi.Input[Sequence[pulumi.Input[str]]] | None = pulumi.property(
        "accessTokenAttributes", default=None
    )
    """OIDC claims that a JWT carries. Example: `email`. Changes in place."""

    enable_jwt_scope_as_array: pulumi.Input[bool] | None = pulumi.property("enableJwtScopeAsArray", default=None)
    """List the scopes of a JWT as an array instead of one text. Changes in place."""


@input_type
class RefreshTokenArgs(InputObject):
    """Refresh tokens."""

    expiry_in_seconds: pulumi.Input[int] | None = pulumi.property("expiryInSeconds", default=None)
    """Lifetime, in seconds. Changes in place."""

    renew_refresh_token: pulumi.Input[bool] | None = pulumi.property("renewRefreshToken", default=None)
    """Issue a new refresh token with each use. Changes in place."""

    extend_renewed_refresh_token_expiry_time: pulumi.Input[bool] | None = pulumi.property(
        "extendRenewedRefreshTokenExpiryTime", default=None
    )
    """Give a renewed refresh token its full lifetime again. Changes in place."""

    graceful_refresh_token_rotation_enabled: pulumi.Input[bool] | None = pulumi.property(
        "gracefulRefreshTokenRotationEnabled", default=None
    )
    """Accept the former refresh token for a while after it was renewed, as when an answer was lost. Older servers do
    not know it. Changes in place."""

    graceful_refresh_token_rotation_validity_period: pulumi.Input[int] | None = pulumi.property(
        "gracefulRefreshTokenRotationValidityPeriod", default=None
    )
    """How long the former refresh token is still accepted, in seconds: at most 60. Older servers do not know it.
    Example: `30`. Changes in place."""

    graceful_refresh_token_reuse_limit: pulumi.Input[int] | None = pulumi.property(
        "gracefulRefreshTokenReuseLimit", default=None
    )
    """How many times the former refresh token is still accepted: at most 5. Older servers do not know it. Example: `1`.
    Changes in place."""


@input_type
class EncryptionArgs(InputObject):
    """Encryption of ID tokens."""

    enabled: pulumi.Input[bool] | None = pulumi.property("enabled", default=None)
    """Encrypt ID tokens. Changes in place."""

    algorithm: pulumi.Input[str] | None = pulumi.property("algorithm", default=None)
    """Algorithm that encrypts the key. Example: `RSA-OAEP`. Changes in place."""

    method: pulumi.Input[str] | None = pulumi.property("method", default=None)
    """Algorithm that encrypts the token. Example: `A128GCM`. Changes in place."""


@input_type
class IdTokenArgs(InputObject):
    """ID tokens."""

    expiry_in_seconds: pulumi.Input[int] | None = pulumi.property("expiryInSeconds", default=None)
    """Lifetime, in seconds. Changes in place."""

    audience: pulumi.Input[Sequence[pulumi.Input[str]]] | None = pulumi.property("audience", default=None)
    """Further audiences of ID tokens. An access token's audience is the client id alone. Example: `orders-api`. Changes
    in place."""

    id_token_signed_response_alg: pulumi.Input[str] | None = pulumi.property("idTokenSignedResponseAlg", default=None)
    """Signing algorithm. Example: `RS256`. Changes in place."""

    encryption: pulumi.Input[EncryptionArgs | EncryptionArgsDict] | None = pulumi.property("encryption", default=None)
    """Encryption of ID tokens. With `enabled`, `algorithm`, `method`. Changes in place."""


@input_type
class LogoutArgs(InputObject):
    """Logout at the application when the session at Asgardeo ends."""

    back_channel_logout_url: pulumi.Input[str] | None = pulumi.property("backChannelLogoutUrl", default=None)
    """URL that Asgardeo calls. `""` clears it. At most 2047 characters. Example: `https://app.example.com`. Changes in
    place."""

    front_channel_logout_url: pulumi.Input[str] | None = pulumi.property("frontChannelLogoutUrl", default=None)
    """URL that the browser is sent to. `""` clears it. At most 2047 characters. Example: `https://app.example.com`.
    Changes in place."""


@input_type
class ClientAuthenticationArgs(InputObject):
    """How the application authenticates at the token endpoint."""

    token_endpoint_auth_method: pulumi.Input[str] | None = pulumi.property("tokenEndpointAuthMethod", default=None)
    """`client_secret_basic`, `client_secret_post`, `private_key_jwt` or `tls_client_auth`. Example:
    `client_secret_basic`. Changes in place."""

    token_endpoint_allow_reuse_pvt_key_jwt: pulumi.Input[bool] | None = pulumi.property(
        "tokenEndpointAllowReusePvtKeyJwt", default=None
    )
    """Accept a signed assertion more than once; with `private_key_jwt` only. Changes in place."""

    token_endpoint_auth_signing_alg: pulumi.Input[str] | None = pulumi.property(
        "tokenEndpointAuthSigningAlg", default=None
    )
    """Algorithm of signed assertions. Example: `PS256`. Changes in place."""

    tls_client_auth_subject_dn: pulumi.Input[str] | None = pulumi.property("tlsClientAuthSubjectDn", default=None)
    """Subject of the client certificate. At most 2047 characters. Example: `CN=orders`. Changes in place."""


@input_type
class CertificateArgs(InputObject):
    """The application's certificate, or where its keys are published."""

    type: pulumi.Input[CertificateType] = pulumi.property("type")
    """`JWKS` for the URL of a key set, `PEM` for a certificate. Changes in place."""

    value: pulumi.Input[str] = pulumi.property("value")
    """URL of the key set, or the certificate in PEM format. `""` clears it. Example:
    `https://app.example.com/jwks.json`. Changes in place."""


@input_type
class HybridFlowArgs(InputObject):
    """The hybrid flow: an authorization response with more than a code."""

    enable: pulumi.Input[bool] = pulumi.property("enable")
    """Allow it. Changes in place."""

    response_type: pulumi.Input[Sequence[pulumi.Input[HybridFlowResponseType]]] | None = pulumi.property(
        "responseType", default=None
    )
    """The response types that it may ask for, all of them. Changes in place."""


@input_type
class RequestObjectEncryptionArgs(InputObject):
    """Encryption of request objects."""

    algorithm: pulumi.Input[str] | None = pulumi.property("algorithm", default=None)
    """Algorithm that encrypts the key. Example: `RSA-OAEP`. Changes in place."""

    method: pulumi.Input[str] | None = pulumi.property("method", default=None)
    """Algorithm that encrypts the object. Example: `A128GCM`. Changes in place."""


@input_type
class RequestObjectArgs(InputObject):
    """Request objects (JWTs that carry the parameters of an authorization request)."""

    request_object_signing_alg: pulumi.Input[str] | None = pulumi.property("requestObjectSigningAlg", default=None)
    """Signing algorithm. Example: `PS256`. Changes in place."""

    encryption: pulumi.Input[RequestObjectEncryptionArgs | RequestObjectEncryptionArgsDict] | None = pulumi.property(
        "encryption", default=None
    )
    """Encryption of request objects. With `algorithm`, `method`. Changes in place."""


@input_type
class SubjectArgs(InputObject):
    """Subject identifiers of users."""

    subject_type: pulumi.Input[SubjectSubjectType] | None = pulumi.property("subjectType", default=None)
    """`public`, the same for every application, or `pairwise`, one for each sector. Default: `public`. Changes in
    place."""

    sector_identifier_uri: pulumi.Input[str] | None = pulumi.property("sectorIdentifierUri", default=None)
    """URL (https) whose host stands for the sector. Required for `pairwise` with several callbacks. At most 2047
    characters. Example: `https://app.example.com/sector.json`. Changes in place."""


@input_type
class CibaAuthenticationRequestArgs(InputObject):
    """Client-initiated backchannel authentication (CIBA), by which an application has a user sign in elsewhere."""

    auth_req_expiry_time: pulumi.Input[int] = pulumi.property("authReqExpiryTime")
    """Lifetime of a request, in seconds. Example: `300`. Changes in place."""

    notification_channels: pulumi.Input[Sequence[pulumi.Input[str]]] | None = pulumi.property(
        "notificationChannels", default=None
    )
    """The ways that a user may be told, all of them. Example: `email`. Changes in place."""

    skip_user_validation: pulumi.Input[bool] | None = pulumi.property("skipUserValidation", default=None)
    """Accept another user than the one that the request named. Changes in place."""

    allow_federated_users: pulumi.Input[bool] | None = pulumi.property("allowFederatedUsers", default=None)
    """Tell users that are not in the organisation's own store; needs `skip_user_validation`. Older servers do not know
    it. Changes in place."""


@input_type
class ClaimMappingArgs(InputObject):
    """A claim under a name of the application's own."""

    application_claim: pulumi.Input[str] = pulumi.property("applicationClaim")
    """The application's name for the claim. Example: `mail`. Changes in place."""

    local_claim: pulumi.Input[str] = pulumi.property("localClaim")
    """URI of the claim. Example: `http://wso2.org/claims/emailaddress`. Changes in place."""


@input_type
class RequestedClaimArgs(InputObject):
    """A claim that the application asks for."""

    claim: pulumi.Input[str] = pulumi.property("claim")
    """URI of the claim, or the application's name for it. Example: `http://wso2.org/claims/emailaddress`. Changes in
    place."""

    mandatory: pulumi.Input[bool] | None = pulumi.property("mandatory", default=None)
    """Require the claim: a user without it cannot sign in. Changes in place."""


@input_type
class SubjectClaimArgs(InputObject):
    """Subject identifier claim."""

    claim: pulumi.Input[str] | None = pulumi.property("claim", default=None)
    """URI of the claim. Example: `http://wso2.org/claims/emailaddress`. Changes in place."""

    include_user_domain: pulumi.Input[bool] | None = pulumi.property("includeUserDomain", default=None)
    """Prepend the user store's domain. Changes in place."""

    include_tenant_domain: pulumi.Input[bool] | None = pulumi.property("includeTenantDomain", default=None)
    """Append the tenant domain. Changes in place."""

    use_mapped_local_subject: pulumi.Input[bool] | None = pulumi.property("useMappedLocalSubject", default=None)
    """Use the local account that a federated user is mapped to. Changes in place."""


@input_type
class RoleClaimArgs(InputObject):
    """Role claim."""

    claim: pulumi.Input[str] | None = pulumi.property("claim", default=None)
    """URI of the claim. Example: `http://wso2.org/claims/emailaddress`. Changes in place."""

    include_user_domain: pulumi.Input[bool] | None = pulumi.property("includeUserDomain", default=None)
    """Prepend the user store's domain. Changes in place."""


@input_type
class ClaimsArgs(InputObject):
    """The claims that the application is given."""

    dialect: pulumi.Input[ClaimsDialect] | None = pulumi.property("dialect", default=None)
    """`LOCAL` for Asgardeo's claim names, `CUSTOM` for those of `claim_mappings`. Changes in place."""

    claim_mappings: pulumi.Input[Sequence[pulumi.Input[ClaimMappingArgs | ClaimMappingArgsDict]]] | None = (
        pulumi.property("claimMappings", default=None)
    )
    """The application's own claim names, all of them. Each with `application_claim`, `local_claim`. Changes in
    place."""

    requested_claims: pulumi.Input[Sequence[pulumi.Input[RequestedClaimArgs | RequestedClaimArgsDict]]] | None = (
        pulumi.property("requestedClaims", default=None)
    )
    """The claims that the application asks for, all of them. Each with `claim`, `mandatory`. Changes in place."""

    subject: pulumi.Input[SubjectClaimArgs | SubjectClaimArgsDict] | None = pulumi.property("subject", default=None)
    """Subject identifier claim. With `claim`, `include_user_domain`, `include_tenant_domain`,
    `use_mapped_local_subject`. Changes in place."""

    role: pulumi.Input[RoleClaimArgs | RoleClaimArgsDict] | None = pulumi.property("role", default=None)
    """Role claim. With `claim`, `include_user_domain`. Changes in place."""


@input_type
class AdvancedArgs(InputObject):
    """Settings that few applications need."""

    saas: pulumi.Input[bool] | None = pulumi.property("saas", default=None)
    """Allow users of other organisations to sign in. Changes in place."""

    discoverable_by_end_users: pulumi.Input[bool] | None = pulumi.property("discoverableByEndUsers", default=None)
    """Show the application in the My Account portal; needs `access_url`. Changes in place."""

    skip_login_consent: pulumi.Input[bool] | None = pulumi.property("skipLoginConsent", default=None)
    """Skip the consent when users sign in. Changes in place."""

    skip_logout_consent: pulumi.Input[bool] | None = pulumi.property("skipLogoutConsent", default=None)
    """Skip the consent when users sign out. Changes in place."""

    return_authenticated_idp_list: pulumi.Input[bool] | None = pulumi.property(
        "returnAuthenticatedIdpList", default=None
    )
    """Return the identity providers that signed the user in. Changes in place."""

    enable_authorization: pulumi.Input[bool] | None = pulumi.property("enableAuthorization", default=None)
    """Apply authorization policies when users sign in. Changes in place."""

    enable_api_based_authentication: pulumi.Input[bool] | None = pulumi.property(
        "enableApiBasedAuthentication", default=None
    )
    """Allow users to sign in within the application, by API. Changes in place."""


@input_type
class AuthorizedApiArgs(InputObject):
    """An API that an application may call."""

    api_id: pulumi.Input[str] = pulumi.property("apiId")
    """Id of the API (an `AsgardeoApi`'s `id`), not its identifier. Example: `3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10`. A
    change revokes one API and authorizes another."""

    policy: pulumi.Input[AuthorizedApiPolicy] | None = pulumi.property("policy", default=None)
    """How scopes are granted: `RBAC` to people by their roles and to the application itself without one, `No Policy` to
    everybody. An API that requires authorization takes `RBAC` only. Default: `RBAC`. A change makes the authorization
    again."""

    scopes: pulumi.Input[Sequence[pulumi.Input[str]]] | None = pulumi.property("scopes", default=None)
    """Names of the scopes that the application may ask for, all of them. Left out: scopes are not managed. Example:
    `orders:read`. Changes in place."""

    authorization_details_types: pulumi.Input[Sequence[pulumi.Input[str]]] | None = pulumi.property(
        "authorizationDetailsTypes", default=None
    )
    """Types of authorization details (RFC 9396) that the application may ask for, all of them. Left out: they are not
    managed. Older servers do not know it. Example: `payment_initiation`. Changes in place."""


@input_type
class KeyManagerEndpointsArgs(InputObject):
    """Where an identity provider is reached, each by its address."""

    token_endpoint: pulumi.Input[str] = pulumi.property("tokenEndpoint")
    """URL that tokens are fetched from. Of an Asgardeo organisation it is all that is needed: at creation the others
    follow from it. Example: `https://api.asgardeo.io/t/acme/oauth2/token`. Changes in place."""

    issuer: pulumi.Input[str] | None = pulumi.property("issuer", default=None)
    """The `iss` claim of its tokens. A gateway knows one key manager for each issuer. Not in the API Portal. Example:
    `https://idp.example.com/oauth2`. Changes in place."""

    jwks_endpoint: pulumi.Input[str] | None = pulumi.property("jwksEndpoint", default=None)
    """URL of the keys that tokens are verified with. Not in the API Portal. Example: `https://idp.example.com/oauth2`.
    Changes in place."""

    authorize_endpoint: pulumi.Input[str] | None = pulumi.property("authorizeEndpoint", default=None)
    """URL that people sign in at. Not in the API Portal. Example: `https://idp.example.com/oauth2`. Changes in
    place."""

    revoke_endpoint: pulumi.Input[str] | None = pulumi.property("revokeEndpoint", default=None)
    """URL that tokens are revoked at. Not in the API Portal. Example: `https://idp.example.com/oauth2`. Changes in
    place."""


@input_type
class ConnectorSettingArgs(InputObject):
    """A setting of the connector through which the API Manager talks to the identity provider."""

    name: pulumi.Input[str] = pulumi.property("name")
    """Name of the setting, as the connector knows it. Example: `mgmt_client_id`. A change removes one setting and adds
    another."""

    value: pulumi.Input[str] = pulumi.property("value")
    """Its value. Changes in place."""


@input_type
class SubscriptionArgs(InputObject):
    """A subscription to a published API, by its id or by name and version."""

    api_id: pulumi.Input[str] | None = pulumi.property("apiId", default=None)
    """Id of the API in Bijira, in place of name and version. Example: `7a2f41d0-6c1b-4a53-8f0e-1f3b5c7d9e21`. A change
    ends one subscription and makes another."""

    api_name: pulumi.Input[str] | None = pulumi.property("apiName", default=None)
    """Name of the API. Example: `Orders API`. A change ends one subscription and makes another."""

    api_version: pulumi.Input[str] | None = pulumi.property("apiVersion", default=None)
    """Version of the API. Example: `1.0.0`. A change ends one subscription and makes another."""

    plan: pulumi.Input[str] | None = pulumi.property("plan", default=None)
    """Subscription plan. Default: `Unlimited`. Example: `Gold`. Changes in place."""


@input_type
class SecuredApiRoleArgs(InputObject):
    """A role of the application, and who has it."""

    name: str = pulumi.property("name")
    """Name of the role, and the end of its resource's name: plain text, no output. Another name is another role."""

    permissions: pulumi.Input[Sequence[pulumi.Input[str]]] = pulumi.property("permissions")
    """Scopes that the role permits, all of them. An application's role permits only what the application is authorized
    for. Example: `orders:read`. Changes in place: any change, also an addition, signs out everybody who has the
    role."""

    groups: pulumi.Input[Sequence[pulumi.Input[str]]] | None = pulumi.property("groups", default=None)
    """Ids of the groups that have the role, all of them (`get_group` finds one). Left out: not managed. Example:
    `6b8a2e1f-4c5d-4e7a-9f10-2d3c4b5a6978`. Changes in place: members of a group that is taken off are signed out."""

    users: pulumi.Input[Sequence[pulumi.Input[str]]] | None = pulumi.property("users", default=None)
    """Ids of the users who have the role directly, all of them (`get_user` finds one). Left out: not managed. Example:
    `8dac4031-6e7f-409c-9b32-4f5e6d7c8b9a`. Changes in place: users who are taken off are signed out."""


if TYPE_CHECKING:

    class ApiScopeArgsDict(TypedDict):
        """A scope that an API defines."""

        name: pulumi.Input[str]
        """Name of the scope, as tokens carry it. Unique among all APIs of the organisation. Example: `orders:read`. A
        change removes the scope and adds another."""

        display_name: NotRequired[pulumi.Input[str] | None]
        """Name that people see. Default: `name`. Example: `Read orders`. Changes in place."""

        description: NotRequired[pulumi.Input[str] | None]
        """What the scope allows. At most 300 characters. Changes in place."""

    class AuthorizationDetailsTypeArgsDict(TypedDict):
        """A type of authorization details (RFC 9396) that an API defines."""

        type: pulumi.Input[str]
        """The type, as requests name it. Unique among all APIs of the organisation. Example: `payment_initiation`. A
        change removes the type and adds another."""

        name: pulumi.Input[str]
        """Name that people see, of at least 3 characters. Example: `Payment initiation`. Changes in place."""

        description: pulumi.Input[str]
        """What the type is for. At most 255 characters. Changes in place."""

        json_schema: pulumi.Input[str]
        """JSON Schema of such details, as JSON text. Example: `{"type": "object"}`. Changes in place."""

    class PkceArgsDict(TypedDict):
        """Proof key for code exchange (PKCE)."""

        mandatory: NotRequired[pulumi.Input[bool] | None]
        """Require PKCE. Changes in place."""

        support_plain_transform_algorithm: NotRequired[pulumi.Input[bool] | None]
        """Accept plain challenges besides hashed ones. Changes in place."""

    class AccessTokenArgsDict(TypedDict):
        """Access tokens."""

        type: NotRequired[pulumi.Input[AccessTokenType] | None]
        """`JWT`, which gateways can verify, or `Default`, an opaque token. Default: `JWT`. Changes in place."""

        user_access_token_expiry_in_seconds: NotRequired[pulumi.Input[int] | None]
        """Lifetime of a user's token, in seconds. Changes in place."""

        application_access_token_expiry_in_seconds: NotRequired[pulumi.Input[int] | None]
        """Lifetime of an application's own token, in seconds. Changes in place."""

        binding_type: NotRequired[pulumi.Input[str] | None]
        """What a token is bound to: `None`, `cookie`, `sso-session`, `device-flow`, `DPoP`, `certificate` or
        `client-request`. Example: `cookie`. Changes in place."""

        revoke_tokens_when_idp_session_terminated: NotRequired[pulumi.Input[bool] | None]
        """Revoke tokens when the user's session ends. Changes in place."""

        validate_token_binding: NotRequired[pulumi.Input[bool] | None]
        """Validate the binding when a token is used. Changes in place."""

        access_token_attributes: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]] | None]
        """OIDC claims that a JWT carries. Example: `email`. Changes in place."""

        enable_jwt_scope_as_array: NotRequired[pulumi.Input[bool] | None]
        """List the scopes of a JWT as an array instead of one text. Changes in place."""

    class RefreshTokenArgsDict(TypedDict):
        """Refresh tokens."""

        expiry_in_seconds: NotRequired[pulumi.Input[int] | None]
        """Lifetime, in seconds. Changes in place."""

        renew_refresh_token: NotRequired[pulumi.Input[bool] | None]
        """Issue a new refresh token with each use. Changes in place."""

        extend_renewed_refresh_token_expiry_time: NotRequired[pulumi.Input[bool] | None]
        """Give a renewed refresh token its full lifetime again. Changes in place."""

        graceful_refresh_token_rotation_enabled: NotRequired[pulumi.Input[bool] | None]
        """Accept the former refresh token for a while after it was renewed, as when an answer was lost. Older servers
        do not know it. Changes in place."""

        graceful_refresh_token_rotation_validity_period: NotRequired[pulumi.Input[int] | None]
        """How long the former refresh token is still accepted, in seconds: at most 60. Older servers do not know it.
        Example: `30`. Changes in place."""

        graceful_refresh_token_reuse_limit: NotRequired[pulumi.Input[int] | None]
        """How many times the former refresh token is still accepted: at most 5. Older servers do not know it. Example:
        `1`. Changes in place."""

    class EncryptionArgsDict(TypedDict):
        """Encryption of ID tokens."""

        enabled: NotRequired[pulumi.Input[bool] | None]
        """Encrypt ID tokens. Changes in place."""

        algorithm: NotRequired[pulumi.Input[str] | None]
        """Algorithm that encrypts the key. Example: `RSA-OAEP`. Changes in place."""

        method: NotRequired[pulumi.Input[str] | None]
        """Algorithm that encrypts the token. Example: `A128GCM`. Changes in place."""

    class IdTokenArgsDict(TypedDict):
        """ID tokens."""

        expiry_in_seconds: NotRequired[pulumi.Input[int] | None]
        """Lifetime, in seconds. Changes in place."""

        audience: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]] | None]
        """Further audiences of ID tokens. An access token's audience is the client id alone. Example: `orders-api`.
        Changes in place."""

        id_token_signed_response_alg: NotRequired[pulumi.Input[str] | None]
        """Signing algorithm. Example: `RS256`. Changes in place."""

        encryption: NotRequired[pulumi.Input[EncryptionArgs | EncryptionArgsDict] | None]
        """Encryption of ID tokens. With `enabled`, `algorithm`, `method`. Changes in place."""

    class LogoutArgsDict(TypedDict):
        """Logout at the application when the session at Asgardeo ends."""

        back_channel_logout_url: NotRequired[pulumi.Input[str] | None]
        """URL that Asgardeo calls. `""` clears it. At most 2047 characters. Example: `https://app.example.com`. Changes
        in place."""

        front_channel_logout_url: NotRequired[pulumi.Input[str] | None]
        """URL that the browser is sent to. `""` clears it. At most 2047 characters. Example: `https://app.example.com`.
        Changes in place."""

    class ClientAuthenticationArgsDict(TypedDict):
        """How the application authenticates at the token endpoint."""

        token_endpoint_auth_method: NotRequired[pulumi.Input[str] | None]
        """`client_secret_basic`, `client_secret_post`, `private_key_jwt` or `tls_client_auth`. Example:
        `client_secret_basic`. Changes in place."""

        token_endpoint_allow_reuse_pvt_key_jwt: NotRequired[pulumi.Input[bool] | None]
        """Accept a signed assertion more than once; with `private_key_jwt` only. Changes in place."""

        token_endpoint_auth_signing_alg: NotRequired[pulumi.Input[str] | None]
        """Algorithm of signed assertions. Example: `PS256`. Changes in place."""

        tls_client_auth_subject_dn: NotRequired[pulumi.Input[str] | None]
        """Subject of the client certificate. At most 2047 characters. Example: `CN=orders`. Changes in place."""

    class CertificateArgsDict(TypedDict):
        """The application's certificate, or where its keys are published."""

        type: pulumi.Input[CertificateType]
        """`JWKS` for the URL of a key set, `PEM` for a certificate. Changes in place."""

        value: pulumi.Input[str]
        """URL of the key set, or the certificate in PEM format. `""` clears it. Example:
        `https://app.example.com/jwks.json`. Changes in place."""

    class HybridFlowArgsDict(TypedDict):
        """The hybrid flow: an authorization response with more than a code."""

        enable: pulumi.Input[bool]
        """Allow it. Changes in place."""

        response_type: NotRequired[pulumi.Input[Sequence[pulumi.Input[HybridFlowResponseType]]] | None]
        """The response types that it may ask for, all of them. Changes in place."""

    class RequestObjectEncryptionArgsDict(TypedDict):
        """Encryption of request objects."""

        algorithm: NotRequired[pulumi.Input[str] | None]
        """Algorithm that encrypts the key. Example: `RSA-OAEP`. Changes in place."""

        method: NotRequired[pulumi.Input[str] | None]
        """Algorithm that encrypts the object. Example: `A128GCM`. Changes in place."""

    class RequestObjectArgsDict(TypedDict):
        """Request objects (JWTs that carry the parameters of an authorization request)."""

        request_object_signing_alg: NotRequired[pulumi.Input[str] | None]
        """Signing algorithm. Example: `PS256`. Changes in place."""

        encryption: NotRequired[pulumi.Input[RequestObjectEncryptionArgs | RequestObjectEncryptionArgsDict] | None]
        """Encryption of request objects. With `algorithm`, `method`. Changes in place."""

    class SubjectArgsDict(TypedDict):
        """Subject identifiers of users."""

        subject_type: NotRequired[pulumi.Input[SubjectSubjectType] | None]
        """`public`, the same for every application, or `pairwise`, one for each sector. Default: `public`. Changes in
        place."""

        sector_identifier_uri: NotRequired[pulumi.Input[str] | None]
        """URL (https) whose host stands for the sector. Required for `pairwise` with several callbacks. At most 2047
        characters. Example: `https://app.example.com/sector.json`. Changes in place."""

    class CibaAuthenticationRequestArgsDict(TypedDict):
        """Client-initiated backchannel authentication (CIBA), by which an application has a user sign in elsewhere."""

        auth_req_expiry_time: pulumi.Input[int]
        """Lifetime of a request, in seconds. Example: `300`. Changes in place."""

        notification_channels: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]] | None]
        """The ways that a user may be told, all of them. Example: `email`. Changes in place."""

        skip_user_validation: NotRequired[pulumi.Input[bool] | None]
        """Accept another user than the one that the request named. Changes in place."""

        allow_federated_users: NotRequired[pulumi.Input[bool] | None]
        """Tell users that are not in the organisation's own store; needs `skip_user_validation`. Older servers do not
        know it. Changes in place."""

    class ClaimMappingArgsDict(TypedDict):
        """A claim under a name of the application's own."""

        application_claim: pulumi.Input[str]
        """The application's name for the claim. Example: `mail`. Changes in place."""

        local_claim: pulumi.Input[str]
        """URI of the claim. Example: `http://wso2.org/claims/emailaddress`. Changes in place."""

    class RequestedClaimArgsDict(TypedDict):
        """A claim that the application asks for."""

        claim: pulumi.Input[str]
        """URI of the claim, or the application's name for it. Example: `http://wso2.org/claims/emailaddress`. Changes
        in place."""

        mandatory: NotRequired[pulumi.Input[bool] | None]
        """Require the claim: a user without it cannot sign in. Changes in place."""

    class SubjectClaimArgsDict(TypedDict):
        """Subject identifier claim."""

        claim: NotRequired[pulumi.Input[str] | None]
        """URI of the claim. Example: `http://wso2.org/claims/emailaddress`. Changes in place."""

        include_user_domain: NotRequired[pulumi.Input[bool] | None]
        """Prepend the user store's domain. Changes in place."""

        include_tenant_domain: NotRequired[pulumi.Input[bool] | None]
        """Append the tenant domain. Changes in place."""

        use_mapped_local_subject: NotRequired[pulumi.Input[bool] | None]
        """Use the local account that a federated user is mapped to. Changes in place."""

    class RoleClaimArgsDict(TypedDict):
        """Role claim."""

        claim: NotRequired[pulumi.Input[str] | None]
        """URI of the claim. Example: `http://wso2.org/claims/emailaddress`. Changes in place."""

        include_user_domain: NotRequired[pulumi.Input[bool] | None]
        """Prepend the user store's domain. Changes in place."""

    class ClaimsArgsDict(TypedDict):
        """The claims that the application is given."""

        dialect: NotRequired[pulumi.Input[ClaimsDialect] | None]
        """`LOCAL` for Asgardeo's claim names, `CUSTOM` for those of `claim_mappings`. Changes in place."""

        claim_mappings: NotRequired[
            pulumi.Input[Sequence[pulumi.Input[ClaimMappingArgs | ClaimMappingArgsDict]]] | None
        ]
        """The application's own claim names, all of them. Each with `application_claim`, `local_claim`. Changes in
        place."""

        requested_claims: NotRequired[
            pulumi.Input[Sequence[pulumi.Input[RequestedClaimArgs | RequestedClaimArgsDict]]] | None
        ]
        """The claims that the application asks for, all of them. Each with `claim`, `mandatory`. Changes in place."""

        subject: NotRequired[pulumi.Input[SubjectClaimArgs | SubjectClaimArgsDict] | None]
        """Subject identifier claim. With `claim`, `include_user_domain`, `include_tenant_domain`,
        `use_mapped_local_subject`. Changes in place."""

        role: NotRequired[pulumi.Input[RoleClaimArgs | RoleClaimArgsDict] | None]
        """Role claim. With `claim`, `include_user_domain`. Changes in place."""

    class AdvancedArgsDict(TypedDict):
        """Settings that few applications need."""

        saas: NotRequired[pulumi.Input[bool] | None]
        """Allow users of other organisations to sign in. Changes in place."""

        discoverable_by_end_users: NotRequired[pulumi.Input[bool] | None]
        """Show the application in the My Account portal; needs `access_url`. Changes in place."""

        skip_login_consent: NotRequired[pulumi.Input[bool] | None]
        """Skip the consent when users sign in. Changes in place."""

        skip_logout_consent: NotRequired[pulumi.Input[bool] | None]
        """Skip the consent when users sign out. Changes in place."""

        return_authenticated_idp_list: NotRequired[pulumi.Input[bool] | None]
        """Return the identity providers that signed the user in. Changes in place."""

        enable_authorization: NotRequired[pulumi.Input[bool] | None]
        """Apply authorization policies when users sign in. Changes in place."""

        enable_api_based_authentication: NotRequired[pulumi.Input[bool] | None]
        """Allow users to sign in within the application, by API. Changes in place."""

    class AuthorizedApiArgsDict(TypedDict):
        """An API that an application may call."""

        api_id: pulumi.Input[str]
        """Id of the API (an `AsgardeoApi`'s `id`), not its identifier. Example: `3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10`.
        A change revokes one API and authorizes another."""

        policy: NotRequired[pulumi.Input[AuthorizedApiPolicy] | None]
        """How scopes are granted: `RBAC` to people by their roles and to the application itself without one, `No
        Policy` to everybody. An API that requires authorization takes `RBAC` only. Default: `RBAC`. A change makes the
        authorization again."""

        scopes: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]] | None]
        """Names of the scopes that the application may ask for, all of them. Left out: scopes are not managed. Example:
        `orders:read`. Changes in place."""

        authorization_details_types: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]] | None]
        """Types of authorization details (RFC 9396) that the application may ask for, all of them. Left out: they are
        not managed. Older servers do not know it. Example: `payment_initiation`. Changes in place."""

    class KeyManagerEndpointsArgsDict(TypedDict):
        """Where an identity provider is reached, each by its address."""

        token_endpoint: pulumi.Input[str]
        """URL that tokens are fetched from. Of an Asgardeo organisation it is all that is needed: at creation the
        others follow from it. Example: `https://api.asgardeo.io/t/acme/oauth2/token`. Changes in place."""

        issuer: NotRequired[pulumi.Input[str] | None]
        """The `iss` claim of its tokens. A gateway knows one key manager for each issuer. Not in the API Portal.
        Example: `https://idp.example.com/oauth2`. Changes in place."""

        jwks_endpoint: NotRequired[pulumi.Input[str] | None]
        """URL of the keys that tokens are verified with. Not in the API Portal. Example:
        `https://idp.example.com/oauth2`. Changes in place."""

        authorize_endpoint: NotRequired[pulumi.Input[str] | None]
        """URL that people sign in at. Not in the API Portal. Example: `https://idp.example.com/oauth2`. Changes in
        place."""

        revoke_endpoint: NotRequired[pulumi.Input[str] | None]
        """URL that tokens are revoked at. Not in the API Portal. Example: `https://idp.example.com/oauth2`. Changes in
        place."""

    class ConnectorSettingArgsDict(TypedDict):
        """A setting of the connector through which the API Manager talks to the identity provider."""

        name: pulumi.Input[str]
        """Name of the setting, as the connector knows it. Example: `mgmt_client_id`. A change removes one setting and
        adds another."""

        value: pulumi.Input[str]
        """Its value. Changes in place."""

    class SubscriptionArgsDict(TypedDict):
        """A subscription to a published API, by its id or by name and version."""

        api_id: NotRequired[pulumi.Input[str] | None]
        """Id of the API in Bijira, in place of name and version. Example: `7a2f41d0-6c1b-4a53-8f0e-1f3b5c7d9e21`. A
        change ends one subscription and makes another."""

        api_name: NotRequired[pulumi.Input[str] | None]
        """Name of the API. Example: `Orders API`. A change ends one subscription and makes another."""

        api_version: NotRequired[pulumi.Input[str] | None]
        """Version of the API. Example: `1.0.0`. A change ends one subscription and makes another."""

        plan: NotRequired[pulumi.Input[str] | None]
        """Subscription plan. Default: `Unlimited`. Example: `Gold`. Changes in place."""

    class SecuredApiRoleArgsDict(TypedDict):
        """A role of the application, and who has it."""

        name: str
        """Name of the role, and the end of its resource's name: plain text, no output. Another name is another role."""

        permissions: pulumi.Input[Sequence[pulumi.Input[str]]]
        """Scopes that the role permits, all of them. An application's role permits only what the application is
        authorized for. Example: `orders:read`. Changes in place: any change, also an addition, signs out everybody who
        has the role."""

        groups: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]] | None]
        """Ids of the groups that have the role, all of them (`get_group` finds one). Left out: not managed. Example:
        `6b8a2e1f-4c5d-4e7a-9f10-2d3c4b5a6978`. Changes in place: members of a group that is taken off are signed
        out."""

        users: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]] | None]
        """Ids of the users who have the role directly, all of them (`get_user` finds one). Left out: not managed.
        Example: `8dac4031-6e7f-409c-9b32-4f5e6d7c8b9a`. Changes in place: users who are taken off are signed out."""

else:
    ApiScopeArgsDict = dict
    AuthorizationDetailsTypeArgsDict = dict
    PkceArgsDict = dict
    AccessTokenArgsDict = dict
    RefreshTokenArgsDict = dict
    EncryptionArgsDict = dict
    IdTokenArgsDict = dict
    LogoutArgsDict = dict
    ClientAuthenticationArgsDict = dict
    CertificateArgsDict = dict
    HybridFlowArgsDict = dict
    RequestObjectEncryptionArgsDict = dict
    RequestObjectArgsDict = dict
    SubjectArgsDict = dict
    CibaAuthenticationRequestArgsDict = dict
    ClaimMappingArgsDict = dict
    RequestedClaimArgsDict = dict
    SubjectClaimArgsDict = dict
    RoleClaimArgsDict = dict
    ClaimsArgsDict = dict
    AdvancedArgsDict = dict
    AuthorizedApiArgsDict = dict
    KeyManagerEndpointsArgsDict = dict
    ConnectorSettingArgsDict = dict
    SubscriptionArgsDict = dict
    SecuredApiRoleArgsDict = dict
