"""Other stacks as the Pulumi CLI has them, asked for when a program first refers to one. Nothing is changed there."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from .engines import OtherStack
from .stack_config import NoAnswer, asked

__all__ = ("StacksOfCli",)

#: What stands for a secret output where secrets are not shown.
_HIDDEN = "[secret]"


class StacksOfCli(Mapping[str, OtherStack]):
    """Those of the backend at which the CLI is signed in; without the CLI there are none."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._known: dict[str, OtherStack] = {}

    def __getitem__(self, name: str) -> OtherStack:
        cli = shutil.which("pulumi")
        if cli is None:
            raise KeyError(name)
        if name not in self._known:
            question = ("stack", "output", "--json", "--stack", name)
            try:
                shown = json.loads(asked(cli, self._directory, *question, "--show-secrets"))
                hiding = json.loads(asked(cli, self._directory, *question))
            except (NoAnswer, ValueError):
                raise KeyError(name) from None
            secret = frozenset(key for key, value in hiding.items() if value == _HIDDEN)
            self._known[name] = OtherStack(shown, secret)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
