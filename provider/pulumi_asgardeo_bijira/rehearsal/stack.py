"""The configuration of a command: what is given by hand, and what a stack has."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from ..naming import worded
from ..settings import SETTING_GROUPS, Settings
from .engines import EngineError
from .engines.project import ProjectFile
from .stack_config import StackConfig, config_in_file, config_of_stack

__all__ = ("Configuration",)

#: The namespaces of settings that only the classes that need no plugin read.
_WITHOUT_PLUGIN = frozenset(group.namespace for group in SETTING_GROUPS)


@dataclass(frozen=True)
class Configuration:
    """Values for the program's configuration, and which of the keys are secret."""

    values: Mapping[str, str] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()
    #: What stands behind the placeholders, as far as it is known: nothing of it goes to a rehearsal.
    opened: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: Which stack was looked at, and how.
    source: str = ""

    @classmethod
    def read(cls, directory: Path, stack: str | None, given: Iterable[str]) -> Self:
        """For a rehearsal: the plain values of a stack's file, placeholders for its encrypted ones, and above them
        `key=value` pairs."""
        return cls._made(directory, config_in_file(directory, stack) if stack else StackConfig(), given)

    @classmethod
    def opening(cls, directory: Path, stack: str | None, given: Iterable[str]) -> Self:
        """For what goes to the platforms: the same of the selected stack where none is named, and what is encrypted
        there opened where the Pulumi CLI can."""
        return cls._made(directory, config_of_stack(directory, stack), given)

    @classmethod
    def _made(cls, directory: Path, found: StackConfig, given: Iterable[str]) -> Self:
        name = ProjectFile.load(directory).name
        values, secret, opened = dict(found.values), set(found.secret), dict(found.opened)
        for pair in given:
            key, separator, value = pair.partition("=")
            if not separator or not key:
                raise EngineError(
                    worded("--config takes key=value, for example --config `asgardeo:organization`=acme, not ") + key
                )
            full = key if ":" in key else f"{name}:{key}"
            values[full] = value
            secret.discard(full)
            opened.pop(full, None)
        return cls(values, frozenset(secret), opened, found.source)

    @property
    def known(self) -> dict[str, str]:
        """The values with what is known of the encrypted ones."""
        return {**self.values, **self.opened}

    def settings(self, directory: Path) -> Settings:
        """With the project's defaults and the environment, and with what is known of encrypted values."""
        return Settings(self._merged(directory, self.known), dict(os.environ))

    def merged(self, directory: Path) -> dict[str, str]:
        """All of it above what the project's own file sets, the plugin's settings under the keys that all share."""
        return self._merged(directory, self.values)

    @staticmethod
    def _merged(directory: Path, given: Mapping[str, str]) -> dict[str, str]:
        file = ProjectFile.load(directory)
        values = {**file.defaults, **given}
        if file.uses_plugin:  # which is given the keys of its own namespace alone
            values = {key: value for key, value in values.items() if key.partition(":")[0] not in _WITHOUT_PLUGIN}
        return {_shared(key): value for key, value in values.items()}


def _shared(key: str) -> str:
    """`asgardeo:organization` for `asgardeo-bijira:asgardeoOrganization`."""
    namespace, _, name = key.partition(":")
    if namespace != "asgardeo-bijira":
        return key
    from ..serving.configuration import SETTINGS  # for programs that use the plugin

    return SETTINGS.get(name, key)
