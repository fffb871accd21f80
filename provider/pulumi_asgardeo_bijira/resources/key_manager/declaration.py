"""What a program declares of a key manager, and what the key manager computes."""

import re
from collections.abc import Iterator
from typing import Annotated

from ..declaration import Declaration
from ..field_types import if_text
from ..schema import (
    NAMED_AFTER_RESOURCE,
    REPLACES,
    SECRET,
    WRITE_ONLY,
    Default,
    Effect,
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
    like,
)
from ..widening import CHANGE_WIDENS, MORE_WIDENS, NEVER_WIDENS, OFF_WIDENS, ON_WIDENS

__all__ = ("KEY_MANAGER", "KeyManagerEndpoints", "KeyManagerInputs", "KeyManagerOutputs")

_ORGANIZATION = re.compile(r"[A-Za-z0-9._-]+")


def _organization(name: str) -> str:
    if not _ORGANIZATION.fullmatch(name):
        raise ValueError("may contain letters, digits, dots, hyphens and underscores only")
    return name


def _address(url: str) -> str:
    if not re.fullmatch(r"https?://[^/\s][^\s<>\"\\^`{|}]*", url):
        raise ValueError("is not an absolute URL such as https://api.asgardeo.io/t/acme/oauth2/token")
    return url


OrganizationName = Annotated[Name, if_text(_organization), like("acme", "acme-test")]
Address = Annotated[Name, if_text(_address), like("https://idp.example.com/oauth2", "https://login.example.com/oauth2")]


class KeyManagerEndpoints(Inputs):
    """Where an identity provider is reached, each by its address."""

    token_endpoint: Annotated[
        Address,
        like("https://api.asgardeo.io/t/acme/oauth2/token", "https://api.asgardeo.io/t/acme-test/oauth2/token"),
        CHANGE_WIDENS,
    ]
    """URL that tokens are fetched from. Of an Asgardeo organisation it is all that is needed: at creation the others
    follow from it."""

    issuer: Annotated[Address | None, CHANGE_WIDENS] = None
    """The `iss` claim of its tokens. A gateway knows one key manager for each issuer. Not in the API Portal."""

    jwks_endpoint: Annotated[Address | None, CHANGE_WIDENS] = None
    """URL of the keys that tokens are verified with. Not in the API Portal."""

    authorize_endpoint: Annotated[Address | None, CHANGE_WIDENS] = None
    """URL that people sign in at. Not in the API Portal."""

    revoke_endpoint: Annotated[Address | None, CHANGE_WIDENS] = None
    """URL that tokens are revoked at. Not in the API Portal."""


class ConnectorSetting(Inputs):
    """A setting of the connector through which the API Manager talks to the identity provider."""

    name: Annotated[
        Name, Effect("A change removes one setting and adds another."), like("mgmt_client_id", "mgmt_client_name")
    ]
    """Name of the setting, as the connector knows it."""

    value: Text
    """Its value."""


class KeyManagerInputs(Inputs):
    """The inputs of a key manager."""

    name: Annotated[
        Name, at_most(100), NAMED_AFTER_RESOURCE, REPLACES, like("Asgardeo-Acme", "Asgardeo-Test"), NEVER_WIDENS
    ]
    """Name of the key manager, unique. In the API Portal it is the key manager's id, of letters, digits,
    `_` and `-`."""

    organization: Annotated[OrganizationName | None, CHANGE_WIDENS] = None
    """Name of the Asgardeo organisation whose tokens are trusted, in the region of `asgardeo:baseUrl`: all addresses
    follow from it. In place of `endpoints`."""

    endpoints: KeyManagerEndpoints | None = None
    """Endpoints of the identity provider, in place of `organization`."""

    display_name: Annotated[Name | None, at_most(100), Default("`name` for a new key manager"), NEVER_WIDENS] = None
    """Name that people see."""

    description: Annotated[Prose | None, at_most(256), NEVER_WIDENS] = None
    """What it is for. Not in the API Portal."""

    enabled: Annotated[Flag | None, Default("true for a new key manager"), ON_WIDENS] = None
    """Whether clients can be mapped under it and their tokens are accepted."""

    type: Annotated[
        Name | None,
        at_most(45),
        REPLACES,
        Default("`Asgardeo` for a new key manager"),
        like("WSO2-IS", "Asgardeo"),
        NEVER_WIDENS,
    ] = None
    """Type of the connector, which must be installed in the API Manager: `Asgardeo`, `WSO2-IS-7` and others. Not in
    the API Portal."""

    connector: Annotated[list[ConnectorSetting] | None, KeyedBy("name"), SECRET, WRITE_ONLY] = None
    """Settings of the connector. That for Asgardeo needs `mgmt_client_id` and `mgmt_client_secret`, of an application
    in Asgardeo with the right to manage clients; the settings that follow from the organisation are added. They are not
    shown again, so what somebody else changes in them is not seen. Not in the API Portal."""

    consumer_key_claim: Annotated[
        Name | None, Default("`azp` for a new key manager"), like("azp", "client_id"), CHANGE_WIDENS
    ] = None
    """Claim of a token that holds the client id. Not in the API Portal."""

    scopes_claim: Annotated[
        Name | None, Default("`scope` for a new key manager"), like("scope", "scp"), CHANGE_WIDENS
    ] = None
    """Claim of a token that holds its scopes. Not in the API Portal."""

    available_grant_types: Annotated[
        list[Annotated[Name, like("client_credentials", "password")]] | None,
        KeyedBy(),
        Default("`authorization_code`, `client_credentials`, `password` and `refresh_token` for a new key manager"),
        MORE_WIDENS,
    ] = None
    """Grants that the developer portal shows. Not in the API Portal."""

    provisioned_app_validation: Annotated[Flag | None, Default("false for a new key manager"), OFF_WIDENS] = None
    """Whether a client and its secret are looked up in Asgardeo when it is mapped, so that `BijiraApplicationClient`
    needs `client_secret`. Not in the API Portal."""

    adopt: Annotated[Flag | None, WRITE_ONLY, Default("false"), Effect("Matters at creation only.")] = None
    """Take over the key manager that already has this name instead of failing."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """One form or the other."""
        if self.organization is None and self.endpoints is None:
            yield "organization", "is required unless endpoints is given"
        elif self.organization is not None and self.endpoints is not None:
            yield "organization", "is given together with endpoints; keep one of the two forms"


class KeyManagerOutputs(Outputs):
    """What a key manager computes."""

    portal_organization: str
    """Where it lives: the id of the Bijira organisation, or the portal's address where it has none."""

    issuer: str
    """The `iss` claim of its tokens. Empty in the API Portal, which does not keep it."""

    token_endpoint: str
    """URL that tokens are fetched from."""

    jwks_endpoint: str
    """URL of the keys that tokens are verified with. Empty in the API Portal."""

    authorize_endpoint: str
    """URL that people sign in at. Empty in the API Portal."""

    revoke_endpoint: str
    """URL that tokens are revoked at. Empty in the API Portal."""


KEY_MANAGER = Declaration(
    name="KeyManager",
    type_name="bijira:KeyManager",
    class_name="BijiraKeyManager",
    title="key manager",
    inputs=KeyManagerInputs,
    outputs=KeyManagerOutputs,
    summary="A key manager: it has the gateway trust the tokens of an Asgardeo organisation.",
    details="""\
It is made where an API for that exists: in a self-hosted API Manager (`bijira:baseUrl` ends in /v3, or
`bijira:adminBaseUrl` is set), by a token with the scope `apim:admin` or `apim:admin_operations`, and in the API Portal.
On Bijira's cloud it is added in the console. Pass its `id` to `BijiraApplicationClient` as `key_manager`; for up to a
minute the server may not know a new one; the provider waits for it.

It can be neither deleted nor replaced as long as client ids are mapped under it: first remove the clients, or have them
use another key manager.""",
    id_text="Id of the key manager, as the platform has it.",
    errors=(
        "a name that is taken",
        "a type whose connector is not installed",
        "a connector that lacks a setting",
        "clients that are mapped",
    ),
    page="https://apim.docs.wso2.com/en/latest/administer/key-managers/overview/",
    example="""\
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
""",
    adopting="Set `adopt` to true: the key manager that has the `name` is taken over and changed to what is declared.",
)
