"""Values as the server's language writes them, and as its database keeps them.

The server hands what it was sent to columns of text without looking at its type. A number, a truth value or a document
then comes back as the text that the column made of it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from ..web.bodies import of_characters

__all__ = ("NoJson", "is_true", "json_of", "member", "number", "stored", "text_of", "weak_tag", "written")


class NoJson(ValueError):
    """A text that is not JSON."""


def number(text: str) -> int | float:
    """A number of JSON; the language has but one kind of it."""
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < 1e21 else value


def json_of(text: str) -> Any:
    """The value of a JSON text; raises `NoJson`."""
    try:
        return of_characters(json.loads(text, parse_float=number, parse_int=number, parse_constant=_refused))
    except (ValueError, RecursionError):
        raise NoJson from None


def is_true(value: Any) -> bool:
    """Whether the server's language takes a value for true: it does so with an empty list."""
    return isinstance(value, (dict, list)) or bool(value)


def member(value: Any, name: str) -> Any:
    """A member of a value, which may be no document at all."""
    return value.get(name) if isinstance(value, dict) else None


def text_of(value: Any) -> str:
    """A value where a text is made of it."""
    if isinstance(value, list):
        return ",".join("" if one is None else text_of(one) for one in value)
    if isinstance(value, dict):
        return "[object Object]"
    return value if isinstance(value, str) else _literal(value)


def stored(value: Any) -> str | None:
    """A value as a column of text keeps it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (dict, list)):
        return written(value)
    text = f"{float(value):.15g}"
    mantissa, exponent, power = text.partition("e")
    return f"{mantissa}{'' if '.' in mantissa else '.0'}{exponent}{power}"


def written(value: Any) -> str:
    """A value as JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def weak_tag(body: bytes) -> str:
    """The tag of a body."""
    digest = base64.b64encode(hashlib.sha1(body).digest()).decode()[:27]  # noqa: S324 - a tag, not a signature
    return f'W/"{len(body):x}-{digest}"'


def _literal(value: bool | float | None) -> str:
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _refused(text: str) -> Any:
    raise ValueError(text)
