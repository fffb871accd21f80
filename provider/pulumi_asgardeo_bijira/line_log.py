"""Lines for another program to read: one JSON object each, in a file that a variable names.

Whatever happens within a run happens in the engine's processes, and the engine hands on nothing of it but text. Whoever
runs a program and wants more names a file; every process of the run appends to it.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ("append", "take")


def append(variable: str, found: Mapping[str, Any]) -> None:
    """Append an object to the file of this variable, if there is one."""
    path = os.environ.get(variable)
    if path:
        with suppress(OSError), Path(path).open("a", encoding="utf-8") as file:  # what it is about counts more
            file.write(json.dumps(found) + "\n")


def take(path: Path) -> list[Mapping[str, Any]]:
    """The objects that were appended since the last time."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    path.unlink()
    return [json.loads(line) for line in lines]
