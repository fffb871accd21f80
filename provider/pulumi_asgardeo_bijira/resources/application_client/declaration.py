"""What a program declares of a client in Bijira, and what the client computes."""

from collections.abc import Iterator
from typing import Annotated, Literal

from ..declaration import Declaration
from ..schema import (
    SECRET,
    WRITE_ONLY,
    Default,
    Effect,
    Flag,
    Inputs,
    IsUnknown,
    KeyedBy,
    Name,
    NamedAfterResource,
    Outputs,
    PartOfId,
    Prose,
    Text,
    TextMap,
    Violation,
    at_most,
    like,
)
from ..widening import CHANGE_WIDENS, MORE_WIDENS, NEVER_WIDENS

__all__ = ("APPLICATION_CLIENT", "ClientInputs", "ClientOutputs", "Subscription")

_API_IDS = ("7a2f41d0-6c1b-4a53-8f0e-1f3b5c7d9e21", "8b305ee1-7d2c-4b64-9f1f-2a4c6d8eaf32")
_OTHER_SUBSCRIPTION = Effect("A change ends one subscription and makes another.")


class Subscription(Inputs):
    """A subscription to a published API, by its id or by name and version."""

    api_id: Annotated[Name | None, _OTHER_SUBSCRIPTION, like(*_API_IDS), NEVER_WIDENS] = None
    """Id of the API in Bijira, in place of name and version."""

    api_name: Annotated[Name | None, _OTHER_SUBSCRIPTION, like("Orders API", "Bills API"), NEVER_WIDENS] = None
    """Name of the API."""

    api_version: Annotated[Name | None, _OTHER_SUBSCRIPTION, like("1.0.0", "2.0.0"), NEVER_WIDENS] = None
    """Version of the API."""

    plan: Annotated[Name, like("Gold", "Bronze"), CHANGE_WIDENS] = "Unlimited"
    """Subscription plan."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """One form or the other."""
        if self.api_id is not None:
            if self.api_name is not None or self.api_version is not None:
                yield "api_id", "is given together with a name or version; keep one of the two forms"
        elif self.api_name is None:
            yield "api_name", "is required unless `api_id` is given"
        elif self.api_version is None:
            yield "api_version", "is required beside `api_name`"


class ClientInputs(Inputs):
    """The inputs of a client in Bijira."""

    application_name: Annotated[
        Name | None, at_most(100), NamedAfterResource(unless="application_id"), like("Orders", "Bills"), NEVER_WIDENS
    ] = None
    """Name of an application to create; it is deleted with this resource, and with it whatever others have mapped to
    it."""

    application_id: Annotated[
        Name | None,
        PartOfId(0, "Id of the application, made or attached to."),
        Effect(
            "A change replaces the client, which is deleted first; so does the replacement of the resource whose id it "
            "is."
        ),
        like("0c6e1d52-3f7a-4b8c-9d24-6a5b4c3d2e1f", "1d7f2e63-408b-4c9d-8e35-7b6c5d4e3f20"),
        NEVER_WIDENS,
    ] = None
    """Id of an application that exists, to attach to instead of making one: it is never deleted, and only what is
    declared here is touched."""

    client_id: Annotated[Name, like("Tn3Qy5bWm8", "Zk7Rp2cVx4"), CHANGE_WIDENS]
    """Client id of the Asgardeo application (`AsgardeoApplication`'s `client_id`). A change unmaps one and maps the
    other; the application and its subscriptions stay."""

    key_manager: Annotated[
        Name | None,
        Default("`bijira:keyManager`, else the only enabled external one"),
        Effect(
            "Changes in place: the client is mapped under the new one, then the old mapping removed. Only where the "
            "key manager is itself replaced, the client is deleted first and made again."
        ),
        like("Asgardeo", "Partners"),
        CHANGE_WIDENS,
    ] = None
    """Name or id of the key manager of the Asgardeo organisation."""

    key_type: Annotated[
        Literal["PRODUCTION", "SANDBOX"],
        Effect(
            "Changes in place: the new mapping first, then the old one removed; the other way round where a key "
            "manager takes a client once only."
        ),
        CHANGE_WIDENS,
    ] = "PRODUCTION"
    """`PRODUCTION` or `SANDBOX`, as the API is deployed."""

    description: Annotated[Prose | None, at_most(512), NEVER_WIDENS] = None
    """What the application is for. Only with `application_name`."""

    throttling_policy: Annotated[Name | None, Default("`Unlimited`"), like("10PerMin", "50PerMin"), CHANGE_WIDENS] = (
        None
    )
    """Throttling policy of the application. Only with `application_name`."""

    attributes: Annotated[
        TextMap | None,
        like({"Cost Center": "4711"}, {"Cost Center": "4712"}),
        NEVER_WIDENS,
    ] = None
    """Attributes of the application by their names: those that a self-hosted API Manager defines, and may require.
    Attributes that are not named here stay as they are; `""` clears one. Only with `application_name`, and not in the
    API Portal."""

    groups: Annotated[list[Annotated[Name, like("shop", "warehouse")]] | None, KeyedBy(), MORE_WIDENS] = None
    """Groups that share the application, all of them, where a self-hosted API Manager lets groups share. Only with
    `application_name`, and not in the API Portal."""

    client_secret: Annotated[
        Text | None,
        SECRET,
        WRITE_ONLY,
        Effect("It is sent when the client id is mapped, and a change of it alone sends nothing."),
    ] = None
    """Client secret, only for a self-hosted API Manager that verifies it; Bijira wants none."""

    subscriptions: Annotated[list[Subscription] | None, KeyedBy("api_id", "api_name", "api_version"), MORE_WIDENS] = (
        None
    )
    """Subscriptions to published APIs, all of the application's if it is made here. Left out: subscriptions are not
    managed."""

    adopt: Annotated[Flag | None, WRITE_ONLY, Default("false"), Effect("Matters at creation only.")] = None
    """Take over the application of that name, and a mapping of this client id, instead of failing."""

    def complete(self, unknown: IsUnknown) -> None:
        """An application that is made here has a throttling policy."""
        if self.application_id is None and self.throttling_policy is None:
            self.throttling_policy = "Unlimited"

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """An application is made or attached to."""
        if self.application_id is None:
            if self.application_name is None:
                yield "application_name", "is required unless `application_id` is given"
            return
        for field in ("application_name", "description", "throttling_policy", "attributes", "groups"):
            if getattr(self, field) is not None:
                yield (
                    field,
                    "is given together with `application_id`; an application that is attached to stays as it is",
                )


class ClientOutputs(Outputs):
    """What a client in Bijira computes. The connection data is that of the time when the key manager was chosen."""

    organization: str
    """Where it lives: the id of the Bijira organisation, or the portal's address where it has none."""

    key_mapping_id: str | None = None
    """Id of the mapping. Absent while there is none."""

    key_manager_id: str
    """Id of the key manager that the client is mapped under; the resource's id keeps the one from creation."""

    key_manager_name: str
    """Name of the key manager that the client is mapped under."""

    token_endpoint: str
    """URL that tokens are fetched from."""

    revoke_endpoint: str
    """URL that tokens are revoked at."""

    available_grant_types: list[str]
    """Grants that the key manager offers."""

    subscription_ids: dict[str, str]
    """Id of the subscription for each API id."""

    api_ids: dict[str, str]
    """Id of the API for each subscription that was declared by name, as `<name>/<version>`."""


APPLICATION_CLIENT = Declaration(
    name="ApplicationClient",
    type_name="bijira:ApplicationClient",
    class_name="BijiraApplicationClient",
    title="application client",
    inputs=ClientInputs,
    outputs=ClientOutputs,
    summary="A client of Asgardeo in Bijira: an application, the client id that is mapped to it, subscriptions.",
    details="""\
Bijira is now called WSO2 API Platform.

The API Portal shows no mappings: what somebody else mapped to the same application under the same key manager and key
type is overwritten there silently, and removed with this client. Where clients of an application change hands,
give each a key type or a key manager of its own.""",
    id_text="`<application id>/<key manager id>/<key type>`.",
    errors=(
        "a key manager that is not listed",
        "a client id that is already mapped to another application",
        "an API that is not published",
        "a plan that the API does not offer",
        "an attribute that the API Manager requires and that is not given",
        "a token without the scope `apim:subscribe`",
    ),
    page="https://wso2.com/api-platform/docs/cloud/devportal/manage-applications/create-an-application/",
    example="""\
import pulumi
import pulumi_asgardeo_bijira as wso2

service = wso2.AsgardeoApplication("orders-service")
client = wso2.BijiraApplicationClient(
    "orders-service",
    client_id=service.client_id,
    subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}],
)
pulumi.export("applicationId", client.application_id)
""",
    adopting="Set `adopt` to true: the application that has the `application_name` is taken over, and a mapping of "
    "this very client. An `application_id` attaches to an application without taking it over.",
)
