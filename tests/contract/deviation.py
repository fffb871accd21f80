"""An entry of the lists of known deviations."""

from __future__ import annotations

from dataclasses import dataclass

from tests.contract.problems import Problem

__all__ = ("STATUS", "Deviation")

#: What is told of an answer with a status that the description does not have.
STATUS = "the status is not described"


@dataclass(frozen=True)
class Deviation:
    """One deviation of some operations, and its reason."""

    where: str
    what: str
    reason: str
    operations: tuple[str, ...]

    def problems(self) -> set[Problem]:
        """What it excuses."""
        return {Problem(operation, self.where, self.what) for operation in self.operations}
