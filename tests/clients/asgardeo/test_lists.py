"""Lists as servers give them: in pages, in any order, with near matches and with gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_OID, uuid5

import httpx
import pytest
from pulumi_asgardeo_bijira.clients.asgardeo import ApiResource, ApiResources, Applications, Roles
from pulumi_asgardeo_bijira.resources.api.declaration import ApiInputs
from pulumi_asgardeo_bijira.resources.application.conversion import shown_properties
from pulumi_asgardeo_bijira.resources.application.declaration import ApplicationInputs
from pulumi_asgardeo_bijira.resources.property_maps import project, properties_of
from pulumi_asgardeo_bijira.transport import NotAnApiAnswer

from tests.support.documents import SOME_ID, shown_application, shown_oidc
from tests.transport.fakes import FakeClock, Server, connect

if TYPE_CHECKING:
    from collections.abc import Callable


def serve(each: Callable[[dict[str, str]], dict[str, Any]]) -> tuple[ApiResources, Applications, Server]:
    """Both lists of a server that answers by the query."""
    server = Server(each=lambda request: httpx.Response(200, json=each(dict(request.url.params))))
    connection = connect(server, FakeClock())
    return ApiResources(connection), Applications(connection), server


def number(text: object) -> str:
    """An id that is told from others by this."""
    return str(uuid5(NAMESPACE_OID, str(text)))


def api_page(cursor: str, following: str) -> dict[str, Any]:
    """A page of one API, with a link to the next one."""
    link = {"rel": "next", "href": f"/api-resources?after={following}&limit=100"}
    return {"apiResources": [{"id": number(cursor), "name": cursor}], "links": [link] if following else []}


def test_what_is_on_the_last_page_is_found() -> None:
    """Three pages of APIs, three of applications."""
    after = {"": "a==", "a==": "b==", "b==": ""}
    apis, _, _ = serve(lambda query: api_page(query.get("after", ""), after[query.get("after", "")]))
    assert [row.name for row in apis.all()] == ["", "a==", "b=="]
    rows = [{"id": number(one), "name": str(one)} for one in range(250)]

    def page(query: dict[str, str]) -> dict[str, Any]:
        start = int(query["offset"])
        return {"totalResults": len(rows), "applications": rows[start : start + int(query["limit"])]}

    _, applications, server = serve(page)
    assert [row.id for row in applications.all()] == [row["id"] for row in rows]
    assert len(server.requests) == 3


def test_links_that_lead_in_a_circle_are_left() -> None:
    """Nobody should wait for a list that never ends."""
    after = {"": "a==", "a==": "b==", "b==": "a=="}
    apis, _, server = serve(lambda query: api_page(query.get("after", ""), after[query.get("after", "")]))
    assert len(list(apis.all())) == len(server.requests) == 3


def test_a_page_that_comes_again_is_no_answer() -> None:
    """A proxy that drops the offset would otherwise give every application twice."""
    rows = [{"id": SOME_ID, "name": "a"}]
    _, applications, server = serve(lambda _: {"totalResults": 3, "applications": rows})
    with pytest.raises(NotAnApiAnswer, match="the same page comes again at 1"):
        list(applications.all())
    assert len(server.requests) == 2


def test_an_object_that_goes_while_pages_are_read_ends_the_list() -> None:
    """The total says that there is more, and there is not."""

    def page(query: dict[str, str]) -> dict[str, Any]:
        rows = [{"id": SOME_ID, "name": "a"}] if query["offset"] == "0" else []
        return {"totalResults": 2, "applications": rows}

    _, applications, server = serve(page)
    assert len(list(applications.all())) == 1
    assert len(server.requests) == 2


@pytest.mark.parametrize("found", [["orders-2", "Orders"], ["orders-2"], []])
def test_a_near_match_is_no_match(found: list[str]) -> None:
    """Servers differ in how exactly they filter."""

    def both(names: list[str]) -> dict[str, Any]:
        rows = [{"id": number(name), "name": name, "identifier": name} for name in names]
        return {"totalResults": len(rows), "applications": rows, "apiResources": rows}

    apis, applications, _ = serve(lambda query: both(found))
    assert applications.find("orders") is None
    assert apis.find("identifier", "orders") == []
    apis, applications, _ = serve(lambda query: both([*found, "orders"]))
    exact = applications.find("orders")
    assert exact
    assert exact.id == number("orders")
    assert [row.id for row in apis.find("identifier", "orders")] == [number("orders")]


def test_another_order_more_fields_and_null_for_nothing_are_no_difference() -> None:
    """Whatever a build of the server makes of the same object."""
    declared: dict[str, Any] = {"identifier": "urn:a", "name": "A", "description": "", "scopes": []}
    document = {"id": SOME_ID, "identifier": "urn:a", "name": "A", "description": None, "scopes": None, "new": {"x": 1}}
    assert project(ApiInputs, properties_of(ApiResource.model_validate(document)), declared) == declared
    scopes = [{"name": name, "displayName": name, "new": 1} for name in "ba"]
    ordered = [{"name": "a", "displayName": "a"}, {"name": "b", "displayName": "b"}]
    assert project(
        ApiInputs, properties_of(ApiResource.model_validate({**document, "scopes": scopes})), {"scopes": ordered}
    ) == {"scopes": ordered}
    wanted: dict[str, Any] = {
        "description": "",
        "grantTypes": ["client_credentials", "password"],
        "callbackUrls": [],
        "allowedOrigins": [],
    }
    shown = shown_application({"description": None, "claimConfiguration": None, "new": []})
    oidc = {"grantTypes": ["password", "client_credentials"], "callbackURLs": None, "allowedOrigins": None, "new": None}
    assert project(ApplicationInputs, shown_properties(shown, shown_oidc(oidc), {}), wanted) == wanted


def test_a_list_of_scims_begins_at_one_and_may_leave_rows_out() -> None:
    """Roles whose application is gone are counted and not shown; and one that holds none has no rows at all."""
    names = [f"role {number}" for number in range(250)]

    def page(query: dict[str, str]) -> dict[str, Any]:
        start = int(query["startIndex"]) - 1
        shown = [name for name in names[start : start + int(query["count"])] if name != "role 249"]
        rows = [{"id": number(name), "displayName": name, "audience": {"type": "organization"}} for name in shown]
        return {"totalResults": len(names), **({"Resources": rows} if rows else {})}

    server = Server(each=lambda request: httpx.Response(200, json=page(dict(request.url.params))))
    roles = Roles(connect(server, FakeClock()))
    assert [row.name for row in roles.all()] == names[:-1]
    assert len(server.requests) == 4
    assert roles.find("role 7", None)
    names.clear()
    assert roles.find("role 7", None) is None
