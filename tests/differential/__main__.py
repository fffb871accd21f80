"""`python -m tests.differential`: compare a real API Portal with the sandbox, and print what differs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from asgardeo_bijira_sandbox import Sandbox

from .rights import compared_rights
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
    parser.add_argument("--rights", choices=("scopes", "roles"), help="compare who may do what, where it goes by these")
    options = parser.parse_args()
    real = RealPortal(options.url, options.key.read_text())
    with Sandbox() as sandbox, token_endpoint() as place:
        sandbox.store.api_portal.by_scopes = options.rights == "scopes"
        stand_in, endpoint = StandIn(sandbox, real.organization()), f"http://{place}/token"
        if options.rights:
            report = compared_rights(real, stand_in, options.rights)
        else:
            report = compared(real, stand_in, seed=options.seed, requests=options.requests, token_endpoint=endpoint)
    print(report)  # noqa: T201
    return 1 if report.found else 0


if __name__ == "__main__":
    sys.exit(main())
