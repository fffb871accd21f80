"""What is kept of an identity provider."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from ..ids import new_id

__all__ = ("FederatedAuthenticator", "IdentityProvider")


class FederatedAuthenticator(BaseModel):
    """A way to sign in at an identity provider: the platform's, with its properties, or one's own service."""

    name: str
    enabled: bool = False
    defined_by: Literal["SYSTEM", "USER"] = "SYSTEM"
    properties: dict[str, str | None] = {}
    endpoint: dict[str, Any] | None = None


class IdentityProvider(BaseModel):
    """An identity provider; nested groups are kept in the form in which they are sent.

    Its groups are among those of the organisation, which know whose they are.
    """

    id: str = Field(default_factory=new_id)
    name: str
    description: str | None = None
    image: str | None = None
    template_id: str | None = None
    enabled: bool = True
    primary: bool = False
    federation_hub: bool = False
    home_realm: str | None = None
    alias: str | None = None
    issuer: str | None = None
    certificate: dict[str, Any] = {}
    claims: dict[str, Any] = {}
    roles: dict[str, Any] = {}
    provisioning: dict[str, Any] = {}
    connectors: dict[str, Any] = {}
    association: dict[str, Any] = {}
    authenticators: list[FederatedAuthenticator] = []
    default_authenticator: str | None = None

    def authenticator(self, name: str | None) -> FederatedAuthenticator | None:
        """Its authenticator of this name."""
        return next((one for one in self.authenticators if one.name == name), None)
