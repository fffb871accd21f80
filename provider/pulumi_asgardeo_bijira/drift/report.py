"""What has drifted: each resource with each change of it, from what was declared to what is there."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pydantic.fields import FieldInfo

from ..naming import camel
from ..resources.schema import SECRET, WRITE_ONLY, Inputs, PropertyMap, mark_of, nested_model, set_key
from ..resources.widening import NEVER_WIDENS, Widens
from .document import Observed

__all__ = ("Change", "Drifted", "Report", "report_of")

_HIDDEN = "[secret]"


@dataclass(frozen=True)
class Change:
    """One property that is not as declared. An item of a list that was added has no declared value, one that was
    taken off no live one."""

    path: str
    declared: Any
    live: Any
    widens_access: bool


@dataclass(frozen=True)
class Drifted:
    """A resource that is not as declared, or not there any more."""

    urn: str
    type: str
    #: What the program calls it, and what a person calls such an object.
    name: str
    kind: str
    gone: bool
    changes: tuple[Change, ...]
    file: str
    line: int

    @property
    def widens_access(self) -> bool:
        """Whether somebody may do more than was declared."""
        return any(change.widens_access for change in self.changes)


@dataclass(frozen=True)
class Report:
    """How many resources were looked at, and those that have drifted, wider access first."""

    looked_at: int
    drifted: tuple[Drifted, ...]

    @property
    def widening(self) -> int:
        """How many resources give wider access."""
        return sum(one.widens_access for one in self.drifted)

    @property
    def verdict(self) -> str:
        """The whole in one line."""
        if not self.drifted:
            return f"No drift: {_resources(self.looked_at)} as declared."
        few = "1 of them widens" if self.widening == 1 else f"{self.widening} of them widen"
        wider = f"{few} access" if self.widening else "none widens access"
        return f"Drift: {len(self.drifted)} of {_resources(self.looked_at)} not as declared, {wider}."

    def as_json(self) -> dict[str, Any]:
        """The report as one document."""
        drifted = [{**asdict(one), "widens_access": one.widens_access} for one in self.drifted]
        return {"looked_at": self.looked_at, "drift": len(drifted), "widening": self.widening, "drifted": drifted}


def _resources(count: int) -> str:
    return "1 resource is" if count == 1 else f"{count} resources are"


def report_of(observed: list[Observed]) -> Report:
    """Compare each resource with what was declared of it."""
    drifted = [found for one in observed if (found := _drifted(one)) is not None]
    return Report(len(observed), tuple(sorted(drifted, key=lambda one: (not one.widens_access, one.urn))))


def _drifted(one: Observed) -> Drifted | None:
    live = one.live
    changes = () if live is None else (*_changes(one.declaration.inputs, one.declared, live, ""), *_unseen(one, live))
    if live is not None and not changes:
        return None
    return Drifted(one.urn, one.type, one.name, one.declaration.title, live is None, changes, one.file, one.line)


def _changes(model: type[Inputs], declared: PropertyMap, live: PropertyMap, before: str) -> Iterator[Change]:
    for name, field in model.model_fields.items():
        key, path = camel(name), f"{before}{camel(name)}"
        old, new = declared.get(key), live.get(key)
        if old == new or WRITE_ONLY in field.metadata:
            continue
        inner, is_list = nested_model(field)
        keyed = set_key(field)
        mark = mark_of(field, Widens) or NEVER_WIDENS
        if SECRET in field.metadata:
            yield Change(path, _HIDDEN, _HIDDEN, mark.by(old, new))
        elif inner is not None and not is_list:
            yield from _changes(inner, _object(old), _object(new), f"{path}.")
        elif keyed is not None:
            fields = tuple(camel(one) for one in keyed.fields)
            yield from _items(inner, mark, _by_key(old, fields), _by_key(new, fields), path)
        else:
            yield Change(path, old, new, mark.by(old, new))


def _unseen(one: Observed, live: PropertyMap) -> Iterator[Change]:
    """What has changed behind a secret, as an input is that came from one. Nobody can tell how, so what may widen
    access counts as if it did."""
    for name, field in one.declaration.inputs.model_fields.items():
        key = camel(name)
        values = one.declared.get(key), live.get(key)
        is_hidden = values[0] == values[1] and _HIDDEN in json.dumps(values)
        if is_hidden and key in one.differing and WRITE_ONLY not in field.metadata:
            yield Change(key, _HIDDEN, _HIDDEN, _may_widen(field))


def _may_widen(field: FieldInfo) -> bool:
    inner, _ = nested_model(field)
    return (mark_of(field, Widens) or NEVER_WIDENS) != NEVER_WIDENS or (
        inner is not None and any(map(_may_widen, inner.model_fields.values()))
    )


def _object(value: Any) -> PropertyMap:
    return dict(value) if isinstance(value, Mapping) else {}


def _by_key(items: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    """The items of a set by what tells them apart, as a person reads it."""
    return {_key(item, fields): item for item in items} if isinstance(items, list) else {}


def _key(item: Any, fields: tuple[str, ...]) -> str:
    if isinstance(item, Mapping) and fields:
        return "/".join(str(item[field]) for field in fields if field in item)
    return str(item)


def _items(
    inner: type[Inputs] | None, mark: Widens, old: Mapping[str, Any], new: Mapping[str, Any], path: str
) -> Iterator[Change]:
    for key in sorted(old.keys() | new.keys()):
        here = f"{path}[{key}]"
        if key not in old:
            yield Change(here, None, new[key], mark.by([], [new[key]]))
        elif key not in new:
            yield Change(here, old[key], None, mark.by([old[key]], []))
        elif inner is not None:
            yield from _changes(inner, _object(old[key]), _object(new[key]), f"{here}.")
