"""Client ids of an application: `generate-keys` writes one, nothing reads it, `generate-token` asks for its token."""

from __future__ import annotations

import asyncio
import base64
import http.client
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from ..web.responses import answer
from .exceptions import bad_values, failed, not_found
from .models import KeyMapping
from .values import NoJson, json_of
from .web_addresses import is_url

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..web.errors import ApiError
    from .request import PortalRequest

_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def map_client(request: PortalRequest) -> Response:
    """POST: there is one mapping for each key manager and type, whose client is replaced."""
    application, body = request.own(_no_application), request.members()
    if not body["consumerKey"]:
        raise bad_values("consumerKey is required.")
    manager = request.portal.key_manager(body["keyManager"])
    if manager is None:
        raise not_found("Resource Not Found")
    kind = body.get("type", "PRODUCTION")
    here = (one for one in application.mappings.values() if (one.key_manager, one.type) == (manager.uid, kind))
    mapping = next(here, None) or KeyMapping(
        id=request.portal.new_id(), client_id="", key_manager=manager.uid, type=kind
    )
    mapping.client_id = body["consumerKey"]
    application.mappings[mapping.id] = mapping
    return answer(
        {
            "consumerKey": mapping.client_id,
            "keyManager": manager.id,
            "type": kind,
            "tokenEndpoint": manager.token_endpoint,
            "keyMappingId": mapping.id,
        },
    )


def unmap(request: PortalRequest) -> Response:
    """DELETE one mapping."""
    application = request.own(_no_application)
    if request.param("keyMappingId") not in application.mappings:
        raise not_found("Key mapping not found")
    del application.mappings[request.param("keyMappingId")]
    return answer({"message": "Application key mapping removed successfully"})


async def token(request: PortalRequest) -> Response:
    """POST: a token for the client, from its key manager's token endpoint, whose refusals are passed on."""
    mapping = request.own(_no_application).mappings.get(request.param("keyMappingId"))
    if mapping is None:
        raise not_found("Key mapping not found or missing key manager reference")
    if request.payload is None:
        raise failed()
    endpoint = request.portal.key_managers[mapping.key_manager].token_endpoint
    seconds = request.store.api_portal.token_seconds
    credentials = f"{mapping.client_id}:{request.payload['consumerSecret']}"
    status, issued = await asyncio.to_thread(_fetched, endpoint, credentials, _form(request.payload), seconds)
    if status >= 400:
        raise failed(f"Token generation failed: Request failed with status code {status}", min(status, 500))
    shown = {"accessToken": issued.get("access_token"), "validityTime": issued.get("expires_in")}
    found = {key: value for key, value in shown.items() if value is not None}
    return answer({**found, "tokenScopes": str(issued.get("scope") or "").split()})


def _form(body: dict[str, Any]) -> dict[str, str]:
    """What a token endpoint is asked, with the portal's own defaults."""
    scopes, seconds = body.get("scopes", ["default"]), body.get("validityPeriod") or 3600
    asked = {"grant_type": "client_credentials", "scope": " ".join(scopes), "expiry_time": str(seconds)}
    return {name: value for name, value in asked.items() if value}


def _fetched(endpoint: str, credentials: str, form: dict[str, str], seconds: float) -> tuple[int, dict[str, Any]]:
    """Ask a token endpoint of this machine; a stand-in calls no other."""
    if not is_url(endpoint):
        raise _unreachable("Invalid URL")
    place = urlsplit(endpoint)
    if place.scheme not in ("http", "https"):
        raise _unreachable(f"Unsupported protocol {place.scheme}:")
    if place.scheme != "http" or place.hostname not in _THIS_MACHINE:
        raise _unreachable(f"getaddrinfo ENOTFOUND {place.hostname}")
    basic = base64.b64encode(credentials.encode()).decode()
    request = urllib.request.Request(  # noqa: S310 - http, as was looked at above
        endpoint, urlencode(form).encode(), {"Authorization": f"Basic {basic}"}
    )
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=seconds) as answer:
            return int(answer.status), _document(answer.read())
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, {}
    except TimeoutError:
        raise _unreachable(f"timeout of {seconds * 1000:.0f}ms exceeded") from None
    except (OSError, http.client.HTTPException):
        raise _unreachable(f"connect ECONNREFUSED {place.netloc}") from None


def _document(body: bytes) -> dict[str, Any]:
    """What a token endpoint answered; one whose answer cannot be read has issued nothing."""
    try:
        found = json_of(body.decode("utf-8", "replace"))
    except NoJson:
        return {}
    return found if isinstance(found, dict) else {}


def _unreachable(why: str) -> ApiError:
    return failed(f"Token generation failed: {why}")


def _no_application() -> ApiError:
    return not_found("Application not found")
