"""A client of Asgardeo in Bijira: an application, the client id that stands for it, subscriptions."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import pulumi

from .base import Resource, nested, part_of_id

__all__ = ("BijiraApplicationClient", "SubscriptionArgs")


@nested
class SubscriptionArgs:
    """A subscription to a published API, by its id or by name and version."""

    api_id: pulumi.Input[str] | None = pulumi.property("apiId", default=None)
    """Id of the API in Bijira, in place of name and version. A change ends one subscription and makes another."""

    api_name: pulumi.Input[str] | None = pulumi.property("apiName", default=None)
    """Name of the API. A change ends one subscription and makes another."""

    api_version: pulumi.Input[str] | None = pulumi.property("apiVersion", default=None)
    """Version of the API, such as `1.0.0`. A change ends one subscription and makes another."""

    plan: pulumi.Input[str] | None = pulumi.property("plan", default=None)
    """Subscription plan. Default: `Unlimited`. Changes in place."""


class BijiraApplicationClient(Resource, module="bijira", name="ApplicationClient"):
    """A client of Asgardeo in Bijira: an application, the client id that stands for it, subscriptions.

    Bijira is now called WSO2 API Platform. Errors: a key manager that is not listed; a client id that stands for
    another application already (it can for one only); an API that is not published; a plan that the API does not
    offer; a token without the scope `apim:subscribe`.

    The API Portal shows no mappings: what somebody else mapped to the same application under the same key manager and
    key type is overwritten there without a word, and removed with this client. Where clients of an application change
    hands, give each a key type or a key manager of its own.

    https://wso2.com/api-platform/docs/cloud/devportal/manage-applications/create-an-application/
    """

    _kind = "ApplicationClient"
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
    _secret_inputs = ("client_secret",)

    application_name: pulumi.Output[str | None]
    """Name of an application to make, up to 100 characters; it is deleted with this resource, and with it whatever
    others have mapped to it. Default: the resource's name, where there is no `application_id`. Changes in place."""

    client_id: pulumi.Output[str]
    """Client id of the Asgardeo application (`AsgardeoApplication`'s `client_id`). A change unmaps one and maps the
    other; the application and its subscriptions stay. Changes in place."""

    key_manager: pulumi.Output[str | None]
    """Name or id of the key manager that stands for the Asgardeo organisation. Default: `bijira:keyManager`, else the
    only enabled external one. Changes in place: the client is mapped under the new one, then the old mapping removed.
    Only where the key manager is itself replaced, the client is deleted first and made again."""

    key_type: pulumi.Output[str]
    """`PRODUCTION` or `SANDBOX`, as the API is deployed. Default: `PRODUCTION`. Changes in place: the new mapping
    first, then the old one removed; the other way round where a key manager takes a client once only."""

    description: pulumi.Output[str | None]
    """What the application is for, up to 512 characters. Only with `application_name`. Changes in place."""

    throttling_policy: pulumi.Output[str | None]
    """Throttling policy of the application. Default: `Unlimited`. Only with `application_name`. Changes in place."""

    client_secret: pulumi.Output[str | None]
    """Client secret, only for a self-hosted API Manager that verifies it; Bijira wants none. It is sent when the client
    id is mapped, and a change of it alone sends nothing."""

    subscriptions: pulumi.Output[Sequence[Mapping[str, Any]] | None]
    """Subscriptions to published APIs, all of the application's if it is made here. Left out: subscriptions are not
    managed. Changes in place."""

    adopt: pulumi.Output[bool | None]
    """Take over the application of that name, and a mapping of this very client, instead of failing. Default: false.
    Matters at creation only."""

    organization: pulumi.Output[str]
    """Where it lives: the id of the Bijira organisation, or the portal's address where it has none."""

    key_mapping_id: pulumi.Output[str | None]
    """Id of the mapping. Absent while there is none."""

    key_manager_id: pulumi.Output[str]
    """Id of the key manager that the client is mapped under; the resource's id has that of the time of creation."""

    key_manager_name: pulumi.Output[str]
    """Name of the key manager that the client is mapped under."""

    token_endpoint: pulumi.Output[str]
    """URL that tokens are fetched from."""

    revoke_endpoint: pulumi.Output[str]
    """URL that tokens are revoked at."""

    available_grant_types: pulumi.Output[Sequence[str]]
    """Grants that the key manager offers."""

    subscription_ids: pulumi.Output[Mapping[str, str]]
    """Id of the subscription for each API id."""

    api_ids: pulumi.Output[Mapping[str, str]]
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
        key_type: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        throttling_policy: pulumi.Input[str] | None = None,
        client_secret: pulumi.Input[str] | None = None,
        subscriptions: pulumi.Input[Sequence[pulumi.Input[SubscriptionArgs | Mapping[str, Any]]]] | None = None,
        adopt: pulumi.Input[bool] | None = None,
    ) -> None:
        """Declare it.

        :param resource_name: Name of the resource within the program.
        :param opts: Options that every resource has.
        :param client_id: Client id of the Asgardeo application (`AsgardeoApplication`'s `client_id`). A change unmaps
            one and maps the other; the application and its subscriptions stay. Changes in place.
        :param application_name: Name of an application to make, up to 100 characters; it is deleted with this resource,
            and with it whatever others have mapped to it. Default: the resource's name, where there is no
            `application_id`. Changes in place.
        :param application_id: Id of an application that exists, to attach to instead of making one: it is never
            deleted, and only what is declared here is touched. A change replaces the client, which is deleted first;
            so does the replacement of the resource whose id it is.
        :param key_manager: Name or id of the key manager that stands for the Asgardeo organisation. Default:
            `bijira:keyManager`, else the only enabled external one. Changes in place: the client is mapped under the
            new one, then the old mapping removed. Only where the key manager is itself replaced, the client is deleted
            first and made again.
        :param key_type: `PRODUCTION` or `SANDBOX`, as the API is deployed. Default: `PRODUCTION`. Changes in place: the
            new mapping first, then the old one removed; the other way round where a key manager takes a client once
            only.
        :param description: What the application is for, up to 512 characters. Only with `application_name`. Changes in
            place.
        :param throttling_policy: Throttling policy of the application. Default: `Unlimited`. Only with
            `application_name`. Changes in place.
        :param client_secret: Client secret, only for a self-hosted API Manager that verifies it; Bijira wants none. It
            is sent when the client id is mapped, and a change of it alone sends nothing.
        :param subscriptions: Subscriptions to published APIs, all of the application's if it is made here. Left out:
            subscriptions are not managed. Changes in place.
        :param adopt: Take over the application of that name, and a mapping of this very client, instead of failing.
            Default: false. Matters at creation only.
        """
        inputs: dict[str, Any] = {
            "application_name": resource_name
            if application_name is None and application_id is None
            else application_name,
            # Under this key no attribute is made of it: the attribute is taken from the id.
            "applicationId": application_id,
            "client_id": client_id,
            "key_manager": key_manager,
            "key_type": key_type,
            "description": description,
            "throttling_policy": throttling_policy,
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
        return cls._get(
            resource_name,
            id,
            opts,
            "application_name",
            "client_id",
            "key_manager",
            "key_type",
            "description",
            "throttling_policy",
            "client_secret",
            "subscriptions",
            "adopt",
        )

    @property
    def application_id(self) -> pulumi.Output[str]:
        """Id of the application, made or attached to."""
        return self.id.apply(lambda id: part_of_id(id, 0))
