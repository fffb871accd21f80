"""The plugin's own configuration: the settings of both platforms, flat, each under one name.

`asgardeo:organization` of a stack with dynamic resources is `asgardeo-bijira:asgardeoOrganization` here, and
`asgardeoOrganization` of an explicit provider.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..naming import flat
from ..resources import Platforms
from ..settings import EXPLICIT_MARKER, SETTING_GROUPS, STACK_PREFIX, Settings, no_setting
from ..transport import ConfigurationProblem, remember
from .values import is_unknown

__all__ = ("SECRET_SETTINGS", "SETTINGS", "moved", "settings_of", "staying", "wrong_with")

#: The names of all settings, each with its key.
SETTINGS: Mapping[str, str] = {
    flat(group.key(name)): group.key(name) for group in SETTING_GROUPS for name in group.names()
}

SECRET_SETTINGS = frozenset(flat(group.key(name)) for group in SETTING_GROUPS for name in group.secret_names())

#: What the engine adds to a provider's own settings.
_ENGINES = frozenset({"version", "pluginDownloadURL", "pluginChecksums", "parameterization"})
#: What an instance is called that no program has declared.
_DEFAULT = re.compile(r"default(_\d.*)?")

#: The settings that say where a platform's objects live, each with the value that it has where it is left out.
_PLACES: Mapping[str, Mapping[str, str]] = {
    "asgardeo": {"asgardeoOrganization": "", "asgardeoBaseUrl": "(default)"},
    "bijira": {"bijiraOrganizationId": "", "bijiraBaseUrl": "(default)"},
}


def settings_of(given: Mapping[str, Any], name: str) -> Settings:
    """The settings of the instance of a name; those of an explicit one stand above the environment, and this above the
    stack's."""
    config = _config(given)
    if not _DEFAULT.fullmatch(name):
        config[EXPLICIT_MARKER] = "true"
        config |= {STACK_PREFIX + key: value for key, value in _config(_of_stack()).items()}
    return Settings(config, dict(os.environ))


def _config(given: Mapping[str, Any]) -> dict[str, str]:
    remember(*(given[key] for key in SECRET_SETTINGS & given.keys()))
    return {SETTINGS[key]: _text(value) for key, value in given.items() if key in SETTINGS}


def _of_stack() -> Mapping[str, Any]:
    """The plugin's part of the stack's config, with which the engine starts each of its processes."""
    try:
        found = json.loads(os.environ.get("PULUMI_CONFIG", "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def wrong_with(given: Mapping[str, Any]) -> Iterator[str]:
    """A line about each setting that is none."""
    for key in sorted(given.keys() - SETTINGS.keys() - _ENGINES):
        if key.startswith("__"):
            continue
        yield str(no_setting(f"asgardeo-bijira:{key}", key, SETTINGS, or_else=", or from the explicit provider"))


def moved(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> list[str]:
    """The settings by whose change a platform's objects live elsewhere, so that none of the old place can be the new
    one's. Those of which one side says nothing tell nothing: a provider of another kind has none of them."""
    return [key for platform in _PLACES for key in _moved(platform, old, new, name)]


def _moved(platform: str, old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> list[str]:
    before, after = _place(platform, old), _place(platform, new)
    changed = [key for key in _PLACES[platform] if before.get(key) and after.get(key) and before[key] != after[key]]
    if not changed or any(map(is_unknown, after.values())):
        return []
    there, here = (_location(platform, given, name) for given in (old, new))
    return changed if there and here and there != here else []


def staying(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> frozenset[str]:
    """The platforms whose objects live in one place, by whichever of the two instances they are asked for."""
    places = {platform: [_location(platform, given, name) for given in (old, new)] for platform in _PLACES}
    return frozenset(platform for platform, (there, here) in places.items() if there and there == here)


def _location(platform: str, given: Mapping[str, Any], name: str) -> str:
    """Where a platform's objects live; empty where the settings do not say, which is told by whoever needs it."""
    try:
        return Platforms(settings_of(given, name)).location(platform)
    except ConfigurationProblem:
        return ""


def _place(platform: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Where a provider's own settings lead; nowhere where they say nothing of it."""
    defaults = _PLACES[platform]
    if not given.keys() & defaults.keys():
        return {}
    return {key: given.get(key, default) for key, default in defaults.items()}


def _text(value: Any) -> str:
    """Settings are texts: those that are numbers too, and those that are objects, as JSON."""
    if isinstance(value, str) or is_unknown(value):
        return str(value)
    return f"{value:.15g}" if isinstance(value, int | float) else json.dumps(value)
