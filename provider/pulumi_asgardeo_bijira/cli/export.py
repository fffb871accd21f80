"""`export`: writes an organisation's APIs, applications, roles and clients as a Pulumi program, and its import file."""

import os
from pathlib import Path

from ..exporting import Export, State, Takeover
from ..resources import platforms_for, resource_handlers
from ..settings import Settings
from ..transport import InvalidInput
from .import_ import entry_of, write_entries, write_import_file
from .progress import shown

__all__ = ("write_program", "write_takeover")

_PROJECT = "name: exported\nruntime:\n  name: python\n  options:\n    virtualenv: .venv\n"


def write_program(output: Path, *, asgardeo: bool, bijira: bool) -> int:
    """Write the project and its import file, and say what could not be written."""
    _refuse_full(output)
    export = Export(platforms_for(Settings({}, dict(os.environ))))
    chosen = {name for name, wanted in (("asgardeo", asgardeo), ("bijira", bijira)) if wanted}
    with shown("looking at the organisation") as at:
        for kind, handler in resource_handlers().items():
            if handler.platform in chosen:
                at(f"looking at each {kind}")
                export.add_all(handler)
    _write(export, output)
    return write_import_file(output.resolve(), None, [], None, output / "import.json")


def write_takeover(state: str, output: Path) -> int:
    """Write the project that a Terraform state becomes, and its import file with the ids of the state."""
    _refuse_full(output)
    takeover = Takeover(platforms_for(Settings({}, dict(os.environ))))
    found = State.read(state)
    with shown("looking for what the state has"):
        takeover.add(found)
    _write(takeover.export, output)
    for line in takeover.drifted:
        print(f"differs from the state, as a preview will show: {line}")
    entries = [entry_of(one.handler, one.name, one.id, one.inputs, one.properties) for one in takeover.taken]
    return write_entries(entries, output / "import.json")


def _refuse_full(output: Path) -> None:
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise InvalidInput("is not an empty folder", subject=str(output), action="Name another folder with --output")


def _write(export: Export, output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    (output / "Pulumi.yaml").write_text(_PROJECT, encoding="utf-8")
    (output / "__main__.py").write_text(export.text, encoding="utf-8")
    for line in export.report():
        print(line)
    print(f"{export.count} resources in {output}{export.verdict}")
