"""The filter expressions of the two list endpoints: `attribute operator value`, joined; a value needs no quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .exceptions import api_resource_error

__all__ = ("OPERATORS", "BadFilter", "Condition", "alternatives", "conditions", "conditions_on_apis", "word_by_word")

OPERATORS = ("eq", "ne", "co", "sw", "ew")

#: Where the value stands behind attribute and operator.
_VALUE = 2
_CONDITION = re.compile(r"^\s*(\S+)\s+(\S+)(?:\s+(.*\S))?\s*$", re.DOTALL)


class BadFilter(ValueError):
    """A filter that cannot be read."""


@dataclass(frozen=True)
class Condition:
    """One comparison."""

    attribute: str
    operator: str
    value: str

    def holds(self, actual: str | None) -> bool:
        """Whether a value satisfies it."""
        if actual is None:
            return self.operator == "ne"
        return {
            "eq": actual == self.value,
            "ne": actual != self.value,
            "co": self.value in actual,
            "sw": actual.startswith(self.value),
            "ew": actual.endswith(self.value),
        }[self.operator]


def conditions(expression: str) -> list[Condition]:
    """The comparisons of an expression that are joined by `and`; one with `or` is not taken."""
    found = alternatives(expression, OPERATORS)
    if len(found) > 1:
        raise BadFilter(expression)
    return found[0]


def conditions_on_apis(expression: str | None, *attributes: str) -> list[Condition]:
    """What the API-resource component makes of a filter on these attributes; no filter, no conditions."""
    if not expression:
        return []
    try:
        wanted = conditions(expression)
    except BadFilter:
        raise api_resource_error(400, 60001, "Invalid filter format.") from None
    if any(condition.attribute not in attributes for condition in wanted):
        raise api_resource_error(400, 60007, "Invalid search attribute.")
    return wanted


def alternatives(expression: str, operators: tuple[str, ...]) -> list[list[Condition]]:
    """The comparisons of an expression: `and` binds closer than `or`."""
    return [
        [_condition(part, operators) for part in _split("and", alternative)] for alternative in _split("or", expression)
    ]


def word_by_word(expression: str, operators: tuple[str, ...]) -> list[list[Condition]]:
    """The comparisons as SCIM reads them: split at blanks, of which quotes keep none together. A joint counts within
    quotes too, unless it stands where a value does; quotes go from around a single word alone."""
    found: list[list[list[str]]] = [[[]]]
    for word in expression.split():
        words, joint = found[-1][-1], word.lower()
        if joint == "or" and len(words) != _VALUE:
            found.append([[]])
        elif joint == "and" and len(words) != _VALUE:
            found[-1].append([])
        else:
            words.append(_unquoted(word))
    return [[_comparison(words, operators) for words in alternative] for alternative in found]


def _comparison(words: list[str], operators: tuple[str, ...]) -> Condition:
    if len(words) < _VALUE or words[1].lower() not in operators:
        raise BadFilter(" ".join(words))
    return Condition(words[0], words[1].lower(), " ".join(words[_VALUE:]))


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def _split(joint: str, expression: str) -> list[str]:
    return re.split(rf"\s+{joint}\s+", expression, flags=re.IGNORECASE)


def _condition(text: str, operators: tuple[str, ...]) -> Condition:
    found = _CONDITION.match(text)
    if found is None or found[2].lower() not in operators:
        raise BadFilter(text)
    return Condition(found[1], found[2].lower(), _unquoted(found[3] or ""))
