"""How a platform says no, read in one place for all of them.

Asgardeo answers `{"code": "APP-60006", "message", "description", "traceId"}`, API Manager `{"code": 901409, "message",
"description"}`, its gateways `{"error_message", "code", "error_description"}`, token endpoints `{"error",
"error_description"}`, and whatever stands in front of any of them may answer without JSON at all.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

__all__ = ("Dialect", "Refusal", "quoted", "read_refusal")


@dataclass(frozen=True)
class Refusal:
    """What a platform's error body says."""

    status: int
    code: str = ""
    text: str = ""
    trace_id: str = ""
    is_json: bool = True

    def __str__(self) -> str:
        parts = [str(self.status), self.code if self.code != str(self.status) else "", self.text]
        trace = f"(trace id {self.trace_id})" if self.trace_id else ""
        return " ".join(part for part in (*parts, trace) if part)


def _first(body: dict[str, Any], *keys: str) -> str:
    return next((str(body[key]) for key in keys if body.get(key)), "")


def quoted(text: str, redact: Callable[[str], str]) -> str:
    """The beginning of what is no error of the API's; blanked first, since half a secret is most of one."""
    return redact(text)[:80]


def read_refusal(response: httpx.Response, redact: Callable[[str], str]) -> Refusal:
    """The error in any of the shapes that the platforms and their gateways use."""
    try:
        body = json.loads(response.content)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        start = quoted(response.text, redact) if response.content else "without a body"
        return Refusal(response.status_code, text=start, is_json=False)
    errors = [e["message"] for e in body.get("errors") or [] if isinstance(e, dict) and e.get("message")]
    text = _first(body, "description", "error_description", "detail", "message", "error_message")
    return Refusal(
        status=response.status_code,
        code=_first(body, "code", "error", "scimType"),
        text="; ".join(str(e) for e in errors) or text,
        trace_id=_first(body, "traceId") or response.headers.get("X-Trace-Key", ""),
    )


def _no_advice(_: Refusal, __: str) -> str:
    return ""


@dataclass(frozen=True)
class Dialect:
    """One platform's name and the meaning of its errors."""

    name: str
    is_not_found: Callable[[Refusal], bool] = field(default=lambda refusal: refusal.status == 404)
    #: What the user can do about a refusal of a request that needs the scope (second argument).
    advice: Callable[[Refusal, str], str] = field(default=_no_advice)
