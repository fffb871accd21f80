"""What `terraform show -json` tells of a state: its resources and its outputs."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..transport import InvalidInput
from .terraform_table import strange_attribute

__all__ = ("Instance", "State")

_HOW = "Write it with: terraform show -json > state.json"


@dataclass(frozen=True)
class Instance:
    """One resource or data source, of a module or of the root."""

    address: str
    type: str
    mode: str
    provider: str
    values: Mapping[str, Any] = field(repr=False)

    @property
    def is_managed(self) -> bool:
        """Whether it is a resource and no data source."""
        return self.mode == "managed"

    @property
    def name(self) -> str:
        """Its address without what every address has."""
        return re.sub(rf"\bmodule\.|\bdata\.|{re.escape(self.type)}\.", "", self.address)


@dataclass(frozen=True)
class State:
    """A state as a whole."""

    resources: tuple[Instance, ...]
    #: The values of its outputs.
    outputs: Mapping[str, Any] = field(repr=False)

    @classmethod
    def read(cls, path: str) -> "State":
        """The state in a file, or of standard input by `-`."""
        try:
            text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
            document = json.loads(text)
            values = document.get("values", {}) if "format_version" in document else None
        except OSError as problem:
            raise InvalidInput(f"cannot be read: {problem.strerror}", subject=path, action=_HOW) from None
        except (ValueError, AttributeError, TypeError, RecursionError):
            values = None
        if values is None or "planned_values" in document:
            what = "is a plan and no state" if values is not None else "is not what terraform show -json writes"
            raise InvalidInput(what, subject=path, action=_HOW)
        try:
            resources = tuple(_resources(values.get("root_module", {})))
            outputs = {name: one.get("value") for name, one in values.get("outputs", {}).items()}
        except (KeyError, AttributeError, TypeError, ValueError):
            raise InvalidInput("is not what terraform show -json writes", subject=path, action=_HOW) from None
        for one in resources:
            if one.is_managed and (strange := strange_attribute(one.type, one.values)):
                raise InvalidInput(
                    f"has a value of another type than the provider's in {one.address}: {strange}",
                    subject=path,
                    action="Have the provider that this package knows write it",
                )
        return cls(resources, outputs)


def _resources(module: Mapping[str, Any]) -> Iterator[Instance]:
    for one in module.get("resources", []):
        address, type_, mode, provider = one["address"], one["type"], one["mode"], one.get("provider_name", "")
        if not all(isinstance(text, str) for text in (address, type_, mode, provider)):
            raise TypeError("no such resource")
        yield Instance(address, type_, mode, provider, dict(one["values"]))
    for child in module.get("child_modules", []):
        yield from _resources(child)
