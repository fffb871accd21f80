"""The life of many resources of a kind on an engine: what each step sends and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox import Fault, Sandbox
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from benchmarks.engines import STEPS, timed
from benchmarks.programs import EMPTY, KINDS
from benchmarks.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from benchmarks.engines import Runner

__all__ = ("Step", "lives", "walk")


@dataclass(frozen=True)
class Step:
    """What one step took; `refused` are the answers 429, `failed` is what went wrong."""

    name: str
    seconds: float
    requests: int
    refused: int
    failed: str | None


def walk(
    start: Callable[[Mapping[str, str]], Runner],
    kind: str,
    size: int,
    *faults: Fault,
    environment: Mapping[str, str] | None = None,
    prepare: Callable[[Sandbox], None] = lambda sandbox: None,
    steps: Container[str] = ("create", "no-op", "refresh", "one change", "destroy"),
) -> Iterator[Step]:
    """Lead so many of a kind through their life on an engine, beside a sandbox with these faults."""
    with Sandbox() as sandbox:
        for fault in faults:
            sandbox.faults.add(fault)
        prepare(sandbox)
        runner = start({SANDBOX_VARIABLE: sandbox.url, "ASGARDEO_BASE_URL": sandbox.url, **(environment or {})})
        try:
            for name, command, changed in STEPS:
                if name not in steps:
                    continue
                runner.write(kind, size, changed=changed)
                mark = sandbox.ledger.mark()
                seconds, failed = timed(runner.run, command)
                sent = [one for one in sandbox.ledger.since(mark) if one.platform != "token"]
                refused = sum(one.status == 429 for one in sent)
                yield Step(name, seconds, len(sent) - refused, refused, failed)
        finally:
            runner.close()


def lives(
    engines: Mapping[str, Callable[[Mapping[str, str]], Runner]], sizes: Iterable[int], latency: float
) -> Iterator[Table]:
    """Each kind at each size, beside the empty provider at that size."""
    for engine, start in engines.items():
        table = Table(
            f"A life of many, on {engine}",
            f"{latency * 1000:.0f} ms a request and nothing that limits their rate; time as a ratio to the empty "
            "provider's in the same step. Tokens are not counted.",
            ("kind", "N", "step", "requests", "s", "to empty"),
            names=3,
        )
        for size in sizes:
            floor: dict[str, float] = {}
            for kind in KINDS:
                for step in walk(start, kind, size, Fault(kind="slow", seconds=latency, times=0)):
                    if step.failed:
                        raise RuntimeError(step.failed)
                    if kind == EMPTY:
                        floor[step.name] = step.seconds
                    ratio = step.seconds / floor[step.name]
                    table.add(kind, size, step.name, step.requests, round(step.seconds, 2), round(ratio, 2))
        yield table
