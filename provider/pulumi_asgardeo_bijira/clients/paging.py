"""Lists that come page by page: by offset or by cursor, whichever way a server goes on."""

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Generic, Protocol, TypeVar

from pydantic import Field

from ..transport import Document, Items, NotAnApiAnswer

__all__ = ("PAGE", "OffsetPage", "Page", "every_page", "every_row")

R = TypeVar("R")
Row = TypeVar("Row", covariant=True)
At = TypeVar("At", int, str)

#: Rows to ask for at once.
PAGE = 100


class Page(Protocol[Row, At]):
    """One page of a list."""

    @property
    def rows(self) -> Sequence[Row]:
        """What is on it."""

    def following(self, at: At) -> At | None:
        """Where the page after the one at this place is; None where there is none."""


def every_row(ask: Callable[[At], Page[R, At]], first: At, subject: str) -> Iterator[R]:
    """Every row of every page."""
    return (row for page in every_page(ask, first, subject) for row in page)


def every_page(ask: Callable[[At], Page[R, At]], first: At, subject: str) -> Iterator[Sequence[R]]:
    """The rows of each page, asked for when it is wanted. A place that has been read is not read again."""
    at: At | None = first
    seen: set[At] = set()
    former: Sequence[R] = []
    while at is not None and at not in seen:
        page = ask(at)
        if page.rows and page.rows == former:
            raise NotAnApiAnswer(
                f"the same page comes again at {at}",
                subject=subject,
                action="Check `*:baseUrl` and any proxy in between",
            )
        yield page.rows
        seen.add(at)
        at, former = page.following(at), page.rows


class _Pagination(Document):
    total: Annotated[int, Field(ge=0)] | None = None


class OffsetPage(Document, Generic[R]):
    """A page of a list that goes by offset, as API Manager and the API Portal have it. One that says nothing of its
    total is the only one; a list that is missing or null is no answer."""

    rows: Items[R] = Field(alias="list")
    pagination: _Pagination | None = None

    def following(self, at: int) -> int | None:
        """Behind the last row, while there are more."""
        total = (self.pagination and self.pagination.total) or 0
        return at + len(self.rows) if self.rows and at + len(self.rows) < total else None
