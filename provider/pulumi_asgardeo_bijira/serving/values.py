"""Properties as a handler has them, of those that the protocol carries, and back."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from google.protobuf import struct_pb2

from .. import wire
from ..transport import remember

if TYPE_CHECKING:
    from ..resources.schema import PropertyMap

__all__ = ("UNKNOWN", "Properties", "is_unknown", "to_struct")


@dataclass(frozen=True)
class _Unknown:
    """Stands for a value that is not known yet. The protocol has a text for it, which validation and handlers would
    take for one."""

    def __repr__(self) -> str:
        return "[unknown]"


UNKNOWN = _Unknown()


def is_unknown(value: object) -> bool:
    """Whether a value will be known only once something has been done."""
    return isinstance(value, _Unknown)


class Properties:
    """What a request carries: `plain` as handlers have it, with secrets open; `carried` with their marks."""

    def __init__(self, struct: struct_pb2.Struct, secrets: Collection[str] = ()) -> None:
        carried = wire.decode(struct)
        #: Without what engines and the hosts of dynamic providers keep for themselves, and without nothings.
        self.carried = {key: value for key, value in carried.items() if not key.startswith("__") and value is not None}
        self.plain: PropertyMap = _plain(wire.for_host(self.carried))
        remember(*_secrets_in(self.carried), *(self.plain[key] for key in secrets if key in self.plain))


def to_struct(properties: Mapping[str, Any], secrets: Collection[str], *like: Properties) -> struct_pb2.Struct:
    """These properties, with those marked as secret that are so by their declaration or were so in a request."""
    remember(*(properties[key] for key in secrets if key in properties))
    marked: Mapping[str, Any] = wire.rebuilt(
        dict(properties), lambda value: wire.UNKNOWN if is_unknown(value) else value
    )
    for one in like:
        marked = wire.mark_like(marked, one.carried)
    return wire.encode(wire.mark_keys(marked, secrets))


def _plain(value: Any) -> Any:
    """Null is the same as left out; within a list it is for validation to complain about."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return UNKNOWN if value == wire.UNKNOWN else value


def _secrets_in(value: Any) -> Iterable[Any]:
    if wire.is_secret(value):
        yield wire.open_secrets(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _secrets_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _secrets_in(item)
