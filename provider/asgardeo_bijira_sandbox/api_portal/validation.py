"""What the validator in front of the handlers asks of queries and bodies. The first thing that is wrong is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from .exceptions import Refused, Reply, invalid

__all__ = ("PAGING", "Field", "Schema", "check_query")

PAGING = ("limit", "offset")
_RESERVED = re.compile(r"[:/?#\[\]@!$&'()*+,;=]")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"\\^`{|}]+")
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "object": (dict,),
    "array": (list,),
}
_LIMITS: dict[str, tuple[int, int | None, int]] = {"limit": (1, 100, 20), "offset": (0, None, 0)}


@dataclass(frozen=True)
class Field:
    """A property of a body."""

    type: str = "string"
    allowed: tuple[str, ...] = ()
    uri: bool = False
    items: Schema | Field | None = None

    def check(self, value: Any, path: str) -> None:
        """Refuse what is not of this kind."""
        expected, is_boolean = _TYPES[self.type], isinstance(value, bool)
        if not isinstance(value, expected) or (is_boolean and bool not in expected):
            raise _wrong(path, f"must be {self.type}", "type")
        if self.allowed and value not in self.allowed:
            raise _wrong(path, f"must be equal to one of the allowed values: {', '.join(self.allowed)}", "enum")
        if self.uri and not _URI.fullmatch(str(value)):
            raise _wrong(path, 'must match format "uri"', "format")
        if self.items and isinstance(value, list):
            for index, item in enumerate(value):
                self.items.check(item, f"{path}/{index}")


@dataclass(frozen=True)
class Schema:
    """A body: its properties, which of them must be there, whether others may be, whether several come at once."""

    fields: dict[str, Field] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    closed: bool = False
    or_list: bool = False

    def check(self, body: Any, path: str = "/body") -> None:
        """Refuse a body that is not like this."""
        if not self.or_list:
            self._check_one(body, path)
            return
        if isinstance(body, list):
            return
        try:
            self._check_one(body, path)
        except Refused as refusal:
            raise _neither(refusal.reply) from None

    def _check_one(self, body: Any, path: str) -> None:
        if not isinstance(body, dict):
            raise _wrong(path, "must be object", "type")
        for name in self.required:
            if name not in body:
                text = f"must have required property '{name}'"
                raise invalid(f"{path}/{name}", text, "required", subject=f"request{path} ")
        for name in body:
            if self.closed and name not in self.fields:
                text = "must NOT have additional properties"
                raise invalid(f"{path}/{name}", text, "additionalProperties", subject=f"request{path} ")
        for name, wanted in self.fields.items():
            if name in body:
                wanted.check(body[name], f"{path}/{name}")


def _wrong(path: str, text: str, code: str) -> Refused:
    return invalid(path, text, code, subject=f"request{path} ")


def _neither(first: Reply) -> Refused:
    """Neither one object nor a list of them."""
    others = (("must be array", "type"), ("must match exactly one schema in oneOf", "oneOf"))
    message = ", ".join([first.json["message"], *(f"request/body {text}" for text, _ in others)])
    errors = [
        *first.json["errors"],
        *({"path": "/body", "message": text, "errorCode": f"{code}.openapi.validation"} for text, code in others),
    ]
    return Refused(Reply(400, {"code": 400, "message": message, "errors": errors}))


def check_query(raw: str, known: tuple[str, ...]) -> dict[str, str | int]:
    """The query's parameters, with the defaults of those that have one. A blank must be `%20`."""
    given: dict[str, list[str]] = {}
    for pair in raw.split("&") if raw else []:
        name, _, value = pair.partition("=")
        given.setdefault(unquote(name), []).append(value)
    for name in known:
        if any(_RESERVED.search(value) for value in given.get(name, [])):
            text = f"Parameter '{name}' must be url encoded. Its value may not contain reserved characters."
            raise invalid(f"/query/{name}", text)
    for name, values in given.items():
        if name not in known:
            raise invalid(f"/query/{name}", f"Unknown query parameter '{name}'")
        if "" in values:
            raise invalid(f"/query/{name}", f"Empty value found for query parameter '{name}'")
    found: dict[str, str | int] = {}
    for name in known:
        if name in _LIMITS:
            found[name] = _number(name, given.get(name))
        elif name in given:
            found[name] = unquote(given[name][-1])
    return found


def _number(name: str, values: list[str] | None) -> int:
    least, most, default = _LIMITS[name]
    if values is None:
        return default
    if len(values) > 1 or not re.fullmatch(r"[+-]?\d+", values[0]):
        raise _wrong(f"/query/{name}", "must be integer", "type")
    number = int(float(values[0])) if len(values[0]) > 15 else int(values[0])
    if number < least:
        raise _wrong(f"/query/{name}", f"must be >= {least}", "minimum")
    if most is not None and number > most:
        raise _wrong(f"/query/{name}", f"must be <= {most}", "maximum")
    return number
