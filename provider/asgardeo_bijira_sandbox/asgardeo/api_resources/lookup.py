"""The API resources of an organisation: its own, and those that the platform has in each, which nobody may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exceptions import api_resource_error
from ..system import system_apis

if TYPE_CHECKING:
    from ..models import ApiResource, Tenant
    from ..request import TenantRequest

__all__ = ("find_api", "known_api", "own_api", "refuse_system")


def find_api(tenant: Tenant, id: str) -> ApiResource | None:
    """An API of the organisation or of the platform."""
    system = (api for api in system_apis(tenant.name) if api.id == id)
    return tenant.apis.get(id) or next(system, None)


def own_api(tenant: Tenant, id: str) -> ApiResource | None:
    """An API that may be changed; None where there is none."""
    api = find_api(tenant, id)
    if api is not None:
        refuse_system(api)
    return api


def known_api(request: TenantRequest) -> ApiResource:
    """The API of the path, be it the platform's."""
    api = find_api(request.tenant, request.param("id"))
    if api is None:
        text = f"Unable to find the API resource with the id: {request.param('id')} in the tenant domain."
        raise api_resource_error(404, 60002, "Unable to find the API resource.", text)
    return api


def refuse_system(api: ApiResource) -> None:
    """What is the platform's own is not changed."""
    if api.is_system:
        text = "Cannot modify or delete the read-only System APIs."
        raise api_resource_error(403, 60012, "Cannot modify or delete System APIs.", text)
