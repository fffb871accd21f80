"""Applications, as Asgardeo is told and answers. The names are those of a resource's properties, in snake_case.

Of each object there is what can be said of it (`…Settings`, of which only what is set is sent) and what the server
shows. What is written back whole keeps what nobody here knows of it.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    Field,
    model_validator,
)

from ...transport import Document, Items, Rows, Text
from ..documents import Whole, if_null, spelt, within
from .identifiers import UUID, Uuid
from .oidc_models import OidcSettings

__all__ = (
    "Application",
    "ApplicationLocation",
    "ApplicationPage",
    "ApplicationRow",
    "ApplicationSettings",
    "AuthorizationChanges",
    "AuthorizedApi",
    "Claims",
    "ListedApplication",
    "NewApplication",
)

_ADVANCED, _INBOUND = "advancedConfigurations", "inboundProtocolConfiguration"
_FLOW = "authenticationSequence"


class ApplicationRow(Document):
    """An application as the list shows it."""

    id: Uuid
    name: str
    access: str | None = None
    #: Only where it is asked for, and only of one that has an OIDC part.
    client_id: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is the organisation's and not the system's."""
        return self.access != "READ"


class ListedApplication(ApplicationRow):
    """The same with all that a list shows of an application; what it has not got, it does not show."""

    description: str | None = None
    access_url: str | None = None
    image_url: str | None = Field(None, validation_alias="image")


class ApplicationPage(Document):
    """A page of the list of applications."""

    rows: Items[ListedApplication] = Field(validation_alias="applications")
    total: int = Field(validation_alias="totalResults")

    def following(self, at: int) -> int | None:
        """Behind the last row, while there are more."""
        return at + len(self.rows) if self.rows and at + len(self.rows) < self.total else None


class ApplicationLocation(Document):
    """Where an application was made, which is all that is said of it."""

    location: str = Field(alias="Location", pattern=rf"^(?:https?://[^?#\s]+)?/[^?#\s]*/applications/{UUID}/?$")

    @property
    def id(self) -> str:
        """The end of the address."""
        return self.location.rstrip("/").rpartition("/")[2]


_ClaimUri = Annotated[Text, *within("uri")]


class _ClaimMapping(Whole):
    application_claim: str
    local_claim: _ClaimUri


class _RequestedClaim(Whole):
    claim: _ClaimUri
    mandatory: bool | None = None


class _SubjectClaim(Whole):
    claim: _ClaimUri | None = None
    include_user_domain: bool | None = None
    include_tenant_domain: bool | None = None
    use_mapped_local_subject: bool | None = None


class _RoleClaim(Whole):
    claim: _ClaimUri | None = None
    include_user_domain: bool | None = None


class Claims(Whole):
    """The claims that an application is given."""

    dialect: str | None = None
    claim_mappings: Items[_ClaimMapping] | None = None
    requested_claims: Items[_RequestedClaim] | None = None
    subject: _SubjectClaim | None = None
    role: _RoleClaim | None = None

    @property
    def are_mapped(self) -> bool:
        """Whether somebody has given a claim another name. Asgardeo shows each requested claim as mapped to itself."""
        return any(one.application_claim != one.local_claim for one in self.claim_mappings or [])


class _Advanced(Whole):
    saas: bool | None = None
    discoverable_by_end_users: bool | None = None
    skip_login_consent: bool | None = None
    skip_logout_consent: bool | None = None
    return_authenticated_idp_list: bool | None = None
    enable_authorization: bool | None = None
    enable_api_based_authentication: bool | None = spelt("enableAPIBasedAuthentication", "enableApiBasedAuthentication")


class _Certificate(Whole):
    type: str | None = None
    value: str | None = None


class ApplicationSettings(Whole):
    """What can be said of an application itself."""

    name: str | None = None
    description: Text = ""
    access_url: Text = ""
    image_url: Text = ""
    #: The server stores an empty one as the expression that every URL matches.
    logout_return_url: Annotated[Text, BeforeValidator(lambda value: "" if value == ".*" else value)] = ""
    enabled: Annotated[bool, if_null(True)] = spelt("applicationEnabled", "enabled", default=True)
    allowed_audience: Annotated[
        str, BeforeValidator(lambda value: value or "ORGANIZATION"), *within("allowedAudience", roles=[])
    ] = spelt("associatedRoles", "allowedAudience", default="ORGANIZATION")
    claims: Annotated[Claims, if_null({})] = spelt("claimConfiguration", "claims", default_factory=Claims)
    advanced: Annotated[_Advanced, if_null({})] = spelt(_ADVANCED, "advanced", default_factory=_Advanced)
    certificate: _Certificate | None = None

    @model_validator(mode="before")
    @classmethod
    def _take_certificate_out(cls, value: Any) -> Any:
        """The server has it among the advanced settings."""
        advanced = value.get(_ADVANCED) if isinstance(value, Mapping) else None
        if not isinstance(advanced, Mapping) or "certificate" not in advanced:
            return value
        others = {key: item for key, item in advanced.items() if key != "certificate"}
        return {**value, _ADVANCED: others, "certificate": advanced["certificate"]}

    def whole(self) -> dict[str, Any]:
        """On the wire, with the certificate where the server has it."""
        body = super().whole()
        if "certificate" in body:
            body[_ADVANCED] = {**body.get(_ADVANCED, {}), "certificate": body.pop("certificate")}
        return body


class NewApplication(ApplicationSettings):
    """An application with its OIDC part, and the template that the console shows it with."""

    template: str = spelt("templateId", "template")
    oidc: Annotated[OidcSettings, *within("oidc")] = spelt(_INBOUND, "oidc")

    def whole(self) -> dict[str, Any]:
        """On the wire."""
        return {**super().whole(), _INBOUND: {"oidc": self.oidc.written()}}


class Application(ApplicationRow, ApplicationSettings):
    """An application without its OIDC part."""

    name: str
    client_id: Text = ""
    template: Text = spelt("templateId", "template", default="")

    @classmethod
    def own(cls, document: Mapping[str, Any]) -> dict[str, Any]:
        """Such an object, as it came, without the organisation's login flow, which it has where none was chosen."""
        flow = document.get(_FLOW)
        is_default = isinstance(flow, Mapping) and flow.get("type") == "DEFAULT"
        return {key: value for key, value in document.items() if key != _FLOW or not is_default}


def _each(key: str) -> BeforeValidator:
    """Of objects what they are called, as it is given."""

    def names(value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return [row.get(key) if isinstance(row, Mapping) else row for row in value]

    return BeforeValidator(names)


def _in_order(values: list[str] | None) -> list[str] | None:
    return None if values is None else sorted(values)


def _policy(value: Any) -> Any:
    """As it is given, for the server shows it in capitals."""
    is_text = isinstance(value, str)
    return "No Policy" if is_text and value.upper() == "NO POLICY" else "RBAC" if is_text or value is None else value


class AuthorizedApi(Document):
    """An API that an application may call."""

    api_id: Uuid = spelt("id", "apiId", default=...)
    policy: Annotated[str, BeforeValidator(_policy)] = spelt("policyIdentifier", "policy", "policyId", default="RBAC")
    scopes: Annotated[Rows[str], AfterValidator(sorted), _each("name")] = Field(
        validation_alias=AliasChoices("authorizedScopes", "scopes"), serialization_alias="scopes"
    )
    #: None where the server does not know of any.
    authorization_details_types: Annotated[Items[str] | None, AfterValidator(_in_order), _each("type")] = Field(
        None,
        validation_alias=AliasChoices("authorizedAuthorizationDetailsTypes", "authorizationDetailsTypes"),
        serialization_alias="authorizationDetailsTypes",
    )


class AuthorizationChanges(Whole):
    """What is to become of an API that an application may call."""

    added_scopes: list[str] = []
    removed_scopes: list[str] = []
    added_authorization_details_types: list[str] = []
    removed_authorization_details_types: list[str] = []
