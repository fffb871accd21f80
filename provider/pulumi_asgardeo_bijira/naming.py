"""One name, two spellings: snake_case in Python, camelCase in state and configuration."""

import re
from functools import cache

__all__ = ("PythonNames", "camel", "snake")


@cache
def camel(name: str) -> str:
    """`callback_urls` as `callbackUrls`; a name that is camelCase already stays."""
    return re.sub(r"(?<=[a-z0-9])_([a-z0-9])", lambda found: found[1].upper(), name)


@cache
def snake(name: str) -> str:
    """`callbackUrls` as `callback_urls`; a name that is snake_case already stays."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: "_" + found[1].lower(), name)


class PythonNames:
    """Gives a Pulumi resource properties with names as Python spells them; keys of free-form maps stay."""

    def translate_input_property(self, prop: str) -> str:
        """`display_name` as the engine knows it."""
        return camel(prop) if prop.isidentifier() else prop

    def translate_output_property(self, prop: str) -> str:
        """`displayName` as Python knows it."""
        return snake(prop) if prop.isidentifier() else prop
