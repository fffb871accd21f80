"""The parts of a form, read as strictly as the server's own parser does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ("BadForm", "Part", "parts_of")

_WORD = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_VALUE = r"(?:[\t\x20-\x7e\x80-\xff]|\r\n[ \t])*"
_HEADER = re.compile(rf"({_WORD}):[ \t]*({_VALUE})\r\n")
_PARAMETER = re.compile(rf"[ \t]*;[ \t]*({_WORD})=(?:\"((?:[^\"\\]|\\.)*)\"|({_WORD}))")
_DISPOSITION = re.compile(rf"form-data((?:{_PARAMETER.pattern})*)[ \t]*", re.IGNORECASE)


class BadForm(ValueError):
    """A form that ends too soon, or of which a part does not say rightly what it is."""


@dataclass(frozen=True)
class Part:
    """A field, or a file where it says so; a file has a name of its own, which may be empty."""

    name: str
    content: bytes
    file: str | None


def parts_of(body: bytes, boundary: str) -> Iterator[Part]:
    """The parts, but for those that are of no form."""
    _, *segments = (b"\r\n" + body).split(f"\r\n--{boundary}".encode())
    for segment in segments:
        if segment.startswith(b"--"):
            return
        if segment.startswith(b"\r\n"):
            part = _part(segment[2:])
            if part is not None:
                yield part
    raise BadForm("Unexpected end of form")


def _part(segment: bytes) -> Part | None:
    text, headers, end = segment.decode("latin-1"), dict[str, str](), 0
    while found := _HEADER.match(text, end):
        headers.setdefault(found[1].lower(), found[2])
        end = found.end()
    if not headers or not text.startswith("\r\n", end):
        raise BadForm("Malformed part header")
    disposition = _DISPOSITION.fullmatch(headers.get("content-disposition", ""))
    if disposition is None:
        return None
    pairs = _PARAMETER.findall(disposition[1])
    given = {name: re.sub(r"\\(.)", r"\1", quoted) or plain for name, quoted, plain in pairs}
    file = given.get("filename") or None
    is_file = file is not None or headers.get("content-type", "").lower().startswith("application/octet-stream")
    name = given.get("name", "").encode("latin-1").decode("utf-8", "replace")
    base = re.split(r"[\\/]", file or "")[-1]
    return Part(name, segment[end + 2 :], ("" if base in (".", "..") else base) if is_file else None)
