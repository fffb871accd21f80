"""Endpoints as rows of a table: method, path, handler, and the scopes of which a caller needs one.

A platform has its own kind of row, which says where its paths begin, and which admits a request or refuses it in the
order in which that platform looks at things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar

from starlette import routing

from .request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.requests import Request as HttpRequest
    from starlette.responses import Response

__all__ = ("Route", "allowed_by", "mounted")


@dataclass(frozen=True)
class Route:
    """An endpoint, served below each of the bases. Anybody may send it a request.

    Several methods are joined by `|`, and `*` is every one. `heads` says whether HEAD is answered as GET is.
    """

    method: str
    path: str
    handler: Callable[[Any], Any]
    scopes: tuple[str, ...] = ()
    bases: tuple[str, ...] = ("",)
    heads: ClassVar[bool] = True

    async def admit(self, http: HttpRequest, base: str) -> Request:
        """The request as the handler sees it; raises `ApiError` where it is not to be handled."""
        return Request(http, http.app.state.store, await http.body())

    async def respond(self, base: str, http: HttpRequest) -> Response:
        """Handle a request."""
        found = self.handler(await self.admit(http, base))
        response: Response = await found if isawaitable(found) else found
        return response


def allowed_by(rows: Iterable[routing.BaseRoute], http: HttpRequest) -> dict[str, str]:
    """The methods that some rows take at the path of a request, as a header; none where they take none."""
    methods = {
        one
        for row in rows
        if row.matches(http.scope)[0] is not routing.Match.NONE
        for one in getattr(row, "methods", ())
    }
    if not methods:
        return {}
    return {"Allow": ", ".join(sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())))}


def mounted(*tables: Iterable[Route]) -> list[routing.BaseRoute]:
    """The routes as the server takes them; the first one that fits a request answers it."""
    return [_mounted(route, base) for table in tables for route in table for base in route.bases]


def _mounted(route: Route, base: str) -> routing.Route:
    """A slash at the end of a path says nothing, as in the framework that the platforms' servers have."""
    found = routing.Route(base + route.path, partial(route.respond, base))
    found.path_regex = re.compile(found.path_regex.pattern.removesuffix("$").rstrip("/") + "/?$")
    asked = set() if route.method == "*" else set(route.method.split("|"))
    found.methods = asked | {"HEAD"} if route.heads and "GET" in asked else asked
    return found
