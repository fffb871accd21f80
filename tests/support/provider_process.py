"""The dynamic provider's process, `python -m pulumi.dynamic`, forked from one that has imported what it needs.

Imports are most of what such a process costs, and tests start hundreds of them. An engine starts its own from nothing.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import runpy
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection

__all__ = ("ProviderProcess",)

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(
    ["__main__", __name__, "dill", "httpcore", "pulumi.dynamic", "pulumi_asgardeo_bijira.resources"]
)


class ProviderProcess:
    """A running one, and the port at which it listens."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._errors = Path(self._folder.name) / "stderr"
        reader, writer = _FORKING.Pipe(duplex=False)
        arguments = (dict(environment), writer, str(self._errors))
        self._process = _FORKING.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        writer.close()
        with reader, os.fdopen(os.dup(reader.fileno())) as announced:
            self.port = int(announced.readline())

    @property
    def pid(self) -> int:
        """Its id."""
        return self._process.pid or 0

    def end(self) -> str:
        """End it, and return what it wrote to stderr."""
        self._process.terminate()
        self._process.join(10)
        self._process.close()
        with self._folder:
            return self._errors.read_text()


def _serve(environment: dict[str, str], stdout: Connection, stderr: str) -> None:
    """As `python -u -m pulumi.dynamic ENGINE` does, in this environment."""
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(stdout.fileno(), 1)
    os.dup2(os.open(stderr, os.O_WRONLY | os.O_CREAT, 0o600), 2)
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w"), write_through=True)
    sys.argv = ["pulumi.dynamic", "127.0.0.1:1"]
    runpy.run_module("pulumi.dynamic", run_name="__main__", alter_sys=True)
