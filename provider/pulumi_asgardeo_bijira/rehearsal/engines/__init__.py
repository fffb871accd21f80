"""Engines that run a Pulumi program: the Pulumi CLI where there is one, and a stand-in where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.rehearsal.engines.built_in import BuiltInEngine
from pulumi_asgardeo_bijira.rehearsal.engines.model import Engine, EngineError, OtherStack, Project, Result, Step
from pulumi_asgardeo_bijira.rehearsal.engines.other_stacks import out_of_reach
from pulumi_asgardeo_bijira.rehearsal.engines.real import PulumiEngine, installed

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "Engine",
    "EngineError",
    "OtherStack",
    "Project",
    "Result",
    "Step",
    "available",
    "engine_for",
]

_ENGINES: dict[str, Callable[[Project], Engine]] = {"pulumi": PulumiEngine, "built-in": BuiltInEngine}


def available() -> tuple[str, ...]:
    """The engines that this machine has, the best one first."""
    return ("pulumi", "built-in") if installed() else ("built-in",)


def engine_for(project: Project, prefer: str | None = None) -> Engine:
    """The preferred engine (`pulumi` or `built-in`), or the best one of this machine that can have the other stacks."""
    name = prefer or ("built-in" if out_of_reach(project.stacks) else available()[0])
    if name not in _ENGINES:
        raise EngineError(f"there is no engine {name!r}; choose one of {', '.join(_ENGINES)}")
    return _ENGINES[name](project)
