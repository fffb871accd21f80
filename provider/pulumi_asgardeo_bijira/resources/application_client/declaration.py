"""What can be declared of a client in Bijira."""

from collections.abc import Iterator
from typing import Annotated, Literal

from ..schema import (
    SECRET,
    WRITE_ONLY,
    Flag,
    Inputs,
    IsUnknown,
    KeyedBy,
    Name,
    Outputs,
    Prose,
    Text,
    Violation,
    at_most,
)

__all__ = ("ClientInputs", "ClientOutputs", "ClientSubscription")


class ClientSubscription(Inputs):
    """A subscription to a published API, by its id or by name and version."""

    api_id: Name | None = None
    """Id of the API in Bijira, in place of name and version. A change ends one subscription and makes another."""

    api_name: Name | None = None
    """Name of the API. A change ends one subscription and makes another."""

    api_version: Name | None = None
    """Version of the API, such as `1.0.0`. A change ends one subscription and makes another."""

    plan: Name = "Unlimited"
    """Subscription plan. Default: `Unlimited`. Changes in place."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """One form or the other."""
        if self.api_id is not None:
            if self.api_name is not None or self.api_version is not None:
                yield "api_id", "is given together with a name or version; keep one of the two forms"
        elif self.api_name is None:
            yield "api_name", "is required where there is no api_id"
        elif self.api_version is None:
            yield "api_version", "is required beside api_name"


class ClientInputs(Inputs):
    """The inputs of a client in Bijira."""

    application_name: Annotated[Name, at_most(100)] | None = None
    """Name of an application to make, up to 100 characters; it is deleted with this resource, and with it whatever
    others have mapped to it. Default: the resource's name, where there is no `application_id`. Changes in place."""

    application_id: Name | None = None
    """Id of an application that exists, to attach to instead of making one: it is never deleted, and only what is
    declared here is touched. A change replaces the client, which is deleted first; so does the replacement of the
    resource whose id it is."""

    client_id: Name
    """Client id of the Asgardeo application (`AsgardeoApplication`'s `client_id`). A change unmaps one and maps the
    other; the application and its subscriptions stay. Changes in place."""

    key_manager: Name | None = None
    """Name or id of the key manager that stands for the Asgardeo organisation. Default: `bijira:keyManager`, else the
    only enabled external one. Changes in place: the client is mapped under the new one, then the old mapping removed.
    Only where the key manager is itself replaced, the client is deleted first and made again."""

    key_type: Literal["PRODUCTION", "SANDBOX"] = "PRODUCTION"
    """`PRODUCTION` or `SANDBOX`, as the API is deployed. Default: `PRODUCTION`. Changes in place: the new mapping
    first, then the old one removed; the other way round where a key manager takes a client once only."""

    description: Annotated[Prose, at_most(512)] | None = None
    """What the application is for, up to 512 characters. Only with `application_name`. Changes in place."""

    throttling_policy: Name | None = None
    """Throttling policy of the application. Default: `Unlimited`. Only with `application_name`. Changes in place."""

    client_secret: Annotated[Text | None, SECRET, WRITE_ONLY] = None
    """Client secret, only for a self-hosted API Manager that verifies it; Bijira wants none. It is sent when the client
    id is mapped, and a change of it alone sends nothing."""

    subscriptions: Annotated[list[ClientSubscription] | None, KeyedBy("api_id", "api_name", "api_version")] = None
    """Subscriptions to published APIs, all of the application's if it is made here. Left out: subscriptions are not
    managed. Changes in place."""

    adopt: Annotated[Flag | None, WRITE_ONLY] = None
    """Take over the application of that name, and a mapping of this very client, instead of failing. Default: false.
    Matters at creation only."""

    def complete(self, unknown: IsUnknown) -> None:
        """An application that is made here has a throttling policy."""
        if self.application_id is None and self.throttling_policy is None:
            self.throttling_policy = "Unlimited"

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """An application is made or attached to."""
        if self.application_id is None:
            if self.application_name is None:
                yield "application_name", "is required where there is no application_id"
            return
        for field in ("application_name", "description", "throttling_policy"):
            if getattr(self, field) is not None:
                yield field, "is given together with application_id; an application that is attached to stays as it is"


class ClientOutputs(Outputs):
    """What a client in Bijira computes. The connection data is that of the time when the key manager was chosen."""

    organization: str
    """Where it lives: the id of the Bijira organisation, or the portal's address where it has none."""

    key_mapping_id: str | None = None
    """Id of the mapping. Absent while there is none."""

    key_manager_id: str
    """Id of the key manager that the client is mapped under; the resource's id has that of the time of creation."""

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
