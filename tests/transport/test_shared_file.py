"""What all processes of a user share of their requests, and that no harm comes from the file that it lies in."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.transport.shared_file import SharedFile, file_of_user
from pulumi_asgardeo_bijira.transport.tickets import Answered, Tickets

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

FAMILY, NOW = "https://api.asgardeo.io:443/api/server", 5000.0

#: A process that takes tickets, as many at a time as it has threads, and says how many of them may go; then it dies.
TAKER = """
import os, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from pulumi_asgardeo_bijira.transport.tickets import Tickets
place, family, now, limit, asks = sys.argv[1:]
tickets = Tickets.of_user(Path(place))
with ThreadPoolExecutor(4) as threads:
    verdicts = list(threads.map(lambda _: tickets.ask(family, int(limit), 0, float(now)), range(int(asks))))
print(sum(not verdict.pause for verdict in verdicts), flush=True)
os._exit(1)
"""


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], Tickets]]:
    """Opens the log in a place of the test's own, each time as another process would."""
    found: list[Tickets] = []

    def again() -> Tickets:
        found.append(Tickets.of_user(tmp_path))
        return found[-1]

    yield again
    for one in found:
        one.close()


def take(place: Path, *, limit: int, asks: int, now: float = NOW) -> subprocess.Popen[str]:
    """Start a process that takes tickets."""
    arguments = [sys.executable, "-c", TAKER, str(place), FAMILY, str(now), str(limit), str(asks)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def granted(tickets: Tickets, asks: int, limit: int, now: float = NOW) -> int:
    """How many requests may go at once."""
    return sum(not tickets.ask(FAMILY, limit, 0, now).pause for _ in range(asks))


def test_processes_keep_to_the_limit_together(tmp_path: Path, opened: Callable[[], Tickets]) -> None:
    """Exactly, however they interleave."""
    others = [take(tmp_path, limit=100, asks=80) for _ in range(2)]
    mine = opened()
    with ThreadPoolExecutor(4) as threads:
        gone = sum(threads.map(lambda _: granted(mine, 1, 100), range(40)))
    said = [int(other.communicate()[0]) for other in others]
    assert gone + sum(said) == 100
    assert granted(mine, 1, 100) == 0


def test_the_next_command_knows_what_the_last_one_sent(opened: Callable[[], Tickets]) -> None:
    """A refresh right after an up; a minute later it is forgotten."""
    up = opened()
    sent = [up.ask(FAMILY, 3, 0, NOW) for _ in range(3)]
    for verdict in sent:
        up.settle(FAMILY, 3, verdict.ticket, NOW, NOW + 1, Answered())
    up.close()
    refresh = opened()
    verdict = refresh.ask(FAMILY, 3, 0, NOW + 11)
    assert (verdict.pause, verdict.ahead) == (50, 0)
    assert refresh.ask(FAMILY, 3, verdict.ticket, NOW + 60.9).pause > 0
    assert refresh.ask(FAMILY, 3, verdict.ticket, NOW + 61).pause == 0


def test_what_a_process_that_died_held_ends_by_itself(tmp_path: Path, opened: Callable[[], Tickets]) -> None:
    """Its place in the queue after some seconds, its requests on the way when they cannot count any more."""
    assert take(tmp_path, limit=2, asks=5).communicate()[0].split() == ["2"]
    mine = opened()
    verdict = mine.ask(FAMILY, 2, 0, NOW + 1)
    assert (verdict.pause > 0, verdict.ahead) == (True, 3)
    assert mine.ask(FAMILY, 2, verdict.ticket, NOW + 14).ahead == 3
    assert mine.ask(FAMILY, 2, verdict.ticket, NOW + 15).ahead == 0
    assert mine.ask(FAMILY, 2, verdict.ticket, NOW + 99).pause == 1
    assert mine.ask(FAMILY, 2, verdict.ticket, NOW + 100).pause == 0


@pytest.mark.parametrize("ran", [300, 9e5])
def test_what_was_written_before_a_restart_of_the_machine_is_dropped(opened: Callable[[], Tickets], ran: float) -> None:
    """Its clock begins anew, so all of it lies in the future, be it that of some minutes."""
    before = opened()
    granted(before, 3, 3, now=ran)
    before.settle(FAMILY, 3, 0, ran, ran, Answered(is_refusal=True, asked=300.0))
    assert granted(opened(), 3, 3, now=20) == 3


def test_a_forked_process_opens_its_own(opened: Callable[[], Tickets]) -> None:
    """It shares the file and no connection, and closes nothing of its parent's."""
    mine = opened()
    assert granted(mine, 1, 3) == 1
    child = os.fork()
    if not child:
        os._exit(granted(mine, 5, 3))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
    assert granted(mine, 1, 3) == 0


def test_a_forked_process_waits_for_no_lock_of_its_parents(tmp_path: Path) -> None:
    """One that a thread holds which the child does not have; it counts for itself then, if it has to."""
    shared = SharedFile("CREATE TABLE IF NOT EXISTS found (number)", lambda: file_of_user("shared", tmp_path))

    def fork(_: sqlite3.Connection) -> int:
        child = os.fork()
        if not child:
            signal.alarm(20)
            shared.run(lambda log: log.execute("INSERT INTO found VALUES (1)"))
            os._exit(0)
        return child

    child = shared.run(fork)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    shared.close()


def test_the_file_is_its_users_alone(tmp_path: Path, opened: Callable[[], Tickets]) -> None:
    """And has nothing in it but moments, numbers and names of hosts."""
    granted(opened(), 1, 1)
    file = file_of_user("requests.sqlite3", tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in file.parent.iterdir()} == {0o600}


def test_a_damaged_file_is_made_anew(tmp_path: Path, opened: Callable[[], Tickets]) -> None:
    """What it knew is lost, and counting goes on for all processes."""
    file = file_of_user("requests.sqlite3", tmp_path)
    file.write_bytes(b"no database" * 1000)
    assert granted(opened(), 2, 3) == 2
    assert granted(opened(), 2, 3) == 1


def closed_to_others(place: Path) -> None:
    """The folder may be read by others."""
    file_of_user("x", place).parent.chmod(0o755)


def a_file(place: Path) -> None:
    """There is something else where the folder should be."""
    folder = file_of_user("x", place).parent
    folder.rmdir()
    folder.write_text("mine")


def a_link(place: Path) -> None:
    """The folder is a link to another."""
    folder = file_of_user("x", place).parent
    folder.rmdir()
    (place / "elsewhere").mkdir(mode=0o700)
    folder.symlink_to(place / "elsewhere")


def a_linked_file(place: Path) -> None:
    """The file is a link to another."""
    (place / "elsewhere").mkdir(mode=0o700)
    (place / "elsewhere" / "precious").write_text("")
    file_of_user("requests.sqlite3", place).symlink_to(place / "elsewhere" / "precious")


def no_file(place: Path) -> None:
    """The file cannot be opened: there is a folder in its place."""
    file_of_user("requests.sqlite3", place).mkdir()


@pytest.mark.parametrize("trouble", [closed_to_others, a_file, a_link, a_linked_file, no_file])
def test_where_there_can_be_no_file_a_process_counts_for_itself(
    trouble: Callable[[Path], None], tmp_path: Path, opened: Callable[[], Tickets]
) -> None:
    """By the same rules, and nothing is written elsewhere."""
    trouble(tmp_path)
    one, other = opened(), opened()
    assert (granted(one, 2, 2), granted(one, 1, 2)) == (2, 0)
    assert granted(other, 2, 2) == 2
    elsewhere = tmp_path / "elsewhere"
    assert not elsewhere.exists() or all(path.stat().st_size == 0 for path in elsewhere.iterdir())


def test_a_python_that_cannot_count_says_so() -> None:
    """Some are built without it."""
    without = (
        "import sys; sys.modules['sqlite3'] = None; from pulumi_asgardeo_bijira.transport.tickets import Tickets; "
    )
    ended = subprocess.run(
        [sys.executable, "-c", f"{without}Tickets().ask('', 1, 0, 1)"], capture_output=True, text=True
    )
    assert ended.stderr.splitlines()[-1].endswith(
        "ConfigurationProblem: This Python has no sqlite3, which counts requests. Use a Python that has it, or set "
        "requestsPerMinute to 0, and nothing is counted until a refusal"
    )
