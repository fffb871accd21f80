"""PATCH of a role.

All operations are read before the role is looked for. They are then carried out by what they concern, whatever their
order: name, permissions, groups, users. Each is done for itself: one that is refused leaves the earlier ones done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...web.errors import ApiError
from ..exceptions import scim_error
from ..scim_operations import broken, decoded, steps_of
from . import changes
from .bodies import RoleBody
from .lookup import PARTS, check_held, known_role
from .permissions import scope_ids

if TYPE_CHECKING:
    from ..models import Role, Tenant
    from ..request import TenantRequest
    from ..scim_operations import Operation, Step

__all__ = ("operations_of", "patch", "replaces_all_users", "with_operations")

_ATTRIBUTES = ("displayName", "users", "groups", "permissions")


def operations_of(request: TenantRequest) -> list[Operation]:
    """The operations, each of which the caller may ask for."""
    operations = decoded(request)
    check_held(request, {part for operation in operations for part in _parts(operation)})
    return operations


def replaces_all_users(operations: list[Operation]) -> bool:
    """Whether one of them replaces all users, or removes them all."""
    for operation in operations:
        if operation.path is None and operation.value is not None and not isinstance(operation.value, dict):
            raise broken()
        inside = operation.path is None and operation.op == "replace" and "users" in (operation.value or {})
        if inside or (operation.path == "users" and operation.op in ("replace", "remove")):
            return True
    return False


def patch(request: TenantRequest, operations: list[Operation], only: tuple[str, ...] = _ATTRIBUTES) -> Role:
    """Carry the operations out, those on other attributes without any effect; returns the role."""
    steps = [steps_of(operation, _ATTRIBUTES)[0] for operation in operations]
    steps = [step for step in steps if step.attribute in only]
    role, tenant = known_role(request), request.tenant
    by_attribute = {name: [step for step in steps if step.attribute == name] for name in _ATTRIBUTES}
    if by_attribute["displayName"]:
        _rename(tenant, role, by_attribute["displayName"][-1].name)
    if by_attribute["permissions"]:
        _patch_permissions(tenant, role, by_attribute["permissions"])
    if by_attribute["groups"]:
        _patch_groups(tenant, role, by_attribute["groups"])
    if by_attribute["users"]:
        _patch_users(tenant, role, by_attribute["users"])
    return role


def with_operations(tenant: Tenant, role: Role, operations: list[Operation]) -> RoleBody:
    """The role as the operations would leave it, of a value every attribute: what the way of PUT makes of them."""
    names = {id_: name for name, id_ in scope_ids(tenant).items()}
    name = role.name
    lists = {"permissions": [names[id_] for id_ in role.permissions], "users": role.users, "groups": role.groups}
    for operation in operations:
        for step in steps_of(operation, _ATTRIBUTES):
            if step.attribute == "displayName":
                name = step.name
            elif step.op == "remove":
                kept = [one for one in lists[step.attribute] if one not in step.values]
                lists[step.attribute] = kept if step.members else []
            else:
                lists[step.attribute] = [*(lists[step.attribute] if step.op == "add" else []), *step.values]
    members = {part: [{"value": one} for one in values] for part, values in lists.items()}
    return RoleBody.model_validate({"displayName": name, **members})


def _parts(operation: Operation) -> set[str]:
    """The lists that an operation may touch."""
    named = {part for part in PARTS if operation.path is not None and operation.path.startswith(part)}
    return named | ({part for part in PARTS if part in operation.value} if isinstance(operation.value, dict) else set())


def _rename(tenant: Tenant, role: Role, name: str) -> None:
    """A refusal, but for a name that is taken, comes out as a breakdown."""
    try:
        changes.rename(tenant, role, name)
    except ApiError as refusal:
        if refusal.status != 400:
            raise
        text = f"Error occurred while updating role name from: {role.name} to {name}"
        raise scim_error(500, text) from None


def _patch_permissions(tenant: Tenant, role: Role, steps: list[Step]) -> None:
    names = {id_: name for name, id_ in scope_ids(tenant).items()}
    current = [names[id_] for id_ in role.permissions]
    added: dict[str, None] = {}
    removed: dict[str, None] = {}
    for step in steps:
        if step.op == "replace":
            removed |= dict.fromkeys(name for name in current if name not in step.values)
            added |= dict.fromkeys(name for name in step.values if name not in current)
            continue
        into, out_of = (added, removed) if step.op == "add" else (removed, added)
        for name in step.values:
            out_of.pop(name, None)
            if step.op == "remove" or name not in current:
                into[name] = None
    changes.change_permissions(tenant, role, added, removed)


def _patch_groups(tenant: Tenant, role: Role, steps: list[Step]) -> None:
    """Local groups and those of identity providers are compared apart, and changed one after the other."""
    added, removed, replacing = _groups(steps)
    if any(step.op == "replace" and not step.members for step in steps):
        removed |= {id_ for id_ in role.groups if not changes.is_foreign(tenant, id_)}
    given = added | removed | replacing
    for foreign in (False, True):
        new, gone, kept, current = (
            {id_ for id_ in ids if changes.is_foreign(tenant, id_) is foreign}
            for ids in (added, removed, replacing, role.groups)
        )
        if kept:
            new, gone = new | kept, gone | (current - kept)
        if foreign and not gone <= given:
            raise broken()  # the server looks for what it drops among what it was given
        changes.change_groups(tenant, role, sorted(new - current), sorted(gone))


def _groups(steps: list[Step]) -> tuple[set[str], set[str], set[str]]:
    """Groups that are added, removed, and put in the place of others."""
    added: set[str] = set()
    removed: set[str] = set()
    replacing: set[str] = set()
    for step in steps:
        if len(step.values) < len(step.members):
            raise scim_error(400, "Group id is required to update group of the role.", "invalidValue")
        ids = set(step.values)
        if step.op == "replace":
            replacing |= ids
        else:
            added, removed = (added | ids, removed - ids) if step.op == "add" else (added - ids, removed | ids)
    return added, removed, replacing


def _patch_users(tenant: Tenant, role: Role, steps: list[Step]) -> None:
    added: dict[str, None] = {}
    removed: dict[str, None] = {}
    for step in steps:
        for member in step.members:
            user = _user(tenant, member)
            if step.op == "remove":
                added.pop(user, None)
                removed[user] = None
            elif user not in role.users:
                removed.pop(user, None)
                added[user] = None
    if (added or removed) and tenant.role_approval:
        raise scim_error(202, "The change of the users awaits approval.")
    changes.change_users(tenant, role, added, removed)


def _user(tenant: Tenant, member: dict[str, str]) -> str:
    """A user by the id, or by the name with its store."""
    known = {user.display: user.id for user in tenant.users.values()}
    user = member.get("value") or known.get(member.get("display", ""), "")
    if user not in tenant.users:
        raise scim_error(400, "User can't be resolved from the given user Id.", "invalidValue")
    return user
