"""What a program declares of a key manager, and what it computes."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator

from ..schema import (
    REPLACES,
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

__all__ = ("KeyManagerEndpoints", "KeyManagerInputs", "KeyManagerOutputs")

_ORGANIZATION = re.compile(r"[A-Za-z0-9._-]+")


def _organization(name: str) -> str:
    if not _ORGANIZATION.fullmatch(name):
        raise ValueError("may hold letters, digits, dots, hyphens and underscores only")
    return name


def _address(url: str) -> str:
    if not re.fullmatch(r"https?://[^/\s][^\s<>\"\\^`{|}]*", url):
        raise ValueError("is not an absolute URL such as https://api.asgardeo.io/t/acme/oauth2/token")
    return url


OrganizationName = Annotated[Name, AfterValidator(lambda name: _organization(name) if isinstance(name, str) else name)]
Address = Annotated[Name, AfterValidator(lambda url: _address(url) if isinstance(url, str) else url)]


class KeyManagerEndpoints(Inputs):
    """Where an identity provider is reached, each by its address."""

    token_endpoint: Address
    """URL that tokens are fetched from. Of an Asgardeo organisation it is all that is needed: at creation the others
    follow from it. Changes in place."""

    issuer: Address | None = None
    """What tokens have as `iss`. A gateway knows one key manager for each issuer. Not in the API Portal. Changes in
    place."""

    jwks_endpoint: Address | None = None
    """URL of the keys that tokens are signed with. Not in the API Portal. Changes in place."""

    authorize_endpoint: Address | None = None
    """URL that people sign in at. Not in the API Portal. Changes in place."""

    revoke_endpoint: Address | None = None
    """URL that tokens are revoked at. Not in the API Portal. Changes in place."""


class ConnectorSetting(Inputs):
    """A setting of the connector through which the API Manager talks to the identity provider."""

    name: Name
    """Name of the setting, as the connector knows it, such as `mgmt_client_id`. A change removes one setting and adds
    another."""

    value: Text
    """Its value. Changes in place."""


class KeyManagerInputs(Inputs):
    """The inputs of a key manager."""

    name: Annotated[Name, at_most(100), REPLACES]
    """Name of the key manager, up to 100 characters, unique. In the API Portal it is the key manager's id, of letters,
    digits, `_` and `-`. Default: the resource's name. A change replaces the key manager."""

    organization: OrganizationName | None = None
    """Name of the Asgardeo organisation that it stands for, in the region of `asgardeo:baseUrl`: all addresses follow
    from it. In place of `endpoints`. Changes in place."""

    endpoints: KeyManagerEndpoints | None = None
    """Endpoints of the identity provider, in place of `organization`. Changes in place."""

    display_name: Annotated[Name, at_most(100)] | None = None
    """Name that people are shown, up to 100 characters. A new key manager has `name`. Changes in place."""

    description: Annotated[Prose, at_most(256)] | None = None
    """What it is for, up to 256 characters. Not in the API Portal. Changes in place."""

    enabled: Flag | None = None
    """Whether clients can be mapped under it and their tokens are taken. A new key manager is enabled. Changes in
    place."""

    type: Annotated[Name | None, at_most(45), REPLACES] = None
    """Type of the connector, which must be installed in the API Manager: `Asgardeo`, `WSO2-IS-7` and others. A new key
    manager has `Asgardeo`. Not in the API Portal. A change replaces the key manager."""

    connector: Annotated[list[ConnectorSetting] | None, KeyedBy("name"), SECRET, WRITE_ONLY] = None
    """Settings of the connector. That for Asgardeo needs `mgmt_client_id` and `mgmt_client_secret`, of an application
    in Asgardeo with the right to manage clients; the settings that follow from the organisation are added. They are not
    shown again, so what somebody else changes in them is not seen. Not in the API Portal. Changes in place."""

    consumer_key_claim: Name | None = None
    """Claim of a token that has the client id. A new key manager has `azp`. Not in the API Portal. Changes in place."""

    scopes_claim: Name | None = None
    """Claim of a token that has its scopes. A new key manager has `scope`. Not in the API Portal. Changes in place."""

    available_grant_types: Annotated[list[Name] | None, KeyedBy()] = None
    """Grants that the developer portal shows. A new key manager has `authorization_code`, `client_credentials`,
    `password` and `refresh_token`. Not in the API Portal. Changes in place."""

    provisioned_app_validation: Flag | None = None
    """Whether a client and its secret are looked up in Asgardeo when it is mapped, so that `BijiraApplicationClient`
    needs `client_secret`. A new key manager has false. Not in the API Portal. Changes in place."""

    adopt: Annotated[Flag | None, WRITE_ONLY] = None
    """Take over the key manager that already has this name instead of failing. Default: false. Matters at creation
    only."""

    def violations(self, unknown: IsUnknown) -> Iterator[Violation]:
        """One form or the other."""
        if self.organization is None and self.endpoints is None:
            yield "organization", "is required where there are no endpoints"
        elif self.organization is not None and self.endpoints is not None:
            yield "organization", "is given together with endpoints; keep one of the two forms"


class KeyManagerOutputs(Outputs):
    """What a key manager computes."""

    portal_organization: str
    """Where it lives: the id of the Bijira organisation, or the portal's address where it has none."""

    issuer: str
    """What tokens have as `iss`. Empty in the API Portal, which does not keep it."""

    token_endpoint: str
    """URL that tokens are fetched from."""

    jwks_endpoint: str
    """URL of the keys that tokens are signed with. Empty in the API Portal."""

    authorize_endpoint: str
    """URL that people sign in at. Empty in the API Portal."""

    revoke_endpoint: str
    """URL that tokens are revoked at. Empty in the API Portal."""
