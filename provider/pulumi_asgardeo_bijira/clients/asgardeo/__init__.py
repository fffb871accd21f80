"""Asgardeo's management API: the endpoints in use and no others, as a plain client.

    asgardeo = Asgardeo(AsgardeoSettings(organization="acme", client_id="…", client_secret="…"))
    asgardeo.api_resources.find("identifier", "https://api.acme.com/orders")

What comes out are the documents of documents.py, what goes in is JSON in the server's own spelling; wire.py translates
between both and the properties of a resource.
"""

from ...settings import AsgardeoSettings
from ...transport import Connection, redactor_with
from .api_resources import SCOPE_GONE, SCOPE_TAKEN, ApiResources
from .applications import Applications
from .auth import sign_in
from .endpoints import Endpoints
from .models import ApiResource, ApiRow, Application, ApplicationRow, AuthorizedApi, Oidc
from .wire import MANAGEMENT_SCOPES, PROFILE

__all__ = (
    "MANAGEMENT_SCOPES",
    "SCOPE_GONE",
    "SCOPE_TAKEN",
    "ApiResource",
    "ApiResources",
    "ApiRow",
    "Application",
    "ApplicationRow",
    "Applications",
    "Asgardeo",
    "AuthorizedApi",
    "Endpoints",
    "Oidc",
)


class Asgardeo:
    """One organisation. Its token is asked for when it is first needed, for all of MANAGEMENT_SCOPES."""

    def __init__(self, settings: AsgardeoSettings) -> None:
        url = settings.tenant_url
        redactor = redactor_with(*settings.secrets)
        self.tokens = sign_in(settings, redactor)
        self.connection = Connection(url, PROFILE, tokens=self.tokens, ca_bundle=settings.ca_bundle, redactor=redactor)
        self.api_resources = ApiResources(self.connection)
        self.applications = Applications(self.connection)
        self.endpoints = Endpoints(url)
