"""What the validator in front of the handlers asks of queries and bodies. Bodies have JSON schemas; the first violation
is reported, in the words of the server's own validator."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from jsonschema import Draft202012Validator, FormatChecker

from .exceptions import invalid, invalid_parameter
from .values import number as number_of
from .values import text_of

if TYPE_CHECKING:
    from jsonschema import ValidationError

__all__ = ("PAGING", "Schema", "check", "numeric", "parsed_query")

Schema = dict[str, Any]

PAGING = ("limit", "offset")
_TEXT: Schema = {"type": "string"}
_PARAMETERS: dict[str, Schema] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": 100},
    "offset": {"type": "integer", "minimum": 0},
}
_DEFAULTS = {"limit": 20, "offset": 0}
_MESSAGES = {
    "type": "must be {}",
    "required": "must have required property '{}'",
    "additionalProperties": "must NOT have additional properties",
    "enum": "must be equal to one of the allowed values: {}",
    "pattern": 'must match pattern "{}"',
    "format": 'must match format "{}"',
    "minimum": "must be >= {}",
    "maximum": "must be <= {}",
    "minItems": "must NOT have fewer than {} items",
    "oneOf": "must match exactly one schema in oneOf",
}
_RESERVED = re.compile(r"[:/?#\[\]@!$&'()*+,;=]")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]*")
_WORD, _HOST = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+", "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_EMAIL = re.compile(rf"{_WORD}(?:\.{_WORD})*@(?:{_HOST}\.)+{_HOST}", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[tT\s]\d\d:\d\d:\d\d(\.\d+)?([zZ]|[+-]\d\d(:?\d\d)?)")
_FORMATS = FormatChecker(())


@_FORMATS.checks("email")
def _is_email(value: object) -> bool:
    return not isinstance(value, str) or _EMAIL.fullmatch(value) is not None


@_FORMATS.checks("date-time")
def _is_time(value: object) -> bool:
    if not isinstance(value, str) or _TIME.fullmatch(value) is None:
        return not isinstance(value, str)
    try:
        datetime.fromisoformat(value.upper())
    except ValueError:
        return False
    return True


@_FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or _URI.fullmatch(value) is not None


def check(query: dict[str, Any], body: Any, schema: Schema | None) -> dict[str, str | int]:
    """The query's parameters. Refuse a query or a body that violates its schema, with the first violation of each."""
    found = {name: numeric(value) if name in _DEFAULTS else value for name, value in query.items()}
    found |= {name: _DEFAULTS[name] for name, value in found.items() if value == math.inf}
    wanted = {"properties": {name: _PARAMETERS.get(name, _TEXT) for name in found}}
    violations = [*_violations(found, wanted, "/query"), *(_violations(body, schema, "/body") if schema else ())]
    if violations:
        raise invalid(*violations)
    return {name: _whole(value) if name in _DEFAULTS else value for name, value in found.items()}


def numeric(value: Any) -> Any:
    """A whole number of the query, in any spelling that the server's language has for one; what is none, as it is."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value.strip()) is None:
        return value
    text = value.strip().lower()
    base = {"0x": 16, "0o": 8, "0b": 2}.get(text[:2])
    number = float(int(text[2:], base)) if base else float(text or 0)
    return number if number.is_integer() or math.isinf(number) else value


def _whole(number: float) -> int:
    """The digits that a number begins with where a text is made of it."""
    return int(text_of(number_of(repr(number))).partition("e")[0].partition(".")[0])


def _violations(value: Any, schema: Schema, where: str) -> list[tuple[str, str, str, str]]:
    """The first one, and for alternatives of which none fits that of each."""
    error = next(Draft202012Validator(schema, format_checker=_FORMATS).iter_errors(value), None)
    return [] if error is None else [_violation(one, where) for one in (*_alternatives(error), error)]


def _alternatives(error: ValidationError) -> list[ValidationError]:
    """Of each schema of which none fits, the first violation; and of a value of the wrong type that it is none of the
    allowed ones."""
    first: dict[object, ValidationError] = {}
    found = []
    for one in error.context or ():
        former = first.setdefault(one.schema_path[0], one)
        if one is former or (one.validator == "enum" and one.absolute_path == former.absolute_path):
            found.append(one)
    return found


def _violation(error: ValidationError, where: str) -> tuple[str, str, str, str]:
    """What is wrong with which value, the path to tell, the keyword."""
    keyword, subject = str(error.validator), "/".join((where, *map(str, error.absolute_path)))
    demanded: Any = error.validator_value
    schema: Any = error.schema
    instance: Any = error.instance
    path = subject
    if keyword == "required":
        demanded = next(name for name in demanded if name not in instance)
        path = f"{subject}/{demanded}"
    elif keyword == "additionalProperties":
        path = f"{subject}/{next(name for name in instance if name not in schema['properties'])}"
    elif keyword == "type" and isinstance(demanded, list):
        demanded = demanded[0]
    elif keyword == "enum":
        demanded = ", ".join(one or "" for one in demanded)
    message = _MESSAGES[keyword].format(demanded)
    return (
        subject,
        path,
        message,
        "x-eov-type" if schema.get("format") == "date-time" and keyword == "type" else keyword,
    )


def parsed_query(raw: str, known: tuple[str, ...]) -> dict[str, Any]:
    """The query's parameters as they were given, a list where one was repeated. A blank must be `%20`."""
    given: dict[str, list[str]] = {}
    for name, _, value in (pair.partition("=") for pair in raw.split("&") if pair):
        given.setdefault(name, []).append(value)
    for name in known:
        if any(_RESERVED.search(value.partition("=")[0]) for value in given.get(name, [])):
            text = f"Parameter '{name}' must be url encoded. Its value may not contain reserved characters."
            raise invalid_parameter(name, text)
    decoded = {_unquoted(name): [_unquoted(one) for one in values] for name, values in given.items()}
    plain = {name: values for name, values in decoded.items() if "[" not in name}
    nested = {name.partition("[")[0]: [*values, ""] for name, values in decoded.items() if "[" in name}
    for name, values in {**plain, **nested}.items():
        if name not in known:
            raise invalid_parameter(name, f"Unknown query parameter '{name}'")
        if values == [""]:
            raise invalid_parameter(name, f"Empty value found for query parameter '{name}'")
    found = {name: one[0] if len(one) == 1 else one for name, one in {**plain, **nested}.items()}
    return {name: found.get(name, _DEFAULTS.get(name)) for name in known if name in found or name in _DEFAULTS}


def _unquoted(text: str) -> str:
    return unquote(text.replace("+", " "))
