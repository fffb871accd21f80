# Generated from the declarations by make generate: change those, not this.
"""A key manager: it has the gateway trust the tokens of an Asgardeo organisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import pulumi

from . import outputs
from .base import Resource
from .inputs import ConnectorSettingArgs, ConnectorSettingArgsDict, KeyManagerEndpointsArgs, KeyManagerEndpointsArgsDict

__all__ = ("BijiraKeyManager",)


class BijiraKeyManager(Resource, module="bijira", name="KeyManager"):
    """A key manager: it has the gateway trust the tokens of an Asgardeo organisation.

    It is made where an API for that exists: in a self-hosted API Manager (`bijira:baseUrl` ends in /v3, or
    `bijira:adminBaseUrl` is set), by a token with the scope `apim:admin` or `apim:admin_operations`, and in the API
    Portal. On Bijira's cloud it is added in the console. Pass its `id` to `BijiraApplicationClient` as `key_manager`;
    for up to a minute the server may not know a new one; the provider waits for it.

    It can be neither deleted nor replaced as long as client ids are mapped under it: first remove the clients, or have
    them use another key manager.

    ## Example Usage

    ```python
    import pulumi
    import pulumi_asgardeo_bijira as wso2

    settings = pulumi.Config()
    manager = wso2.BijiraKeyManager(
        "Asgardeo-Acme",
        organization="acme",
        connector=[
            {"name": "mgmt_client_id", "value": settings.require("connectorClientId")},
            {"name": "mgmt_client_secret", "value": settings.require_secret("connectorClientSecret")},
        ],
    )
    pulumi.export("tokenEndpoint", manager.token_endpoint)
    ```

    Errors: a name that is taken; a type whose connector is not installed; a connector that lacks a setting; clients
    that are mapped.

    https://apim.docs.wso2.com/en/latest/administer/key-managers/overview/
    """

    _kind = "KeyManager"
    _inputs = (
        "name",
        "organization",
        "endpoints",
        "display_name",
        "description",
        "enabled",
        "type",
        "connector",
        "consumer_key_claim",
        "scopes_claim",
        "available_grant_types",
        "provisioned_app_validation",
        "adopt",
    )
    _outputs = (
        "portal_organization",
        "issuer",
        "token_endpoint",
        "jwks_endpoint",
        "authorize_endpoint",
        "revoke_endpoint",
    )
    _secret_inputs = ("connector",)
    _secret_outputs = ()

    name: pulumi.Output[str] = pulumi.property("name")
    """Name of the key manager, unique. In the API Portal it is the key manager's id, of letters, digits, `_` and `-`.
    At most 100 characters. Default: the resource's name. Example: `Asgardeo-Acme`. A change replaces the key
    manager."""

    organization: pulumi.Output[str | None] = pulumi.property("organization")
    """Name of the Asgardeo organisation whose tokens are trusted, in the region of `asgardeo:baseUrl`: all addresses
    follow from it. In place of `endpoints`. Example: `acme`. Changes in place."""

    endpoints: pulumi.Output[outputs.KeyManagerEndpoints | None] = pulumi.property("endpoints")
    """Endpoints of the identity provider, in place of `organization`. With `token_endpoint`, `issuer`, `jwks_endpoint`,
    `authorize_endpoint`, `revoke_endpoint`. Changes in place."""

    display_name: pulumi.Output[str | None] = pulumi.property("displayName")
    """Name that people see. At most 100 characters. Default: `name` for a new key manager. Changes in place."""

    description: pulumi.Output[str | None] = pulumi.property("description")
    """What it is for. Not in the API Portal. At most 256 characters. Changes in place."""

    enabled: pulumi.Output[bool | None] = pulumi.property("enabled")
    """Whether clients can be mapped under it and their tokens are accepted. Default: true for a new key manager.
    Changes in place."""

    type: pulumi.Output[str | None] = pulumi.property("type")
    """Type of the connector, which must be installed in the API Manager: `Asgardeo`, `WSO2-IS-7` and others. Not in the
    API Portal. At most 45 characters. Default: `Asgardeo` for a new key manager. Example: `WSO2-IS`. A change replaces
    the key manager."""

    connector: pulumi.Output[Sequence[outputs.ConnectorSetting] | None] = pulumi.property("connector")
    """Settings of the connector. That for Asgardeo needs `mgmt_client_id` and `mgmt_client_secret`, of an application
    in Asgardeo with the right to manage clients; the settings that follow from the organisation are added. They are not
    shown again, so what somebody else changes in them is not seen. Not in the API Portal. Each with `name`, `value`.
    Changes in place."""

    consumer_key_claim: pulumi.Output[str | None] = pulumi.property("consumerKeyClaim")
    """Claim of a token that holds the client id. Not in the API Portal. Default: `azp` for a new key manager. Example:
    `azp`. Changes in place."""

    scopes_claim: pulumi.Output[str | None] = pulumi.property("scopesClaim")
    """Claim of a token that holds its scopes. Not in the API Portal. Default: `scope` for a new key manager. Example:
    `scope`. Changes in place."""

    available_grant_types: pulumi.Output[Sequence[str] | None] = pulumi.property("availableGrantTypes")
    """Grants that the developer portal shows. Not in the API Portal. Default: `authorization_code`,
    `client_credentials`, `password` and `refresh_token` for a new key manager. Example: `client_credentials`. Changes
    in place."""

    provisioned_app_validation: pulumi.Output[bool | None] = pulumi.property("provisionedAppValidation")
    """Whether a client and its secret are looked up in Asgardeo when it is mapped, so that `BijiraApplicationClient`
    needs `client_secret`. Not in the API Portal. Default: false for a new key manager. Changes in place."""

    adopt: pulumi.Output[bool | None] = pulumi.property("adopt")
    """Take over the key manager that already has this name instead of failing. Default: false. Matters at creation
    only."""

    portal_organization: pulumi.Output[str] = pulumi.property("portalOrganization")
    """Where it lives: the id of the Bijira organisation, or the portal's address where it has none."""

    issuer: pulumi.Output[str] = pulumi.property("issuer")
    """The `iss` claim of its tokens. Empty in the API Portal, which does not keep it."""

    token_endpoint: pulumi.Output[str] = pulumi.property("tokenEndpoint")
    """URL that tokens are fetched from."""

    jwks_endpoint: pulumi.Output[str] = pulumi.property("jwksEndpoint")
    """URL of the keys that tokens are verified with. Empty in the API Portal."""

    authorize_endpoint: pulumi.Output[str] = pulumi.property("authorizeEndpoint")
    """URL that people sign in at. Empty in the API Portal."""

    revoke_endpoint: pulumi.Output[str] = pulumi.property("revokeEndpoint")
    """URL that tokens are revoked at. Empty in the API Portal."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str] | None = None,
        organization: pulumi.Input[str] | None = None,
        endpoints: pulumi.Input[KeyManagerEndpointsArgs | KeyManagerEndpointsArgsDict] | None = None,
        display_name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        enabled: pulumi.Input[bool] | None = None,
        type: pulumi.Input[str] | None = None,
        connector: pulumi.Input[Sequence[pulumi.Input[ConnectorSettingArgs | ConnectorSettingArgsDict]]] | None = None,
        consumer_key_claim: pulumi.Input[str] | None = None,
        scopes_claim: pulumi.Input[str] | None = None,
        available_grant_types: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        provisioned_app_validation: pulumi.Input[bool] | None = None,
        adopt: pulumi.Input[bool] | None = None,
    ) -> None:
        """Declare it.

        :param resource_name: Name of the resource within the program.
        :param opts: Options that every resource has.
        :param name: Name of the key manager, unique. In the API Portal it is the key manager's id, of letters, digits,
            `_` and `-`. At most 100 characters. Default: the resource's name. Example: `Asgardeo-Acme`. A change
            replaces the key manager.
        :param organization: Name of the Asgardeo organisation whose tokens are trusted, in the region of
            `asgardeo:baseUrl`: all addresses follow from it. In place of `endpoints`. Example: `acme`. Changes in
            place.
        :param endpoints: Endpoints of the identity provider, in place of `organization`. With `token_endpoint`,
            `issuer`, `jwks_endpoint`, `authorize_endpoint`, `revoke_endpoint`. Changes in place.
        :param display_name: Name that people see. At most 100 characters. Default: `name` for a new key manager.
            Changes in place.
        :param description: What it is for. Not in the API Portal. At most 256 characters. Changes in place.
        :param enabled: Whether clients can be mapped under it and their tokens are accepted. Default: true for a new
            key manager. Changes in place.
        :param type: Type of the connector, which must be installed in the API Manager: `Asgardeo`, `WSO2-IS-7` and
            others. Not in the API Portal. At most 45 characters. Default: `Asgardeo` for a new key manager. Example:
            `WSO2-IS`. A change replaces the key manager.
        :param connector: Settings of the connector. That for Asgardeo needs `mgmt_client_id` and `mgmt_client_secret`,
            of an application in Asgardeo with the right to manage clients; the settings that follow from the
            organisation are added. They are not shown again, so what somebody else changes in them is not seen. Not in
            the API Portal. Each with `name`, `value`. Changes in place.
        :param consumer_key_claim: Claim of a token that holds the client id. Not in the API Portal. Default: `azp` for
            a new key manager. Example: `azp`. Changes in place.
        :param scopes_claim: Claim of a token that holds its scopes. Not in the API Portal. Default: `scope` for a new
            key manager. Example: `scope`. Changes in place.
        :param available_grant_types: Grants that the developer portal shows. Not in the API Portal. Default:
            `authorization_code`, `client_credentials`, `password` and `refresh_token` for a new key manager. Example:
            `client_credentials`. Changes in place.
        :param provisioned_app_validation: Whether a client and its secret are looked up in Asgardeo when it is mapped,
            so that `BijiraApplicationClient` needs `client_secret`. Not in the API Portal. Default: false for a new key
            manager. Changes in place.
        :param adopt: Take over the key manager that already has this name instead of failing. Default: false. Matters
            at creation only.
        """
        inputs: dict[str, Any] = {
            "name": resource_name if name is None else name,
            "organization": organization,
            "endpoints": endpoints,
            "display_name": display_name,
            "description": description,
            "enabled": enabled,
            "type": type,
            "connector": connector,
            "consumer_key_claim": consumer_key_claim,
            "scopes_claim": scopes_claim,
            "available_grant_types": available_grant_types,
            "provisioned_app_validation": provisioned_app_validation,
            "adopt": adopt,
        }
        self._register(resource_name, inputs, opts)

    @classmethod
    def get(cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None) -> Self:
        """Read one that exists, without managing it.

        :param resource_name: Name of the resource within the program.
        :param id: Id of the key manager, as the platform has it.
        :param opts: Options that every resource has.
        """
        return cls._get(resource_name, id, opts)
