"""What a connection sends again, when, and how long is waited for it.

A connection repeats a request by the `RetryPolicy` of its kind (`send_until_settled`). Above it, `attempts` asks again
until what was written can be seen; how long that may take is named here too, each with its reason. Waiting for a turn,
also after a 429, is in budget.py.
"""

import logging
import random
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from .cancellation import CANCELLATION
from .deadline import Clock, pause, remaining
from .problems import Cancelled, DeadlineExceeded
from .rate_headers import retry_after

if TYPE_CHECKING:
    import httpx

__all__ = (
    "CREATION_FOUND",
    "KEY_MANAGER_LOADED",
    "OIDC_VISIBLE",
    "READ",
    "REPEATABLE_WRITE",
    "SECRET_ROTATED",
    "SIGN_IN",
    "WRITE",
    "RetryPolicy",
    "attempts",
    "is_untrusted",
    "policy_of",
    "send_until_settled",
)

_log = logging.getLogger("pulumi_asgardeo_bijira")

#: Seconds between looking for what a lost answer may have made: a reader may be behind the writer.
CREATION_FOUND = (0.5, 1, 2, 4)
#: Between reading an OIDC part that was written a moment ago, from a server that may not know of it yet.
OIDC_VISIBLE = (0.5, 1, 2, 4, 8)
#: Between reading a secret whose rotation lost its answer; sent again only where it turns out not to be carried out.
SECRET_ROTATED = (0.5, 1, 2)
#: Between mapping under a key manager that its server has not loaded yet: a minute and a half in all.
KEY_MANAGER_LOADED = (1, 2, 4, 8, 15, 30, 30)

_FIRST_SECONDS, _LONGEST_SECONDS = 0.5, 20.0
#: A host that cannot be reached so often is a wrong address more likely than a hiccup.
_CONNECTIONS = 6
#: Nobody listens there, or there is no such host: waiting makes it no better, a moment's restart apart.
_RESTART_SECONDS = 0.3


@dataclass(frozen=True)
class RetryPolicy:
    """Which failures of one kind of request are tried again, and after how long. It promises:

    | cause | what is sent again |
    |---|---|
    | the connection was refused, or there is no such host | everything, once and at once; signing in never |
    | the connection failed otherwise before anything was sent | everything, up to six times |
    | 429, with or without Retry-After | everything |
    | the answer was lost (time-out, reset); 502, 503, 504 | what can be repeated: GET, PUT, DELETE |
    | 500 | what only reads: GET |

    Nothing is repeated where a certificate is not trusted, or where the request itself cannot be written. A wait is any
    time up to one second, doubled with each attempt up to 20 (full jitter), or what Retry-After asks for, be it seconds
    or a date. A wait that would end after the operation's deadline is not begun: the failure is raised at once.
    """

    reads: bool = False
    repeatable: bool = False
    refused_connections: int = 1

    def repeats(self, outcome: "httpx.Response | httpx.TransportError", attempt: int) -> bool:
        """Whether an attempt, counted from one, is followed by another."""
        import httpx

        if isinstance(outcome, httpx.Response):
            status = outcome.status_code
            return status == 429 or (status in (502, 503, 504) and self.repeatable) or (status == 500 and self.reads)
        if isinstance(outcome, httpx.LocalProtocolError) or is_untrusted(outcome):
            return False
        if _is_refused(outcome):
            return attempt <= self.refused_connections
        if isinstance(outcome, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
            return attempt <= _CONNECTIONS
        return self.repeatable

    def wait(self, outcome: "httpx.Response | httpx.TransportError", attempt: int) -> float:
        """The seconds before the next attempt; none after a 429, for that waits in the queue."""
        if not isinstance(outcome, Exception):
            if outcome.status_code == 429:
                return 0.0
            asked = retry_after(outcome.headers.get("Retry-After", ""))
            if asked is not None:
                return asked
        elif _is_refused(outcome):
            return random.uniform(0, _RESTART_SECONDS)  # noqa: S311  # spreads load, hides nothing
        return random.uniform(0, min(_FIRST_SECONDS * 2**attempt, _LONGEST_SECONDS))  # noqa: S311  # the same


READ = RetryPolicy(reads=True, repeatable=True)
#: Whatever can be sent twice and does the same as once.
REPEATABLE_WRITE = RetryPolicy(repeatable=True)
WRITE = RetryPolicy()
#: A sign-in makes nothing. Somebody waits for it, and a refused connection is a wrong address.
SIGN_IN = RetryPolicy(reads=True, repeatable=True, refused_connections=0)


def policy_of(method: str) -> RetryPolicy:
    """The policy of a verb, where nobody knows better."""
    return {"GET": READ, "HEAD": READ, "PUT": REPEATABLE_WRITE, "DELETE": REPEATABLE_WRITE}.get(method, WRITE)


def send_until_settled(
    send: Callable[[], "httpx.Response"], policy: RetryPolicy, *, subject: str, clock: Clock
) -> "httpx.Response":
    """Send, and again as the policy says; `subject` names the request. Every attempt of every request comes by here."""
    import httpx

    for attempt in count(1):
        outcome: httpx.Response | httpx.TransportError
        try:
            outcome = send()
        except httpx.TransportError as failure:
            outcome = failure
        if not policy.repeats(outcome, attempt):
            break
        reason = outcome.status_code if isinstance(outcome, httpx.Response) else type(outcome).__name__
        if CANCELLATION.has_begun and isinstance(outcome, httpx.Response):
            cause = f"answered {reason}, and not sent again, since the run was cancelled"
            raise Cancelled(cause, subject=subject, action="Run it again")
        if CANCELLATION.has_begun:
            break
        wait, left = policy.wait(outcome, attempt), remaining(clock)
        if wait < left:
            when = f"in {wait:.1f} s" if wait else "when it is its turn"
            _log.info("%s: %s, trying again %s", subject, reason, when)
            pause(wait, clock, subject)
        elif isinstance(outcome, httpx.Response):
            raise DeadlineExceeded(
                f"gave up after {attempt} attempts ({reason}): the next try would be in {wait:.0f} s and this "
                f"operation has {max(left, 0):.0f} s left",
                subject=subject,
                action="Run it again later",
            )
        else:
            break
    if isinstance(outcome, httpx.TransportError):
        raise outcome
    return outcome


def attempts(pauses: Iterable[float], clock: Clock) -> Iterator[None]:
    """One attempt, and another after each pause while the operation has the time; the loop's end is giving up."""
    yield
    for seconds in pauses:
        CANCELLATION.refuse_to_wait("The operation")
        if remaining(clock) <= seconds:
            return
        pause(seconds, clock)
        yield


def is_untrusted(failure: BaseException) -> bool:
    """Whether the other side's certificate is not trusted."""
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(failure))


def _is_refused(failure: BaseException) -> bool:
    """Whether nobody listens at the address, or no host has that name."""
    return any(
        isinstance(cause, ConnectionRefusedError)
        or (isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME)
        for cause in _causes(failure)
    )


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    """A failure and what led to it; httpx raises its own over what the machine said."""
    while failure is not None:
        yield failure
        failure = failure.__cause__ or failure.__context__
