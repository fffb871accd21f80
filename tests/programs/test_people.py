"""Roles, groups and users by the names that people call them, on each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox.asgardeo.models import Group, Role, User

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox
    from asgardeo_bijira_sandbox.asgardeo.models import Tenant

    from tests.programs.stack import Stage

PROGRAM = """import pulumi
import pulumi_asgardeo_bijira as wso2
pulumi.export("staff", wso2.get_group(name="staff").id)
pulumi.export("same", wso2.get_group(name="DEFAULT/staff").id)
pulumi.export("user", wso2.get_user(username="sandbox-user").id)
pulumi.export("name", wso2.get_user(username="sandbox-user").username)
pulumi.export("role", wso2.get_role(name="of all").id)
"""


@pytest.fixture
def tenant(sandbox: Sandbox) -> Tenant:
    """The organisation, with a few roles, groups and users."""
    tenant = sandbox.store.asgardeo["sandbox"]
    for name in ("of all", "orders-reader"):
        role = Role(name=name, audience_type="organization", audience=tenant.id)
        tenant.roles[role.id] = role
    for name in ("staff of old", 'Order "clerks"'):
        group = Group(name=name)
        tenant.groups[group.id] = group
    ann = User(username="ann@example.com", password="hunter2")  # noqa: S106  # nobody's
    tenant.users[ann.id] = ann
    return tenant


def test_each_is_found_with_and_without_its_user_store(stage: Stage, tenant: Tenant) -> None:
    """And exactly that one, whatever else begins like it."""
    stage.program(PROGRAM)
    found = stage.done("preview").outputs
    by_name = {group.name: group.id for group in tenant.groups.values()}
    by_name |= {role.name: role.id for role in tenant.roles.values()}
    user = next(one for one in tenant.users.values() if one.username == "sandbox-user")
    assert found == {
        "staff": by_name["staff"],
        "same": by_name["staff"],
        "user": user.id,
        "name": "DEFAULT/sandbox-user",
        "role": by_name["of all"],
    }


@pytest.mark.parametrize(
    ("look_up", "line"),
    [
        ('get_group(name="taff")', "Asgardeo has no group named taff. There are: DEFAULT/staff, DEFAULT/staff of old"),
        ('get_group(name="none of them")', "Asgardeo has no group named none of them. Check the name"),
        ('get_user(username="ann")', "Asgardeo has no user named ann. There are: DEFAULT/ann@example.com"),
        ('get_role(name="order-reader")', "organisation has no role named order-reader. There are: orders-reader, "),
        ('get_role(name="x", application_id="nothing")', "The id nothing is not an id of Asgardeo, which is a UUID"),
    ],
)
@pytest.mark.usefixtures("tenant")
def test_what_is_not_there_comes_with_what_is(stage: Stage, look_up: str, line: str) -> None:
    """A name that is nearly right is the commonest mistake."""
    assert line in stage.refusal_of(look_up)
