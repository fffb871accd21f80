"""Tokens that end because a role or an authorisation changes, and those that go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.sandbox.conftest import made, values

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

    from tests.sandbox.conftest import People

GRANTS = ["password", "refresh_token", "client_credentials"]


class Person:
    """Tokens of one user in one application, or of the application itself."""

    def __init__(
        self, sandbox: Sandbox, client: dict[str, Any], username: str | None, scope: str = "o:r openid"
    ) -> None:
        self._base = f"{sandbox.url}/t/sandbox/oauth2"
        self._auth = (client["clientId"], client["clientSecret"])
        who = {"username": username, "password": "sandbox-password"} if username else {}
        grant = "password" if username else "client_credentials"
        self.tokens = self._post("token", grant_type=grant, scope=scope, **who).json()

    @property
    def lives(self) -> bool:
        """Whether the access token is still known; the refresh token ends with it."""
        active = bool(self._post("introspect", token=self.tokens["access_token"]).json()["active"])
        if refresh := self.tokens.get("refresh_token"):
            again = self._post("token", grant_type="refresh_token", refresh_token=refresh).status_code == 200
            assert again is active
        return active

    def _post(self, path: str, **form: str) -> httpx.Response:
        return httpx.post(f"{self._base}/{path}", data=form, auth=self._auth)


@pytest.fixture
def application(asgardeo: httpx.Client, api: dict[str, Any]) -> Callable[[str, str], dict[str, Any]]:
    """Makes an application for people, authorised for one scope, with the roles of an audience."""

    def make(name: str, audience: str) -> dict[str, Any]:
        refresh = {"expiryInSeconds": 900, "renewRefreshToken": False}
        oidc = {"grantTypes": GRANTS, "accessToken": {"type": "JWT"}, "refreshToken": refresh}
        roles = {"allowedAudience": audience, "roles": []}
        body = {"name": name, "associatedRoles": roles, "inboundProtocolConfiguration": {"oidc": oidc}}
        id_ = made(asgardeo.post("/applications", json=body))
        asgardeo.post(f"/applications/{id_}/authorized-apis", json={"id": api["id"], "scopes": ["o:r", "o:w"]})
        client = asgardeo.get(f"/applications/{id_}/inbound-protocols/oidc").json()
        return {"id": id_, **client}

    return make


@pytest.fixture
def role(scim: httpx.Client, application: Callable[[str, str], dict[str, Any]], people: People) -> dict[str, Any]:
    """A role of an application, given to a guest by name and to a user by group, and its application."""
    own = application("own", "APPLICATION")
    body = {
        "displayName": "r",
        "audience": {"type": "application", "value": own["id"]},
        "permissions": values("o:r"),
        "users": values(people.guest),
        "groups": values(people.staff, people.theirs),
    }
    return {"application": own, "path": f"/v2/Roles/{scim.post('/v2/Roles', json=body).json()['id']}"}


def test_only_what_takes_away_ends_tokens(
    sandbox: Sandbox, scim: httpx.Client, role: dict[str, Any], people: People
) -> None:
    """Of users who are taken off, of the members of such groups, of everybody when the permissions change."""

    def ended(*operations: dict[str, Any]) -> tuple[bool, bool]:
        """Of the user, who has the role by a group, and the guest."""
        both = [Person(sandbox, role["application"], f"sandbox-{name}") for name in ("user", "guest")]
        assert [person.lives for person in both] == [True, True]
        assert scim.patch(role["path"], json={"Operations": list(operations)}).status_code == 200
        user, guest = (not person.lives for person in both)
        return user, guest

    nobody, both = (False, False), (True, True)
    assert ended({"op": "replace", "path": "displayName", "value": "s"}) == nobody
    assert ended({"op": "replace", "path": "permissions", "value": values("o:r")}) == nobody, "nothing changes"
    assert ended({"op": "add", "path": "users", "value": values(people.user, people.guest)}) == nobody
    assert ended({"op": "remove", "path": f"users[value eq {people.user}]"}) == (True, False)
    assert ended({"op": "add", "path": "permissions", "value": values("o:w")}) == both, "adding counts"
    assert ended({"op": "remove", "path": "permissions[value eq o:w]"}) == both
    assert ended({"op": "remove", "path": f"groups[value eq {people.theirs}]"}) == nobody
    assert ended({"op": "remove", "path": f"groups[value eq {people.staff}]"}) == (True, False)
    assert ended({"op": "add", "path": "groups", "value": values(people.staff)}) == nobody
    assert ended({"op": "remove", "path": f"users[value eq {people.guest}]"}) == (False, True)
    replaced = {"displayName": "s", "groups": values(people.staff), "permissions": values("o:r")}
    user = Person(sandbox, role["application"], "sandbox-user")
    scim.put(role["path"], json=replaced)
    assert user.lives
    scim.put(role["path"], json={**replaced, "users": values(people.guest)})
    assert user.lives
    scim.delete(role["path"])
    assert not user.lives


def test_tokens_end_where_the_role_counts(
    sandbox: Sandbox, scim: httpx.Client, application: Any, role: dict[str, Any], people: People
) -> None:
    """In its application or in those that go by the organisation's roles; a group that goes ends them everywhere."""
    others = application("other", "APPLICATION"), application("shared", "ORGANIZATION")
    body = {"displayName": "o", "users": values(people.guest), "groups": values(people.staff)}
    ours = f"/v2/Roles/{scim.post('/v2/Roles', json=body).json()['id']}"

    def lives(path: str, change: dict[str, Any], name: str) -> list[bool]:
        persons = [Person(sandbox, one, name) for one in (role["application"], *others)]
        machine = Person(sandbox, role["application"], None)
        assert scim.patch(path, json={"Operations": [change]}).status_code == 200
        assert machine.lives
        return [person.lives for person in persons]

    guest, staff = f"users[value eq {people.guest}]", f"groups[value eq {people.staff}]"
    assert lives(role["path"], {"op": "remove", "path": guest}, "sandbox-guest") == [False, True, True]
    assert lives(ours, {"op": "remove", "path": guest}, "sandbox-guest") == [True, True, False]
    assert lives(ours, {"op": "remove", "path": staff}, "sandbox-user") == [False, False, False]


@pytest.mark.parametrize("way", ["scope", "api"])
def test_a_withdrawn_scope_ends_the_tokens_that_bear_it(
    sandbox: Sandbox, asgardeo: httpx.Client, scim: httpx.Client, api: dict[str, Any], role: dict[str, Any], way: str
) -> None:
    """Those of people and of the machine; who has none of it keeps theirs. It leaves the role as well."""
    client = role["application"]
    user, machine = Person(sandbox, client, "sandbox-user"), Person(sandbox, client, None)
    bare = Person(sandbox, client, "sandbox-user", "openid")
    path = f"/applications/{client['id']}/authorized-apis/{api['id']}"
    assert asgardeo.patch(path, json={"removedScopes": ["o:w"]}).status_code == 200
    assert (user.lives, machine.lives) == (True, True), "none of theirs has that one"
    if way == "scope":
        asgardeo.patch(path, json={"removedScopes": ["o:r"]})
    else:
        asgardeo.delete(path)
    assert (user.lives, machine.lives, bare.lives) == (False, False, True)
    assert "permissions" not in scim.get(role["path"]).json()
