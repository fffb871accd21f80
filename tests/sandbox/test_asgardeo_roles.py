"""Roles as SCIM serves them, as far as an application's roles need."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from asgardeo_bijira_sandbox import Sandbox, Scenario
from asgardeo_bijira_sandbox.seeding import BadScenario, load_scenario

from tests.sandbox.conftest import ABSENT, token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def scim(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client of SCIM."""
    access = token(f"{sandbox.url}/t/sandbox/oauth2/token", "SYSTEM")
    headers = {"Authorization": f"Bearer {access}", "Content-Type": "application/scim+json"}
    with httpx.Client(base_url=f"{sandbox.url}/t/sandbox/scim2/v2", headers=headers) as client:
        yield client


@pytest.fixture
def authorized(asgardeo: httpx.Client, application: str, api: dict[str, Any]) -> str:
    """An application with roles of its own, authorised for one of two scopes."""
    asgardeo.patch(f"/applications/{application}", json={"associatedRoles": {"allowedAudience": "APPLICATION"}})
    asgardeo.post(f"/applications/{application}/authorized-apis", json={"id": api["id"], "scopes": ["o:r"]})
    return application


def role(name: str, application: str | None = None, *permissions: str) -> dict[str, Any]:
    """A role to make."""
    audience = {"audience": {"type": "application", "value": application}} if application else {}
    return {"displayName": name, **audience, "permissions": [{"value": one} for one in permissions]}


def test_a_role_of_an_application_shows_in_it_and_goes_with_it(
    scim: httpx.Client, asgardeo: httpx.Client, authorized: str
) -> None:
    """What it permits is not in the answer to its making; it loses what the application is no longer authorised for."""
    made = scim.post("/Roles", json=role("reader", authorized, "o:r"))
    assert (made.status_code, made.headers["Content-Type"]) == (201, "application/scim+json")
    assert made.headers["Location"].endswith(f"/scim2/v2/Roles/{made.json()['id']}")
    assert "permissions" not in made.json()
    path = f"/Roles/{made.json()['id']}"
    found = scim.get(path).json()
    assert [one["value"] for one in found["permissions"]] == ["o:r"]
    assert found["associatedApplications"] == [{"value": authorized, "display": "app"}]
    roles = asgardeo.get(f"/applications/{authorized}").json()["associatedRoles"]["roles"]
    assert roles == [{"id": found["id"], "name": "reader"}]
    (row,) = asgardeo.get(f"/applications/{authorized}/authorized-apis").json()
    asgardeo.patch(f"/applications/{authorized}/authorized-apis/{row['id']}", json={"removedScopes": ["o:r"]})
    assert scim.get(path).json()["permissions"] == []
    asgardeo.delete(f"/applications/{authorized}")
    assert scim.get(path).status_code == 404


def test_what_a_role_may_not_be(scim: httpx.Client, authorized: str, asgardeo: httpx.Client) -> None:
    """Each with its status as text, and a type where SCIM has one."""
    other = asgardeo.post("/applications", json={"name": "other"}).headers["Location"].rpartition("/")[2]
    assert scim.post("/Roles", json=role("reader", authorized)).status_code == 201
    assert scim.post("/Roles", json=role("reader")).status_code == 201, "names are unique in their audience only"
    for body, status, kind in (
        (role("reader", authorized), 409, None),
        (role("a/b"), 400, "invalidValue"),
        (role("x", ABSENT), 400, "invalidValue"),
        (role("x", other), 400, "invalidValue"),
        (role("x", authorized, "o:w"), 400, "invalidValue"),
        (role("x", None, "nonsense"), 400, "invalidValue"),
        ({**role("x"), "audience": {"type": "organization", "value": ABSENT}}, 400, "invalidValue"),
        ({}, 400, "invalidSyntax"),
    ):
        refused = scim.post("/Roles", json=body)
        assert (refused.status_code, refused.json()["status"]) == (status, str(status)), body
        assert refused.json().get("scimType") == kind
        assert "traceId" not in refused.json()
    for unknown in (scim.get(f"/Roles/{ABSENT}"), scim.delete(f"/Roles/{ABSENT}")):
        assert unknown.status_code == 404


def test_a_role_changes_step_by_step(sandbox: Sandbox, scim: httpx.Client, api: dict[str, Any]) -> None:
    """By value and by path; what cannot be done spoils the whole change."""
    user = next(iter(sandbox.store.asgardeo["sandbox"].users))
    path = f"/Roles/{scim.post('/Roles', json=role('writer', None, 'o:r')).json()['id']}"

    def after(*operations: dict[str, Any]) -> tuple[str, list[str], list[str]]:
        answer = scim.patch(path, json={"Operations": list(operations)})
        assert answer.status_code == 200, answer.text
        found = answer.json()
        return found["displayName"], *([one["value"] for one in found[part]] for part in ("permissions", "users"))

    both = {"permissions": [{"value": "o:w"}, {"value": "o:r"}]}
    assert after({"op": "add", "value": both}) == ("writer", ["o:r", "o:w"], [])
    assert after({"op": "replace", "value": {"permissions": [{"value": "o:w"}], "displayName": "w"}})[:2] == (
        "w",
        ["o:w"],
    )
    assert after({"op": "add", "path": "users", "value": [{"value": user}]})[2] == [user]
    assert after({"op": "remove", "path": f"users[value eq {user}]"})[2] == []
    assert after({"op": "replace", "value": {"permissions": []}})[1] == []
    spoilt = [
        {"op": "replace", "path": "displayName", "value": "v"},
        {"op": "add", "value": {"permissions": [{"value": "x"}]}},
    ]
    assert scim.patch(path, json={"Operations": spoilt}).status_code == 400
    assert scim.get(path).json()["displayName"] == "w"
    assert scim.put(path, json={"displayName": "z", "permissions": [{"value": "o:r"}]}).json()["displayName"] == "z"
    assert scim.delete(path).status_code == 204
    assert scim.delete(path).status_code == 404, "unlike an application"
    assert api["scopes"]


def test_roles_are_found_by_name_and_audience(scim: httpx.Client, authorized: str) -> None:
    """By a query or by a body; joined by and alone, never sorted."""
    scim.post("/Roles", json=role("reader", authorized))
    scim.post("/Roles", json=role("reader"))
    wanted = f'displayName eq "reader" and audience.value eq "{authorized}"'
    found = scim.get("/Roles", params={"filter": wanted, "startIndex": 1, "count": 10}).json()
    assert (found["totalResults"], found["itemsPerPage"], found["Resources"][0]["audience"]["value"]) == (
        1,
        1,
        authorized,
    )
    assert scim.post("/Roles/.search", json={"filter": wanted, "startIndex": 1, "count": 10}).json() == found
    assert "Resources" not in scim.get("/Roles", params={"filter": "displayName eq x"}).json()
    assert scim.get("/Roles", params={"count": 1}).json()["itemsPerPage"] == 1
    for wrong in ("displayName eq a or displayName eq b", "meta eq x"):
        assert scim.get("/Roles", params={"filter": wrong}).json()["scimType"] == "invalidFilter"
    assert scim.get("/Roles", params={"sortBy": "displayName"}).status_code == 501


def test_what_a_role_holds_needs_scopes_of_its_own(sandbox: Sandbox, scim: httpx.Client, api: dict[str, Any]) -> None:
    """Only when the body holds it."""
    scopes = "internal_role_mgt_create internal_role_mgt_update"
    headers = {"Authorization": f"Bearer {token(f'{sandbox.url}/t/sandbox/oauth2/token', scopes)}"}
    made = scim.post("/Roles", json=role("plain"), headers=headers)
    assert made.status_code == 201
    change = {"Operations": [{"op": "add", "value": {"permissions": [{"value": api["scopes"][0]["name"]}]}}]}
    refused = scim.patch(f"/Roles/{made.json()['id']}", json=change, headers=headers)
    assert (refused.status_code, refused.json()["status"]) == (403, "403")
    assert scim.post("/Roles", json=role("full", None, "o:r"), headers=headers).status_code == 403


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
    scim.post("/Roles", json={**role("all", None, "o:r", "o:w"), "users": [{"value": user.id}]})
    assert granted() == "o:r"
    asgardeo.patch(f"/applications/{application}", json={"associatedRoles": {"allowedAudience": "APPLICATION"}})
    assert granted() is None
    scim.post("/Roles", json={**role("own", application, "o:r"), "users": [{"value": user.id}]})
    assert granted() == "o:r"
    asgardeo.patch(f"/applications/{application}/authorized-apis/{api['id']}", json={"addedScopes": ["o:w"]})
    scim.post("/Roles", json={**role("staff", application, "o:w"), "groups": [{"value": staff}]})
    assert granted() == "o:r o:w", "a group's roles are its members'"


SEEDED = {
    "apis": [{"identifier": "urn:o", "name": "O", "scopes": [{"name": "o:r"}, {"name": "o:w"}]}],
    "applications": [
        {
            "name": "people",
            "clientId": "people",
            "clientSecret": "people-secret",
            "grantTypes": ["password"],
            "allowedAudience": "APPLICATION",
            "authorizedApis": [{"identifier": "urn:o", "scopes": ["o:r"]}],
        }
    ],
}


def test_a_scenario_says_who_may_do_what() -> None:
    """Two users without permissions by default; a role gives one to a group, another to nobody who has it not."""
    roles = [{"name": "reader", "application": "people", "permissions": ["o:r"], "groups": ["staff"]}]
    with Sandbox(Scenario.model_validate({"asgardeo": [{**SEEDED, "roles": roles}]})) as sandbox:
        granted = {}
        for name in ("sandbox-user", "DEFAULT/sandbox-user", "sandbox-guest"):
            form = {"grant_type": "password", "username": name, "password": "sandbox-password", "scope": "o:r o:w"}
            address = f"{sandbox.url}/t/sandbox/oauth2/token"
            granted[name] = httpx.post(address, data=form, auth=("people", "people-secret")).json().get("scope")
    assert granted == {"sandbox-user": "o:r", "DEFAULT/sandbox-user": "o:r", "sandbox-guest": None}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"groups": [{"name": "g", "members": ["ann"]}]}, "the group g names ann, which is not among the users"),
        ({"roles": [{"name": "r", "groups": ["none"]}]}, "the role r names none, which is not among the groups"),
        ({"roles": [{"name": "r", "users": ["ann"]}]}, "the role r names ann, which is not among the users"),
        ({"roles": [{"name": "r", "application": "x"}]}, "x, which is not among the applications with allowedAudience"),
        ({"roles": [{"name": "r", "application": "people", "permissions": ["o:w"]}]}, "o:w is not authorized"),
        ({"users": [], "roles": [{"name": "r", "groups": ["staff"]}]}, "staff, which is not among the groups"),
    ],
)
def test_a_scenario_that_names_what_it_has_not_is_refused(tmp_path: Path, more: dict[str, Any], why: str) -> None:
    """In one line that says what is missing; the group goes with the default users."""
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps({"asgardeo": [{**SEEDED, **more}]}))
    with pytest.raises(BadScenario, match=why):
        load_scenario(file)
