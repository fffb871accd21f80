"""The attributes of a user: how a body is read by the schemas, and what the operations of a PATCH do to them.

What no schema knows, or knows in another case, has no effect in a body; in a path any case does, and what is unknown is
refused. What only the server sets has no effect in a body that replaces, and is refused in an operation.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..exceptions import scim_error, scim_refusal
from ..models import SYSTEM_SCHEMA
from .schemas import ENTERPRISE, SCHEMAS, USER, Attribute

if TYPE_CHECKING:
    from ...web.errors import ApiError
    from ..scim_operations import Operation

__all__ = ("patched", "read_attributes")

_CORE = {one.name.lower(): one for schema in SCHEMAS[:2] for one in schema.attributes}
_EXTENSIONS = {
    schema.uri.lower(): schema.as_attribute for schema in SCHEMAS if schema.uri in (ENTERPRISE, SYSTEM_SCHEMA)
}
_ROOT = Attribute("", "COMPLEX", parts=(*_CORE.values(), *_EXTENSIONS.values()))
_FILTER = re.compile(r"([^\[]+)\[(\w+) (\w+) (.+)\](?:\.([$\w]+))?")


def read_attributes(body: dict[str, Any]) -> dict[str, Any]:
    """What a body says of a user, by the names that the schemas have."""
    return {name: value for name, value in _read(_ROOT, body).items() if value not in (None, [], {})}


def patched(attributes: dict[str, Any], operations: list[Operation]) -> dict[str, Any]:
    """The attributes after the operations."""
    changed = deepcopy(attributes)
    for operation in operations:
        if operation.op == "remove":
            _remove(changed, operation.path)
        elif operation.value is None:
            text = f"The value is not provided to perform patch {operation.op} operation."
            raise scim_error(400, text, "invalidSyntax")
        elif operation.path is None:
            _merge(changed, operation)
        else:
            _set(changed, operation)
    return changed


def _read(known: Attribute, value: Any) -> dict[str, Any]:
    """The parts of an object."""
    if not isinstance(value, dict):
        raise scim_refusal("invalidSyntax")
    found = {}
    for name, item in value.items():
        part = known.part(name.removeprefix(f"{USER}:"))
        if item is not None and part is not None and not part.closed and name.endswith(part.name):
            found[part.name] = _value(part, item)
    return found


def _value(known: Attribute, value: Any) -> Any:
    """A value as it is kept, or a refusal of one of another kind."""
    if known.many:
        if not isinstance(value, list):
            raise scim_refusal("invalidSyntax")
        return [_item(known, item) for item in value]
    if known.parts:
        return _read(known, value)
    if not isinstance(value, str | int | float):
        raise scim_refusal("invalidSyntax")
    return _scalar(known, value if isinstance(value, str) else json.dumps(value))


def _scalar(known: Attribute, text: str) -> Any:
    """A plain value by its text: the server takes `"true"` for true and 1 for "1"."""
    if known.kind == "BOOLEAN":
        return text.lower() == "true"
    if known.kind != "INTEGER":
        return text
    if not re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        raise scim_refusal("invalidSyntax")
    return int(text)


def _item(known: Attribute, item: Any) -> Any:
    """An entry of a list, which may be a bare value."""
    if known.parts and isinstance(item, dict):
        return _read(known, item)
    if not isinstance(item, str):
        raise scim_refusal("invalidSyntax")
    return item


def _merge(changed: dict[str, Any], operation: Operation) -> None:
    """An operation without a path: what its value has is added or replaced."""
    if not isinstance(operation.value, dict):
        raise scim_refusal("invalidSyntax")
    for name, item in operation.value.items():
        known = _ROOT.part(name)
        if known is None:
            continue
        _check_open(known)
        _put(changed, known, _value(known, item), operation.op)


def _set(changed: dict[str, Any], operation: Operation) -> None:
    """An operation with a path, to an attribute, a part of one, or some entries of a list."""
    target = _target(operation.path or "")
    holder = target.holder(changed, create=True)
    known, value = target.attribute, operation.value
    if target.by is None:
        _put(holder, known, _value(known, value), operation.op)
        return
    entries = target.entries(holder)
    if not entries:
        if operation.op != "add" and known.name in holder:
            raise _nothing(target.path)
        entries = [{target.by: target.value}]
        holder[known.name] = [*holder.get(known.name, []), *entries]
    for entry in entries:
        entry.update(_read(known, {target.part: value} if target.part else value))


def _put(holder: dict[str, Any], known: Attribute, value: Any, op: str) -> None:
    former = holder.get(known.name)
    if known.many and op == "add" and isinstance(former, list):
        holder[known.name] = [*former, *(item for item in value if item not in former)]
    elif known.parts and not known.many and isinstance(former, dict):
        holder[known.name] = {**former, **value}
    else:
        holder[known.name] = value


def _remove(changed: dict[str, Any], path: str | None) -> None:
    if path is None:
        raise scim_error(400, "No path value specified for remove operation", "noTarget")
    target = _target(path)
    name = target.attribute.name
    if target.attribute.required:
        raise _fixed()
    holder = target.holder(changed)
    if name not in holder:
        raise _nothing(path)
    entries = target.entries(holder)
    if target.by is None:
        del holder[name]
    elif target.part is None:
        holder[name] = [item for item in holder[name] if item not in entries]
    else:
        for entry in entries:
            entry.pop(target.part, None)


@dataclass(frozen=True)
class _Target:
    """What a path means: an attribute, where it lies, and of a list the entries with a value, or a part of each."""

    path: str
    parents: tuple[Attribute, ...]
    attribute: Attribute
    by: str | None = None
    value: str = ""
    part: str | None = None

    def holder(self, attributes: dict[str, Any], *, create: bool = False) -> dict[str, Any]:
        """The object that has the attribute, or may have."""
        for parent in self.parents:
            if parent.name not in attributes and not create:
                raise _nothing(self.path)
            attributes = attributes.setdefault(parent.name, {})
        return attributes

    def entries(self, holder: dict[str, Any]) -> list[dict[str, Any]]:
        """The entries that are meant."""
        found = holder.get(self.attribute.name, []) if self.by else []
        return [one for one in found if isinstance(one, dict) and str(one.get(self.by, "")) == self.value]


def _target(path: str) -> _Target:
    """A filter knows equality alone, and lists alone have entries to choose from."""
    found = _FILTER.fullmatch(path)
    *parents, known = _steps(found[1] if found else path)
    if any(one.many for one in parents):
        raise _nothing(path)
    if found is None:
        return _Target(path, tuple(parents), known)
    if found[3].lower() != "eq":
        raise scim_error(501, "Only Eq filter is supported")
    if not known.many or known.part(found[2]) is None:
        raise _nothing(path)
    return _Target(path, tuple(parents), known, found[2], re.sub(r'^"|"$', "", found[4]), found[5])


def _steps(path: str) -> list[Attribute]:
    """From the attribute that a path begins with to the one that it ends with."""
    uri, _, rest = path.rpartition(":")
    names = (
        [path] if path.lower() in _EXTENSIONS else [*([uri] if uri.lower() in _EXTENSIONS else []), *rest.split(".")]
    )
    known, steps = _ROOT, []
    for name in names:
        part = known.part(name)
        if part is None:
            raise scim_error(400, "Not a valid attribute.", "invalidSyntax")
        _check_open(part)
        steps.append(part)
        known = part
    return steps


def _check_open(known: Attribute) -> None:
    if known.closed:
        raise _fixed()


def _fixed() -> ApiError:
    return scim_error(400, "Can not remove a required attribute or a read-only attribute", "mutability")


def _nothing(path: str) -> ApiError:
    text = f"No such attribute with the name : {path} in the current resource"
    return scim_error(400, text, "invalidPath")
