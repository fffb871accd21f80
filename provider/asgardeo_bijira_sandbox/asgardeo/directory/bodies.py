"""The bodies of users and groups, as far as they are kept."""

from __future__ import annotations

from ..scim import Member, ScimBody

__all__ = ("GroupBody", "UserBody")


class UserBody(ScimBody):
    """A user to make; whose password is somebody else's affair gets none that is known."""

    user_name: str
    password: str | None = None


class GroupBody(ScimBody):
    """A group to make."""

    display_name: str
    members: list[Member] = []
