"""`sandbox`: serves it, or runs a command against it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from asgardeo_bijira_sandbox import Sandbox, load_scenario

from ..settings import SANDBOX_VARIABLE, sandbox_environment
from ..transport import InvalidInput

__all__ = ("serve_sandbox",)

#: How many scopes a line names.
_SHOWN = 5


def serve_sandbox(port: int, state: Path | None, scenario: Path | None, command: list[str]) -> int:
    """Serve until interrupted; with a command, until that ends, whose exit code is returned."""
    seeds = load_scenario(scenario) if scenario else None
    if state is not None and (state.is_dir() or not state.absolute().parent.is_dir()):
        raise InvalidInput(
            "cannot hold the state", subject=str(state), action="Name a file in a folder that exists with --state"
        )
    resumed = state is not None and state.exists()
    try:
        sandbox = Sandbox(seeds, port, state)
    except OSError as problem:
        raise InvalidInput(
            f"cannot be served: {problem.strerror}", subject=f"port {port}", action="Choose another with --port"
        ) from None
    if resumed:
        _print_withheld(sandbox, str(state))
    if command:
        with sandbox:
            return _run(command, sandbox.url)
    print(f"{sandbox.url}\nexport {SANDBOX_VARIABLE}={sandbox.url}", flush=True)
    sandbox.run_forever()
    return 0


def _print_withheld(sandbox: Sandbox, state: str) -> None:
    """Say what the client for management may not do by a state file, be it that a scenario withholds it, or that the
    file is older than the scopes: nothing in a 403 says so."""
    for owner, scopes in sandbox.store.withheld().items():
        shown = ", ".join(scopes[:_SHOWN]) + (", …" if len(scopes) > _SHOWN else "")
        print(
            f"By {state}, the management client of {owner} lacks {len(scopes)} scopes ({shown}) and is answered 403 "
            "where one is asked for. For all scopes, begin with a new file",
            file=sys.stderr,
        )


def _run(command: list[str], url: str) -> int:
    """Run the command to its end: a terminal interrupts it as well as us, and a request to end is passed on."""
    ending: list[Callable[[], None]] = []
    asked: list[int] = []

    def pass_on(number: int, _frame: object) -> None:
        asked.append(number)
        for end in ending:
            end()

    with _handled({signal.SIGINT: lambda number, frame: None, signal.SIGTERM: pass_on}):
        try:
            child = subprocess.Popen(command, env={**os.environ, **sandbox_environment(url)})  # noqa: S603  # the user's own command
        except OSError as problem:
            print(f"{command[0]}: {problem.strerror}", file=sys.stderr)
            return 127
        ending.append(child.terminate)
        if asked:
            child.terminate()
        code = child.wait()
    return code if code >= 0 else 128 - code


@contextmanager
def _handled(handlers: Mapping[signal.Signals, Callable[[int, object], None]]) -> Iterator[None]:
    """With these handlers of signals instead of the others."""
    former = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
