"""Roles as SCIM serves them: made, found, read, replaced, refused."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from asgardeo_bijira_sandbox import Sandbox, Scenario

from tests.sandbox.conftest import ABSENT, People, code, token


def role(name: str, application: str | None = None, *permissions: str) -> dict[str, Any]:
    """A role to make."""
    audience = {"audience": {"type": "application", "value": application}} if application else {}
    return {"displayName": name, **audience, "permissions": [{"value": one} for one in permissions]}


def test_a_role_of_an_application_shows_in_it_and_goes_with_it(
    scim: httpx.Client, asgardeo: httpx.Client, authorized: str
) -> None:
    """What it permits is not in the answer to its making; it loses what the application is no longer authorised for."""
    made = scim.post("/v2/Roles", json=role("reader", authorized, "o:r"))
    assert (made.status_code, made.headers["Content-Type"]) == (201, "application/scim+json")
    assert made.headers["Location"].endswith(f"/scim2/v2/Roles/{made.json()['id']}")
    assert "permissions" not in made.json()
    path = f"/v2/Roles/{made.json()['id']}"
    found = scim.get(path).json()
    assert [one["value"] for one in found["permissions"]] == ["o:r"]
    (shown,) = found["associatedApplications"]
    assert (shown["value"], shown["display"]) == (authorized, "app")
    roles = asgardeo.get(f"/applications/{authorized}").json()["associatedRoles"]["roles"]
    assert roles == [{"id": found["id"], "name": "reader"}]
    (row,) = asgardeo.get(f"/applications/{authorized}/authorized-apis").json()
    asgardeo.patch(f"/applications/{authorized}/authorized-apis/{row['id']}", json={"removedScopes": ["o:r"]})
    assert "permissions" not in scim.get(path).json(), "what is empty is left out"
    asgardeo.delete(f"/applications/{authorized}")
    assert scim.get(path).status_code == 404


def test_what_a_role_may_not_be(scim: httpx.Client, authorized: str, asgardeo: httpx.Client) -> None:
    """Each with its status as text; of some refusals the message stands where the type belongs."""
    other = asgardeo.post("/applications", json={"name": "other"}).headers["Location"].rpartition("/")[2]
    assert scim.post("/v2/Roles", json=role("reader", authorized)).status_code == 201
    assert scim.post("/v2/Roles", json=role("reader")).status_code == 201, "names are unique in their audience only"
    slash, prefix = "Invalid character: /", "Invalid role name: System_x"
    for body, status, kind in (
        (role("reader", authorized), 409, None),
        (role("admin"), 409, None),
        (role("a/b"), 400, slash),
        (role("System_x"), 400, prefix),
        (role("x", ABSENT), 400, "invalidValue"),
        (role("x", other), 400, "invalidValue"),
        (role("x", authorized, "o:w"), 400, "invalidValue"),
        (role("x", None, "nonsense"), 400, "invalidValue"),
        ({**role("x"), "audience": {"type": "Organization", "value": ABSENT}}, 400, "invalidValue"),
        ({**role("x"), "audience": {"type": "group"}}, 400, "invalidValue"),
        ({**role("x"), "users": [{"value": ABSENT}]}, 500, None),
        ({}, 400, "invalidValue"),
        ({"displayName": ["x"]}, 400, "invalidSyntax"),
    ):
        refused = scim.post("/v2/Roles", json=body)
        assert (refused.status_code, refused.json()["status"]) == (status, str(status)), body
        found = refused.json().get("scimType")
        assert found == kind or found.startswith(kind), refused.text
        assert ("unparsable" in refused.json()["detail"]) is (kind in (slash, prefix, "invalidSyntax"))
        assert "traceId" not in refused.json()
    for unknown in (scim.get(f"/v2/Roles/{ABSENT}"), scim.delete(f"/v2/Roles/{ABSENT}")):
        assert unknown.status_code == 404
    for kind, status in (("", 406), ("text/plain", 406), ("application/scim+json; charset=utf-8", 201)):
        content = json.dumps(role("typed")).encode()
        assert scim.post("/v2/Roles", content=content, headers={"Content-Type": kind}).status_code == status


def test_a_group_that_does_not_exist_is_passed_over(
    sandbox: Sandbox, scim: httpx.Client, authorized: str, people: People
) -> None:
    """Without a word, unlike a user; those of an identity provider are shown among the others."""
    body = {**role("r", authorized, "o:r"), "groups": [{"value": one} for one in (ABSENT, people.staff, people.theirs)]}
    body["users"] = [{"value": people.user}]
    path = f"/v2/Roles/{scim.post('/v2/Roles', json=body).json()['id']}"
    found = scim.get(path).json()
    assert [(one["value"], one["display"]) for one in found["groups"]] == [
        (people.staff, "DEFAULT/staff"),
        (people.theirs, "theirs"),
    ]
    ours, theirs = (one["$ref"].removeprefix(f"{sandbox.url}/t/sandbox") for one in found["groups"])
    assert (ours, theirs) == (
        f"/scim2/Groups/{people.staff}",
        f"/api/server/v1/identity-providers/partner/groups/{people.theirs}",
    )
    (user,) = found["users"]
    assert (user["display"], user["$ref"]) == ("DEFAULT/sandbox-user", f"{scim.base_url}Users/{people.user}")
    assert found["permissions"][0]["display"] == "R"
    assert found["audience"] == {"value": authorized, "display": "app", "type": "application"}


def test_the_platforms_roles_are_shown_and_nobody_changes_them(scim: httpx.Client, people: People) -> None:
    """Each says that it is one; a rename by PATCH breaks, as it does there."""
    roles = {one["displayName"]: one for one in scim.get("/v2/Roles").json()["Resources"]}
    assert {name for name, one in roles.items() if one["meta"].get("systemRole")} == set(roles)
    assert set(roles) >= {"admin", "everyone", "Administrator"}
    assert roles["Administrator"]["audience"]["display"] == "Console"
    path = f"/v2/Roles/{roles['admin']['id']}"
    assert scim.get(path).json()["meta"]["systemRole"] is True
    users = {"op": "add", "path": "users", "value": [{"value": people.user}]}
    for answer in (
        scim.delete(path),
        scim.put(path, json={"displayName": "boss"}),
        scim.patch(path, json={"Operations": [users]}),
        scim.patch(path, json={"Operations": [{**users, "path": "groups", "value": [{"value": people.staff}]}]}),
        scim.patch(path, json={"Operations": [{**users, "path": "permissions", "value": [{"value": "openid"}]}]}),
    ):
        assert answer.status_code == 400
        assert "admin is a read only system role" in answer.json()["scimType"]
    renamed = scim.patch(path, json={"Operations": [{"op": "replace", "path": "displayName", "value": "boss"}]})
    assert renamed.status_code == 500
    assert scim.put(path, json={"displayName": "admin"}).status_code == 200, "which changes nothing"


def test_a_role_is_replaced_part_by_part(scim: httpx.Client, api: dict[str, Any], people: People) -> None:
    """What is left out becomes empty, but for groups of identity providers; what comes before a refusal stays done."""
    groups = [{"value": people.staff}, {"value": people.theirs}]
    body = {**role("w", None, "o:r"), "users": [{"value": people.user}], "groups": groups}
    made = scim.post("/v2/Roles", json=body)
    path = f"/v2/Roles/{made.json()['id']}"
    answer = scim.put(path, json={"displayName": "v", "permissions": [{"value": "o:w"}]})
    assert answer.json() == {**made.json(), "displayName": "v"}, "it answers without the lists"
    found = scim.get(path).json()
    assert [one["value"] for one in found["permissions"]] == ["o:w"]
    assert [one["value"] for one in found["groups"]] == [people.theirs]
    assert "users" not in found
    refused = scim.put(path, json={"displayName": "u", "permissions": [{"value": "nonsense"}]})
    assert (refused.status_code, refused.json()["scimType"]) == (400, "invalidValue")
    refused = scim.put(path, json={"displayName": "t", "users": [{"value": ABSENT}]})
    assert refused.status_code == 500
    assert scim.get(path).json()["displayName"] == "t"
    refused = scim.put(path, json={"displayName": "a/b"})
    assert (refused.status_code, refused.json()["scimType"][:17]) == (400, "Invalid character")
    assert scim.delete(path).status_code == 204
    assert scim.delete(path).status_code == 404, "unlike an application"
    assert api["scopes"]


def test_roles_are_found_by_name_and_audience(scim: httpx.Client, authorized: str) -> None:
    """By a query or by a body; joined by and alone, never sorted."""
    scim.post("/v2/Roles", json=role("reader", authorized))
    scim.post("/v2/Roles", json=role("reader"))
    wanted = f'displayName eq "reader" and audience.value eq "{authorized}"'
    found = scim.get("/v2/Roles", params={"filter": wanted, "startIndex": 1, "count": 10}).json()
    assert (found["totalResults"], found["itemsPerPage"], found["Resources"][0]["audience"]["value"]) == (
        1,
        1,
        authorized,
    )
    assert scim.post("/v2/Roles/.search", json={"filter": wanted, "startIndex": 1, "count": 10}).json() == found
    assert "Resources" not in scim.get("/v2/Roles", params={"filter": "displayName eq x"}).json()
    assert scim.get("/v2/Roles", params={"count": 1}).json()["itemsPerPage"] == 1
    assert scim.get("/v2/Roles", params={"count": 0}).json() == {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": 0,
        "startIndex": 1,
        "itemsPerPage": 0,
    }
    for wrong in ("displayName eq a or displayName eq b", "meta eq x", "displayName gt x"):
        assert scim.get("/v2/Roles", params={"filter": wrong}).status_code == 400
    assert scim.get("/v2/Roles", params={"sortBy": "displayName"}).status_code == 501


def test_a_client_says_what_it_wants_to_see(scim: httpx.Client, authorized: str, people: People) -> None:
    """A row of a list holds nothing that was not asked for; of one role, users may be left out."""
    body = {**role("r-b", authorized, "o:r"), "users": [{"value": people.user}]}
    body["groups"] = [{"value": people.staff}]
    id_ = scim.post("/v2/Roles", json=body).json()["id"]
    wanted = {"filter": 'displayName eq "r-b"'}
    basic = {"schemas", "id", "displayName", "audience", "meta"}
    lists = {"permissions", "users", "groups", "associatedApplications"}

    def row(**query: str) -> set[str]:
        (found,) = scim.get("/v2/Roles", params={**wanted, **query}).json()["Resources"]
        return set(found)

    def one(**query: str) -> set[str]:
        return set(scim.get(f"/v2/Roles/{id_}", params=query).json())

    assert (row(), one()) == (basic, basic | lists)
    assert row(attributes="users,permissions") == {"schemas", "id", "audience", "users", "permissions"}
    assert one(attributes="displayName,Users") == {"schemas", "id", "audience", "displayName", "users"}
    assert one(excludedAttributes="users") == (basic | lists) - {"users"}
    assert one(excludedAttributes="audience,id,meta") == (basic | lists) - {"meta"}
    found = scim.get(f"/v2/Roles/{id_}", params={"attributes": "users.value"}).json()
    assert found["users"] == [{"value": people.user}]
    search = {**wanted, "attributes": ["groups"], "excludedAttributes": []}
    (found,) = scim.post("/v2/Roles/.search", json=search).json()["Resources"]
    assert [group["value"] for group in found["groups"]] == [people.staff]


@pytest.mark.parametrize("part", ["permissions", "users", "groups"])
def test_what_a_role_holds_needs_scopes_of_its_own(
    sandbox: Sandbox, scim: httpx.Client, api: dict[str, Any], people: People, part: str
) -> None:
    """To make it with such a list unless that is empty, to replace it with one even if it is, to change it by one."""
    value = {"permissions": "o:r", "users": people.user, "groups": people.staff}[part]
    others = {"permissions", "users", "groups"} - {part}
    verbs = [f"internal_role_mgt_{verb}" for verb in ("create", "update", *(f"{other}_update" for other in others))]
    headers = {"Authorization": f"Bearer {token(f'{sandbox.url}/t/sandbox/oauth2/token', ' '.join(verbs))}"}
    made = scim.post("/v2/Roles", json={**role("plain"), part: []}, headers=headers)
    assert made.status_code == 201
    path = f"/v2/Roles/{made.json()['id']}"
    for answer in (
        scim.post("/v2/Roles", json={**role("full"), part: [{"value": value}]}, headers=headers),
        scim.put(path, json={"displayName": "plain", part: []}, headers=headers),
        scim.patch(path, json={"Operations": [{"op": "add", "value": {part: []}}]}, headers=headers),
        scim.patch(path, json={"Operations": [{"op": "remove", "path": f'{part}[value eq "x"]'}]}, headers=headers),
    ):
        assert (answer.status_code, answer.json()["status"]) == (403, "403")
        assert "scimType" not in answer.json()
    assert scim.put(path, json={"displayName": "plain"}, headers=headers).status_code == 200
    assert api["scopes"]


def test_lists_may_show_what_roles_hold() -> None:
    """As a scenario says; then a client asks to be spared it."""
    role = {"name": "r", "users": ["sandbox-user"], "groups": ["staff"], "permissions": ["internal_role_mgt_view"]}
    with Sandbox(Scenario.model_validate({"asgardeo": [{"rolesListedWhole": True, "roles": [role]}]})) as sandbox:
        access = token(f"{sandbox.url}/t/sandbox/oauth2/token", "SYSTEM")
        query = {"filter": "displayName eq r"}
        address, headers = f"{sandbox.url}/t/sandbox/scim2/v2/Roles", {"Authorization": f"Bearer {access}"}
        (whole,) = httpx.get(address, params=query, headers=headers).json()["Resources"]
        assert all(len(whole[part]) == 1 for part in ("users", "groups", "permissions"))
        query["excludedAttributes"] = "users,groups,permissions"
        (spared,) = httpx.get(address, params=query, headers=headers).json()["Resources"]
        assert set(whole) - set(spared) == {"users", "groups", "permissions"}


def test_a_role_may_wait_for_approval_and_a_deletion_may_break() -> None:
    """As a scenario says: a role, and a user for one, that somebody must approve; an absent role that is no 404."""
    seed = {"roleApproval": True, "absentRoleBreaksDeletion": True, "roles": [{"name": "r"}]}
    with Sandbox(Scenario.model_validate({"asgardeo": [seed]})) as sandbox:
        access = token(f"{sandbox.url}/t/sandbox/oauth2/token", "SYSTEM")
        tenant = sandbox.store.asgardeo["sandbox"]
        headers = {"Authorization": f"Bearer {access}"}
        with httpx.Client(base_url=f"{sandbox.url}/t/sandbox/scim2", headers=headers) as client:
            answer = client.post("/v2/Roles", json=role("x"))
            assert (answer.status_code, answer.content, len(tenant.roles)) == (202, b"", 1)
            (id_,), user = tenant.roles, next(iter(tenant.users))
            change = {"Operations": [{"op": "add", "path": "users", "value": [{"value": user}]}]}
            answer = client.patch(f"/v2/Roles/{id_}", json=change)
            assert (answer.status_code, answer.json()["status"]) == (202, "202")
            assert tenant.roles[id_].users == []
            assert [client.delete(f"/v2/Roles/{id_}").status_code for _ in range(2)] == [204, 500]
            assert client.get(f"/v2/Roles/{id_}").status_code == 404


def test_a_user_gets_what_the_roles_that_count_permit(
    sandbox: Sandbox, scim: httpx.Client, asgardeo: httpx.Client, api: dict[str, Any]
) -> None:
    """Those of the organisation or those of the application, never both, and only what it is authorised for."""
    user = next(iter(sandbox.store.asgardeo["sandbox"].users.values()))
    (staff,) = sandbox.store.asgardeo["sandbox"].groups
    oidc = {"grantTypes": ["password"], "accessToken": {"type": "JWT"}}
    body = {"name": "people", "inboundProtocolConfiguration": {"oidc": oidc}}
    application = asgardeo.post("/applications", json=body).headers["Location"].rpartition("/")[2]
    asgardeo.post(f"/applications/{application}/authorized-apis", json={"id": api["id"], "scopes": ["o:r"]})
    client = asgardeo.get(f"/applications/{application}/inbound-protocols/oidc").json()
    form = {"grant_type": "password", "username": user.username, "password": user.password, "scope": "o:r o:w"}

    def granted() -> str | None:
        auth = (client["clientId"], client["clientSecret"])
        answer = httpx.post(f"{sandbox.url}/t/sandbox/oauth2/token", data=form, auth=auth)
        assert answer.status_code == 200
        scope: str | None = answer.json().get("scope")
        return scope

    assert granted() is None
    scim.post("/v2/Roles", json={**role("all", None, "o:r", "o:w"), "users": [{"value": user.id}]})
    assert granted() == "o:r"
    asgardeo.patch(f"/applications/{application}", json={"associatedRoles": {"allowedAudience": "APPLICATION"}})
    assert granted() is None
    scim.post("/v2/Roles", json={**role("own", application, "o:r"), "users": [{"value": user.id}]})
    assert granted() == "o:r"
    asgardeo.patch(f"/applications/{application}/authorized-apis/{api['id']}", json={"addedScopes": ["o:w"]})
    scim.post("/v2/Roles", json={**role("staff", application, "o:w"), "groups": [{"value": staff}]})
    assert granted() == "o:r o:w", "a group's roles are its members'"
    roles = {"allowedAudience": "APPLICATION", "roles": [{"id": ABSENT}]}
    asgardeo.patch(f"/applications/{application}", json={"associatedRoles": {"allowedAudience": "ORGANIZATION"}})
    refused = asgardeo.patch(f"/applications/{application}", json={"associatedRoles": roles})
    assert code(refused) == (403, "APP-60008")
    asgardeo.patch(f"/applications/{application}", json={"associatedRoles": {"allowedAudience": "APPLICATION"}})
    assert granted() is None, "its own roles went with the switch, for good"
