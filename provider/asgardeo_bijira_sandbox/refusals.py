"""What is wrong with what somebody wrote for the sandbox itself, a scenario or a fault: in one line that says where."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError

__all__ = ("first_mistake",)

_WORDS = {
    "extra_forbidden": "is not known here",
    "missing": "is required",
    "model_type": "has to be an object",
    "dict_type": "has to be an object",
    "list_type": "has to be a list",
    "string_type": "has to be a text",
    "int_type": "has to be a whole number",
    "int_parsing": "has to be a whole number",
    "bool_type": "has to be true or false",
    "bool_parsing": "has to be true or false",
    "greater_than_equal": "has to be at least {ge}",
    "less_than_equal": "has to be at most {le}",
    "literal_error": "has to be {expected}",
    "string_pattern_mismatch": "has to match {pattern}",
    "string_too_short": "has to be a text that is not empty",
    "value_error": "{error}",
}


def first_mistake(problem: ValidationError, whole: str) -> str:
    """Where it is and what it is; `whole` is said where that is nowhere in particular."""
    first = problem.errors(include_input=False, include_url=False)[0]
    where = " ".join(".".join(str(part) for part in first["loc"]).split()) or whole
    words = _WORDS.get(first["type"])
    return f"{where[:200]}: {words.format(**first.get('ctx', {})) if words else first['msg']}"
