"""Groups: /scim2/Groups, to find one by its name."""

from .scim import Directory
from .scim_models import MemberRow

__all__ = ("Groups",)

_SCOPE = "internal_group_mgt_view"


class Groups(Directory):
    """The organisation's groups."""

    def named(self, name: str) -> list[MemberRow]:
        """Those of exactly this name, with or without the user store: in each of several stores there may be one."""
        return [row for row in self._find("/scim2/Groups", "displayName", "eq", name, _SCOPE) if row.is_called(name)]

    def like(self, name: str) -> list[MemberRow]:
        """A few whose names have this within."""
        return self._find("/scim2/Groups", "displayName", "co", name.rpartition("/")[2], _SCOPE)
