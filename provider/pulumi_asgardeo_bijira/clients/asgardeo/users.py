"""Users: /scim2/Users, to find one by its name, and what groups one is in."""

from ...transport import segment
from .scim import Directory, is_unknown
from .scim_models import User

__all__ = ("Users",)


class Users(Directory):
    """The organisation's users."""

    _path = "/scim2/Users"
    _attribute = "userName"
    _scope = "internal_user_mgt_list"

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
