"""The templates by which a console makes applications, the platform's and one's own: `/applications/templates`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...web.responses import answer, empty
from ..bodies import Body, shown
from ..exceptions import application_error
from ..ids import new_id
from .bodies import ApplicationBody

if TYPE_CHECKING:
    from starlette.responses import Response

    from ...web.errors import ApiError
    from ..request import TenantRequest

# id, name, protocol, group
_TEMPLATES = (
    ("6a90e4b0-fbff-42d7-bfde-1efd98f07cd7", "Single-Page Application", "oidc", "single-page-application"),
    ("b9c5e11e-fc78-484b-9bec-015d247561b8", "Traditional Web Application", "oidc", "web-application"),
    ("776a73da-fd8e-490b-84ff-93009f8ede85", "Traditional Web Application (SAML)", "saml", "web-application"),
    ("mobile-application", "Mobile Application", "oidc", "mobile-application"),
    ("m2m-application", "M2M Application", "oidc", "m2m-application"),
    ("custom-application-oidc", "Standard-Based Application", "oidc", "custom-application"),
    ("nextjs-application", "Next.js Application", "oidc", "web-application"),
)
_PATH = "/applications/templates"


class TemplateBody(Body):
    """A template of one's own. An id may be sent and says nothing."""

    id: str | None = None
    name: str
    description: str | None = None
    image: str | None = None
    authentication_protocol: str | None = None
    types: list[str] = []
    category: Literal["DEFAULT", "VENDOR"] = "DEFAULT"
    display_order: int | None = None
    template_group: str | None = None
    application: ApplicationBody


def listed(request: TenantRequest) -> Response:
    """GET all of them; never a page."""
    if request.query("limit") or request.query("offset"):
        text = "Paginated listing capability is not supported in this version of the API."
        raise application_error(501, "APP-65004", "Paginated listing not supported.", text)
    rows = [_row(request, id_, template) for id_, template in _every(request).items()]
    return answer({"templates": rows})


def read(request: TenantRequest) -> Response:
    """GET one template with the application that it makes."""
    id_ = request.param("template")
    found = _every(request).get(id_)
    if found is None:
        raise _not_found(id_)
    return answer({"id": id_, **found})


def create(request: TenantRequest) -> Response:
    """POST: answers with the address alone."""
    kept = _checked(request)
    id_ = new_id()
    request.tenant.application_templates[id_] = kept
    return empty(201, {"Location": request.url(f"{_PATH}/{id_}")})


def update(request: TenantRequest) -> Response:
    """PUT one of one's own."""
    id_ = request.param("template")
    if id_ not in request.tenant.application_templates:
        raise _not_found(id_)
    request.tenant.application_templates[id_] = _checked(request, id_)
    return empty(200)


def delete(request: TenantRequest) -> Response:
    """DELETE one of one's own."""
    id_ = request.param("template")
    if request.tenant.application_templates.pop(id_, None) is None:
        raise _not_found(id_)
    return empty(204)


def _checked(request: TenantRequest, besides: str | None = None) -> dict[str, Any]:
    """A body as it is kept; names are unique."""
    body = request.read(TemplateBody)
    if any(one["name"] == body.name for id_, one in _every(request).items() if id_ != besides):
        text = f"Template with name: {body.name} already exists."
        raise application_error(409, "TMM_00014", "Error while adding the new application template.", text)
    return {
        **body.model_dump(mode="json", exclude_none=True, exclude={"id", "application"}),
        "application": body.application.given(),
    }


def _every(request: TenantRequest) -> dict[str, dict[str, Any]]:
    """The platform's come first."""
    return {
        **{one[0]: _given(order, *one[1:]) for order, one in enumerate(_TEMPLATES)},
        **request.tenant.application_templates,
    }


def _given(order: int, name: str, protocol: str, group: str) -> dict[str, Any]:
    return {
        "name": name,
        "description": f"Template to be used for a {name}",
        "image": group,
        "authenticationProtocol": protocol,
        "types": [],
        "category": "DEFAULT",
        "displayOrder": order,
        "templateGroup": group,
        "application": {"name": name, "inboundProtocolConfiguration": {protocol: {}}},
    }


def _row(request: TenantRequest, id: str, template: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in template.items() if name != "application"}
    return shown(id=id, **rest, self=request.path(f"{_PATH}/{id}"))


def _not_found(id: str) -> ApiError:
    return application_error(404, "TMM_00021", "Template not found.", f"Template with id: {id} cannot be found.")
