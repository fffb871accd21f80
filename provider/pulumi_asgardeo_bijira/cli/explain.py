"""`explain`: why a client's token opens an API, or which link of the chain breaks."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from ..explanation import Link, Question, explain
from ..rehearsal import Configuration
from ..resources import platforms_for
from ..settings import Settings

__all__ = ("print_explanation",)


def print_explanation(
    directory: Path, stack: str | None, config: list[str], question: Question, *, as_json: bool
) -> int:
    """Print each link as it is found, and say by the exit code whether any breaks."""
    links: list[Link] = []
    for link in explain(platforms_for(_settings(directory, stack, config)), question):
        links.append(link)
        if not as_json:
            print(link.line, flush=True)
    ok = all(link.holds is not False for link in links)
    if as_json:
        print(json.dumps({"links": [asdict(link) for link in links], "ok": ok}, indent=2))
    return 0 if ok else 1


def _settings(directory: Path, stack: str | None, config: list[str]) -> Settings:
    """Those of a stack, where there is a project; else those of the environment."""
    is_project = any((directory / name).is_file() for name in ("Pulumi.yaml", "Pulumi.yml"))
    if not (is_project or stack or config):
        return Settings({}, dict(os.environ))
    return Configuration.opening(directory, stack, config).settings(directory)
