"""The bodies of groups, as far as they are kept."""

from __future__ import annotations

from ..scim import Member, ScimBody

__all__ = ("GroupBody",)


class GroupBody(ScimBody):
    """A group to make."""

    display_name: str
    members: list[Member] = []
