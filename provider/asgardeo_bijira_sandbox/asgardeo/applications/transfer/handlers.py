"""`/applications/{id}/export`, `/exportFile` and `/applications/import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from ....web.bodies import files_of
from ....web.responses import empty, plain
from ...claims.catalogue import oidc_claims
from ...exceptions import application_error
from ...request import acceptable
from ..bodies import ApplicationBody
from ..changes import apply, check_change
from ..documents import document
from ..handlers import make
from ..lookup import find_application
from ..oidc_settings import checked_settings, new_client
from .documents import body_of, tree_of
from .formats import FORMATS, format_of, parsed, rendered

if TYPE_CHECKING:
    from starlette.responses import Response

    from ....web.errors import ApiError
    from ...models import Application
    from ...request import TenantRequest
    from ..bodies import InboundProtocols

_SECRET_VIEW = "internal_application_mgt_client_secret_view"  # noqa: S105 - the name of a scope
_BYTES = "application/octet-stream"
#: What the two exports offer.
AS_XML = (_BYTES, "application/json")
AS_FILE = (*(types[0] for types in FORMATS.values()), _BYTES)
_NOT_CACHED = {"Cache-Control": "no-cache, no-store, must-revalidate", "Pragma": "no-cache", "Expires": "0"}


def export(request: TenantRequest) -> Response:
    """GET the application as XML, whatever it is called."""
    return plain(_file(request, "xml"), acceptable(request.http, AS_XML)[0])


def export_file(request: TenantRequest) -> Response:
    """GET the application as a file of the format that `Accept` names; a wildcard names none."""
    accept = request.http.headers.get("accept", "")
    if not accept.strip():
        raise _broken("SE-50000", "No format is named.")
    application, format_ = find_application(request), format_of(accept)
    if format_ is None:
        raise _broken("APP-65006", f"There is no format for {accept}.")
    name = application.name.encode("latin-1", "replace").decode("latin-1")
    attached = {"Content-Disposition": f'attachment; filename="{name}.{format_}"'}
    return plain(_file(request, format_), _BYTES, {**attached, **_NOT_CACHED})


def create(request: TenantRequest) -> Response:
    """POST a file: an application of that name is made."""
    made = make(request, _sent(request))
    return empty(201, {"Location": request.url(f"/applications/{made.id}")})


def update(request: TenantRequest) -> Response:
    """PUT a file: the application of that name becomes what the file says."""
    body = _sent(request)
    found = next((one for one in request.tenant.applications.values() if one.name == body.name), None)
    if found is None:
        text = f"There is no application with the name {body.name}."
        raise application_error(400, "APP-60001", "Error importing application.", text)
    check_change(request, body, found)
    _respeak(request, found, body.inbound_protocol_configuration)
    apply(found, body)
    return empty(200, {"Location": request.url(f"/applications/{found.id}")})


def _respeak(request: TenantRequest, application: Application, inbound: InboundProtocols) -> None:
    """The allowed origins are in no file, and stay."""
    if inbound.oidc is None:
        return
    if application.oidc is None:
        application.oidc = new_client(request.tenant, inbound.oidc)
    else:
        origins = application.oidc.settings["allowedOrigins"]
        settings = checked_settings(inbound.oidc, oidc_claims(request.tenant))
        application.oidc.settings = {**settings, "allowedOrigins": origins}


def _file(request: TenantRequest, format_: str) -> str:
    """Secrets are in it only where they are asked for and the token may see them."""
    with_secret = request.flag("exportSecrets") and request.holds(_SECRET_VIEW)
    application = find_application(request)
    return rendered(tree_of(application, document(request, application), with_secret=with_secret), format_)


def _sent(request: TenantRequest) -> ApplicationBody:
    """The application in the file of the form; a type that is no format is taken for XML."""
    file = files_of(request.http.headers.get("content-type", ""), request.body).get("file")
    if file is None:
        raise _broken("SE-50000", "The form has no file.")
    try:
        tree = parsed(file.text, format_of(file.media_type) or "xml")
        return ApplicationBody.model_validate(body_of(tree))
    except ValidationError as problem:
        raise _broken("APP-65006", f"{problem.error_count()} members of the file cannot be read.") from None
    except (ValueError, LookupError, TypeError, AttributeError):
        raise _broken("APP-65006", "The file holds no application that can be read.") from None


def _broken(code: str, description: str) -> ApiError:
    """The server fails where it could refuse."""
    return application_error(500, code, "Unexpected Processing Error.", description)
