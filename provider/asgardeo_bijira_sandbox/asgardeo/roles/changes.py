"""What a role holds, changed part by part. Each change is a transaction of its own.

A change that differs in nothing does nothing. Others end tokens: those of users who are taken off, those of the members
of groups that are taken off, and when the permissions change those of everybody who has the role by its users and its
local groups. Who is added keeps theirs, and so does everybody when a role is renamed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exceptions import scim_error, scim_refusal
from ..oauth.revocation import end_tokens_of_users
from .lookup import check_name_is_free, refuse_system_role
from .permissions import checked_permissions, scope_ids

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..models import Role, Tenant

__all__ = (
    "change_groups",
    "change_permissions",
    "change_users",
    "check_new_name",
    "delete",
    "is_foreign",
    "rename",
    "set_part",
)


def rename(tenant: Tenant, role: Role, name: str) -> None:
    """Another name, unless it is the same."""
    if name == role.name:
        return
    refuse_system_role(role)
    check_new_name(name)
    if name.lower() != role.name.lower():
        check_name_is_free(tenant, name, role.audience)
    role.name = name


def check_new_name(name: str) -> None:
    """A name that no role may have is refused."""
    if not name.strip() or "/" in name:
        raise scim_refusal(f"Invalid character: / contains in the role name: {name}.")


def change_permissions(tenant: Tenant, role: Role, added: Collection[str], removed: Collection[str]) -> None:
    """Permissions by their names."""
    if not added and not removed:
        return
    refuse_system_role(role)
    new, known = checked_permissions(tenant, role, added), scope_ids(tenant)
    gone = {known.get(name) for name in removed}
    role.permissions = [id_ for id_ in dict.fromkeys([*role.permissions, *new]) if id_ not in gone]
    end_tokens_of_users(tenant, tenant.holders(role), role)


def change_users(tenant: Tenant, role: Role, added: Collection[str], removed: Collection[str]) -> None:
    """Users by their ids, who must exist to be added."""
    if not added and not removed:
        return
    refuse_system_role(role)
    if not set(added) <= set(tenant.users):
        raise scim_error(500, f"Error occurred while updating users in the role with ID: {role.id}")
    role.users = _changed(role.users, added, removed)
    end_tokens_of_users(tenant, removed, role)


def change_groups(tenant: Tenant, role: Role, added: Collection[str], removed: Collection[str]) -> None:
    """Groups by their ids; one that does not exist is passed over without a word."""
    if not added and not removed:
        return
    refuse_system_role(role)
    members = {user for id_ in removed if id_ in tenant.groups for user in tenant.groups[id_].members}
    role.groups = _changed(role.groups, [id_ for id_ in added if id_ in tenant.groups], removed)
    end_tokens_of_users(tenant, members)


def set_part(tenant: Tenant, role: Role, part: str, wanted: list[str]) -> None:
    """What one of the lists shall hold: users and groups by their ids, permissions by their names. Groups of identity
    providers stay as they are."""
    if part == "users":
        change_users(tenant, role, *_difference(role.users, wanted))
    elif part == "groups":
        added, removed = (
            [id_ for id_ in ids if not is_foreign(tenant, id_)] for ids in _difference(role.groups, wanted)
        )
        change_groups(tenant, role, added, removed)
    else:
        names = {id_: name for name, id_ in scope_ids(tenant).items()}
        current = [names[id_] for id_ in role.permissions if id_ in names]
        change_permissions(tenant, role, *_difference(current, wanted))


def delete(tenant: Tenant, role: Role) -> None:
    """The role itself."""
    refuse_system_role(role)
    end_tokens_of_users(tenant, tenant.holders(role), role)
    del tenant.roles[role.id]


def is_foreign(tenant: Tenant, group: str) -> bool:
    """Whether a group is an identity provider's; one that does not exist is none."""
    return group in tenant.groups and tenant.groups[group].identity_provider is not None


def _changed(current: list[str], added: Collection[str], removed: Collection[str]) -> list[str]:
    return [id_ for id_ in dict.fromkeys([*current, *added]) if id_ not in removed]


def _difference(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """What is new, and what is gone."""
    return [one for one in new if one not in old], [one for one in old if one not in new]
