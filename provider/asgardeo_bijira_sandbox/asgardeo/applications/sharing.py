"""Applications that are shared with organisations below the tenant, of which nothing but that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from ...web.responses import answer, empty
from ..bodies import Body, shown
from ..exceptions import organization_error
from ..ids import new_id
from ..organizations.handlers import basic_document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from ...web.errors import ApiError
    from ..models import Application
    from ..organizations.models import Organization
    from ..request import TenantRequest

_FUTURE = "ALL_EXISTING_AND_FUTURE_ORGS"


class ShareBody(Body):
    """With whom: with all children, or with some."""

    share_with_all_children: bool | None = None
    shared_organizations: list[str] | None = None


class Audience(Body):
    """Whose role it is."""

    display: str
    type: str


class SharedRole(Body):
    """A role that is shared with the application."""

    display_name: str
    audience: Audience


class RoleSharing(Body):
    """Which roles come with the application."""

    mode: Literal["ALL", "NONE", "SELECTED"]
    roles: list[SharedRole] = []


class ShareAllBody(Body):
    """An application to share with everybody."""

    application_id: str
    policy: Literal["ALL_EXISTING_ORGS_ONLY", "ALL_EXISTING_AND_FUTURE_ORGS", "NO_ORGS"]
    role_sharing: RoleSharing


class OneOrganization(Body):
    """An organisation to share an application with."""

    org_id: str
    policy: Literal["SELECTED_ORG_ONLY", "SELECTED_ORG_WITH_ALL_EXISTING_AND_FUTURE_CHILDREN", "NO_ORG"]
    role_sharing: RoleSharing


class ShareSomeBody(Body):
    """An application to share with some."""

    application_id: str
    organizations: list[OneOrganization]


class Operation(Body):
    """A change of the roles that are shared with an organisation."""

    op: Literal["add", "remove"]
    path: str
    value: list[SharedRole] = []


class ShareChange(Body):
    """Changes of the roles of an application."""

    application_id: str
    operations: list[Operation] = Field(alias="Operations")


class UnshareBody(Body):
    """An application to share no longer."""

    application_id: str


class UnshareSomeBody(UnshareBody):
    """An application to share no longer with some."""

    org_ids: list[str]


def share(request: TenantRequest) -> Response:
    """POST: at once. An organisation that there is not is passed over without a word."""
    body, application = request.read(ShareBody), _known(request, request.param("id"))
    given, everybody = body.shared_organizations, body.share_with_all_children
    if (everybody is None and given is None) or (everybody and given):
        raise _invalid("Either all children or some organizations are to be given.")
    _share(request, application, _everybody(request) if everybody else given or [])
    return empty(200)


def organizations(request: TenantRequest) -> Response:
    """GET with whom an application is shared."""
    application, known = _known(request, request.param("id")), request.tenant.organizations
    found = [_row(request, known[id_]) for id_ in application.shared_with if id_ in known]
    return answer(shown(organizations=found or None, sharingMode=application.sharing_mode or None))


def applications(request: TenantRequest) -> Response:
    """GET the copies of an application."""
    found = _known(request, request.param("id")).shared_with.items()
    rows = [{"applicationId": copy, "organizationId": id_} for id_, copy in found]
    return answer(shown(sharedApplications=rows or None))


def unshare(request: TenantRequest) -> Response:
    """DELETE one copy."""
    application, id_ = _known(request, request.param("id")), request.param("organization")
    if application.shared_with.pop(id_, None) is None:
        text = f"The application {application.id} is not shared with organization with ID {id_}."
        raise organization_error(400, 60037, "Application not shared with organization.", text)
    return empty(204)


def unshare_all(request: TenantRequest) -> Response:
    """DELETE every copy."""
    _unshare(_known(request, request.param("id")))
    return empty(204)


def share_with_all(request: TenantRequest) -> Response:
    """POST: is said to be under way, and is done."""
    body = request.read(ShareAllBody)
    if body.policy == "NO_ORGS":
        raise _invalid(f"The policy {body.policy} is not supported.")
    _check_roles(body.role_sharing)
    application = _known(request, body.application_id)
    _share(request, application, _everybody(request))
    future = body.policy == _FUTURE
    application.sharing_mode = {"policy": body.policy, "roleSharing": body.role_sharing.document()} if future else {}
    return _under_way("Application sharing process triggered successfully.")


def share_with_some(request: TenantRequest) -> Response:
    """POST: is said to be under way, and is done."""
    body = request.read(ShareSomeBody)
    if not body.organizations:
        raise _invalid("There is no organization to share the application with.")
    for one in body.organizations:
        _check_roles(one.role_sharing)
    _share(request, _known(request, body.application_id), [one.org_id for one in body.organizations])
    return _under_way("Application sharing process triggered successfully.")


def update(request: TenantRequest) -> Response:
    """PATCH which roles come with an application; what an organisation gets of them is not kept."""
    body = request.read(ShareChange)
    if not body.operations:
        raise _invalid("There is no operation.")
    _known(request, body.application_id)
    return _under_way("Application sharing updates triggered successfully.")


def unshare_from_some(request: TenantRequest) -> Response:
    """POST: is said to be under way, and is done."""
    body = request.read(UnshareSomeBody)
    application = _known(request, body.application_id)
    for id_ in body.org_ids:
        application.shared_with.pop(id_, None)
    return _under_way("Application unsharing process triggered successfully.")


def unshare_from_all(request: TenantRequest) -> Response:
    """POST: is said to be under way, and is done."""
    _unshare(_known(request, request.read(UnshareBody).application_id))
    return _under_way("Application unsharing process triggered successfully.")


def _row(request: TenantRequest, one: Organization) -> dict[str, Any]:
    basic = {name: value for name, value in basic_document(request, one).items() if name != "version"}
    depth, parent = 1, one.parent
    while parent in request.tenant.organizations:
        depth, parent = depth + 1, request.tenant.organizations[parent].parent
    return {**basic, "parentId": one.parent, "depthFromRoot": depth, "roles": []}


def _known(request: TenantRequest, id: str) -> Application:
    application = request.tenant.applications.get(id)
    if application is None:
        raise organization_error(400, 60035, "Invalid application", f"The requested application {id} is invalid.")
    return application


def _everybody(request: TenantRequest) -> list[str]:
    return list(request.tenant.organizations)


def _share(request: TenantRequest, application: Application, ids: Iterable[str]) -> None:
    for id_ in ids:
        if id_ in request.tenant.organizations:
            application.shared_with.setdefault(id_, new_id())


def _unshare(application: Application) -> None:
    application.shared_with, application.sharing_mode = {}, {}


def _check_roles(sharing: RoleSharing) -> None:
    """Roles are named where some are selected, and nowhere else."""
    if (sharing.mode == "SELECTED") != bool(sharing.roles):
        raise _invalid(f"Roles do not go with the mode {sharing.mode}.")


def _invalid(description: str) -> ApiError:
    return organization_error(400, 60001, "Invalid request.", description)


def _under_way(details: str) -> Response:
    told: dict[str, Any] = {"status": "Processing", "details": details}
    return answer(told, 202)
