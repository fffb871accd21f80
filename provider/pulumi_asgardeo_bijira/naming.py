"""One name, several spellings: snake_case in Python, camelCase in state and configuration, and a message has the one of
whoever reads it.

Who writes a message puts the name of a property, a function or a setting between backticks, in either spelling:

    "Set `key_manager`, or `bijira:keyManager` for all resources"

`worded` makes the line of it. A program with the dynamic classes is written in Python, and its stack's config has a
namespace for each platform. The plugin serves every language: its schema's names are camelCase, and its settings lie in
the one namespace that the engine hands to it, each with its platform in front: `asgardeo-bijira:bijiraKeyManager`.
A setting that both platforms have is `*:baseUrl` where it is not known which of them is meant.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

__all__ = ("PYTHON", "SCHEMA", "PythonNames", "Spelling", "camel", "flat", "part_of_id", "snake", "speak", "worded")

_NAMESPACE = "asgardeo-bijira"
_MARKED = re.compile(r"`([^`\s]+)`")


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


def part_of_id(id: str, index: int) -> str:
    """One of the three parts of an id, split from the right."""
    return unquote(id.rsplit("/", 2)[index])


def flat(key: str) -> str:
    """A setting as the plugin knows it: `bijira:keyManager` as `bijiraKeyManager`."""
    platform, _, name = key.partition(":")
    return platform + name[0].upper() + name[1:]


def _flat_setting(platform: str, name: str) -> str:
    if platform == "*":
        return f"{_flat_setting('asgardeo', name)} or {_flat_setting('bijira', name)}"
    return f"{_NAMESPACE}:{flat(f'{platform}:{name}')}"


@dataclass(frozen=True)
class Spelling:
    """How the reader of a message writes names."""

    #: A property, a function, or a path of properties.
    name: Callable[[str], str]
    #: A setting of a platform, by its name in camelCase.
    setting: Callable[[str, str], str]

    def __call__(self, text: str) -> str:
        """A text with each name in it that stands between backticks in this spelling, without them."""
        return _MARKED.sub(self._marked, text)

    def _marked(self, found: re.Match[str]) -> str:
        platform, colon, name = found[1].partition(":")
        return self.setting(platform, name) if colon else self.name(found[1])


#: That of programs with the dynamic classes.
PYTHON = Spelling(snake, lambda platform, name: name if platform == "*" else f"{platform}:{name}")
#: That of the plugin, in whatever language.
SCHEMA = Spelling(camel, _flat_setting)

_spoken = [PYTHON]


def speak(spelling: Spelling) -> None:
    """From now on messages of this process are for such readers."""
    _spoken[:] = [spelling]


def worded(text: str) -> str:
    """A message as its reader spells names."""
    return _spoken[0](text)
