"""Lists that come page by page, on every back end alike."""

from collections.abc import Callable, Iterator
from typing import Annotated, Generic, TypeVar

from pydantic import Field, StringConstraints

from ...transport import NotAnApiAnswer
from ...transport.answers import Document, Items

__all__ = ("PAGE", "Id", "Page", "every_row")

R = TypeVar("R")

#: Rows to ask for at once.
PAGE = 100
#: An id that something can be addressed by.
Id = Annotated[str, StringConstraints(min_length=1, max_length=1024)]


class Paging(Document):
    """Where a page stands in its list."""

    total: Annotated[int, Field(ge=0)] | None = None


class Page(Document, Generic[R]):
    """One page. A list that is not there is none, be it missing, null, or anything but a list of such rows."""

    rows: Items[R] = Field(alias="list")
    pagination: Paging | None = None


def every_row(ask: Callable[[int], Page[R]], subject: str) -> Iterator[R]:
    """Every row of every page, each asked for by its offset. A list that says nothing of its total has one page."""
    offset = 0
    former: Page[R] | None = None
    while True:
        page = ask(offset)
        if former is not None and page.rows and page.rows == former.rows:
            raise NotAnApiAnswer(
                f"the same page comes again at offset {offset}",
                subject=subject,
                action="Check baseUrl and any proxy in between",
            )
        yield from page.rows
        offset, former = offset + len(page.rows), page
        total = page.pagination.total if page.pagination else None
        if not page.rows or offset >= (total or 0):
            return
