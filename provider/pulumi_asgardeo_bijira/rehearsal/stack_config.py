"""The configuration of a stack, as the Pulumi CLI has it or as its file does.

The CLI knows which stack is selected, opens what is encrypted and adds what the environments of a stack say. Where it
is not there, or cannot, the file of a stack has the plain values, and which ones are encrypted.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..settings import PLACEHOLDER
from .engines import EngineError
from .engines.project import ProjectFile, as_text, mapping_in, yaml_in

__all__ = ("NoAnswer", "StackConfig", "asked", "config_in_file", "config_of_stack")

#: A CLI that reaches its backend answers sooner; one that does not would wait for ever.
_SECONDS = 60
_ENDINGS = ("yaml", "yml")


@dataclass(frozen=True)
class StackConfig:
    """What a stack is configured with. `values` has placeholders for what is encrypted; `opened` has what that is, as
    far as it is known."""

    values: Mapping[str, str] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()
    opened: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: Which stack was looked at, and how.
    source: str = ""


def config_of_stack(directory: Path, stack: str | None) -> StackConfig:
    """That of the named stack, or of the one that is selected in the folder; opened where the CLI can."""
    cli = shutil.which("pulumi")
    if cli is None:
        return _by_file(directory, stack, "there is no Pulumi CLI on PATH")
    name = stack
    try:
        name = stack or asked(cli, directory, "stack", "--show-name")
        selected = [] if stack is None else ["--stack", stack]
        found = json.loads(asked(cli, directory, "config", "--json", "--show-secrets", *selected))
    except NoAnswer as refusal:
        known = stack or (name if name and _file_of(directory, name) else None)
        return _by_file(directory, known, f"the Pulumi CLI says: {refusal}")
    values = {key: as_text(entry.get("value", "")) for key, entry in found.items()}
    secret = frozenset(key for key, entry in found.items() if entry.get("secret"))
    return StackConfig(
        {key: PLACEHOLDER if key in secret else value for key, value in values.items()},
        secret,
        {key: values[key] for key in secret},
        f"{name}, as the Pulumi CLI has it{'' if stack else ': it is the selected one'}",
    )


class NoAnswer(Exception):
    """The CLI did not give what it was asked for; the message is its own."""


def asked(cli: str, directory: Path, *arguments: str) -> str:
    """What the CLI answers to a question in a project's folder."""
    try:
        done = subprocess.run(  # noqa: S603  # the user's own CLI
            [cli, *arguments, "--non-interactive"],
            cwd=directory,
            env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoAnswer(f"nothing for {_SECONDS} seconds") from None
    except OSError as problem:
        raise NoAnswer(str(problem.strerror)) from None
    if done.returncode != 0:
        lines = [line.removeprefix("error: ").strip() for line in done.stderr.splitlines() if line.strip()]
        raise NoAnswer(lines[0] if lines else f"it ends with {done.returncode}")
    return done.stdout.strip()


def _by_file(directory: Path, stack: str | None, reason: str) -> StackConfig:
    """The same without the CLI, for which there is a reason."""
    if stack is not None:
        found = config_in_file(directory, stack)
        return StackConfig(found.values, found.secret, source=f"{found.source} ({reason})")
    files = (path for ending in _ENDINGS for path in _folder(directory).glob(f"Pulumi.?*.{ending}"))
    names = sorted({path.stem.removeprefix("Pulumi.") for path in files})
    there_are = f"there are {', '.join(names)}: name one by --stack" if names else "there is no Pulumi.<stack>.yaml"
    return StackConfig(source=f"none is looked at ({reason}); {there_are}")


def config_in_file(directory: Path, stack: str) -> StackConfig:
    """What the file of a stack has, with placeholders for what is encrypted."""
    name, path = stack.rpartition("/")[2], _file_of(directory, stack)
    if path is None:
        raise EngineError(f"there is no Pulumi.{name}.yaml in {directory}; check --stack")
    content = yaml_in(path)
    if content is not None and not isinstance(content, dict):
        raise EngineError(f"{path} is not a stack's settings file: it must be a mapping, with `config`")
    found = mapping_in(path, content or {}, "config")
    secret = frozenset(key for key, value in found.items() if _is_sealed(value))
    values = {key: PLACEHOLDER if key in secret else as_text(value) for key, value in found.items()}
    return StackConfig(values, secret, source=f"{name}, by {path.name}")


def _file_of(directory: Path, stack: str) -> Path | None:
    """The file of a stack, where there is one."""
    name = stack.rpartition("/")[2]
    paths = (_folder(directory) / f"Pulumi.{name}.{ending}" for ending in _ENDINGS)
    return next((one for one in paths if one.is_file()), None)


def _folder(directory: Path) -> Path:
    """Where the files of a project's stacks are."""
    return directory / str(ProjectFile.load(directory).settings.get("stackConfigDir") or ".")


def _is_sealed(value: Any) -> bool:
    """Whether a value, or any part of it, is encrypted."""
    if isinstance(value, dict):
        return "secure" in value or any(map(_is_sealed, value.values()))
    return isinstance(value, list) and any(map(_is_sealed, value))
