"""The command `asgardeo-bijira`, run to its end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.forking import ForkedPython

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ("COMMAND", "command")

COMMAND = str(Path(sys.executable).with_name("asgardeo-bijira"))


def command(
    *arguments: str, environment: Mapping[str, str] | None = None, text: str = "", folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run it in this environment, of whose settings none is left but what is given, and with this text as input."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("ASGARDEO", "BIJIRA"))}
    running = ForkedPython([COMMAND, *arguments], {**clean, **(environment or {})}, folder)
    stdout, stderr = running.communicate(text)
    return subprocess.CompletedProcess([COMMAND, *arguments], running.wait(), stdout, stderr)
