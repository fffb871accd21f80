"""What a change does to declared inputs, path by path, as an engine shows it.

Only what is declared now is compared: a property that is no longer declared is no longer managed, which changes
nothing. The items of a set are told apart by their keys, so one that comes in the first place is one addition, and not
a change of all that follow. A path leads to its value in the new inputs, and for what goes, in the old ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any

from ..resources.schema import Inputs, IsUnknown, KeyedBy, nested_model, set_key

__all__ = ("Change", "differences")

Differences = dict[str, "Change"]


class Change(IntEnum):
    """What happens to a value; as the protocol counts, each in twos: by an update, and by a replacement."""

    ADD = 0
    DELETE = 2
    UPDATE = 4


def differences(
    model: type[Inputs], old: Mapping[str, Any], new: Mapping[str, Any], unknown: IsUnknown, path: str = ""
) -> Differences:
    """The paths of all that is declared and was otherwise before."""
    found: Differences = {}
    fields = {model.key(name): field for name, field in model.model_fields.items()}
    for key, value in new.items():
        here = f"{path}.{key}" if path else key
        if key not in old:
            found[here] = Change.ADD
        elif old[key] != value:
            field = fields[key]
            inner, _ = nested_model(field)
            found |= _within(inner, set_key(field), old[key], value, unknown, here)
    return found


def _within(
    model: type[Inputs] | None, key: KeyedBy | None, old: Any, new: Any, unknown: IsUnknown, path: str
) -> Differences:
    """The differences of two values that are not equal, as deep as they can be told."""
    if isinstance(old, list) and isinstance(new, list):
        found = _of_set(model, key, old, new, unknown, path) if key else None
        return {path: Change.UPDATE} if found is None else found
    if isinstance(old, Mapping) and isinstance(new, Mapping) and model:
        return differences(model, old, new, unknown, path)
    return {path: Change.UPDATE}


def _of_set(
    model: type[Inputs] | None, key: KeyedBy, old: Sequence[Any], new: Sequence[Any], unknown: IsUnknown, path: str
) -> Differences | None:
    """The items that come, go and change; None where one path would have to stand for two of them."""
    before = dict(_by_key(model, key, old, unknown))
    after = dict(_by_key(model, key, new, unknown))
    if len(before) < len(old) or len(after) < len(new):  # what is not known cannot be told apart
        return None
    added = [f"{path}[{index}]" for found, index in after.items() if found not in before]
    removed = [f"{path}[{index}]" for found, index in before.items() if found not in after]
    changes = {**dict.fromkeys(added, Change.ADD), **dict.fromkeys(removed, Change.DELETE)}
    if len(changes) < len(added) + len(removed):
        return None
    for found in before.keys() & after.keys():
        there, here = before[found], after[found]
        if old[there] == new[here]:
            continue
        inner = _within(model, None, old[there], new[here], unknown, f"{path}[{here}]")
        if inner and there != here:
            return None
        changes |= inner
    return changes


def _by_key(
    model: type[Inputs] | None, key: KeyedBy, items: Sequence[Any], unknown: IsUnknown
) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Where each item of a set stands, by what tells it apart."""
    for index, item in enumerate(items):
        if model and isinstance(item, Mapping):
            parts = tuple(item.get(model.key(field), "") for field in key.fields)
        else:
            parts = (item,)
        if not any(unknown(part) for part in parts):
            yield parts, index
