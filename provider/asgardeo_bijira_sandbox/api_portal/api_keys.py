"""API keys: `/api-keys`, and below an API or an application. A key is of an API, and shown once, when it is made.

No gateway of the sandbox asks for one, and whoever is told of keys by webhooks hears of none.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ..web.responses import answer, empty
from .apis import found_api
from .exceptions import bad_values, failed, handled, not_found
from .models import ApiKey, iso_now, iso_time

if TYPE_CHECKING:
    from starlette.responses import Response

    from ..web.errors import ApiError
    from .models import Api, Application
    from .request import PortalRequest

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,127}")
_LATEST = datetime(2101, 1, 1, tzinfo=UTC).timestamp() * 1000


def listed(request: PortalRequest) -> Response:
    """GET a page of all that the caller made."""
    own = [key for key in _newest(request) if key.created_by == request.caller.name]
    rows = []
    for key in own:
        api = request.portal.apis[key.api_id]
        rows.append({**_document(request, key), "apiName": api.name, "apiVersion": api.version, "apiType": api.type})
    return request.page(rows)


def listed_of_api(request: PortalRequest) -> Response:
    """GET a page of those that the caller made of one API, or those of them that are an application's."""
    application = _optional(request.query("appId"))
    api = found_api(request)
    if api is None:
        raise _absent("apiId", "API not found")
    if application and _own(request, application) is None:
        raise _absent("appId", "Application not found")
    own = (key for key in _newest(request) if (key.api_id, key.created_by) == (api.id, request.caller.name))
    return request.page([_document(request, key) for key in own if application in ("", key.application)])


def listed_of_application(request: PortalRequest) -> Response:
    """GET a page of those of an application, whoever made them."""
    application = request.own(lambda: not_found("Application not found"))
    return request.page([_document(request, key) for key in _newest(request) if key.application == application.id])


def generate(request: PortalRequest) -> Response:
    """POST a new one, under an id of the caller's or of its own."""
    body, refusal = request.members(), "Failed to generate API key"
    application = _optional(body.get("appId", ""))
    api = _api(request)
    if application and _own(request, application) is None:
        raise not_found("Not Found", "Application not found")
    expires = _expiry(body.get("expiresAt"), refusal)
    if not api.is_published:
        raise not_found(refusal)
    id_ = body.get("id") or request.portal.new_id()
    if _place(api, id_) in request.portal.api_keys:
        raise handled(409, "CONFLICT", refusal)
    subscription = body.get("subscriptionId")
    if subscription and subscription not in request.portal.subscriptions:
        raise failed(refusal)
    key = ApiKey(
        id=id_,
        api_id=api.id,
        display_name=body.get("displayName", "").strip() or id_,
        expires_at=expires,
        application=application or None,
        created_by=request.caller.name,
        updated_by=request.caller.name,
    )
    key.updated_at = key.created_at
    request.portal.api_keys[_place(api, id_)] = key
    return answer({**_shown(key), **key.audit()}, 201)


def regenerate(request: PortalRequest) -> Response:
    """POST: another secret, and perhaps another end."""
    key = _found(request)
    body, refusal = request.members(), "Failed to regenerate API key"
    if key.revoked_at:
        raise handled(409, "CONFLICT", refusal)
    expires = _expiry(body.get("expiresAt"), refusal)
    if "expiresAt" in body:
        key.expires_at = expires
        key.touch(request.caller.name)
    return answer(_shown(key))


def revoke(request: PortalRequest) -> Response:
    """POST: for good."""
    key = _found(request)
    if key.revoked_at:
        raise handled(409, "CONFLICT", "Failed to revoke API key")
    key.revoked_at = iso_now()
    return empty(204)


def associate(request: PortalRequest) -> Response:
    """POST: it is used by this application."""
    wanted = request.members()["appId"].strip()
    key = _found(request, needs="appId")
    application = _own(request, wanted)
    if application is None:
        raise not_found("Not Found", "Application not found")
    if key.revoked_at:
        raise handled(409, "CONFLICT", "Failed to associate application with API key")
    key.application = application.id
    return answer({"application": {"id": application.id, "displayName": application.display_name}})


def dissociate(request: PortalRequest) -> Response:
    """POST: it is used by none."""
    _found(request).application = None
    return empty(204)


def _place(api: Api, id_: str) -> str:
    return f"{api.id}/{id_}"


def _newest(request: PortalRequest) -> list[ApiKey]:
    return list(reversed(request.portal.api_keys.values()))


def _own(request: PortalRequest, handle: str) -> Application | None:
    found = request.portal.applications.get(handle)
    return found if found and found.owner == request.caller.subject else None


def _optional(id_: str) -> str:
    if id_ and not id_.strip():
        raise bad_values("Bad Request", "appId must be a non-empty string")
    return id_.strip()


def _absent(field: str, text: str) -> ApiError:
    error = not_found("Not Found")
    error.body["errors"] = [{"field": field, "message": text}]
    return error


def _api(request: PortalRequest) -> Api:
    api = found_api(request)
    if api is None:
        raise not_found("Not Found", "API not found")
    return api


def _found(request: PortalRequest, needs: str = "keyId") -> ApiKey:
    """The key of the body, among those of the API of the path."""
    body = request.members()
    for name in dict.fromkeys(("keyId", needs)):
        if not body[name].strip():
            raise bad_values("Bad Request", f"{name} is required")
    key = request.portal.api_keys.get(_place(_api(request), body["keyId"].strip()))
    if key is None:
        raise not_found("Not Found", "API key not found")
    return key


def _expiry(given: Any, refusal: str) -> str | None:
    """A time as seconds or milliseconds since 1970, or as text."""
    if given is None:
        return None
    if isinstance(given, str):
        milliseconds = datetime.fromisoformat(given.upper()).timestamp() * 1000
    else:
        milliseconds = given * 1000 if given < 1e12 else given
    if not 0 <= milliseconds < _LATEST:
        raise bad_values(refusal)
    return iso_time(datetime.fromtimestamp(int(milliseconds) / 1000, UTC))


def _shown(key: ApiKey) -> dict[str, Any]:
    """A key as it is shown with its secret, which nobody keeps."""
    return {
        "id": key.id,
        "displayName": key.display_name,
        "key": secrets.token_urlsafe(32),
        "expiresAt": key.expires_at,
        "status": "ACTIVE",
    }


def _document(request: PortalRequest, key: ApiKey) -> dict[str, Any]:
    application = request.portal.applications.get(key.application or "")
    return {
        "id": key.id,
        "displayName": key.display_name,
        "status": "REVOKED" if key.revoked_at else "ACTIVE",
        "expiresAt": key.expires_at,
        "createdAt": key.created_at,
        **({"revokedAt": key.revoked_at} if key.revoked_at else {}),
        "apiId": key.api_id,
        "appId": application.id if application else None,
        "appDisplayName": application.display_name if application else None,
        "createdBy": key.created_by,
        "updatedAt": key.updated_at,
    }
