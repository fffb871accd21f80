"""Applications: `/applications`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...web.http import answer, empty
from ..exceptions import application_error
from .bodies import ApplicationBody, ApplicationChange
from .changes import apply, check_change, check_name_is_free, check_new_name, check_renaming
from .documents import document
from .inbound_protocols import speak
from .lookup import find_application, forbidden, new_application, own_application, portals
from .oidc_settings import new_client

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..models import Application
    from ..request import Call

__all__ = ("change", "create", "delete", "read")


def create(call: Call) -> Response:
    """POST: answers with the address alone; a logout return URL is taken and dropped."""
    body = call.read(ApplicationBody)
    check_change(call, body)
    if call.query("template"):
        raise application_error(501, "APP-65501", "Unsupported Operation.", "Templates are not supported.")
    inbound = body.inbound_protocol_configuration
    if inbound.saml and body.advanced_configurations and body.advanced_configurations.use_external_consent_page:
        text = "'useExternalConsentPage' is not supported for SAML applications."
        raise application_error(400, "APP-60506", "Unsupported application property.", text)
    check_new_name(body.name)
    check_name_is_free(call, body.name, with_oidc=inbound.oidc is not None)
    _check_limit(call)
    application = new_application(body.name)
    apply(application, body)
    application.logout_return_url = None
    application.is_management_app = body.is_management_app
    application.is_b2b_self_service_app = body.is_b2b_self_service_app
    if inbound.oidc is not None:
        application.oidc = new_client(call.tenant, inbound.oidc)
    speak(call.tenant, application, inbound)
    _check_pkce_has_template(application)
    call.tenant.applications[application.id] = application
    return empty(201, {"Location": call.url(f"/applications/{application.id}")})


def read(call: Call) -> Response:
    """GET one, with the effective defaults of everything."""
    return answer(document(call, find_application(call)))


def change(call: Call) -> Response:
    """PATCH: what is sent is set, null counts as not sent."""
    application = own_application(call)
    body = call.read(ApplicationChange)
    check_change(call, body, application)
    check_renaming(call, application, body.name)
    if application.associated_roles["allowedAudience"] == "ORGANIZATION" and body.associated_roles:
        _check_no_roles(bool(body.associated_roles.roles))
    apply(application, body)
    return empty(200)


def delete(call: Call) -> Response:
    """DELETE: one that is not there is as good as deleted."""
    id_ = call.part("id")
    if id_ in portals(call.tenant.name):
        raise forbidden()
    call.tenant.forget_application(id_)
    return empty(204)


def _check_limit(call: Call) -> None:
    limit = call.tenant.application_limit
    if limit is not None and len(call.tenant.applications) >= limit:
        text = "Maximum number of allowed applications have been reached."
        raise application_error(403, "APP-60503", "Unable to create an application.", text)


def _check_no_roles(sent: bool) -> None:
    if sent:
        text = "Applications can not be updated by modifying the associated roles."
        raise application_error(403, "APP-60008", text)


def _check_pkce_has_template(application: Application) -> None:
    """A fault of the platform that was met in the field: it breaks where others would make the application."""
    settings = application.oidc.settings if application.oidc else {}
    if application.template_id is None and settings.get("publicClient") and settings["pkce"]["mandatory"]:
        text = "Server encountered an unexpected error when creating the application."
        raise application_error(500, "APP-65006", "Unexpected Processing Error.", text)
