# Generated from the declarations by make generate: change those, not this.
"""A client of Asgardeo in Bijira: an application, the client id that is mapped to it, subscriptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import pulumi

from . import outputs
from .base import Resource
from .enums import KeyType
from .inputs import SubscriptionArgs, SubscriptionArgsDict

__all__ = ("BijiraApplicationClient",)


class BijiraApplicationClient(Resource, module="bijira", name="ApplicationClient"):
    """A client of Asgardeo in Bijira: an application, the client id that is mapped to it, subscriptions.

    Bijira is now called WSO2 API Platform.

    The API Portal shows no mappings: what somebody else mapped to the same application under the same key manager and
    key type is overwritten there silently, and removed with this client. Where clients of an application change hands,
    give each a key type or a key manager of its own.

    ## Example Usage

    ```python
    import pulumi
    import pulumi_asgardeo_bijira as wso2

    service = wso2.AsgardeoApplication("orders-service")
    client = wso2.BijiraApplicationClient(
        "orders-service",
        client_id=service.client_id,
        subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}],
    )
    pulumi.export("applicationId", client.application_id)
    ```

    Errors: a key manager that is not listed; a client id that is already mapped to another application; an API that is
    not published; a plan that the API does not offer; an attribute that the API Manager requires and that is not given;
    a token without the scope `apim:subscribe`.

    https://wso2.com/api-platform/docs/cloud/devportal/manage-applications/create-an-application/
    """

    _kind = "ApplicationClient"
    _inputs = (
        "application_name",
        "client_id",
        "key_manager",
        "key_type",
        "description",
        "throttling_policy",
        "attributes",
        "groups",
        "client_secret",
        "subscriptions",
        "adopt",
    )
    _outputs = (
        "organization",
        "key_mapping_id",
        "key_manager_id",
        "key_manager_name",
        "token_endpoint",
        "revoke_endpoint",
        "available_grant_types",
        "subscription_ids",
        "api_ids",
    )
    _maps = ("attributes",)
    _secret_inputs = ("client_secret",)
    _secret_outputs = ()

    application_name: pulumi.Output[str | None] = pulumi.property("applicationName")
    """Name of an application to create; it is deleted with this resource, and with it whatever others have mapped to
    it. At most 100 characters. Default: the resource's name, where there is no `application_id`. Example: `Orders`.
    Changes in place."""

    client_id: pulumi.Output[str] = pulumi.property("clientId")
    """Client id of the Asgardeo application (`AsgardeoApplication`'s `client_id`). A change unmaps one and maps the
    other; the application and its subscriptions stay. Example: `Tn3Qy5bWm8`. Changes in place."""

    key_manager: pulumi.Output[str | None] = pulumi.property("keyManager")
    """Name or id of the key manager of the Asgardeo organisation. Default: `bijira:keyManager`, else the only enabled
    external one. Example: `Asgardeo`. Changes in place: the client is mapped under the new one, then the old mapping
    removed. Only where the key manager is itself replaced, the client is deleted first and made again."""

    key_type: pulumi.Output[KeyType] = pulumi.property("keyType")
    """`PRODUCTION` or `SANDBOX`, as the API is deployed. Default: `PRODUCTION`. Changes in place: the new mapping
    first, then the old one removed; the other way round where a key manager takes a client once only."""

    description: pulumi.Output[str | None] = pulumi.property("description")
    """What the application is for. Only with `application_name`. At most 512 characters. Changes in place."""

    throttling_policy: pulumi.Output[str | None] = pulumi.property("throttlingPolicy")
    """Throttling policy of the application. Only with `application_name`. Default: `Unlimited`. Example: `10PerMin`.
    Changes in place."""

    attributes: pulumi.Output[Mapping[str, str] | None] = pulumi.property("attributes")
    """Attributes of the application by their names: those that a self-hosted API Manager defines, and may require.
    Attributes that are not named here stay as they are; `""` clears one. Only with `application_name`, and not in the
    API Portal. Example: `{"Cost Center": "4711"}`. Changes in place."""

    groups: pulumi.Output[Sequence[str] | None] = pulumi.property("groups")
    """Groups that share the application, all of them, where a self-hosted API Manager lets groups share. Only with
    `application_name`, and not in the API Portal. Example: `shop`. Changes in place."""

    client_secret: pulumi.Output[str | None] = pulumi.property("clientSecret")
    """Client secret, only for a self-hosted API Manager that verifies it; Bijira wants none. It is sent when the client
    id is mapped, and a change of it alone sends nothing."""

    subscriptions: pulumi.Output[Sequence[outputs.Subscription] | None] = pulumi.property("subscriptions")
    """Subscriptions to published APIs, all of the application's if it is made here. Left out: subscriptions are not
    managed. Each with `api_id`, `api_name`, `api_version`, `plan`. Changes in place."""

    adopt: pulumi.Output[bool | None] = pulumi.property("adopt")
    """Take over the application of that name, and a mapping of this client id, instead of failing. Default: false.
    Matters at creation only."""

    organization: pulumi.Output[str] = pulumi.property("organization")
    """Where it lives: the id of the Bijira organisation, or the portal's address where it has none."""

    key_mapping_id: pulumi.Output[str | None] = pulumi.property("keyMappingId")
    """Id of the mapping. Absent while there is none."""

    key_manager_id: pulumi.Output[str] = pulumi.property("keyManagerId")
    """Id of the key manager that the client is mapped under; the resource's id keeps the one from creation."""

    key_manager_name: pulumi.Output[str] = pulumi.property("keyManagerName")
    """Name of the key manager that the client is mapped under."""

    token_endpoint: pulumi.Output[str] = pulumi.property("tokenEndpoint")
    """URL that tokens are fetched from."""

    revoke_endpoint: pulumi.Output[str] = pulumi.property("revokeEndpoint")
    """URL that tokens are revoked at."""

    available_grant_types: pulumi.Output[Sequence[str]] = pulumi.property("availableGrantTypes")
    """Grants that the key manager offers."""

    subscription_ids: pulumi.Output[Mapping[str, str]] = pulumi.property("subscriptionIds")
    """Id of the subscription for each API id."""

    api_ids: pulumi.Output[Mapping[str, str]] = pulumi.property("apiIds")
    """Id of the API for each subscription that was declared by name, as `<name>/<version>`."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        client_id: pulumi.Input[str],
        application_name: pulumi.Input[str] | None = None,
        application_id: pulumi.Input[str] | None = None,
        key_manager: pulumi.Input[str] | None = None,
        key_type: pulumi.Input[KeyType] | None = None,
        description: pulumi.Input[str] | None = None,
        throttling_policy: pulumi.Input[str] | None = None,
        attributes: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        groups: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        client_secret: pulumi.Input[str] | None = None,
        subscriptions: pulumi.Input[Sequence[pulumi.Input[SubscriptionArgs | SubscriptionArgsDict]]] | None = None,
        adopt: pulumi.Input[bool] | None = None,
    ) -> None:
        """Declare it.

        :param resource_name: Name of the resource within the program.
        :param opts: Options that every resource has.
        :param client_id: Client id of the Asgardeo application (`AsgardeoApplication`'s `client_id`). A change unmaps
            one and maps the other; the application and its subscriptions stay. Example: `Tn3Qy5bWm8`. Changes in place.
        :param application_name: Name of an application to create; it is deleted with this resource, and with it
            whatever others have mapped to it. At most 100 characters. Default: the resource's name, where there is no
            `application_id`. Example: `Orders`. Changes in place.
        :param application_id: Id of an application that exists, to attach to instead of making one: it is never
            deleted, and only what is declared here is touched. Example: `0c6e1d52-3f7a-4b8c-9d24-6a5b4c3d2e1f`. A
            change replaces the client, which is deleted first; so does the replacement of the resource whose id it is.
        :param key_manager: Name or id of the key manager of the Asgardeo organisation. Default: `bijira:keyManager`,
            else the only enabled external one. Example: `Asgardeo`. Changes in place: the client is mapped under the
            new one, then the old mapping removed. Only where the key manager is itself replaced, the client is deleted
            first and made again.
        :param key_type: `PRODUCTION` or `SANDBOX`, as the API is deployed. Default: `PRODUCTION`. Changes in place: the
            new mapping first, then the old one removed; the other way round where a key manager takes a client once
            only.
        :param description: What the application is for. Only with `application_name`. At most 512 characters. Changes
            in place.
        :param throttling_policy: Throttling policy of the application. Only with `application_name`. Default:
            `Unlimited`. Example: `10PerMin`. Changes in place.
        :param attributes: Attributes of the application by their names: those that a self-hosted API Manager defines,
            and may require. Attributes that are not named here stay as they are; `""` clears one. Only with
            `application_name`, and not in the API Portal. Example: `{"Cost Center": "4711"}`. Changes in place.
        :param groups: Groups that share the application, all of them, where a self-hosted API Manager lets groups
            share. Only with `application_name`, and not in the API Portal. Example: `shop`. Changes in place.
        :param client_secret: Client secret, only for a self-hosted API Manager that verifies it; Bijira wants none. It
            is sent when the client id is mapped, and a change of it alone sends nothing.
        :param subscriptions: Subscriptions to published APIs, all of the application's if it is made here. Left out:
            subscriptions are not managed. Each with `api_id`, `api_name`, `api_version`, `plan`. Changes in place.
        :param adopt: Take over the application of that name, and a mapping of this client id, instead of failing.
            Default: false. Matters at creation only.
        """
        inputs: dict[str, Any] = {
            "application_name": resource_name
            if application_name is None and application_id is None
            else application_name,
            "applicationId": application_id,
            "client_id": client_id,
            "key_manager": key_manager,
            "key_type": key_type,
            "description": description,
            "throttling_policy": throttling_policy,
            "attributes": attributes,
            "groups": groups,
            "client_secret": client_secret,
            "subscriptions": subscriptions,
            "adopt": adopt,
        }
        self._register(resource_name, inputs, opts)

    @classmethod
    def get(cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None) -> Self:
        """Read one that exists, without managing it.

        :param resource_name: Name of the resource within the program.
        :param id: `<application id>/<key manager id>/<key type>`.
        :param opts: Options that every resource has.
        """
        return cls._get(resource_name, id, opts)

    @property
    def application_id(self) -> pulumi.Output[str]:
        """Id of the application, made or attached to."""
        return self._part_of_id(0)
