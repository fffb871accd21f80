"""Asgardeo's management API: the endpoints in use and no others, as a plain client.

    asgardeo = Asgardeo(AsgardeoSettings(organization="acme", client_id="…", client_secret="…"))
    asgardeo.api_resources.find("identifier", "https://api.acme.com/orders")

What goes in and comes out is JSON in the server's own spelling; wire.py translates it.
"""

from ..http import ClientCredentials, Connection, Dialect, GivenToken, Redactor, TokenSource, knowing
from ..settings import AsgardeoSettings
from .addresses import Addresses
from .api_resources import ApiResources
from .applications import Applications
from .wire import DIALECT, MANAGEMENT_SCOPES

__all__ = ("MANAGEMENT_SCOPES", "Addresses", "ApiResources", "Applications", "Asgardeo")


class Asgardeo:
    """One organisation. Its token is asked for when it is first needed, for all of MANAGEMENT_SCOPES."""

    def __init__(self, settings: AsgardeoSettings) -> None:
        url = settings.tenant_url
        redactor = knowing(settings.client_secret, settings.access_token)
        self.tokens = self._sign_in(settings, redactor)
        self.connection = Connection(url, DIALECT, tokens=self.tokens, ca_bundle=settings.ca_bundle, redactor=redactor)
        self.api_resources = ApiResources(self.connection)
        self.applications = Applications(self.connection)
        addresses = Addresses(url)
        self.issuer = addresses.issuer
        self.token_endpoint = addresses.token_endpoint
        self.jwks_endpoint = addresses.jwks_endpoint

    @staticmethod
    def _sign_in(settings: AsgardeoSettings, redactor: Redactor) -> TokenSource:
        if settings.access_token:
            return GivenToken(settings.access_token)
        client_id, secret = settings.credentials()
        url = f"{settings.tenant_url}/oauth2/token"
        endpoint = Connection(
            url, Dialect("Asgardeo", advice=DIALECT.advice), ca_bundle=settings.ca_bundle, redactor=redactor
        )
        return ClientCredentials(endpoint, client_id, secret, scopes=tuple(MANAGEMENT_SCOPES))
