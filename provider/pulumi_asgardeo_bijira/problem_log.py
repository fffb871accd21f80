"""Problems for another program to read: one JSON object a line, in a file that a variable names."""

import os
from dataclasses import asdict
from typing import Any

from .line_log import append
from .transport import Problem, redactor_with

__all__ = ("PROBLEM_LOG_VARIABLE", "record")

#: Where it is set, it names the file to which the problems of a run are appended.
PROBLEM_LOG_VARIABLE = "ASGARDEO_BIJIRA_PROBLEM_LOG"
_TEXTS = ("subject", "cause", "action", "code", "trace_id")


def record(problem: Problem) -> None:
    """Append a problem that ends an operation, where somebody wants to know; without a secret, like its line."""
    if not os.environ.get(PROBLEM_LOG_VARIABLE):
        return
    shown = redactor_with()
    found: dict[str, Any] = {"kind": type(problem).__name__, "status": problem.status}
    found |= {name: shown(getattr(problem, name)) for name in _TEXTS}
    if problem.missing:
        found["missing"] = {name: shown(text) for name, text in asdict(problem.missing).items()}
    append(PROBLEM_LOG_VARIABLE, found)
