"""API resources and their scopes as the server's code treats them, down to the codes."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.conftest import ABSENT, code, made

if TYPE_CHECKING:
    import httpx


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"identifier": "urn:x"}, (400, "UE-10000")),
        ({"name": "X"}, (400, "UE-10000")),
        ({"name": " ", "identifier": "urn:x"}, (400, "API-RESOURCE-60003")),
        ({"name": "X", "identifier": ""}, (400, "API-RESOURCE-60004")),
        ({"name": "X", "identifier": "urn:x", "scopes": [{"name": " "}]}, (400, "API-RESOURCE-60005")),
        ({"name": "X", "identifier": "urn:x", "scopes": [{"displayName": "x"}]}, (400, "UE-10000")),
        ({"name": "X", "identifier": "urn:x", "scopes": [{"name": "internalize_view"}]}, (400, "API-RESOURCE-60008")),
        ({"name": "X", "identifier": "urn:x", "scopes": [{"name": "console:x"}]}, (400, "API-RESOURCE-60008")),
        ({"name": "X", "identifier": "urn:x", "scopes": [{"name": "email"}]}, (400, "API-RESOURCE-60009")),
        ({"name": "X", "identifier": "urn:x", "scopes": [{"name": "a"}, {"name": "a"}]}, (409, "API-RESOURCE-60004")),
        ({"name": "X", "identifier": "u" * 256}, (500, "API-RESOURCE-65003")),
        (
            {"name": "X", "identifier": "u", "scopes": [{"name": "a", "description": "x" * 301}]},
            (500, "API-RESOURCE-65003"),
        ),
    ],
)
def test_what_a_new_api_may_not_be(asgardeo: httpx.Client, body: dict[str, Any], refusal: tuple[int, str]) -> None:
    """Without a trace id, unless the dispatcher refuses; and nothing of it is made."""
    answer = asgardeo.post("/api-resources", json=body)
    assert code(answer) == refusal
    assert ("traceId" in answer.json()) is (refusal[1] == "UE-10000")
    assert asgardeo.get("/api-resources", params={"filter": "type eq BUSINESS"}).json()["totalResults"] == 0


def test_a_new_api_is_of_a_type_that_people_may_have(asgardeo: httpx.Client) -> None:
    """Names may repeat; any other type is replaced without a word."""
    types = []
    for number, asked in enumerate(("MCP", "BUSINESS", "SYSTEM", None)):
        body = {"name": "Same", "identifier": f"urn:{number}", "resourceType": asked}
        types.append(asgardeo.post("/api-resources", json=body).json()["type"])
    assert types == ["MCP", "BUSINESS", "BUSINESS", "BUSINESS"]
    assert (
        asgardeo.post("/api-resources", content=b"{", headers={"Content-Type": "application/json"}).status_code == 400
    )


def test_a_change_keeps_what_is_null_and_empties_what_is_empty(asgardeo: httpx.Client, api: dict[str, Any]) -> None:
    """A scope that is there already spoils the whole change."""
    path = f"/api-resources/{api['id']}"
    assert asgardeo.patch(path, json={"description": "d", "name": None}).status_code == 204
    assert asgardeo.patch(path, json={"description": None}).status_code == 204
    assert (asgardeo.get(path).json()["name"], asgardeo.get(path).json()["description"]) == ("Orders", "d")
    assert asgardeo.patch(path, json={"description": ""}).status_code == 204
    assert asgardeo.get(path).json()["description"] == ""
    spoilt = {"name": "Other", "addedScopes": [{"name": "o:n"}, {"name": "o:r"}]}
    assert code(asgardeo.patch(path, json=spoilt)) == (409, "API-RESOURCE-60004")
    assert asgardeo.get(path).json()["name"] == "Orders"
    assert code(asgardeo.patch(f"/api-resources/{ABSENT}", json={})) == (404, "API-RESOURCE-60002")


def test_scopes_change_by_name_in_the_whole_organisation_and_by_id_in_their_api(
    asgardeo: httpx.Client, api: dict[str, Any]
) -> None:
    """A blank display name keeps the old one; each unknown thing has its own code."""
    other = asgardeo.post("/api-resources", json={"name": "B", "identifier": "urn:b"}).json()["id"]
    by_other = f"/api-resources/{other}/scopes"
    assert asgardeo.patch(f"{by_other}/o:r", json={"displayName": " ", "description": "x"}).status_code == 204
    shown = asgardeo.get(f"/api-resources/{api['id']}/scopes").json()
    assert [(one["displayName"], one.get("description")) for one in shown] == [("R", "x"), ("o:w", None)]
    assert code(asgardeo.patch(f"/api-resources/{ABSENT}/scopes/o:r", json={})) == (404, "API-RESOURCE-60002")
    assert code(asgardeo.patch(f"{by_other}/id/{shown[0]['id']}", json={})) == (404, "API-RESOURCE-60017")
    assert asgardeo.delete(f"{by_other}/o:r").status_code == 204
    assert asgardeo.delete(f"/api-resources/{ABSENT}/scopes/o:r").status_code == 204
    assert len(asgardeo.get(f"/api-resources/{api['id']}").json()["scopes"]) == 2
    found = asgardeo.get("/scopes", params={"filter": "name eq o:r"}).json()
    assert [(one["id"], one["apiID"]) for one in found] == [(shown[0]["id"], api["id"])]
    assert code(asgardeo.get("/scopes", params={"filter": "displayName eq x"})) == (400, "API-RESOURCE-60007")


def test_a_scope_with_a_slash_can_be_reached_by_its_id_alone(asgardeo: httpx.Client) -> None:
    """By name the router does not find it, encoded or not."""
    body = {"name": "A", "identifier": "urn:a", "scopes": [{"name": "a/b"}]}
    api = asgardeo.post("/api-resources", json=body).json()
    path = f"/api-resources/{api['id']}/scopes"
    for name in ("a/b", "a%2Fb"):
        assert asgardeo.patch(f"{path}/{name}", json={"displayName": "x"}).status_code == 404
        assert asgardeo.delete(f"{path}/{name}").status_code == 404
    assert asgardeo.delete(f"{path}/id/{api['scopes'][0]['id']}").status_code == 204
    assert asgardeo.get(path).json() == []


def test_deleting_an_api_takes_it_from_its_applications(
    asgardeo: httpx.Client, api: dict[str, Any], application: str
) -> None:
    """So does deleting a scope; another API of the same identifier is not authorised by that."""
    path = f"/applications/{application}/authorized-apis"
    assert asgardeo.post(path, json={"id": api["id"], "scopes": ["o:r", "o:w"]}).status_code == 200
    asgardeo.delete(f"/api-resources/{api['id']}/scopes/o:w")
    assert [one["name"] for one in asgardeo.get(path).json()[0]["authorizedScopes"]] == ["o:r"]
    asgardeo.delete(f"/api-resources/{api['id']}")
    assert asgardeo.get(path).json() == []
    again = asgardeo.post("/api-resources", json={"name": "Orders", "identifier": "urn:orders"})
    assert (again.status_code, asgardeo.get(path).json()) == (201, [])


def test_what_the_platform_owns_is_shown_and_not_changed(asgardeo: httpx.Client) -> None:
    """Its management APIs, by every verb."""
    query = {"filter": "type eq TENANT and identifier eq /api/server/v1/applications"}
    (row,) = asgardeo.get("/api-resources", params=query).json()["apiResources"]
    path = f"/api-resources/{row['id']}"
    scope = asgardeo.get(path).json()["scopes"][0]
    answers = [
        asgardeo.patch(path, json={"name": "x"}),
        asgardeo.delete(path),
        asgardeo.put(f"{path}/scopes", json=[]),
        asgardeo.patch(f"{path}/scopes/{scope['name']}", json={"displayName": "x"}),
        asgardeo.patch(f"{path}/scopes/id/{scope['id']}", json={"displayName": "x"}),
        asgardeo.delete(f"{path}/scopes/{scope['name']}"),
        asgardeo.delete(f"{path}/scopes/id/{scope['id']}"),
    ]
    assert {code(answer) for answer in answers} == {(403, "API-RESOURCE-60012")}


def test_filters_of_apis(asgardeo: httpx.Client, api: dict[str, Any]) -> None:
    """Every operator, joined by and alone; each mistake with its code."""

    def found(expression: str) -> list[str]:
        query = {"filter": f"type eq BUSINESS and {expression}"}
        return [row["identifier"] for row in asgardeo.get("/api-resources", params=query).json()["apiResources"]]

    asgardeo.post("/api-resources", json={"name": "Bills and more", "identifier": "urn:bills"})
    assert found("name eq Orders") == ["urn:orders"]
    assert found("name ne Orders") == ["urn:bills"]
    assert found("name co ill") == ["urn:bills"]
    assert found("identifier sw urn:o") == ["urn:orders"]
    assert found("identifier ew bills") == ["urn:bills"]
    assert found("identifier eq urn:") == [], "no prefix is enough"
    for expression, refusal in {
        "name eq a or name eq b": "60001",
        "name": "60001",
        "name gt a": "60001",
        "description eq a": "60007",
        "name eq": "60005",
    }.items():
        answer = asgardeo.get("/api-resources", params={"filter": expression})
        assert code(answer) == (400, f"API-RESOURCE-{refusal}"), expression


def test_pages_of_apis_lead_there_and_back(asgardeo: httpx.Client) -> None:
    """By links that are followed as they are: a cursor's equals signs are not escaped; no page is too large."""
    for number in range(5):
        asgardeo.post("/api-resources", json={"name": f"A {number}", "identifier": f"urn:{number}"})

    def names(page: dict[str, Any]) -> list[str]:
        return [row["name"][-1] for row in page["apiResources"]]

    def link(page: dict[str, Any], rel: str) -> str:
        return next(str(one["href"]) for one in page["links"] if one["rel"] == rel)

    first = asgardeo.get("/api-resources", params={"filter": "type eq BUSINESS", "limit": 2}).json()
    assert (names(first), first["totalResults"], [one["rel"] for one in first["links"]]) == (["0", "1"], 5, ["next"])
    assert "?limit=2&filter=type+eq+BUSINESS&after=" in link(first, "next")
    assert link(first, "next").endswith("=")
    second = asgardeo.get(link(first, "next")).json()
    assert (names(second), [one["rel"] for one in second["links"]]) == (["2", "3"], ["previous", "next"])
    third = asgardeo.get(link(second, "next")).json()
    assert (names(third), [one["rel"] for one in third["links"]]) == (["4"], ["previous"])
    assert names(asgardeo.get(link(third, "previous")).json()) == ["2", "3"]
    assert len(asgardeo.get("/api-resources", params={"limit": 1000}).json()["apiResources"]) > 100
    assert len(asgardeo.get("/api-resources").json()["apiResources"]) == 10
    beyond = base64.b64encode(b"99999").decode()
    assert asgardeo.get("/api-resources", params={"after": beyond}).json() == {
        "totalResults": 0,
        "links": [],
        "apiResources": [],
    }
    assert asgardeo.get("/api-resources", params={"identifier": "urn:1"}).json()["totalResults"] > 100, "no filter"
    for query, refusal in (
        ({"limit": "0"}, "60010"),
        ({"limit": "-1"}, "60010"),
        ({"before": "MQ==", "after": "MQ=="}, "60011"),
        ({"attributes": "scopes"}, "60013"),
        ({"after": "%"}, "60002"),
    ):
        assert code(asgardeo.get("/api-resources", params=query)) == (400, f"API-RESOURCE-{refusal}")
    assert asgardeo.get("/api-resources", params={"limit": "x"}).status_code == 404
    with_properties = asgardeo.get("/api-resources", params={"attributes": "properties", "limit": 1}).json()
    assert with_properties["apiResources"][0]["properties"] == []


def test_types_of_authorization_details(asgardeo: httpx.Client, api: dict[str, Any], application: str) -> None:
    """Made with an API or added to it, authorised to an application, and gone with the API."""
    path = f"/api-resources/{api['id']}/authorization-details-types"
    pay = {"type": "pay", "name": "Pay", "description": "d", "schema": {"type": "object"}}
    (added,) = asgardeo.put(path, json=[pay]).json()
    assert asgardeo.get(f"{path}/{added['id']}").json() == {**pay, "id": added["id"]}
    assert [one["type"] for one in asgardeo.get("/authorization-details-types").json()] == ["pay"]
    assert code(asgardeo.get(f"{path}/{ABSENT}")) == (404, "API-RESOURCE-60015")
    authorized = f"/applications/{application}/authorized-apis"
    asgardeo.post(authorized, json={"id": api["id"], "authorizationDetailsTypes": ["pay"]})
    assert asgardeo.get(authorized).json()[0]["authorizedAuthorizationDetailsTypes"][0]["type"] == "pay"
    unknown = {"addedAuthorizationDetailsTypes": ["x"]}
    assert code(asgardeo.patch(f"{authorized}/{api['id']}", json=unknown)) == (400, "APP-60519")
    assert asgardeo.patch(f"{path}/{added['id']}", json={**pay, "name": "Paying"}).status_code == 204
    assert asgardeo.get(path).json()[0]["name"] == "Paying"
    assert asgardeo.delete(f"{path}/{added['id']}").status_code == 204
    assert asgardeo.get(authorized).json()[0]["authorizedAuthorizationDetailsTypes"] == []


def test_an_organisation_below_the_tenant_has_no_apis_of_its_own(asgardeo: httpx.Client, api: dict[str, Any]) -> None:
    """It reads those of the tenant by its own path."""
    below = str(asgardeo.base_url).replace("/api/server", "/o/api/server").rstrip("/")
    assert asgardeo.get(f"{below}/api-resources/{api['id']}").json()["name"] == "Orders"
    refused = asgardeo.post(f"{below}/api-resources", json={"name": "A", "identifier": "urn:a"})
    assert code(refused) == (400, "API-RESOURCE-60006")
    assert made(asgardeo.post("/api-resources", json={"name": "A", "identifier": "urn:a"}))
