"""One such stack in its folder, beside its program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asgardeo_bijira_sandbox.store import Store

__all__ = ("STATES", "Kept", "kept")

#: A folder for each version, and in it one for each way of running its resources.
STATES = Path(__file__).parents[1] / "data" / "states"

_OF_ITS_MAKING = {"created", "modified", "sourcePosition", "stackTrace"}


@dataclass(frozen=True)
class Kept:
    """What is kept of it. The platforms are files of a sandbox: as the stack found them, and as it left them."""

    folder: Path

    @property
    def before(self) -> Path:
        """The platforms when there was no stack."""
        return self.folder / "before.json"

    @property
    def platforms(self) -> Path:
        """The platforms when the stack was up."""
        return self.folder / "platforms.json"

    @property
    def _deployment(self) -> Path:
        return self.folder / "deployment.json"

    @property
    def there(self) -> bool:
        """Whether it was made, and is not only a program yet."""
        return self._deployment.exists()

    def snapshot(self, url: str) -> dict[str, Any]:
        """What was on the platforms when there was no stack, had they been at this address."""
        return Store.load(self.before, url).snapshot()

    def deployment(self, url: str) -> dict[str, Any]:
        """As `pulumi stack export --show-secrets` wrote it, had the platforms been at this address."""
        former = json.loads(self.platforms.read_text())["base_url"]
        found: dict[str, Any] = json.loads(self._deployment.read_text().replace(former, url))
        return found

    def write(self, exported: dict[str, Any]) -> None:
        """Keep a deployment, but for where the files lay and by what its secrets were encrypted."""
        deployment = {key: value for key, value in exported["deployment"].items() if key != "secrets_providers"}
        resources = [{k: v for k, v in one.items() if k not in _OF_ITS_MAKING} for one in deployment["resources"]]
        found = {**exported, "deployment": {**deployment, "resources": resources}}
        self._deployment.write_text(json.dumps(found, indent=1) + "\n")


def kept() -> list[Kept]:
    """All of them."""
    return [Kept(folder) for folder in sorted(STATES.glob("*/*")) if (folder / "Pulumi.yaml").is_file()]
