"""The bodies of SCIM roles, and how SCIM answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from ...web.responses import answer
from ..exceptions import SCIM_TYPE

if TYPE_CHECKING:
    from starlette.responses import Response

__all__ = ("Audience", "RoleBody", "RoleChange", "RoleSearch", "scim_answer")


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


def scim_answer(body: Any, status: int = 200, location: str | None = None) -> Response:
    """A SCIM answer."""
    return answer(body, status, {**SCIM_TYPE, **({"Location": location} if location else {})})
