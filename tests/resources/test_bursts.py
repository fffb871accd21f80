"""What lists may stand for: nothing older than the burst of reads in which they were asked for, nor than a write."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.resources.bursts import Bursts, listed
from pulumi_asgardeo_bijira.transport import WRITES, Unreachable

from tests.transport.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60


class Pages:
    """A list of so many pages, each with one row; it tells how many were asked for, and can hold one back."""

    def __init__(self, *rows: str) -> None:
        self.rows = rows
        self.asked = 0
        self.held, self.let_go = threading.Event(), threading.Event()
        self.let_go.set()

    def __call__(self) -> Iterator[dict[str, str]]:
        for row in self.rows:
            self.asked += 1
            self.held.set()
            assert self.let_go.wait(PATIENCE)
            yield {row: f"{row} as asked for #{self.asked}"}

    def read(self, key: str, times: int = 1) -> str | None:
        """Look for a row so many times; what the last one shows."""
        return [listed("kind", key, self) for _ in range(times)][-1]


@pytest.fixture
def clock() -> FakeClock:
    """A clock that nobody waits for."""
    return FakeClock()


@pytest.fixture
def bursts(clock: FakeClock) -> Bursts:
    """Of one platform."""
    return Bursts(clock)


def test_the_first_reads_go_by_themselves_and_each_four_pay_for_a_page(bursts: Bursts) -> None:
    """So whoever reads little sends what he always did, and a list that is of no use costs a quarter at most."""
    pages = Pages("a", "b", "c")
    with bursts.reading():
        assert [(pages.read("c"), pages.asked) for _ in range(4)] == [(None, 0)] * 4
        assert [(pages.read("c"), pages.asked) for _ in range(4)] == [(None, 1)] * 4
        assert [(pages.read("c"), pages.asked) for _ in range(4)] == [(None, 2)] * 4
        assert pages.read("c") == "c as asked for #3"
        assert pages.read("a", 9) == "a as asked for #1"
        assert pages.read("nowhere", 99) is None
    assert pages.asked == 3


def test_outside_of_a_read_nothing_is_listed() -> None:
    """A creation that looks for what it made needs to see what there is now."""
    pages = Pages("a")
    assert pages.read("a", 9) is None
    assert pages.asked == 0


def test_a_list_ends_with_its_burst(bursts: Bursts) -> None:
    """Read, changed elsewhere and read again shows the change; reads within reads and beside them are one burst."""
    pages = Pages("a")
    with bursts.reading():
        with bursts.reading():
            assert pages.read("a", 5)
        assert pages.read("a")
    with bursts.reading():
        assert pages.read("a") is None
    assert pages.asked == 1


def test_what_this_process_writes_ends_a_list(bursts: Bursts) -> None:
    """Also in the middle of a burst, and also where it failed: nobody knows what has come of it."""
    pages = Pages("a")
    with bursts.reading():
        assert pages.read("a", 5)
        with suppress(Unreachable), WRITES.counted():
            assert pages.read("a") is None, "while it is written"
            raise Unreachable("no answer", action="Run it again")
        assert pages.read("a") is None, "to whoever began before"
        with bursts.reading():
            assert pages.read("a", 4) is None
            assert pages.read("a") == "a as asked for #2"
    assert pages.asked == 2


def test_a_list_that_was_asked_for_before_a_write_and_answered_after_it_is_none(bursts: Bursts) -> None:
    """Nor for whoever began to read while it was written, and waited for the page."""
    pages = Pages("a")
    with bursts.reading(), ThreadPoolExecutor(2) as pool:
        assert pages.read("a", 4) is None
        pages.let_go.clear()
        first = pool.submit(copy_context().run, pages.read, "a")
        assert pages.held.wait(PATIENCE)
        second = pool.submit(copy_context().run, pages.read, "a")
        with WRITES.counted():
            pages.let_go.set()
            assert first.result(PATIENCE) is None
        assert second.result(PATIENCE) is None
    assert pages.asked == 1


def test_a_list_that_was_asked_for_while_something_was_written_ends_with_that(bursts: Bursts) -> None:
    """It may show what there was before."""
    pages = Pages("a")
    with bursts.reading():
        with WRITES.counted(), bursts.reading():
            assert pages.read("a", 5)
        with bursts.reading():
            assert pages.read("a") is None


def test_one_thread_takes_a_page_for_all(bursts: Bursts) -> None:
    """All that come meanwhile wait for it."""
    pages, together = Pages("a", "b"), 12
    pages.let_go.clear()
    begun = threading.Barrier(together)

    def read() -> str | None:
        with bursts.reading():
            begun.wait(PATIENCE)
            return pages.read("a")

    with ThreadPoolExecutor(together) as pool:
        found = [pool.submit(read) for _ in range(together)]
        assert pages.held.wait(PATIENCE)
        pages.let_go.set()
        shown = [one.result(PATIENCE) for one in found]
    assert sorted(filter(None, shown)) == ["a as asked for #1"] * (together - 4)
    assert pages.asked == 1


def test_a_list_counts_for_a_minute(bursts: Bursts, clock: FakeClock) -> None:
    """However long a burst lasts; for a read that began before, too."""
    pages = Pages("a")
    with bursts.reading():
        assert pages.read("a", 5)
        clock.now += 60
        assert pages.read("a")
        clock.now += 1
        assert pages.read("a") is None
        with bursts.reading():
            assert pages.read("a", 4) is None
            assert pages.read("a")
    assert pages.asked == 2


def test_a_list_that_fails_is_none(bursts: Bursts) -> None:
    """Whoever wanted it reads by himself, and tells what is wrong."""
    asked = 0

    def failing() -> Iterator[dict[str, str]]:
        nonlocal asked
        asked += 1
        raise Unreachable("no connection", action="Run it again")
        yield {}

    with bursts.reading():
        assert [listed("kind", "a", failing) for _ in range(20)] == [None] * 20
    assert asked == 1


def test_a_burst_goes_on_from_a_read_that_sends_nothing_to_the_next(clock: FakeClock) -> None:
    """Threads take turns: one is done before the next has begun, and the list is still of use."""
    bursts, pages, done = Bursts(clock, stays_open=PATIENCE), Pages("a"), threading.Event()

    def next_read() -> str | None:
        assert done.wait(PATIENCE)
        with bursts.reading():
            found = pages.read("a")
            with WRITES.counted():  # so that this one, the last, has nothing to wait for
                return found

    with ThreadPoolExecutor(1) as pool:
        with bursts.reading():
            assert pages.read("a", 5)
            found = pool.submit(next_read)
            done.set()
        assert found.result(PATIENCE) == "a as asked for #1"
