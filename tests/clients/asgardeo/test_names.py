"""Names that a filter of SCIM would misread are found all the same, and exactly they."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox.asgardeo.models import Group, Role, User
from pulumi_asgardeo_bijira.resources import platforms_for
from pulumi_asgardeo_bijira.settings import Settings, sandbox_environment

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

NAMES = (
    "Research and Development",
    "Research",
    "Development",
    "and",
    "a eq b",
    "two  blanks",
    'Order "clerks"',
    "(temporary) or not",
    "back\\slash",
    "o'brien+1@example.com",
    "Zoë Ünal",
    '""',
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("store", ["", "DEFAULT/"])
def test_each_name_finds_its_own(sandbox: Sandbox, name: str, store: str) -> None:
    """Of groups, users and roles, with the user store or without."""
    tenant = sandbox.store.asgardeo["sandbox"]
    for one in NAMES:
        for kind, made in (("groups", Group(name=one)), ("users", User(username=one, password="x"))):  # noqa: S106
            getattr(tenant, kind)[made.id] = made
        role = Role(name=one, audience_type="organization", audience=tenant.id)
        tenant.roles[role.id] = role
    asgardeo = platforms_for(Settings({}, sandbox_environment(sandbox.url))).asgardeo
    assert [row.name for row in asgardeo.groups.named(store + name)] == [f"DEFAULT/{name}"]
    assert [row.name for row in asgardeo.users.named(store + name)] == [f"DEFAULT/{name}"]
    role_found = asgardeo.roles.find(name, None)
    assert role_found
    assert role_found.name == name


def test_those_that_are_like_it_are_few(sandbox: Sandbox) -> None:
    """And of however many there are the one that is meant is found, on whichever page it is."""
    tenant = sandbox.store.asgardeo["sandbox"]
    for number in range(250):
        group = Group(name=f"clerks of {number}")
        tenant.groups[group.id] = group
    groups = platforms_for(Settings({}, sandbox_environment(sandbox.url))).asgardeo.groups
    assert len(groups.like("clerks of")) == 10
    assert [row.name for row in groups.named("clerks of 249")] == ["DEFAULT/clerks of 249"]
