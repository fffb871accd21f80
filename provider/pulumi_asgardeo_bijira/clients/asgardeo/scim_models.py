"""Roles, users and groups as SCIM tells them. The names are those of a resource's properties, in snake_case.

SCIM leaves an empty list out, so one that is missing is empty, unless it was not asked for.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, AliasChoices, Field

from ...transport import Document, Rows
from ..documents import if_null, within
from .identifiers import Uuid

__all__ = ("MemberRow", "Membership", "NewRole", "Role", "RoleOperation", "RoleRow", "ScimPage", "User")

R = TypeVar("R")

_ROLE = "urn:ietf:params:scim:schemas:extension:2.0:Role"
_Values = Annotated[Rows[Annotated[str, *within("value")]], AfterValidator(lambda values: sorted(set(values)))]


class _Audience(Document):
    """Whose role it is."""

    type: str
    value: str | None = None


class NewRole(Document):
    """A role to be made: an application's, or without an `application_id` the organisation's."""

    name: str
    application_id: Uuid | None = None
    permissions: Sequence[str] = ()
    groups: Sequence[str] = ()
    users: Sequence[str] = ()

    @property
    def given(self) -> Sequence[str]:
        """The lists that it is made with; an empty one says nothing."""
        return [part for part in ("permissions", "groups", "users") if getattr(self, part)]

    def whole(self) -> dict[str, Any]:
        """On the wire."""
        audience = {"audience": {"type": "application", "value": self.application_id}} if self.application_id else {}
        lists = {part: _wrapped(getattr(self, part)) for part in self.given}
        return {"schemas": [_ROLE], "displayName": self.name, **audience, **lists}


class RoleRow(Document):
    """A role as a list shows it."""

    id: Uuid
    name: str = Field(validation_alias="displayName")
    audience: _Audience
    system_role: Annotated[bool, if_null(False), *within("systemRole")] = Field(False, validation_alias="meta")

    @property
    def application_id(self) -> str | None:
        """The application whose role it is; None where it is the organisation's."""
        return self.audience.value if self.audience.type.lower() == "application" else None


class Role(RoleRow):
    """A role with what it permits and whom it is given to."""

    permissions: _Values = []
    groups: _Values = []
    users: _Values = []


class RoleOperation(Document):
    """One step of a change. SCIM reads of each step one attribute alone."""

    op: Literal["add", "remove", "replace"]
    path: str
    value: Any = None

    @property
    def part(self) -> str:
        """What of the role it changes."""
        return "name" if self.path == "displayName" else self.path.partition("[")[0]

    @classmethod
    def rename(cls, name: str) -> "RoleOperation":
        """Give it another name."""
        return cls(op="replace", path="displayName", value=name)

    @classmethod
    def permit(cls, permissions: Sequence[str]) -> "RoleOperation":
        """Have it permit these and nothing else; the server compares, and does nothing where it does already."""
        return cls(op="replace", path="permissions", value=_wrapped(permissions))

    @classmethod
    def give(cls, part: str, ids: Sequence[str]) -> "RoleOperation":
        """Give it to these users or groups besides."""
        return cls(op="add", path=part, value=_wrapped(ids))

    @classmethod
    def take(cls, part: str, id: str) -> "RoleOperation":
        """Take it from this user or group; without the filter it would be from all."""
        return cls(op="remove", path=f'{part}[value eq "{id}"]')

    def whole(self) -> dict[str, Any]:
        """On the wire."""
        return self.model_dump(exclude_none=True)


def _wrapped(values: Sequence[str]) -> list[dict[str, str]]:
    return [{"value": value} for value in values]


class MemberRow(Document):
    """A user or group as a list shows it: its name with the user store before it, as in `DEFAULT/staff`."""

    id: str = Field(min_length=1)
    name: str = Field(validation_alias=AliasChoices("userName", "displayName"))

    def is_called(self, name: str) -> bool:
        """Whether this is its name, with or without the user store; case says nothing."""
        return name.casefold() in (self.name.casefold(), self.name.partition("/")[2].casefold())


class Membership(Document):
    """A group that a user is in."""

    id: str = Field(min_length=1, validation_alias="value")
    name: str = Field("", validation_alias="display")


class User(MemberRow):
    """A user with the groups of the user store that the user is in."""

    groups: Rows[Membership] = []


class ScimPage(Document, Generic[R]):
    """A page of a list; one without rows may say so by leaving them out."""

    rows: Rows[R] = Field([], validation_alias="Resources")
    total: int = Field(validation_alias="totalResults")

    def following(self, at: int) -> int | None:
        """Behind the last row, while there are more; the first is 1."""
        return at + len(self.rows) if self.rows and at + len(self.rows) <= self.total else None
