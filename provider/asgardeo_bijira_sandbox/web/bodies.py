"""Bodies of requests as they arrive: JSON and forms."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

__all__ = ("Malformed", "form_of", "json_of")


class Malformed(ValueError):
    """A request body that is not JSON."""


def json_of(body: bytes) -> Any:
    """The JSON of a request body; raises `Malformed`."""
    try:
        return json.loads(body)
    except ValueError as problem:
        raise Malformed(str(problem)) from None


def form_of(body: bytes) -> dict[str, list[str]]:
    """The fields of a form, each with all its values."""
    fields: dict[str, list[str]] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True):
        fields.setdefault(name, []).append(value)
    return fields
