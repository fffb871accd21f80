"""`python -m tests.differential`: compare a real API Portal with the sandbox, and print what differs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from asgardeo_bijira_sandbox import Sandbox

from .runner import compared
from .servers import RealPortal, StandIn
from .token_endpoint import token_endpoint


def main() -> int:
    """Exit 1 where something differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.differential", description=__doc__)
    parser.add_argument("--url", required=True, help="the real portal; what it holds is deleted")
    parser.add_argument("--key", required=True, type=Path, help="the PEM file that its tokens are signed with")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--requests", type=int, default=2000)
    options = parser.parse_args()
    real = RealPortal(options.url, options.key.read_text())
    with Sandbox() as sandbox, token_endpoint() as place:
        report = compared(
            real,
            StandIn(sandbox, real.organization()),
            seed=options.seed,
            requests=options.requests,
            token_endpoint=f"http://{place}/token",
        )
    print(report)  # noqa: T201
    return 1 if report.found else 0


if __name__ == "__main__":
    sys.exit(main())
