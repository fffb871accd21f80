"""The settings of a stack that moves to the plugin, renamed as the page about it says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from pulumi_asgardeo_bijira.serving.configuration import SETTINGS
from pulumi_asgardeo_bijira.settings import all_keys

from tests.support.cli import need

PAGE = Path(__file__).parents[2] / "docs" / "moving-to-the-plugin.md"


def test_one_command_renames_every_key(tmp_path: Path) -> None:
    """To what the plugin calls the setting; what belongs to others stays."""
    need("perl")
    lines = [f"  {key}: {{secure: 'bijira:x'}}" for key in ("project:key", *SETTINGS.values())]
    stack = tmp_path / "Pulumi.dev.yaml"
    stack.write_text("\n".join(["config:", *lines]))
    (command,) = re.findall(r"^ *(perl .*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, check=True)
    names = ("project:key", *(f"asgardeo-bijira:{name}" for name in SETTINGS))
    assert stack.read_text().splitlines() == ["config:", *(f"  {name}: {{secure: 'bijira:x'}}" for name in names)]


def test_every_setting_has_a_name_of_the_plugins() -> None:
    """But for what marks an explicit provider, which the plugin knows by its name."""
    assert all_keys() - set(SETTINGS.values()) == {"asgardeo:explicitProvider"}
