"""The configuration of a rehearsal: what is given by hand, and what a stack's settings file holds."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from asgardeo_bijira_sandbox.files import NotYaml, read_yaml

from ..naming import worded
from ..settings import SETTING_GROUPS, Settings
from .engines import EngineError
from .engines.project import ProjectFile, as_text, mapping_in

__all__ = ("Configuration",)

#: Stands for an encrypted value, which nobody can read here and which the sandbox does not need.
PLACEHOLDER = "rehearsal-placeholder"

#: The namespaces of settings that only the classes that need no plugin read.
_WITHOUT_PLUGIN = frozenset(group.namespace for group in SETTING_GROUPS)


@dataclass(frozen=True)
class Configuration:
    """Values for the program's configuration, and which of the keys are secret."""

    values: Mapping[str, str] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()

    @classmethod
    def read(cls, directory: Path, stack: str | None, given: Iterable[str]) -> Self:
        """The plain values of a stack's file, placeholders for its encrypted ones, and above them `key=value` pairs."""
        name = ProjectFile.load(directory).name
        values: dict[str, str] = {}
        secret = set()
        for key, value in (_stack_config(directory, stack) if stack else {}).items():
            if isinstance(value, dict) and "secure" in value:
                values[key] = PLACEHOLDER
                secret.add(key)
            else:
                values[key] = as_text(value)
        for pair in given:
            key, separator, value = pair.partition("=")
            if not separator or not key:
                raise EngineError(
                    worded("--config takes key=value, for example --config `asgardeo:organization`=acme, not ") + key
                )
            full = key if ":" in key else f"{name}:{key}"
            values[full] = value
            secret.discard(full)
        return cls(values, frozenset(secret))

    def settings(self, directory: Path) -> Settings:
        """With the project's defaults and the environment; what is encrypted counts as not set."""
        values = self.merged(directory)
        return Settings({key: value for key, value in values.items() if value != PLACEHOLDER}, dict(os.environ))

    def merged(self, directory: Path) -> dict[str, str]:
        """All of it above what the project's own file sets, the plugin's settings under the keys that all share."""
        file = ProjectFile.load(directory)
        values = {**file.defaults, **self.values}
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


def _stack_config(directory: Path, stack: str) -> Mapping[str, Any]:
    name = stack.rpartition("/")[2]
    path = next((p for p in (directory / f"Pulumi.{name}.{ending}" for ending in ("yaml", "yml")) if p.is_file()), None)
    if path is None:
        raise EngineError(f"there is no Pulumi.{name}.yaml in {directory}; check --stack")
    try:
        content = read_yaml(path)
    except NotYaml as problem:
        raise EngineError(f"{path} is not valid YAML: {problem}") from None
    if content is not None and not isinstance(content, dict):
        raise EngineError(f"{path} is not a stack's settings file: it must be a mapping, with `config`")
    return mapping_in(path, content or {}, "config")
