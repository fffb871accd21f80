"""PATCH of a role, read as the server's code reads it: what a client must not rely on, it cannot rely on here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.conftest import ABSENT, values

if TYPE_CHECKING:
    import httpx
    from asgardeo_bijira_sandbox import Sandbox

    from tests.sandbox.conftest import People

PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class Patched:
    """One role, changed and seen."""

    def __init__(self, scim: httpx.Client, **lists: list[dict[str, str]]) -> None:
        self._scim = scim
        self.path = f"/v2/Roles/{scim.post('/v2/Roles', json={'displayName': 'r', **lists}).json()['id']}"

    def send(self, *operations: dict[str, Any]) -> httpx.Response:
        """PATCH."""
        return self._scim.patch(self.path, json={"schemas": [PATCH_OP], "Operations": list(operations)})

    def after(self, *operations: dict[str, Any]) -> dict[str, Any]:
        """The role after a PATCH that is taken."""
        answer = self.send(*operations)
        assert answer.status_code == 200, answer.text
        assert "users" not in answer.json(), "it answers without users"
        return self.seen

    @property
    def seen(self) -> dict[str, Any]:
        """Name and the ids of each list."""
        found = self._scim.get(self.path).json()
        lists = {part: [one["value"] for one in found.get(part, [])] for part in ("permissions", "users", "groups")}
        return {"displayName": found["displayName"], **lists}


@pytest.fixture
def patched(scim: httpx.Client, api: dict[str, Any], people: People) -> Patched:
    """A role with one of everything, and a group of an identity provider besides."""
    assert api["scopes"]
    groups = values(people.staff, people.theirs)
    return Patched(scim, permissions=values("o:r"), users=values(people.user), groups=groups)


def test_one_operation_for_each_list_does_what_it_says(patched: Patched, people: People) -> None:
    """The best way: differences by `add` with a list and `remove` with a filter, permissions by `replace`."""
    found = patched.after(
        {"op": "Add", "path": "users", "value": values(people.guest, people.user)},
        {"op": "remove", "path": f"users[value eq {people.user}]"},
        {"op": "remove", "path": f'groups[value eq "{people.staff}"]'},
        {"op": "REMOVE", "path": f"groups[value eq {people.theirs}]"},
        {"op": "replace", "path": "permissions", "value": values("o:w")},
        {"op": "replace", "path": "displayName", "value": "s"},
    )
    assert found == {"displayName": "s", "permissions": ["o:w"], "users": [people.guest], "groups": []}
    found = patched.after(
        {"op": "add", "path": "groups", "value": values(people.theirs, people.staff, ABSENT)},
        {"op": "add", "path": "permissions", "value": values("o:r", "o:w")},
        {"op": "remove", "path": 'users[display eq "DEFAULT/sandbox-guest"]'},
    )
    assert (found["permissions"], found["users"]) == (["o:w", "o:r"], [])
    assert set(found["groups"]) == {people.staff, people.theirs}
    assert patched.after({"op": "replace", "path": "permissions", "value": []})["permissions"] == []


def test_without_a_path_one_attribute_of_the_value_is_read(patched: Patched, people: People) -> None:
    """The name before users before groups before permissions; the rest is dropped without a word."""
    before = patched.seen
    everything = {"permissions": values("o:w"), "groups": values(people.staff), "users": values(people.guest)}
    found = patched.after({"op": "add", "value": {**everything, "displayName": "s"}})
    assert found == {**before, "displayName": "s"}
    found = patched.after({"op": "add", "value": everything})
    assert found == {**before, "displayName": "s", "users": [people.user, people.guest]}


def test_a_removal_reads_no_value(patched: Patched, people: People) -> None:
    """Of permissions and groups nothing goes, of users everybody."""
    before = patched.seen
    assert patched.after({"op": "remove", "path": "permissions", "value": values("o:r")}) == before
    assert patched.after({"op": "remove", "path": "groups", "value": values(people.staff)}) == before
    patched.after({"op": "add", "path": "users", "value": values(people.guest)})
    answer = patched.send({"op": "remove", "path": "users", "value": values(people.guest)})
    assert set(answer.json()) == {"schemas", "id", "displayName", "audience", "meta"}, "it went the way of PUT"
    assert patched.seen == {**before, "users": []}


def test_where_users_are_replaced_the_whole_request_goes_the_way_of_put(patched: Patched, people: People) -> None:
    """Then a value is read whole, and groups of identity providers are not understood."""
    value = {"users": values(people.guest), "displayName": "s", "permissions": values("o:w")}
    patched.send({"op": "replace", "value": value}, {"op": "remove", "path": f"groups[value eq {people.theirs}]"})
    assert patched.seen == {
        "displayName": "s",
        "permissions": ["o:w"],
        "users": [people.guest],
        "groups": [people.staff, people.theirs],
    }
    refused = patched.send({"op": "replace", "path": "users", "value": values(ABSENT)})
    assert refused.status_code == 500


def test_a_replacement_of_groups_looks_at_each_kind_by_itself(patched: Patched, people: People) -> None:
    """Groups of one kind leave the others there; none, or one that does not exist, clears the local ones."""
    found = patched.after({"op": "replace", "path": "groups", "value": values(people.staff)})
    assert found["groups"] == [people.staff, people.theirs]
    for none in ([], values(ABSENT)):
        patched.after({"op": "add", "path": "groups", "value": values(people.staff)})
        assert patched.after({"op": "replace", "path": "groups", "value": none})["groups"] == [people.theirs]
    assert patched.after({"op": "replace", "path": "groups", "value": values(people.theirs)})["groups"] == [
        people.theirs
    ]


def test_a_replacement_that_drops_a_group_of_an_identity_provider_breaks(
    sandbox: Sandbox, patched: Patched, people: People
) -> None:
    """After the local part is done."""
    tenant = sandbox.store.asgardeo["sandbox"]
    other = tenant.groups[people.theirs].model_copy(update={"id": ABSENT, "name": "other"})
    tenant.groups[ABSENT] = other
    staff = tenant.groups[people.staff].model_copy(update={"id": "2", "name": "more staff"})
    tenant.groups["2"] = staff
    answer = patched.send({"op": "replace", "path": "groups", "value": values(ABSENT, "2")})
    assert (answer.status_code, "scimType" in answer.json()) == (500, False)
    assert patched.seen["groups"] == [people.theirs, "2"]


def test_what_comes_before_a_refusal_stays_done(patched: Patched) -> None:
    """The order is the server's: name, permissions, groups, users."""
    before = patched.seen
    refused = patched.send(
        {"op": "add", "path": "users", "value": values(ABSENT)},
        {"op": "add", "path": "permissions", "value": values("o:w")},
        {"op": "replace", "path": "displayName", "value": "s"},
    )
    assert (refused.status_code, refused.json()["scimType"]) == (400, "invalidValue")
    assert patched.seen == {**before, "displayName": "s", "permissions": ["o:r", "o:w"]}
    refused = patched.send(
        {"op": "remove", "path": "groups"},
        {"op": "add", "path": "permissions", "value": values("nonsense")},
        {"op": "replace", "path": "displayName", "value": "t"},
    )
    assert (refused.status_code, refused.json()["scimType"]) == (400, "invalidValue")
    assert patched.seen["displayName"] == "t"


NAME = {"op": "replace", "path": "displayName"}


@pytest.mark.parametrize(
    ("operation", "status", "kind"),
    [
        ({**NAME, "value": "taken"}, 409, None),
        ({**NAME, "value": "a/b"}, 500, None),
        ({**NAME, "value": ["x"]}, 500, None),
        ({"op": "add", "path": "users", "value": {"value": ABSENT}}, 500, None),
        ({"op": "add", "value": "x"}, 500, None),
        ({"op": "remove", "path": f"users[value eq {ABSENT}]"}, 400, "invalidValue"),
        ({"op": "remove", "path": "groups[display eq staff]"}, 400, "invalidValue"),
        ({"op": "add", "path": "users", "value": ["x"]}, 400, "invalidSyntax"),
        ({"op": "add", "path": "Users", "value": []}, 400, "invalidSyntax"),
        ({"op": "add", "path": "audience", "value": []}, 400, "invalidSyntax"),
        ({"op": "add", "value": {"audience": {}}}, 400, "invalidSyntax"),
        ({"op": "add", "path": "users"}, 400, "invalidSyntax"),
        ({"op": "remove"}, 400, "noTarget"),
        ({"op": "remove", "path": "displayName"}, 400, "Can not remove a required attribute"),
        ({"op": "remove", "path": "audience"}, 400, "invalidSyntax"),
        ({"op": "remove", "path": "users[value eq a b]"}, 400, "invalidSyntax"),
        ({"op": "remove", "path": "users[value co a]"}, 501, None),
        ({"op": "move", "path": "users"}, 400, "invalidSyntax"),
        ({"path": "users"}, 400, "invalidSyntax"),
        ({"op": 1}, 400, "invalidSyntax"),
    ],
)
def test_what_cannot_be_done(
    scim: httpx.Client, patched: Patched, operation: dict[str, Any], status: int, kind: str | None
) -> None:
    """Each with its status, and nothing changes."""
    scim.post("/v2/Roles", json={"displayName": "taken"})
    before = patched.seen
    refused = patched.send(operation)
    assert (refused.status_code, refused.json()["status"]) == (status, str(status))
    assert refused.json().get("scimType") == kind
    assert patched.seen == before


def test_the_operations_are_read_before_the_role_is_looked_for(scim: httpx.Client) -> None:
    """They must be spelled so."""
    absent = f"/v2/Roles/{ABSENT}"
    bodies: tuple[Any, ...] = ({"operations": []}, {}, [], {"Operations": ["x"]}, {"Operations": [{"op": "remove"}]})
    for body in bodies:
        assert scim.patch(absent, json=body).status_code == 400
    assert scim.patch(absent, content=b"{", headers={"Content-Type": "application/json"}).status_code == 400
    for operations in ([], [{"op": "replace", "path": "users", "value": []}]):
        assert scim.patch(absent, json={"Operations": operations}).status_code == 404
