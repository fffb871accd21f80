"""The bodies of SCIM roles, and how SCIM answers and refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from ...web.http import ApiError, answer

if TYPE_CHECKING:
    from starlette.responses import Response

__all__ = ("MEDIA", "Audience", "RoleBody", "RoleChange", "RoleSearch", "answered", "refused")

MEDIA = ("application/scim+json", "application/json")
_TYPE = {"Content-Type": "application/scim+json"}
_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


class _Scim(BaseModel):
    """What SCIM does not know of a body has no effect."""

    model_config = ConfigDict(alias_generator=to_camel, extra="ignore")


class Member(_Scim):
    """A permission, a user or a group by its id."""

    value: str


class Audience(_Scim):
    """Whose role it is."""

    type: str = "organization"
    value: str | None = None


class RoleBody(_Scim):
    """A role to make, or to replace."""

    display_name: str
    audience: Audience | None = None
    permissions: list[Member] = []
    users: list[Member] = []
    groups: list[Member] = []


class Operation(_Scim):
    """One step of a change."""

    op: Literal["add", "remove", "replace"]
    path: str | None = None
    value: Any = None


class RoleChange(_Scim):
    """A change of a role."""

    operations: list[Operation] = Field(alias="Operations")


class RoleSearch(_Scim):
    """A search by a body in place of a query."""

    filter: str | None = None
    start_index: int = 1
    count: int | None = None


def answered(body: Any, status: int = 200, location: str | None = None) -> Response:
    """A SCIM answer."""
    return answer(body, status, {**_TYPE, **({"Location": location} if location else {})})


def refused(status: int, detail: str, scim_type: str | None = None) -> ApiError:
    """A SCIM refusal. The status is text, and there is no trace id."""
    typed = {} if scim_type is None else {"scimType": scim_type}
    return ApiError(status, {"schemas": [_ERROR], **typed, "detail": detail, "status": str(status)}, _TYPE)
