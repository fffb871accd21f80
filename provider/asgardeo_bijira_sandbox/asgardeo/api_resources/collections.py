"""The management APIs in the groups in which a console gives them to its roles: `/meta/api-resource-collections`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...web.responses import answer
from ..exceptions import api_resource_error
from ..filters import conditions_on_apis
from ..ids import encoded
from ..system import system_apis
from .scopes import scope_document

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..models import ApiResource
    from ..request import TenantRequest

_PATH = "/meta/api-resource-collections"
_SERVER = "/api/server/v1"
#: Name, title, and the APIs that belong to it.
_COLLECTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "apiResources": ("API Resources", (f"{_SERVER}/api-resources",)),
    "applications": ("Applications", (f"{_SERVER}/applications", "/api/identity/oauth2/dcr/v1.1")),
    "attributeDialects": ("Attributes", (f"{_SERVER}/claim-dialects",)),
    "branding": ("Branding", (f"{_SERVER}/branding-preference",)),
    "emailTemplates": ("Email Templates", (f"{_SERVER}/email/template-types",)),
    "governanceConnectors": ("Governance", (f"{_SERVER}/identity-governance",)),
    "groups": ("Groups", ("/scim2/Groups",)),
    "identityProviders": ("Connections", (f"{_SERVER}/identity-providers", f"{_SERVER}/authenticators")),
    "oidcScopes": ("OIDC Scopes", (f"{_SERVER}/oidc/scopes",)),
    "organizations": ("Organizations", (f"{_SERVER}/organizations",)),
    "userRoles": ("Roles", ("/scim2/v2/Roles",)),
    "users": ("Users", ("/scim2/Users", "/scim2/Bulk")),
    "userStores": ("User Stores", (f"{_SERVER}/userstores",)),
    "workflows": ("Workflows", (f"{_SERVER}/workflows",)),
}


def listed(request: TenantRequest) -> Response:
    """GET all of them, by their titles; their APIs where they are asked for."""
    asked = [one for one in request.query("requiredAttributes").split(",") if one]
    if not set(asked) <= {"apiResources"}:
        text = "Invalid attribute name provided as required attribute."
        raise api_resource_error(400, 60013, "Invalid attribute name.", text)
    wanted = conditions_on_apis(request.query("filter"), "name", "displayName", "type")
    rows = [_document(request, name) for name in sorted(_COLLECTIONS, key=lambda name: _COLLECTIONS[name][0].lower())]
    found = [
        {**row, "self": request.path(f"{_PATH}/{row['id']}")}
        for row in rows
        if all(one.holds(row[one.attribute]) for one in wanted)
    ]
    if not asked:
        found = [{name: value for name, value in row.items() if name != "apiResources"} for row in found]
    return answer({"totalResults": len(found), "apiResourceCollections": found})


def read(request: TenantRequest) -> Response:
    """GET one."""
    id_ = request.param("id")
    name = next((name for name in _COLLECTIONS if encoded(name) == id_), None)
    if name is None:
        text = f"Unable to find the API resource collection with the id: {id_} in the tenant domain."
        raise api_resource_error(404, 60014, "Unable to find the API resource collection.", text)
    return answer(_document(request, name))


def _document(request: TenantRequest, name: str) -> dict[str, Any]:
    title, identifiers = _COLLECTIONS[name]
    below = "/o" if request.in_organization else ""
    apis = [one for one in system_apis(request.tenant.name) if one.identifier in {below + path for path in identifiers}]
    return {
        "id": encoded(name),
        "name": name,
        "displayName": title,
        "type": "organization" if request.in_organization else "tenant",
        "apiResources": {
            "read": [_item(request, one, reading=True) for one in apis],
            "write": [_item(request, one, reading=False) for one in apis],
        },
    }


def _item(request: TenantRequest, api: ApiResource, *, reading: bool) -> dict[str, Any]:
    scopes = [one for one in api.scopes if one.name.endswith(("_view", "_list")) is reading]
    return {
        "id": api.id,
        "name": api.name,
        "type": api.type,
        "scopes": [scope_document(one) for one in scopes],
        "self": request.path(f"/api-resources/{api.id}"),
    }
