"""Which versions somebody has, as a report of a fault wants to know them."""

from __future__ import annotations

import platform
from importlib import metadata

from tests.support.command import command


def test_versions_are_printed_in_one_line() -> None:
    """The package's, and of what decides how it works: Pulumi's SDK and Python."""
    done = command("--version")
    assert (done.returncode, done.stderr) == (0, "")
    mine, sdk = (metadata.version(name) for name in ("pulumi-asgardeo-bijira", "pulumi"))
    assert done.stdout == f"pulumi-asgardeo-bijira {mine}, pulumi {sdk}, Python {platform.python_version()}\n"
