"""A role's life, request by request: who has what, and whose sessions end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from asgardeo_bijira_sandbox.asgardeo.models import Group, Role, User

from tests.lifecycle.settled import settled
from tests.support.host import UNKNOWN, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox
    from asgardeo_bijira_sandbox.asgardeo.models import Tenant

    from tests.support.host import PropertyMap

POST, PATCH, GET = "POST /scim2/v2/Roles", "PATCH /scim2/v2/Roles/{id}", "GET /scim2/v2/Roles/{id}"
ANN, BOB = (f"{letter}0000000-0000-0000-0000-000000000000" for letter in "ab")
CLERKS, GUESTS = (f"{letter}0000000-0000-0000-0000-000000000000" for letter in "cd")


@pytest.fixture(autouse=True)
def people(tenant: Tenant) -> None:
    """Further users and groups; Ann is a clerk."""
    for id_, name in ((ANN, "ann"), (BOB, "bob")):
        tenant.users[id_] = User(id=id_, username=name, password="hunter2")  # noqa: S106  # nobody's
    tenant.groups[CLERKS] = Group(id=CLERKS, name="clerks", members=[ANN])
    tenant.groups[GUESTS] = Group(id=GUESTS, name="guests")


@pytest.fixture
def signed_in(sandbox: Sandbox, authorized: Life, tenant: Tenant) -> Callable[[], set[str]]:
    """Signs everybody in who has the role, and says who of all that ever did still is."""

    def look() -> set[str]:
        return {token.subject for token in tenant.tokens.values() if token.kind == "APPLICATION_USER"}

    for name, password in (("sandbox-guest", "sandbox-password"), ("ann", "hunter2"), ("bob", "hunter2")):
        form = {"grant_type": "password", "username": name, "password": password, "scope": "orders:read"}
        client = (authorized.outputs["clientId"], authorized.outputs["clientSecret"])
        answer = httpx.post(f"{sandbox.url}/t/sandbox/oauth2/token", data=form, auth=client)
        assert answer.status_code == 200, answer.text
    return look


def operations(life: Life) -> list[tuple[str, str]]:
    """What the last PATCH said, step by step."""
    exchange = [one for one in life.sandbox.ledger if one.method == "PATCH"][-1]
    return [(one["op"], one["path"].partition("[")[0]) for one in exchange.request_body["Operations"]]


def test_creating_takes_one_request_and_then_nothing_is_left_to_do(role: Life, reader: PropertyMap) -> None:
    """With all that it permits and whom it is given to."""
    assert role.up(reader) == "create"
    assert role.sent == [POST]
    settled(role, reader)
    assert role.sent == [GET]
    assert role.outputs["organization"] == "sandbox"


CHANGES: list[tuple[PropertyMap, list[tuple[str, str]]]] = [
    ({"name": "clerk"}, [("replace", "displayName")]),
    ({"permissions": ["orders:delete", "orders:read"]}, [("replace", "permissions")]),
    ({"permissions": []}, [("replace", "permissions")]),
    ({"groups": [CLERKS]}, [("add", "groups"), ("remove", "groups")]),
    ({"groups": []}, [("remove", "groups")]),
    ({"users": [ANN, BOB]}, [("add", "users"), ("remove", "users")]),
    ({"users": []}, [("remove", "users")]),
    (
        {"name": "clerk", "permissions": ["orders:read"], "groups": [CLERKS, GUESTS], "users": [ANN]},
        [
            ("replace", "displayName"),
            ("replace", "permissions"),
            ("add", "groups"),
            ("remove", "groups"),
            ("add", "users"),
            ("remove", "users"),
        ],
    ),
]


@pytest.mark.parametrize(("change", "steps"), CHANGES, ids=[", ".join(change) for change, _ in CHANGES])
def test_every_change_is_one_request_with_what_comes_and_goes(
    role: Life, reader: PropertyMap, change: PropertyMap, steps: list[tuple[str, str]]
) -> None:
    """One step for each attribute, and users and groups never whole."""
    role.up(reader)
    assert role.up({**reader, **change}) == "update"
    assert role.sent == [PATCH]
    assert operations(role) == steps
    settled(role, {**reader, **change})


@pytest.mark.parametrize("change", [change for change, _ in CHANGES], ids=[", ".join(change) for change, _ in CHANGES])
def test_what_somebody_else_changes_is_seen_and_put_right(
    role: Life, life: Callable[[str], Life], reader: PropertyMap, change: PropertyMap
) -> None:
    """Of every list what came and what went."""
    role.up(reader)
    other = life("Role")
    other.id, other.inputs, other.outputs, other.number = role.id, role.inputs, role.outputs, role.number
    other.up({**reader, **change})
    assert role.refresh() == "update"
    assert {key: role.inputs[key] for key in change} == change
    assert role.up(reader) == "update"
    assert role.sent == [PATCH]
    settled(role, reader)


def test_users_and_groups_that_are_not_declared_stay_and_are_not_read(
    role: Life, reader: PropertyMap, tenant: Tenant
) -> None:
    """A role may have thousands, whom somebody else looks after."""
    inputs = {key: value for key, value in reader.items() if key not in ("users", "groups")}
    role.up(inputs)
    stored = tenant.roles[role.id]
    stored.users, stored.groups = [ANN, BOB], [CLERKS]
    settled(role, inputs)
    mark = role.sandbox.ledger.mark()
    role.refresh()
    assert [one.query for one in role.sandbox.ledger.since(mark)] == [{"excludedAttributes": "users"}]
    role.up({**inputs, "permissions": []})
    assert operations(role) == [("replace", "permissions")]
    assert (tenant.roles[role.id].users, tenant.roles[role.id].groups) == ([ANN, BOB], [CLERKS])


def test_leaving_a_list_out_sends_nothing_and_leaves_everybody_in(
    role: Life, reader: PropertyMap, tenant: Tenant
) -> None:
    """It is no longer managed, that is all."""
    role.up(reader)
    inputs = {key: value for key, value in reader.items() if key not in ("permissions", "users", "groups")}
    assert role.up(inputs) == "update"
    assert role.sent == []
    settled(role, inputs)
    assert tenant.roles[role.id].users == reader["users"]


@pytest.mark.parametrize("part", ["permissions", "groups", "users"])
def test_a_list_that_becomes_managed_is_read_first(
    role: Life, reader: PropertyMap, signed_in: Callable[[], set[str]], part: str
) -> None:
    """A declared list is the whole list; and where it is so already, nobody is signed out."""
    before = signed_in()
    role.up(reader)
    role.up({key: value for key, value in reader.items() if key != part})
    assert role.up(reader) == "update"
    assert role.sent == [GET]
    role.up({key: value for key, value in reader.items() if key != part})
    wanted = {**reader, part: []}
    assert role.up(wanted) == "update"
    assert role.sent == [GET, PATCH]
    settled(role, wanted)
    assert len(before) == 3


@pytest.mark.parametrize(
    ("change", "ended"),
    [
        ({}, set()),
        ({"name": "clerk"}, set()),
        ({"users": "and bob"}, set()),
        ({"groups": "and guests"}, set()),
        ({"adopt": True}, set()),
        ({"permissions": None}, set()),
        ({"users": []}, {"bob"}),
        ({"groups": []}, {"ann"}),
        ({"permissions": ["orders:delete", "orders:read", "orders:write"]}, {"ann", "bob"}),
    ],
)
def test_only_what_must_end_a_session_does(
    role: Life, reader: PropertyMap, tenant: Tenant, signed_in: Callable[[], set[str]], change: Any, ended: set[str]
) -> None:
    """Whoever loses something is signed out, and everybody where the permissions change; nobody else, ever."""
    inputs = {**reader, "users": [BOB], "groups": [CLERKS]}
    role.up(inputs)
    before = signed_in()
    wanted = {
        key: {"and bob": [ANN, BOB], "and guests": [CLERKS, GUESTS]}.get(str(value), value)
        for key, value in {**inputs, **change}.items()
        if value is not None
    }
    role.up(wanted)
    settled(role, wanted)
    gone = {tenant.users[subject].username for subject in before - signed_in()}
    assert gone == ended


def test_another_application_or_none_is_another_role(role: Life, reader: PropertyMap) -> None:
    """The audience of a role cannot change; that of an application that is replaced is not known."""
    role.up(reader)
    assert role.preview({**reader, "applicationId": UNKNOWN}) == "replace"
    wanted = {"name": "orders-reader", "permissions": ["orders:read"]}
    assert role.up(wanted) == "replace"
    assert role.sent == ["GET /scim2/v2/Roles", "DELETE /scim2/v2/Roles/{id}", POST][1:]
    settled(role, wanted)
    assert role.up(reader) == "replace"


def test_a_replacement_by_one_that_is_there_already_is_refused_before_anything_goes(
    role: Life, reader: PropertyMap, tenant: Tenant
) -> None:
    """One look-up, where the deletion would otherwise come first."""
    role.up(reader)
    theirs = Role(name=reader["name"], audience_type="organization", audience=tenant.id)
    tenant.roles[theirs.id] = theirs
    with pytest.raises(
        Refused,
        match=rf"its id is {theirs.id}: nothing is deleted.*another name, or only where nobody manages it, set adopt",
    ):
        role.up({"name": reader["name"]})
    assert role.id in tenant.roles


def test_a_role_that_went_with_its_application_is_gone_and_made_again(
    role: Life, reader: PropertyMap, authorized: Life, tenant: Tenant
) -> None:
    """The switch of the application's audience takes its roles, too, and for good."""
    role.up(reader)
    declared = {key: value for key, value in authorized.inputs.items() if key != "allowedAudience"}
    authorized.up({**declared, "allowedAudience": "ORGANIZATION"})
    assert role.id not in tenant.roles
    with pytest.raises(Refused, match="Run pulumi refresh, then pulumi up"):
        role.up({**reader, "users": []})
    assert role.refresh() == "gone"
    authorized.up({**declared, "allowedAudience": "APPLICATION"})
    assert role.up(reader) == "create"
    settled(role, reader)


def test_a_permission_that_the_cascade_took_is_no_obstacle(
    role: Life, reader: PropertyMap, authorized: Life, signed_in: Callable[[], set[str]]
) -> None:
    """Withdrawn from the application and from the role in one program: the platform has been quicker."""
    role.up({**reader, "users": [BOB]})
    [row] = authorized.inputs["authorizedApis"]
    authorized.up({**authorized.inputs, "authorizedApis": [{**row, "scopes": ["orders:read"]}]})
    before = signed_in()
    wanted = {**reader, "users": [BOB], "permissions": ["orders:read"]}
    assert role.up(wanted) == "update"
    assert role.sent == [GET]
    settled(role, wanted)
    assert signed_in() == before


def test_get_shows_everything_and_raises_for_what_is_not_there(role: Life, reader: PropertyMap) -> None:
    """With its users, one request; of the organisation's no application."""
    role.up(reader)
    found = role.get(role.id)
    assert role.sent == [GET]
    assert found == {**reader, "organization": "sandbox"}
    other = Life(role.host, "Role", role.sandbox)
    other.up({"name": "auditor"})
    empty: dict[str, list[str]] = {"permissions": [], "groups": [], "users": []}
    assert other.get(other.id) == {"name": "auditor", **empty, "organization": "sandbox"}
    with pytest.raises(Refused, match=r"The role with the id .* does not exist"):
        role.get("00000000-0000-0000-0000-000000000000")
    with pytest.raises(Refused, match="is not an id of Asgardeo"):
        role.get("orders")


def test_a_name_is_taken_in_its_audience_alone(role: Life, reader: PropertyMap, life: Callable[[str], Life]) -> None:
    """Nothing is taken over silently; the organisation's roles are others."""
    role.up(reader)
    with pytest.raises(Refused, match=f"exists already, its id is {role.id}"):
        life("Role").up(reader)
    of_all = life("Role")
    of_all.up({"name": reader["name"]})
    assert of_all.id != role.id


@pytest.mark.parametrize("equal", [True, False])
def test_adopting_takes_over_by_name_and_audience(
    role: Life, reader: PropertyMap, life: Callable[[str], Life], equal: bool
) -> None:
    """A look-up, a read, and a write where something differs; users that are not declared stay."""
    role.up({**reader, "users": [ANN]})
    life("Role").up({"name": reader["name"]})
    other = life("Role")
    wanted = {key: value for key, value in reader.items() if key != "users"} | {"adopt": True}
    wanted |= {} if equal else {"permissions": ["orders:read"]}
    assert other.up(wanted) == "create"
    assert other.id == role.id
    assert other.sent == [POST, "GET /scim2/v2/Roles", GET] + ([] if equal else [PATCH])
    settled(other, wanted)
    assert other.get(other.id)["users"] == [ANN]


def test_deleting_takes_one_request_and_one_that_is_gone_is_no_failure(role: Life, reader: PropertyMap) -> None:
    """Whoever finds it gone is content."""
    role.up(reader)
    same = Life(role.host, "Role", role.sandbox, id=role.id, outputs=role.outputs)
    role.destroy()
    assert role.sent == ["DELETE /scim2/v2/Roles/{id}"]
    same.destroy()
    assert same.sent == ["DELETE /scim2/v2/Roles/{id}"]


def test_a_list_of_roles_shows_nobody_who_has_them(
    role: Life, reader: PropertyMap, tenant: Tenant, sandbox: Sandbox
) -> None:
    """Even where the server would show thousands of users in each row."""
    tenant.roles_listed_whole = True
    there = Role(name=reader["name"], audience_type="application", audience=reader["applicationId"], users=[ANN, BOB])
    tenant.roles[there.id] = there
    mark = sandbox.ledger.mark()
    role.up({**reader, "adopt": True})
    lists = [one for one in sandbox.ledger.since(mark) if one.method == "GET" and one.path.endswith("/Roles")]
    rows = [row for one in lists for row in one.response_body["Resources"]]
    assert there.id in [row["id"] for row in rows]
    assert {key for row in rows for key in row} == {"schemas", "id", "displayName", "audience", "meta"}


@pytest.mark.parametrize("first", ["role", "api"])
def test_a_role_that_is_compared_before_its_api_loses_nothing_without_a_word(
    life: Callable[[str], Life], role: Life, tenant: Tenant, first: str
) -> None:
    """Nothing in the program leads from a role of the organisation to an API, so it may be compared too early."""
    api, inputs = life("Api"), {"name": "a", "identifier": "urn:a", "scopes": [{"name": "o:r"}]}
    declared = {"name": "all", "permissions": ["o:r"]}
    api.up(inputs)
    role.up(declared)
    if first == "role":
        role.preview(declared)
    api.up({**inputs, "identifier": "urn:b"})
    again = role.preview(declared) if first == "api" else "same"
    line = f"The role with the id {role.id} was compared before a change that takes o:r from it"
    assert tenant.roles[str(role.id)].permissions == []
    assert (line in role.host.close()) == (first == "role"), again
