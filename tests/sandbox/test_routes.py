"""The tables of endpoints: each row is reached, and nothing is served twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox.api_portal.exceptions import BASE
from asgardeo_bijira_sandbox.api_portal.urls import ROUTES as PORTAL
from asgardeo_bijira_sandbox.app import create_app
from asgardeo_bijira_sandbox.asgardeo import urls as asgardeo
from asgardeo_bijira_sandbox.asgardeo.management import MANAGEMENT_SCOPES
from asgardeo_bijira_sandbox.asgardeo.system import SIGN_IN_SCOPE
from asgardeo_bijira_sandbox.bijira import urls as bijira
from asgardeo_bijira_sandbox.faults import Faults
from asgardeo_bijira_sandbox.ledger import Ledger
from asgardeo_bijira_sandbox.store import Store
from starlette.routing import Match

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

TABLES = {"asgardeo": asgardeo.routes(), "bijira": bijira.routes()}


def path_of(row: Any) -> str:
    """A path that is meant for a row: each parameter is a word that no fixed name is."""
    return re.sub(r"\{[^}]+\}", "some", row.path)


@pytest.mark.parametrize("platform", TABLES)
def test_each_row_answers_the_requests_that_it_is_written_for(platform: str) -> None:
    """A path with a fixed name stands before one that takes any name in its place."""

    def answering(method: str, path: str) -> BaseRoute | None:
        scope = {"type": "http", "method": method, "path": path, "headers": []}
        return next((row for row in TABLES[platform] if row.matches(scope)[0] is Match.FULL), None)

    rows: list[Any] = TABLES[platform]
    shadowed = [
        f"{method} {row.path}" for row in rows for method in row.methods if answering(method, path_of(row)) != row
    ]
    assert shadowed == []


def test_the_management_application_holds_each_scope_that_a_row_asks_for() -> None:
    """Else nobody could use the endpoint without a scenario of his own. What a user has by signing in is another's."""
    rows: list[Any] = TABLES["asgardeo"]
    held = {*MANAGEMENT_SCOPES, SIGN_IN_SCOPE}
    unheld = [f"{row.path} {one}" for row in rows for one in row.endpoint.func.__self__.scopes if one not in held]
    assert unheld == []


def test_each_row_of_the_portal_answers_the_requests_that_it_is_written_for() -> None:
    """Where two paths fit a request, the first one with its method answers."""
    for row in PORTAL:
        fitting = (one for one in PORTAL if one.method == row.method and one.matched(BASE + path_of(row)) is not None)
        assert next(fitting) is row, f"{row.method} {row.path}"


def test_the_rows_of_the_platforms_are_made_once() -> None:
    """Programs of tests begin many sandboxes, and hundreds of patterns are more than Python keeps compiled."""
    one, other = (create_app(Store(base_url="http://127.0.0.1"), Ledger(), Faults()).routes for _ in range(2))
    assert [row for row, same in zip(one, other, strict=True) if row is not same] == [one[0]], "the control surface"
