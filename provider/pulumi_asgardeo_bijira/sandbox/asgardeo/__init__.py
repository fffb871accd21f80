"""Asgardeo: one organisation per `/t/{org}`, its management APIs and its OpenID provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from ..http import empty
from . import apis, application_list, applications, authorized_apis, details_types, inbound, oauth, oidc, scopes
from .calls import endpoints

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ..world import World

__all__ = ("routes",)

_CREATE, _VIEW, _UPDATE, _DELETE = (f"internal_api_resource_{verb}" for verb in ("create", "view", "update", "delete"))


def routes(world: World) -> list[BaseRoute]:
    """Every endpoint; the last one answers for what an organisation does not have."""
    return [*oauth.routes(), *_api_resources(), *_applications(), Route("/t/{rest:path}", _nothing_here)]


def _api_resources() -> list[BaseRoute]:
    """APIs can be read, but not made, by the path of an organisation below the tenant."""
    return [
        *endpoints("/api-resources", get=(_VIEW, apis.listed), post=(_CREATE, apis.create)),
        *endpoints("/api-resources/{id}", get=(_VIEW, apis.read)),
        *endpoints(
            "/api-resources/{id}", organization=False, patch=(_UPDATE, apis.change), delete=(_DELETE, apis.delete)
        ),
        *endpoints("/api-resources/{id}/scopes", get=(_VIEW, scopes.listed)),
        *endpoints("/api-resources/{id}/scopes", organization=False, put=(_UPDATE, scopes.replace)),
        *endpoints(
            "/api-resources/{id}/scopes/id/{scope}",
            organization=False,
            patch=(_UPDATE, scopes.change_by_id),
            delete=(_DELETE, scopes.delete_by_id),
        ),
        *endpoints(
            "/api-resources/{id}/scopes/{name}",
            organization=False,
            patch=(_UPDATE, scopes.change),
            delete=(_DELETE, scopes.delete),
        ),
        *endpoints("/scopes", get=(_VIEW, scopes.every)),
        *endpoints("/api-resources/{id}/authorization-details-types", get=(_VIEW, details_types.listed)),
        *endpoints(
            "/api-resources/{id}/authorization-details-types", organization=False, put=(_UPDATE, details_types.add)
        ),
        *endpoints("/api-resources/{id}/authorization-details-types/{type}", get=(_VIEW, details_types.read)),
        *endpoints(
            "/api-resources/{id}/authorization-details-types/{type}",
            organization=False,
            patch=(_UPDATE, details_types.change),
            delete=(_DELETE, details_types.delete),
        ),
        *endpoints("/authorization-details-types", get=(_VIEW, details_types.every)),
    ]


def _applications() -> list[BaseRoute]:
    """Applications, their OpenID Connect part, and what they are authorised for."""
    create, view, update, delete = (
        f"internal_application_mgt_{verb}" for verb in ("create", "view", "update", "delete")
    )
    one = "/applications/{id}"
    protocol, authorized = f"{one}/inbound-protocols/oidc", f"{one}/authorized-apis"
    return [
        *endpoints("/applications", get=(view, application_list.listed), post=(create, applications.create)),
        *endpoints(
            one,
            get=(view, applications.read),
            patch=(update, applications.change),
            delete=(delete, applications.delete),
        ),
        *endpoints(protocol, get=(view, oidc.read), put=(update, oidc.change), delete=(delete, oidc.delete)),
        *endpoints(
            f"{protocol}/regenerate-secret",
            post=("internal_application_mgt_client_secret_create", oidc.regenerate),
        ),
        *endpoints(f"{protocol}/revoke", post=(create, oidc.revoke)),
        *endpoints(f"{one}/inbound-protocols", get=(view, inbound.listed)),
        *endpoints(f"{one}/inbound-protocols/", get=(view, inbound.listed)),
        *endpoints(
            f"{one}/inbound-protocols/{{protocol}}",
            get=(view, inbound.read),
            put=(update, inbound.change),
            delete=(delete, inbound.delete),
        ),
        *endpoints(authorized, get=(view, authorized_apis.listed), post=(update, authorized_apis.add)),
        *endpoints(
            f"{authorized}/{{apiId}}", patch=(update, authorized_apis.change), delete=(update, authorized_apis.remove)
        ),
    ]


async def _nothing_here(request: Request) -> Response:
    return empty(404)
