"""Live a life on two servers."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from .comparison import Report
from .exchange import new_ids
from .life import CALLERS, Life
from .operations import OPERATIONS

if TYPE_CHECKING:
    from .operations import Operation
    from .servers import Server

__all__ = ("compared",)

_EPISODE = 60


def compared(
    original: Server,
    stand_in: Server,
    *,
    seed: int,
    requests: int,
    token_endpoint: str,
    operations: tuple[Operation, ...] = OPERATIONS,
    callers: dict[str, int] = CALLERS,
) -> Report:
    """Ask both the same. An episode ends where a difference may have left them with different things."""
    report, seen, random = Report(), set[str](), Random(seed)  # noqa: S311 - chosen, not guessed
    while report.asked.total() < requests:
        life = Life(random, token_endpoint, operations, callers)
        original.clear()
        stand_in.clear()
        for _ in range(_EPISODE):
            call = life.call()
            answer = original.answer(call)
            stand_in.expect(new_ids(answer.body, seen))
            other = stand_in.answer(call)
            differs = report.add(call, answer, other) is not None
            if differs and call.method != "GET" and min(answer.status, other.status) < 400:
                break
            life.learn(call, answer)
    original.clear()
    return report
