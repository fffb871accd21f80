"""Who may do what at the API Portal, as a real server let callers in: by each scope alone, and by each role alone."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from asgardeo_bijira_sandbox import Sandbox, Scenario
from asgardeo_bijira_sandbox.api_portal.urls import ROUTES, UNSERVED
from asgardeo_bijira_sandbox.scenario import OrganizationSeed

from tests.sandbox.portal_lives import lived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEASURED: dict[str, dict[str, list[str]]] = json.loads(
    (Path(__file__).parents[1] / "data" / "api-portal-rights.json").read_text()
)
EVERY_SCOPE = sorted({scope for measured in MEASURED.values() for scope in measured["scopes"]})
OPERATIONS = [f"{row.method} {row.path}" for row in (*ROUTES, *UNSERVED) if row.scopes]


@pytest.fixture(params=["scopes", "roles"])
def enters(request: pytest.FixtureRequest) -> Iterator[Callable[[str, list[str]], bool]]:
    """Whether an operation lets a caller in who has these scopes, or these roles where the portal goes by them."""
    by_scopes = request.param == "scopes"
    scenario = Scenario(bijira=[OrganizationSeed(handle="default")], portal_by_scopes=by_scopes)
    with Sandbox(scenario) as sandbox, httpx.Client(base_url=f"{sandbox.url}/api-portal/api/v0.9") as client:
        key = sandbox.store.signing_key("bijira")
        claims = {"iss": f"{sandbox.url}/oauth2/token", "org_handle": "default", "exp": int(time.time()) + 600}

        def ask(operation: str, rights: list[str]) -> bool:
            method, path = re.sub(r"\{\w+\}", "default", operation).split()
            given = {"scope": " ".join(rights)} if by_scopes else {"roles": rights}
            token = key.issue({**claims, "sub": "somebody", **given})
            answer = client.request(method, path, headers={"Authorization": f"Bearer {token}"})
            return answer.status_code != 403 or answer.json()["code"] == "FORBIDDEN"

        ask.__dict__["kind"] = request.param
        yield ask


def test_the_rights_are_those_of_the_real_server(enters: Any) -> None:
    """Each that opens an operation does so alone, and all the others together do not."""
    every = EVERY_SCOPE if enters.kind == "scopes" else ["ap_admin", "dp_admin", "ap_subscriber", "dp_subscriber"]
    assert set(OPERATIONS) == set(MEASURED)
    wrong = []
    for operation in OPERATIONS:
        opening = MEASURED[operation][enters.kind]
        wrong += [f"{operation}: not by {right}" for right in opening if not enters(operation, [right])]
        others = [right for right in every if right not in opening]
        wrong += [f"{operation}: by others"] if enters(operation, others) else []
    assert wrong == []


@pytest.mark.parametrize(
    ("scheme", "claims", "status"),
    [
        ("Bearer ", {}, 200),
        ("bearer ", {"roles": "ap_viewer,ap_admin", "org_handle": "DEFAULT"}, 200),
        ("Bearer ", {"roles": [["ap_admin"], 5, "ap_admin"]}, 200),
        ("Bearer ", {"sub": 5, "iat": 4102444800, "iss": "other"}, 200),
        ("Bearer ", {"sub": None, "exp": None}, 200),
        ("Bearer ", {"nbf": 4102444800}, 401),
        ("Bearer ", {"exp": 5}, 401),
        ("Bearer ", {"roles": "ap_adminx"}, 403),
        ("Bearer ", {"org_handle": "default "}, 403),
        ("Bearer  ", {}, 401),
        ("Bearer\t", {}, 401),
    ],
)
def test_claims_are_read_as_the_real_server_reads_them(scheme: str, claims: dict[str, Any], status: int) -> None:
    """Which are looked at, and in which spellings."""
    with Sandbox(Scenario(bijira=[OrganizationSeed(handle="default")])) as sandbox:
        given = {"sub": "a", "roles": ["ap_admin"], "org_handle": "default", "exp": int(time.time()) + 600, **claims}
        key = sandbox.store.signing_key("bijira")
        token = key.issue({name: one for name, one in given.items() if one is not None or name == "sub"})
        address = f"{sandbox.url}/api-portal/api/v0.9/applications"
        assert httpx.get(address, headers={"Authorization": f"{scheme}{token}"}).status_code == status


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api", 401),
        ("/api/v1/x", 401),
        ("/api/v0.9", 401),
        ("/api/v0.9/nope", 401),
        ("/API/v0.9/nope", 404),
        ("/apix", 404),
    ],
)
def test_a_token_is_looked_at_first(sandbox: Sandbox, path: str, status: int) -> None:
    """Wherever an API could be; nothing is found out about paths by who has no good one."""
    headers = {"Authorization": "Bearer x"}
    assert httpx.get(f"{sandbox.url}/api-portal{path}", headers=headers).status_code == status


def test_what_is_not_served_is_said_to_who_may_know(sandbox: Sandbox) -> None:
    """Nobody else gets beyond what a real server would tell him."""
    where = "What it serves stands in docs/reference/sandbox.md."
    operations = [f"{row.method} {row.path}" for row in UNSERVED]
    steps = [(operation, None, 404, f"The sandbox does not serve {operation}. {where}") for operation in operations]
    assert lived(sandbox, steps) == []
    for row in UNSERVED:
        answer = httpx.request(row.method, f"{sandbox.url}/api-portal/api/v0.9{row.path}")
        assert answer.status_code == (401 if row.scopes else 404), row.path
