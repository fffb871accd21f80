# Generated from the declarations by make generate: change those, not this.
"""Objects that a program reads: by attribute, or by key as in a plain dict."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from .enums import (
    AccessTokenType,
    AuthorizedApiPolicy,
    CertificateType,
    ClaimsDialect,
    HybridFlowResponseType,
    SubjectSubjectType,
)
from .objects import OutputObject, output_type

__all__ = (
    "AccessToken",
    "Advanced",
    "ApiScope",
    "AuthorizationDetailsType",
    "AuthorizedApi",
    "Certificate",
    "CibaAuthenticationRequest",
    "ClaimMapping",
    "Claims",
    "ClientAuthentication",
    "ConnectorSetting",
    "Encryption",
    "HybridFlow",
    "IdToken",
    "KeyManagerEndpoints",
    "Logout",
    "Pkce",
    "RefreshToken",
    "RequestObject",
    "RequestObjectEncryption",
    "RequestedClaim",
    "RoleClaim",
    "SecuredApiRole",
    "Subject",
    "SubjectClaim",
    "Subscription",
)


@output_type
class ApiScope(OutputObject):
    """A scope that an API defines."""

    name: str = pulumi.property("name")
    """Name of the scope, as tokens carry it. Unique among all APIs of the organisation."""

    display_name: str | None = pulumi.property("displayName")
    """Name that people see."""

    description: str | None = pulumi.property("description")
    """What the scope allows."""


@output_type
class AuthorizationDetailsType(OutputObject):
    """A type of authorization details (RFC 9396) that an API defines."""

    type: str = pulumi.property("type")
    """The type, as requests name it. Unique among all APIs of the organisation."""

    name: str = pulumi.property("name")
    """Name that people see, of at least 3 characters."""

    description: str = pulumi.property("description")
    """What the type is for."""

    json_schema: str = pulumi.property("jsonSchema")
    """JSON Schema of such details, as JSON text."""


@output_type
class Pkce(OutputObject):
    """Proof key for code exchange (PKCE)."""

    mandatory: bool | None = pulumi.property("mandatory")
    """Require PKCE."""

    support_plain_transform_algorithm: bool | None = pulumi.property("supportPlainTransformAlgorithm")
    """Accept plain challenges besides hashed ones."""


@output_type
class AccessToken(OutputObject):
    """Access tokens."""

    type: AccessTokenType | None = pulumi.property("type")
    """`JWT`, which gateways can verify, or `Default`, an opaque token."""

    user_access_token_expiry_in_seconds: int | None = pulumi.property("userAccessTokenExpiryInSeconds")
    """Lifetime of a user's token, in seconds."""

    application_access_token_expiry_in_seconds: int | None = pulumi.property("applicationAccessTokenExpiryInSeconds")
    """Lifetime of an application's own token, in seconds."""

    binding_type: str | None = pulumi.property("bindingType")
    """What a token is bound to: `None`, `cookie`, `sso-session`, `device-flow`, `DPoP`, `certificate` or
    `client-request`."""

    revoke_tokens_when_idp_session_terminated: bool | None = pulumi.property("revokeTokensWhenIdpSessionTerminated")
    """Revoke tokens when the user's session ends."""

    validate_token_binding: bool | None = pulumi.property("validateTokenBinding")
    """Validate the binding when a token is used."""

    access_token_attributes: Sequence[str] | None = pulumi.property("accessTokenAttributes")
    """OIDC claims that a JWT carries."""

    enable_jwt_scope_as_array: bool | None = pulumi.property("enableJwtScopeAsArray")
    """List the scopes of a JWT as an array instead of one text."""


@output_type
class RefreshToken(OutputObject):
    """Refresh tokens."""

    expiry_in_seconds: int | None = pulumi.property("expiryInSeconds")
    """Lifetime, in seconds."""

    renew_refresh_token: bool | None = pulumi.property("renewRefreshToken")
    """Issue a new refresh token with each use."""

    extend_renewed_refresh_token_expiry_time: bool | None = pulumi.property("extendRenewedRefreshTokenExpiryTime")
    """Give a renewed refresh token its full lifetime again."""

    graceful_refresh_token_rotation_enabled: bool | None = pulumi.property("gracefulRefreshTokenRotationEnabled")
    """Accept the former refresh token for a while after it was renewed, as when an answer was lost."""

    graceful_refresh_token_rotation_validity_period: int | None = pulumi.property(
        "gracefulRefreshTokenRotationValidityPeriod"
    )
    """How long the former refresh token is still accepted, in seconds: at most 60."""

    graceful_refresh_token_reuse_limit: int | None = pulumi.property("gracefulRefreshTokenReuseLimit")
    """How many times the former refresh token is still accepted: at most 5."""


@output_type
class Encryption(OutputObject):
    """Encryption of ID tokens."""

    enabled: bool | None = pulumi.property("enabled")
    """Encrypt ID tokens."""

    algorithm: str | None = pulumi.property("algorithm")
    """Algorithm that encrypts the key."""

    method: str | None = pulumi.property("method")
    """Algorithm that encrypts the token."""


@output_type
class IdToken(OutputObject):
    """ID tokens."""

    expiry_in_seconds: int | None = pulumi.property("expiryInSeconds")
    """Lifetime, in seconds."""

    audience: Sequence[str] | None = pulumi.property("audience")
    """Further audiences of ID tokens. An access token's audience is the client id alone."""

    id_token_signed_response_alg: str | None = pulumi.property("idTokenSignedResponseAlg")
    """Signing algorithm."""

    encryption: Encryption | None = pulumi.property("encryption")
    """Encryption of ID tokens."""


@output_type
class Logout(OutputObject):
    """Logout at the application when the session at Asgardeo ends."""

    back_channel_logout_url: str | None = pulumi.property("backChannelLogoutUrl")
    """URL that Asgardeo calls. `""` clears it."""

    front_channel_logout_url: str | None = pulumi.property("frontChannelLogoutUrl")
    """URL that the browser is sent to. `""` clears it."""


@output_type
class ClientAuthentication(OutputObject):
    """How the application authenticates at the token endpoint."""

    token_endpoint_auth_method: str | None = pulumi.property("tokenEndpointAuthMethod")
    """`client_secret_basic`, `client_secret_post`, `private_key_jwt` or `tls_client_auth`."""

    token_endpoint_allow_reuse_pvt_key_jwt: bool | None = pulumi.property("tokenEndpointAllowReusePvtKeyJwt")
    """Accept a signed assertion more than once; with `private_key_jwt` only."""

    token_endpoint_auth_signing_alg: str | None = pulumi.property("tokenEndpointAuthSigningAlg")
    """Algorithm of signed assertions."""

    tls_client_auth_subject_dn: str | None = pulumi.property("tlsClientAuthSubjectDn")
    """Subject of the client certificate."""


@output_type
class Certificate(OutputObject):
    """The application's certificate, or where its keys are published."""

    type: CertificateType = pulumi.property("type")
    """`JWKS` for the URL of a key set, `PEM` for a certificate."""

    value: str = pulumi.property("value")
    """URL of the key set, or the certificate in PEM format. `""` clears it."""


@output_type
class HybridFlow(OutputObject):
    """The hybrid flow: an authorization response with more than a code."""

    enable: bool = pulumi.property("enable")
    """Allow it."""

    response_type: Sequence[HybridFlowResponseType] | None = pulumi.property("responseType")
    """The response types that it may ask for, all of them."""


@output_type
class RequestObjectEncryption(OutputObject):
    """Encryption of request objects."""

    algorithm: str | None = pulumi.property("algorithm")
    """Algorithm that encrypts the key."""

    method: str | None = pulumi.property("method")
    """Algorithm that encrypts the object."""


@output_type
class RequestObject(OutputObject):
    """Request objects (JWTs that carry the parameters of an authorization request)."""

    request_object_signing_alg: str | None = pulumi.property("requestObjectSigningAlg")
    """Signing algorithm."""

    encryption: RequestObjectEncryption | None = pulumi.property("encryption")
    """Encryption of request objects."""


@output_type
class Subject(OutputObject):
    """Subject identifiers of users."""

    subject_type: SubjectSubjectType | None = pulumi.property("subjectType")
    """`public`, the same for every application, or `pairwise`, one for each sector."""

    sector_identifier_uri: str | None = pulumi.property("sectorIdentifierUri")
    """URL (https) whose host stands for the sector. Required for `pairwise` with several callbacks."""


@output_type
class CibaAuthenticationRequest(OutputObject):
    """Client-initiated backchannel authentication (CIBA), by which an application has a user sign in elsewhere."""

    auth_req_expiry_time: int = pulumi.property("authReqExpiryTime")
    """Lifetime of a request, in seconds."""

    notification_channels: Sequence[str] | None = pulumi.property("notificationChannels")
    """The ways that a user may be told, all of them."""

    skip_user_validation: bool | None = pulumi.property("skipUserValidation")
    """Accept another user than the one that the request named."""

    allow_federated_users: bool | None = pulumi.property("allowFederatedUsers")
    """Tell users that are not in the organisation's own store; needs `skip_user_validation`."""


@output_type
class ClaimMapping(OutputObject):
    """A claim under a name of the application's own."""

    application_claim: str = pulumi.property("applicationClaim")
    """The application's name for the claim."""

    local_claim: str = pulumi.property("localClaim")
    """URI of the claim."""


@output_type
class RequestedClaim(OutputObject):
    """A claim that the application asks for."""

    claim: str = pulumi.property("claim")
    """URI of the claim, or the application's name for it."""

    mandatory: bool | None = pulumi.property("mandatory")
    """Require the claim: a user without it cannot sign in."""


@output_type
class SubjectClaim(OutputObject):
    """Subject identifier claim."""

    claim: str | None = pulumi.property("claim")
    """URI of the claim."""

    include_user_domain: bool | None = pulumi.property("includeUserDomain")
    """Prepend the user store's domain."""

    include_tenant_domain: bool | None = pulumi.property("includeTenantDomain")
    """Append the tenant domain."""

    use_mapped_local_subject: bool | None = pulumi.property("useMappedLocalSubject")
    """Use the local account that a federated user is mapped to."""


@output_type
class RoleClaim(OutputObject):
    """Role claim."""

    claim: str | None = pulumi.property("claim")
    """URI of the claim."""

    include_user_domain: bool | None = pulumi.property("includeUserDomain")
    """Prepend the user store's domain."""


@output_type
class Claims(OutputObject):
    """The claims that the application is given."""

    dialect: ClaimsDialect | None = pulumi.property("dialect")
    """`LOCAL` for Asgardeo's claim names, `CUSTOM` for those of `claim_mappings`."""

    claim_mappings: Sequence[ClaimMapping] | None = pulumi.property("claimMappings")
    """The application's own claim names, all of them."""

    requested_claims: Sequence[RequestedClaim] | None = pulumi.property("requestedClaims")
    """The claims that the application asks for, all of them."""

    subject: SubjectClaim | None = pulumi.property("subject")
    """Subject identifier claim."""

    role: RoleClaim | None = pulumi.property("role")
    """Role claim."""


@output_type
class Advanced(OutputObject):
    """Settings that few applications need."""

    saas: bool | None = pulumi.property("saas")
    """Allow users of other organisations to sign in."""

    discoverable_by_end_users: bool | None = pulumi.property("discoverableByEndUsers")
    """Show the application in the My Account portal; needs `access_url`."""

    skip_login_consent: bool | None = pulumi.property("skipLoginConsent")
    """Skip the consent when users sign in."""

    skip_logout_consent: bool | None = pulumi.property("skipLogoutConsent")
    """Skip the consent when users sign out."""

    return_authenticated_idp_list: bool | None = pulumi.property("returnAuthenticatedIdpList")
    """Return the identity providers that signed the user in."""

    enable_authorization: bool | None = pulumi.property("enableAuthorization")
    """Apply authorization policies when users sign in."""

    enable_api_based_authentication: bool | None = pulumi.property("enableApiBasedAuthentication")
    """Allow users to sign in within the application, by API."""


@output_type
class AuthorizedApi(OutputObject):
    """An API that an application may call."""

    api_id: str = pulumi.property("apiId")
    """Id of the API (an `AsgardeoApi`'s `id`), not its identifier."""

    policy: AuthorizedApiPolicy = pulumi.property("policy")
    """How scopes are granted: `RBAC` to people by their roles and to the application itself without one, `No Policy` to
    everybody. An API that requires authorization takes `RBAC` only."""

    scopes: Sequence[str] | None = pulumi.property("scopes")
    """Names of the scopes that the application may ask for, all of them. Left out: scopes are not managed."""

    authorization_details_types: Sequence[str] | None = pulumi.property("authorizationDetailsTypes")
    """Types of authorization details (RFC 9396) that the application may ask for, all of them. Left out: they are not
    managed."""


@output_type
class KeyManagerEndpoints(OutputObject):
    """Where an identity provider is reached, each by its address."""

    token_endpoint: str = pulumi.property("tokenEndpoint")
    """URL that tokens are fetched from. Of an Asgardeo organisation it is all that is needed: at creation the others
    follow from it."""

    issuer: str | None = pulumi.property("issuer")
    """The `iss` claim of its tokens. A gateway knows one key manager for each issuer. Not in the API Portal."""

    jwks_endpoint: str | None = pulumi.property("jwksEndpoint")
    """URL of the keys that tokens are verified with. Not in the API Portal."""

    authorize_endpoint: str | None = pulumi.property("authorizeEndpoint")
    """URL that people sign in at. Not in the API Portal."""

    revoke_endpoint: str | None = pulumi.property("revokeEndpoint")
    """URL that tokens are revoked at. Not in the API Portal."""


@output_type
class ConnectorSetting(OutputObject):
    """A setting of the connector through which the API Manager talks to the identity provider."""

    name: str = pulumi.property("name")
    """Name of the setting, as the connector knows it."""

    value: str = pulumi.property("value")
    """Its value."""


@output_type
class Subscription(OutputObject):
    """A subscription to a published API, by its id or by name and version."""

    api_id: str | None = pulumi.property("apiId")
    """Id of the API in Bijira, in place of name and version."""

    api_name: str | None = pulumi.property("apiName")
    """Name of the API."""

    api_version: str | None = pulumi.property("apiVersion")
    """Version of the API."""

    plan: str = pulumi.property("plan")
    """Subscription plan."""


@output_type
class SecuredApiRole(OutputObject):
    """A role of the application, and who has it."""

    name: str | None = pulumi.property("name")
    """Name of the role, and the end of its resource's name: plain text, no output. Another name is another role."""

    permissions: Sequence[str] | None = pulumi.property("permissions")
    """Scopes that the role permits, all of them. An application's role permits only what the application is authorized
    for."""

    groups: Sequence[str] | None = pulumi.property("groups")
    """Ids of the groups that have the role, all of them (`get_group` finds one). Left out: not managed."""

    users: Sequence[str] | None = pulumi.property("users")
    """Ids of the users who have the role directly, all of them (`get_user` finds one). Left out: not managed."""
