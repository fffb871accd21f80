"""Problems for another program to read: one JSON object a line, in a file that a variable names.

What fails a resource fails in the engine's processes, and the engine hands on nothing of a failure but text. Whoever
runs a program and wants the fields of its problems names a file; every process of the run appends to it.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .transport import Problem, redactor_with

__all__ = ("PROBLEM_LOG_VARIABLE", "record", "take")

#: Where it is set, it names the file to which the problems of a run are appended.
PROBLEM_LOG_VARIABLE = "ASGARDEO_BIJIRA_PROBLEM_LOG"
_TEXTS = ("subject", "cause", "action", "code", "trace_id")


def record(problem: Problem) -> None:
    """Append a problem that ends an operation, where somebody wants to know; without a secret, like its line."""
    path = os.environ.get(PROBLEM_LOG_VARIABLE)
    if not path:
        return
    shown = redactor_with()
    found: dict[str, Any] = {"kind": type(problem).__name__, "status": problem.status}
    found |= {name: shown(getattr(problem, name)) for name in _TEXTS}
    if problem.missing:
        found["missing"] = {name: shown(text) for name, text in asdict(problem.missing).items()}
    with suppress(OSError), Path(path).open("a", encoding="utf-8") as file:  # the problem itself counts more
        file.write(json.dumps(found) + "\n")


def take(path: Path) -> list[Mapping[str, Any]]:
    """The problems that were recorded since the last time."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    path.unlink()
    return [json.loads(line) for line in lines]
