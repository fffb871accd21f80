"""Who may do what in Asgardeo, and how much of it: scopes, the scopes of operations, paths below, limits."""

from __future__ import annotations

from typing import Any

import httpx
from asgardeo_bijira_sandbox import Fault, Sandbox, Scenario

from tests.sandbox.conftest import code, made, token

CREATE, VIEW, UPDATE = (f"internal_application_mgt_{verb}" for verb in ("create", "view", "update"))


def management(sandbox: Sandbox, *scopes: str, below: bool = False) -> httpx.Client:
    """A client of the management APIs with these scopes and no others."""
    access = token(f"{sandbox.url}/t/sandbox/oauth2/token", " ".join(scopes))
    base = f"{sandbox.url}/t/sandbox{'/o' if below else ''}/api/server/v1"
    return httpx.Client(base_url=base, headers={"Authorization": f"Bearer {access}"})


def test_some_operations_need_a_scope_of_their_own(
    sandbox: Sandbox, asgardeo: httpx.Client, api: dict[str, Any], application: str
) -> None:
    """Business APIs, the platform's APIs and sign-in scripts, each only when they are really touched."""
    path = f"/applications/{application}"
    system = asgardeo.get("/api-resources", params={"filter": "type eq TENANT", "limit": 1}).json()["apiResources"][0]
    with management(sandbox, CREATE, VIEW, UPDATE) as client:
        assert client.patch(path, json={"description": "x"}).status_code == 200
        script = {"authenticationSequence": {"script": "x"}}
        answers = [
            client.post(f"{path}/authorized-apis", json={"id": api["id"]}),
            client.patch(f"{path}/authorized-apis/{api['id']}", json={"addedScopes": []}),
            client.delete(f"{path}/authorized-apis/{api['id']}"),
            client.patch(path, json=script),
            client.post("/applications", json={"name": "b", **script}),
            client.put(f"{path}/authenticationSequence/script", json={"script": "x"}),
        ]
        assert {code(answer) for answer in answers} == {(403, "APP-60520")}
        assert client.delete(f"{path}/authorized-apis/gone").status_code == 204, "not asked for where the API is gone"
        assert client.post(f"{path}/inbound-protocols/oidc/regenerate-secret").status_code == 403
    with management(sandbox, VIEW, UPDATE, "internal_application_business_api_update") as client:
        assert client.post(f"{path}/authorized-apis", json={"id": api["id"]}).status_code == 200
        assert code(client.post(f"{path}/authorized-apis", json={"id": system["id"]})) == (403, "APP-60520")


def test_a_machine_manages_as_far_as_it_is_authorised(sandbox: Sandbox, asgardeo: httpx.Client) -> None:
    """An ordinary application with a system API; SYSTEM asks for all that it has, and it cannot have more."""
    oidc = {"grantTypes": ["client_credentials"], "accessToken": {"type": "JWT"}}
    machine = made(asgardeo.post("/applications", json={"name": "m", "inboundProtocolConfiguration": {"oidc": oidc}}))
    query = {"filter": "identifier eq /api/server/v1/applications"}
    (row,) = asgardeo.get("/api-resources", params=query).json()["apiResources"]
    body = {"id": row["id"], "policyIdentifier": "RBAC", "scopes": [CREATE, VIEW]}
    assert asgardeo.post(f"/applications/{machine}/authorized-apis", json=body).status_code == 200
    client = asgardeo.get(f"/applications/{machine}/inbound-protocols/oidc").json()
    credentials = {"client_id": client["clientId"], "client_secret": client["clientSecret"]}
    asked = {"grant_type": "client_credentials", "scope": "SYSTEM", **credentials}
    granted = httpx.post(f"{sandbox.url}/t/sandbox/oauth2/token", data=asked).json()
    assert granted["scope"].split() == sorted([CREATE, VIEW])
    headers = {"Authorization": f"Bearer {granted['access_token']}"}
    made(asgardeo.post("/applications", json={"name": "by m"}, headers=headers))
    assert asgardeo.delete(f"/applications/{machine}", headers=headers).status_code == 403


def test_paths_below_the_tenant_ask_for_scopes_of_their_own_where_they_are_strict(
    sandbox: Sandbox, application: str
) -> None:
    """And take the usual ones where they are not, for it is not known which of both the platform is."""
    path = f"/applications/{application}/inbound-protocols/oidc"
    view, org_view = "internal_application_mgt_client_secret_view", "internal_org_application_mgt_client_secret_view"
    with management(sandbox, VIEW, view, below=True) as client:
        assert client.get(path).status_code == 200
        assert "clientSecret" not in client.get(path).json(), "what shows the secret is the twin"
    with management(sandbox, VIEW, org_view, below=True) as client:
        assert client.get(path).json()["clientSecret"]
        sandbox.store.asgardeo["sandbox"].strict_organization_paths = True
        assert client.get(path).status_code == 403
    with management(sandbox, VIEW.replace("internal_", "internal_org_"), org_view, below=True) as client:
        assert client.get(path).json()["clientSecret"]


def test_an_organisation_can_be_full() -> None:
    """Of applications and of APIs, as a scenario says; and an application can be another organisation's."""
    shared = {"name": "ours", "shared": True}
    seed = {"apiLimit": 1, "applicationLimit": 2, "strictOrganizationPaths": True, "applications": [shared]}
    with Sandbox(Scenario.model_validate({"asgardeo": [seed]})) as sandbox:
        scopes = [CREATE, VIEW, UPDATE, "internal_api_resource_create", "internal_application_business_api_update"]
        with management(sandbox, *scopes) as client:
            api = client.post("/api-resources", json={"name": "A", "identifier": "urn:a"}).json()["id"]
            full = client.post("/api-resources", json={"name": "A", "identifier": "urn:b"})
            assert code(full) == (403, "API-RESOURCE-60001")
            made(client.post("/applications", json={"name": "a"}))
            full = client.post("/applications", json={"name": "b"})
            assert code(full) == (403, "APP-60503")
            assert full.json()["description"] == "Maximum number of allowed applications have been reached."
            query = {"filter": "name eq ours"}
            ours = client.get("/applications", params=query).json()["applications"][0]["id"]
            assert client.get(f"/applications/{ours}").json()["advancedConfigurations"]["fragment"] is True
            refused = client.post(f"/applications/{ours}/authorized-apis", json={"id": api})
            assert code(refused) == (400, "APP-60001")


def test_each_family_of_endpoints_has_its_own_rate(sandbox: Sandbox, asgardeo: httpx.Client) -> None:
    """200 a minute by default; a limit on one family leaves the others alone, and the token endpoint."""
    sandbox.faults.add(Fault(kind="rate_limit", match="/api/server/"))
    register = str(asgardeo.base_url).replace("/api/server/v1", "/api/identity/oauth2/dcr/v1.1/register")
    answers = [asgardeo.get("/applications", params={"limit": 1}).status_code for _ in range(201)]
    assert (set(answers[:200]), answers[200]) == ({200}, 429)
    assert asgardeo.get(register.rstrip("/"), params={"client_name": "x"}).status_code == 401
    assert token(f"{sandbox.url}/t/sandbox/oauth2/token", VIEW)
