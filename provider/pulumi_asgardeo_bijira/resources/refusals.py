"""What there is in place of what a platform refused: it is asked for only after the refusal, and the line then names
what was wrong and what could be said instead."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from ..transport import ApiProblem, HttpProblem, Problem

__all__ = ("few", "found_out")

#: How many to name.
_FEW = 10


@contextmanager
def found_out(why: Callable[[ApiProblem], Problem | None]) -> Iterator[None]:
    """What `why` finds out about a refusal of anything inside takes its place. Where nothing is found out, be it that
    asking fails as well, the refusal stays as it is."""
    try:
        yield
    except ApiProblem as refusal:
        better = _asked(why, refusal)
        if better is None:
            raise
        raise better from None


def _asked(why: Callable[[ApiProblem], Problem | None], refusal: ApiProblem) -> Problem | None:
    try:
        return why(refusal)
    except HttpProblem:
        return None


def few(names: Iterable[str]) -> str:
    """Some names in a line, and whether there are more."""
    there = sorted(set(names))
    more = f" and {len(there) - _FEW} more" if len(there) > _FEW else ""
    return ", ".join(there[:_FEW]) + more if there else "none"
