"""Where an organisation of Asgardeo's signs people in: its addresses, composed and never asked for."""

from dataclasses import dataclass

__all__ = ("Endpoints",)


@dataclass(frozen=True)
class Endpoints:
    """The addresses below `<host>/t/<organisation>`."""

    tenant_url: str

    @property
    def issuer(self) -> str:
        """Who tokens say that they are from."""
        return f"{self.tenant_url}/oauth2/token"

    @property
    def token_endpoint(self) -> str:
        """Where tokens are fetched."""
        return f"{self.tenant_url}/oauth2/token"

    @property
    def jwks_endpoint(self) -> str:
        """Where the keys are that tokens are verified with."""
        return f"{self.tenant_url}/oauth2/jwks"

    @property
    def authorize_endpoint(self) -> str:
        """Where people sign in."""
        return f"{self.tenant_url}/oauth2/authorize"

    @property
    def revoke_endpoint(self) -> str:
        """Where tokens are revoked."""
        return f"{self.tenant_url}/oauth2/revoke"
