"""An application in Asgardeo: its OAuth 2.0 client and the APIs that it may call."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import pulumi

from .application_args import (
    AccessTokenArgs,
    AdvancedArgs,
    AuthorizedApiArgs,
    ClaimsArgs,
    ClientAuthenticationArgs,
    IdTokenArgs,
    LogoutArgs,
    PkceArgs,
    RefreshTokenArgs,
)
from .base import Resource

__all__ = ("AsgardeoApplication",)


class AsgardeoApplication(Resource, module="asgardeo", name="Application"):
    """An application in Asgardeo: its OAuth 2.0 client and the APIs that it may call.

    Errors: a name that another application has; an API or scope that does not exist; a management application without
    the scopes `internal_application_mgt_create`, `_view`, `_update`, `_delete`, `_client_secret_view`,
    `_client_secret_create`, `internal_application_business_api_update` and `internal_application_internal_api_update`.

    https://wso2.com/asgardeo/docs/guides/applications/
    """

    _kind = "Application"
    _outputs = (
        "organization",
        "client_id",
        "client_secret",
        "issuer",
        "token_endpoint",
        "jwks_endpoint",
    )
    _secret_outputs = ("client_secret",)

    name: pulumi.Output[str]
    """Name of the application, unique in the organisation, of letters, digits, blanks and `. _ - + ( )`. Default: the
    resource's name. Changes in place."""

    application_type: pulumi.Output[str]
    """`m2m` (grant client_credentials), `web` (code and refresh token), `spa` or `mobile` (the same, public, PKCE
    mandatory), or `standard`, which needs `grant_types`. Default: `m2m`. A change replaces the application."""

    description: pulumi.Output[str | None]
    """What the application is for, up to 1024 characters. Changes in place."""

    access_url: pulumi.Output[str | None]
    """URL where users find the application, up to 1024 characters. Changes in place."""

    image_url: pulumi.Output[str | None]
    """URL of its logo, up to 1024 characters. Changes in place."""

    logout_return_url: pulumi.Output[str | None]
    """URL that users are sent to after they signed out, up to 255 characters. Changes in place."""

    enabled: pulumi.Output[bool | None]
    """Whether tokens are given out to it. The platform's default is true. Changes in place."""

    grant_types: pulumi.Output[Sequence[str] | None]
    """OAuth 2.0 grants that it may use, all of them. Left out: those of its type. Changes in place."""

    callback_urls: pulumi.Output[Sequence[str] | None]
    """URLs that users are sent back to: absolute, of any scheme, without fragment. One entry that begins with `regexp=`
    is taken as a regular expression. Up to 2048 characters in all. Required for the grants authorization_code and
    implicit. Changes in place."""

    allowed_origins: pulumi.Output[Sequence[str] | None]
    """Origins from which browsers may call Asgardeo (CORS). Changes in place."""

    public_client: pulumi.Output[bool | None]
    """Whether it holds no secret, as in a browser or on a phone. Default: by type. Changes in place."""

    pkce: pulumi.Output[Mapping[str, Any] | None]
    """Proof key for code exchange. Changes in place."""

    access_token: pulumi.Output[Mapping[str, Any] | None]
    """Access tokens. Default: type `JWT`. Changes in place."""

    refresh_token: pulumi.Output[Mapping[str, Any] | None]
    """Refresh tokens. Changes in place."""

    id_token: pulumi.Output[Mapping[str, Any] | None]
    """ID tokens. Changes in place."""

    logout: pulumi.Output[Mapping[str, Any] | None]
    """Logout at the application when the session at Asgardeo ends. Changes in place."""

    client_authentication: pulumi.Output[Mapping[str, Any] | None]
    """How it proves itself to the token endpoint. Changes in place."""

    allowed_audience: pulumi.Output[str | None]
    """Whose roles count for it: its own (`APPLICATION`) or the organisation's. Changes in place."""

    claims: pulumi.Output[Mapping[str, Any] | None]
    """The claims that it is given. Changes in place."""

    advanced: pulumi.Output[Mapping[str, Any] | None]
    """Settings that few applications need. Changes in place."""

    authorized_apis: pulumi.Output[Sequence[Mapping[str, Any]] | None]
    """The APIs that it may call, all of them. Left out: authorizations are not managed. Changes in place."""

    secret_rotation: pulumi.Output[str | None]
    """Any text, such as a date. Each new text rotates the client secret once, and the old secret ends at that moment;
    at creation it is only remembered, and removing it does nothing. Changes in place."""

    adopt: pulumi.Output[bool | None]
    """Take over the application that already has this name instead of failing. Default: false. Matters at creation
    only."""

    organization: pulumi.Output[str]
    """Organisation that it lives in: its name, after the host where that is not Asgardeo's public one."""

    client_id: pulumi.Output[str]
    """OAuth 2.0 client id."""

    client_secret: pulumi.Output[str | None]
    """OAuth 2.0 client secret. Absent for a public client, and where the management application may not see it."""

    issuer: pulumi.Output[str]
    """Issuer of its tokens."""

    token_endpoint: pulumi.Output[str]
    """URL that tokens are fetched from."""

    jwks_endpoint: pulumi.Output[str]
    """URL of the keys that tokens are verified with."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str] | None = None,
        application_type: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        access_url: pulumi.Input[str] | None = None,
        image_url: pulumi.Input[str] | None = None,
        logout_return_url: pulumi.Input[str] | None = None,
        enabled: pulumi.Input[bool] | None = None,
        grant_types: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        callback_urls: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        allowed_origins: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        public_client: pulumi.Input[bool] | None = None,
        pkce: pulumi.Input[PkceArgs | Mapping[str, Any]] | None = None,
        access_token: pulumi.Input[AccessTokenArgs | Mapping[str, Any]] | None = None,
        refresh_token: pulumi.Input[RefreshTokenArgs | Mapping[str, Any]] | None = None,
        id_token: pulumi.Input[IdTokenArgs | Mapping[str, Any]] | None = None,
        logout: pulumi.Input[LogoutArgs | Mapping[str, Any]] | None = None,
        client_authentication: pulumi.Input[ClientAuthenticationArgs | Mapping[str, Any]] | None = None,
        allowed_audience: pulumi.Input[str] | None = None,
        claims: pulumi.Input[ClaimsArgs | Mapping[str, Any]] | None = None,
        advanced: pulumi.Input[AdvancedArgs | Mapping[str, Any]] | None = None,
        authorized_apis: pulumi.Input[Sequence[pulumi.Input[AuthorizedApiArgs | Mapping[str, Any]]]] | None = None,
        secret_rotation: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[bool] | None = None,
    ) -> None:
        """Declare it.

        :param resource_name: Name of the resource within the program.
        :param opts: Options that every resource has.
        :param name: Name of the application, unique in the organisation, of letters, digits, blanks and `. _ - + ( )`.
            Default: the resource's name. Changes in place.
        :param application_type: `m2m` (grant client_credentials), `web` (code and refresh token), `spa` or `mobile`
            (the same, public, PKCE mandatory), or `standard`, which needs `grant_types`. Default: `m2m`. A change
            replaces the application.
        :param description: What the application is for, up to 1024 characters. Changes in place.
        :param access_url: URL where users find the application, up to 1024 characters. Changes in place.
        :param image_url: URL of its logo, up to 1024 characters. Changes in place.
        :param logout_return_url: URL that users are sent to after they signed out, up to 255 characters. Changes in
            place.
        :param enabled: Whether tokens are given out to it. The platform's default is true. Changes in place.
        :param grant_types: OAuth 2.0 grants that it may use, all of them. Left out: those of its type. Changes in
            place.
        :param callback_urls: URLs that users are sent back to: absolute, of any scheme, without fragment. One entry
            that begins with `regexp=` is taken as a regular expression. Up to 2048 characters in all. Required
            for the grants authorization_code and implicit. Changes in place.
        :param allowed_origins: Origins from which browsers may call Asgardeo (CORS). Changes in place.
        :param public_client: Whether it holds no secret, as in a browser or on a phone. Default: by type. Changes in
            place.
        :param pkce: Proof key for code exchange. Changes in place.
        :param access_token: Access tokens. Default: type `JWT`. Changes in place.
        :param refresh_token: Refresh tokens. Changes in place.
        :param id_token: ID tokens. Changes in place.
        :param logout: Logout at the application when the session at Asgardeo ends. Changes in place.
        :param client_authentication: How it proves itself to the token endpoint. Changes in place.
        :param allowed_audience: Whose roles count for it: its own (`APPLICATION`) or the organisation's. Changes in
            place.
        :param claims: The claims that it is given. Changes in place.
        :param advanced: Settings that few applications need. Changes in place.
        :param authorized_apis: The APIs that it may call, all of them. Left out: authorizations are not managed.
            Changes in place.
        :param secret_rotation: Any text, such as a date. Each new text rotates the client secret once, and the old
            secret ends at that moment; at creation it is only remembered, and removing it does nothing. Changes in
            place.
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
        :param id: Its id, a UUID.
        :param opts: Options that every resource has.
        """
        return cls._get(
            resource_name,
            id,
            opts,
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
            "allowed_audience",
            "claims",
            "advanced",
            "authorized_apis",
            "secret_rotation",
            "adopt",
        )
