"""All that the clients send and all that the sandbox answers, against the vendors' descriptions."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Sandbox

from tests.contract.descriptions import DESCRIPTIONS, Description, described
from tests.contract.deviations import DEVIATIONS, UNDESCRIBED
from tests.contract.problems import Problem, listed, problems
from tests.contract.sources import sent_by
from tests.contract.state_machine import lead
from tests.contract.strip_prose import bare

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Exchange

by_description = pytest.mark.parametrize("description", DESCRIPTIONS, ids=lambda one: one.name)
with_client = pytest.mark.parametrize(
    "description", [one for one in DESCRIPTIONS if one.sources], ids=lambda one: one.name
)


@pytest.fixture(scope="module")
def exchanges() -> tuple[Exchange, ...]:
    """Everything that was sent and answered in the lives of all kinds."""
    with Sandbox() as sandbox:
        lead(sandbox)
        return tuple(sandbox.ledger)


def of(description: Description, exchanges: tuple[Exchange, ...]) -> list[tuple[str, str, Exchange]]:
    """The exchanges of a description, with the operation and the path in it."""
    found = ((described(exchange.method, exchange.path), exchange) for exchange in exchanges)
    return [(one[1], one[2], exchange) for one, exchange in found if one and one[0] is description]


@by_description
def test_every_exchange_is_as_described_or_a_known_deviation(
    description: Description, exchanges: tuple[Exchange, ...], record_property: Callable[[str, object], None]
) -> None:
    """A client that was written from the description works with the sandbox, and this one with the platform."""
    rows = of(description, exchanges)
    found: set[Problem] = set()
    for operation, path, exchange in rows:
        found |= problems(description, operation, path, exchange)
    known = {problem for deviation in DEVIATIONS.get(description.name, ()) for problem in deviation.problems()}
    assert not found - known, f"neither described nor a known deviation:\n{listed(found - known)}"
    assert not known - found, f"needed by no exchange any more, take them from the list:\n{listed(known - found)}"
    kinds = Counter((operation, exchange.status) for operation, _, exchange in rows)
    operations = {operation for operation, _ in kinds}
    figures = f"{len(rows)} exchanges, {len(operations)} operations, {len(kinds)} pairs of operation and status"
    record_property("validated", figures)
    print(f"{description.name}: {figures} validated")  # noqa: T201


@with_client
def test_every_operation_in_the_clients_source_was_exercised(
    description: Description, exchanges: tuple[Exchange, ...]
) -> None:
    """A request that somebody adds to a client must be led through the validation too."""
    sent = set().union(*(sent_by(source) for source in description.source_files()))
    known = {re.sub(r"\{\w+\}", "{}", operation) for operation in description.operations}
    exercised = {re.sub(r"\{\w+\}", "{}", operation) for operation, _, _ in of(description, exchanges)}
    assert sent, "no request was found in the source"
    assert exercised == {one for one in sent if one in known}, "the rest is held against the list of the undescribed"


def test_what_no_description_has_is_listed(exchanges: tuple[Exchange, ...]) -> None:
    """Nothing is sent that nobody looked at."""
    undescribed = {
        f"{exchange.method} {re.sub('(?<=^/t/)[^/]+|(?<=/apis/)[^/]+', '{}', exchange.path)}"
        for exchange in exchanges
        if not described(exchange.method, exchange.path)
    }
    assert undescribed == set(UNDESCRIBED)


@by_description
def test_the_descriptions_here_are_bare_structure(description: Description) -> None:
    """What their authors wrote for readers is not carried along."""
    assert bare(description.document) == description.document
