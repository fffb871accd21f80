"""What is asked, and a link of the chain as it is found."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from ..naming import worded
from ..transport import ConfigurationProblem, Problem, operation

__all__ = ("Link", "Question", "tried")

T = TypeVar("T")

#: Somebody waits for each part.
_SECONDS = 60.0


@dataclass(frozen=True)
class Question:
    """Whose token, for what: without a user the client's own, and without scopes all that it is authorized for."""

    client_id: str
    username: str = ""
    scopes: tuple[str, ...] = ()
    #: The published API, as `name` or `name:version`.
    api: str = ""


@dataclass(frozen=True)
class Link:
    """A link of the chain. Whether it holds may not be known; where it does not, what to do about it."""

    name: str
    holds: bool | None
    detail: str
    action: str = ""

    def __post_init__(self) -> None:
        for part in ("detail", "action"):
            object.__setattr__(self, part, worded(getattr(self, part)))

    @property
    def line(self) -> str:
        """As a user reads it."""
        mark = {True: "ok  ", False: "FAIL", None: "?   "}[self.holds]
        return f"{mark} {self.name}: {self.detail}{f'. {self.action}' if self.action else ''}"


def tried(
    name: str, look: Callable[[], Generator[Link, None, T]], *, may_be_unset: bool = False
) -> Generator[Link, None, T | None]:
    """The links of one part, and what was found for the next. What keeps it from being read further is a link that
    breaks; of a platform that may not be set up, and is not, one that is not known."""
    links: list[Link] = []
    found: T | None = None
    try:
        with operation(_SECONDS):
            found = _collected(look(), links)
    except Problem as problem:
        is_unset = may_be_unset and isinstance(problem, ConfigurationProblem)
        links.append(Link(name, None if is_unset else False, str(problem)))
    yield from links
    return found


def _collected(found: Generator[Link, None, T], links: list[Link]) -> T:
    while True:
        try:
            links.append(next(found))
        except StopIteration as end:
            result: T = end.value
            return result
