"""Property paths (`meta.list[2]`, `tags["a.b"]`, `*`): where two sets of properties differ, and what to ignore.

The grammar is the engine's own: between quotes a backslash stands for itself, but before a quote, which it lets stand
within the name. So a name that ends in a backslash can be shown as a path and not be given as one. What is no path is
taken for a name as it stands, which no property has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pulumi_asgardeo_bijira import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Path", "covers", "differences", "parse", "reset", "same", "text"]

Path = tuple[str | int, ...]

_TOKEN = re.compile(r'\.*(?:\["((?:\\"|[^"])*+)"\]|\[(\d+|\*)\]|([^.\[]+)|$)')
_PLAIN = re.compile(r"^[^.\[\]\"]+$")
_ABSENT: Any = object()


def parse(path: str) -> Path:
    """The segments of a path; `*` stands for every element."""
    segments: list[str | int] = []
    end = 0
    while end < len(path):
        token = _TOKEN.match(path, end)
        if token is None:
            return (path,)
        quoted, index, name = token.groups()
        if index:
            segments.append(index if index == "*" else int(index))
        elif name or quoted is not None:
            segments.append(name or quoted.replace('\\"', '"'))
        end = token.end()
    return tuple(segments) or (path,)


def text(path: Path) -> str:
    """The path as people write it."""
    written = ""
    for segment in path:
        if isinstance(segment, int):
            written += f"[{segment}]"
        elif not _PLAIN.match(segment):
            escaped = segment.replace('"', '\\"')
            written += f'["{escaped}"]'
        else:
            written += f".{segment}" if written else segment
    return written


def covers(pattern: Path, path: Path) -> bool:
    """Whether the path lies at or below the pattern."""
    return len(pattern) <= len(path) and all(p in ("*", s) for p, s in zip(pattern, path, strict=False))


def same(old: Any, new: Any) -> bool:
    """Whether two values are equal, which 1 and True are not."""
    return not differences({"": old}, {"": new})


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Path]:
    """The paths of all leaves in which two sets of properties differ; secret or not makes no difference."""
    return list(_differ(wire.open_secrets(dict(old)), wire.open_secrets(dict(new)), ()))


def _differ(old: Any, new: Any, path: Path) -> Iterable[Path]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from _differ_at(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            yield from _differ_at(_at(old, index), _at(new, index), (*path, index))
    elif old != new or isinstance(old, bool) is not isinstance(new, bool):
        yield path


def _differ_at(old: Any, new: Any, path: Path) -> Iterable[Path]:
    if _ABSENT in (old, new):
        return (path,)
    return _differ(old, new, path)


def _at(values: Sequence[Any], index: int) -> Any:
    return values[index] if index < len(values) else _ABSENT


def reset(properties: Mapping[str, Any], old: Mapping[str, Any], ignored: Iterable[str]) -> dict[str, Any]:
    """The properties with everything at the ignored paths as it was."""
    result: Any = dict(properties)
    for path in ignored:
        result = _reset(result, old, parse(path))
    return dict(result)


def _reset(new: Any, old: Any, path: Path) -> Any:
    if not path:
        return new if old is _ABSENT else old
    if wire.is_secret(new):
        return wire.secret(_reset(new["value"], wire.open_secrets(old), path))
    old = old["value"] if wire.is_secret(old) else old
    if isinstance(new, list) and isinstance(old, list):
        return _reset_list(new, old, path)
    if isinstance(new, dict) and isinstance(old, dict):
        return _reset_object(new, old, path)
    return new


def _reset_list(new: list[Any], old: list[Any], path: Path) -> list[Any]:
    chosen = range(min(len(new), len(old))) if path[0] == "*" else (path[0],)
    result = list(new)
    for index in chosen:
        if isinstance(index, int) and index < min(len(new), len(old)):
            result[index] = _reset(new[index], old[index], path[1:])
    return result


def _reset_object(new: dict[str, Any], old: dict[str, Any], path: Path) -> dict[str, Any]:
    chosen = {*new, *old} if path[0] == "*" else {str(path[0])}
    result = dict(new)
    for key in chosen:
        if len(path) == 1 and key not in old:
            result.pop(key, None)
        elif len(path) == 1:
            result[key] = old[key]
        elif key in new and key in old:
            result[key] = _reset(new[key], old[key], path[1:])
    return result
