"""APIs and MCP servers: `/apis`, `/mcp-servers`. What they are published with is looked at in `api_metadata.py`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..web.responses import answer, page
from .api_metadata import INCOMPLETE, check_tools, checked, definition_of, metadata_of, type_of
from .archives import unpacked
from .exceptions import conflict, failed, not_found, objection, taken
from .models import Api
from .parsing import Form
from .plans import summary
from .values import is_true, stored, text_of, written
from .views import labels_of, view_named

if TYPE_CHECKING:
    from starlette.responses import Response

    from .request import PortalRequest

__all__ = ("found_api",)

_OWNERS = ("technicalOwner", "businessOwner", "businessOwnerEmail", "technicalOwnerEmail")


def found_api(request: PortalRequest) -> Api | None:
    """The API of the path, or the MCP server where the path is one of theirs; neither finds the other."""
    found = request.portal.apis.get(request.param("mcpServerId" if request.is_of_servers else "apiId"))
    return found if found and (found.type == "Mcp") == request.is_of_servers else None


def listed(request: PortalRequest) -> Response:
    """GET a page. Name, version and tags find APIs in whatever state, and nothing else of the query counts then."""
    query, kept = request.parameters, sorted(request.portal.apis.values(), key=_place)
    every = [api for api in kept if (api.type == "Mcp") == request.is_of_servers]
    if any(name in query for name in ("name", "version", "tags")):
        tags = {tag for tag in map(str.strip, request.query("tags").split(",")) if tag}
        found = [
            api
            for api in every
            if query.get("name", api.name) == api.name
            and query.get("version", api.version) == api.version
            and (not tags or tags & set(api.tags))
        ]
    else:
        view = view_named(request, request.query("view")) if "view" in query else None
        found = [
            api
            for api in every
            if api.is_published
            and _holds(api, request.query("query"))
            and (set(api.labels) & set(view.labels) if view else api.labels or "query" in query)
        ]
    return request.page([_document(request, api) for api in found])


def read(request: PortalRequest) -> Response:
    """GET one."""
    return answer(_document(request, _found(request)))


def create(request: PortalRequest) -> Response:
    """POST: the metadata comes back, with an id and who made it."""
    form = unpacked(request.form_data or Form())
    metadata = metadata_of(form)
    metadata["type"] = type_of(metadata.get("type"), of_servers=request.is_of_servers)
    has_definition = definition_of(form, metadata["type"])
    if not is_true(metadata.get("name")) or not has_definition or not is_true(metadata.get("endPoints")):
        raise objection(INCOMPLETE)
    checked(metadata)
    handle = _handle(metadata)
    api = Api(id=stored(handle) or "", name="", version="", labels=["default"], created_by=request.caller.name)
    _keep(request, api, metadata)
    api.plans = _plans(request, metadata)
    if is_true(metadata.get("labels")):
        api.labels = _listed(metadata["labels"])
    api.labels = list(dict.fromkeys(labels_of(request, map(stored, api.labels))))
    api.tags = _tags(_listed(metadata["tags"])) if is_true(metadata.get("tags")) else []
    if api.tags and not request.portal.is_somewhere:
        raise failed()
    check_tools(form, api.type)
    api.updated_at = api.created_at
    request.portal.apis[api.id] = api
    shown = {**metadata, "id": handle, **api.audit()}
    return answer({name: value for name, value in shown.items() if name != "handle"}, 201)


def update(request: PortalRequest) -> Response:
    """PUT the metadata whole, the definition if it is sent; type and id stay what they are."""
    api, form = _found(request), unpacked(request.form_data or Form())
    metadata = metadata_of(form)
    metadata["type"] = type_of(metadata.get("type"), of_servers=request.is_of_servers)
    if metadata["type"] != api.type:
        text = f"API type cannot be changed after creation (existing type is '{api.type}')"
        raise conflict("Conflict", text)
    definition_of(form, metadata["type"])
    if not is_true(metadata.get("name")) or not is_true(metadata.get("endPoints")):
        raise objection(INCOMPLETE)
    checked(metadata)
    _compare_labels(api, metadata)
    if "status" not in metadata and _is_subscribed(request, api):
        raise conflict("ERR_SUB_EXIST", "API has subscriptions.")
    changed = api.model_copy()
    _keep(request, changed, metadata, but=api)
    added, removed = (
        labels_of(request, map(stored, _listed(metadata.get(name) or []))) for name in ("addedLabels", "removedLabels")
    )
    changed.labels = [one for one in dict.fromkeys((*api.labels, *added)) if one not in removed]
    changed.tags = _tags(metadata["tags"]) if is_true(metadata.get("tags")) else []
    if is_true(metadata.get("subscriptionPlans")):
        changed.plans = _plans(request, metadata)
    check_tools(form, api.type)
    request.portal.apis[api.id] = changed
    return answer(_changed(request, changed, metadata))


def delete(request: PortalRequest) -> Response:
    """DELETE one that nobody is subscribed to."""
    api = _found(request)
    if _is_subscribed(request, api):
        raise conflict("ERR_SUB_EXIST", "API has subscriptions.")
    keys = [key for key in request.portal.api_keys.values() if key.api_id == api.id]
    if any(key.revoked_at is None for key in keys):
        raise conflict("ERR_KEY_EXIST", "API has active keys.")
    if keys:
        raise failed()
    del request.portal.apis[api.id]
    return page("Resouce Deleted Successfully", 200)


def _place(api: Api) -> tuple[bool, str]:
    """Where it stands in lists, which go by the reference that some have."""
    return api.ref_id is not None, api.ref_id or ""


def _is_subscribed(request: PortalRequest, api: Api) -> bool:
    return any(one.api_id == api.id for one in request.portal.subscriptions.values())


def _handle(metadata: dict[str, Any]) -> Any:
    """The id that it is given, or one of name and version."""
    if is_true(metadata.get("handle")):
        return metadata["handle"]
    if not isinstance(metadata["name"], str):
        raise failed()
    name = re.sub(r"\s+", "", metadata["name"].lower())
    return f"{name}-v{text_of(metadata.get('version', 'undefined'))}"


def _keep(request: PortalRequest, api: Api, metadata: dict[str, Any], but: Api | None = None) -> None:
    """Take over what has a column of its own, as the database lets it: some must be there, and some be there once."""
    owners, places = (
        value if isinstance(value, dict) else {} for value in (metadata.get("owners"), metadata["endPoints"])
    )
    status, version = stored(metadata.get("status")), stored(metadata.get("version"))
    if status is None or version is None:
        raise failed()
    api.name, api.version, api.status = stored(metadata["name"]) or "", version, status
    api.ref_id, api.description = stored(metadata.get("referenceId")), stored(metadata.get("description"))
    for other in request.portal.apis.values():
        same_reference = api.ref_id is not None and other.ref_id == api.ref_id
        if other is not but and (
            other.id == api.id or (other.name, other.version) == (api.name, version) or same_reference
        ):
            raise taken()
    api.type, api.searched = metadata["type"], written(metadata)
    api.agent_visibility = metadata.get("agentVisibility") or "VISIBLE"
    api.owners = {name: stored(owners.get(name)) for name in _OWNERS}
    api.end_points = {name: stored(places.get(name)) for name in ("sandboxURL", "productionURL")}
    api.touch(request.caller.name)


def _plans(request: PortalRequest, metadata: dict[str, Any]) -> list[str]:
    if not is_true(metadata.get("subscriptionPlans")):
        return []
    found = []
    for plan in _listed(metadata["subscriptionPlans"]):
        if plan is None:
            raise failed()
        id_ = stored(plan.get("id")) if isinstance(plan, dict) else None
        if id_ not in request.portal.plans:
            raise not_found("Resource Not Found")
        found.append(str(id_))
    if len(set(found)) < len(found):
        raise taken()
    return found


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise objection(INCOMPLETE)
    return value


def _tags(names: Any) -> list[str]:
    """Each tag once; a text is taken letter by letter."""
    if not isinstance(names, list | str):
        raise failed()
    return list(dict.fromkeys(tag for tag in (text_of(name).strip() for name in names) if tag))


def _compare_labels(api: Api, metadata: dict[str, Any]) -> None:
    """Say which labels are new and which are gone, as the server does before it keeps the metadata."""
    if isinstance(metadata.get("labels"), list) and not is_true(metadata.get("addedLabels")):
        wanted = list(dict.fromkeys(text_of(one) for one in metadata["labels"]))
        metadata["addedLabels"] = [one for one in wanted if one not in api.labels]
        metadata["removedLabels"] = [one for one in api.labels if one not in wanted]


def _found(request: PortalRequest) -> Api:
    found = found_api(request)
    if found is None:
        raise not_found("API not found")
    return found


def _holds(api: Api, text: str) -> bool:
    """Whether a search finds it: it goes through the metadata as the JSON that is stored, so a quote or a backslash is
    not found where it stands escaped there, and `%` and `_` are wildcards."""
    wildcards = {"%": ".*", "_": "."}
    pattern = "".join(wildcards.get(sign) or re.escape(sign) for sign in text)
    described = {"name": api.name, "version": api.version, "description": api.description, "tags": api.tags}
    places = (api.searched or written(described), *api.tags)
    return any(re.search(pattern, place, re.IGNORECASE | re.ASCII | re.DOTALL) for place in places)


def _document(request: PortalRequest, api: Api) -> dict[str, Any]:
    lists = {"apiImageMetadata": {}, "tags": api.tags, "labels": api.labels}
    return {**_columns(api), **lists, **_places(api), "subscriptionPlans": _offered(request, api), **api.audit()}


def _changed(request: PortalRequest, api: Api, metadata: dict[str, Any]) -> dict[str, Any]:
    """The answer to a change, which shows of the lists what was said of them."""
    shown = _columns(api)
    labels = {name: metadata[name] for name in ("addedLabels", "removedLabels") if metadata.get(name)}
    owners = {"owners": shown.pop("owners")} if "owners" in shown else {}
    plans = {"subscriptionPlans": _offered(request, api)} if is_true(metadata.get("subscriptionPlans")) else {}
    return {**shown, **labels, **owners, **_places(api), **plans, **api.audit()}


def _columns(api: Api) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": api.id,
        "refId": api.ref_id,
        "name": api.name,
        "title": None,
        "remotes": [],
        "version": api.version,
        "description": api.description,
        "type": api.type,
        "status": api.status,
        "agentVisibility": api.agent_visibility,
    }
    if api.owners.get("businessOwner") or api.owners.get("technicalOwner"):
        shown["owners"] = {name: one for name, one in api.owners.items() if one or not name.endswith("Email")}
    return shown


def _places(api: Api) -> dict[str, Any]:
    return {"endPoints": {key: api.end_points.get(key) for key in ("sandboxURL", "productionURL")}}


def _offered(request: PortalRequest, api: Api) -> list[dict[str, Any]]:
    return [summary(request.portal.plans[plan]) for plan in api.plans]
