"""A peer's provider for Terraform, on the program of this package, beside the same sandbox in the same run.

Nothing of it is here: the command line names a CLI (OpenTofu or Terraform) and the folder with a build of
terraform-provider-asgardeo that takes its address from `ASGARDEO_BASE_URL`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from asgardeo_bijira_sandbox.asgardeo.models import ApiResource, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asgardeo_bijira_sandbox import Sandbox

__all__ = ("Peer", "with_an_api")

_API = "urn:shared"
_SCOPES = ("s:read", "s:write")
_COMMANDS = {
    "up": ("apply", "-auto-approve"),
    "refresh": ("apply", "-refresh-only", "-auto-approve"),
    "destroy": ("destroy", "-auto-approve"),
}
_SETTINGS = """
provider_installation {{
  dev_overrides {{
    "asgardeo/asgardeo" = "{provider}"
  }}
  direct {{}}
}}
"""
_PROGRAM = """
terraform {{
  required_providers {{
    asgardeo = {{ source = "asgardeo/asgardeo" }}
  }}
}}

provider "asgardeo" {{
  org_name      = "sandbox"
  client_id     = "sandbox-management"
  client_secret = "sandbox-secret"
}}

resource "asgardeo_application" "one" {{
  count       = {size}
  name        = "one-${{count.index}}"
  description = count.index == 0 ? "{text}" : "old"
  template_id = "m2m-application"
  oidc {{
    grant_types = ["client_credentials"]
  }}
}}

resource "asgardeo_application_authorized_api" "one" {{
  count          = {size}
  application_id = asgardeo_application.one[count.index].id
  identifier     = "{api}"
  scopes         = ["s:read", "s:write"]
}}
"""


def with_an_api(sandbox: Sandbox) -> None:
    """It cannot make an API itself, so there is one."""
    scopes = [Scope(name=name, display_name=name) for name in _SCOPES]
    api = ApiResource(number=1, name="Shared", identifier=_API, scopes=scopes)
    sandbox.store.asgardeo["sandbox"].apis[api.id] = api


class Peer:
    """A stack of the peer's: applications, each with an authorized API of its own."""

    def __init__(self, command: Path, provider: Path, environment: Mapping[str, str]) -> None:
        self._command = command
        self._folder = Path(tempfile.mkdtemp(prefix="bench-"))
        settings = self._folder / "cli.tfrc"
        settings.write_text(_SETTINGS.format(provider=provider))
        own = {"TF_CLI_CONFIG_FILE": str(settings), "CHECKPOINT_DISABLE": "1"}
        self._environment = {**os.environ, **environment, **own}

    def write(self, kind: str, size: int, *, changed: bool) -> None:
        """Put the program in place; there is one of one kind."""
        assert kind == "Application", kind
        program = _PROGRAM.format(size=size, text="new" if changed else "old", api=_API)
        (self._folder / "main.tf").write_text(program)

    def run(self, command: str) -> str | None:
        """Run a command, at its default parallelism."""
        done = subprocess.run(
            [str(self._command), *_COMMANDS[command], "-no-color"],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
        )
        return None if done.returncode == 0 else done.stdout + done.stderr

    def close(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self._folder)
