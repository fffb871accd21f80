"""Lives through a page: its blocks in their order, in an empty folder beside a fresh sandbox, in one shell."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox import Sandbox, Scenario, load_scenario
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .page import Block

__all__ = ("live_through",)

_BIN = Path(sys.executable).parent
_SCENARIO = "scenario.yaml"
_SECONDS = 600


def live_through(story: Sequence[Block], folder: Path) -> list[str]:
    """Do what it says; return what was left out, and why."""
    has_pulumi = shutil.which("pulumi") is not None
    left_out = [f"{block.line}: {block.not_run}" for block in story if block.not_run]
    work = folder / "work"
    work.mkdir(parents=True)
    lines = list(_script(story, folder, has_pulumi))
    skipped = [str(block.line) for block in story if block.needs_pulumi and not block.not_run and not has_pulumi]
    if skipped:
        if not any("asgardeo-bijira rehearse" in block.text for block in story):
            lines.append(_REHEARSAL)
        left_out.append(f"{', '.join(skipped)}: there is no `pulumi` on PATH")
    with Sandbox(_scenario(story, folder)) as sandbox:
        code, said = _shell("\n".join(lines), work, _environment(folder, sandbox.url))
    assert code == 0, said
    _compare(story, said)
    return left_out


#: What stands for `pulumi up` where there is no CLI, unless the page has a rehearsal: its programs, rehearsed.
_REHEARSAL = """
find "$STORY/work" -name Pulumi.yaml -not -path '*/.venv/*' | while read -r project; do
  grep -q python "$project" || continue
  options=(); [ -f "$STORY/work/scenario.yaml" ] && options=(--scenario "$STORY/work/scenario.yaml")
  asgardeo-bijira rehearse --engine built-in "${options[@]}" "$(dirname "$project")"
done
"""


def _script(story: Sequence[Block], folder: Path, has_pulumi: bool) -> Iterator[str]:
    yield "set -eo pipefail"
    for number, block in enumerate(story):
        if block.title:
            source = folder / str(number)
            source.write_text(block.text, encoding="utf-8")
            target = shlex.quote(block.title)
            yield f'mkdir -p "$(dirname {target})" && cp {source} {target}'
        elif block.not_run:
            # What installing the package from elsewhere makes is what the tests themselves run in.
            if block.environment:
                yield f"ln -s {_BIN.parent} {shlex.quote(block.environment)}"
        elif block.language == "sh" and (has_pulumi or not block.needs_pulumi):
            yield f"printf '\\036%s\\n' {block.line}\n{block.text}"
    yield "printf '\\036end\\n'"


def _scenario(story: Sequence[Block], folder: Path) -> Scenario | None:
    """What the page's scenario says; without one a sandbox has the guide's prerequisites."""
    for block in story:
        if block.title == _SCENARIO:
            file = folder / _SCENARIO
            file.write_text(block.text, encoding="utf-8")
            return load_scenario(file)
    return None


def _environment(folder: Path, address: str) -> dict[str, str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("ASGARDEO", "BIJIRA", "PULUMI", "VIRTUAL_ENV"))
    }
    (folder / "states").mkdir()
    return kept | {
        "STORY": str(folder),
        "PATH": f"{_BIN}{os.pathsep}{kept.get('PATH', '')}",
        "NO_COLOR": "1",
        "COLUMNS": "120",
        "PULUMI_BACKEND_URL": f"file://{folder / 'states'}",
        "PULUMI_CONFIG_PASSPHRASE": "of the test",
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        SANDBOX_VARIABLE: address,
    }


def _shell(script: str, folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Run it, and end what it left behind in the background."""
    with subprocess.Popen(
        ["bash", "-c", script],  # noqa: S607  # the one on PATH
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as running:
        try:
            said, _ = running.communicate(timeout=_SECONDS)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
    return running.returncode, said.decode()


def _compare(story: Sequence[Block], said: str) -> None:
    """Each line that a page shows was printed by the commands above it, in this order; `…` stands for anything."""
    by_line = dict(part.split("\n", 1) for part in said.split("\036")[1:])
    for block in story:
        rest = " ".join(by_line.get(str(block.line), "").split())
        if str(block.line) not in by_line:
            continue
        for line in filter(None, (" ".join(line.split()) for line in block.expected.splitlines())):
            pattern = ".*?".join(re.escape(part) for part in line.split("…"))
            found = re.search(pattern, rest)
            assert found, f"line {block.line}: {line!r} is not in what was printed:\n{by_line[str(block.line)]}"
            rest = rest[found.end() :]
