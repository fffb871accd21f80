"""What the validator in front of the handlers asks of queries and bodies. Bodies have JSON schemas; the first violation
is reported, in the words of the server's own validator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from jsonschema import Draft202012Validator, FormatChecker

from .exceptions import invalid, invalid_parameter

if TYPE_CHECKING:
    from jsonschema import ValidationError

__all__ = ("PAGING", "Schema", "check", "check_query")

Schema = dict[str, Any]

PAGING = ("limit", "offset")
_LIMITS: dict[str, tuple[Schema, int]] = {
    "limit": ({"type": "integer", "minimum": 1, "maximum": 100}, 20),
    "offset": ({"type": "integer", "minimum": 0}, 0),
}
_MESSAGES = {
    "type": "must be {}",
    "required": "must have required property '{}'",
    "additionalProperties": "must NOT have additional properties",
    "enum": "must be equal to one of the allowed values: {}",
    "format": 'must match format "{}"',
    "minimum": "must be >= {}",
    "maximum": "must be <= {}",
    "oneOf": "must match exactly one schema in oneOf",
}
_RESERVED = re.compile(r"[:/?#\[\]@!$&'()*+,;=]")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"\\^`{|}]+")
_WORD, _HOST = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+", "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_EMAIL = re.compile(rf"{_WORD}(?:\.{_WORD})*@(?:{_HOST}\.)+{_HOST}", re.IGNORECASE)
_FORMATS = FormatChecker(())


@_FORMATS.checks("email")
def _is_email(value: object) -> bool:
    return not isinstance(value, str) or _EMAIL.fullmatch(value) is not None


@_FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or _URI.fullmatch(value) is not None


def check(value: Any, schema: Schema, where: str = "/body") -> None:
    """Refuse a value that violates its schema."""
    for error in Draft202012Validator(schema, format_checker=_FORMATS).iter_errors(value):
        raise invalid(*(_violation(one, where) for one in (*_alternatives(error), error)))


def _alternatives(error: ValidationError) -> list[ValidationError]:
    """Of each schema of which none fits, the first violation."""
    first: dict[object, ValidationError] = {}
    for one in error.context or ():
        first.setdefault(one.schema_path[0], one)
    return list(first.values())


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
        demanded = ", ".join(demanded)
    return subject, path, _MESSAGES[keyword].format(demanded), keyword


def check_query(raw: str, known: tuple[str, ...]) -> dict[str, str | int]:
    """The query's parameters, with the defaults of those that have one. A blank must be `%20`."""
    given: dict[str, list[str]] = {}
    for pair in raw.split("&") if raw else []:
        name, _, value = pair.partition("=")
        given.setdefault(unquote(name), []).append(value)
    for name in known:
        if any(_RESERVED.search(value) for value in given.get(name, [])):
            text = f"Parameter '{name}' must be url encoded. Its value may not contain reserved characters."
            raise invalid_parameter(name, text)
    for name, values in given.items():
        if name not in known:
            raise invalid_parameter(name, f"Unknown query parameter '{name}'")
        if "" in values:
            raise invalid_parameter(name, f"Empty value found for query parameter '{name}'")
    found: dict[str, str | int] = {}
    for name in known:
        if name in _LIMITS:
            found[name] = _number(name, given.get(name))
        elif name in given:
            found[name] = unquote(given[name][-1])
    return found


def _number(name: str, values: list[str] | None) -> int:
    schema, default = _LIMITS[name]
    if values is None:
        return default
    is_number = len(values) == 1 and re.fullmatch(r"[+-]?\d+", values[0])
    number = int(values[0] if len(values[0]) < 16 else float(values[0])) if is_number else None
    check(number, schema, f"/query/{name}")
    return number or 0
