"""The types of authorization details (RFC 9396) of an API resource, alone and in the whole organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from ...web.http import answer, empty
from ..bodies import Body, shown
from ..exceptions import api_error
from ..filters import conditions_on_apis
from ..models import ApiResource, DetailsType
from ..system import system_apis
from .scopes import find_api, known_api

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from ..models import Tenant
    from ..request import Call

__all__ = ("DetailsTypeBody", "add", "change", "checked_types", "delete", "every", "listed", "read", "type_document")


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
    made = [DetailsType(**body.model_dump(by_alias=False)) for body in bodies]
    taken = [one.type for api in tenant.apis.values() for one in api.details_types]
    names = [*taken, *(one.type for one in made)]
    twice = [one.type for one in made if names.count(one.type) > 1]
    if twice:
        raise api_error(400, 60018, "Authorization details type already exists.", f"The type {twice[0]} exists.")
    return made


def listed(call: Call) -> Response:
    """GET the types of one API."""
    return answer([type_document(one) for one in known_api(call).details_types])


def add(call: Call) -> Response:
    """PUT: adds, and shows what was added."""
    bodies, api = call.read_list(DetailsTypeBody), known_api(call)
    added = checked_types(call.tenant, bodies)
    api.details_types += added
    return answer([type_document(one) for one in added])


def read(call: Call) -> Response:
    """GET one type."""
    return answer(type_document(_known(call, find_api(call.tenant, call.part("id")))))


def change(call: Call) -> Response:
    """PATCH one type."""
    body, api = call.read(DetailsTypeChange), known_api(call)
    one = _known(call, api)
    one.name, one.description, one.json_schema = body.name, body.description, body.json_schema
    return empty(204)


def delete(call: Call) -> Response:
    """DELETE one type; one that is not there is as good as deleted."""
    api = find_api(call.tenant, call.part("id"))
    if api is not None:
        api.details_types = [one for one in api.details_types if one.id != call.part("type")]
        call.tenant.forget_details_types({call.part("type")})
    return empty(204)


def every(call: Call) -> Response:
    """GET the types of the whole organisation."""
    apis = [*system_apis(call.tenant.name), *call.tenant.apis.values()]
    wanted = conditions_on_apis(call.query("filter"), "type")
    found = (one for api in apis for one in api.details_types if all(condition.holds(one.type) for condition in wanted))
    return answer([type_document(one) for one in found])


def _known(call: Call, api: ApiResource | None) -> DetailsType:
    found = next((one for one in api.details_types if one.id == call.part("type")), None) if api else None
    if found is None:
        text = f"Authorization details types for resource id '{call.part('id')}' could not be found."
        raise api_error(404, 60015, "Unable to find the authorization details type.", text)
    return found
