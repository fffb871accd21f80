"""A key manager in a self-hosted API Manager or in the API Portal."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import pulumi

from .base import Resource, nested

__all__ = ("BijiraKeyManager", "ConnectorSettingArgs", "KeyManagerEndpointsArgs")


@nested
class KeyManagerEndpointsArgs:
    """Where an identity provider is reached, each by its address."""

    token_endpoint: pulumi.Input[str] = pulumi.property("tokenEndpoint")
    """URL that tokens are fetched from. Of an Asgardeo organisation it is all that is needed: at creation the others
    follow from it. Changes in place."""

    issuer: pulumi.Input[str] | None = pulumi.property("issuer", default=None)
    """What tokens have as `iss`. A gateway knows one key manager for each issuer. Not in the API Portal. Changes in
    place."""

    jwks_endpoint: pulumi.Input[str] | None = pulumi.property("jwksEndpoint", default=None)
    """URL of the keys that tokens are signed with. Not in the API Portal. Changes in place."""

    authorize_endpoint: pulumi.Input[str] | None = pulumi.property("authorizeEndpoint", default=None)
    """URL that people sign in at. Not in the API Portal. Changes in place."""

    revoke_endpoint: pulumi.Input[str] | None = pulumi.property("revokeEndpoint", default=None)
    """URL that tokens are revoked at. Not in the API Portal. Changes in place."""


@nested
class ConnectorSettingArgs:
    """A setting of the connector through which the API Manager talks to the identity provider."""

    name: pulumi.Input[str] = pulumi.property("name")
    """Name of the setting, as the connector knows it, such as `mgmt_client_id`. A change removes one setting and adds
    another."""

    value: pulumi.Input[str] = pulumi.property("value")
    """Its value. Changes in place."""


class BijiraKeyManager(Resource, module="bijira", name="KeyManager"):
    """A key manager: it has the gateway trust the tokens of an Asgardeo organisation.

    It is made where an API for that exists: in a self-hosted API Manager (`bijira:baseUrl` ends in /v3, or
    `bijira:adminBaseUrl` is set), by a token with the scope `apim:admin` or `apim:admin_operations`, and in the API
    Portal. On Bijira's cloud it is added in the console. Pass its `id` to `BijiraApplicationClient` as `key_manager`;
    for up to a minute the server may not know a new one, which is waited for.

    It can be neither deleted nor replaced as long as client ids are mapped under it: first remove the clients, or have
    them use another key manager. Errors: a name that is taken; a type whose connector is not installed; a connector
    that lacks a setting; clients that are mapped.

    https://apim.docs.wso2.com/en/latest/administer/key-managers/overview/
    """

    _kind = "KeyManager"
    _outputs = (
        "portal_organization",
        "issuer",
        "token_endpoint",
        "jwks_endpoint",
        "authorize_endpoint",
        "revoke_endpoint",
    )
    _secret_inputs = ("connector",)

    name: pulumi.Output[str]
    """Name of the key manager, up to 100 characters, unique. In the API Portal it is the key manager's id, of letters,
    digits, `_` and `-`. Default: the resource's name. A change replaces the key manager."""

    organization: pulumi.Output[str | None]
    """Name of the Asgardeo organisation that it stands for, in the region of `asgardeo:baseUrl`: all addresses follow
    from it. In place of `endpoints`. Changes in place."""

    endpoints: pulumi.Output[Mapping[str, Any] | None]
    """Endpoints of the identity provider, in place of `organization`. Changes in place."""

    display_name: pulumi.Output[str | None]
    """Name that people are shown, up to 100 characters. A new key manager has `name`. Changes in place."""

    description: pulumi.Output[str | None]
    """What it is for, up to 256 characters. Not in the API Portal. Changes in place."""

    enabled: pulumi.Output[bool | None]
    """Whether clients can be mapped under it and their tokens are taken. A new key manager is enabled. Changes in
    place."""

    type: pulumi.Output[str | None]
    """Type of the connector, which must be installed in the API Manager: `Asgardeo`, `WSO2-IS-7` and others. A new key
    manager has `Asgardeo`. Not in the API Portal. A change replaces the key manager."""

    connector: pulumi.Output[Sequence[Mapping[str, Any]] | None]
    """Settings of the connector. That for Asgardeo needs `mgmt_client_id` and `mgmt_client_secret`, of an application
    in Asgardeo with the right to manage clients; the settings that follow from the organisation are added. They are not
    shown again, so what somebody else changes in them is not seen. Not in the API Portal. Changes in place."""

    consumer_key_claim: pulumi.Output[str | None]
    """Claim of a token that has the client id. A new key manager has `azp`. Not in the API Portal. Changes in place."""

    scopes_claim: pulumi.Output[str | None]
    """Claim of a token that has its scopes. A new key manager has `scope`. Not in the API Portal. Changes in place."""

    available_grant_types: pulumi.Output[Sequence[str] | None]
    """Grants that the developer portal shows. A new key manager has `authorization_code`, `client_credentials`,
    `password` and `refresh_token`. Not in the API Portal. Changes in place."""

    provisioned_app_validation: pulumi.Output[bool | None]
    """Whether a client and its secret are looked up in Asgardeo when it is mapped, so that `BijiraApplicationClient`
    needs `client_secret`. A new key manager has false. Not in the API Portal. Changes in place."""

    adopt: pulumi.Output[bool | None]
    """Take over the key manager that already has this name instead of failing. Default: false. Matters at creation
    only."""

    portal_organization: pulumi.Output[str]
    """Where it lives: the id of the Bijira organisation, or the portal's address where it has none."""

    issuer: pulumi.Output[str]
    """What tokens have as `iss`. Empty in the API Portal, which does not keep it."""

    token_endpoint: pulumi.Output[str]
    """URL that tokens are fetched from."""

    jwks_endpoint: pulumi.Output[str]
    """URL of the keys that tokens are signed with. Empty in the API Portal."""

    authorize_endpoint: pulumi.Output[str]
    """URL that people sign in at. Empty in the API Portal."""

    revoke_endpoint: pulumi.Output[str]
    """URL that tokens are revoked at. Empty in the API Portal."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str] | None = None,
        organization: pulumi.Input[str] | None = None,
        endpoints: pulumi.Input[KeyManagerEndpointsArgs | Mapping[str, Any]] | None = None,
        display_name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        enabled: pulumi.Input[bool] | None = None,
        type: pulumi.Input[str] | None = None,
        connector: pulumi.Input[Sequence[pulumi.Input[ConnectorSettingArgs | Mapping[str, Any]]]] | None = None,
        consumer_key_claim: pulumi.Input[str] | None = None,
        scopes_claim: pulumi.Input[str] | None = None,
        available_grant_types: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        provisioned_app_validation: pulumi.Input[bool] | None = None,
        adopt: pulumi.Input[bool] | None = None,
    ) -> None:
        """Declare it.

        :param resource_name: Name of the resource within the program.
        :param opts: Options that every resource has.
        :param name: Name of the key manager, up to 100 characters, unique. In the API Portal it is the key manager's
            id, of letters, digits, `_` and `-`. Default: the resource's name. A change replaces the key manager.
        :param organization: Name of the Asgardeo organisation that it stands for, in the region of `asgardeo:baseUrl`:
            all addresses follow from it. In place of `endpoints`. Changes in place.
        :param endpoints: Endpoints of the identity provider, in place of `organization`. Changes in place.
        :param display_name: Name that people are shown, up to 100 characters. A new key manager has `name`. Changes in
            place.
        :param description: What it is for, up to 256 characters. Not in the API Portal. Changes in place.
        :param enabled: Whether clients can be mapped under it and their tokens are taken. A new key manager is enabled.
            Changes in place.
        :param type: Type of the connector, which must be installed in the API Manager: `Asgardeo`, `WSO2-IS-7` and
            others. A new key manager has `Asgardeo`. Not in the API Portal. A change replaces the key manager.
        :param connector: Settings of the connector. That for Asgardeo needs `mgmt_client_id` and `mgmt_client_secret`,
            of an application in Asgardeo with the right to manage clients; the settings that follow from the
            organisation are added. They are not shown again, so what somebody else changes in them is not seen. Not in
            the API Portal. Changes in place.
        :param consumer_key_claim: Claim of a token that has the client id. A new key manager has `azp`. Not in the API
            Portal. Changes in place.
        :param scopes_claim: Claim of a token that has its scopes. A new key manager has `scope`. Not in the API Portal.
            Changes in place.
        :param available_grant_types: Grants that the developer portal shows. A new key manager has
            `authorization_code`, `client_credentials`, `password` and `refresh_token`. Not in the API Portal. Changes
            in place.
        :param provisioned_app_validation: Whether a client and its secret are looked up in Asgardeo when it is mapped,
            so that `BijiraApplicationClient` needs `client_secret`. A new key manager has false. Not in the API Portal.
            Changes in place.
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
        :param id: Its id, a UUID; in the API Portal its name.
        :param opts: Options that every resource has.
        """
        return cls._get(
            resource_name,
            id,
            opts,
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
