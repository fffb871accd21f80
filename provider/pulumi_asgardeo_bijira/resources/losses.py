"""What an object has on its platform that no program says of it: whoever makes it anew elsewhere loses that.

A document of the platform's is laid beside what a program that declares the object writes, and beside what a new object
has of itself (new.json, which is learned from the sandbox by `make generate`). What neither has is lost. No setting is
known here by its name, so what a newer platform adds is told as well; of a setting that no new object has, nothing,
nought and `false` say nothing. A loss says where it is and never a text that stands there: it may be a secret.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ("ANY", "Loss", "losses", "new_document")

_ABSENT: Any = object()
_OF_MAKING = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:|v\d+(\.\d+)*$")
#: In what a new object has: each has its own.
ANY = None


@dataclass(frozen=True)
class Loss:
    """A setting, by its way through the platform's document, and how much of it."""

    path: str
    how_much: str = ""

    def __str__(self) -> str:
        return f"{self.path} ({self.how_much})" if self.how_much else self.path


@cache
def _new_documents() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(Path(__file__).with_name("new.json").read_text(encoding="utf-8"))
    return found


def new_document(kind: str) -> Any:
    """What a new object has of itself, by the kind of the document."""
    return _new_documents().get(kind, {})


def losses(document: Any, written: Any, new: Any) -> Iterator[Loss]:
    """What of a document neither a program has written nor a new object has."""
    yield from _lost((), document, written, new)


def _lost(path: tuple[str, ...], value: Any, written: Any, new: Any) -> Iterator[Loss]:
    if value is None or new is ANY or value in (written, new) or (new is _ABSENT and not value) or _is_of_making(value):
        return
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _lost((*path, str(key)), item, _within(written, key), _within(new, key))
    elif isinstance(value, list):
        rest = sum(not _is_covered(item, _items(written), _items(new)) for item in value)
        if rest:
            yield Loss(_named(path), f"{rest} of {len(value)} items")
    elif isinstance(value, str):
        yield Loss(_named(path))
    else:
        yield Loss(_named(path), json.dumps(value))


def _is_of_making(value: Any) -> bool:
    """When something was made, and by which version of what, is no setting of it."""
    return isinstance(value, str) and _OF_MAKING.match(value) is not None


def _within(value: Any, key: str) -> Any:
    return value.get(key, _ABSENT) if isinstance(value, Mapping) else _ABSENT


def _items(value: Any) -> Iterable[Any]:
    return (*(value if isinstance(value, list) else ()), _ABSENT)


def _is_covered(item: Any, written: Iterable[Any], new: Iterable[Any]) -> bool:
    return any(not any(_lost((), item, one, other)) for one in written for other in new)


def _named(path: tuple[str, ...]) -> str:
    return ".".join(re.sub(r"[^\w$:/-]", "?", key) for key in path)
