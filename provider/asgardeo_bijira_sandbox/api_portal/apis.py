"""APIs: `/apis`. They come in as forms of metadata and a definition."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ..web.responses import answer, page
from .exceptions import bad_values, conflict, not_found
from .models import Api
from .parsing import yaml_of
from .plans import summary

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import PortalRequest

_STATES = ("PUBLISHED", "DEPRECATED")
_TYPES = {"REST": "RestApi"}
_ONLY_LABEL = "default"


def listed(request: PortalRequest) -> Response:
    """GET a page of those with exactly this name, version, tag or view, or that a search for a text finds."""
    query = request.parameters
    if query.get("view", "default") != "default":
        raise not_found("Not Found", "View not found")
    found = [
        api
        for api in request.portal.apis.values()
        if query.get("name", api.name) == api.name
        and query.get("version", api.version) == api.version
        and ("tags" not in query or query["tags"] in api.tags)
        and _holds(api, request.query("query"))
    ]
    return request.page([{k: v for k, v in _document(request, api).items() if k != "updatedBy"} for api in found])


def read(request: PortalRequest) -> Response:
    """GET one."""
    return answer(_document(request, _found(request)))


def create(request: PortalRequest) -> Response:
    """POST: the metadata comes back, with an id and who made it."""
    metadata = _metadata(request)
    name, version = metadata["name"], metadata["version"]
    handle = metadata.get("id") or f"{re.sub('[^a-z0-9]', '', name.lower())}-v{version}"
    _check_free(request, handle, name, version)
    api = Api(id=handle, name=name, version=version, created_by=request.caller.name)
    _apply(request, api, metadata)
    api.updated_at = api.created_at
    request.portal.apis[handle] = api
    return answer({**metadata, "type": api.type, "id": handle, **_made(api)}, 201)


def update(request: PortalRequest) -> Response:
    """PUT the metadata whole; the type stays what it is."""
    api, metadata = _found(request), _metadata(request)
    kind = _TYPES.get(metadata.get("type", "REST"), metadata.get("type"))
    if kind != api.type:
        text = f"API type cannot be changed after creation (existing type is '{api.type}')"
        raise conflict("Conflict", text)
    _check_free(request, metadata.get("id") or api.id, metadata["name"], metadata["version"], but=api)
    api.name, api.version = metadata["name"], metadata["version"]
    _apply(request, api, metadata)
    document = _document(request, api)
    return answer({k: v for k, v in document.items() if k not in ("apiImageMetadata", "tags", "labels")})


def delete(request: PortalRequest) -> Response:
    """DELETE one that nobody is subscribed to."""
    api = _found(request)
    if any(one.api_id == api.id for one in request.portal.subscriptions.values()):
        raise conflict("ERR_SUB_EXIST", "API has subscriptions.")
    del request.portal.apis[api.id]
    return page("Resouce Deleted Successfully", 200)


def _metadata(request: PortalRequest) -> dict[str, Any]:
    """The metadata of the form: JSON in a field, or YAML in a file."""
    form = request.form_data
    if form and "metadata" in form.files:
        found = _of_yaml(yaml_of(form.files["metadata"]))
    else:
        try:
            found = json.loads(form.fields["metadata"]) if form else {}
        except (KeyError, ValueError):
            found = {}
    status = found.get("status", "PUBLISHED")
    if status not in _STATES:
        raise bad_values("Bad Request", f"Invalid status '{status}'. Must be one of: {', '.join(_STATES)}.")
    if not found.get("name") or not found.get("version"):
        raise bad_values("Bad Request", "Missing or Invalid fields in the request payload")
    if any(label != _ONLY_LABEL for label in found.get("labels", [])):
        raise not_found("Not Found", "Label not found")
    return dict(found)


def _of_yaml(document: dict[str, Any]) -> dict[str, Any]:
    spec, metadata = document.get("spec") or {}, document.get("metadata") or {}
    urls = {"productionUrl": "productionURL", "sandboxUrl": "sandboxURL"}
    return {
        "name": spec.get("displayName"),
        "version": spec.get("version"),
        "type": "REST",
        "status": spec.get("status", "PUBLISHED"),
        "agentVisibility": spec.get("agentVisibility", "VISIBLE"),
        "tags": spec.get("tags", []),
        "labels": spec.get("labels", [_ONLY_LABEL]),
        "owners": spec.get("owners", {}),
        "endPoints": {urls.get(key, key): value for key, value in (spec.get("endpoints") or {}).items()},
        "subscriptionPlans": [{"id": plan} for plan in spec.get("subscriptionPlans", [])],
        "id": metadata.get("name"),
    }


def _check_free(request: PortalRequest, id: str, name: str, version: str, but: Api | None = None) -> None:
    for other in request.portal.apis.values():
        if other is not but and (other.id == id or (other.name, other.version) == (name, version)):
            raise conflict("Conflict", "A record with these values already exists.")


def _apply(request: PortalRequest, api: Api, metadata: dict[str, Any]) -> None:
    api.type = _TYPES.get(metadata.get("type", "REST"), metadata.get("type", "RestApi"))
    api.description, api.status = metadata.get("description"), metadata.get("status", "PUBLISHED")
    api.tags, api.labels = metadata.get("tags") or [], metadata.get("labels") or [_ONLY_LABEL]
    api.end_points = metadata.get("endPoints") or {}
    api.plans = [one["id"] for one in metadata.get("subscriptionPlans") or [] if one["id"] in request.portal.plans]
    api.touch(request.caller.name)


def _found(request: PortalRequest) -> Api:
    found = request.portal.apis.get(request.param("apiId"))
    if found is None:
        raise not_found("API not found")
    return found


def _holds(api: Api, text: str) -> bool:
    """Whether a search finds it: it goes through the metadata as the JSON that is stored, so a quote or a backslash is
    not found where it stands escaped there, and `%` and `_` are wildcards."""
    stored = {"name": api.name, "version": api.version, "description": api.description, "tags": api.tags}
    wildcards = {"%": ".*", "_": "."}
    pattern = "".join(wildcards.get(sign) or re.escape(sign) for sign in text)
    places = (json.dumps(stored, ensure_ascii=False, separators=(",", ":")), *api.tags)
    return any(re.search(pattern, place, re.IGNORECASE | re.DOTALL) for place in places)


def _made(api: Api) -> dict[str, Any]:
    return {
        "createdBy": api.created_by,
        "updatedBy": api.updated_by,
        "createdAt": api.created_at,
        "updatedAt": api.updated_at,
    }


def _document(request: PortalRequest, api: Api) -> dict[str, Any]:
    return {
        "id": api.id,
        "refId": None,
        "name": api.name,
        "title": None,
        "remotes": [],
        "version": api.version,
        "description": api.description,
        "type": api.type,
        "status": api.status,
        "agentVisibility": api.agent_visibility,
        "apiImageMetadata": {},
        "tags": api.tags,
        "labels": api.labels,
        "endPoints": {key: api.end_points.get(key) for key in ("sandboxURL", "productionURL")},
        "subscriptionPlans": [summary(request.portal.plans[plan]) for plan in api.plans],
        **_made(api),
    }
