"""The types of authorization details (RFC 9396) of an API resource, alone and in the whole organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from ...web.responses import answer, empty
from ..bodies import Body, shown
from ..exceptions import api_resource_error, invalid_input
from ..filters import conditions_on_apis
from ..models import ApiResource, DetailsType
from ..system import system_apis
from .lookup import find_api, known_api

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from ..models import Tenant
    from ..request import TenantRequest

__all__ = ("DetailsTypeBody", "checked_types", "type_document")


class DetailsTypeBody(Body):
    """A type to make."""

    type: str
    name: str
    description: str
    json_schema: dict[str, Any] = Field(alias="schema")


class DetailsTypeChange(Body):
    """A type to change. Its own name cannot be changed, and may be sent."""

    type: str | None = None
    name: str
    description: str
    json_schema: dict[str, Any] = Field(alias="schema")


def type_document(one: DetailsType) -> dict[str, Any]:
    """A type as it is served."""
    return shown(id=one.id, type=one.type, name=one.name, description=one.description, schema=one.json_schema)


def checked_types(tenant: Tenant, bodies: Iterable[DetailsTypeBody]) -> list[DetailsType]:
    """New types, if the organisation has none of them."""
    bodies = list(bodies)
    for body in bodies:
        check_type(body.name, body.json_schema)
    made = [DetailsType(**body.model_dump(by_alias=False)) for body in bodies]
    taken = [one.type for api in tenant.apis.values() for one in api.details_types]
    names = [*taken, *(one.type for one in made)]
    twice = [one.type for one in made if names.count(one.type) > 1]
    if twice:
        raise api_resource_error(
            400, 60018, "Authorization details type already exists.", f"The type {twice[0]} exists."
        )
    return made


def check_type(name: str, schema: dict[str, Any]) -> None:
    """What the server looks at before it keeps a type."""
    if not 3 <= len(name) <= 255:
        raise invalid_input("name: size must be between 3 and 255")
    if not schema:
        text = "Authorization details schema cannot be empty."
        raise api_resource_error(400, 60016, "Invalid authorization details schema.", text)


def listed(request: TenantRequest) -> Response:
    """GET the types of one API."""
    return answer([type_document(one) for one in known_api(request).details_types])


def add(request: TenantRequest) -> Response:
    """PUT: adds, and shows what was added."""
    bodies, api = request.read_list(DetailsTypeBody), known_api(request)
    added = checked_types(request.tenant, bodies)
    api.details_types += added
    return answer([type_document(one) for one in added])


def read(request: TenantRequest) -> Response:
    """GET one type."""
    return answer(type_document(_known(request, find_api(request.tenant, request.param("id")))))


def update(request: TenantRequest) -> Response:
    """PATCH one type."""
    body, api = request.read(DetailsTypeChange), known_api(request)
    one = _known(request, api)
    check_type(body.name, body.json_schema)
    one.name, one.description, one.json_schema = body.name, body.description, body.json_schema
    return empty(204)


def delete(request: TenantRequest) -> Response:
    """DELETE one type; one that does not exist is no error."""
    api = find_api(request.tenant, request.param("id"))
    if api is not None:
        api.details_types = [one for one in api.details_types if one.id != request.param("type")]
        request.tenant.forget_details_types({request.param("type")})
    return empty(204)


def every(request: TenantRequest) -> Response:
    """GET the types of the whole organisation."""
    return answer([type_document(one) for one in _matching(request)])


def exists(request: TenantRequest) -> Response:
    """HEAD: whether the organisation has such a type."""
    if "filter" not in request.http.query_params:
        raise invalid_input("filter: must not be null")
    return empty(200 if _matching(request) else 404)


def _matching(request: TenantRequest) -> list[DetailsType]:
    apis = [*system_apis(request.tenant.name), *request.tenant.apis.values()]
    wanted = conditions_on_apis(request.query("filter"), "type")
    every = [one for api in apis for one in api.details_types]
    return [one for one in every if all(condition.holds(one.type) for condition in wanted)]


def _known(request: TenantRequest, api: ApiResource | None) -> DetailsType:
    found = next((one for one in api.details_types if one.id == request.param("type")), None) if api else None
    if found is None:
        text = f"Authorization details types for resource id '{request.param('id')}' could not be found."
        raise api_resource_error(404, 60015, "Unable to find the authorization details type.", text)
    return found
