"""Other stacks for the CLI to refer to: they are made in the rehearsal's backend, with the outputs that it was given.

That backend is a folder, and in a folder every stack is of the organisation `organization`: one of another
organisation cannot be referred to there.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pulumi import automation

from pulumi_asgardeo_bijira.rehearsal.engines.model import EngineError
from pulumi_asgardeo_bijira.wire import opened_secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pulumi_asgardeo_bijira.rehearsal.engines.model import OtherStack

__all__ = ["make_stacks", "out_of_reach", "store"]

_ORGANIZATION = "organization"


def out_of_reach(names: Iterable[str]) -> list[str]:
    """Those of the stacks that no backend in a folder can have."""
    return [name for name in names if _place(name, "this") is None]


def _place(name: str, own_project: str) -> tuple[str, str] | None:
    """The project and the stack that a name means."""
    match name.split("/"):
        case [stack]:
            return own_project, stack
        case [organization, project, stack] if organization == _ORGANIZATION:
            return project, stack
    return None


def make_stacks(stacks: Mapping[str, OtherStack], own_project: str, options: automation.LocalWorkspaceOptions) -> None:
    """Make them in the backend of these options."""
    if strange := out_of_reach(stacks):
        raise EngineError(
            f"the Pulumi CLI keeps the stacks of a rehearsal in a folder, where each is named {_ORGANIZATION}/PROJECT/"
            f"STACK, and not {strange[0]}; rehearse with --engine built-in"
        )
    for name, other in stacks.items():
        project, stack = _place(name, own_project) or ("", "")
        with TemporaryDirectory() as folder:
            Path(folder, "Pulumi.yaml").write_text(json.dumps({"name": project, "runtime": "yaml"}), encoding="utf-8")
            made = automation.create_or_select_stack(stack, work_dir=folder, opts=options)
            store(made, 3, _deployment(project, stack, other))


def store(stack: automation.Stack, version: int, deployment: Mapping[str, Any]) -> None:
    """Import a deployment whose secrets are open; they are sealed with the stack's own salt."""
    salt = stack.workspace.stack_settings(stack.name).encryption_salt
    sealing = {"type": "passphrase", "state": {"salt": salt}}
    stack.import_stack(automation.Deployment(version, {**deployment, "secrets_providers": sealing}))


def _deployment(project: str, stack: str, other: OtherStack) -> dict[str, Any]:
    """A stack that has nothing but outputs."""
    type_ = "pulumi:pulumi:Stack"
    outputs = {key: opened_secret(value) if key in other.secret else value for key, value in other.outputs.items()}
    urn = f"urn:pulumi:{stack}::{project}::{type_}::{project}-{stack}"
    row = {"urn": urn, "custom": False, "type": type_, "outputs": outputs}
    manifest = {"time": "2026-01-01T00:00:00Z", "magic": "", "version": ""}
    return {"manifest": manifest, "resources": [row]}
