"""People: the user, and for each scope under RBAC the role that permits it and whether the user has it."""

from collections.abc import Generator, Sequence
from functools import partial

from ..clients.asgardeo import Application, Asgardeo, Role, User
from ..transport import together
from .link import Link

__all__ = ("people_links",)

_NEXT = "It counts from the user's next sign-in"


def people_links(
    asgardeo: Asgardeo, application: Application, username: str, scopes: Sequence[str]
) -> Generator[Link, None, None]:
    """The user, the roles that count, and of each scope the role that gives it."""
    user = yield from _user(asgardeo, username)
    if user is None or not scopes:
        return
    is_own = application.allowed_audience == "APPLICATION"
    rows = asgardeo.roles.of(application.id if is_own else None)
    roles = [role for role in together(*(partial(asgardeo.roles.get, row.id) for row in rows)) if role is not None]
    whose = f"the roles of the {'application' if is_own else 'organisation'} count"
    names = sorted(role.name for role in roles if not role.system_role or not set(scopes).isdisjoint(role.permissions))
    audience, declare = f"{whose} (`allowed_audience` {application.allowed_audience})", _declare(application)
    if not names:
        yield Link("roles", False, f"{audience}, and there are none but the system's", declare)
    else:
        yield Link("roles", True, f"{audience}: {', '.join(names)}")
        yield from (_role(scope, roles, user, declare) for scope in scopes)


def _user(asgardeo: Asgardeo, username: str) -> Generator[Link, None, User | None]:
    found = asgardeo.users.named(username)
    if len(found) != 1:
        there = ", ".join(f"{row.name} (id {row.id})" for row in found or asgardeo.users.like(username))
        said = f"several are named {username}" if found else f"none is named {username}"
        action = "Name one, with the user store" if there else "Check it, and `asgardeo:organization`"
        yield Link("user", False, f"{said}{f'. There are: {there}' if there else ''}", action)
        return None
    user = asgardeo.users.get(found[0].id)
    if user is None:
        yield Link("user", False, f"{username} is no longer there")
        return None
    groups = ", ".join(sorted(group.name for group in user.groups)) or "none"
    yield Link("user", True, f"{user.name} (id {user.id}), in the groups: {groups}")
    return user


def _declare(application: Application) -> str:
    if application.allowed_audience == "APPLICATION":
        return f"Declare an AsgardeoRole with the `application_id` {application.id}, permissions and groups"
    return (
        "Declare an AsgardeoRole with permissions and groups for all applications, or one with `application_id` and "
        "the `allowed_audience` APPLICATION on its AsgardeoApplication"
    )


def _role(scope: str, roles: Sequence[Role], user: User, declare: str) -> Link:
    """The role by which the user gets a scope, or what is missing for that."""
    name, permitting = f"role for {scope}", [role for role in roles if scope in role.permissions]
    groups = {group.id: group.name for group in user.groups}
    for role in permitting:
        through = next((groups[id_] for id_ in role.groups if id_ in groups), None)
        if user.id in role.users or through is not None:
            how = "directly" if user.id in role.users else f"through the group {through}"
            return Link(name, True, f"{role.name} permits it, and {user.name} has that {how}")
    if not permitting:
        return Link(name, False, "none of these roles permits it", f"Add it to permissions of one. Or else: {declare}")
    return Link(
        name,
        False,
        f"{', '.join(role.name for role in permitting)} permits it, and {user.name} has that neither directly nor by a "
        "group",
        f"Add the user to users of its AsgardeoRole, or to one of its groups. {_NEXT}; a group of an identity provider "
        "shows at a sign-in alone",
    )
