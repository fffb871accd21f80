"""A second tenant in the same program: a provider instance with settings of its own."""

from collections.abc import Mapping
from typing import Any

import pulumi

from ..naming import camel
from .base import nested

__all__ = ("AsgardeoSettingsArgs", "BijiraSettingsArgs", "Provider")

#: The settings that are sealed in the state.
_SECRETS = frozenset({"access_token", "client_secret", "password", "private_key", "subject_token"})
_MARKER = "asgardeo:explicitProvider"


@nested
class AsgardeoSettingsArgs:
    """Where Asgardeo is and how to sign in to it. The environment has the rest."""

    organization: pulumi.Input[str] | None = pulumi.property("organization", default=None)
    """Name of the organisation, as in the console's address."""

    base_url: pulumi.Input[str] | None = pulumi.property("baseUrl", default=None)
    """Address of the platform, by region. Default: `https://api.asgardeo.io`."""

    client_id: pulumi.Input[str] | None = pulumi.property("clientId", default=None)
    """Client id of the management application."""

    client_secret: pulumi.Input[str] | None = pulumi.property("clientSecret", default=None)
    """Its secret."""

    private_key: pulumi.Input[str] | None = pulumi.property("privateKey", default=None)
    """Its private key as PEM text, instead of a secret (private_key_jwt)."""

    private_key_file: pulumi.Input[str] | None = pulumi.property("privateKeyFile", default=None)
    """PEM file with its private key, instead of a secret; read at each sign-in."""

    key_id: pulumi.Input[str] | None = pulumi.property("keyId", default=None)
    """Id of the private key (`kid`), where several are registered."""

    signing_algorithm: pulumi.Input[str] | None = pulumi.property("signingAlgorithm", default=None)
    """Algorithm of the private key, such as `PS256`. Default: `RS256` or `ES256`."""

    client_assertion_file: pulumi.Input[str] | None = pulumi.property("clientAssertionFile", default=None)
    """File with a signed client assertion, instead of a secret; read at each sign-in, so that it can be renewed."""

    access_token: pulumi.Input[str] | None = pulumi.property("accessToken", default=None)
    """An access token to use instead of signing in."""

    ca_bundle: pulumi.Input[str] | None = pulumi.property("caBundle", default=None)
    """PEM file of the authority to trust instead of the system's."""


@nested
class BijiraSettingsArgs:
    """Where Bijira, or a self-hosted API Manager, is and how to sign in to it. The environment has the rest."""

    backend: pulumi.Input[str] | None = pulumi.property("backend", default=None)
    """`devportal` or `api-portal`. Default: `devportal`."""

    base_url: pulumi.Input[str] | None = pulumi.property("baseUrl", default=None)
    """Address of the developer-portal API; one ending in /v2 needs organizationId, /v3 does not. Default:
    `https://sts.choreo.dev/api/am/devportal/v2`."""

    admin_base_url: pulumi.Input[str] | None = pulumi.property("adminBaseUrl", default=None)
    """Address of the admin API of a self-hosted API Manager, for key managers. Default: `/api/am/admin/v4` on the host
    of base_url, where that ends in /v3."""

    organization_id: pulumi.Input[str] | None = pulumi.property("organizationId", default=None)
    """UUID of the organisation, from the console's settings."""

    org_handle: pulumi.Input[str] | None = pulumi.property("orgHandle", default=None)
    """Handle of the organisation, sent to the token endpoint."""

    token_url: pulumi.Input[str] | None = pulumi.property("tokenUrl", default=None)
    """Address of the token endpoint. Default: `https://sts.choreo.dev/oauth2/token`."""

    grant_type: pulumi.Input[str] | None = pulumi.property("grantType", default=None)
    """`client_credentials`, `password` or `token_exchange`. Default: what a password or a subject token asks for, else
    `client_credentials`."""

    client_id: pulumi.Input[str] | None = pulumi.property("clientId", default=None)
    """Client id to sign in with."""

    client_secret: pulumi.Input[str] | None = pulumi.property("clientSecret", default=None)
    """Its secret; a public client that exchanges tokens has none."""

    username: pulumi.Input[str] | None = pulumi.property("username", default=None)
    """User name, with grantType password (a self-hosted API Manager)."""

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
    """Scopes to ask for. Default: `apim:subscribe apim:app_manage apim:sub_manage`."""

    extra_token_params: pulumi.Input[str] | None = pulumi.property("extraTokenParams", default=None)
    """JSON object of further form fields for the token endpoint."""

    access_token: pulumi.Input[str] | None = pulumi.property("accessToken", default=None)
    """An access token to use instead of signing in."""

    organization_param: pulumi.Input[str] | None = pulumi.property("organizationParam", default=None)
    """Query parameter that carries organizationId. Default: `organizationId`."""

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


class Provider(pulumi.ProviderResource):
    """Settings of its own for the resources that name it (`opts.provider`), above environment and stack configuration.

    A change of a setting replaces nothing.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        asgardeo: AsgardeoSettingsArgs | Mapping[str, Any] | None = None,
        bijira: BijiraSettingsArgs | Mapping[str, Any] | None = None,
    ) -> None:
        """Declare it.

        :param resource_name: Name of the instance within the program.
        :param opts: Options that every provider instance has.
        :param asgardeo: Settings for Asgardeo.
        :param bijira: Settings for Bijira.
        """
        self.settings = {
            **_settings("asgardeo", AsgardeoSettingsArgs, asgardeo),
            **_settings("bijira", BijiraSettingsArgs, bijira),
            _MARKER: "true",
        }
        super().__init__("pulumi-python", resource_name, dict(self.settings), opts)


def _settings(namespace: str, group: type, given: Any) -> dict[str, pulumi.Input[str]]:
    if given is None:
        return {}
    if isinstance(given, Mapping):
        given = group(**given)
    found = {name: getattr(given, name) for name in group.__annotations__}
    return {
        f"{namespace}:{camel(name)}": pulumi.Output.secret(value) if name in _SECRETS else value
        for name, value in found.items()
        if value is not None
    }
