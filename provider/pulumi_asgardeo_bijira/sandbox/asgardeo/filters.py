"""The filter expressions of the two list endpoints: `attribute operator value`, joined; a value needs no quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ("BadFilter", "Condition", "conditions")

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


def conditions(expression: str, joint: str, operators: tuple[str, ...]) -> list[Condition]:
    """The comparisons of an expression that are joined by `and` or `or`."""
    return [_condition(part, operators) for part in re.split(rf"\s+{joint}\s+", expression, flags=re.IGNORECASE)]


def _condition(text: str, operators: tuple[str, ...]) -> Condition:
    found = _CONDITION.match(text)
    if found is None or found[2].lower() not in operators:
        raise BadFilter(text)
    value = found[3] or ""
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    return Condition(found[1], found[2].lower(), value)
