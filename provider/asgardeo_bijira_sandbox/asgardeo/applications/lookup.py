"""The applications of an organisation: its own, and the portals that the platform has in each.

Portals are shown like any other application, and nobody may change them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..exceptions import application_error, application_not_found
from ..models import Application, Oidc
from ..system import PORTALS, portal_id
from .bodies import Advanced, Authentication, ClaimConfiguration, Roles
from .oidc_bodies import OidcBody
from .oidc_settings import checked_settings

if TYPE_CHECKING:
    from ...web.errors import ApiError
    from ..request import TenantRequest

__all__ = ("DEFAULT_STEPS", "find_application", "forbidden", "new_application", "own_application", "portals")

DEFAULT_STEPS = [{"id": 1, "options": [{"idp": "LOCAL", "authenticator": "BasicAuthenticator"}]}]


def new_application(name: str) -> Application:
    """An application of which nothing but the name is given."""
    authentication = Authentication.model_validate({"steps": DEFAULT_STEPS})
    return Application(
        name=name,
        associated_roles=Roles().document(),
        claims=ClaimConfiguration().document(),
        authentication=authentication.document(),
        advanced=Advanced().document(),
    )


@cache
def portals(organization: str) -> dict[str, Application]:
    """The platform's own applications by their ids."""
    return {made.id: made for made in (_portal(organization, name) for name in PORTALS)}


def find_application(request: TenantRequest) -> Application:
    """The application of the path, be it a portal."""
    id_ = request.param("id")
    found = request.tenant.applications.get(id_) or portals(request.tenant.name).get(id_)
    if found is None:
        raise application_not_found(id_, request.tenant.name)
    return found


def own_application(request: TenantRequest) -> Application:
    """The application of the path, to be changed."""
    found = find_application(request)
    if found.system:
        raise forbidden()
    return found


def forbidden() -> ApiError:
    """Nobody may do that."""
    return application_error(403, "APP-60008", "Forbidden", "System applications cannot be changed.")


def _portal(organization: str, name: str) -> Application:
    made = new_application(name).model_copy(update={"id": portal_id(organization, name), "system": True})
    settings = {
        "grantTypes": ["authorization_code", "refresh_token"],
        "callbackURLs": [f"https://{name.lower().replace(' ', '')}.asgardeo.io/t/{organization}"],
        "publicClient": True,
    }
    client_id = name.upper().replace(" ", "_")
    document = checked_settings(OidcBody.model_validate(settings))
    made.oidc = Oidc(client_id=client_id, client_secret="", settings=document)
    return made
