"""What endpoints answer with: JSON, a page, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, JSONResponse, Response

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ("answer", "empty", "page", "plain")


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """JSON."""
    return JSONResponse(body, status, headers)


def page(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A page of HTML."""
    return HTMLResponse(text, status, headers)


def plain(
    text: str, media_type: str | None = None, headers: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    """Text as it is."""
    return Response(text, status, headers, media_type)


def empty(status: int, headers: Mapping[str, str] | None = None) -> Response:
    """No body."""
    return Response(status_code=status, headers=headers)
