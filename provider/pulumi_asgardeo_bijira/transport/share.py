"""What an address is known to get of a platform: the limit, what the platform has said of it, and what it refused.

Whoever else sends from behind the same address cannot be seen. A refusal (429) says that together they have used up the
window, and what was granted to this machine in it is then known to be its part. So from the next window on it takes a
little less than that, which leaves room for whoever has less, and grows back while nothing is refused. Two that do this
end near the half each; one alone is back at the limit soon.
"""

from dataclasses import dataclass, replace

__all__ = ("WINDOW_SECONDS", "Share")

#: The time for which platforms count.
WINDOW_SECONDS = 60.0
#: Limits of platforms that say none are assumed to be of this order, when they refuse.
_USUAL_LIMIT = 200
_UNLIMITED = 1_000_000_000
#: What is left of a share where the platform refuses, and what part of the limit comes back in how many seconds.
_KEPT, _STEP, _STEP_SECONDS = 7 / 8, 1 / 16, 10.0
#: Between two questions whether the platform takes requests again, where it has not said when.
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 10.0
#: A question that is not answered within so many seconds is given up.
_ANSWERED_SECONDS = 35.0


@dataclass(frozen=True)
class Share:
    """As it is kept; every change makes another one. Moments are those of the monotonic clock."""

    #: What was left of it at the last refusal; None while nothing was refused.
    left: float | None = None
    #: When that was.
    refused: float = 0.0
    #: Refusals since the last request that was taken.
    refusals: int = 0
    #: Nothing is sent before this moment.
    holds: float = 0.0
    #: The limit that the platform announces, and how many more it says it takes until when.
    announced: int | None = None
    quota: int | None = None
    quota_ends: float = 0.0

    def limit(self, limit: int) -> int:
        """The requests of a window where the settings have this limit (0: none)."""
        return min(limit or _UNLIMITED, self.announced or _UNLIMITED)

    def now(self, limit: int, now: float) -> int:
        """The requests of a window that this machine takes for itself at a moment."""
        most = self.limit(limit)
        if self.left is None:
            return most
        return min(most, int(self.left + self._step(limit) * (now - self.refused) / _STEP_SECONDS))

    def quota_now(self, now: float) -> int:
        """How many more requests the platform has said that it takes."""
        return self.quota if self.quota is not None and now < self.quota_ends else _UNLIMITED

    def counts_refusal(self, sent: float) -> bool:
        """Whether a refusal tells something new: those of requests that were sent before the last one do not."""
        return sent >= self.refused or not self.refusals

    def refuse(self, limit: int, granted: int, now: float, *, jitter: float, asked: float | None) -> "Share":
        """After a refusal, where so many requests of the window were granted; `asked` seconds are to be waited."""
        pause = min(_FIRST_PAUSE * 2**self.refusals, _LONGEST_PAUSE) * jitter if asked is None else asked
        left = max(self._step(limit), _KEPT * granted)
        return replace(self, left=left, refused=now, refusals=self.refusals + 1, holds=max(self.holds, now + pause))

    def sent(self, now: float) -> "Share":
        """After a request is sent; after a refusal it asks for the others whether the platform takes them again."""
        share = replace(self, holds=now + _ANSWERED_SECONDS) if self.refusals else self
        return replace(share, quota=share.quota - 1) if share.quota and now < share.quota_ends else share

    def accept(self, sent: float) -> "Share":
        """After a request that was sent at this moment and taken."""
        return replace(self, refusals=0, holds=0.0) if self.refusals and sent >= self.refused else self

    def announce(self, limit: int | None, left: int | None, resets: float, flying: int, now: float) -> "Share":
        """After an answer that says how many requests the platform takes, and how many more until it counts anew.

        Whether it has counted those that are under way nobody knows, so they count as not counted yet.
        """
        announced = limit if limit and resets > 1 else self.announced
        if left is None or resets <= 0:
            return replace(self, announced=announced)
        return replace(self, announced=announced, quota=max(0, left - flying), quota_ends=now + resets)

    def _step(self, limit: int) -> float:
        most = self.limit(limit)
        return max(1.0, _STEP * (_USUAL_LIMIT if most == _UNLIMITED else most))
