"""Bodies as they arrive: JSON in several encodings, forms with files, YAML."""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass, field
from email.message import Message
from typing import TYPE_CHECKING, Any

from ..web.bodies import File
from .exceptions import error_page, unexpected, unhandled
from .multipart import BadForm, parts_of
from .values import NoJson, json_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.datastructures import Headers

__all__ = ("MOST", "Form", "parsed_form", "parsed_json")

#: Of a JSON body, and of a file.
MOST = 10 * 1024 * 1024
_MOST_OF_A_FIELD = 1024 * 1024
_WINDOWS = {"deflate": zlib.MAX_WBITS, "gzip": zlib.MAX_WBITS | 16}


_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_MEDIA_TYPE = re.compile(rf' *{_WORD}/{_WORD} *(?:; *{_WORD} *= *(?:"(?:[^"\\]|\\.)*"|{_WORD}) *)*')


@dataclass(frozen=True)
class Form:
    """A form: plain fields, of which one that comes twice has a list, and of each name the first file."""

    fields: dict[str, Any] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    repeated: set[str] = field(default_factory=set)

    @property
    def told(self) -> dict[str, Any]:
        """What the validator sees of it: of a file nothing but that it is there, or that there are several."""
        return {**self.fields, **{name: [""] if name in self.repeated else "" for name in self.files}}


def parsed_json(headers: Headers, body: bytes) -> Any:
    """The body of a request that says that it is JSON; None of any other. What cannot be read is answered by a page."""
    header = Message()
    header["Content-Type"] = headers.get("content-type", "")
    if "content-type" not in headers or header.get_content_type() != "application/json":
        return None
    if not body and "content-length" not in headers:
        return None
    if len(body) > MOST:
        raise error_page(413)
    encoding = headers.get("content-encoding", "identity").lower()
    text = _decoded(_inflated(encoding, body), header.get_content_charset() or "utf-8")
    if not text:
        return {}
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped[:1] not in ("{", "["):
        raise error_page(400)
    try:
        return json_of(stripped)
    except NoJson:
        raise error_page(400) from None


def _inflated(encoding: str, body: bytes) -> bytes:
    if encoding == "identity":
        return body
    if encoding not in ("gzip", "deflate", "br"):
        raise error_page(415)
    try:
        return b"".join(_members(body, _WINDOWS[encoding]))
    except (zlib.error, KeyError):
        raise error_page(400) from None


def _members(body: bytes, window: int) -> Iterator[bytes]:
    """What is compressed in it. A gzip may be several in a row, and zeros may follow; what follows a deflate does not
    count."""
    left, room = body, MOST
    while True:
        member = zlib.decompressobj(window)
        part = member.decompress(left, room + 1)
        room -= len(part)
        if room < 0:
            raise error_page(413)
        if not member.eof:
            raise error_page(400)
        yield part
        left = member.unused_data
        if window == _WINDOWS["deflate"] or left[:1] in (b"", b"\0"):
            return


def _decoded(body: bytes, charset: str) -> str:
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        raise error_page(415) from None
    if not charset.startswith("utf-"):
        raise error_page(415)
    return body.decode(name, "replace")


def parsed_form(content_type: str, body: bytes, path: str) -> Form:
    """A multipart form; it must say what stands between its parts, and must have an end. An odd type has nothing in
    it."""
    header = Message()
    header["Content-Type"] = content_type
    if _MEDIA_TYPE.fullmatch(content_type) is None or "multipart/form-data" not in content_type:
        return Form()
    boundary = header.get_boundary()
    if not boundary:
        raise unhandled(400, path, "multipart file(s) required")
    form = Form()
    try:
        for part in parts_of(body, boundary):
            if not part.name:
                raise unhandled(400, path, "Field name missing")
            if part.file is None and len(part.content) >= _MOST_OF_A_FIELD:
                raise unhandled(400, path, "Field value too long")
            if part.file is None:
                _add(form.fields, part.name, part.content.decode("utf-8", "replace"))
            elif part.file:
                file = File(part.file, part.content)
                if form.files.setdefault(part.name, file) is not file:
                    form.repeated.add(part.name)
    except BadForm:
        raise unexpected() from None
    if any(len(file.content) > MOST for file in form.files.values()):
        raise unhandled(413, path, "File too large")
    return form


def _add(fields: dict[str, Any], name: str, text: str) -> None:
    if name in fields:
        former = fields[name]
        fields[name] = [*(former if isinstance(former, list) else [former]), text]
    else:
        fields[name] = text
