"""Bodies of requests as they arrive: JSON, forms, and files in forms."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, Never
from urllib.parse import parse_qsl

__all__ = ("File", "Malformed", "files_of", "form_of", "json_of", "of_characters")


#: How deep a document may be, as parsers have limits too.
_DEEPEST = 100
_HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")


class Malformed(ValueError):
    """A request body that is not JSON."""


@dataclass(frozen=True)
class File:
    """A part of a form that is a file."""

    name: str
    content: bytes
    media_type: str = ""

    @property
    def text(self) -> str:
        """Its text, as far as it is one."""
        return self.content.decode("utf-8", "replace")


def files_of(content_type: str, body: bytes) -> dict[str, File]:
    """The files of a multipart form, by the names of its fields; none of any other body."""
    header = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    form = BytesParser(policy=HTTP).parsebytes(header + body)
    found = {}
    for part in form.iter_parts() if form.is_multipart() else ():
        content = part.get_payload(decode=True)
        field = str(part.get_param("name", header="content-disposition"))
        found[field] = File(
            str(part.get_filename() or ""), content if isinstance(content, bytes) else b"", part.get_content_type()
        )
    return found


def json_of(body: bytes) -> Any:
    """The JSON of a request body, what is no character in it replaced; raises `Malformed`."""
    try:
        found = json.loads(body, parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError) as problem:
        raise Malformed(str(problem)) from None
    if _is_too_deep(found):
        raise Malformed(f"deeper than {_DEEPEST}")
    return of_characters(found)


def of_characters(value: Any) -> Any:
    """A value of JSON, of which each half of a pair that makes no character is replaced."""
    text = json.dumps(value, ensure_ascii=False)
    if _HALF_OF_A_PAIR.search(text) is None:
        return value
    return json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _no_number(text: str) -> Never:
    raise ValueError(f"{text} is no number")


def _finite(text: str) -> float:
    found = float(text)
    return found if math.isfinite(found) else _no_number(text)


def _is_too_deep(found: Any) -> bool:
    level = [found]
    for _ in range(_DEEPEST):
        level = [
            item
            for one in level
            if isinstance(one, dict | list)
            for item in (one.values() if isinstance(one, dict) else one)
        ]
    return bool(level)


def form_of(body: bytes) -> dict[str, list[str]]:
    """The fields of a form, each with all its values."""
    fields: dict[str, list[str]] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True):
        fields.setdefault(name, []).append(value)
    return fields
