"""Pages that are counted by offsets, and the links from one to the next: an API that pages so pages like this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .exceptions import invalid_input

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .request import TenantRequest

__all__ = ("DEFAULT_LIMIT", "counted", "limits")

DEFAULT_LIMIT, _MOST = 30, 100


def limits(request: TenantRequest, least: int = 0) -> tuple[int, int]:
    """Limit and offset as asked for. A larger page than the server gives is cut silently."""
    limit, offset = request.number("limit", DEFAULT_LIMIT), request.number("offset", 0)
    if limit < least:
        raise invalid_input(f"limit must be greater than or equal to {least}")
    return min(limit, _MOST), offset


def counted(
    request: TenantRequest, path: str, rows: Sequence[Any], limit: int, offset: int, rest: str = ""
) -> tuple[list[Any], dict[str, Any]]:
    """The rows of a page, and what is told of it; `rest` is the rest of the query in its links."""
    page = list(rows[offset : offset + limit])
    links = _links(request.path(path), limit, offset, len(rows), rest)
    return page, {"totalResults": len(rows), "startIndex": offset + 1, "count": len(page), "links": links}


def _links(path: str, limit: int, offset: int, total: int, rest: str) -> list[dict[str, str]]:
    """The next page and the previous one, which is shorter where there is not a whole one."""

    def link(rel: str, at: int, count: int) -> dict[str, str]:
        return {"rel": rel, "href": f"{path}?offset={at}&limit={count}{rest}"}

    links = [link("next", offset + limit, limit)] if 0 < limit < total - offset else []
    if offset == 0 or limit == 0:
        return links
    at = offset - limit
    beyond = at - max(total, 1)
    if beyond >= 0:
        at -= limit * (beyond // limit + 1)
    return [*links, link("previous", at, limit) if at >= 0 else link("previous", 0, offset)]
