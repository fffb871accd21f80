"""Which failures are tried again, and how long to wait.

| cause | verbs |
|---|---|
| the connection failed before anything was sent | all, up to six times |
| the connection was refused, or there is no such host | all, once and at once |
| 429, with or without Retry-After | all |
| the answer was lost (time-out, reset); 502, 503, 504 | GET, PUT, DELETE |
| 500 | GET |

Waits are full jitter up to 20 seconds, or what Retry-After asks for. A wait that would end after the
operation's deadline is not begun: the failure that asked for it is raised at once.
"""

import logging
import re
import socket
import time
from email.utils import parsedate_to_datetime

import httpx
from httpx_retries import Retry

from .deadline import Clock, remaining
from .problems import DeadlineExceeded

__all__ = ("Patience",)

_log = logging.getLogger("pulumi_asgardeo_bijira")

_NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
#: A host that cannot be reached so often is a wrong address more likely than a hiccup.
_CONNECTION_ATTEMPTS = 6
#: Nobody listens there, or there is no such host: waiting makes it no better, a moment's restart apart.
_REFUSED_ATTEMPTS = 1
_REFUSED_SECONDS = 0.3
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
        if isinstance(exception, httpx.LocalProtocolError):
            return False
        if isinstance(exception, httpx.ConnectError) and "CERTIFICATE_VERIFY_FAILED" in str(exception):
            return False
        if _is_refused(exception):
            return self.attempts_made < _REFUSED_ATTEMPTS
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
        if _is_refused(response):
            wait = min(wait, _REFUSED_SECONDS)
        left = remaining(self._clock)
        if wait >= left:
            if isinstance(response, Exception):
                raise response
            raise DeadlineExceeded(
                f"gave up after {self.attempts_made} attempts ({response.status_code}): the next try would be in "
                f"{wait:.0f} s and this operation has {max(left, 0):.0f} s left",
                subject=self._subject,
                action="Run it again later",
            )
        reason = type(response).__name__ if isinstance(response, Exception) else response.status_code
        _log.info("%s: %s, trying again in %.1f s", self._subject, reason, wait)
        self._clock.sleep(wait)

    def _asked(self, response: httpx.Response | Exception) -> float | None:
        """The seconds that a platform asks for, as a number or as a moment; None where nobody understands it."""
        header = response.headers.get("Retry-After", "") if isinstance(response, httpx.Response) else ""
        if re.fullmatch(r"\s*[0-9]{1,9}\s*", header):
            return float(header)
        try:
            moment = parsedate_to_datetime(header)
            return max(0.0, moment.timestamp() - time.time())
        except (TypeError, ValueError, OverflowError, IndexError, OSError):
            return None


def _is_refused(failure: object) -> bool:
    """Whether nobody listens at the address, or no host has that name."""
    while isinstance(failure, BaseException):
        if isinstance(failure, ConnectionRefusedError):
            return True
        if isinstance(failure, socket.gaierror):
            return failure.errno == socket.EAI_NONAME
        failure = failure.__cause__ or failure.__context__
    return False
