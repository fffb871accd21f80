"""Property values as the protocol carries them: structs, sealed secrets, unknowns, references, and how two differ.

Inside the engine a value is plain JSON. A secret is an object with a signature around its value, at any depth; a value
that is not known yet is one fixed string.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from google.protobuf import struct_pb2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = [
    "SIGNATURE",
    "UNKNOWN",
    "Properties",
    "contains_secret",
    "contains_unknown",
    "decode",
    "encode",
    "for_host",
    "is_secret",
    "mark_keys",
    "mark_like",
    "normal_references",
    "open_secrets",
    "opened_secret",
    "rebuilt",
    "sealed",
    "secret",
    "stored",
    "unsupported",
    "without_unknowns",
]

Properties = dict[str, Any]

SIGNATURE = "4dabf18193072939515e22adb298388d"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a signature of the protocol, not a password
_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e"
_LARGEST_EXACT = 2.0**53


def opened_secret(value: Any) -> dict[str, str]:
    """A secret as an export shows it, and as a file that Pulumi imports may hold it, to be sealed by the import."""
    return {SIGNATURE: _SECRET, "plaintext": json.dumps(value)}


def decode(struct: struct_pb2.Struct) -> Properties:
    """The properties of a struct; whole numbers become integers."""
    return {key: _decode(value) for key, value in struct.fields.items()}


def _decode(value: struct_pb2.Value) -> Any:
    match value.WhichOneof("kind"):
        case "struct_value":
            return decode(value.struct_value)
        case "list_value":
            return [_decode(item) for item in value.list_value.values]
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() and abs(number) <= _LARGEST_EXACT else number
        case "string_value":
            return value.string_value
        case "bool_value":
            return value.bool_value
        case _:
            return None


def encode(properties: Mapping[str, Any]) -> struct_pb2.Struct:
    """The struct that carries these properties."""
    struct = struct_pb2.Struct()
    struct.update(dict(properties))
    return struct


def secret(value: Any) -> Any:
    """The value marked as secret; one that already is stays as it is."""
    return value if is_secret(value) else {SIGNATURE: _SECRET, "value": value}


def is_secret(value: Any) -> bool:
    """Whether this very value is marked as secret."""
    return isinstance(value, dict) and value.get(SIGNATURE) == _SECRET


def is_reference(value: Any) -> bool:
    """Whether the value stands for a resource."""
    return isinstance(value, dict) and value.get(SIGNATURE) == _REFERENCE


def unsupported(value: Any) -> bool:
    """Whether an asset or an archive is somewhere inside."""
    return _any(value, lambda v: isinstance(v, dict) and SIGNATURE in v and not is_secret(v) and not is_reference(v))


def contains_secret(value: Any) -> bool:
    """Whether a secret is somewhere inside."""
    return _any(value, is_secret)


def contains_unknown(value: Any) -> bool:
    """Whether something inside is not known yet."""
    return _any(value, lambda v: isinstance(v, str) and v == UNKNOWN)


def _any(value: Any, holds: Callable[[Any], bool]) -> bool:
    if holds(value):
        return True
    if isinstance(value, dict):
        return any(_any(item, holds) for item in value.values())
    return isinstance(value, list) and any(_any(item, holds) for item in value)


def rebuilt(value: Any, change: Callable[[Any], Any]) -> Any:
    """Rebuild a value; `change` sees every node before its children and may replace it."""
    changed = change(value)
    if changed is not value:
        return changed
    if isinstance(value, dict):
        return {key: rebuilt(item, change) for key, item in value.items()}
    return [rebuilt(item, change) for item in value] if isinstance(value, list) else value


def open_secrets(value: Any) -> Any:
    """The same without any marks of secrecy."""
    return rebuilt(value, lambda v: open_secrets(v["value"]) if is_secret(v) else v)


def sealed(value: Any) -> Any:
    """The same with every secret's value hidden, as an exported state shows it."""
    return rebuilt(value, lambda v: {SIGNATURE: _SECRET, "ciphertext": "[sealed]"} if is_secret(v) else v)


def stored(value: Any) -> Any:
    """The same as an exported state shows it, secrets opened, with the marks that the engine has in memory."""

    def change(value: Any) -> Any:
        opened = value.get("plaintext") if isinstance(value, dict) and SIGNATURE in value else None
        return secret(stored(json.loads(opened))) if isinstance(opened, str) else value

    return rebuilt(value, change)


def for_host(properties: Mapping[str, Any]) -> Properties:
    """What a provider is handed: no marks of secrecy, and for a resource its id (or its URN if it has none)."""

    def change(value: Any) -> Any:
        if is_secret(value):
            return for_host(value)["value"]
        if is_reference(value):
            return open_secrets(value["id"]) if "id" in value else value["urn"]
        return value

    return {key: rebuilt(value, change) for key, value in properties.items() if key != SIGNATURE}


def without_unknowns(properties: Mapping[str, Any]) -> Properties:
    """The properties that are wholly known."""
    return {key: value for key, value in properties.items() if not contains_unknown(value)}


def normal_references(value: Any) -> Any:
    """References as they are stored: always with a package version, be it empty."""
    return rebuilt(value, lambda v: {"packageVersion": "", **v} if is_reference(v) and "packageVersion" not in v else v)


def mark_like(values: Mapping[str, Any], model: Mapping[str, Any]) -> Properties:
    """Mark as secret what the model marks under the same name, deep into objects; an array only as a whole."""
    return {key: _mark_like(value, model[key]) if key in model else value for key, value in values.items()}


def _mark_like(value: Any, model: Any) -> Any:
    if is_secret(model):
        return secret(_mark_like(value["value"] if is_secret(value) else value, model["value"]))
    if is_secret(value):
        return value
    if isinstance(value, dict) and isinstance(model, dict) and SIGNATURE not in value:
        return mark_like(value, model)
    if isinstance(value, list) and isinstance(model, list) and contains_secret(model):
        return secret(open_secrets(value))
    return value


def mark_keys(values: Mapping[str, Any], keys: Iterable[str]) -> Properties:
    """Mark these top-level properties as secret."""
    chosen = frozenset(keys)
    return {key: secret(value) if key in chosen else value for key, value in values.items()}
