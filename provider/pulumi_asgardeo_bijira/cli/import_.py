"""`import`: writes the file with which `pulumi import` takes over what a program declares and the platforms have.

The program runs once on the built-in engine, and whatever it declares is looked up by its unique key instead of being
made. What the platforms show of the declared properties becomes the inputs: so a preview after the import shows what
really differs, and nothing else. Nothing on the platforms is changed.
"""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pulumi.runtime import rpc

from ..dynamic import ABSENT, IMPORTING_VARIABLE, PROVIDER_KEY, payload
from ..rehearsal import Configuration
from ..rehearsal.engines import Project
from ..rehearsal.engines.built_in import BuiltInEngine
from ..rehearsal.engines.built_in.state import STACK_TYPE, Resource
from ..rehearsal.engines.model import NotBuiltIn
from ..rehearsal.engines.project import ProjectFile
from ..rehearsal.stacks_of_cli import StacksOfCli
from ..resources import ResourceHandler, resource_handlers
from ..transport import InvalidInput
from ..wire import opened_secret
from .progress import shown

__all__ = ("entry_of", "names_in", "write_entries", "write_import_file")

_HOW = "pulumi import --file {path} --generate-code=false --protect=false"


def write_import_file(
    directory: Path,
    stack: str | None,
    config: list[str],
    placeholders: Path | None,
    output: Path,
    select: Sequence[str] = (),
) -> int:
    """Write the file, and say how to use it."""
    with shown("looking for what the program declares"):
        everything, absent = _entries(directory, stack, config)
    wanted = set(select) | (names_in(placeholders) if placeholders is not None else set())
    entries = _selected(everything, wanted, select, absent) if wanted else everything
    parents = {entry["parent"] for entry in entries if "parent" in entry}
    entries = [entry for entry in everything if ("id" in entry and entry in entries) or entry["name"] in parents]
    if absent:
        print(f"not there yet, pulumi up will make it: {', '.join(absent)}")
    return write_entries(entries, output)


def write_entries(entries: Sequence[Mapping[str, Any]], output: Path) -> int:
    """Write what an import file holds, and say how to use it."""
    text = json.dumps({"resources": entries}, indent=2)
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    count = sum("id" in entry for entry in entries)
    print(f"{count} resources in {output}, which holds secrets: delete it after the import.")
    print(f"Next: {_HOW.format(path=output)}")
    return 0


def _selected(
    entries: list[dict[str, Any]], wanted: set[str], select: Sequence[str], absent: Sequence[str]
) -> list[dict[str, Any]]:
    """Those of these names and ids, of a component all its parts; one that is asked for by hand must be there."""
    if missing := [one for one in select if one in absent]:
        raise InvalidInput(
            "does not exist and cannot be imported",
            subject=f"The {', '.join(missing)}",
            action="Leave it to pulumi up to make it",
        )
    known = {str(entry[key]) for entry in entries for key in ("name", "id") if key in entry}
    strange = [one for one in select if one not in known]
    if strange:
        raise InvalidInput(
            f"declares nothing with the name or id {', '.join(strange)}",
            subject="The program",
            action="Check --select",
        )
    return [entry for entry in entries if wanted & {entry["name"], entry.get("id"), entry.get("parent")}]


def _entries(directory: Path, stack: str | None, config: list[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """What the program declares as the platforms have it, and the names of what they do not have."""
    if ProjectFile.load(directory).uses_plugin:
        raise InvalidInput(
            "uses the plugin, for which Pulumi imports by its own means",
            subject=f"The program in {directory}",
            action="Use pulumi import, or the option import (docs/importing-with-the-plugin.md)",
        )
    given = Configuration.opening(directory, stack, config)
    stacks = StacksOfCli(directory)
    project = Project(directory, given.known, given.secret, {IMPORTING_VARIABLE: "1"}, stacks=stacks)
    with closing(BuiltInEngine(project)) as engine:
        try:
            result = engine.up()
        except NotBuiltIn as refused:
            raise InvalidInput(
                f"cannot have the program do this, since nothing but look-ups may happen meanwhile: {refused.what}",
                subject="An import",
                action="Leave it out while you import: the entries for the rest are the same",
            ) from None
        if not result.ok:
            lines = [line for line in result.diagnostics.splitlines() if not line.startswith("warning: ")]
            raise InvalidInput("\n".join(lines), action="Correct the program or its settings and run it again")
        resources = engine.resources()
    inputs_of = {one.declaration.dynamic_type: one.inputs.keys() for one in resource_handlers().values()}
    absent = [one.name for one in resources if one.id == ABSENT]
    there = [one for one in resources if one.id != ABSENT]
    return [entry for one in there if (entry := _entry(one, resources, inputs_of)) is not None], absent


def _entry(
    resource: Resource, everything: list[Resource], inputs_of: Mapping[str, tuple[str, ...]]
) -> dict[str, Any] | None:
    parent = next((one for one in everything if one.urn == resource.parent and one.type != STACK_TYPE), None)
    place = {"parent": parent.name} if parent else {}
    if not resource.custom:
        if resource.type == STACK_TYPE:
            return None
        return {"type": resource.type, "name": resource.name, "component": True, **place}
    if resource.type not in inputs_of or resource.external:
        return None
    if not resource.provider_urn.endswith("::default"):
        raise InvalidInput(
            "belongs to an explicit provider, which an import file cannot name before it exists",
            subject=resource.name,
            action="Import from a program that has the tenant's settings in the stack",
        )
    live = {key: _for_file(value) for key, value in resource.outputs.items()}
    inputs = {key: live[key] for key in (*inputs_of[resource.type], PROVIDER_KEY) if key in live}
    entry = {"type": resource.type, "name": resource.name, "id": resource.id}
    return {**entry, **place, "inputs": inputs, "outputs": live}


def entry_of(
    handler: ResourceHandler, name: str, id: str, inputs: Mapping[str, Any], properties: Mapping[str, Any]
) -> dict[str, Any]:
    """The entry of an object of which both are known, without a program that declares it."""
    secrets, provider = handler.secrets, {PROVIDER_KEY: payload(handler.name)}

    def sealed(values: Mapping[str, Any]) -> dict[str, Any]:
        return {key: opened_secret(value) if key in secrets else value for key, value in values.items()} | provider

    entry = {"type": handler.declaration.dynamic_type, "name": name, "id": id}
    return {**entry, "inputs": sealed(inputs), "outputs": sealed(properties)}


def _for_file(value: Any) -> Any:
    """Secrets in the form in which a file may hold them, to be sealed by the import."""
    if rpc.is_rpc_secret(value):
        return opened_secret(rpc.unwrap_rpc_secret(value))
    return value


def names_in(path: Path) -> set[str]:
    """The names in a file that `pulumi preview --import-file` wrote."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {str(entry["name"]) for entry in found["resources"]}
    except OSError as problem:
        raise InvalidInput(
            f"cannot be read: {problem.strerror}", subject=str(path), action="Check --placeholders"
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InvalidInput(
            "is not an import file", subject=str(path), action=f"Make it with: pulumi preview --import-file {path}"
        ) from None
