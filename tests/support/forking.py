"""Python processes that are forked from one that has imported what they need, and otherwise are as if started anew.

Imports are most of what a provider's process costs, and tests start more than a thousand of them. What is about the
starting itself starts them from nothing, as engines do.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection
    from pathlib import Path

__all__ = ("ForkedPython",)

_FORKING = multiprocessing.get_context("forkserver")
_IMPORTED = ("dill", "httpcore", "pulumi.dynamic", "tests.support.everything", "pulumi_asgardeo_bijira.cli.app")
_FORKING.set_forkserver_preload(["__main__", __name__, *_IMPORTED])


class ForkedPython:
    """What `subprocess.Popen` is to a command `python -u …`: of a script, or of a module by `-m`."""

    stdin: IO[bytes]
    stdout: IO[bytes]
    stderr: IO[bytes]

    def __init__(self, arguments: list[str], environment: Mapping[str, str], directory: Path | None = None) -> None:
        (stdin, ours), (out, stdout), (errors, stderr) = (_FORKING.Pipe(duplex=False) for _ in range(3))
        inside = (arguments, dict(environment), str(directory or os.getcwd()), (stdin, stdout, stderr))
        self._process = _FORKING.Process(target=_run, args=inside, daemon=True)
        self._process.start()
        self.pid = self._process.pid or 0
        self.stdin, self.stdout, self.stderr = _file(ours, "wb"), _file(out, "rb"), _file(errors, "rb")
        for theirs in (stdin, stdout, stderr):
            theirs.close()

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it has ended."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired([], timeout or 0)
        return self._process.exitcode

    def communicate(self, text: str = "") -> tuple[str, str]:
        """What it writes to stdout and stderr until it ends, given a text on stdin."""
        with ThreadPoolExecutor(2) as readers, self.stdout, self.stderr:
            said = readers.map(lambda stream: stream.read().decode(), (self.stdout, self.stderr))
            with suppress(BrokenPipeError), self.stdin as stdin:
                stdin.write(text.encode())
            stdout, stderr = said
        return stdout, stderr

    def end(self) -> str:
        """End it, if it has not ended, and return what it has written to stderr and nobody has read."""
        if self.stderr.closed:
            return ""
        self._process.terminate()
        with self.stdin, self.stdout, self.stderr as errors:
            said = errors.read().decode()
        self.wait(10)
        return said

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


def _file(end: Connection, mode: str) -> IO[bytes]:
    """An end of a pipe as a file."""
    with end:
        return os.fdopen(os.dup(end.fileno()), mode)


def _run(arguments: list[str], environment: dict[str, str], directory: str, streams: tuple[Connection, ...]) -> None:
    """In the forked process: what `python -u ARGUMENTS` does."""
    os.setsid()
    os.chdir(directory)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # it was looked for in another environment
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in environment
    for number, stream in enumerate(streams):
        os.dup2(stream.fileno(), number)
        stream.close()
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0)))
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.FileIO(number, "w"), write_through=True) for number in (1, 2))
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = list(arguments)
        runpy.run_path(arguments[0], run_name="__main__")
