"""Dynamic client registration: `/api/identity/oauth2/dcr/v1.1/register`. Its clients are ordinary applications."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from ...web.errors import ApiError
from ...web.responses import answer, empty
from ..applications.lookup import new_application
from ..applications.oidc_bodies import OidcBody
from ..applications.oidc_settings import checked_settings, new_client
from ..exceptions import registration_error
from .bodies import Registration, RegistrationChange, client_document, settings_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..models import Application, Oidc, Tenant
    from ..request import TenantRequest

_NAME = re.compile(r"[a-zA-Z0-9 ._\-]+")
_KEPT = ("ext_application_display_name", "ext_application_owner")
_GROUPS = ("accessToken", "refreshToken", "idToken", "pkce", "logout", "clientAuthentication")


def create(request: TenantRequest) -> Response:
    """POST: the whole client, with its secret."""
    body = _read(request, Registration)
    tenant = request.tenant
    _check_name(tenant, body.client_name)
    if body.ext_param_client_id and tenant.client(body.ext_param_client_id):
        raise registration_error(f"Client id {body.ext_param_client_id} already exist in the system")
    if tenant.application_limit is not None and len(tenant.applications) >= tenant.application_limit:
        raise registration_error("Maximum number of allowed applications have been reached.")
    _check_redirects(body)
    proposed = {"clientId": body.ext_param_client_id, "clientSecret": body.ext_param_client_secret}
    application = new_application(body.client_name)
    application.is_management_app = body.is_management_app
    document = _document({"grantTypes": body.grant_types, **settings_of(body), **proposed})
    _checked(document)
    application.oidc = new_client(tenant, document)
    _apply(application, body)
    tenant.applications[application.id] = application
    return answer(client_document(application, application.oidc), 201)


def read(request: TenantRequest) -> Response:
    """GET one client."""
    return answer(client_document(*_client(request)))


def by_name(request: TenantRequest) -> Response:
    """GET one client by its name."""
    name = request.query("client_name")
    if not name:
        raise registration_error("Insufficient data in the request")
    for application in request.tenant.applications.values():
        if application.name == name and application.oidc is not None:
            return answer(client_document(application, application.oidc))
    raise ApiError(401)


def update(request: TenantRequest) -> Response:
    """PUT: lists that are empty and members that are left out stay as they are."""
    body, (application, oidc) = _read(request, RegistrationChange), _client(request)
    if body.client_name and body.client_name != application.name:
        _check_name(request.tenant, body.client_name)
    _check_redirects(body)
    sent = settings_of(body)
    merged = {**oidc.settings, **sent}
    for group in _GROUPS:
        merged[group] = {**oidc.settings[group], **sent.get(group, {})}
    oidc.settings = _checked(_document(merged))
    application.name = body.client_name or application.name
    _apply(application, body)
    return answer(client_document(application, oidc))


def delete(request: TenantRequest) -> Response:
    """DELETE the client, and the application with it. One that is not there is not deleted."""
    application, _ = _client(request)
    request.tenant.forget_application(application.id)
    return empty(204)


def _client(request: TenantRequest) -> tuple[Application, Oidc]:
    """The client of the path; an unknown one is said to be not authenticated, and nothing else is said."""
    application = request.tenant.client(request.param("client"))
    if application is None or application.oidc is None:
        raise ApiError(401)
    return application, application.oidc


def _read(request: TenantRequest, model: type[Any]) -> Any:
    try:
        return model.model_validate(request.json())
    except ValidationError:
        raise registration_error("Invalid data in the request") from None


def _document(settings: dict[str, Any]) -> OidcBody:
    try:
        return OidcBody.model_validate(settings)
    except ValidationError:
        raise registration_error("Invalid data in the request") from None


def _checked(body: OidcBody) -> dict[str, Any]:
    try:
        return checked_settings(body)
    except ApiError as problem:
        raise registration_error(str(problem.body["description"])) from None


def _apply(application: Application, body: RegistrationChange) -> None:
    sent = body.model_dump(include=set(_KEPT), exclude_none=True)
    application.registration = {**application.registration, **sent}
    if body.jwks_uri:
        application.advanced = {**application.advanced, "certificate": {"type": "JWKS", "value": body.jwks_uri}}
    if body.audience:
        application.associated_roles = {**application.associated_roles, "allowedAudience": body.audience}


def _check_name(tenant: Tenant, name: str) -> None:
    if not name.strip():
        raise registration_error("The client name is missing or empty.")
    if not _NAME.fullmatch(name):
        raise registration_error(f"Client Name is not adhering to the regex: {_NAME.pattern}")
    if any(one.name == name for one in tenant.applications.values()):
        raise registration_error(f"Application with the name {name} already exist in the system")


def _check_redirects(body: RegistrationChange) -> None:
    for uri in body.redirect_uris:
        parts = urlsplit(uri)
        if not parts.scheme or parts.fragment:
            raise registration_error(f"Invalid redirect URI: {uri}", "invalid_redirect_uri")
