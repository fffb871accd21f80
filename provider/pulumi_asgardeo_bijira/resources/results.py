"""What a handler's operations return."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from ..transport import ApiProblem, MissingScope, operation, together
from .schema import PropertyMap

__all__ = ("CreateResult", "ExportEntry", "ReadResult", "entries_shown", "looked_at")

Looked = TypeVar("Looked")


@dataclass(frozen=True)
class CreateResult:
    """What a creation made."""

    id: str
    outputs: PropertyMap = field(default_factory=dict)


@dataclass(frozen=True)
class ReadResult:
    """An object as the platform shows it: all that could be declared of it, and the computed outputs."""

    inputs: PropertyMap
    outputs: PropertyMap = field(default_factory=dict)


@dataclass(frozen=True)
class ExportEntry:
    """An object that is there, for a program that declares all there is; or why a program cannot declare it."""

    title: str
    id: str = ""
    why_not: str = ""


def entries_shown(listing: Callable[[], Iterable[ExportEntry]]) -> list[ExportEntry]:
    """What a listing has; where this token may not see it, an entry that says why."""
    try:
        return list(listing())
    except (ApiProblem, MissingScope) as refusal:
        if isinstance(refusal, ApiProblem) and refusal.status not in (401, 403):
            raise
        return [ExportEntry("of any name", why_not=str(refusal))]


def looked_at(
    entries: Iterable[ExportEntry], look: Callable[[ExportEntry], Looked | None]
) -> list[tuple[ExportEntry, Looked | None]]:
    """Each entry with what a look at it finds, all at once; nothing of one that a program cannot declare."""

    def seen(entry: ExportEntry) -> Looked | None:
        if entry.why_not:
            return None
        with operation():
            return look(entry)

    every = list(entries)
    return list(zip(every, together(*(partial(seen, entry) for entry in every)), strict=True))
