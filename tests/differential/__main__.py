"""`python -m tests.differential`: compare a real API Portal with the sandbox, and print what differs."""

from __future__ import annotations

import argparse
import http.client
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox import Sandbox
from asgardeo_bijira_sandbox.tokens import SigningKey

from .life import CALLERS
from .rights import compared_rights
from .runner import compared
from .servers import RealPortal, Refused, StandIn
from .token_endpoint import token_endpoint

if TYPE_CHECKING:
    from .comparison import Report


def main(arguments: list[str] | None = None) -> int:
    """Exit 1 where something differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.differential", description=__doc__)
    parser.add_argument("--url", required=True, help="the real portal, an empty one: …/api-portal")
    parser.add_argument("--key", required=True, type=_pem, help="the PEM file that its tokens are signed with")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--wipe", action="store_true", help="delete what the real portal holds")
    parser.add_argument("--by", choices=("roles", "scopes"), default="roles", help="what the real portal goes by")
    parser.add_argument("--rights", action="store_true", help="compare who may do what, and nothing else")
    options = parser.parse_args(arguments)
    try:
        report = _report(options)
    except Refused as problem:
        parser.exit(2, f"{problem}.\n")
    except (OSError, http.client.HTTPException) as problem:
        parser.exit(2, f"{options.url} cannot be compared: {problem}.\n")
    print(report)  # noqa: T201
    return 1 if report.found else 0


def _pem(file: str) -> str:
    try:
        return SigningKey(Path(file).read_text()).pem
    except (OSError, ValueError) as problem:
        raise argparse.ArgumentTypeError(f"no private key in {file}: {problem}") from None


def _report(options: argparse.Namespace) -> Report:
    real = RealPortal(options.url, options.key)
    organization = real.begin(wipe=options.wipe)
    with Sandbox() as sandbox, token_endpoint() as place:
        sandbox.store.api_portal.by_scopes = options.by == "scopes"
        stand_in = StandIn(sandbox, organization)
        if options.rights:
            return compared_rights(real, stand_in, options.by)
        callers = CALLERS if options.by == "roles" else {**CALLERS, "homeless": 0}
        life = {"seed": options.seed, "requests": options.requests, "token_endpoint": f"http://{place}/token"}
        return compared(real, stand_in, callers=callers, **life)


if __name__ == "__main__":
    sys.exit(main())
