"""Asgardeo's wire shapes, and the only place that knows its spellings.

The rest of the package speaks in camelCase property names; the server spells a few of them otherwise.
"""

from collections.abc import Mapping
from typing import Any

from ...transport import ApiProfile, ErrorBody
from .models import Application, Oidc

__all__ = (
    "MANAGEMENT_SCOPES",
    "PROFILE",
    "application_from_wire",
    "application_to_wire",
    "callbacks_from_wire",
    "callbacks_to_wire",
    "oidc_from_wire",
    "oidc_to_wire",
)

#: What the management application needs, and the API of the console's list that carries it.
MANAGEMENT_SCOPES: Mapping[str, str] = {
    "internal_api_resource_create": "API Resource Management API",
    "internal_api_resource_view": "API Resource Management API",
    "internal_api_resource_update": "API Resource Management API",
    "internal_api_resource_delete": "API Resource Management API",
    "internal_application_mgt_create": "Application Management API",
    "internal_application_mgt_view": "Application Management API",
    "internal_application_mgt_update": "Application Management API",
    "internal_application_mgt_delete": "Application Management API",
    "internal_application_mgt_client_secret_view": "Application Management API",
    "internal_application_mgt_client_secret_create": "Application Management API",
    "internal_application_business_api_update": "Application Management API",
    "internal_application_internal_api_update": "Application Management API",
}

_OPERATION_SCOPES = "internal_application_business_api_update and internal_application_internal_api_update"

_ADVICE = {
    "API-RESOURCE-60008": "Choose a scope name that does not begin with internal or console:",
    "API-RESOURCE-60009": "Choose a scope name that is not one of the organisation's OpenID Connect scopes",
    "API-RESOURCE-60012": "It belongs to the system and cannot be changed: manage another one",
    "APP-60001": "Correct the value that the text names",
    "APP-60008": "It belongs to the system and cannot be changed: manage another one",
    "APP-60503": "Delete applications that are not needed, or raise the organisation's limit",
    "APP-60507": "Check api_id: it is the id of an API resource, not its identifier",
    "APP-60508": "Check the scopes: each must be one of that API",
    "APP-60512": 'Use policy="RBAC": the API requires authorization',
    "APP-60515": "Choose another name: this one is reserved",
    "APP-60516": "Choose another name: this one is reserved",
}


def console_path(scope: str) -> str:
    """Where in the console a scope is granted."""
    api = MANAGEMENT_SCOPES.get(scope, "the management API that carries it")
    return f"Grant {scope} in the console: Applications, the management application, API Authorization, {api}"


def _advice(refusal: ErrorBody, scope: str) -> str:
    if refusal.code == "APP-60520":
        wanted = scope if scope.endswith(("secret_create", "secret_view")) else _OPERATION_SCOPES
        return f"Grant {wanted} in the console: Applications, the management application, API Authorization, " + (
            "Application Management API"
        )
    if refusal.code in _ADVICE:
        return _ADVICE[refusal.code]
    return console_path(scope) if refusal.status == 403 and scope else ""


PROFILE = ApiProfile("Asgardeo", advice=_advice)


# Java's regular expressions: what must be escaped for a URL to stand for itself.
_SPECIAL = frozenset(".?+*^$|()[]{}\\")


def callbacks_to_wire(urls: list[str]) -> list[str]:
    """Asgardeo takes one entry: several URLs become one escaped alternative, a raw `regexp=…` goes as it is."""
    if len(urls) < 2:
        return list(urls)
    escaped = ("".join(f"\\{c}" if c in _SPECIAL else c for c in url) for url in urls)
    return [f"regexp=({'|'.join(escaped)})"]


def callbacks_from_wire(stored: list[str]) -> list[str]:
    """The list that `callbacks_to_wire` made the entry of; an expression of somebody else's stays one raw entry."""
    if len(stored) != 1 or not (stored[0].startswith("regexp=(") and stored[0].endswith(")")):
        return list(stored)
    urls, url, escaping = [], "", False
    for c in stored[0].removeprefix("regexp=(").removesuffix(")"):
        if c == "|" and not escaping:
            urls.append(url)
            url = ""
        elif c != "\\" or escaping:
            url += c
        escaping = c == "\\" and not escaping
    urls.append(url)
    return urls if callbacks_to_wire(urls) == stored else list(stored)


#: What the server spells otherwise, in the OIDC part and in the advanced configuration.
_SPELLINGS = {
    "callbackUrls": "callbackURLs",
    "revokeTokensWhenIdpSessionTerminated": "revokeTokensWhenIDPSessionTerminated",
    "enableApiBasedAuthentication": "enableAPIBasedAuthentication",
}
_SPELT = {wired: spelt for spelt, wired in _SPELLINGS.items()}


def _respell(value: Any, spellings: Mapping[str, str]) -> Any:
    """The same with other keys, at every depth; null counts as left out."""
    if isinstance(value, Mapping):
        return {spellings.get(key, key): _respell(item, spellings) for key, item in value.items() if item is not None}
    return value


def oidc_to_wire(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """OIDC inputs as the server spells them."""
    wire: dict[str, Any] = _respell(inputs, _SPELLINGS)
    if "callbackURLs" in wire:
        wire["callbackURLs"] = callbacks_to_wire(wire["callbackURLs"])
    return wire


def oidc_from_wire(document: Oidc, declared: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The server's OIDC document in property names; null counts as left out.

    Callbacks that are what the declared ones become on the wire show as they were declared.
    """
    found: dict[str, Any] = _respell(document.whole(), _SPELT)
    stored, urls = found.get("callbackUrls", []), (declared or {}).get("callbackUrls", [])
    found["callbackUrls"] = urls if callbacks_to_wire(urls) == stored else callbacks_from_wire(stored)
    found.setdefault("allowedOrigins", [])
    return found


_URIS = ("claim", "localClaim")


def _claim_to_wire(value: Any) -> Any:
    """`claim` and `localClaim` are plain URIs in property names and objects on the wire."""
    if isinstance(value, Mapping):
        return {key: {"uri": item} if key in _URIS else _claim_to_wire(item) for key, item in value.items()}
    return [_claim_to_wire(item) for item in value] if isinstance(value, list) else value


def _claim_from_wire(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            key: item.get("uri") or "" if key in _URIS and isinstance(item, Mapping) else _claim_from_wire(item)
            for key, item in value.items()
            if item is not None
        }
    return [_claim_from_wire(item) for item in value] if isinstance(value, list) else value


def application_to_wire(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that lie on the application itself, as the server spells them."""
    wire: dict[str, Any] = {}
    for key, value in inputs.items():
        match key:
            case "enabled":
                wire["applicationEnabled"] = value
            case "allowedAudience":
                wire["associatedRoles"] = {"allowedAudience": value, "roles": []}
            case "claims":
                wire["claimConfiguration"] = _claim_to_wire(value)
            case "advanced":
                wire["advancedConfigurations"] = _respell(value, _SPELLINGS)
            case _:
                wire[key] = value
    return wire


def application_from_wire(document: Application) -> dict[str, Any]:
    """The server's application in property names; what it leaves out is empty."""
    roles, claims, advanced = (
        document.associated_roles,
        document.claim_configuration,
        document.advanced_configurations,
    )
    return {
        "name": document.name,
        "description": document.description,
        "accessUrl": document.access_url,
        "imageUrl": document.image_url,
        # the server stores an empty one as the expression that every URL matches
        "logoutReturnUrl": "" if document.logout_return_url == ".*" else document.logout_return_url,
        "enabled": document.application_enabled is not False,
        "allowedAudience": (roles and roles.allowed_audience) or "ORGANIZATION",
        "claims": _claim_from_wire(claims.whole() if claims else {}),
        "advanced": _respell(advanced.whole() if advanced else {}, _SPELT),
    }
