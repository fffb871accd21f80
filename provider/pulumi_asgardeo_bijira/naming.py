"""One name, two spellings: snake_case in Python, camelCase in state and configuration."""

import re
from functools import cache

__all__ = ("camel", "snake")


@cache
def camel(name: str) -> str:
    """`callback_urls` as `callbackUrls`; a name that is camelCase already stays."""
    return re.sub(r"(?<=[a-z0-9])_([a-z0-9])", lambda found: found[1].upper(), name)


@cache
def snake(name: str) -> str:
    """`callbackUrls` as `callback_urls`; a name that is snake_case already stays."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: "_" + found[1].lower(), name)
