"""What every engine is given and gives back, so that whoever drives one need not know which one it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

__all__ = [
    "STACK_REFERENCE",
    "Engine",
    "EngineError",
    "OtherStack",
    "Project",
    "Result",
    "Step",
    "mask",
    "render",
    "without_interrupts",
]

STACK_REFERENCE = "pulumi:pulumi:StackReference"
_SHORTEST_MASKED = 3
_TRACE = "Traceback (most recent call last)"
_NEXT_TRACE = "During handling of the above exception"


class EngineError(Exception):
    """An engine was asked for something that it cannot do; the message is one line that says what to change."""


class NotBuiltIn(EngineError):
    """The built-in engine does not do this, which the CLI does."""

    def __init__(self, line: str, what: str) -> None:
        super().__init__(line)
        self.what = what


@dataclass(frozen=True)
class OtherStack:
    """What a `StackReference` reads of another stack, and which of it is secret."""

    outputs: Mapping[str, Any] = field(repr=False)
    secret: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Project:
    """A Pulumi project as an engine runs it; `directory` holds Pulumi.yaml and is never written to. `stacks` are those
    that it refers to, by the name that it has for them."""

    directory: Path
    config: Mapping[str, str] = field(default_factory=dict)
    secret_config: frozenset[str] = frozenset()
    environment: Mapping[str, str] = field(default_factory=dict)
    stack: str = "rehearsal"
    stacks: Mapping[str, OtherStack] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One step of a command: the operation by the CLI's name, and which properties (paths) made it necessary."""

    op: str
    urn: str
    type: str
    diff: tuple[str, ...] = ()
    replace_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """The outcome of a command. `changes` is the CLI's summary: how often each operation was carried out.

    `outputs` are the stack's, secrets opened, without unknown ones; a preview opens no secrets and leaves them out.
    `diagnostics` is what a user would read, secret configuration masked.
    """

    ok: bool
    changes: Mapping[str, int]
    steps: tuple[Step, ...]
    outputs: Mapping[str, Any]
    secret_outputs: frozenset[str]
    diagnostics: str

    @property
    def reason(self) -> str:
        """Why it failed, in the first line that is an error."""
        lines = self.diagnostics.splitlines()
        return ([line for line in lines if line.startswith("error: ")] or lines or ["it fails"])[0]


class Engine(Protocol):
    """Runs one stack of one project and keeps its state until it is closed."""

    @property
    def name(self) -> str:
        """What it calls itself, with its version."""
        ...

    def preview(self, replace: Collection[str] = ()) -> Result:
        """Show what `up` would do."""
        ...

    def up(self, replace: Collection[str] = ()) -> Result:
        """Bring everything to what the program declares; replace the resources with these URNs."""
        ...

    def refresh(self) -> Result:
        """Read every resource and bring the state in line with it."""
        ...

    def destroy(self) -> Result:
        """Delete everything that the state owns."""
        ...

    def taint(self, urn: str) -> None:
        """Have the next `up` replace a resource."""
        ...

    def export(self) -> dict[str, Any]:
        """The deployment: the resources as they are stored, secrets sealed."""
        ...

    def load(self, exported: Mapping[str, Any]) -> None:
        """Store a deployment, as `pulumi stack export --show-secrets` writes it, in place of what there is."""
        ...

    def set_config(self, config: Mapping[str, str], secret_config: frozenset[str]) -> None:
        """Replace the configuration from the next command on."""
        ...

    def close(self) -> None:
        """End all processes and forget the state."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...


def mask(text: str, secrets: Iterable[str]) -> str:
    """Put `[secret]` wherever the text shows one of the secrets; very short ones would hide everything."""
    worth_hiding = sorted({secret for secret in secrets if len(secret) >= _SHORTEST_MASKED}, key=len, reverse=True)
    if not worth_hiding:
        return text
    return re.sub("|".join(map(re.escape, worth_hiding)), "[secret]", text)


def render(severity: str, urn: str, message: str) -> str:
    """One diagnostic as a user reads it: whose it is, how bad, and what."""
    owner = f"{urn.split('::')[2].split('$')[-1]} ({urn.split('::', 3)[3]}): " if urn.count("::") >= 3 else ""
    return f"{severity}: {owner}{message.strip()}"


def without_interrupts(lines: list[str]) -> list[str]:
    """The lines without the tracebacks of a program that the CLI interrupts after a failure; they tell nothing.

    A program that is interrupted twice writes a second one, and between them a line that leads from one to the other.
    """
    kept: list[str] = []
    waiting: list[str] = []
    interrupted = False
    for line in lines:
        is_trace = _TRACE in line or (interrupted and _NEXT_TRACE in line)
        begins = line.startswith("info: ") and is_trace
        if waiting and not line.startswith("info: "):
            kept += waiting
            waiting = []
        if begins or waiting:
            waiting.append(line)
        else:
            kept.append(line)
        interrupted = "KeyboardInterrupt" in line
        if interrupted:
            waiting = []
    return kept + waiting
