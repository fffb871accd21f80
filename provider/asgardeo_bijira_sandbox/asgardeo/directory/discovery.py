"""What SCIM tells of itself: `/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..exceptions import scim_error
from ..models import SYSTEM_SCHEMA
from ..scim import scim_answer
from .schemas import CORE, ENTERPRISE, SCHEMAS, USER

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..request import TenantRequest
    from .schemas import Attribute, Schema

__all__ = ("MAX_OPERATIONS", "MAX_PAYLOAD", "config", "resource_types", "schema", "schemas")

MAX_OPERATIONS, MAX_PAYLOAD = 1000, 1048576
_DOCUMENTS = "https://is.docs.wso2.com/en/latest/apis/scim2/"
_SIGNING_IN = (
    ("OAuth Bearer Token", "http://www.rfc-editor.org/info/rfc6750", "oauthbearertoken", True),
    ("HTTP Basic", "http://www.rfc-editor.org/info/rfc2617", "httpbasic", False),
)
_EXTENSIONS = (ENTERPRISE, SYSTEM_SCHEMA)


def config(request: TenantRequest) -> Response:
    """GET what the service can do; anybody may."""
    supported = {
        name: {"supported": name in ("patch", "changePassword")} for name in ("patch", "changePassword", "sort", "etag")
    }
    bulk = {"supported": True, "maxOperations": MAX_OPERATIONS, "maxPayloadSize": MAX_PAYLOAD}
    schemes = [
        {
            "name": name,
            "description": name,
            "specUri": uri,
            "documentationUri": _DOCUMENTS,
            "type": kind,
            "primary": primary,
        }
        for name, uri, kind, primary in _SIGNING_IN
    ]
    document = {
        "schemas": [f"{CORE}:ServiceProviderConfig"],
        "documentationUri": _DOCUMENTS,
        **supported,
        "bulk": bulk,
        "filter": {"supported": True, "maxResults": 200},
        "authenticationSchemes": schemes,
    }
    return scim_answer(document, location=request.url("/ServiceProviderConfig"))


def resource_types(request: TenantRequest) -> Response:
    """GET which resources there are; anybody may."""
    extensions = [{"schema": uri, "required": False} for uri in _EXTENSIONS]
    rows = [
        _resource_type(request, "User", "User Account", {"schemaExtensions": extensions}),
        _resource_type(request, "Group", "Group", {}),
    ]
    counts = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": len(rows)}
    return scim_answer({**counts, "Resources": rows}, location=request.url("/ResourceTypes"))


def schemas(request: TenantRequest) -> Response:
    """GET every schema, as a bare list."""
    return scim_answer([_schema(one) for one in SCHEMAS], location=request.url("/Schemas"))


def schema(request: TenantRequest) -> Response:
    """GET one schema, in a list of its own; none but those of users is shown."""
    found = [_schema(one) for one in SCHEMAS if one.uri.lower() == request.param("id").lower()]
    if not found:
        raise scim_error(501, "only user, enterprise, system, agent, and custom schema are supported")
    return scim_answer(found, location=request.url("/Schemas"))


def _resource_type(request: TenantRequest, name: str, title: str, rest: dict[str, Any]) -> dict[str, Any]:
    return {
        "schemas": [f"{CORE}:ResourceType"],
        "id": name,
        "name": name,
        "endpoint": f"/{name}s",
        "description": title,
        "schema": f"{CORE}:{name}",
        **rest,
        "meta": {"location": request.url(f"/ResourceTypes/{name}"), "resourceType": "ResourceType"},
    }


def _schema(schema: Schema) -> dict[str, Any]:
    title = "User Account" if schema.uri == USER else schema.name
    attributes = [_attribute(one) for one in schema.attributes]
    return {"id": schema.uri, "name": schema.name, "description": title, "attributes": attributes}


def _attribute(one: Attribute) -> dict[str, Any]:
    return {
        "name": one.name,
        "type": one.kind,
        "multiValued": one.many,
        "description": one.title,
        "required": one.required,
        "caseExact": one.name in ("id", "externalId"),
        "mutability": "WRITE_ONLY" if one.hidden else "READ_ONLY" if one.closed else "READ_WRITE",
        "returned": "NEVER" if one.hidden else "ALWAYS" if one.name in ("id", "userName") else "DEFAULT",
        "uniqueness": "NONE",
        **({"subAttributes": [_attribute(part) for part in one.parts]} if one.parts else {}),
    }
