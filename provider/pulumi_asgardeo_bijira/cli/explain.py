"""`explain`: why a client's token opens an API, or which link of the chain breaks."""

import json
from dataclasses import asdict
from pathlib import Path

from ..explanation import Link, Question, explain
from ..resources import platforms_for
from .stack_settings import settings_of

__all__ = ("print_explanation",)


def print_explanation(
    directory: Path, stack: str | None, config: list[str], question: Question, *, as_json: bool
) -> int:
    """Print each link as it is found, and say by the exit code whether any breaks."""
    links: list[Link] = []
    for link in explain(platforms_for(settings_of(directory, stack, config)), question):
        links.append(link)
        if not as_json:
            print(link.line, flush=True)
    ok = all(link.holds is not False for link in links)
    if as_json:
        print(json.dumps({"links": [asdict(link) for link in links], "ok": ok}, indent=2))
    return 0 if ok else 1
