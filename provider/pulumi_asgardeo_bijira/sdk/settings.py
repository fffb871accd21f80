# Generated from the declarations by make generate: change those, not this.
"""Settings of an explicit provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

import pulumi

from .enums import AsgardeoRoleWarnings, AsgardeoStrictSettings, BijiraBackend, BijiraGrantType, BijiraStrictSettings
from .objects import InputObject, input_type

__all__ = (
    "SECRET_SETTINGS",
    "AsgardeoSettingsArgs",
    "AsgardeoSettingsArgsDict",
    "BijiraSettingsArgs",
    "BijiraSettingsArgsDict",
)

#: The settings that are sealed in the state.
SECRET_SETTINGS = frozenset({"access_token", "client_secret", "password", "private_key", "subject_token"})


@input_type
class AsgardeoSettingsArgs(InputObject):
    """Where Asgardeo is and how to sign in to it."""

    client_id: pulumi.Input[str] | None = pulumi.property("clientId", default=None)
    """Client id of the management application."""

    client_secret: pulumi.Input[str] | None = pulumi.property("clientSecret", default=None)
    """The client's secret."""

    private_key: pulumi.Input[str] | None = pulumi.property("privateKey", default=None)
    """The client's private key as PEM text, instead of a secret (private_key_jwt)."""

    private_key_file: pulumi.Input[str] | None = pulumi.property("privateKeyFile", default=None)
    """PEM file with the private key, instead of a secret; read at each sign-in."""

    key_id: pulumi.Input[str] | None = pulumi.property("keyId", default=None)
    """Id of the private key (`kid`), where several are registered."""

    signing_algorithm: pulumi.Input[str] | None = pulumi.property("signingAlgorithm", default=None)
    """Algorithm of the private key, such as `PS256`. Default: `RS256` or `ES256`."""

    client_assertion_file: pulumi.Input[str] | None = pulumi.property("clientAssertionFile", default=None)
    """File with a signed client assertion, instead of a secret; read at each sign-in, so that it can be renewed."""

    access_token: pulumi.Input[str] | None = pulumi.property("accessToken", default=None)
    """An access token to use instead of signing in."""

    organization: pulumi.Input[str] | None = pulumi.property("organization", default=None)
    """Name of the organisation, as in the console's address."""

    base_url: pulumi.Input[str] | None = pulumi.property("baseUrl", default=None)
    """Address of the platform, by region. Default: `https://api.asgardeo.io`."""

    ca_bundle: pulumi.Input[str] | None = pulumi.property("caBundle", default=None)
    """PEM file of the authority to trust instead of the system's."""

    requests_per_minute: pulumi.Input[int] | None = pulumi.property("requestsPerMinute", default=None)
    """How many requests a minute are sent to each family of endpoints (`/api/server`, `/scim2`, `/oauth2`), by all
    programs of a user on one machine together; 0: no limit but what the platform announces or refuses. To an address of
    this machine there is no limit unless one is set. Default: `200`."""

    role_warnings: pulumi.Input[AsgardeoRoleWarnings] | None = pulumi.property("roleWarnings", default=None)
    """`on` or `off`: whether a preview warns of people who would get no scope for want of a role, and of roles that a
    change deletes. Default: `on`."""

    strict_settings: pulumi.Input[AsgardeoStrictSettings] | None = pulumi.property("strictSettings", default=None)
    """`on` or `off`: whether a preview fails, and does not only warn, where a setting of the platform is missing or
    wrong. Default: `off`."""


@input_type
class BijiraSettingsArgs(InputObject):
    """Where Bijira, or a self-hosted API Manager, is and how to sign in to it."""

    client_id: pulumi.Input[str] | None = pulumi.property("clientId", default=None)
    """Client id to sign in with."""

    client_secret: pulumi.Input[str] | None = pulumi.property("clientSecret", default=None)
    """The client's secret; a public client that exchanges tokens has none."""

    org_handle: pulumi.Input[str] | None = pulumi.property("orgHandle", default=None)
    """Handle of the organisation, sent to the token endpoint."""

    token_url: pulumi.Input[str] | None = pulumi.property("tokenUrl", default=None)
    """Address of the token endpoint. Default: `https://sts.choreo.dev/oauth2/token`."""

    grant_type: pulumi.Input[BijiraGrantType] | None = pulumi.property("grantType", default=None)
    """`client_credentials`, `password` or `token_exchange`. Default: what a password or a subject token asks for, else
    `client_credentials`."""

    username: pulumi.Input[str] | None = pulumi.property("username", default=None)
    """User name, where `bijira:grantType` is `password` (a self-hosted API Manager)."""

    password: pulumi.Input[str] | None = pulumi.property("password", default=None)
    """The user's password."""

    subject_token: pulumi.Input[str] | None = pulumi.property("subjectToken", default=None)
    """A token of an identity provider, to exchange for one of Bijira's."""

    subject_token_file: pulumi.Input[str] | None = pulumi.property("subjectTokenFile", default=None)
    """File with the token to exchange; read at each sign-in, so that it can be renewed."""

    subject_token_type: pulumi.Input[str] | None = pulumi.property("subjectTokenType", default=None)
    """Type of the token to exchange. Default: `urn:ietf:params:oauth:token-type:jwt`."""

    requested_token_type: pulumi.Input[str] | None = pulumi.property("requestedTokenType", default=None)
    """Type of the token that is asked for. Default: `urn:ietf:params:oauth:token-type:jwt`."""

    scopes: pulumi.Input[str] | None = pulumi.property("scopes", default=None)
    """Scopes to ask for. Default: those that the back end needs."""

    extra_token_params: pulumi.Input[str] | None = pulumi.property("extraTokenParams", default=None)
    """JSON object of further form fields for the token endpoint."""

    access_token: pulumi.Input[str] | None = pulumi.property("accessToken", default=None)
    """An access token to use instead of signing in."""

    backend: pulumi.Input[BijiraBackend] | None = pulumi.property("backend", default=None)
    """`devportal` or `api-portal`. Default: `devportal`."""

    base_url: pulumi.Input[str] | None = pulumi.property("baseUrl", default=None)
    """Address of the developer-portal API; one ending in /v2 needs `bijira:organizationId`, /v3 does not. An API Portal
    has no default address. Default: `https://sts.choreo.dev/api/am/devportal/v2`."""

    admin_base_url: pulumi.Input[str] | None = pulumi.property("adminBaseUrl", default=None)
    """Address of the admin API of a self-hosted API Manager, for key managers. Default: `/api/am/admin/v4` on the host
    of `bijira:baseUrl`, where that ends in /v3."""

    organization_id: pulumi.Input[str] | None = pulumi.property("organizationId", default=None)
    """UUID of the organisation, from the console's settings."""

    organization_param: pulumi.Input[str] | None = pulumi.property("organizationParam", default=None)
    """Query parameter that carries `bijira:organizationId`. Default: `organizationId`."""

    extra_query: pulumi.Input[str] | None = pulumi.property("extraQuery", default=None)
    """JSON object of further query parameters on every request."""

    extra_headers: pulumi.Input[str] | None = pulumi.property("extraHeaders", default=None)
    """JSON object of further headers on every request."""

    key_manager: pulumi.Input[str] | None = pulumi.property("keyManager", default=None)
    """Name or id of the external key manager for resources that name none."""

    key_manager_query: pulumi.Input[str] | None = pulumi.property("keyManagerQuery", default=None)
    """devPortalAppEnv of the key-manager list; `prod` on /v2, unset elsewhere."""

    ca_bundle: pulumi.Input[str] | None = pulumi.property("caBundle", default=None)
    """PEM file of the authority to trust instead of the system's."""

    requests_per_minute: pulumi.Input[int] | None = pulumi.property("requestsPerMinute", default=None)
    """How many requests a minute are sent to the platform, by all programs of a user on one machine together; 0: no
    limit but what the platform announces or refuses. Default: `0`."""

    strict_settings: pulumi.Input[BijiraStrictSettings] | None = pulumi.property("strictSettings", default=None)
    """`on` or `off`: whether a preview fails, and does not only warn, where a setting of the platform is missing or
    wrong. Default: `off`."""


if TYPE_CHECKING:

    class AsgardeoSettingsArgsDict(TypedDict):
        """Where Asgardeo is and how to sign in to it."""

        client_id: NotRequired[pulumi.Input[str] | None]
        """Client id of the management application."""

        client_secret: NotRequired[pulumi.Input[str] | None]
        """The client's secret."""

        private_key: NotRequired[pulumi.Input[str] | None]
        """The client's private key as PEM text, instead of a secret (private_key_jwt)."""

        private_key_file: NotRequired[pulumi.Input[str] | None]
        """PEM file with the private key, instead of a secret; read at each sign-in."""

        key_id: NotRequired[pulumi.Input[str] | None]
        """Id of the private key (`kid`), where several are registered."""

        signing_algorithm: NotRequired[pulumi.Input[str] | None]
        """Algorithm of the private key, such as `PS256`. Default: `RS256` or `ES256`."""

        client_assertion_file: NotRequired[pulumi.Input[str] | None]
        """File with a signed client assertion, instead of a secret; read at each sign-in, so that it can be renewed."""

        access_token: NotRequired[pulumi.Input[str] | None]
        """An access token to use instead of signing in."""

        organization: NotRequired[pulumi.Input[str] | None]
        """Name of the organisation, as in the console's address."""

        base_url: NotRequired[pulumi.Input[str] | None]
        """Address of the platform, by region. Default: `https://api.asgardeo.io`."""

        ca_bundle: NotRequired[pulumi.Input[str] | None]
        """PEM file of the authority to trust instead of the system's."""

        requests_per_minute: NotRequired[pulumi.Input[int] | None]
        """How many requests a minute are sent to each family of endpoints (`/api/server`, `/scim2`, `/oauth2`), by all
        programs of a user on one machine together; 0: no limit but what the platform announces or refuses. To an
        address of this machine there is no limit unless one is set. Default: `200`."""

        role_warnings: NotRequired[pulumi.Input[AsgardeoRoleWarnings] | None]
        """`on` or `off`: whether a preview warns of people who would get no scope for want of a role, and of roles that
        a change deletes. Default: `on`."""

        strict_settings: NotRequired[pulumi.Input[AsgardeoStrictSettings] | None]
        """`on` or `off`: whether a preview fails, and does not only warn, where a setting of the platform is missing or
        wrong. Default: `off`."""

    class BijiraSettingsArgsDict(TypedDict):
        """Where Bijira, or a self-hosted API Manager, is and how to sign in to it."""

        client_id: NotRequired[pulumi.Input[str] | None]
        """Client id to sign in with."""

        client_secret: NotRequired[pulumi.Input[str] | None]
        """The client's secret; a public client that exchanges tokens has none."""

        org_handle: NotRequired[pulumi.Input[str] | None]
        """Handle of the organisation, sent to the token endpoint."""

        token_url: NotRequired[pulumi.Input[str] | None]
        """Address of the token endpoint. Default: `https://sts.choreo.dev/oauth2/token`."""

        grant_type: NotRequired[pulumi.Input[BijiraGrantType] | None]
        """`client_credentials`, `password` or `token_exchange`. Default: what a password or a subject token asks for,
        else `client_credentials`."""

        username: NotRequired[pulumi.Input[str] | None]
        """User name, where `bijira:grantType` is `password` (a self-hosted API Manager)."""

        password: NotRequired[pulumi.Input[str] | None]
        """The user's password."""

        subject_token: NotRequired[pulumi.Input[str] | None]
        """A token of an identity provider, to exchange for one of Bijira's."""

        subject_token_file: NotRequired[pulumi.Input[str] | None]
        """File with the token to exchange; read at each sign-in, so that it can be renewed."""

        subject_token_type: NotRequired[pulumi.Input[str] | None]
        """Type of the token to exchange. Default: `urn:ietf:params:oauth:token-type:jwt`."""

        requested_token_type: NotRequired[pulumi.Input[str] | None]
        """Type of the token that is asked for. Default: `urn:ietf:params:oauth:token-type:jwt`."""

        scopes: NotRequired[pulumi.Input[str] | None]
        """Scopes to ask for. Default: those that the back end needs."""

        extra_token_params: NotRequired[pulumi.Input[str] | None]
        """JSON object of further form fields for the token endpoint."""

        access_token: NotRequired[pulumi.Input[str] | None]
        """An access token to use instead of signing in."""

        backend: NotRequired[pulumi.Input[BijiraBackend] | None]
        """`devportal` or `api-portal`. Default: `devportal`."""

        base_url: NotRequired[pulumi.Input[str] | None]
        """Address of the developer-portal API; one ending in /v2 needs `bijira:organizationId`, /v3 does not. An API
        Portal has no default address. Default: `https://sts.choreo.dev/api/am/devportal/v2`."""

        admin_base_url: NotRequired[pulumi.Input[str] | None]
        """Address of the admin API of a self-hosted API Manager, for key managers. Default: `/api/am/admin/v4` on the
        host of `bijira:baseUrl`, where that ends in /v3."""

        organization_id: NotRequired[pulumi.Input[str] | None]
        """UUID of the organisation, from the console's settings."""

        organization_param: NotRequired[pulumi.Input[str] | None]
        """Query parameter that carries `bijira:organizationId`. Default: `organizationId`."""

        extra_query: NotRequired[pulumi.Input[str] | None]
        """JSON object of further query parameters on every request."""

        extra_headers: NotRequired[pulumi.Input[str] | None]
        """JSON object of further headers on every request."""

        key_manager: NotRequired[pulumi.Input[str] | None]
        """Name or id of the external key manager for resources that name none."""

        key_manager_query: NotRequired[pulumi.Input[str] | None]
        """devPortalAppEnv of the key-manager list; `prod` on /v2, unset elsewhere."""

        ca_bundle: NotRequired[pulumi.Input[str] | None]
        """PEM file of the authority to trust instead of the system's."""

        requests_per_minute: NotRequired[pulumi.Input[int] | None]
        """How many requests a minute are sent to the platform, by all programs of a user on one machine together; 0: no
        limit but what the platform announces or refuses. Default: `0`."""

        strict_settings: NotRequired[pulumi.Input[BijiraStrictSettings] | None]
        """`on` or `off`: whether a preview fails, and does not only warn, where a setting of the platform is missing or
        wrong. Default: `off`."""

else:
    AsgardeoSettingsArgsDict = dict
    BijiraSettingsArgsDict = dict
