"""A request to the API Portal, from its bytes to a handler, refused in the order in which the server looks at it.

Unlike the other platforms' the server matches paths itself, whatever the case of their letters, and undoes the escapes
of each part alone; so this has a small router of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from starlette.requests import Request as HttpRequest

from ..differences import refusal_of
from ..web.errors import ApiError
from ..web.request import Request
from ..web.responses import answer, empty
from ..web.routes import Route
from .callers import Caller, caller_of, nowhere
from .exceptions import BASE, PREFIX, error_page, no_application, not_found, security, unhandled
from .parsing import Form, parsed_form, parsed_json
from .validation import Schema, check, parsed_query
from .values import weak_tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from .models import Application, Portal

__all__ = ("PortalApp", "PortalRequest", "PortalRoute", "not_served")

_MOST_OF_A_HEAD = 16 * 1024
_FORM = "multipart/form-data"
#: Below it a token is looked at before anything else is.
_APIS = "/api/"
_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class PortalRequest(Request):
    """A request that may be handled: its caller, and its body as JSON or as a form. The query is checked."""

    caller: Caller
    parameters: dict[str, str | int]
    payload: Any
    form_data: Form | None

    @property
    def portal(self) -> Portal:
        """The organisation that the token names."""
        return self.caller.portal

    @property
    def is_of_servers(self) -> bool:
        """Whether the path is one of MCP servers, which are APIs of a type of their own."""
        return bool(self.http.scope["route"].path.startswith("/mcp-servers"))

    def query(self, name: str) -> str:
        """A parameter of the query, as it was checked."""
        return str(self.parameters.get(name, ""))

    def members(self) -> dict[str, Any]:
        """The body's members, of JSON or of a form."""
        return dict(self.form_data.fields) if self.form_data else dict(self.payload or {})

    def file(self, name: str) -> str | None:
        """The text of a form's file."""
        found = self.form_data.files.get(name) if self.form_data else None
        return found.text if found else None

    def own(self, error: Callable[[], ApiError] = no_application) -> Application:
        """An application of the caller's; those of others do not exist for it."""
        found = self.portal.applications.get(self.param("applicationId"))
        if found is None or found.owner != self.caller.subject:
            raise error()
        return found

    def page(self, rows: list[dict[str, Any]]) -> Response:
        """A page of a list, which does not say who changed what; one without paging is one page."""
        limit, offset = int(self.parameters.get("limit", 20)), int(self.parameters.get("offset", 0))
        found = rows[offset : offset + limit] if "limit" in self.parameters else rows
        shown = [{name: value for name, value in row.items() if name != "updatedBy"} for row in found]
        paging = {"limit": limit, "offset": offset, "total": len(rows)}
        return answer({"count": len(shown), "list": shown, "pagination": paging})


@dataclass(frozen=True)
class PortalRoute(Route):
    """An endpoint of the portal, and what it takes.

    `schema` is checked where the body is JSON; a form is not. Where `needs_body`, a request must say what its body is.
    """

    bases: tuple[str, ...] = (PREFIX + BASE,)
    parameters: tuple[str, ...] = ()
    schema: Schema | None = None
    form: Schema | None = None
    accepts: tuple[str, ...] = ()
    needs_body: bool = True

    async def admit(self, http: HttpRequest, base: str) -> PortalRequest:
        """Token, right, content type, form, query, body; the token itself and JSON as such were looked at before."""
        plain = await Route.admit(self, http, base)
        caller, payload = http.state.caller, http.state.payload
        content_type = http.headers.get("content-type", "")
        kind = content_type.partition(";")[0].strip().lower()
        if caller is None and self.scopes:
            raise security(401, self.path)
        caller = caller or Caller(nowhere(), "", frozenset())
        if self.scopes and not caller.may(self.scopes):
            raise security(403, self.path)
        if self.accepts and kind not in self.accepts and (kind or self.needs_body):
            raise self._unsupported(content_type)
        is_form = kind == _FORM and kind in self.accepts
        form = parsed_form(content_type, plain.body, _below(http.scope)) if is_form else None
        query = parsed_query(http.scope["query_string"].decode("latin-1"), self.parameters)
        is_given = payload is not None or self.needs_body
        body, schema = (payload, self.schema if is_given else None) if form is None else (form.told, self.form)
        checked = check(query, body, schema)
        return PortalRequest(http, plain.store, plain.body, caller, checked, payload, form)

    def _unsupported(self, content_type: str) -> ApiError:
        message = Message()
        message["Content-Type"] = content_type
        parameters = sorted((name.lower(), value) for name, value in message.get_params([])[1:] if name != "boundary")
        kind = content_type.partition(";")[0].strip().lower() or "undefined"
        named = "; ".join((kind, *(f"{name}={value}" for name, value in parameters)))
        path = re.sub(r"\{(\w+)\}", r":\1", self.path)
        return unhandled(415, f"{PREFIX}{BASE}{path}", f"unsupported media type {named}")

    def matched(self, below: str) -> dict[str, str] | None:
        """The parameters of a path that is meant for this endpoint; None of any other."""
        wanted, given = self.path.strip("/").split("/"), below[len(BASE) + 1 :].removesuffix("/").split("/")
        if len(given) != len(wanted):
            return None
        pairs = list(zip(wanted, given, strict=True))
        if not all(segment if name.startswith("{") else name.lower() == segment.lower() for name, segment in pairs):
            return None
        return {name.strip("{}"): _unquoted(segment, below) for name, segment in pairs if name.startswith("{")}


def not_served(request: PortalRequest) -> Response:
    """What the portal has and the sandbox has not."""
    raise not_found("Not Found", refusal_of(f"{request.http.method} {request.http.scope['route'].path}"))


class PortalApp:
    """The ASGI application below `/api-portal`."""

    def __init__(self, routes: tuple[PortalRoute, ...]) -> None:
        self.routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        http = HttpRequest(scope, receive)
        try:
            response = await self._answered(http)
        except ApiError as error:
            response = error.response()
        await _tagged(response, http)(scope, receive, send)

    async def _answered(self, http: HttpRequest) -> Response:
        below, scope = _below(http.scope), http.scope
        head = (*(part for header in scope["headers"] for part in header), scope["query_string"])
        if len(PREFIX) + len(below) + sum(map(len, head)) > _MOST_OF_A_HEAD:
            return empty(431)
        if http.headers.get("expect", "100-continue").lower() != "100-continue":
            return empty(417)
        if below == "/health":
            return answer({"status": "ok"})
        http.state.payload = parsed_json(http.headers, await http.body())
        if not f"{below}/".startswith(_APIS):
            raise error_page(404)
        http.state.caller = caller_of(http.app.state.store, http.headers.get("authorization", ""))
        if not below.startswith(f"{BASE}/"):
            raise error_page(404)
        scope["route"], scope["path_params"] = self._found(http.method, below)
        return await scope["route"].respond(PREFIX + BASE, http)  # type: ignore[no-any-return]  # a scope has anything

    def _found(self, method: str, below: str) -> tuple[PortalRoute, dict[str, str]]:
        here = [(route, params) for route in self.routes if (params := route.matched(below)) is not None]
        for route, params in here:
            if route.method == method:
                return route, params
        raise unhandled(405, below, f"{method} method not allowed") if here else error_page(404)


def _below(scope: Scope) -> str:
    """The path as it was sent, below the prefix."""
    raw = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    return str(raw.partition("?")[0].removeprefix(PREFIX))


def _unquoted(segment: str, path: str) -> str:
    try:
        if _BROKEN.search(segment):
            raise unhandled(400, path, "malformed uri'")
        return unquote_to_bytes(segment).decode()
    except UnicodeDecodeError:
        raise unhandled(400, path, "malformed uri'") from None


def _knows(tags: str, tag: str) -> bool:
    return any(one.strip().removeprefix("W/") in ("*", tag.removeprefix("W/")) for one in tags.split(","))


def _tagged(response: Response, http: HttpRequest) -> Response:
    """With a weak tag of the content, by which a reader may say that it knows it already."""
    body = bytes(response.body)
    if not body:
        return response
    tag = weak_tag(body)
    if _knows(http.headers.get("if-none-match", ""), tag) and http.method == "GET" and response.status_code == 200:
        return empty(304, {"ETag": tag})
    response.headers["ETag"] = tag
    response.headers["Content-Type"] = f"{response.media_type}; charset=utf-8"
    return response
