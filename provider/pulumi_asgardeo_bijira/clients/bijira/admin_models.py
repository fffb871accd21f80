"""What API Manager's admin API answers, of which the used properties must be as they are documented."""

from typing import Any

from pydantic import Field

from ...transport.answers import Document, Items, Text
from ..documents import Whole
from .paging import Id

__all__ = ("SAME", "KeyManagerDocument", "KeyManagerList")

#: Properties that have the same name on the wire.
SAME = (
    "name",
    "displayName",
    "description",
    "enabled",
    "type",
    "consumerKeyClaim",
    "scopesClaim",
    "availableGrantTypes",
)


class KeyManagerRow(Document):
    """A key manager in the list."""

    id: Id
    name: str
    type: Text = ""


class KeyManagerList(Document):
    """All key managers; they have no pages."""

    rows: Items[KeyManagerRow] = Field(alias="list")


class Certificates(Whole):
    """Where the keys are that tokens are signed with: an address, or themselves."""

    type: str | None = None
    value: str | None = None


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
    enable_provisioned_app_validation: bool | None = None
    additional_properties: dict[str, Any] | None = None

    def written_back(self) -> dict[str, Any]:
        """What the server is told where nothing changes: all that it said, but for the id and what is null."""
        return {key: value for key, value in self.whole().items() if value is not None and key != "id"}

    def values(self) -> dict[str, Any]:
        """As the properties of a key manager's inputs; what the server leaves out is empty."""
        certificates = self.certificates or Certificates()
        return {
            "id": self.id,
            "name": self.name,
            "displayName": self.display_name or "",
            "description": self.description or "",
            "enabled": self.enabled is not False,
            "type": self.type,
            "consumerKeyClaim": self.consumer_key_claim or "",
            "scopesClaim": self.scopes_claim or "",
            "availableGrantTypes": self.available_grant_types or [],
            "provisionedAppValidation": self.enable_provisioned_app_validation is not False,
            "endpoints": {
                "issuer": self.issuer or "",
                "tokenEndpoint": self.token_endpoint or "",
                "authorizeEndpoint": self.authorize_endpoint or "",
                "revokeEndpoint": self.revoke_endpoint or "",
                "jwksEndpoint": certificates.value or "" if certificates.type == "JWKS" else "",
            },
        }
