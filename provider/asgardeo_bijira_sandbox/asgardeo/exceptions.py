"""How Asgardeo refuses: its management APIs, SCIM, dynamic client registration, and the token endpoint.

Each component has its own codes; the API-resource one gives no trace id. What the two components say about the body of
a request before they look at it comes from the dispatcher that both stand behind.
"""

from __future__ import annotations

import uuid
from html import escape
from typing import Literal

from ..differences import refusal_of
from ..web.errors import ApiError

__all__ = (
    "APPLICATION_NOT_FOUND",
    "SCIM_TYPE",
    "api_resource_error",
    "application_error",
    "application_not_found",
    "invalid_body",
    "invalid_input",
    "no_access",
    "not_authenticated",
    "not_permitted",
    "not_served",
    "oauth_error",
    "organization_error",
    "registration_error",
    "scim_error",
    "scim_refusal",
    "unknown_organization",
)

APPLICATION_NOT_FOUND = "APP-60006"
#: The content type of SCIM.
SCIM_TYPE = {"Content-Type": "application/scim+json"}
_SCIM = "urn:ietf:params:scim:api:messages:2.0:Error"
_BASIC = {"WWW-Authenticate": "Basic realm=127.0.0.1"}
_JSON = "application/json;charset=UTF-8"
_NO_ACCESS = {
    401: ("Unauthorized", "The request has no token, or none that is good here."),
    403: ("Forbidden", "The token has no scope that this request needs."),
}


def api_resource_error(status: int, number: int, message: str, description: str = "") -> ApiError:
    """A refusal of the API-resource component."""
    code = f"API-RESOURCE-{number}"
    return ApiError(status, {"code": code, "message": message, "description": description or message})


def application_error(status: int, code: str | None, message: str, description: str = "") -> ApiError:
    """A refusal of the application component, or of the OAuth one behind it. A few have no code."""
    coded = {} if code is None else {"code": code}
    body = {**coded, "message": message, "description": description or message, "traceId": str(uuid.uuid4())}
    return ApiError(status, body)


def organization_error(status: int, number: int, message: str, description: str) -> ApiError:
    """A refusal of the component for organisations below the tenant."""
    return application_error(status, f"ORG-{number}", message, description)


def application_not_found(id: str, organization: str) -> ApiError:
    """No such application."""
    description = f"Application cannot be found for the provided id: {id} in the tenantDomain: {organization}."
    return application_error(404, APPLICATION_NOT_FOUND, "Application not found.", description)


def invalid_body() -> ApiError:
    """The dispatcher could not read the body: no JSON, an unknown field, a wrong type, an unknown enumeration value."""
    return invalid_input("Provided request body content is not in the expected format.")


def invalid_input(description: str) -> ApiError:
    """The dispatcher does not pass a parameter on."""
    return application_error(400, "UE-10000", "Invalid Request.", description)


def not_permitted() -> ApiError:
    """The operation needs a scope of its own, which the token does not have."""
    description = "Operation is not permitted. You do not have permissions to make this request."
    return application_error(403, "APP-60520", "Forbidden", description)


def no_access(status: Literal[401, 403], host: str, *, scim: bool = False) -> ApiError:
    """The guard in front of all endpoints has not seen a good token, or not the scope."""
    message, description = _NO_ACCESS[status]
    headers = {"Content-Type": _JSON} | ({"WWW-Authenticate": f"Bearer realm={host}"} if status == 401 else {})
    if scim:
        return ApiError(status, {"status": status, "detail": description, "schemas": [_SCIM]}, headers)
    body = {"code": status, "message": message, "description": description, "traceId": str(uuid.uuid4())}
    return ApiError(status, body, headers)


def not_served(operation: str, *, scim: bool = False) -> ApiError:
    """The sandbox has no such endpoint, whether the platform has it or not."""
    text = refusal_of(operation)
    return scim_error(404, text) if scim else application_error(404, "SANDBOX-404", "Not found.", text)


def unknown_organization(name: str, media_type: str) -> ApiError:
    """There is no such organisation: said in JSON to who sends JSON, and on a page to anybody else."""
    text = f"{name} is an invalid tenant domain"
    if media_type == "application/json":
        return ApiError(404, {"code": 404, "message": text, "description": text})
    return ApiError(404, f"<!DOCTYPE html><title>Not found</title><p>{escape(text)}</p>")


def oauth_error(error: str, description: str, status: int = 400) -> ApiError:
    """A refusal of the token endpoint."""
    return ApiError(status, {"error": error, "error_description": description}, _BASIC if status == 401 else None)


def not_authenticated(description: str) -> ApiError:
    """The client did not prove who it is."""
    return oauth_error("invalid_client", description, 401)


def registration_error(description: str, error: str = "invalid_client_metadata") -> ApiError:
    """A refusal of dynamic client registration."""
    body = {"error": error, "error_description": description, "traceId": str(uuid.uuid4())}
    return ApiError(400, body)


def scim_error(status: int, detail: str, scim_type: str | None = None) -> ApiError:
    """A refusal of SCIM. The status is text, and there is no trace id."""
    typed = {} if scim_type is None else {"scimType": scim_type}
    return ApiError(status, {"schemas": [_SCIM], **typed, "detail": detail, "status": str(status)}, SCIM_TYPE)


def scim_refusal(message: str) -> ApiError:
    """A refusal whose message stands where the type of the error belongs, as many of SCIM do."""
    return scim_error(400, "Request is unparsable, syntactically incorrect, or violates schema.", message)
