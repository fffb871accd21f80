"""Users and groups as SCIM serves them: found by name, with their store or without, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox.conftest import ABSENT, token, values

if TYPE_CHECKING:
    import httpx
    from asgardeo_bijira_sandbox import Sandbox

    from tests.sandbox.conftest import People


def test_a_user_shows_groups_and_roles(sandbox: Sandbox, scim: httpx.Client, people: People) -> None:
    """Roles that the user has by itself, and the one that everybody has; a client says what it wants to see."""
    made = scim.post("/v2/Roles", json={"displayName": "r", "users": values(people.user)}).json()
    user = scim.get(f"/Users/{people.user}").json()
    base = f"{sandbox.url}/t/sandbox/scim2"
    assert (user["id"], user["userName"]) == (people.user, "DEFAULT/sandbox-user")
    assert user["meta"]["location"] == f"{base}/Users/{people.user}"
    assert user["groups"] == [
        {"value": people.staff, "display": "DEFAULT/staff", "$ref": f"{base}/Groups/{people.staff}"}
    ]
    everyone, own = user["roles"]
    assert everyone["display"] == "everyone"
    assert own == {
        "value": made["id"],
        "display": "r",
        "$ref": made["meta"]["location"],
        "audienceValue": made["audience"]["value"],
        "audienceDisplay": "sandbox",
        "audienceType": "organization",
    }
    few = scim.get(f"/Users/{people.user}", params={"attributes": "userName"}).json()
    assert set(few) == {"schemas", "id", "userName"}
    less = scim.get(f"/Users/{people.user}", params={"excludedAttributes": "groups,roles"}).json()
    assert set(user) - set(less) == {"groups", "roles"}
    absent = scim.get(f"/Users/{ABSENT}")
    assert (absent.status_code, absent.json()["detail"]) == (404, "User not found in the user store.")


def test_a_group_shows_members_and_roles(scim: httpx.Client, people: People) -> None:
    """One that an identity provider tells of is no group here."""
    scim.post("/v2/Roles", json={"displayName": "r", "groups": values(people.staff, people.theirs)})
    group = scim.get(f"/Groups/{people.staff}").json()
    assert group["displayName"] == "DEFAULT/staff"
    assert [(one["value"], one["display"]) for one in group["members"]] == [(people.user, "DEFAULT/sandbox-user")]
    assert [one["display"] for one in group["roles"]] == ["r"]
    less = scim.get(f"/Groups/{people.staff}", params={"excludedAttributes": "members"}).json()
    assert "members" not in less
    for absent in (ABSENT, people.theirs):
        assert scim.get(f"/Groups/{absent}").status_code == 404
    assert [one["id"] for one in scim.get("/Groups").json()["Resources"]] == [people.staff]


@pytest.mark.parametrize(
    ("path", "filter_", "found"),
    [
        ("/Users", 'userName eq "DEFAULT/sandbox-user"', ["sandbox-user"]),
        ("/Users", "userName Eq default/sandbox-user", ["sandbox-user"]),
        ("/Users", "userName eq sandbox-user", ["sandbox-user"]),
        ("/Users", 'userName eq "sandbox"', []),
        ("/Users", 'userName sw "sandbox"', ["sandbox-user", "sandbox-guest"]),
        ("/Users", 'userName co "-gue"', ["sandbox-guest"]),
        ("/Users", 'userName ew "user"', ["sandbox-user"]),
        ("/Users", 'userName sw "sandbox" and userName ew "guest"', ["sandbox-guest"]),
        ("/Users", 'userName eq "OTHER/sandbox-user"', []),
        ("/Groups", 'displayName eq "DEFAULT/staff"', ["staff"]),
        ("/Groups", "displayName eq staff", ["staff"]),
        ("/Groups", 'displayName eq "theirs"', []),
    ],
)
def test_they_are_found_by_name(scim: httpx.Client, people: People, path: str, filter_: str, found: list[str]) -> None:
    """By a query or by a body."""
    assert people.theirs
    answer = scim.get(path, params={"filter": filter_}).json()
    names = [one.get("userName") or one["displayName"] for one in answer.get("Resources", [])]
    assert names == [f"DEFAULT/{name}" for name in found]
    assert answer["totalResults"] == answer["itemsPerPage"] == len(found)
    assert scim.post(f"{path}/.search", json={"filter": filter_}).json() == answer


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ("displayName eq staff and guests", None),
        ('displayName eq "staff and guests"', None),
        ("displayName eq old  staff", ["old staff"]),
        ('displayName eq "old staff"', []),
        ("displayName eq and", ["and"]),
        ('displayName co "and"', ["and", "staff and guests"]),
        ('displayName eq "quo\\"te"', []),
        ('displayName eq "quo"te"', ['quo"te']),
    ],
)
def test_a_filter_is_read_word_by_word(scim: httpx.Client, filter_: str, found: list[str] | None) -> None:
    """Quotes keep no words together, and nothing in them is escaped; a joint among them is one all the same."""
    for name in ("and", "old staff", 'quo"te', "staff and guests"):
        scim.post("/Groups", json={"displayName": name})
    answer = scim.get("/Groups", params={"filter": filter_})
    if found is None:
        assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidFilter")
    else:
        assert [one["displayName"] for one in answer.json().get("Resources", [])] == [f"DEFAULT/{one}" for one in found]


def test_lists_come_in_pages(scim: httpx.Client, people: People) -> None:
    """From the first, which is number one, as many as are asked for, and none for none; never sorted."""
    page = scim.get("/Users", params={"startIndex": 2, "count": 1, "attributes": "id"}).json()
    assert [one["id"] for one in page["Resources"]] == [people.guest]
    assert (page["totalResults"], page["startIndex"], page["itemsPerPage"]) == (2, 2, 1)
    none = scim.get("/Users", params={"count": 0}).json()
    assert (none["totalResults"], "Resources" in none) == (0, False)
    for path in ("/Users", "/Groups"):
        assert scim.get(path, params={"sortBy": "id"}).status_code == 501
        assert scim.get(path, params={"domain": "default"}).json()["totalResults"] > 0
    assert scim.get("/Users", params={"domain": "OTHER"}).status_code == 400
    assert scim.get("/Groups", params={"domain": "OTHER"}).json()["totalResults"] == 0


@pytest.mark.parametrize(
    ("path", "filter_", "status"),
    [
        ("/Users", "userName gt a", 400),
        ("/Users", "userName eq a or userName eq b", 400),
        ("/Users", "nickname eq a", 400),
        ("/Groups", "displayName ne a", 400),
        ("/Groups", "displayName sw a and displayName ew b", 501),
    ],
)
def test_filters_that_are_not_supported(scim: httpx.Client, path: str, filter_: str, status: int) -> None:
    """Of groups only one comparison is."""
    refused = scim.get(path, params={"filter": filter_})
    assert (refused.status_code, refused.json()["status"]) == (status, str(status))


def test_each_needs_its_scope(sandbox: Sandbox, scim: httpx.Client, people: People) -> None:
    """To list users is another one than to view one."""

    def statuses(scope: str) -> list[int]:
        headers = {"Authorization": f"Bearer {token(f'{sandbox.url}/t/sandbox/oauth2/token', scope)}"}
        paths = ("/Users", f"/Users/{people.user}", "/Groups", f"/Groups/{people.staff}")
        return [scim.get(path, headers=headers).status_code for path in paths]

    assert statuses("internal_user_mgt_list") == [200, 403, 403, 403]
    assert statuses("internal_user_mgt_view") == [403, 200, 403, 403]
    assert statuses("internal_group_mgt_view") == [403, 403, 200, 200]
