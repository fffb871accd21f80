"""Applications, and what hangs on them besides their documents: owner, script, authenticators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from ...web.responses import answer, empty
from ..bodies import Body
from ..exceptions import application_error, not_permitted
from .bodies import ApplicationBody, ApplicationChange
from .changes import apply, check_change, check_name_is_free, check_new_name, check_renaming
from .documents import document
from .inbound_protocols import speak
from .lookup import find_application, forbidden, new_application, own_application, portals
from .oidc_settings import new_client
from .room import check_room

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..models import Application
    from ..request import TenantRequest


_SCRIPT = "internal_application_script_update"


class Owner(Body):
    """Who an application belongs to."""

    id: str


class InboundProvisioning(Body):
    """Where users go who are brought by a provisioning request."""

    proxy_mode: bool = False
    provisioning_userstore_domain: str | None = None


class OutboundProvisioning(Body):
    """Where users are copied to."""

    idp: str
    connector: str
    blocking: bool = False
    rules: bool = False
    jit: bool = False


class Provisioning(Body):
    """The provisioning of the organisation itself."""

    inbound_provisioning: InboundProvisioning = Field(default_factory=InboundProvisioning)
    outbound_provisioning_idps: list[OutboundProvisioning] = []


class Script(Body):
    """A sign-in script."""

    script: str


def create(request: TenantRequest) -> Response:
    """POST: answers with the address alone."""
    body = request.read(ApplicationBody)
    if request.query("template"):
        raise application_error(501, "APP-65501", "Unsupported Operation.", "Templates are not supported.")
    return empty(201, {"Location": request.url(f"/applications/{make(request, body).id}")})


def make(request: TenantRequest, body: ApplicationBody) -> Application:
    """A new application, if it may be made; a logout return URL is taken and dropped."""
    check_change(request, body)
    inbound = body.inbound_protocol_configuration
    if inbound.saml and body.advanced_configurations and body.advanced_configurations.use_external_consent_page:
        text = "'useExternalConsentPage' is not supported for SAML applications."
        raise application_error(400, "APP-60506", "Unsupported application property.", text)
    check_new_name(body.name)
    check_name_is_free(request, body.name, with_oidc=inbound.oidc is not None)
    _check_limit(request)
    check_room(body, is_new=True)
    application = new_application(body.name)
    apply(application, body)
    application.logout_return_url = None
    application.is_management_app = body.is_management_app
    application.is_b2b_self_service_app = body.is_b2b_self_service_app
    if inbound.oidc is not None:
        application.oidc = new_client(request.tenant, inbound.oidc)
    speak(request.tenant, application, inbound)
    _check_pkce_has_template(application)
    request.tenant.applications[application.id] = application
    return application


def read(request: TenantRequest) -> Response:
    """GET one, with the effective defaults of everything."""
    return answer(document(request, find_application(request)))


def update(request: TenantRequest) -> Response:
    """PATCH: what is sent is set, null counts as not sent. Roles of its own go where the organisation's shall count."""
    application = own_application(request)
    body = request.read(ApplicationChange)
    check_change(request, body, application)
    check_renaming(request, application, body.name)
    check_room(body, is_new=False)
    if application.associated_roles["allowedAudience"] == "ORGANIZATION" and body.associated_roles:
        _check_no_roles(bool(body.associated_roles.roles))
    apply(application, body)
    if application.associated_roles["allowedAudience"] == "ORGANIZATION":
        request.tenant.forget_roles_of(application.id)
    return empty(200)


def delete(request: TenantRequest) -> Response:
    """DELETE: one that does not exist is no error."""
    id_ = request.param("id")
    if id_ in portals(request.tenant.name):
        raise forbidden()
    request.tenant.forget_application(id_)
    return empty(204)


def authenticators(request: TenantRequest) -> Response:
    """GET how users sign in, step by step."""
    application = find_application(request)
    return answer([_step(step) for step in application.authentication["steps"]])


def update_owner(request: TenantRequest) -> Response:
    """PUT: the application belongs to somebody else."""
    body, application = request.read(Owner), own_application(request)
    if body.id not in request.tenant.users:
        raise application_error(
            400, "APP-60504", "User not found", f"Non exiting user for the given userid: {body.id}."
        )
    application.registration = {**application.registration, "ext_application_owner": body.id}
    return empty(200)


def update_script(request: TenantRequest) -> Response:
    """PUT the sign-in script, which needs steps of the application's own; a blank one takes it away."""
    body, application = request.read(Script), own_application(request)
    if not request.holds(_SCRIPT):
        raise not_permitted()
    if not body.script.strip():
        application.authentication.pop("script", None)
        return empty(200)
    if application.authentication["type"] == "DEFAULT":
        text = "Update authentication steps before configuring the script."
        raise application_error(400, "APP-60001", "Invalid Request.", text)
    application.authentication["script"] = body.script
    return empty(200)


def resident(request: TenantRequest) -> Response:
    """GET the application that stands for the organisation's own provisioning."""
    return answer({"provisioningConfigurations": {**Provisioning().document(), **request.tenant.resident_provisioning}})


def update_resident(request: TenantRequest) -> Response:
    """PUT it: answers with it."""
    request.tenant.resident_provisioning = request.read(Provisioning).document()
    return resident(request)


def _check_limit(request: TenantRequest) -> None:
    limit = request.tenant.application_limit
    if limit is not None and len(request.tenant.applications) >= limit:
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


def _step(step: dict[str, Any]) -> dict[str, Any]:
    names = {local: [one for one in step["options"] if (one["idp"] == "LOCAL") is local] for local in (True, False)}
    return {
        "stepId": step["id"],
        "localAuthenticators": [{"name": one["idp"], "type": one["authenticator"]} for one in names[True]],
        "federatedAuthenticators": [{"name": one["idp"], "type": one["authenticator"]} for one in names[False]],
    }
