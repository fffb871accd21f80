"""How many operations a provider's process carries out at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

    from tests.support.host import Life

OPERATIONS = 12


def test_the_host_carries_out_as_many_operations_at_once_as_it_is_sent(
    life: Callable[[str], Life], sandbox: Sandbox
) -> None:
    """Its four threads would be what a program of many resources waits for: none is answered until all have arrived."""
    life("Api").up({"name": "warm", "identifier": "urn:warm"})
    sandbox.faults.add(Fault(kind="gather", limit=OPERATIONS, match="POST .*/api-resources$", status=418, seconds=10))

    def create(number: int) -> str:
        return life("Api").up({"name": f"{number}", "identifier": f"urn:{number}"})

    with ThreadPoolExecutor(OPERATIONS) as engine:
        assert list(engine.map(create, range(OPERATIONS))) == ["create"] * OPERATIONS
