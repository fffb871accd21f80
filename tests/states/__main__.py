"""Brings up the programs of a version's folder on the Pulumi CLI, against a sandbox, and keeps what became of them.

    .venv/bin/python -m tests.states 0.1.0

Those whose deployment is there already are left as they are: they show what that version wrote.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from asgardeo_bijira_sandbox import Sandbox

from tests.plugin_programs.stage import PluginStage
from tests.states.kept import STATES, Kept, kept


def keep(one: Kept, folder: Path) -> None:
    """Bring its program up, and keep the deployment and the platforms."""
    with Sandbox() as sandbox:
        sandbox.store.save(one.before)
        stage = PluginStage(folder, sandbox, PULUMI_PYTHON_CMD=sys.executable)
        stage.copy(one.folder)
        stage.done("up")
        one.write(stage.engine.export())
        sandbox.store.signing_keys.clear()  # whoever finds a key in a repository has to ask whose it is
        for tenant in sandbox.store.asgardeo.values():
            tenant.tokens.clear()
        sandbox.store.save(one.platforms)


def main(version: str) -> int:
    """Keep all that is missing of a version."""
    missing = [one for one in kept() if one.folder.parent == STATES / version and not one.there]
    if not missing or not shutil.which("pulumi"):
        lack = "the Pulumi CLI on PATH" if missing else f"a folder with a program in {STATES / version}"
        print(f"nothing to do without {lack}", file=sys.stderr)  # noqa: T201
        return 1
    for one in missing:
        with tempfile.TemporaryDirectory() as folder:
            keep(one, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
