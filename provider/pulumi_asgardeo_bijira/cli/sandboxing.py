"""`sandbox`: serves it, or runs a command against it."""

import os
import subprocess
import sys
from pathlib import Path

from ..http import InvalidInput
from ..sandbox import Sandbox, Scenario
from ..settings import SANDBOX_VARIABLE

__all__ = ("run",)


def run(port: int, state: Path | None, scenario: Path | None, command: list[str]) -> int:
    """Serve until interrupted; with a command, until that ends, whose exit code is returned."""
    seeds = Scenario.load(scenario) if scenario else None
    try:
        sandbox = Sandbox(seeds, port, state)
    except OSError as problem:
        raise InvalidInput(f"port {port} cannot be served: {problem.strerror}. Choose another with --port") from None
    if command:
        with sandbox:
            return _run(command, sandbox.url)
    print(f"{sandbox.url}\nexport {SANDBOX_VARIABLE}={sandbox.url}", flush=True)
    sandbox.run_forever()
    return 0


def _run(command: list[str], url: str) -> int:
    try:
        return subprocess.run(command, env={**os.environ, SANDBOX_VARIABLE: url}, check=False).returncode  # noqa: S603  # the user's own command
    except OSError as problem:
        print(f"{command[0]}: {problem.strerror}", file=sys.stderr)
        return 127
