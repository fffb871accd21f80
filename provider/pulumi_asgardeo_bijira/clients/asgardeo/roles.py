"""Roles: /scim2/v2/Roles, which does all of a role in one request."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from ...transport import ApiProblem, Connection, segment
from ..paging import PAGE, every_page
from .scim import CONTENT_TYPE, PATCH_OP, PLAIN, after_approval, is_unknown
from .scim_models import NewRole, Role, RoleOperation, RoleRow, ScimPage

__all__ = ("Roles",)

R = TypeVar("R", bound=RoleRow)

_BASE = "/scim2/v2/Roles"
_VIEW = "internal_role_mgt_view"
#: What a list leaves out on some servers by itself and on others when it is asked to: there may be thousands of users.
_HELD = "users,groups,permissions,associatedApplications"


#: What a list is asked to show in place of one role after the other.
_LISTED = "displayName,audience,meta,permissions,groups"


def _scope_of(part: str) -> str:
    """What a token needs besides, to say something of a part of a role."""
    return f"internal_role_mgt_{part}_update"


def _of(application_id: str | None) -> str:
    return f'audience.value eq "{application_id}"' if application_id else 'audience.type eq "organization"'


class Roles:
    """The organisation's roles: its own and those of its applications."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, role: NewRole) -> str:
        """Make a role with all that it permits and whom it is given to, and return its id."""
        doing = f"create the role {role.name}"
        self._connection.require(*(_scope_of(part) for part in role.given), doing=doing)
        made = self._connection.request_json(
            "POST",
            _BASE,
            RoleRow,
            ok=(201,),
            json=role.whole(),
            headers=CONTENT_TYPE,
            doing=doing,
            scope="internal_role_mgt_create",
            accepted=after_approval("creating a role"),
        )
        return made.id

    def get(self, id: str, *, with_users: bool = True) -> Role | None:
        """A role; None where there is none. Without its users, of whom there may be thousands, it shows none."""
        return self._connection.get_or_none(
            f"{_BASE}/{segment(id)}",
            Role,
            params={} if with_users else {"excludedAttributes": "users"},
            doing=f"read the role {id}",
            scope=_VIEW,
            not_found=is_unknown,
        )

    def find(self, name: str, application_id: str | None) -> RoleRow | None:
        """The role of exactly this name of an application, or of the organisation, in short; None where there is none.

        The name is unique there. Where a filter would misread it the whole list is looked through.
        """
        named = f'displayName eq "{name}" and ' if PLAIN.fullmatch(name) else ""
        rows = self._rows({"filter": named + _of(application_id)}, f"look up the role {name}")
        return next((row for row in rows if (row.name, row.application_id) == (name, application_id)), None)

    def of(self, application_id: str | None) -> Iterator[RoleRow]:
        """The roles of an application, or of the organisation, page by page, in short."""
        rows = self._rows({"filter": _of(application_id)}, "list the roles")
        return (row for row in rows if row.application_id == application_id)

    def all(self) -> Iterator[RoleRow]:
        """The organisation's roles and those of all applications, page by page, in short."""
        return self._rows({}, "list the roles")

    def listed(self) -> Iterator[Mapping[str, Role]]:
        """The same by their ids, with what they permit and the groups that have them; without the users, of whom there
        may be thousands. A list that a role does not show is empty there, or not shown by this server."""
        pages = self._pages(ScimPage[Role], {"attributes": _LISTED}, "list the roles")
        return ({role.id: role for role in page} for page in pages)

    def _rows(self, fixed: Mapping[str, str], doing: str) -> Iterator[RoleRow]:
        pages = self._pages(ScimPage[RoleRow], {**fixed, "excludedAttributes": _HELD}, doing)
        return (row for page in pages for row in page)

    def _pages(self, shape: "type[ScimPage[R]]", fixed: Mapping[str, str], doing: str) -> Iterator[Sequence[R]]:
        def ask(at: int) -> "ScimPage[R]":
            params: dict[str, str | int] = {**fixed, "startIndex": at, "count": PAGE}
            return self._connection.request_json("GET", _BASE, shape, doing=doing, params=params, scope=_VIEW)

        return every_page(ask, 1, f"Asgardeo: {doing}")

    def change(self, id: str, operations: Sequence[RoleOperation]) -> None:
        """Carry these out in one request, of which the server may leave a part undone where it refuses another."""
        doing = f"change the role {id}"
        self._connection.require(*(_scope_of(one.part) for one in operations if one.part != "name"), doing=doing)
        self._connection.send(
            "PATCH",
            f"{_BASE}/{segment(id)}",
            ok=(200,),
            or_body=RoleRow,
            json={"schemas": [PATCH_OP], "Operations": [one.whole() for one in operations]},
            headers=CONTENT_TYPE,
            doing=doing,
            scope="internal_role_mgt_update",
            not_found=is_unknown,
            accepted=after_approval("changing a role's users"),
        )

    def delete(self, id: str) -> None:
        """Delete a role; one that is not there is no failure, and the server may say so as if it were broken (500)."""
        try:
            self._connection.delete(
                f"{_BASE}/{segment(id)}",
                doing=f"delete the role {id}",
                scope="internal_role_mgt_delete",
                not_found=is_unknown,
            )
        except ApiProblem as refusal:
            if refusal.status != 500 or self.get(id, with_users=False) is not None:
                raise
