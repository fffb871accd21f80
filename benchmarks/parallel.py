"""Many resources whose platform takes a second to answer: how many go on at once, by the plugin and without it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox import Fault, Sandbox
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from benchmarks.engines import CommandLine, timed
from benchmarks.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ("parallel",)

_SIZE, _SECONDS = 32, 1.0


class _WithoutPlugin(CommandLine):
    """A Python program with the dynamic classes."""

    options = ("--parallel", "64")


class _WithPlugin(_WithoutPlugin):
    """The same in YAML, with the plugin that is on PATH."""

    def write(self, kind: str, size: int, *, changed: bool) -> None:
        """Put the program in place."""
        path = (str(Path(sys.executable).parent), self.environment["PATH"])
        self.environment["PATH"] = os.pathsep.join(path)
        many = {f"one-{n}": {"identifier": f"urn:{n}", "scopes": [{"name": f"{n}:read"}]} for n in range(size)}
        resources = {
            name: {"type": f"asgardeo-bijira:Asgardeo{kind}", "properties": inputs} for name, inputs in many.items()
        }
        program = {"name": "bench", "runtime": "yaml", "resources": resources}
        (self.folder / "Pulumi.yaml").write_text(json.dumps(program))


def parallel() -> Iterator[Table]:
    """The commands of a life, each beside that of the other program."""
    table = Table(
        f"{_SIZE} APIs at once, {_SECONDS:g} s a request",
        f"On the CLI with {' '.join(_WithoutPlugin.options)}; the whole command, from its start on.",
        ("program", "step", "requests", "s", "failed"),
        names=2,
    )
    for program, start in (("YAML, plugin", _WithPlugin), ("Python, dynamic classes", _WithoutPlugin)):
        with Sandbox() as sandbox:
            runner = start({SANDBOX_VARIABLE: sandbox.url})
            sandbox.faults.add(Fault(kind="slow", seconds=_SECONDS, times=0))
            runner.write("Api", _SIZE, changed=False)
            for step, command in (("create", "up"), ("refresh", "refresh"), ("destroy", "destroy")):
                mark = sandbox.ledger.mark()
                seconds, failed = timed(runner.run, command)
                table.add(program, step, sandbox.ledger.mark() - mark, round(seconds, 1), failed and failed[-200:])
            runner.close()
    yield table
