"""Groups: /scim2/Groups, to find one by its name."""

from .scim import Directory

__all__ = ("Groups",)


class Groups(Directory):
    """The organisation's groups."""

    _path = "/scim2/Groups"
    _attribute = "displayName"
    _scope = "internal_group_mgt_view"
