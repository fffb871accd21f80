"""What the vendors describe is served, or stands in the one list of what is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox.api_portal.exceptions import BASE
from asgardeo_bijira_sandbox.api_portal.urls import ROUTES as PORTAL
from asgardeo_bijira_sandbox.api_portal.urls import UNSERVED
from asgardeo_bijira_sandbox.asgardeo import urls as asgardeo
from asgardeo_bijira_sandbox.bijira import urls as bijira
from asgardeo_bijira_sandbox.differences import NOT_SERVED, is_listed
from starlette.routing import Match

from tests.contract.descriptions import DESCRIPTIONS

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox.differences import Service

#: Where the paths of the list may lie.
BASES: dict[Service, tuple[str, ...]] = {
    "Asgardeo": ("/t/sandbox/api/server/v1", "/t/sandbox/scim2"),
    "Bijira": ("/api/am/devportal/v3", "/api/am/admin/v4"),
    "API Portal": (f"/api-portal{BASE}",),
}
#: Rows of the platforms' tables; the one that answers for all that nothing else does, serves nothing.
EVERY: list[Any] = [*asgardeo.routes(), *bijira.routes()]
ROWS = [row for row in EVERY if not row.path.endswith(("{rest:path}", "{path:path}"))]


def rows_for(operation: str, base: str) -> list[str]:
    """The paths of the rows that answer; a parameter is a word that no fixed name is."""
    method, _, path = operation.partition(" ")
    path = re.sub(r"\{[^}]+\}", "some", path)
    if base.endswith(BASE):
        return [row.path for row in PORTAL if row.method == method and row.matched(BASE + path) is not None]
    scope = {"type": "http", "method": method, "path": base + path, "headers": []}
    return [row.path for row in ROWS if row.matches(scope)[0] is Match.FULL]


def test_each_operation_that_is_described_is_served_or_listed() -> None:
    """Whoever meets a 404 in a sandbox finds it said."""
    unlisted = [
        f"{description.name}: {operation}"
        for description in DESCRIPTIONS
        for operation in sorted(description.operations)
        if not rows_for(operation, description.served_at)
        and not any(is_listed(service, *operation.split(" ")) for service in NOT_SERVED)
    ]
    assert unlisted == []


def test_what_the_portal_refuses_as_not_served_is_listed() -> None:
    """Its rows say for whom the refusal is; the list that the documents show must not lack one."""
    assert [row.path for row in UNSERVED if not is_listed("API Portal", row.method, row.path)] == []


def test_nothing_that_is_listed_is_served() -> None:
    """The list only holds what is left. A row that takes a fixed name for somebody's id serves nothing by that."""
    served = [
        f"{service}: {operation}"
        for service, operations in NOT_SERVED.items()
        for operation in operations
        for base in BASES[service]
        for method in (["GET", "PUT", "POST", "PATCH", "DELETE"] if operation.startswith("* ") else [""])
        for path in rows_for(operation.replace("*", method, 1), base)
        if nameless(path).endswith(nameless(operation.partition(" ")[2]))
    ]
    assert served == []


def nameless(path: str) -> str:
    """A path without the names of its parameters."""
    return re.sub(r"\{[^}]+\}", "{}", path)
