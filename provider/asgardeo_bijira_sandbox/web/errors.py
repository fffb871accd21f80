"""The one error of the sandbox: an answer that is given by raising it. What its body says is each platform's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .responses import answer, empty, page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

__all__ = ("ApiError",)


class ApiError(Exception):
    """A status, headers, and a body: JSON, a page of HTML where it is text, or none."""

    def __init__(self, status: int, body: Any = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """The answer."""
        if self.body is None:
            return empty(self.status, self.headers)
        if isinstance(self.body, str):
            return page(self.body, self.status, self.headers)
        return answer(self.body, self.status, self.headers)
