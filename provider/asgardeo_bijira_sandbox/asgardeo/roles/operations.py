"""The operations of a PATCH of a role, with the server's ways of reading them.

One without a path concerns one attribute of its value, the first of those below; one that removes reads no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...web.errors import ApiError
from ..exceptions import scim_error, scim_refusal
from .lookup import PARTS, check_held

if TYPE_CHECKING:
    from ..request import TenantRequest

__all__ = ("ATTRIBUTES", "Operation", "Step", "broken", "decoded", "replaces_all_users", "steps_of")

ATTRIBUTES = ("displayName", "users", "groups", "permissions")


@dataclass(frozen=True)
class Operation:
    """One operation as it was sent."""

    op: str
    path: str | None
    value: Any

    @property
    def parts(self) -> set[str]:
        """The lists that it may touch."""
        named = {part for part in PARTS if self.path is not None and self.path.startswith(part)}
        return named | ({part for part in PARTS if part in self.value} if isinstance(self.value, dict) else set())


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
    """The operations, each of which the caller may ask for."""
    try:
        body = request.json()
    except ApiError:
        raise scim_refusal("invalidSyntax") from None
    sent = body.get("Operations") if isinstance(body, dict) else None
    if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
        raise scim_refusal("invalidSyntax")
    operations = [_operation(one) for one in sent]
    check_held(request, {part for operation in operations for part in operation.parts})
    return operations


def replaces_all_users(operations: list[Operation]) -> bool:
    """Whether one of them replaces all users, or removes them all."""
    for operation in operations:
        if operation.path is None and operation.value is not None and not isinstance(operation.value, dict):
            raise broken()
        inside = operation.path is None and operation.op == "replace" and "users" in (operation.value or {})
        if inside or (operation.path == "users" and operation.op in ("replace", "remove")):
            return True
    return False


def _operation(sent: dict[str, Any]) -> Operation:
    op, path = sent.get("op"), sent.get("path")
    if op is None:
        raise scim_error(400, "Operation can not be null.", "invalidSyntax")
    if not isinstance(op, str) or not isinstance(path, str | None):
        raise scim_refusal("invalidSyntax")
    if op.lower() not in ("add", "remove", "replace"):
        raise scim_error(400, f"Unknown operation: {op}", "invalidSyntax")
    return Operation(op.lower(), path, sent.get("value"))


def steps_of(operation: Operation) -> list[Step]:
    """Every attribute that an operation concerns, the one that counts first."""
    if operation.op == "remove":
        return [_removal(operation)]
    if operation.value is None:
        text = f"The value is not provided to perform patch {operation.op} operation."
        raise scim_error(400, text, "invalidSyntax")
    value = operation.value
    if operation.path is not None:
        if operation.path not in ATTRIBUTES:
            raise scim_error(400, "Not a valid attribute.", "invalidSyntax")
        if not isinstance(value, str if operation.path == "displayName" else list):
            raise broken()
        value = {operation.path: value}
    found = [_set(operation.op, attribute, value[attribute]) for attribute in ATTRIBUTES if attribute in value]
    if not found:
        raise scim_refusal("invalidSyntax")
    return found


def _set(op: str, attribute: str, value: Any) -> Step:
    if attribute == "displayName":
        if not isinstance(value, str):
            raise scim_refusal("invalidSyntax")
        return Step(op, attribute, [], value)
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise scim_refusal("invalidSyntax")
    return Step(op, attribute, [{key: str(one[key]) for key in ("value", "display") if key in one} for one in value])


def _removal(operation: Operation) -> Step:
    """A removal goes by its path alone: `users[value eq 1]`."""
    path = operation.path
    if path is None:
        raise scim_error(400, "No path value specified for remove operation", "noTarget")
    if path.lower() == "displayname":
        raise scim_refusal("Can not remove a required attribute")
    name, *parts = re.split(r"[\[\]]", path)
    attribute = next((part for part in PARTS if part == name.lower()), None)
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
    return scim_error(500, "Error in performing the patch operation on role resource.")
