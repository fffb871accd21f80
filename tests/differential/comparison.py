"""What differs between two answers, and all that did, each kind once with the shortest request that shows it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from .exchange import timeless, wordless

if TYPE_CHECKING:
    from .exchange import Answer, Call

__all__ = ("Report", "difference")

_MISSING = object()
#: Lists that the real portal sorts by ids that it shows nobody.
_UNORDERED = ("limits",)


def difference(original: Answer, stand_in: Answer) -> str | None:
    """What differs first, without the values; None where nothing does."""
    if original.status != stand_in.status:
        return f"{original.status}, and not {stand_in.status}"
    if original.kind != stand_in.kind:
        return f"{original.status} {original.kind}, and not {stand_in.kind}"
    if original.tagged != stand_in.tagged:
        return f"{original.status} with{'' if original.tagged else 'out'} a tag"
    where = _first(wordless(timeless(original.body)), wordless(timeless(stand_in.body)))
    return None if where is None else f"{original.status}, {where or 'the body'}"


def _first(left: Any, right: Any, where: str = "") -> str | None:
    """Where two bodies part; the order of members counts, for it is in the tag."""
    if isinstance(left, dict) and isinstance(right, dict):
        for name in dict.fromkeys((*left, *right)):
            pair = (left.get(name, _MISSING), right.get(name, _MISSING))
            if name in _UNORDERED and all(isinstance(one, list) for one in pair):
                pair = (sorted(pair[0], key=str), sorted(pair[1], key=str))
            found = _first(*pair, f"{where}/{name}")
            if found is not None:
                return found
        return None if list(left) == list(right) else f"{where} in another order"
    if isinstance(left, list) and isinstance(right, list):
        pairs = (_first(*pair, f"{where}/*") for pair in zip_longest(left, right, fillvalue=_MISSING))
        return next((found for found in pairs if found is not None), None)
    return None if left == right and isinstance(left, bool) == isinstance(right, bool) else where


@dataclass
class _Finding:
    call: Call
    original: Answer
    stand_in: Answer


@dataclass
class Report:
    """What was asked and what differed."""

    asked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    shortest: dict[str, _Finding] = field(default_factory=dict)

    def add(self, call: Call, original: Answer, stand_in: Answer) -> str | None:
        """Count a call, and say what differs."""
        self.asked[f"{call.operation} {original.status}"] += 1
        what = difference(original, stand_in)
        if what is not None:
            kind = f"{call.operation}: {what}"
            self.found[kind] += 1
            if kind not in self.shortest or len(call) < len(self.shortest[kind].call):
                self.shortest[kind] = _Finding(call, original, stand_in)
        return what

    def __str__(self) -> str:
        lines = []
        for kind, times in self.found.most_common():
            one = self.shortest[kind]
            lines += [f"{kind} ({times} times)", f"  {one.call}"]
            lines += [f"  original {_shown(one.original)}", f"  stand-in {_shown(one.stand_in)}", ""]
        right = sum(times for kind, times in self.asked.items() if kind[-3] == "2")
        lines.append(f"{self.asked.total()} requests, {right} of them right, {self.found.total()} answered differently")
        return "\n".join(lines).encode("utf-8", "backslashreplace").decode()


def _shown(answer: Answer) -> str:
    return f"{answer.status} {json.dumps(timeless(answer.body), ensure_ascii=False)[:500]}"
