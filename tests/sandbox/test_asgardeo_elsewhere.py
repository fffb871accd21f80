"""Requests that no endpoint takes: the platform looks at the organisation, the token and the method before the path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx
import pytest
from asgardeo_bijira_sandbox import Sandbox, Scenario
from asgardeo_bijira_sandbox.asgardeo.elsewhere import GUARDED, OPEN
from asgardeo_bijira_sandbox.asgardeo.urls import routes
from asgardeo_bijira_sandbox.differences import NOT_SERVED

from tests.sandbox.conftest import ABSENT, token

if TYPE_CHECKING:
    from typing import Any

MANAGEMENT, SCIM, REGISTRATION = "/api/server/v1", "/scim2", "/api/identity/oauth2/dcr/v1.1"
#: Method and path; what is answered without a token, to one that holds every scope, and to one that only reads.
CASES = [
    (f"GET {MANAGEMENT}/applications", 401, 200, 200),
    (f"GET {MANAGEMENT}/applications/", 401, 200, 200),
    (f"GET {SCIM}/Users/", 401, 200, 403),
    (f"GET {MANAGEMENT}/branding", 401, 404, 404),
    (f"DELETE {MANAGEMENT}/branding/a/b", 401, 404, 404),
    (f"GET /o{MANAGEMENT}/branding", 401, 404, 404),
    (f"GET {MANAGEMENT}/applications/{ABSENT}/nothing", 401, 404, 404),
    (f"GET {MANAGEMENT}", 401, 404, 404),
    ("GET /nothing", 401, 404, 404),
    ("PUT /api/nothing", 401, 404, 404),
    (f"GET {SCIM}/Agents", 401, 404, 404),
    (f"POST {REGISTRATION}/nothing", 401, 404, 404),
    (f"HEAD {MANAGEMENT}/applications", 401, 403, 403),
    (f"HEAD {MANAGEMENT}/api-resources/{ABSENT}", 401, 403, 403),
    (f"HEAD {MANAGEMENT}/authorization-details-types?filter=type+eq+nobodys", 401, 404, 403),
    (f"HEAD {MANAGEMENT}/authorization-details-types?filter=type+eq+payment", 401, 200, 403),
    (f"HEAD {MANAGEMENT}/authorization-details-types", 401, 400, 403),
    (f"HEAD {SCIM}/Users", 401, 401, 401),
    (f"HEAD {REGISTRATION}/register", 401, 401, 401),
    (f"POST {MANAGEMENT}/applications/{ABSENT}", 401, 405, 403),
    (f"PUT {MANAGEMENT}/applications/{ABSENT}", 401, 405, 403),
    (f"POST {MANAGEMENT}/scopes", 401, 403, 403),
    (f"POST {MANAGEMENT}/claim-dialects/import", 401, 404, 404),
    (f"GET {MANAGEMENT}/claim-dialects/local/export", 401, 404, 404),
    (f"PATCH {MANAGEMENT}/configs/cors", 401, 404, 404),
    (f"TRACE {MANAGEMENT}/applications", 405, 405, 405),
    (f"HEAD {SCIM}/Schemas", 401, 200, 200),
    (f"BREW {MANAGEMENT}/applications", 401, 403, 403),
    (f"DELETE {SCIM}/Users", 401, 401, 401),
    (f"DELETE {SCIM}/Schemas", 401, 405, 405),
    (f"PUT {SCIM}/Me", 401, 403, 403),
    (f"DELETE {SCIM}/ServiceProviderConfig", 405, 405, 405),
    (f"POST {SCIM}/v2/Roles/{ABSENT}", 401, 405, 403),
    (f"OPTIONS {MANAGEMENT}/applications", 200, 200, 200),
    (f"OPTIONS {MANAGEMENT}/branding", 401, 404, 404),
    ("HEAD /oauth2/jwks", 200, 200, 200),
    ("GET /oauth2/token", 405, 405, 405),
    ("HEAD /oauth2/token", 405, 405, 405),
]


@pytest.fixture
def payment(asgardeo: httpx.Client, api: dict[str, Any]) -> str:
    """A type of authorization details that the organisation has."""
    body = [{"type": "payment", "name": "Payment", "description": "", "schema": {"type": "object"}}]
    answer = asgardeo.put(f"/api-resources/{api['id']}/authorization-details-types", json=body)
    return str(answer.json()[0]["type"])


@pytest.mark.usefixtures("payment")
def test_what_no_endpoint_takes_is_refused_in_the_platforms_order(sandbox: Sandbox) -> None:
    """A probe for what there is meets the same walls; each refusal has the form of the API that it concerns."""
    tenant = f"{sandbox.url}/t/sandbox"
    callers = [
        {},
        *(
            {"Authorization": f"Bearer {token(f'{tenant}/oauth2/token', scope)}"}
            for scope in ("SYSTEM", "internal_application_mgt_view")
        ),
    ]
    with httpx.Client(base_url=tenant) as client:
        for request, *expected in CASES:
            method, _, path = request.partition(" ")
            answers = [client.request(method, path, headers=headers) for headers in callers]
            assert [answer.status_code for answer in answers] == expected, request
            for answer in answers:
                has_form(answer, scim=path.startswith(SCIM))


def has_form(answer: httpx.Response, *, scim: bool) -> None:
    """A refusal of the platform's; those of methods say which ones there are instead."""
    body = answer.json() if answer.content else {}
    assert "server" not in answer.headers
    assert ("www-authenticate" in answer.headers) is (answer.status_code == 401)
    assert ("allow" in answer.headers) is (
        answer.status_code == 405 or (answer.request.method == "OPTIONS" and not body)
    )
    if answer.request.method == "HEAD" or answer.status_code in (200, 405):
        assert answer.status_code == 200 or not body
    elif scim:
        assert body["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    else:
        assert {"code", "message", "description", "traceId"} == set(body)
    if answer.status_code == 404 and body:
        assert "docs/reference/sandbox.md" in (body["detail"] if scim else body["description"])


def test_what_is_listed_as_not_served_is_said_to_be(sandbox: Sandbox) -> None:
    """Also where a row would take the fixed name for the id of something that is not there."""
    headers = {"Authorization": f"Bearer {token(f'{sandbox.url}/t/sandbox/oauth2/token', 'SYSTEM')}"}
    with httpx.Client(base_url=f"{sandbox.url}/t/sandbox", headers=headers) as client:
        for operation in NOT_SERVED["Asgardeo"]:
            method, path = re.sub(r"\{[^}]+\}", "some", operation).split(" ")
            for each in ("GET", "PUT", "DELETE") if method == "*" else (method,):
                told = [client.request(each, base + path) for base in (MANAGEMENT, SCIM)]
                assert all(f"does not serve {each} {path}." in one.text for one in told), operation
                assert {one.status_code for one in told} == {404}, operation


def test_the_guard_knows_every_family_that_is_served() -> None:
    """Else a method that the platform would let pass is refused there as nobody's."""
    rows: list[Any] = routes()
    paths = {re.sub(r"\{[^}]+\}", "some", row.path) for row in rows}
    below = {path for base in (MANAGEMENT, SCIM, REGISTRATION) for path in paths if path.startswith(f"/t/some{base}/")}
    known = re.compile("|".join(f"(?:{family})$" for family in (*GUARDED, OPEN.pattern)))
    assert {path for path in below if not known.search(path)} == set()


@pytest.mark.parametrize("path", [f"{MANAGEMENT}/applications", f"{SCIM}/Users", "/oauth2/token", "/nothing"])
def test_an_unknown_organisation_comes_before_the_token(path: str) -> None:
    """It is said in JSON to who sends JSON, and on a page to anybody else."""
    with Sandbox(Scenario.model_validate({"openOrganizations": False})) as closed:
        in_json = httpx.post(f"{closed.url}/t/nobody{path}", json={})
        page = httpx.post(f"{closed.url}/t/nobody{path}")
    assert (in_json.status_code, page.status_code) == (404, 404)
    assert (in_json.json()["code"], in_json.json()["message"]) == (404, "nobody is an invalid tenant domain")
    assert page.headers["content-type"].startswith("text/html")
    assert "nobody is an invalid tenant domain" in page.text


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        (f"{MANAGEMENT}/applications", "text/html", 406),
        (f"{MANAGEMENT}/applications", "text/html, application/*;q=0.5", 200),
        (f"{MANAGEMENT}/applications", "", 200),
        (f"{MANAGEMENT}/authorization-details-types", "application/xml", 406),
        (f"{SCIM}/Users", "application/xml", 406),
        (f"{SCIM}/Users", "application/scim+json", 200),
    ],
)
def test_an_answer_of_another_type_is_not_made(sandbox: Sandbox, path: str, accept: str, status: int) -> None:
    """Whoever accepts none of what an endpoint produces is told so before it is asked."""
    tenant = f"{sandbox.url}/t/sandbox"
    headers = {"Authorization": f"Bearer {token(f'{tenant}/oauth2/token', 'SYSTEM')}", "Accept": accept}
    assert httpx.get(tenant + path, headers=headers).status_code == status
