"""Roles at their newer address: a name and permissions, and users and groups at addresses of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.conftest import made, token, values

if TYPE_CHECKING:
    import httpx
    from asgardeo_bijira_sandbox import Sandbox

    from tests.sandbox.conftest import People

READ = "internal_role_mgt_view"


@pytest.fixture
def role(scim: httpx.Client, people: People) -> str:
    """A role to which nobody was given, although somebody was sent."""
    body = {
        "displayName": "r",
        "permissions": values(READ),
        "users": values(people.user),
        "groups": values(people.staff),
    }
    return made(scim.post("/v3/Roles", json=body))


def held(scim: httpx.Client, role: str, part: str) -> list[str]:
    """What a role holds."""
    return [one["value"] for one in scim.get(f"/v3/Roles/{role}").json().get(part, [])]


def test_a_role_is_made_changed_and_deleted(scim: httpx.Client, role: str) -> None:
    """It is the same one at both addresses; users and groups are passed over."""
    newer = scim.get(f"/v3/Roles/{role}").json()
    assert newer["meta"]["location"].endswith(f"/scim2/v3/Roles/{role}")
    assert [part in newer for part in ("permissions", "users", "groups")] == [True, False, False]
    assert scim.get(f"/v2/Roles/{role}").json()["meta"]["location"].endswith(f"/scim2/v2/Roles/{role}")
    operations = [{"op": "replace", "path": "displayName", "value": "s"}, {"op": "add", "path": "users", "value": []}]
    assert scim.patch(f"/v3/Roles/{role}", json={"Operations": operations}).json()["displayName"] == "s"
    assert scim.put(f"/v3/Roles/{role}", json={"displayName": "t"}).status_code == 200
    assert held(scim, role, "permissions") == []
    found = scim.get("/v3/Roles", params={"filter": "displayName eq t"}).json()
    assert [one["id"] for one in found["Resources"]] == [role]
    assert scim.delete(f"/v3/Roles/{role}").status_code == 204


@pytest.mark.parametrize(("part", "address"), [("users", "Users"), ("groups", "Groups")])
def test_what_a_role_is_given_to(scim: httpx.Client, people: People, role: str, part: str, address: str) -> None:
    """Operations need not say what they concern, and one takes a bare value or a filter."""
    path, one = f"/v3/Roles/{role}/{address}", people.user if part == "users" else people.staff

    def patch(**operation: Any) -> list[str]:
        assert scim.patch(path, json={"Operations": [operation]}).status_code == 200
        return held(scim, role, part)

    assert patch(op="add", value={"value": one}) == [one]
    assert patch(op="remove", path=f"value eq {one}") == []
    assert patch(op="replace", value=values(one)) == [one]
    assert scim.put(path, json=[]).status_code == 200
    assert held(scim, role, part) == []
    assert scim.put(path, json=values(one)).status_code == 200
    assert held(scim, role, part) == [one]
    assert held(scim, role, "permissions") == [READ]
    wrong: tuple[Any, ...] = ({part: []}, [1], None)
    for body in wrong:
        assert scim.put(path, json=body).status_code == 406
    assert scim.put("/v3/Roles/none/Users", json=[]).status_code == 404


def test_each_part_has_a_scope_of_its_own(sandbox: Sandbox, scim: httpx.Client, role: str) -> None:
    """Who may write a role may not say who has it, and the other way round."""
    for scope, allowed in (("internal_role_mgt_meta_update", ""), ("internal_role_mgt_users_update", "/Users")):
        access = token(f"{sandbox.url}/t/sandbox/oauth2/token", scope)
        scim.headers["Authorization"] = f"Bearer {access}"
        for below in ("", "/Users", "/Groups"):
            body: Any = [] if below else {"displayName": "r"}
            answer = scim.put(f"/v3/Roles/{role}{below}", json=body)
            assert answer.status_code == (200 if below == allowed else 403)
