"""Users as a general client of SCIM keeps them: attributes, changes, many at once, one's own account, schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.sandbox.conftest import ABSENT, token

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

    from tests.sandbox.conftest import People

CORE, ENTERPRISE = "urn:ietf:params:scim:schemas:core:2.0", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
SYSTEM = "urn:scim:wso2:schema"
MAILS = [{"value": "h@x.y", "type": "home"}, {"value": "w@x.y", "type": "work"}]
START = {"name": {"givenName": "Ann", "familyName": "Lee"}, "emails": MAILS, ENTERPRISE: {"department": "a"}}
SERVED = ("schemas", "id", "userName", "roles", "groups", "meta")


def own(user: dict[str, Any]) -> dict[str, Any]:
    """What of a user was sent."""
    return {name: value for name, value in user.items() if name not in SERVED}


@pytest.fixture
def ann(scim: httpx.Client) -> str:
    """A user with some attributes."""
    body = {"userName": "ann", "password": "secret", "odd": 1, "NAME": {}, "active": "true", **START}
    made = scim.post("/Users", json=body)
    assert made.status_code == 201
    assert own(made.json()) == {**START, "active": True}
    return str(made.json()["id"])


def patch(scim: httpx.Client, path: str, *operations: dict[str, Any]) -> httpx.Response:
    """Send operations."""
    schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]
    return scim.patch(path, json={"schemas": schemas, "Operations": list(operations)})


@pytest.mark.parametrize(
    ("operation", "changed"),
    [
        (
            {"op": "replace", "path": "NAME.familyName", "value": "Kim"},
            {"name": {"givenName": "Ann", "familyName": "Kim"}},
        ),
        ({"op": "add", "path": "title", "value": 7}, {"title": "7"}),
        ({"op": "replace", "path": "active", "value": "false"}, {"active": False}),
        ({"op": "add", "path": "emails", "value": [MAILS[0], "p@x.y"]}, {"emails": [*MAILS, "p@x.y"]}),
        ({"op": "replace", "path": "emails", "value": [MAILS[1]]}, {"emails": [MAILS[1]]}),
        (
            {"op": "replace", "path": 'emails[type eq "work"].value', "value": "n@x.y"},
            {"emails": [MAILS[0], {"value": "n@x.y", "type": "work"}]},
        ),
        (
            {"op": "add", "path": "phoneNumbers[type eq home].value", "value": "1"},
            {"phoneNumbers": [{"type": "home", "value": "1"}]},
        ),
        ({"op": "replace", "path": f"{ENTERPRISE}:department", "value": "b"}, {ENTERPRISE: {"department": "b"}}),
        ({"op": "add", "path": f"{SYSTEM}:country", "value": "LK"}, {SYSTEM: {"country": "LK"}}),
        (
            {"op": "replace", "value": {"nickName": "n", "name": {"givenName": "An"}, "odd": 1}},
            {"nickName": "n", "name": {"givenName": "An", "familyName": "Lee"}},
        ),
        ({"op": "remove", "path": "emails[type eq work]"}, {"emails": [MAILS[0]]}),
        ({"op": "remove", "path": "emails[type eq work].type"}, {"emails": [MAILS[0], {"value": "w@x.y"}]}),
        ({"op": "remove", "path": "name.givenName"}, {"name": {"familyName": "Lee"}}),
        ({"op": "remove", "path": "emails"}, {"emails": None}),
    ],
    ids=lambda value: json.dumps(value)[:60],
)
def test_an_operation_on_a_user(
    scim: httpx.Client, ann: str, operation: dict[str, Any], changed: dict[str, Any]
) -> None:
    """It changes what its path means and nothing else, and is shown at once."""
    answer = patch(scim, f"/Users/{ann}", operation)
    assert answer.status_code == 200, answer.text
    expected = {name: value for name, value in ({"active": True} | START | changed).items() if value is not None}
    assert own(answer.json()) == own(scim.get(f"/Users/{ann}").json()) == expected


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ({"op": "replace", "value": {"userName": "bob"}}, (400, "mutability")),
        ({"op": "remove", "path": "userName"}, (400, "mutability")),
        ({"op": "replace", "path": "groups", "value": []}, (400, "mutability")),
        ({"op": "add", "path": "odd", "value": "1"}, (400, "invalidSyntax")),
        ({"op": "add", "path": "name", "value": "1"}, (400, "invalidSyntax")),
        ({"op": "add", "path": "title"}, (400, "invalidSyntax")),
        ({"op": "move", "path": "title"}, (400, "invalidSyntax")),
        ({"op": "remove", "path": "title"}, (400, "invalidPath")),
        ({"op": "remove"}, (400, "noTarget")),
        ({"op": "remove", "path": "emails[type co w]"}, (501, None)),
        ({"op": "replace", "path": f"{SYSTEM}:failedLoginAttempts", "value": "many"}, (400, "invalidSyntax")),
    ],
    ids=lambda value: json.dumps(value)[:60],
)
def test_an_operation_that_is_refused(
    scim: httpx.Client, ann: str, operation: dict[str, Any], expected: tuple[int, str | None]
) -> None:
    """With those before it: all of them are done or none."""
    answer = patch(scim, f"/Users/{ann}", {"op": "add", "path": "nickName", "value": "x"}, operation)
    assert (answer.status_code, answer.json().get("scimType")) == expected
    assert "nickName" not in scim.get(f"/Users/{ann}").json()


def test_a_user_is_replaced(sandbox: Sandbox, scim: httpx.Client, ann: str) -> None:
    """What is not sent is gone, but for the password; a name is neither left out nor changed."""
    answer = scim.put(f"/Users/{ann}", json={"userName": "DEFAULT/ann", "title": "Dr"})
    assert own(answer.json()) == {"title": "Dr"}
    assert sandbox.store.asgardeo["sandbox"].users[ann].password == "secret"  # noqa: S105 - the one that it has above
    refused = [scim.put(f"/Users/{ann}", json=body).json()["scimType"] for body in ({}, {"userName": "bob"})]
    assert refused == ["invalidValue", "mutability"]
    assert scim.put(f"/Users/{ABSENT}", json={"userName": "x"}).status_code == 404


@pytest.mark.parametrize(
    "filter_", ["emails eq h@x.y", "emails.value sw h@", "name.familyName eq Lee", "userName eq ann"]
)
@pytest.mark.usefixtures("ann")
def test_users_are_found_by_what_they_are(scim: httpx.Client, filter_: str) -> None:
    """By attributes that a client is likely to know."""
    found = scim.get("/Users", params={"filter": filter_, "attributes": "userName"}).json()
    assert [one["userName"] for one in found["Resources"]] == ["DEFAULT/ann"]


def test_a_group_is_replaced(scim: httpx.Client, people: People) -> None:
    """Name and members."""
    answer = scim.put(
        f"/Groups/{people.staff}", json={"displayName": "crew", "members": [{"value": people.guest}]}
    ).json()
    assert (answer["displayName"], [one["value"] for one in answer["members"]]) == ("DEFAULT/crew", [people.guest])
    assert "members" not in scim.put(f"/Groups/{people.staff}", json={"displayName": "crew"}).json()
    assert scim.put(f"/Groups/{people.staff}", json={}).json()["scimType"] == "invalidValue"
    assert scim.put(f"/Groups/{ABSENT}", json={"displayName": "x"}).status_code == 404


def test_ones_own_account(sandbox: Sandbox, asgardeo: httpx.Client, scim: httpx.Client, ann: str) -> None:
    """A token that a user signed in for, and no other; who is locked out does not sign in again."""
    oidc = {"grantTypes": ["password"]}
    made = asgardeo.post("/applications", json={"name": "a", "inboundProtocolConfiguration": {"oidc": oidc}})
    client = asgardeo.get(f"{made.headers['Location']}/inbound-protocols/oidc").json()
    form = {"grant_type": "password", "username": "ann", "password": "secret", "scope": "internal_login"}

    def sign_in() -> httpx.Response:
        credentials = (client["clientId"], client["clientSecret"])
        return httpx.post(f"{sandbox.url}/t/sandbox/oauth2/token", data=form, auth=credentials)

    mine = {"Authorization": f"Bearer {sign_in().json()['access_token']}", "Content-Type": "application/scim+json"}
    with httpx.Client(base_url=scim.base_url, headers=mine) as me:
        assert me.get("/Me").json()["id"] == ann
        assert patch(me, "/Me", {"op": "add", "path": "title", "value": "Dr"}).json()["title"] == "Dr"
        assert own(me.put("/Me", json={"userName": "ann"}).json()) == {}
        assert me.get(f"/Users/{ann}").status_code == scim.get("/Me").status_code == 403
    patch(scim, f"/Users/{ann}", {"op": "add", "path": f"{SYSTEM}:accountLocked", "value": True})
    assert sign_in().status_code == 400


def bulk(*operations: dict[str, Any], **rest: Any) -> dict[str, Any]:
    """A body of many operations."""
    return {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": list(operations), **rest}


def test_many_at_once(scim: httpx.Client, ann: str) -> None:
    """Users first, whom the others can name by the ids of the operations; each is answered as it would be alone."""
    made = {
        "method": "POST",
        "path": "/Groups",
        "bulkId": "g",
        "data": {"displayName": "g", "members": [{"value": "bulkId:k"}]},
    }
    kim = {"method": "POST", "path": "/Users", "bulkId": "k", "data": {"userName": "kim"}}
    rest = [{"method": "DELETE", "path": f"/Users/{ann}"}, {"method": "GET", "path": f"/Users/{ABSENT}"}]
    answers = scim.post("/Bulk", json=bulk(made, kim, *rest)).json()["Operations"]
    assert [(one["method"], one["status"]["code"]) for one in answers] == [
        ("POST", 201),
        ("DELETE", 204),
        ("GET", 404),
        ("POST", 201),
    ]
    user = answers[0]["location"].rpartition("/")[2]
    assert json.loads(answers[3]["response"])["members"][0]["value"] == user
    assert json.loads(answers[2]["response"])["status"] == "404"
    stopped = scim.post("/Bulk", json=bulk(rest[1], rest[1], rest[1], failOnErrors=2)).json()
    assert len(stopped["Operations"]) == 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        bulk({"method": "POST", "path": "/Users"}),
        bulk({"method": "LOOK", "path": "/Users"}),
        bulk({"method": "GET"}),
    ],
    ids=str,
)
def test_many_at_once_that_are_refused(scim: httpx.Client, body: Any) -> None:
    """A body that cannot be read does nothing."""
    assert scim.post("/Bulk", json=body).status_code == 400


def test_what_the_service_tells_of_itself(sandbox: Sandbox, scim: httpx.Client) -> None:
    """To anybody, but for the schemas: any token will do, whatever its scopes."""
    base = f"{sandbox.url}/t/sandbox/scim2"
    config = httpx.get(f"{base}/ServiceProviderConfig").json()
    assert [config[name]["supported"] for name in ("patch", "bulk", "filter", "sort", "etag")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    types = httpx.get(f"{base}/ResourceTypes").json()
    assert [(one["id"], one["endpoint"]) for one in types["Resources"]] == [("User", "/Users"), ("Group", "/Groups")]
    assert httpx.get(f"{base}/Schemas").status_code == 401
    scim.headers["Authorization"] = f"Bearer {token(f'{sandbox.url}/t/sandbox/oauth2/token', 'internal_idp_view')}"
    assert [one["id"] for one in scim.get("/Schemas").json()] == [CORE, f"{CORE}:User", ENTERPRISE, SYSTEM]
    (enterprise,) = scim.get(f"/Schemas/{ENTERPRISE}").json()
    assert {one["name"] for one in enterprise["attributes"]} >= {"department", "manager"}
    assert scim.get("/Schemas/odd").status_code == 501
