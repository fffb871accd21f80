"""Which failures are tried again, and how long to wait.

| cause | verbs |
|---|---|
| the connection failed before anything was sent | all, up to six times |
| 429, with or without Retry-After | all |
| the answer was lost (time-out, reset); 502, 503, 504 | GET, PUT, DELETE |
| 500 | GET |

Waits are full jitter between 0.5 and 20 seconds, or what Retry-After asks for. A wait that would end after the
operation's deadline is not begun: the failure that asked for it is raised at once.
"""

import logging

import httpx
from httpx_retries import Retry

from .deadline import Clock, remaining
from .errors import DeadlineExceeded

__all__ = ("Patience",)

_log = logging.getLogger("pulumi_asgardeo_bijira")

_NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
#: A host that cannot be reached so often is a wrong address more likely than a hiccup.
_CONNECTION_ATTEMPTS = 6
_REPEATABLE = frozenset({"GET", "HEAD", "PUT", "DELETE"})


class Patience(Retry):
    """The retry policy of one request. It knows the verb, which the library's own policy forgets once it has begun."""

    def __init__(self, method: str, subject: str, clock: Clock) -> None:
        super().__init__(total=1000, backoff_factor=0.5, max_backoff_wait=20.0)
        self._method = method
        self._subject = subject
        self._clock = clock

    def is_retryable_method(self, method: str) -> bool:
        """Each, by the rules below; the verb that counts is the one that this policy was made for."""
        return True

    def is_retryable_status_code(self, status_code: int) -> bool:
        """429 for every verb, the passing server errors where repeating does no harm."""
        if status_code == 429:
            return True
        if status_code in (502, 503, 504):
            return self._method in _REPEATABLE
        return status_code == 500 and self._method == "GET"

    def is_retryable_exception(self, exception: Exception) -> bool:
        """What never left this machine is repeated for every verb, a lost answer only where that does no harm."""
        if isinstance(exception, httpx.ConnectError) and "CERTIFICATE_VERIFY_FAILED" in str(exception):
            return False
        if isinstance(exception, _NOTHING_SENT):
            return self.attempts_made < _CONNECTION_ATTEMPTS
        return self._method in _REPEATABLE and isinstance(exception, httpx.TransportError)

    def increment(self) -> "Patience":
        """One attempt more; a policy belongs to one request, so it may count in place."""
        self.attempts_made += 1
        return self

    def is_exhausted(self) -> bool:
        """When the operation's time is up."""
        return remaining(self._clock) <= 0

    def sleep(self, response: httpx.Response | Exception) -> None:
        """Wait as long as asked for, or say at once that there is no time for it."""
        asked = self._asked(response)
        wait = self.backoff_strategy() if asked is None else asked
        left = remaining(self._clock)
        if wait >= left:
            if isinstance(response, Exception):
                raise response
            raise DeadlineExceeded(
                f"{self._subject}: gave up after {self.attempts_made} attempts ({response.status_code}): the next try "
                f"would be in {wait:.0f} s and this operation has {max(left, 0):.0f} s left. Run it again later"
            )
        reason = type(response).__name__ if isinstance(response, Exception) else response.status_code
        _log.info("%s: %s, trying again in %.1f s", self._subject, reason, wait)
        self._clock.sleep(wait)

    def _asked(self, response: httpx.Response | Exception) -> float | None:
        if not isinstance(response, httpx.Response) or "Retry-After" not in response.headers:
            return None
        try:
            return self.parse_retry_after(response.headers["Retry-After"])
        except ValueError:
            return None
