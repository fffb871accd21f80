"""What API Manager's admin API answers, of which the used properties must be as they are documented."""

from typing import Any

from pydantic import Field

from ....transport import Document, Items, Text
from ...documents import Whole
from ..models import Id, KeyManagerSettings, ManagedKeyManager

__all__ = ("KeyManagerDocument", "KeyManagerList", "settings_on_the_wire")


class KeyManagerRow(Document):
    """A key manager in the list."""

    id: Id
    name: str
    type: Text = ""


class KeyManagerList(Document):
    """All key managers; they have no pages."""

    rows: Items[KeyManagerRow] = Field(alias="list")


class Certificates(Whole):
    """Where the keys are that tokens are verified with: an address, or themselves."""

    type: str | None = None
    value: str | None = None


#: What is called otherwise by a key manager's settings, or stands elsewhere.
_CALLED_OTHERWISE = {
    "issuer",
    "token_endpoint",
    "authorize_endpoint",
    "revoke_endpoint",
    "certificates",
    "provisioned_app_validation",
    "additional_properties",
}


class KeyManagerDocument(Whole):
    """A key manager, which is written back whole."""

    id: Id
    name: str
    type: str
    display_name: str | None = None
    description: str | None = None
    enabled: bool | None = None
    consumer_key_claim: str | None = None
    scopes_claim: str | None = None
    available_grant_types: Items[str] | None = None
    issuer: str | None = None
    token_endpoint: str | None = None
    authorize_endpoint: str | None = None
    revoke_endpoint: str | None = None
    certificates: Certificates | None = None
    provisioned_app_validation: bool | None = Field(default=None, alias="enableProvisionedAppValidation")
    additional_properties: dict[str, Any] | None = Field(default=None, repr=False)

    def written_back(self) -> dict[str, Any]:
        """What the server is told where nothing changes: all that it said, but for the id and what is null."""
        return {key: value for key, value in self.whole().items() if value is not None and key != "id"}

    def shown(self) -> ManagedKeyManager:
        """As every back end shows one; what the server leaves out is empty."""
        certificates = self.certificates or Certificates()
        empty: dict[str, Any] = {
            **dict.fromkeys(("displayName", "description", "consumerKeyClaim", "scopesClaim"), ""),
            "enabled": True,
            "availableGrantTypes": [],
        }
        endpoints = {
            "issuer": self.issuer or "",
            "tokenEndpoint": self.token_endpoint or "",
            "authorizeEndpoint": self.authorize_endpoint or "",
            "revokeEndpoint": self.revoke_endpoint or "",
            "jwksEndpoint": certificates.value or "" if certificates.type == "JWKS" else "",
        }
        validates = {"provisionedAppValidation": self.provisioned_app_validation is not False}
        same = self.model_dump(by_alias=True, exclude_none=True, exclude=_CALLED_OTHERWISE)
        return ManagedKeyManager.model_validate({**empty, **same, **validates, "endpoints": endpoints})


def settings_on_the_wire(settings: KeyManagerSettings) -> dict[str, Any]:
    """What is set, but for the connector, as the server calls it."""
    body = settings.model_dump(by_alias=True, exclude_unset=True, exclude={"endpoints", "connector"})
    endpoints = settings.endpoints.model_dump(by_alias=True, exclude_unset=True)
    if "jwksEndpoint" in endpoints:
        body["certificates"] = {"type": "JWKS", "value": endpoints.pop("jwksEndpoint")}
    if "provisionedAppValidation" in body:
        body["enableProvisionedAppValidation"] = body.pop("provisionedAppValidation")
    return body | endpoints
