"""Requests that nobody thought of: generated from the descriptions, right ones and wrong ones, sent to the sandbox."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from asgardeo_bijira_sandbox.api_portal.urls import ROUTES as PORTAL_ROUTES
from asgardeo_bijira_sandbox.app import create_app
from asgardeo_bijira_sandbox.faults import Faults
from asgardeo_bijira_sandbox.ledger import Ledger
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode

from tests.contract.descriptions import DESCRIPTIONS, Description
from tests.contract.deviations import DEVIATIONS, GENERATED
from tests.contract.fixtures import ABSENT, STANDING, put_back
from tests.contract.problems import Problem, answered, listed
from tests.contract.steady import BACKEND
from tests.sandbox.conftest import token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from asgardeo_bijira_sandbox import Sandbox

_EXAMPLES = 3
_SEED = 20261124


def served(sandbox: Sandbox) -> set[str]:
    """What the sandbox has an endpoint for, without the names of parameters."""
    routes: list[Any] = list(create_app(sandbox.store, Ledger(), Faults()).routes)
    at_the_portal = {f"{one.method} {_nameless(base + one.path)}" for one in PORTAL_ROUTES for base in one.bases}
    return at_the_portal | {
        f"{method} {_nameless(route.path)}" for route in routes for method in (getattr(route, "methods", None) or ())
    }


def _nameless(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "{}", path)


def operations(description: Description, sandbox: Sandbox) -> list[Any]:
    """The described operations that the sandbox serves."""
    base = re.sub("^/t/sandbox/", "/t/{}/", description.served_at)
    results: Iterable[Any] = schemathesis.openapi.from_dict(description.document).get_all_operations()
    here = served(sandbox)
    return [
        one
        for one in (result.ok() for result in results)
        if f"{one.method.upper()} {base}{_nameless(one.path)}" in here
    ]


def ways(operation: Any) -> Iterator[tuple[GenerationMode, Mapping[str, str]]]:
    """Right and, where there is something to get wrong, wrong requests; where a path names objects, absent ones too."""
    yield GenerationMode.POSITIVE, STANDING
    if operation.query or operation.body:
        yield GenerationMode.NEGATIVE, STANDING
    if "{" in operation.path:
        yield GenerationMode.POSITIVE, {}


def bounded(operation: Any, mode: GenerationMode, ids: Mapping[str, str], send: Callable[[Case[Any]], None]) -> None:
    """Send a few generated requests, the same ones in every run."""
    named = {name: ids.get(name, ABSENT) for name in re.findall(r"\{([^}]+)\}", operation.path)}
    given_cases: Any = given(operation.as_strategy(mode, path_parameters=named))
    limits = settings(
        backend=BACKEND,
        max_examples=_EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    seeded: Any = seed(_SEED)
    seeded(limits(given_cases(send)))()


@pytest.mark.parametrize("description", DESCRIPTIONS, ids=lambda one: one.name)
def test_no_generated_request_breaks_the_sandbox(description: Description, sandbox: Sandbox) -> None:
    """Whatever is sent, the answer has a status and a shape that a client can know of, and is never a breakdown."""
    address, scope = description.sign_in
    headers = {"Authorization": f"Bearer {token(sandbox.url + address, scope)}"}
    found: set[Problem] = set()
    sent = 0

    def send(case: Case[Any]) -> None:
        nonlocal sent, found
        put_back(sandbox.store)
        mark = sandbox.ledger.mark()
        answer = case.call(base_url=sandbox.url + description.served_at, headers=headers)
        exchanges = sandbox.ledger.since(mark)
        assert exchanges, f"{case.method} {case.path} broke down: {answer.status_code}"
        operation = description.operation(exchanges[0].method, exchanges[0].path)
        assert operation
        sent += 1
        found |= answered(description, *operation, exchanges[0])

    chosen = operations(description, sandbox)
    assert chosen, "nothing that is described is served"
    for operation in chosen:
        for mode, ids in ways(operation):
            bounded(operation, mode, ids, send)
    extra = {problem for entry in GENERATED.get(description.name, ()) for problem in entry.problems()}
    known = extra | {problem for entry in DEVIATIONS.get(description.name, ()) for problem in entry.problems()}
    assert not extra - found, f"needed by no answer any more, take them from the list:\n{listed(extra - found)}"
    assert not found - known, f"neither described nor a known deviation:\n{listed(found - known)}"
    print(f"{description.name}: {sent} requests on {len(chosen)} operations")  # noqa: T201
