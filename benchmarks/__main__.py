"""`python -m benchmarks`: measure, write the document, print it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import tables
from benchmarks.comparison import comparison
from benchmarks.engines import engines
from benchmarks.limited import limited, side_by_side
from benchmarks.lives import lives
from benchmarks.operations import operations
from benchmarks.overhead import overhead
from benchmarks.parallel import parallel
from benchmarks.simulated import simulated
from benchmarks.start import start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from benchmarks.tables import Table

_LATENCY = 0.05
_NAMES = (
    "operations",
    "overhead",
    "start",
    "simulated",
    "lives",
    "parallel",
    "peer",
    "limited",
    "half",
    "side by side",
)
_DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.json"


def _parts(options: argparse.Namespace) -> dict[str, Callable[[], Iterable[Table]]]:
    """What can be measured, by name."""
    found = engines()
    chosen = found if options.full else dict([next(iter(found.items()))])
    sizes = options.sizes or ((1, 10, 100, 400) if options.full else (1, 10, 100))
    parts: dict[str, Callable[[], Iterable[Table]]] = {
        "operations": operations,
        "overhead": overhead,
        "start": start,
        "simulated": lambda: simulated((1, 10, 100, 200, 300, 400)),
        "lives": lambda: lives(chosen, sizes, _LATENCY),
    }
    if "pulumi" in found:
        parts["parallel"] = parallel
    if options.peer:
        parts["peer"] = lambda: comparison(options.peer[0], options.peer[1], _LATENCY)
    if options.limited:
        parts["limited"] = lambda: limited(options.sizes or (100, 200, 300))
        parts["half"] = lambda: limited(options.sizes or (100,), limit=100)
        parts["side by side"] = lambda: side_by_side(100)
    return parts


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--full", action="store_true", help="every size on every engine: an hour or more")
    parser.add_argument("--only", action="append", choices=_NAMES, help="a part; may be given several times")
    parser.add_argument("--sizes", type=int, nargs="+", help="numbers of resources")
    parser.add_argument(
        "--peer", type=Path, nargs=2, metavar=("CLI", "PROVIDER"), help="a peer, as benchmarks/peer.py says"
    )
    parser.add_argument("--limited", action="store_true", help="with a limit a minute too, in real time: half an hour")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # processes keep what they compile, as a user's do
    measured = []
    for name, part in _parts(options).items():
        if not options.only or name in options.only:
            measured += list(part())
    print(tables.write(_DOCUMENT, measured))


if __name__ == "__main__":
    main()
