"""What an address is known to get of a platform: the limit, what the platform has said of it, and what it refused.

Whoever else sends from behind the same address cannot be seen. A refusal (429) says that together they have used up the
window, and what was granted to this machine in it is then known to be its share. To send that many again is safe, each
when one of them is a minute old, for that is when the platform forgets it. Beyond it a share grows, at first hardly and
after half a minute without a refusal to the limit. Where no limit is known it doubles every few seconds instead.

Room for others is made in two ways. What becomes free of the last part of a share is left for some seconds, for those
to find who ask as often as that and have nothing. And whoever is refused while he has most of the limit leaves an
eighth of his share for a window. So shares come near each other, and one that is alone is back at the limit soon.
"""

from dataclasses import dataclass, replace

from .deadline import WAITING_SECONDS

__all__ = ("ANSWERED_SECONDS", "UNLIMITED", "WINDOW_SECONDS", "YIELDED_PART", "YIELDED_SECONDS", "Share")

#: The time for which platforms count.
WINDOW_SECONDS = 60.0
#: Limits of platforms that say none are assumed to be of this order, when they refuse.
_USUAL_LIMIT = 200
UNLIMITED = 1_000_000_000
#: Where there is no limit that a share could grow to, it doubles, and this often at most.
_DOUBLINGS = 20
#: What part of the limit is most of it, and what is kept of such a share.
_MOST, _KEPT = 5 / 8, 7 / 8
#: What part of the limit a share grows by at first, and after how many seconds.
_STEP, _STEP_SECONDS = 1 / 16, 5.0
#: What becomes free of this part of a share is left to others for so long: they ask as often as that.
YIELDED_PART, YIELDED_SECONDS = 16, 3.0
#: Between two questions whether the platform takes requests again, where it has not said when.
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 4.0
#: A question that is not answered within so many seconds is given up.
ANSWERED_SECONDS = 35.0


@dataclass(frozen=True)
class Share:
    """As it is kept; every change makes another one. Moments are those of the monotonic clock."""

    #: What was left of it at the last refusal; None while nothing was refused.
    left: float | None = None
    #: When that was, and from when on it grows.
    refused: float = 0.0
    grows: float = 0.0
    #: Refusals since the last request that was taken.
    refusals: int = 0
    #: Nothing is sent before this moment.
    holds: float = 0.0
    #: The limit that the platform announces, and how many more it says it takes until when.
    announced: int | None = None
    quota: int | None = None
    quota_ends: float = 0.0

    def as_of(self, now: float) -> "Share":
        """What still counts of it: nothing of before the machine was started anew, and with it the clock, and no limit
        that was not announced for long."""
        if max(self.refused, self.holds - WAITING_SECONDS, self.quota_ends - WAITING_SECONDS) > now + WINDOW_SECONDS:
            return Share()
        return replace(self, announced=None) if now > self.quota_ends + WAITING_SECONDS else self

    def limit(self, limit: int) -> int:
        """The requests of a window where the settings have this limit (0: none)."""
        return min(limit or UNLIMITED, self.announced or UNLIMITED)

    def now(self, limit: int, now: float) -> int:
        """The requests of a window that this machine takes for itself at a moment."""
        most = self.limit(limit)
        if self.left is None:
            return most
        steps = max(0.0, now - self.grows) / _STEP_SECONDS
        if most == UNLIMITED:
            return int(self.left * 2 ** min(steps, _DOUBLINGS))
        return min(most, int(self.left + self._step(limit) * steps * (1 + steps) / 2))

    def quota_now(self, now: float) -> int:
        """How many more requests the platform has said that it takes."""
        return self.quota if self.quota is not None and now < self.quota_ends else UNLIMITED

    def counts_refusal(self, sent: float) -> bool:
        """Whether a refusal tells something new: those of requests that were sent before the last one do not."""
        return sent >= self.refused

    def refuse(self, limit: int, granted: int, now: float, *, jitter: float, asked: float | None) -> "Share":
        """After a refusal, where so many requests of the window were granted; `asked` seconds are to be waited."""
        has_most = granted > self.limit(limit) * _MOST
        left = max(self._step(limit), granted * (_KEPT if has_most else 1))
        grows = now + (WINDOW_SECONDS if has_most else _STEP_SECONDS if self.limit(limit) < UNLIMITED else 0)
        share = replace(self, left=left, refused=now, grows=grows, refusals=0, holds=0.0)
        if asked is None and left <= granted:  # those that were granted have to be a minute old first
            return share
        pause = min(_FIRST_PAUSE * 2**self.refusals, _LONGEST_PAUSE)
        pause = pause * jitter if asked is None else asked + (pause * jitter if self.refusals else 0)
        return replace(share, refusals=self.refusals + 1, holds=now + pause)

    def sent(self, now: float) -> "Share":
        """After a request is sent; after a refusal it asks for the others whether the platform takes them again."""
        share = replace(self, holds=now + ANSWERED_SECONDS) if self.refusals else self
        return replace(share, quota=share.quota - 1) if share.quota and now < share.quota_ends else share

    def accept(self, sent: float) -> "Share":
        """After a request that was sent at this moment and taken."""
        return replace(self, refusals=0, holds=0.0) if self.refusals and sent >= self.refused else self

    def announce(self, limit: int | None, left: int | None, resets: float, flying: int, now: float) -> "Share":
        """After an answer that says how many requests the platform takes, and how many more until it counts anew.

        Whether it has counted those that are under way nobody knows, so they count as not counted yet. For what is too
        far nobody waits, so that holds nobody back.
        """
        if resets <= 0:
            return self
        announced = limit if limit and resets > 1 else self.announced
        quota = None if left is None or resets > WAITING_SECONDS else max(0, left - flying)
        return replace(self, announced=announced, quota=quota, quota_ends=now + min(resets, WAITING_SECONDS))

    def _step(self, limit: int) -> float:
        most = self.limit(limit)
        return max(1.0, _STEP * (_USUAL_LIMIT if most == UNLIMITED else most))
