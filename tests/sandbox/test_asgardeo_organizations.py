"""Organisations below the tenant, applications shared with them, and what else hangs on applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.conftest import ABSENT, code, made, token

if TYPE_CHECKING:
    import httpx
    from asgardeo_bijira_sandbox import Sandbox

ALL: dict[str, Any] = {"policy": "ALL_EXISTING_AND_FUTURE_ORGS", "roleSharing": {"mode": "ALL", "roles": []}}
NONE = {"policy": "SELECTED_ORG_ONLY", "roleSharing": {"mode": "NONE"}}


@pytest.fixture
def partner(asgardeo: httpx.Client) -> str:
    """An organisation with an attribute."""
    return made(asgardeo.post("/organizations", json={"name": "Partner", "attributes": [{"key": "a", "value": "1"}]}))


def test_the_life_of_an_organisation(asgardeo: httpx.Client, partner: str) -> None:
    """Made, found, changed, and deleted once nothing is below it."""
    path, own = f"/organizations/{partner}", asgardeo.get("/organizations/self").json()
    shown = asgardeo.get(path).json()
    assert (shown["orgHandle"], shown["parent"]["id"], shown["hasChildren"]) == (partner, own["id"], False)
    changes = [
        {"operation": "REPLACE", "path": "/name", "value": "P"},
        {"operation": "ADD", "path": "/attributes/b", "value": "2"},
        {"operation": "REMOVE", "path": "/attributes/a"},
    ]
    changed = asgardeo.patch(path, json=changes).json()
    assert (changed["name"], changed["attributes"]) == ("P", [{"key": "b", "value": "2"}])
    replaced = asgardeo.put(path, json={"name": "P", "status": "DISABLED"}).json()
    assert (replaced["status"], "attributes" in replaced) == ("DISABLED", False)
    below = made(asgardeo.post("/organizations", json={"name": "Below", "parentId": partner}))
    assert [one["id"] for one in asgardeo.get("/organizations").json()["organizations"]] == [partner]
    everywhere = asgardeo.get("/organizations", params={"recursive": "true"}).json()
    assert [one["id"] for one in everywhere["organizations"]] == [below, partner]
    assert code(asgardeo.delete(path)) == (400, "ORG-60007")
    assert [asgardeo.delete(f"/organizations/{id_}").status_code for id_ in (below, partner)] == [204, 204]
    assert asgardeo.get("/organizations").json() == {}


def test_organisations_page_by_page(asgardeo: httpx.Client) -> None:
    """The newest first, and back again."""
    for number in range(5):
        asgardeo.post("/organizations", json={"name": f"o{number}"})
    pages, address = [], "/organizations?limit=2"
    while address:
        page = asgardeo.get(address).json()
        pages.append([one["name"] for one in page["organizations"]])
        links = {one["rel"]: one["href"].partition("/v1")[2] for one in page["links"]}
        address = links.get("next", "")
    assert pages == [["o4", "o3"], ["o2", "o1"], ["o0"]]
    before = asgardeo.get(links["previous"]).json()
    assert [one["name"] for one in before["organizations"]] == pages[1]
    assert [one["rel"] for one in before["links"]] == ["previous", "next"]


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("POST", "", {}, (400, "UE-10000")),
        ("POST", "", {"name": "Partner"}, (400, "ORG-60017")),
        ("POST", "", {"name": "x", "parentId": ABSENT}, (404, "ORG-60015")),
        ("GET", f"/{ABSENT}", None, (404, "ORG-60015")),
        ("GET", "?limit=-1", None, (400, "ORG-60025")),
        ("GET", "?after=odd", None, (400, "ORG-60026")),
        ("GET", "?filter=odd", None, (400, "ORG-60022")),
        ("GET", "?filter=odd+eq+1", None, (400, "ORG-60023")),
        ("GET", "?filter=name+eq+a+or+name+eq+b", None, (400, "ORG-60024")),
        ("PATCH", "/{id}", [{"operation": "ADD", "path": "/name", "value": "x"}], (400, "ORG-60013")),
        ("PATCH", "/{id}", [{"operation": "ADD", "path": "/attributes/a"}], (400, "ORG-60012")),
        ("PATCH", "/{id}", [{"operation": "REMOVE", "path": "/attributes/odd"}], (400, "ORG-60019")),
        ("PATCH", "/{id}", [{"operation": "REPLACE", "path": "/odd", "value": "x"}], (400, "ORG-60011")),
        ("PATCH", "/{id}", [{"operation": "REPLACE", "path": "/status", "value": "x"}], (400, "ORG-60028")),
    ],
)
def test_what_of_organisations_is_refused(
    asgardeo: httpx.Client, partner: str, method: str, path: str, body: Any, expected: tuple[int, str]
) -> None:
    """Each by the code that the component has for it."""
    address = "/organizations" + path.replace("{id}", partner)
    assert code(asgardeo.request(method, address, json=body) if body is not None else asgardeo.get(address)) == expected


def test_a_name_that_is_free(asgardeo: httpx.Client, partner: str) -> None:
    """Names and handles are asked for apart."""
    asked = [
        asgardeo.post(f"/organizations/check-{of}", json={key: value}).json()["available"]
        for of, key, value in (("name", "name", "Partner"), ("name", "name", "x"), ("handle", "orgHandle", partner))
    ]
    assert asked == [False, True, False]


def shares(asgardeo: httpx.Client, application: str) -> tuple[list[str], bool]:
    """The organisations that an application is shared with, and whether new ones get it too."""
    found = asgardeo.get(f"/applications/{application}/share").json()
    copies = asgardeo.get(f"/applications/{application}/shared-apps").json().get("sharedApplications", [])
    ids = [one["id"] for one in found.get("organizations", [])]
    assert [one["organizationId"] for one in copies] == ids
    return ids, "sharingMode" in found


def test_an_application_is_shared(asgardeo: httpx.Client, application: str, partner: str) -> None:
    """With one or with all, at once or as a process, and no longer."""
    own, one = f"/applications/{application}", {"applicationId": application}
    assert asgardeo.post(f"{own}/share", json={"sharedOrganizations": [partner, ABSENT]}).status_code == 200
    assert shares(asgardeo, application) == ([partner], False)
    assert asgardeo.delete(f"{own}/share/{partner}").status_code == 204
    assert code(asgardeo.delete(f"{own}/share/{partner}")) == (400, "ORG-60037")
    started = asgardeo.post("/applications/share-with-all", json=one | ALL)
    assert (started.status_code, started.json()["status"]) == (202, "Processing")
    assert shares(asgardeo, application) == ([partner], True)
    assert asgardeo.post("/applications/unshare", json=one | {"orgIds": [partner]}).status_code == 202
    assert shares(asgardeo, application) == ([], True)
    asgardeo.post("/applications/share", json=one | {"organizations": [{"orgId": partner, **NONE}]})
    assert shares(asgardeo, application)[0] == [partner]
    assert asgardeo.post("/applications/unshare-with-all", json=one).status_code == 202
    assert shares(asgardeo, application) == ([], False)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/applications/{id}/share", {}),
        ("/applications/{id}/share", {"shareWithAllChildren": True, "sharedOrganizations": [ABSENT]}),
        (f"/applications/{ABSENT}/share", {"shareWithAllChildren": True}),
        ("/applications/share-with-all", {"applicationId": ABSENT, **ALL}),
        ("/applications/share-with-all", {"applicationId": "{id}", **ALL, "roleSharing": {"mode": "SELECTED"}}),
        ("/applications/share-with-all", {"applicationId": "{id}"}),
        ("/applications/share", {"applicationId": "{id}", "organizations": []}),
        ("/applications/unshare", {"applicationId": "{id}"}),
    ],
)
def test_what_is_not_shared(asgardeo: httpx.Client, application: str, path: str, body: dict[str, Any]) -> None:
    """A body that does not say what is meant, and an application that there is not."""
    sent = {key: value.replace("{id}", application) if isinstance(value, str) else value for key, value in body.items()}
    assert asgardeo.post(path.replace("{id}", application), json=sent).status_code == 400


def test_sharing_has_scopes_of_its_own(sandbox: Sandbox, asgardeo: httpx.Client, application: str) -> None:
    """Who may change applications may not share them."""
    scopes = "internal_application_mgt_view internal_application_mgt_update"
    access = token(f"{sandbox.url}/t/sandbox/oauth2/token", scopes)
    asgardeo.headers["Authorization"] = f"Bearer {access}"
    assert asgardeo.get(f"/applications/{application}").status_code == 200
    assert asgardeo.get(f"/applications/{application}/share").status_code == 403


def test_a_template_of_ones_own(asgardeo: httpx.Client) -> None:
    """Beside the platform's, which stay as they are."""
    body = {"name": "Mine", "displayOrder": 9, "application": {"name": "app"}}
    before = len(asgardeo.get("/applications/templates").json()["templates"])
    path = f"/applications/templates/{made(asgardeo.post('/applications/templates', json=body))}"
    assert code(asgardeo.post("/applications/templates", json=body)) == (409, "TMM_00014")
    assert len(asgardeo.get("/applications/templates").json()["templates"]) == before + 1
    assert asgardeo.get(path).json()["application"] == {"name": "app"}
    assert asgardeo.put(path, json=body | {"name": "Ours"}).status_code == 200
    assert asgardeo.get(path).json()["name"] == "Ours"
    assert asgardeo.delete(path).status_code == 204
    for absent in (path, "/applications/templates/m2m-application"):
        assert code(asgardeo.delete(absent)) == code(asgardeo.put(absent, json=body)) == (404, "TMM_00021")


def test_the_resident_application_is_changed(asgardeo: httpx.Client) -> None:
    """It is answered with, and stays."""
    inbound = {"proxyMode": True, "provisioningUserstoreDomain": "DEFAULT"}
    changed = asgardeo.put("/applications/resident", json={"inboundProvisioning": inbound}).json()
    assert changed["provisioningConfigurations"]["inboundProvisioning"] == inbound
    assert asgardeo.get("/applications/resident").json() == changed
    assert code(asgardeo.put("/applications/resident", json={"odd": 1})) == (400, "UE-10000")


def test_management_apis_in_groups(asgardeo: httpx.Client) -> None:
    """By their titles; what reads stands apart from what writes."""
    path = "/meta/api-resource-collections"
    listed = asgardeo.get(path).json()
    titles = [one["displayName"] for one in listed["apiResourceCollections"]]
    assert titles == sorted(titles, key=str.lower)
    (roles,) = asgardeo.get(path, params={"filter": "name eq userRoles"}).json()["apiResourceCollections"]
    assert "apiResources" not in roles
    groups = asgardeo.get(f"{path}/{roles['id']}").json()["apiResources"]
    scopes = {kind: [scope["name"] for one in apis for scope in one["scopes"]] for kind, apis in groups.items()}
    assert scopes["read"] == ["internal_role_mgt_view"]
    assert "internal_role_mgt_permissions_update" in scopes["write"]
    assert code(asgardeo.get(path, params={"requiredAttributes": "odd"})) == (400, "API-RESOURCE-60013")
    assert code(asgardeo.get(f"{path}/odd")) == (404, "API-RESOURCE-60014")
