"""Users: /scim2/Users, to find one by its name, and what groups one is in."""

from ...transport import segment
from .scim import Directory, is_unknown
from .scim_models import MemberRow, User

__all__ = ("Users",)

_SCOPE = "internal_user_mgt_list"


class Users(Directory):
    """The organisation's users."""

    def named(self, name: str) -> list[MemberRow]:
        """Those of exactly this name, with or without the user store: in each of several stores there may be one."""
        return [row for row in self._find("/scim2/Users", "userName", "eq", name, _SCOPE) if row.is_called(name)]

    def like(self, name: str) -> list[MemberRow]:
        """A few whose names have this within."""
        return self._find("/scim2/Users", "userName", "co", name.rpartition("/")[2], _SCOPE)

    def get(self, id: str) -> User | None:
        """A user with the groups that the user is in; None where there is none."""
        return self._connection.get_or_none(
            f"/scim2/Users/{segment(id)}",
            User,
            params={"attributes": "userName,groups"},
            doing=f"read the user {id}",
            scope="internal_user_mgt_view",
            not_found=is_unknown,
        )
