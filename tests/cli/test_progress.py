"""What long work shows while it lasts."""

from __future__ import annotations

import os
import pty
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.support.command import COMMAND

if TYPE_CHECKING:
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox


def on_a_terminal(arguments: list[str], folder: Path, url: str) -> tuple[str, str]:
    """What a command writes to stdout, a pipe, and to stderr, a terminal."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, SANDBOX_VARIABLE: url, "TERM": "xterm"}
    with ThreadPoolExecutor(1) as reader:
        shown = reader.submit(_read, ours)
        done = subprocess.run(
            [COMMAND, *arguments], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=theirs, check=False
        )
        os.close(theirs)
        return done.stdout.decode(), shown.result()


def _read(descriptor: int) -> str:
    """All that comes until the other end is closed, which Linux tells by an error."""
    found = b""
    with open(descriptor, "rb", buffering=0) as file:
        try:
            while part := file.read(4096):
                found += part
        except OSError:
            pass
    return found.decode()


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["export"], "looking at each Api …"),
        (["import", "theirs"], "looking for what the program declares …"),
        (["doctor", "theirs"], "examining …"),
    ],
)
def test_a_terminal_sees_what_it_is_at_and_a_pipe_does_not(
    sandbox: Sandbox, tmp_path: Path, arguments: list[str], shown: str
) -> None:
    """The lines of the result stay what they are, and are mixed with nothing."""
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "Pulumi.yaml").write_text("name: theirs\nruntime: python\n")
    (tmp_path / "theirs" / "__main__.py").write_text("")
    stdout, stderr = on_a_terminal(arguments, tmp_path, sandbox.url)
    assert shown in stderr
    assert stdout
    assert "\x1b" not in stdout
    piped = subprocess.run(
        [COMMAND, *arguments, *(["--output", "second"] if arguments == ["export"] else [])],
        cwd=tmp_path,
        env={**os.environ, SANDBOX_VARIABLE: sandbox.url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "\x1b" not in piped.stderr
    assert shown not in piped.stderr
