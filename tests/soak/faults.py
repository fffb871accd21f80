"""The faults that a soak strikes with, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from asgardeo_bijira_sandbox import Fault

__all__ = ("FAULTS", "Seen", "Struck", "struck")

#: What a client sees of a connection that is cut.
Seen = Literal["reset", "refused", "timeout"]


@dataclass(frozen=True)
class Struck:
    """A fault of the sandbox, and what the client sees of a cut connection."""

    fault: dict[str, Any]
    seen: Seen = "reset"


def _error(status: int, *, committed: bool = False, **more: Any) -> Struck:
    body = {"code": "SOAK", "message": "Fault", "description": "a fault of the soak"}
    return Struck({"kind": "fail", "status": status, "committed": committed, "body": body, **more})


FAULTS: dict[str, Struck] = {
    "refused": Struck({"kind": "reset"}, "refused"),
    "reset-before": Struck({"kind": "reset"}),
    "reset-after": Struck({"kind": "lose"}),
    "timeout-before": Struck({"kind": "reset"}, "timeout"),
    "timeout-after": Struck({"kind": "lose"}, "timeout"),
    "500-before": _error(500),
    "500-after": _error(500, committed=True),
    "502-before": _error(502),
    "502-after": _error(502, committed=True),
    "503-before": _error(503),
    "504-after": _error(504, committed=True),
    "429": _error(429),
    "401": _error(401),
    "403": _error(403),
    "404-of-a-gateway": _error(404, body={"message": "no Route matched with those values"}),
    "redirect": _error(302, body=None, headers={"Location": "https://login.example.com/"}),
    "html": Struck({"kind": "html"}),
    "half": Struck({"kind": "half"}),
    "empty": Struck({"kind": "body"}),
    "list": Struck({"kind": "body", "text": "[]"}),
    "null": Struck({"kind": "body", "text": "null"}),
    "object": Struck({"kind": "body", "text": "{}"}),
}


def struck(name: str, call: int, *, stays: bool) -> Fault:
    """The fault at the k-th request alone, or from there to the end of the run."""
    return Fault(after=call - 1, times=0 if stays else 1, **FAULTS[name].fault)
