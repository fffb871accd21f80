"""The page of settings shows commands that Pulumi's command line takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.cli import need, pulumi
from tools.site import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_COMMAND = re.compile(r"^\| `pulumi config set ((?:--plaintext |--secret )?\w+:\w+)` ", re.MULTILINE)
#: A text of which the command line believes that it is a secret, where the name of a setting sounds like one.
_RANDOM = '{"Zk29!vRw":"P0e_Lm4sT8uY-q7X"}'


def test_every_setting_is_set_by_its_command(tmp_path: Path) -> None:
    """It refuses what looks like a secret and is not said to be one or none."""
    need("pulumi")
    commands = _COMMAND.findall((ROOT / "docs/reference/settings.md").read_text(encoding="utf-8"))
    assert len(commands) > 30
    (tmp_path / "Pulumi.yaml").write_text("name: trial\nruntime: yaml\n")
    pulumi(tmp_path, tmp_path, "stack", "init", "dev")
    for command in commands:
        if "--secret" not in command:
            pulumi(tmp_path, tmp_path, "config", "set", *command.split(), _RANDOM)
