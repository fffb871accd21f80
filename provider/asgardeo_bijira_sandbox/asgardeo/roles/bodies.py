"""The bodies of SCIM roles."""

from __future__ import annotations

from ..scim import Member, ScimBody

__all__ = ("Audience", "RoleBody")


class Audience(ScimBody):
    """Whose role it is."""

    type: str = "organization"
    value: str | None = None


class RoleBody(ScimBody):
    """A role to make, or to replace. What it does not have is empty."""

    display_name: str
    audience: Audience | None = None
    permissions: list[Member] = []
    users: list[Member] = []
    groups: list[Member] = []

    def ids(self, part: str) -> list[str]:
        """What one of the lists holds, each once."""
        return list(dict.fromkeys(member.value for member in getattr(self, part)))
