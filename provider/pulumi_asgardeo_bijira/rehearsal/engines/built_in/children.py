"""Child processes that cannot outlive this one: their standard input is a pipe, and they end when it does."""

from __future__ import annotations

import subprocess
import threading
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import IO

__all__ = ["Child", "Process"]

_SCRIPT = Path(__file__).with_name("child.py")
_GRACE_SECONDS = 10.0
_DRAIN_SECONDS = 2.0  # a process that a child left behind may keep the pipe open


class Process(Protocol):
    """What a child needs of its process; `subprocess.Popen` has it."""

    @property
    def stdin(self) -> IO[bytes] | None:
        """Its standard input."""
        ...

    @property
    def stdout(self) -> IO[bytes] | None:
        """Its standard output."""
        ...

    @property
    def stderr(self) -> IO[bytes] | None:
        """Its error stream."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """The exit code; `subprocess.TimeoutExpired` where it has not ended in time."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...


class Child:
    """A Python process that runs one role of child.py; every line that it prints is handed to `on_line`.

    One that `announces` prints a first line on standard output that is for `first_line` alone, asked for or not.
    """

    def __init__(
        self,
        python: Path,
        arguments: list[str],
        directory: Path,
        environment: Mapping[str, str],
        on_line: Callable[[str], None],
        *,
        announces: bool = False,
    ) -> None:
        command = [str(python), "-u", "-P", str(_SCRIPT), *arguments]
        self._process = self.start(command, directory, dict(environment))
        self._on_line = on_line
        self._unheard = int(announces)
        self._readers: list[threading.Thread] = []
        self._listen(self._process.stderr)

    @staticmethod
    def start(command: list[str], directory: Path, environment: dict[str, str]) -> Process:
        """Start its process."""
        return subprocess.Popen(  # noqa: S603 - the interpreter of the user's own project
            command,
            cwd=directory,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def first_line(self) -> str:
        """The first line on standard output (empty when the process ends without one); the rest goes to `on_line`."""
        output = self._process.stdout
        line = output.readline().decode(errors="replace").strip() if output else ""
        self._listen(output)
        return line

    def wait(self) -> int:
        """The exit code, once the process has ended and all that it printed has been handed on."""
        if len(self._readers) == 1:
            self._listen(self._process.stdout, self._unheard)
        code = self._process.wait()
        for reader in self._readers:
            reader.join(_DRAIN_SECONDS)
        return code

    def end(self) -> None:
        """Tell the process to end."""
        if self._process.stdin and not self._process.stdin.closed:
            self._process.stdin.close()

    def close(self) -> None:
        """End the process and wait for it."""
        self.end()
        try:
            self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self.wait()

    def _listen(self, stream: IO[bytes] | None, unheard: int = 0) -> None:
        reader = threading.Thread(target=self._read, args=(stream, unheard), daemon=True)
        self._readers.append(reader)
        reader.start()

    def _read(self, stream: IO[bytes] | None, unheard: int) -> None:
        if stream is not None:
            with stream:
                for line in islice(stream, unheard, None):
                    self._on_line(line.decode(errors="replace").rstrip("\r\n"))
