# Generated from the declarations by make generate: change those, not this.
"""An application in Asgardeo: its OAuth 2.0 client and the APIs that it may call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import pulumi

from . import outputs
from .base import Resource
from .enums import AllowedAudience, ApplicationType, FapiProfile, GrantType
from .inputs import (
    AccessTokenArgs,
    AccessTokenArgsDict,
    AdvancedArgs,
    AdvancedArgsDict,
    AuthorizedApiArgs,
    AuthorizedApiArgsDict,
    CertificateArgs,
    CertificateArgsDict,
    CibaAuthenticationRequestArgs,
    CibaAuthenticationRequestArgsDict,
    ClaimsArgs,
    ClaimsArgsDict,
    ClientAuthenticationArgs,
    ClientAuthenticationArgsDict,
    HybridFlowArgs,
    HybridFlowArgsDict,
    IdTokenArgs,
    IdTokenArgsDict,
    LogoutArgs,
    LogoutArgsDict,
    PkceArgs,
    PkceArgsDict,
    RefreshTokenArgs,
    RefreshTokenArgsDict,
    RequestObjectArgs,
    RequestObjectArgsDict,
    SubjectArgs,
    SubjectArgsDict,
)

__all__ = ("AsgardeoApplication",)


class AsgardeoApplication(Resource, module="asgardeo", name="Application"):
    """An application in Asgardeo: its OAuth 2.0 client and the APIs that it may call.

    ## Example Usage

    ```python
    import pulumi
    import pulumi_asgardeo_bijira as wso2

    orders = wso2.AsgardeoApi(
        "orders",
        identifier="https://api.example.com/orders",
        scopes=[{"name": "orders:read"}, {"name": "orders:write"}],
    )
    service = wso2.AsgardeoApplication(
        "orders-service",
        access_token={"application_access_token_expiry_in_seconds": 900},
        authorized_apis=[{"api_id": orders.id, "scopes": ["orders:read", "orders:write"]}],
    )
    web = wso2.AsgardeoApplication(
        "orders-web",
        application_type="web",
        callback_urls=["https://app.example.com/callback"],
        pkce={"mandatory": True},
    )
    pulumi.export("clientId", service.client_id)
    pulumi.export("clientSecret", service.client_secret)
    pulumi.export("webClientId", web.client_id)
    ```

    Errors: a name that another application has; an API or scope that does not exist; a management application without
    the scopes `internal_application_mgt_create`, `_view`, `_update`, `_delete`, for a secret that is shown
    `_client_secret_view`, for `secret_rotation` `_client_secret_create`, and for `authorized_apis`
    `internal_application_business_api_update`, or where an API is the system's own
    `internal_application_internal_api_update`.

    https://wso2.com/asgardeo/docs/guides/applications/
    """

    _kind = "Application"
    _inputs = (
        "name",
        "application_type",
        "description",
        "access_url",
        "image_url",
        "logout_return_url",
        "enabled",
        "grant_types",
        "callback_urls",
        "allowed_origins",
        "public_client",
        "pkce",
        "access_token",
        "refresh_token",
        "id_token",
        "logout",
        "client_authentication",
        "certificate",
        "hybrid_flow",
        "require_pushed_authorization_requests",
        "validate_request_object_signature",
        "request_object",
        "is_fapi_application",
        "fapi_profile",
        "subject",
        "ciba_authentication_request",
        "allowed_audience",
        "claims",
        "advanced",
        "authorized_apis",
        "secret_rotation",
        "adopt",
    )
    _outputs = (
        "organization",
        "client_id",
        "client_secret",
        "issuer",
        "token_endpoint",
        "jwks_endpoint",
    )
    _secret_inputs = ()
    _secret_outputs = ("client_secret",)

    name: pulumi.Output[str] = pulumi.property("name")
    """Name of the application, unique in the organisation, of letters, digits, spaces and `. _ - + ( )`. Default: the
    resource's name. Example: `orders-web`. Changes in place."""

    application_type: pulumi.Output[ApplicationType] = pulumi.property("applicationType")
    """`m2m` (grant client_credentials), `web` (code and refresh token), `spa` or `mobile` (the same, public, PKCE
    mandatory), or `standard`, which needs `grant_types`. Default: `m2m`. A change replaces the application."""

    description: pulumi.Output[str | None] = pulumi.property("description")
    """What the application is for. At most 1024 characters. Changes in place."""

    access_url: pulumi.Output[str | None] = pulumi.property("accessUrl")
    """URL where users find the application. At most 1024 characters. Example: `https://app.example.com`. Changes in
    place."""

    image_url: pulumi.Output[str | None] = pulumi.property("imageUrl")
    """URL of its logo. At most 1024 characters. Example: `https://app.example.com/logo.png`. Changes in place."""

    logout_return_url: pulumi.Output[str | None] = pulumi.property("logoutReturnUrl")
    """URL that users are sent to after they sign out. At most 255 characters. Example: `https://app.example.com`.
    Changes in place."""

    enabled: pulumi.Output[bool | None] = pulumi.property("enabled")
    """Whether the application is enabled. Default: true. Changes in place."""

    grant_types: pulumi.Output[Sequence[GrantType] | None] = pulumi.property("grantTypes")
    """OAuth 2.0 grants that it may use, all of them. Default: those of its type. Changes in place."""

    callback_urls: pulumi.Output[Sequence[str] | None] = pulumi.property("callbackUrls")
    """URLs that users are sent back to: absolute, of any scheme, without fragment. One entry that begins with `regexp=`
    is taken as a regular expression. Up to 2048 characters in all. Required for the grants authorization_code and
    implicit. Example: `https://app.example.com/callback`. Changes in place."""

    allowed_origins: pulumi.Output[Sequence[str] | None] = pulumi.property("allowedOrigins")
    """Origins from which browsers may call Asgardeo (CORS). Example: `https://app.example.com`. Changes in place."""

    public_client: pulumi.Output[bool | None] = pulumi.property("publicClient")
    """Whether it is a public client, which holds no secret, as in a browser or on a phone. Default: by type. Changes in
    place."""

    pkce: pulumi.Output[outputs.Pkce | None] = pulumi.property("pkce")
    """Proof key for code exchange (PKCE). With `mandatory`, `support_plain_transform_algorithm`. Changes in place."""

    access_token: pulumi.Output[outputs.AccessToken | None] = pulumi.property("accessToken")
    """Access tokens. With `type`, `user_access_token_expiry_in_seconds`, `application_access_token_expiry_in_seconds`,
    `binding_type`, `revoke_tokens_when_idp_session_terminated`, `validate_token_binding`, `access_token_attributes`,
    `enable_jwt_scope_as_array`. Default: type `JWT`. Changes in place."""

    refresh_token: pulumi.Output[outputs.RefreshToken | None] = pulumi.property("refreshToken")
    """Refresh tokens. With `expiry_in_seconds`, `renew_refresh_token`, `extend_renewed_refresh_token_expiry_time`,
    `graceful_refresh_token_rotation_enabled`, `graceful_refresh_token_rotation_validity_period`,
    `graceful_refresh_token_reuse_limit`. Changes in place."""

    id_token: pulumi.Output[outputs.IdToken | None] = pulumi.property("idToken")
    """ID tokens. With `expiry_in_seconds`, `audience`, `id_token_signed_response_alg`, `encryption`. Changes in
    place."""

    logout: pulumi.Output[outputs.Logout | None] = pulumi.property("logout")
    """Logout at the application when the session at Asgardeo ends. With `back_channel_logout_url`,
    `front_channel_logout_url`. Changes in place."""

    client_authentication: pulumi.Output[outputs.ClientAuthentication | None] = pulumi.property("clientAuthentication")
    """How it authenticates at the token endpoint. With `token_endpoint_auth_method`,
    `token_endpoint_allow_reuse_pvt_key_jwt`, `token_endpoint_auth_signing_alg`, `tls_client_auth_subject_dn`. Changes
    in place."""

    certificate: pulumi.Output[outputs.Certificate | None] = pulumi.property("certificate")
    """The application's certificate or keys, which `private_key_jwt`, mutual TLS and encryption need. With `type`,
    `value`. Changes in place."""

    hybrid_flow: pulumi.Output[outputs.HybridFlow | None] = pulumi.property("hybridFlow")
    """The hybrid flow: an authorization response with more than a code. With `enable`, `response_type`. Older servers
    do not know it. Changes in place."""

    require_pushed_authorization_requests: pulumi.Output[bool | None] = pulumi.property(
        "requirePushedAuthorizationRequests"
    )
    """Accept pushed authorization requests (PAR, RFC 9126) only. Older servers do not know it. Default: false. Changes
    in place."""

    validate_request_object_signature: pulumi.Output[bool | None] = pulumi.property("validateRequestObjectSignature")
    """Accept signed request objects only. Default: false. Changes in place."""

    request_object: pulumi.Output[outputs.RequestObject | None] = pulumi.property("requestObject")
    """Request objects: how they are signed and encrypted. With `request_object_signing_alg`, `encryption`. Older
    servers do not know it. Changes in place."""

    is_fapi_application: pulumi.Output[bool | None] = pulumi.property("isFapiApplication")
    """Hold the application to a security profile of FAPI. It then needs `access_token.binding_type` `certificate`, or
    under FAPI 2.0 `DPoP`. Older servers do not know it. Default: false. Changes in place."""

    fapi_profile: pulumi.Output[FapiProfile | None] = pulumi.property("fapiProfile")
    """The security profile of FAPI; with `is_fapi_application` only. Older servers do not know it. Default:
    `FAPI1_ADVANCED`. Changes in place."""

    subject: pulumi.Output[outputs.Subject | None] = pulumi.property("subject")
    """Subject identifiers of users: the same for every application, or one for each sector. With `subject_type`,
    `sector_identifier_uri`. Older servers do not know it. Changes in place."""

    ciba_authentication_request: pulumi.Output[outputs.CibaAuthenticationRequest | None] = pulumi.property(
        "cibaAuthenticationRequest"
    )
    """Client-initiated backchannel authentication (CIBA). Required for its grant, and for nothing else. With
    `auth_req_expiry_time`, `notification_channels`, `skip_user_validation`, `allow_federated_users`. Older servers do
    not know it. Changes in place."""

    allowed_audience: pulumi.Output[AllowedAudience | None] = pulumi.property("allowedAudience")
    """Whose roles count for it: its own (`APPLICATION`) or the organisation's. Changes in place. When it becomes
    `ORGANIZATION`, Asgardeo deletes the application's own roles for good; a preview warns of that."""

    claims: pulumi.Output[outputs.Claims | None] = pulumi.property("claims")
    """The claims that it is given. With `dialect`, `claim_mappings`, `requested_claims`, `subject`, `role`. Changes in
    place."""

    advanced: pulumi.Output[outputs.Advanced | None] = pulumi.property("advanced")
    """Settings that few applications need. With `saas`, `discoverable_by_end_users`, `skip_login_consent`,
    `skip_logout_consent`, `return_authenticated_idp_list`, `enable_authorization`, `enable_api_based_authentication`.
    Changes in place."""

    authorized_apis: pulumi.Output[Sequence[outputs.AuthorizedApi] | None] = pulumi.property("authorizedApis")
    """The APIs that it may call, all of them. Left out: authorizations are not managed. Each with `api_id`, `policy`,
    `scopes`, `authorization_details_types`. Changes in place."""

    secret_rotation: pulumi.Output[str | None] = pulumi.property("secretRotation")
    """Any text, such as a date. Each new text rotates the client secret once, and the old secret ends at that moment;
    at creation it is only remembered, and removing it does nothing. Example: `2026-11`. Changes in place."""

    adopt: pulumi.Output[bool | None] = pulumi.property("adopt")
    """Take over the application that already has this name instead of failing. Default: false. Matters at creation
    only."""

    organization: pulumi.Output[str] = pulumi.property("organization")
    """Organisation that it lives in: its name, after the host where that is not Asgardeo's public one."""

    client_id: pulumi.Output[str] = pulumi.property("clientId")
    """OAuth 2.0 client id."""

    client_secret: pulumi.Output[str | None] = pulumi.property("clientSecret")
    """OAuth 2.0 client secret. Absent for a public client, and where the management application may not see it."""

    issuer: pulumi.Output[str] = pulumi.property("issuer")
    """Issuer of its tokens."""

    token_endpoint: pulumi.Output[str] = pulumi.property("tokenEndpoint")
    """URL that tokens are fetched from."""

    jwks_endpoint: pulumi.Output[str] = pulumi.property("jwksEndpoint")
    """URL of the keys that tokens are verified with."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str] | None = None,
        application_type: pulumi.Input[ApplicationType] | None = None,
        description: pulumi.Input[str] | None = None,
        access_url: pulumi.Input[str] | None = None,
        image_url: pulumi.Input[str] | None = None,
        logout_return_url: pulumi.Input[str] | None = None,
        enabled: pulumi.Input[bool] | None = None,
        grant_types: pulumi.Input[Sequence[pulumi.Input[GrantType]]] | None = None,
        callback_urls: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        allowed_origins: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        public_client: pulumi.Input[bool] | None = None,
        pkce: pulumi.Input[PkceArgs | PkceArgsDict] | None = None,
        access_token: pulumi.Input[AccessTokenArgs | AccessTokenArgsDict] | None = None,
        refresh_token: pulumi.Input[RefreshTokenArgs | RefreshTokenArgsDict] | None = None,
        id_token: pulumi.Input[IdTokenArgs | IdTokenArgsDict] | None = None,
        logout: pulumi.Input[LogoutArgs | LogoutArgsDict] | None = None,
        client_authentication: pulumi.Input[ClientAuthenticationArgs | ClientAuthenticationArgsDict] | None = None,
        certificate: pulumi.Input[CertificateArgs | CertificateArgsDict] | None = None,
        hybrid_flow: pulumi.Input[HybridFlowArgs | HybridFlowArgsDict] | None = None,
        require_pushed_authorization_requests: pulumi.Input[bool] | None = None,
        validate_request_object_signature: pulumi.Input[bool] | None = None,
        request_object: pulumi.Input[RequestObjectArgs | RequestObjectArgsDict] | None = None,
        is_fapi_application: pulumi.Input[bool] | None = None,
        fapi_profile: pulumi.Input[FapiProfile] | None = None,
        subject: pulumi.Input[SubjectArgs | SubjectArgsDict] | None = None,
        ciba_authentication_request: pulumi.Input[CibaAuthenticationRequestArgs | CibaAuthenticationRequestArgsDict]
        | None = None,
        allowed_audience: pulumi.Input[AllowedAudience] | None = None,
        claims: pulumi.Input[ClaimsArgs | ClaimsArgsDict] | None = None,
        advanced: pulumi.Input[AdvancedArgs | AdvancedArgsDict] | None = None,
        authorized_apis: pulumi.Input[Sequence[pulumi.Input[AuthorizedApiArgs | AuthorizedApiArgsDict]]] | None = None,
        secret_rotation: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[bool] | None = None,
    ) -> None:
        """Declare it.

        :param resource_name: Name of the resource within the program.
        :param opts: Options that every resource has.
        :param name: Name of the application, unique in the organisation, of letters, digits, spaces and `. _ - + ( )`.
            Default: the resource's name. Example: `orders-web`. Changes in place.
        :param application_type: `m2m` (grant client_credentials), `web` (code and refresh token), `spa` or `mobile`
            (the same, public, PKCE mandatory), or `standard`, which needs `grant_types`. Default: `m2m`. A change
            replaces the application.
        :param description: What the application is for. At most 1024 characters. Changes in place.
        :param access_url: URL where users find the application. At most 1024 characters. Example:
            `https://app.example.com`. Changes in place.
        :param image_url: URL of its logo. At most 1024 characters. Example: `https://app.example.com/logo.png`. Changes
            in place.
        :param logout_return_url: URL that users are sent to after they sign out. At most 255 characters. Example:
            `https://app.example.com`. Changes in place.
        :param enabled: Whether the application is enabled. Default: true. Changes in place.
        :param grant_types: OAuth 2.0 grants that it may use, all of them. Default: those of its type. Changes in place.
        :param callback_urls: URLs that users are sent back to: absolute, of any scheme, without fragment. One entry
            that begins with `regexp=` is taken as a regular expression. Up to 2048 characters in all. Required for the
            grants authorization_code and implicit. Example: `https://app.example.com/callback`. Changes in place.
        :param allowed_origins: Origins from which browsers may call Asgardeo (CORS). Example:
            `https://app.example.com`. Changes in place.
        :param public_client: Whether it is a public client, which holds no secret, as in a browser or on a phone.
            Default: by type. Changes in place.
        :param pkce: Proof key for code exchange (PKCE). With `mandatory`, `support_plain_transform_algorithm`. Changes
            in place.
        :param access_token: Access tokens. With `type`, `user_access_token_expiry_in_seconds`,
            `application_access_token_expiry_in_seconds`, `binding_type`, `revoke_tokens_when_idp_session_terminated`,
            `validate_token_binding`, `access_token_attributes`, `enable_jwt_scope_as_array`. Default: type `JWT`.
            Changes in place.
        :param refresh_token: Refresh tokens. With `expiry_in_seconds`, `renew_refresh_token`,
            `extend_renewed_refresh_token_expiry_time`, `graceful_refresh_token_rotation_enabled`,
            `graceful_refresh_token_rotation_validity_period`, `graceful_refresh_token_reuse_limit`. Changes in place.
        :param id_token: ID tokens. With `expiry_in_seconds`, `audience`, `id_token_signed_response_alg`, `encryption`.
            Changes in place.
        :param logout: Logout at the application when the session at Asgardeo ends. With `back_channel_logout_url`,
            `front_channel_logout_url`. Changes in place.
        :param client_authentication: How it authenticates at the token endpoint. With `token_endpoint_auth_method`,
            `token_endpoint_allow_reuse_pvt_key_jwt`, `token_endpoint_auth_signing_alg`, `tls_client_auth_subject_dn`.
            Changes in place.
        :param certificate: The application's certificate or keys, which `private_key_jwt`, mutual TLS and encryption
            need. With `type`, `value`. Changes in place.
        :param hybrid_flow: The hybrid flow: an authorization response with more than a code. With `enable`,
            `response_type`. Older servers do not know it. Changes in place.
        :param require_pushed_authorization_requests: Accept pushed authorization requests (PAR, RFC 9126) only. Older
            servers do not know it. Default: false. Changes in place.
        :param validate_request_object_signature: Accept signed request objects only. Default: false. Changes in place.
        :param request_object: Request objects: how they are signed and encrypted. With `request_object_signing_alg`,
            `encryption`. Older servers do not know it. Changes in place.
        :param is_fapi_application: Hold the application to a security profile of FAPI. It then needs
            `access_token.binding_type` `certificate`, or under FAPI 2.0 `DPoP`. Older servers do not know it. Default:
            false. Changes in place.
        :param fapi_profile: The security profile of FAPI; with `is_fapi_application` only. Older servers do not know
            it. Default: `FAPI1_ADVANCED`. Changes in place.
        :param subject: Subject identifiers of users: the same for every application, or one for each sector. With
            `subject_type`, `sector_identifier_uri`. Older servers do not know it. Changes in place.
        :param ciba_authentication_request: Client-initiated backchannel authentication (CIBA). Required for its grant,
            and for nothing else. With `auth_req_expiry_time`, `notification_channels`, `skip_user_validation`,
            `allow_federated_users`. Older servers do not know it. Changes in place.
        :param allowed_audience: Whose roles count for it: its own (`APPLICATION`) or the organisation's. Changes in
            place. When it becomes `ORGANIZATION`, Asgardeo deletes the application's own roles for good; a preview
            warns of that.
        :param claims: The claims that it is given. With `dialect`, `claim_mappings`, `requested_claims`, `subject`,
            `role`. Changes in place.
        :param advanced: Settings that few applications need. With `saas`, `discoverable_by_end_users`,
            `skip_login_consent`, `skip_logout_consent`, `return_authenticated_idp_list`, `enable_authorization`,
            `enable_api_based_authentication`. Changes in place.
        :param authorized_apis: The APIs that it may call, all of them. Left out: authorizations are not managed. Each
            with `api_id`, `policy`, `scopes`, `authorization_details_types`. Changes in place.
        :param secret_rotation: Any text, such as a date. Each new text rotates the client secret once, and the old
            secret ends at that moment; at creation it is only remembered, and removing it does nothing. Example:
            `2026-11`. Changes in place.
        :param adopt: Take over the application that already has this name instead of failing. Default: false. Matters
            at creation only.
        """
        inputs: dict[str, Any] = {
            "name": resource_name if name is None else name,
            "application_type": application_type,
            "description": description,
            "access_url": access_url,
            "image_url": image_url,
            "logout_return_url": logout_return_url,
            "enabled": enabled,
            "grant_types": grant_types,
            "callback_urls": callback_urls,
            "allowed_origins": allowed_origins,
            "public_client": public_client,
            "pkce": pkce,
            "access_token": access_token,
            "refresh_token": refresh_token,
            "id_token": id_token,
            "logout": logout,
            "client_authentication": client_authentication,
            "certificate": certificate,
            "hybrid_flow": hybrid_flow,
            "require_pushed_authorization_requests": require_pushed_authorization_requests,
            "validate_request_object_signature": validate_request_object_signature,
            "request_object": request_object,
            "is_fapi_application": is_fapi_application,
            "fapi_profile": fapi_profile,
            "subject": subject,
            "ciba_authentication_request": ciba_authentication_request,
            "allowed_audience": allowed_audience,
            "claims": claims,
            "advanced": advanced,
            "authorized_apis": authorized_apis,
            "secret_rotation": secret_rotation,
            "adopt": adopt,
        }
        self._register(resource_name, inputs, opts)

    @classmethod
    def get(cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None) -> Self:
        """Read one that exists, without managing it.

        :param resource_name: Name of the resource within the program.
        :param id: Id of the application, a UUID.
        :param opts: Options that every resource has.
        """
        return cls._get(resource_name, id, opts)
