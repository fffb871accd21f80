"""Asgardeo's management API: the endpoints in use and no others, as a plain client.

    asgardeo = Asgardeo(AsgardeoSettings(organization="acme", client_id="…", client_secret="…"))
    asgardeo.api_resources.find("identifier", "https://api.acme.com/orders")

What goes in and comes out are the documents of the modules of models, whose names are those of a resource's properties.
"""

from ...settings import AsgardeoSettings
from ...transport import Connection, redactor_with
from .api_models import ApiChanges, ApiResource, ApiRow, ApiSettings, DetailsType, ListedApi, Scope, ScopeDescription
from .api_resources import SCOPE_GONE, SCOPE_TAKEN, TYPE_GONE, TYPE_TAKEN, ApiResources
from .applications import Applications
from .auth import sign_in
from .callbacks import pack as packed_callbacks
from .endpoints import Endpoints
from .groups import Groups
from .models import (
    Application,
    ApplicationRow,
    ApplicationSettings,
    AuthorizationChanges,
    AuthorizedApi,
    ListedApplication,
    NewApplication,
)
from .oidc_models import Oidc, OidcSettings
from .profile import MANAGEMENT_SCOPES, PROFILE, console_path
from .roles import Roles
from .scim_models import MemberRow, NewRole, Role, RoleOperation, RoleRow, User
from .users import Users

__all__ = (
    "MANAGEMENT_SCOPES",
    "SCOPE_GONE",
    "SCOPE_TAKEN",
    "TYPE_GONE",
    "TYPE_TAKEN",
    "ApiChanges",
    "ApiResource",
    "ApiResources",
    "ApiRow",
    "ApiSettings",
    "Application",
    "ApplicationRow",
    "ApplicationSettings",
    "Applications",
    "Asgardeo",
    "AuthorizationChanges",
    "AuthorizedApi",
    "DetailsType",
    "Endpoints",
    "Groups",
    "ListedApi",
    "ListedApplication",
    "MemberRow",
    "NewApplication",
    "NewRole",
    "Oidc",
    "OidcSettings",
    "Role",
    "RoleOperation",
    "RoleRow",
    "Roles",
    "Scope",
    "ScopeDescription",
    "User",
    "Users",
    "console_path",
    "packed_callbacks",
)


class Asgardeo:
    """One organisation. Its token is asked for when it is first needed, for all of MANAGEMENT_SCOPES."""

    def __init__(self, settings: AsgardeoSettings) -> None:
        url = settings.tenant_url
        redactor = redactor_with(*settings.secrets)
        self.tokens = sign_in(settings, redactor)
        self.connection = Connection(
            url, PROFILE, tokens=self.tokens, rate=settings.rate_limit, ca_bundle=settings.ca_bundle, redactor=redactor
        )
        self.api_resources = ApiResources(self.connection)
        self.applications = Applications(self.connection)
        self.roles = Roles(self.connection)
        self.groups = Groups(self.connection)
        self.users = Users(self.connection)
        self.endpoints = Endpoints(url)
