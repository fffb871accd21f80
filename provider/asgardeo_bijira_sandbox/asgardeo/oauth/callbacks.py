"""Whether a redirect URI is an application's own: its callback is an address, or `regexp=` and an expression."""

from __future__ import annotations

import re

__all__ = ("is_callback",)

_PREFIX = "regexp="
_LOOPBACK = ("127.0.0.1", "[::1]")
_PORT = re.compile(r"(?:(?<=127\.0\.0\.1)|(?<=\[::1\])):[0-9]{1,5}")


def is_callback(registered: list[str], given: str) -> bool:
    """Whether the address is registered. Of the loopback addresses, though not of `localhost`, any port will do."""
    for callback in registered:
        expression = callback.removeprefix(_PREFIX) if callback.startswith(_PREFIX) else None
        if any(host in given for host in _LOOPBACK):
            plain = _PORT.sub("", given, count=1)
            if expression is None and plain == _PORT.sub("", callback, count=1):
                return True
            if expression is not None and _fits(_PORT.sub("", expression), plain):
                return True
        elif callback == given or (expression is not None and _fits(_literal(expression), given)):
            return True
    return False


def _literal(expression: str) -> str:
    """The expression with each `.`, `+` and `?` before a letter or digit standing for itself, as the server has it."""
    return re.sub(r"(?<!\\)([.+?])(?=[A-Za-z0-9])", r"\\\1", expression)


def _fits(expression: str, given: str) -> bool:
    try:
        return re.fullmatch(expression, given) is not None
    except re.error:
        return False
