"""How many operations a provider's process carries out at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox import Fault
from pulumi_asgardeo_bijira import dynamic

from tests.support.host import Life

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

    from tests.support.host import Host

OPERATIONS = 12


def test_the_host_carries_out_as_many_operations_at_once_as_it_is_sent(
    host: Host, life: Callable[[str], Life], sandbox: Sandbox
) -> None:
    """Its four threads would be what a program of many resources waits for: no request is answered until all have
    arrived, and all operations have arrived before the first is begun."""
    lives = [life("Api") for _ in range(OPERATIONS)]
    for number, one in enumerate(lives):
        one.up({"name": f"{number}", "identifier": f"urn:{number}"})
    host.restart()
    sandbox.faults.add(Fault(kind="gather", limit=OPERATIONS, match="DELETE", status=418, seconds=10))
    with ThreadPoolExecutor(OPERATIONS) as engine:
        list(engine.map(Life.delete, lives))
    assert not sandbox.store.asgardeo["sandbox"].apis


def test_what_waits_in_line_when_the_first_operation_begins_goes_on_too() -> None:
    """A refresh is sent at once, before the first operation has configured anything; more comes only after answers."""
    pool, sent, all_at_once = ThreadPoolExecutor(4), threading.Event(), threading.Barrier(OPERATIONS)

    def operation(_: int) -> None:
        sent.wait()
        dynamic._take_more_at_once()
        all_at_once.wait(10)

    with pool:
        done = [pool.submit(operation, number) for number in range(OPERATIONS)]
        sent.set()
        assert [one.exception() for one in done] == [None] * OPERATIONS


class Narrow(ThreadPoolExecutor):
    """A pool on a machine that has six threads for it and no more."""

    def submit(self, *args: Any, **named: Any) -> Any:
        """As the pool does where the system refuses a thread: what is given is in line all the same."""
        if self._max_workers <= 6:
            return super().submit(*args, **named)
        self._max_workers, most = 6, self._max_workers
        super().submit(*args, **named)
        self._max_workers = most
        raise RuntimeError("can't start new thread")


def test_where_there_are_no_more_threads_it_goes_on_with_those_that_there_are() -> None:
    """Nothing fails for it, none is left waiting, and the host is not to begin one that cannot be begun."""
    with Narrow(4) as pool:
        assert pool.submit(dynamic._take_more_at_once).exception(10) is None
        assert list(pool.map(abs, range(-20, 0), timeout=10)) == list(range(20, 0, -1))
