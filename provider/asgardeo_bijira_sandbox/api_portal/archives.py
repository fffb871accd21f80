"""Archives that APIs are published with: a document of metadata and a definition, wherever they lie in it."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..web.bodies import File
from .api_metadata import metadata_of
from .exceptions import objection
from .parsing import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ("unpacked",)

_METADATA, _DEFINITIONS = (
    ("metadata.yaml", "metadata.yml", "api.yaml", "mcp.yaml"),
    ("definition.yaml", "definition.yml", "definition.json"),
)
_MOST_ENTRIES, _MOST_BYTES = 500, 50 * 1024 * 1024


def unpacked(form: Form) -> Form:
    """The form that an archive stands for; any other form as it is."""
    if "artifact" not in form.files:
        return form
    artifact = form.files["artifact"]
    if not artifact.name.lower().endswith(".zip"):
        raise objection("Invalid artifact file. Expected a .zip file")
    entries = _entries(artifact.content)
    metadata = _found(entries, _METADATA)
    if metadata is None:
        raise objection("Invalid full API zip: missing metadata.yaml, metadata.yml, api.yaml or mcp.yaml")
    inner = Form(files={"metadata": metadata})
    what = "MCP server" if metadata_of(inner)["type"] == "Mcp" else "full API"
    definition = _found(entries, _DEFINITIONS)
    if definition is None:
        raise objection(f"Invalid {what} zip: missing definition file (definition.yaml/yml/json)")
    inner.files["definition"] = definition
    return inner


def _entries(content: bytes) -> dict[str, bytes]:
    """The files of an archive by their paths."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            if len(entries) > _MOST_ENTRIES or sum(one.file_size for one in entries) > _MOST_BYTES:
                raise objection("Invalid artifact zip file: it is too large")
            return {one.filename: archive.read(one) for one in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise objection("Invalid artifact zip file: it is no archive") from None


def _found(entries: Mapping[str, bytes], names: tuple[str, ...]) -> File | None:
    """The first file of one of these names, nearer to the top before what lies deeper."""
    paths = sorted((PurePosixPath(path) for path in entries), key=lambda path: len(path.parts))
    for path in paths:
        if path.name.lower() in names and "__MACOSX" not in path.parts:
            return File(path.name, entries[str(path)])
    return None
