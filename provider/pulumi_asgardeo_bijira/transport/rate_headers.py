"""What an answer says of the platform's limit, in any of the ways that are in use.

429, Retry-After: 30                                    come back in so many seconds, or at a date
X-RateLimit-Limit, -Remaining, -Reset                   seconds, or a moment since 1970
RateLimit-Limit, -Remaining, -Reset                     the same without X
RateLimit: "default";r=50;t=30                          with RateLimit-Policy: "default";q=100;w=60
RateLimit: limit=100, remaining=50, reset=30            its predecessor
"""

import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from .tickets import Answered

if TYPE_CHECKING:
    import httpx


__all__ = ("HEADERS", "answered", "retry_after")

_FIELDS = ("limit", "remaining", "reset")
#: Everything that is read here, for whoever leaves out what is not read.
HEADERS = frozenset(
    {b"retry-after", b"ratelimit", b"ratelimit-policy"}
    | {f"{prefix}ratelimit-{field}".encode() for prefix in ("x-", "") for field in _FIELDS}
)
#: The parameters of the combined headers, under the names of their predecessors.
_SHORT = {"q": "limit", "r": "remaining", "t": "reset"}
#: Seconds beyond this are a moment since 1970.
_MOMENT = 1_000_000


def answered(response: "httpx.Response | None") -> Answered:
    """What is said; of no answer, nothing."""
    if response is None:
        return Answered()
    refused = response.status_code == 429
    found = _fields(response.headers)
    resets = found.get("reset", 0)
    return Answered(
        is_refusal=refused,
        asked=retry_after(response.headers.get("Retry-After", "")) if refused else None,
        limit=found.get("limit"),
        left=found.get("remaining"),
        resets=max(0.0, resets - time.time()) if resets > _MOMENT else float(resets),
    )


def retry_after(header: str) -> float | None:
    """The seconds that a platform asks for, as a number or as a moment; None where nobody understands it."""
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", header):
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError, IndexError, OSError):
        return None


def _fields(headers: "httpx.Headers") -> dict[str, int]:
    """Limit, rest and seconds; what is no number counts as not said."""
    combined = ";".join(headers.get(name, "") for name in ("RateLimit-Policy", "RateLimit"))
    found = {
        _SHORT.get(name, name): int(number)
        for name, number in re.findall(r"\b(q|r|t|limit|remaining|reset)=([0-9]{1,12})\b", combined)
    }
    for field in _FIELDS:
        for prefix in ("RateLimit-", "X-RateLimit-"):
            number = re.match(r"\s*([0-9]{1,12})\s*($|[,;])", headers.get(f"{prefix}{field}", ""))
            if number:
                found[field] = int(number[1])
    return found
