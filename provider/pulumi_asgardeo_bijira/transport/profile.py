"""How a platform says no, read in one place for all of them.

Asgardeo answers `{"code": "APP-60006", "message", "description", "traceId"}`, and where it speaks SCIM `{"schemas",
"scimType", "detail"}`; API Manager `{"code": 901409, "message", "description"}`, its gateways `{"error_message",
"code", "error_description"}`, token endpoints `{"error", "error_description"}`, and whatever stands in front of any of
them may answer without JSON at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from .answers import Document, parsed, read, shown, text_of

if TYPE_CHECKING:
    import httpx


__all__ = ("Advice", "ApiProfile", "ErrorBody", "read_error_body")

_LONGEST_WORD = 100
_LONGEST_TEXT = 600
_LONGEST_QUOTE = 80


@dataclass(frozen=True)
class ErrorBody:
    """What a platform's error body says."""

    status: int
    code: str = ""
    text: str = ""
    trace_id: str = ""
    is_json: bool = True
    is_scim: bool = False


def _word(value: Any) -> str:
    """A code or a text, be it written as a number; anything else says nothing."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _messages(value: Any) -> list[str]:
    rows = value if isinstance(value, list) else []
    found = (_word(row.get("message")) for row in rows[:_LONGEST_WORD] if isinstance(row, dict))
    return [message for message in found if message]


_Word = Annotated[str, BeforeValidator(_word)]
_SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


def _is_scim(schemas: Any) -> bool:
    """Some builds write the list as a text."""
    return isinstance(schemas, list | str) and _SCIM_ERROR in schemas


class _ErrorDocument(Document):
    """All that any of them says, each part of it where it is legible."""

    code: _Word = ""
    error: _Word = ""
    schemas: Annotated[bool, BeforeValidator(_is_scim)] = False
    scim_type: _Word = ""
    description: _Word = ""
    error_description: Annotated[_Word, Field(alias="error_description")] = ""
    detail: _Word = ""
    message: _Word = ""
    error_message: Annotated[_Word, Field(alias="error_message")] = ""
    trace_id: _Word = ""
    errors: Annotated[list[str], BeforeValidator(_messages)] = []

    @property
    def word(self) -> str:
        """The code, if it is one."""
        return self.code or self.error or ("" if " " in self.scim_type else self.scim_type)

    @property
    def text(self) -> str:
        """What went wrong, in the platform's words."""
        if " " in self.scim_type:  # the server has put its words into the wrong place, and a stock phrase into theirs
            return f"{self.scim_type} ({self.detail})"
        said = (self.description, self.error_description, self.detail, self.message, self.error_message)
        return "; ".join(self.errors) or next(filter(None, said), "")


def read_error_body(response: "httpx.Response", redact: Callable[[str], str]) -> ErrorBody:
    """The error in any of the shapes that the platforms and their gateways use."""
    try:
        body = read(parsed(response.content), _ErrorDocument)
    except ValueError:
        start = shown(text_of(response), redact, _LONGEST_QUOTE) if response.content else "without a body"
        return ErrorBody(response.status_code, text=start, is_json=False)
    return ErrorBody(
        status=response.status_code,
        code=shown(body.word, redact, _LONGEST_WORD),
        text=shown(body.text, redact, _LONGEST_TEXT),
        trace_id=shown(body.trace_id or response.headers.get("X-Trace-Key", ""), redact, _LONGEST_WORD),
        is_scim=body.schemas,
    )


@dataclass(frozen=True)
class Advice:
    """What the user can do about an error: by its code, else by its status, else where the request is at fault."""

    by_code: Mapping[str, str] = field(default_factory=dict)
    by_status: Mapping[int, str] = field(default_factory=dict)
    otherwise: str = ""

    def __call__(self, refusal: ErrorBody, scope: str = "") -> str:
        """The advice; empty where there is none."""
        known = self.by_code.get(refusal.code) or self.by_status.get(refusal.status)
        return known or (self.otherwise if refusal.status < 500 else "")


@dataclass(frozen=True)
class ApiProfile:
    """One platform's name and what to do about its errors.

    Which of them means that there is no such object is said for each endpoint where it is called.
    """

    name: str
    #: What the user can do about a refusal of a request that needs the scope (second argument).
    advice: Callable[[ErrorBody, str], str] = field(default_factory=Advice)
