"""The log of what was sent of late, and the queue of what is to be sent, by platform and family of endpoints.

Platforms count the requests of an address, whichever process sends them, so the processes of a user share this log. It
holds moments and numbers and nothing else. What it says ends by itself: a request counts for a minute, a process that
waits says so again every few seconds, and what a machine wrote before it was started anew lies in the future.

A request counts from the moment it is sent until a minute after its answer. The platform counts it from some moment in
between, so no window of a minute, wherever the platform begins it, holds more than the limit.
"""

import random
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .share import WINDOW_SECONDS, YIELDED_PART, YIELDED_SECONDS, Share
from .shared_file import SharedFile, file_of_user

if TYPE_CHECKING:
    import sqlite3

__all__ = ("LOOK_AGAIN_SECONDS", "Answered", "Tickets", "Verdict")

#: Who waits looks so often; and so often where another has to go first.
LOOK_AGAIN_SECONDS, _SOON_SECONDS = 1.0, 0.25
#: Who has not looked for so long has died.
_WAITER_SECONDS = 15.0
#: A request without an answer for so long gets none.
_FLIGHT_SECONDS = 40.0
#: Nothing that is written counts for longer, but for a window in which whoever writes may wait for others.
_LONGEST_SECONDS = _FLIGHT_SECONDS + 2 * WINDOW_SECONDS

#: Another one wherever the tables change.
_NAME = "requests.sqlite3"
_WAITS, _FLIES, _LANDED = range(3)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS tickets (id INTEGER PRIMARY KEY AUTOINCREMENT, family TEXT, state INTEGER, ends REAL);
CREATE INDEX IF NOT EXISTS by_state ON tickets (family, state, ends);
CREATE INDEX IF NOT EXISTS by_end ON tickets (ends);
CREATE TABLE IF NOT EXISTS shares (
    family TEXT PRIMARY KEY, remaining REAL, refused REAL, grows REAL, refusals INTEGER, holds REAL,
    announced INTEGER, quota INTEGER, quota_ends REAL
);
"""


@dataclass(frozen=True)
class Verdict:
    """Whether a request may go (no pause), or when to look again, and what it waits for."""

    ticket: int
    pause: float = 0.0
    #: The requests that wait before it, and all that wait.
    ahead: int = 0
    waiting: int = 0
    #: The requests that are sent in a minute.
    share: int = 0
    #: Whether the platform refuses any.
    is_refused: bool = False


@dataclass(frozen=True)
class Answered:
    """What an answer says of the limit; None where it says nothing."""

    is_refusal: bool = False
    asked: float | None = None
    limit: int | None = None
    left: int | None = None
    resets: float = 0.0

    @property
    def speaks(self) -> bool:
        """Whether it says anything."""
        return self.is_refusal or self.limit is not None or self.left is not None


class Tickets:
    """The log. Each method is one transaction; moments are given by whoever has the clock."""

    def __init__(self, file: SharedFile | None = None) -> None:
        self._file = file or SharedFile(_SCHEMA)

    @classmethod
    def of_user(cls, within: Path | None = None) -> "Tickets":
        """The log that all processes of this user share; its place is the temporary directory if none is given."""
        return cls(SharedFile(_SCHEMA, lambda: file_of_user(_NAME, within)))

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def ask(self, family: str, limit: int, ticket: int, now: float) -> Verdict:
        """Take a ticket (0: none yet), or look whether it is its turn."""
        return self._file.run(lambda log: _ask(_Family(log, family, limit, now), ticket))

    def settle(self, family: str, limit: int, ticket: int, sent: float, now: float, answered: Answered) -> int:
        """Write down what came of a request that was sent at that moment; its ticket."""
        return self._file.run(lambda log: _settle(_Family(log, family, limit, now), ticket, sent, answered))

    def give_up(self, ticket: int) -> None:
        """Wait with a ticket no longer."""
        self._file.run(lambda log: log.execute("DELETE FROM tickets WHERE id = ?", (ticket,)))


class _Family:
    """What the log has of one family at a moment, within a transaction."""

    def __init__(self, log: "sqlite3.Connection", name: str, limit: int, now: float) -> None:
        self.log, self.name, self.limit, self.now = log, name, limit, now
        log.execute("DELETE FROM tickets WHERE ends <= ? OR ends > ?", (now - YIELDED_SECONDS, now + _LONGEST_SECONDS))
        row = log.execute("SELECT * FROM shares WHERE family = ?", (name,)).fetchone()
        self.share = Share(*row[1:]).as_of(now) if row else Share()

    def count(self, states: str, *, before: int = 1 << 62, since: float | None = None) -> int:
        """How many tickets are in such a state, with numbers before this one, and count at that moment."""
        found = self.log.execute(
            f"SELECT count(*) FROM tickets WHERE family = ? AND state {states} AND ends > ? AND id < ?",  # noqa: S608
            (self.name, self.now if since is None else since, before),
        )
        return int(found.fetchone()[0])

    def room_in(self, more: int, room: int, since: float) -> float:
        """The seconds until so many more than are wanted fit into this room; none where they do."""
        over = self.count(f"> {_WAITS}", since=since) + more - room
        if over < 0:
            return 0.0
        ends = self.log.execute(
            f"SELECT ends FROM tickets WHERE family = ? AND state > {_WAITS} AND ends > ? ORDER BY ends "  # noqa: S608
            "LIMIT 1 OFFSET ?",
            (self.name, since, over),
        ).fetchone()
        return float(ends[0]) - since if ends else _SOON_SECONDS

    def put(self, ticket: int, state: int, seconds: float) -> int:
        row = (ticket or None, self.name, state, self.now + seconds)
        return self.log.execute("INSERT OR REPLACE INTO tickets VALUES (?, ?, ?, ?)", row).lastrowid or 0

    def learn(self, share: Share) -> None:
        if share != self.share:
            self.share = share
            self.log.execute(
                "INSERT OR REPLACE INTO shares VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (self.name, *astuple(share))
            )


def _ask(family: _Family, ticket: int) -> Verdict:
    ahead = family.count(f"= {_WAITS}", before=ticket or 1 << 62)
    pause = _pause(family, ahead)
    if pause:
        share = family.share.now(family.limit, family.now)
        ticket = family.put(ticket, _WAITS, _WAITER_SECONDS)
        return Verdict(ticket, pause, ahead, family.count(f"= {_WAITS}"), share, family.share.refusals > 0)
    family.learn(family.share.sent(family.now))
    return Verdict(family.put(ticket, _FLIES, _FLIGHT_SECONDS + WINDOW_SECONDS))


def _pause(family: _Family, ahead: int) -> float:
    """Nothing where a request with so many before it may go; else the seconds until it may be its turn."""
    share, now = family.share, family.now
    if now < share.holds:
        return share.holds - now
    if share.refusals and ahead:  # the first one asks, the others hear of it
        return _SOON_SECONDS
    if ahead >= share.quota_now(now):
        return share.quota_ends - now
    most = share.now(family.limit, now)
    at_once = family.room_in(ahead, most - most // YIELDED_PART, now)
    return at_once and min(at_once, family.room_in(ahead, most, now - YIELDED_SECONDS))


def _settle(family: _Family, ticket: int, sent: float, answered: Answered) -> int:
    now, share = family.now, family.share
    if not answered.is_refusal:
        ticket = family.put(ticket, _LANDED, WINDOW_SECONDS)
        share = share.accept(sent)
    else:
        ticket = family.put(ticket, _WAITS, _WAITER_SECONDS)  # where it waited before
        if share.counts_refusal(sent):
            jitter = random.uniform(0.5, 1)  # noqa: S311  # spreads load, hides nothing
            granted = family.count(f"= {_LANDED}")
            share = share.refuse(family.limit, granted, now, jitter=jitter, asked=answered.asked)
    if answered.limit is not None or answered.left is not None:
        flying = family.count(f"= {_FLIES}")
        share = share.announce(answered.limit, answered.left, answered.resets, flying, now)
    family.learn(share)
    return ticket
