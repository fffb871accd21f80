"""Two clients that manage roles by SCIM lead their whole lives against the sandbox, and know nothing of it.

One is an API manager's connector, which keeps a role of the organisation for each of its own; the other one a tool that
takes people on: it makes users and groups, and gives them the roles of an application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from tests.sandbox.conftest import values

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

ROLE = "urn:ietf:params:scim:schemas:extension:2.0:Role"
GROUP, USER = (f"urn:ietf:params:scim:schemas:core:2.0:{kind}" for kind in ("Group", "User"))
MESSAGES = "urn:ietf:params:scim:api:messages:2.0"


class ScimClient:
    """Sends SCIM as SCIM: its own media type, exact statuses, bodies with their schemas."""

    def __init__(self, host: str, *scopes: str) -> None:
        self._tenant = f"{host}/t/sandbox"
        form = {"grant_type": "client_credentials", "scope": " ".join(scopes)}
        answer = httpx.post(f"{self._tenant}/oauth2/token", data=form, auth=("sandbox-management", "sandbox-secret"))
        assert set(answer.json()["scope"].split()) == set(scopes)
        self._bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def send(self, method: str, path: str, status: int, body: Any = None, **query: str) -> Any:
        """Send a request that must be answered in exactly this way."""
        typed = {"Content-Type": "application/scim+json", "Accept": "application/scim+json"}
        address = path if path.startswith("http") else f"{self._tenant}/scim2{path}"
        answer = httpx.request(method, address, json=body, params=query or None, headers={**self._bearer, **typed})
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def manage(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Send a request to the management APIs."""
        answer = httpx.request(method, f"{self._tenant}/api/server/v1{path}", json=body, headers=self._bearer)
        assert answer.is_success, answer.text
        return answer

    def change(self, path: str, *operations: dict[str, Any]) -> Any:
        """PATCH."""
        return self.send("PATCH", path, 200, {"schemas": [f"{MESSAGES}:PatchOp"], "Operations": list(operations)})

    def one(self, path: str, wanted: str) -> dict[str, Any] | None:
        """The only one that a filter finds."""
        found = self.send("GET", path, 200, filter=wanted)
        rows: list[dict[str, Any]] = found.get("Resources", [])
        assert found["totalResults"] == len(rows) <= 1
        return rows[0] if rows else None


def test_an_api_managers_connector_keeps_a_role_of_the_organisation(sandbox: Sandbox, api: dict[str, Any]) -> None:
    """It searches by a body, makes what it does not find, and replaces all permissions at once, without a path."""
    verbs = ("create", "view", "update", "delete", "permissions_update")
    client = ScimClient(sandbox.url, *(f"internal_role_mgt_{verb}" for verb in verbs))
    name = "apim_primary_publisher"

    def found() -> list[dict[str, Any]]:
        search = {"filter": f'displayName eq "{name}"', "startIndex": 1, "count": 10}
        body = {"schemas": [f"{MESSAGES}:SearchRequest"], **search}
        rows: list[dict[str, Any]] = client.send("POST", "/v2/Roles/.search", 200, body).get("Resources", [])
        return rows

    def permissions(id: str) -> list[str]:
        return sorted(one["value"] for one in client.send("GET", f"/v2/Roles/{id}", 200).get("permissions", []))

    assert found() == []
    body: dict[str, Any] = {"schemas": [], "displayName": name, "permissions": values("o:r")}
    made = client.send("POST", "/v2/Roles", 201, body)
    (row,) = found()
    assert row == made, "and neither shows what the role permits"
    assert made["audience"]["type"] == "organization"
    client.send("POST", "/v2/Roles", 409, body)
    path = f"/v2/Roles/{made['id']}"
    for wanted in (["o:r", "o:w"], ["o:w"], []):
        client.change(path, {"op": "replace", "value": {"permissions": values(*wanted)}})
        assert permissions(made["id"]) == wanted
    client.change(path, {"op": "add", "value": {"permissions": values("o:r")}})
    assert permissions(made["id"]) == ["o:r"]
    user = {"op": "add", "path": "users", "value": values("whoever")}
    client.send("PATCH", path, 403, {"schemas": [f"{MESSAGES}:PatchOp"], "Operations": [user]})
    client.send("DELETE", path, 204)
    client.send("DELETE", path, 404)
    assert api["scopes"]


MANAGED = (
    *(f"internal_application_mgt_{verb}" for verb in ("create", "view", "update", "delete")),
    *(f"internal_application_{what}" for what in ("business_api_update", "mgt_client_secret_view")),
    *(f"internal_role_mgt_{verb}" for verb in ("create", "view", "update", "delete")),
    *(f"internal_role_mgt_{part}_update" for part in ("permissions", "users", "groups")),
    *(f"internal_user_mgt_{verb}" for verb in ("create", "list", "view", "delete")),
    *(f"internal_group_mgt_{verb}" for verb in ("create", "view", "update", "delete")),
)


class Onboarding(ScimClient):
    """Takes people on."""

    def __init__(self, sandbox: Sandbox, api: dict[str, Any]) -> None:
        super().__init__(sandbox.url, *MANAGED)
        roles = {"allowedAudience": "APPLICATION", "roles": []}
        oidc = {"grantTypes": ["password", "refresh_token"], "accessToken": {"type": "JWT"}}
        body = {"name": "desk", "associatedRoles": roles, "inboundProtocolConfiguration": {"oidc": oidc}}
        location = self.manage("POST", "/applications", body).headers["Location"]
        self.application = urlsplit(location).path.rpartition("/")[2]
        path = f"/applications/{self.application}"
        self.manage("POST", f"{path}/authorized-apis", {"id": api["id"], "scopes": ["o:r", "o:w"]})
        self._client = self.manage("GET", f"{path}/inbound-protocols/oidc").json()

    def user(self, name: str) -> str:
        """A new user."""
        made = self.send("POST", "/Users", 201, {"schemas": [USER], "userName": name, "password": f"{name}-pass"})
        assert made["userName"] == f"DEFAULT/{name}"
        return str(made["id"])

    def signed_in(self, name: str) -> dict[str, Any]:
        """What the token endpoint answers the user."""
        who = {"username": name, "password": f"{name}-pass"}
        return self._post("token", grant_type="password", scope="o:r o:w", **who).json()  # type: ignore[no-any-return]

    def lives(self, tokens: dict[str, Any]) -> bool:
        """Whether they can be refreshed."""
        form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
        return self._post("token", **form).status_code == 200

    def _post(self, path: str, **form: str) -> httpx.Response:
        auth = (self._client["clientId"], self._client["clientSecret"])
        return httpx.post(f"{self._tenant}/oauth2/{path}", data=form, auth=auth)


def test_a_tool_takes_people_on_and_lets_them_go(sandbox: Sandbox, api: dict[str, Any]) -> None:
    """What somebody may do follows from groups and roles at the next sign-in; who loses a role is signed out."""
    desk = Onboarding(sandbox, api)
    ann, bob = desk.user("ann"), desk.user("bob")
    desk.send("POST", "/Users", 409, {"schemas": [USER], "userName": "DEFAULT/ann", "password": "x"})
    group = desk.send("POST", "/Groups", 201, {"schemas": [GROUP], "displayName": "clerks", "members": values(ann)})
    assert desk.one("/Groups", 'displayName eq "DEFAULT/clerks"') == group
    desk.send("POST", "/Groups", 409, {"schemas": [GROUP], "displayName": "clerks"})
    desk.send("POST", "/Groups", 400, {"schemas": [GROUP], "displayName": "others", "members": values("nobody")})
    assert "scope" not in desk.signed_in("ann")
    audience = {"type": "application", "value": desk.application}
    body = {"schemas": [ROLE], "displayName": "reader", "audience": audience, "permissions": values("o:r")}
    role = desk.send("POST", "/v2/Roles", 201, {**body, "groups": values(group["id"])})
    found = desk.one("/v2/Roles", f'displayName eq "reader" and audience.value eq "{desk.application}"')
    assert found == role
    assert desk.signed_in("ann")["scope"] == "o:r"
    assert "scope" not in desk.signed_in("bob")

    joined = {"op": "add", "path": "members", "value": values(bob)}
    assert [one["value"] for one in desk.change(f"/Groups/{group['id']}", joined)["members"]] == [ann, bob]
    tokens = desk.signed_in("bob")
    assert tokens["scope"] == "o:r"
    desk.change(f"/v2/Roles/{role['id']}", {"op": "add", "path": "permissions", "value": values("o:w")})
    assert not desk.lives(tokens)
    assert desk.signed_in("bob")["scope"] == "o:r o:w"
    whole = desk.send("GET", f"/v2/Roles/{role['id']}", 200, excludedAttributes="users")
    assert desk.send("GET", group["meta"]["location"], 200)["roles"][0]["value"] == whole["id"]
    assert [one["display"] for one in whole["groups"]] == ["DEFAULT/clerks"]
    assert sorted(one["value"] for one in whole["permissions"]) == ["o:r", "o:w"]

    desk.change(f"/Groups/{group['id']}", {"op": "remove", "path": f"members[value eq {ann}]"})
    assert "scope" not in desk.signed_in("ann")
    tokens = desk.signed_in("bob")
    desk.send("DELETE", f"/Users/{bob}", 204)
    desk.send("DELETE", f"/Users/{bob}", 404)
    assert not desk.lives(tokens)
    assert "members" not in desk.send("GET", f"/Groups/{group['id']}", 200)
    desk.send("DELETE", f"/Groups/{group['id']}", 204)
    assert "groups" not in desk.send("GET", f"/v2/Roles/{role['id']}", 200)
    desk.manage("DELETE", f"/applications/{desk.application}")
    desk.send("DELETE", f"/v2/Roles/{role['id']}", 404)
    desk.send("DELETE", f"/Users/{ann}", 204)
