"""Asgardeo: one organisation per `/t/{org}`, its management APIs and its OpenID provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from ..web.http import empty
from .api_resources import authorization_details as details_types
from .api_resources import handlers as apis
from .api_resources import scopes
from .applications import authorized_apis, metadata, oidc
from .applications import handlers as applications
from .applications import inbound_protocols as inbound
from .applications import listing as application_list
from .applications import parts as application_parts
from .claims import handlers as claims
from .oauth import handlers as oauth
from .registration import handlers as registration
from .request import endpoints
from .roles import handlers as roles
from .roles.bodies import MEDIA

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ..store import Store

__all__ = ("routes",)


def routes(store: Store) -> list[BaseRoute]:
    """Every endpoint; the last one answers for what an organisation does not have.

    A path with a fixed name stands before the one that takes any name in its place.
    """
    return [
        *oauth.routes(),
        *_api_resources(),
        *_about_applications(),
        *_applications(),
        *_protocols(),
        *_claims(),
        *_registration(),
        *_roles(),
        Route("/t/{rest:path}", _nothing_here),
    ]


def _scopes(stem: str) -> tuple[str, str, str, str]:
    """The scopes to create, view, update and delete."""
    return f"{stem}_create", f"{stem}_view", f"{stem}_update", f"{stem}_delete"


def _api_resources() -> list[BaseRoute]:
    """APIs can be read, but not changed, by the path of an organisation below the tenant."""
    create, view, update, delete = _scopes("internal_api_resource")
    one = "/api-resources/{id}"
    types = f"{one}/authorization-details-types"
    return [
        *endpoints("/api-resources", get=(view, apis.listed), post=(create, apis.create)),
        *endpoints(one, get=(view, apis.read)),
        *endpoints(one, organization=False, patch=(update, apis.change), delete=(delete, apis.delete)),
        *endpoints(f"{one}/scopes", get=(view, scopes.listed)),
        *endpoints(f"{one}/scopes", organization=False, put=(update, scopes.replace)),
        *endpoints(
            f"{one}/scopes/id/{{scope}}",
            organization=False,
            patch=(update, scopes.change_by_id),
            delete=(delete, scopes.delete_by_id),
        ),
        *endpoints(
            f"{one}/scopes/{{name}}",
            organization=False,
            patch=(update, scopes.change),
            delete=(delete, scopes.delete),
        ),
        *endpoints("/scopes", get=(view, scopes.every)),
        *endpoints(types, get=(view, details_types.listed)),
        *endpoints(types, organization=False, put=(update, details_types.add)),
        *endpoints(f"{types}/{{type}}", get=(view, details_types.read)),
        *endpoints(
            f"{types}/{{type}}",
            organization=False,
            patch=(update, details_types.change),
            delete=(delete, details_types.delete),
        ),
        *endpoints("/authorization-details-types", get=(view, details_types.every)),
    ]


def _about_applications() -> list[BaseRoute]:
    """What may be written into an application, and the one that stands for the organisation."""
    view = "internal_application_mgt_view"
    meta, templates = "/applications/meta", "/applications/templates"
    return [
        *endpoints(f"{meta}/inbound-protocols", get=(view, metadata.protocols)),
        *endpoints(f"{meta}/inbound-protocols/saml", get=(view, metadata.saml)),
        *endpoints(f"{meta}/inbound-protocols/oidc", get=(view, metadata.oidc)),
        *endpoints(f"{meta}/inbound-protocols/ws-trust", get=(view, metadata.ws_trust)),
        *endpoints(f"{meta}/inbound-protocols/{{protocol}}", get=(view, metadata.custom)),
        *endpoints(f"{meta}/adaptive-auth-templates", get=(view, metadata.adaptive_templates)),
        *endpoints(f"{meta}/groups", get=(view, metadata.groups)),
        *endpoints(templates, get=(view, metadata.templates)),
        *endpoints(f"{templates}/{{template}}", get=(view, metadata.template)),
        *endpoints("/applications/resident", get=(view, application_parts.resident)),
        *endpoints("/organizations/self", get=("internal_organization_view", application_parts.organization)),
    ]


def _applications() -> list[BaseRoute]:
    """Applications, and what they are authorised for."""
    create, view, update, delete = _scopes("internal_application_mgt")
    one = "/applications/{id}"
    authorized = f"{one}/authorized-apis"
    return [
        *endpoints("/applications", get=(view, application_list.listed), post=(create, applications.create)),
        *endpoints(
            one,
            get=(view, applications.read),
            patch=(update, applications.change),
            delete=(delete, applications.delete),
        ),
        *endpoints(authorized, get=(view, authorized_apis.listed), post=(update, authorized_apis.add)),
        *endpoints(
            f"{authorized}/{{apiId}}", patch=(update, authorized_apis.change), delete=(update, authorized_apis.remove)
        ),
        *endpoints(f"{one}/authenticators", get=(view, application_parts.authenticators)),
        *endpoints(f"{one}/export", get=(view, application_parts.export)),
        *endpoints(f"{one}/exportFile", get=(view, application_parts.export)),
        *endpoints(f"{one}/owner", put=("internal_organization_admin", application_parts.change_owner)),
        *endpoints(f"{one}/authenticationSequence/script", put=(update, application_parts.change_script)),
    ]


def _protocols() -> list[BaseRoute]:
    """The protocols of an application."""
    create, view, update, delete = _scopes("internal_application_mgt")
    every = "/applications/{id}/inbound-protocols"
    connect = f"{every}/oidc"
    return [
        *endpoints(every, get=(view, inbound.listed)),
        *endpoints(f"{every}/", get=(view, inbound.listed)),
        *endpoints(connect, get=(view, oidc.read), put=(update, oidc.change), delete=(delete, oidc.delete)),
        *endpoints(
            f"{connect}/regenerate-secret", post=("internal_application_mgt_client_secret_create", oidc.regenerate)
        ),
        *endpoints(f"{connect}/revoke", post=(create, oidc.revoke)),
        *endpoints(
            f"{every}/{{protocol}}",
            get=(view, inbound.read),
            put=(update, inbound.change),
            delete=(delete, inbound.delete),
        ),
    ]


def _claims() -> list[BaseRoute]:
    """Claims and the scopes of OpenID Connect."""
    scope, claim = "internal_oidc_scope_mgt_view", "internal_claim_meta_view"
    dialects = "/claim-dialects"
    return [
        *endpoints("/oidc/scopes", get=(scope, claims.scopes)),
        *endpoints("/oidc/scopes/{id}", get=(scope, claims.scope)),
        *endpoints(dialects, get=(claim, claims.dialects)),
        *endpoints(f"{dialects}/local/claims", get=(claim, claims.local_claims)),
        *endpoints(f"{dialects}/local/claims/{{claim}}", get=(claim, claims.local_claim)),
        *endpoints(f"{dialects}/{{id}}", get=(claim, claims.dialect)),
        *endpoints(f"{dialects}/{{id}}/claims", get=(claim, claims.claims)),
        *endpoints(f"{dialects}/{{id}}/claims/{{claim}}", get=(claim, claims.claim)),
    ]


def _registration() -> list[BaseRoute]:
    """Dynamic client registration."""
    create, view, update, delete = _scopes("internal_dcr")
    base = registration.BASE
    return [
        *endpoints("/register", base=base, get=(view, registration.by_name), post=(create, registration.create)),
        *endpoints(
            "/register/{client}",
            base=base,
            get=(view, registration.read),
            put=(update, registration.change),
            delete=(delete, registration.delete),
        ),
    ]


def _roles() -> list[BaseRoute]:
    """Roles, by SCIM."""
    create, view, update, delete = _scopes("internal_role_mgt")
    base = roles.BASE
    return [
        *endpoints("/Roles", base=base, media=MEDIA, get=(view, roles.listed), post=(create, roles.create)),
        *endpoints("/Roles/.search", base=base, media=MEDIA, post=(view, roles.searched)),
        *endpoints(
            "/Roles/{id}",
            base=base,
            media=MEDIA,
            get=(view, roles.read),
            put=(update, roles.replace),
            patch=(update, roles.change),
            delete=(delete, roles.delete),
        ),
    ]


async def _nothing_here(request: Request) -> Response:
    return empty(404)
