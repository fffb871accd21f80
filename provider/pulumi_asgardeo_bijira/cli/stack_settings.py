"""The settings that a command works with where there need not be a project."""

import os
from pathlib import Path

from ..rehearsal import Configuration
from ..settings import Settings

__all__ = ("settings_of",)


def settings_of(directory: Path, stack: str | None, config: list[str]) -> Settings:
    """Those of a stack, where there is a project; else those of the environment."""
    is_project = any((directory / name).is_file() for name in ("Pulumi.yaml", "Pulumi.yml"))
    if not (is_project or stack or config):
        return Settings({}, dict(os.environ))
    return Configuration.opening(directory, stack, config).settings(directory)
