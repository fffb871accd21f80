"""A request as it is sent, an answer as it is compared, and what of an answer cannot be the same twice."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

__all__ = ("BASE", "BOUNDARY", "Answer", "Call", "multipart", "new_ids", "timeless", "wordless")

BASE = "/api-portal/api/v0.9"
BOUNDARY = "multipart/form-data; boundary=boundary"

_SECONDS, _MILLISECONDS = r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
_TIME = re.compile(f"(?P<seconds>{_SECONDS})|(?P<milliseconds>{_MILLISECONDS})")
#: What a parser says of a text that it cannot read.
_OF_A_PARSER = re.compile(r"(Invalid [A-Za-z ]*(?:YAML|JSON)[a-z ]*:) .*", re.DOTALL)
_SECRET = re.compile(r"[0-9a-f]{64}|(?<![\w-])[\w-]{43}(?![\w-])")


@dataclass(frozen=True)
class Call:
    """A request below the base path; `operation` is what it is meant for, `caller` who sends it."""

    operation: str
    caller: str
    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None

    def __str__(self) -> str:
        headers = "".join(f" {name}: {value[:100]}" for name, value in self.headers.items())
        address = f"{self.path}?{self.query}" if self.query else self.path
        shown = "" if self.body is None else f"\n{self.body.decode('utf-8', 'backslashreplace')[:600]}"
        return f"{self.method} {address} by {self.caller}{headers}{shown}"

    def __len__(self) -> int:
        return len(self.path) + len(self.query) + len(self.body or b"")


@dataclass(frozen=True)
class Answer:
    """Status, content type, whether there was a tag, and the body: JSON, else text; nothing of a page for people."""

    status: int
    kind: str
    tagged: bool
    body: Any

    @classmethod
    def of(cls, status: int, headers: dict[str, str], body: bytes) -> Answer:
        """From what came over the wire; the names of headers are in small letters."""
        kind = headers.get("content-type", "")
        text = body.decode("utf-8", "replace")
        shown: Any = text
        if kind.startswith("application/json") and body:
            shown = json.loads(text)
        elif "<html" in text:
            shown = "(a page)"
        return cls(status, kind, "etag" in headers, shown)


def multipart(form: dict[str, Any]) -> bytes:
    """A form with `BOUNDARY`: a text is a field, a `{filename, type, content}` a file."""
    parts = []
    for name, value in form.items():
        is_plain = isinstance(value, str)
        more = "" if is_plain else f'; filename="{value["filename"]}"\r\nContent-Type: {value["type"]}'
        content = value if is_plain else value["content"]
        parts.append(f'--boundary\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{content}\r\n')
    return ("".join(parts) + "--boundary--\r\n").encode()


def new_ids(answer: Any, seen: set[str]) -> list[str]:
    """The ids in an answer that the server made up for it."""
    if not isinstance(answer, dict):
        return []
    found = [str(answer[key]) for key in ("id", "keyMappingId", "subscriptionId") if key in answer]
    new = [one for one in found if one not in seen and _is_uuid(one)]
    seen.update(new)
    return new


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def wordless(value: Any) -> Any:
    """A body without what a parser says of a text that it cannot read, for each has words of its own."""
    if isinstance(value, str):
        return _OF_A_PARSER.sub(r"\1 (why)", value)
    if isinstance(value, dict):
        return {key: wordless(item) for key, item in value.items()}
    return [wordless(item) for item in value] if isinstance(value, list) else value


def timeless(value: Any) -> Any:
    """A body with its times and tokens replaced by their form."""
    if isinstance(value, str):
        return _SECRET.sub("(a token)", _TIME.sub(lambda found: f"(a time in {found.lastgroup})", value))
    if isinstance(value, dict):
        return {key: "(an id)" if key == "tracking_id" else timeless(item) for key, item in value.items()}
    return [timeless(item) for item in value] if isinstance(value, list) else value
