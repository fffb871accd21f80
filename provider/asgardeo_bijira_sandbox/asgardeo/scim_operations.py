"""The operations of a PATCH, with the server's ways of reading them.

A resource has a name and lists of members. `attributes` are those that can be changed, in the order in which the server
looks for them: of an operation without a path the first one that its value has counts. One that removes reads no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .exceptions import scim_error, scim_refusal
from .scim import body_of

if TYPE_CHECKING:
    from ..web.errors import ApiError
    from .request import TenantRequest

__all__ = ("Operation", "Step", "broken", "decoded", "steps_of")

_NAME = "displayName"


@dataclass(frozen=True)
class Operation:
    """One operation as it was sent."""

    op: str
    path: str | None
    value: Any


@dataclass(frozen=True)
class Step:
    """One operation as it is understood: which attribute, and the name or the members."""

    op: str
    attribute: str
    members: list[dict[str, str]]
    name: str = ""

    @property
    def values(self) -> list[str]:
        """The ids among the members."""
        return [member["value"] for member in self.members if member.get("value")]


def decoded(request: TenantRequest) -> list[Operation]:
    """The operations of a body."""
    body = body_of(request)
    sent = body.get("Operations") if isinstance(body, dict) else None
    if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
        raise scim_refusal("invalidSyntax")
    return [_operation(one) for one in sent]


def _operation(sent: dict[str, Any]) -> Operation:
    op, path = sent.get("op"), sent.get("path")
    if op is None:
        raise scim_error(400, "Operation can not be null.", "invalidSyntax")
    if not isinstance(op, str) or not isinstance(path, str | None):
        raise scim_refusal("invalidSyntax")
    if op.lower() not in ("add", "remove", "replace"):
        raise scim_error(400, f"Unknown operation: {op}", "invalidSyntax")
    return Operation(op.lower(), path, sent.get("value"))


def steps_of(operation: Operation, attributes: tuple[str, ...]) -> list[Step]:
    """Every attribute that an operation concerns, the one that counts first."""
    if operation.op == "remove":
        return [_removal(operation, attributes)]
    value = operation.value
    if value is None:
        text = f"The value is not provided to perform patch {operation.op} operation."
        raise scim_error(400, text, "invalidSyntax")
    if operation.path is not None:
        if operation.path not in attributes:
            raise scim_error(400, "Not a valid attribute.", "invalidSyntax")
        if not isinstance(value, str if operation.path == _NAME else list):
            raise broken()
        value = {operation.path: value}
    if not isinstance(value, dict):
        raise broken()
    found = [_set(operation.op, attribute, value[attribute]) for attribute in attributes if attribute in value]
    if not found:
        raise scim_refusal("invalidSyntax")
    return found


def _set(op: str, attribute: str, value: Any) -> Step:
    if attribute == _NAME:
        if not isinstance(value, str):
            raise scim_refusal("invalidSyntax")
        return Step(op, attribute, [], value)
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise scim_refusal("invalidSyntax")
    return Step(op, attribute, [{key: str(one[key]) for key in ("value", "display") if key in one} for one in value])


def _removal(operation: Operation, attributes: tuple[str, ...]) -> Step:
    """A removal goes by its path alone: `users[value eq 1]`."""
    path = operation.path
    if path is None:
        raise scim_error(400, "No path value specified for remove operation", "noTarget")
    if path.lower() == _NAME.lower():
        raise scim_refusal("Can not remove a required attribute")
    name, *parts = re.split(r"[\[\]]", path)
    attribute = next((one for one in attributes if one == name.lower()), None)
    if attribute is None:
        raise scim_error(400, f"{name} is not a valid attribute.", "invalidSyntax")
    if not parts:
        return Step("remove", attribute, [])
    by, operator, value = [*parts[0].split(" "), "", "", ""][:3]
    if len(parts[0].split(" ")) != 3 or by not in ("display", "value"):
        raise scim_error(400, "Invalid filter", "invalidSyntax")
    if operator.lower() != "eq":
        raise scim_error(501, "Only Eq filter is supported")
    return Step("remove", attribute, [{by: re.sub(r'^"|"$', "", value)}])


def broken() -> ApiError:
    """The server stumbles over what it reads."""
    return scim_error(500, "Error in performing the patch operation on the resource.")
