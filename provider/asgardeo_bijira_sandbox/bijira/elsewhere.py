"""What the control plane answers to a request that no endpoint takes: after the token, that nobody serves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..differences import is_listed, refusal_of
from ..web.errors import ApiError
from ..web.responses import empty
from ..web.routes import allowed_by
from .exceptions import not_found

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from .request import ControlPlaneRequest

__all__ = ("Elsewhere",)


@dataclass(frozen=True)
class Elsewhere:
    """Answers for all that these rows leave open."""

    rows: Iterable[BaseRoute]

    def answer(self, request: ControlPlaneRequest) -> Response:
        """Refuse the request, or say what its path takes."""
        method, allowed = request.http.method, allowed_by(self.rows, request.http)
        path = f"/{request.param('rest')}"
        if not allowed or is_listed("Bijira", method, path):
            raise not_found(refusal_of(f"{method} {path}"))
        if method == "OPTIONS":
            return empty(200, allowed)
        raise ApiError(405, headers=allowed)
